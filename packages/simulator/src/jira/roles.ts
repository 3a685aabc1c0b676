import {
  addActorUsers,
  addProjectRoleActorsToRole,
  createProjectRole,
  deleteActor,
  deleteProjectRole,
  deleteProjectRoleActorsFromRole,
  fullyUpdateProjectRole,
  getAllProjectRoles,
  getProjectRole,
  getProjectRoleActorsForRole,
  getProjectRoleById,
  getProjectRoleDetails,
  getProjectRoles,
  partialUpdateProjectRole,
  setActors,
} from '@telamon/jira/operations'

import { avatarUrl } from '../auth/avatars.ts'
import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, ok, refuse, type Reply } from '../http/reply.ts'
import { asList, asObject, asText, type JsonObject } from '../http/value.ts'
import { nextId } from '../world/ids.ts'
import type { PermissionGrant, Project } from '../world/jira-model.ts'
import type { ProjectRole } from '../world/jira/site-model.ts'
import type { Group } from '../world/model.ts'
import { hasRole } from '../world/permissions.ts'
import { bodyOf } from './body.ts'
import { projectOf } from './find.ts'
import { administer, mayRun, signedIn } from './rights.ts'
import { rest, roleAddress } from './view.ts'

interface Members {
  readonly people: Set<string>
  readonly groups: Set<string>
}

function roleOf(call: Call): ProjectRole {
  const id = call.path['id'] ?? ''
  return (
    call.site.jira.roles.get(id) ??
    refuse(jiraError(404, [`Can not retrieve a role actor for the role with id: ${id}. It does not exist.`]))
  )
}

/** Those who have a role, people first (documented). The numbers of actors are their places. */
function actors(call: Call, { people, groups }: Members): readonly unknown[] {
  const users = [...people].flatMap((accountId) => {
    const person = call.world.people.get(accountId)
    if (!person) return []
    return [
      {
        displayName: person.displayName,
        type: 'atlassian-user-role-actor',
        avatarUrl: avatarUrl(call.origins, person, 16),
        actorUser: { accountId },
      },
    ]
  })
  const sets = [...groups].flatMap((groupId) => {
    const group = call.site.groups.get(groupId)
    if (!group) return []
    const { name } = group
    return [
      {
        displayName: name,
        type: 'atlassian-group-role-actor',
        name,
        actorGroup: { name, displayName: name, groupId },
      },
    ]
  })
  return [...users, ...sets].map((actor, place) => Object.assign(actor, { id: 10_000 + place }))
}

const nobody: Members = { people: new Set(), groups: new Set() }

/** A role of a project, with those who have it there. */
function inProject(
  call: Call,
  project: Project,
  { id, name, description }: ProjectRole,
): Record<string, unknown> {
  return {
    self: roleAddress(call, project, id),
    name,
    id: Number(id),
    description,
    actors: actors(call, project.roles.get(name) ?? nobody),
  }
}

/** A role of the site, with those who have it in new projects. */
function onSite(call: Call, role: ProjectRole): Record<string, unknown> {
  const { id, name, description } = role
  return { self: rest(call, `role/${id}`), name, id: Number(id), description, actors: actors(call, role) }
}

const texts = (value: unknown): readonly string[] =>
  (asList(value) ?? []).map((one) => asText(one) ?? '').filter((one) => one !== '')

function groupNamed({ site }: Call, name: string): Group {
  const found = [...site.groups.values()].find((group) => group.id === name || group.name === name)
  return found ?? refuse(jiraError(404, [`We can't find '${name}' in any accessible group directory.`]))
}

/** The people and groups that a body names. */
function readMembers(call: Call, body: JsonObject): Members {
  const people = texts(body['user'])
  const unknown = people.find((accountId) => !call.site.members.has(accountId))
  if (unknown !== undefined) {
    return refuse(jiraError(404, [`We can't find '${unknown}' in any accessible user directory.`]))
  }
  const groups = [...texts(body['group']), ...texts(body['groupId'])].map((name) => groupNamed(call, name).id)
  if (people.length + groups.length === 0) {
    return refuse(jiraError(400, ['At least one user or group has to be named.']))
  }
  return { people: new Set(people), groups: new Set(groups) }
}

function addAll(to: Members, { people, groups }: Members): void {
  for (const accountId of people) to.people.add(accountId)
  for (const groupId of groups) to.groups.add(groupId)
}

/** Takes out the one that the query names. */
function takeOut(call: Call, from: Members): void {
  const { query } = call
  const accountId = query.text('user')
  const group = query.text('groupId') ?? query.text('group')
  if (accountId === undefined && group === undefined) {
    refuse(jiraError(400, ['A user or group has to be named.']))
  }
  const gone =
    (accountId !== undefined && from.people.delete(accountId)) ||
    (group !== undefined && from.groups.delete(groupNamed(call, group).id))
  if (!gone) refuse(jiraError(404, ['The actor does not have the role.']))
}

/** Those who have a role in a project that the caller administers; for others it is not there (documented: 404). */
function membersIn(call: Call): {
  readonly project: Project
  readonly role: ProjectRole
  readonly members: Members
} {
  signedIn(call)
  const project = projectOf(call, call.path['projectIdOrKey'])
  if (!mayRun(call, project)) {
    refuse(jiraError(404, ['You do not have permission to change the roles of this project.']))
  }
  const role = roleOf(call)
  const members = project.roles.get(role.name) ?? { people: new Set<string>(), groups: new Set<string>() }
  project.roles.set(role.name, members)
  return { project, role, members }
}

function replaceActors(call: Call): Reply {
  const { project, role, members } = membersIn(call)
  const given = asObject(bodyOf(call)['categorisedActors']) ?? {}
  const wanted = readMembers(call, {
    user: given['atlassian-user-role-actor'],
    group: given['atlassian-group-role-actor'],
    groupId: given['atlassian-group-role-actor-id'],
  })
  members.people.clear()
  members.groups.clear()
  addAll(members, wanted)
  return ok(inProject(call, project, role))
}

function checkName({ site }: Call, name: string, self?: ProjectRole): string {
  if (name === '') refuse(jiraError(400, ['The role name must not be empty.']))
  const taken = [...site.jira.roles.values()].some((role) => role !== self && role.name === name)
  return taken ? refuse(jiraError(409, [`A project role with name '${name}' already exists.`])) : name
}

function create(call: Call): Reply {
  administer(call)
  const body = bodyOf(call)
  const role: ProjectRole = {
    id: nextId(call.world, 'part', call.site.cloudId),
    name: checkName(call, asText(body['name'])?.trim() ?? ''),
    description: asText(body['description']) ?? '',
    people: new Set(),
    groups: new Set(),
  }
  call.site.jira.roles.set(role.id, role)
  return ok(onSite(call, role))
}

/** A role's name is what projects know it by, so a new name goes to all of them, and to what is kept for it. */
function rename({ site }: Call, role: ProjectRole, name: string): void {
  for (const { roles } of site.jira.projects.values()) {
    const members = roles.get(role.name)
    if (!members) continue
    roles.delete(role.name)
    roles.set(name, members)
  }
  for (const issue of site.jira.issues.values()) {
    for (const kept of [...issue.comments, ...issue.worklogs]) {
      const { visibility } = kept
      if (visibility?.type === 'role' && visibility.identifier === role.name) {
        kept.visibility = { type: 'role', identifier: name }
      }
    }
  }
  const renamed = (holder: PermissionGrant): PermissionGrant =>
    holder.type === 'role' && holder.role === role.name ? { ...holder, role: name } : holder
  for (const { grants } of site.jira.schemes.values()) {
    for (const [permission, holders] of grants) grants.set(permission, holders.map(renamed))
  }
  role.name = name
}

function update(call: Call, whole: boolean): Reply {
  administer(call)
  const role = roleOf(call)
  const body = bodyOf(call)
  const [name, description] = [asText(body['name'])?.trim(), asText(body['description'])]
  if (whole && (name === undefined || description === undefined)) {
    return jiraError(400, ['Name and description have both to be given.'])
  }
  if (name !== undefined) rename(call, role, checkName(call, name, role))
  role.description = description ?? role.description
  return ok(onSite(call, role))
}

/** A role that permissions are given to can only go when another takes its place (documented: `swap`, 409). */
function remove(call: Call): Reply {
  administer(call)
  const role = roleOf(call)
  const { roles, schemes, projects } = call.site.jira
  const swap = roles.get(call.query.text('swap') ?? '')
  const used = [...schemes.values()].some(({ grants }) =>
    [...grants.values()].flat().some((holder) => holder.type === 'role' && holder.role === role.name),
  )
  if (used && !swap)
    return jiraError(409, ['The role is in use. Name another one to take its place with swap.'])
  if (swap) {
    const { name } = swap
    for (const project of projects.values()) {
      const members = project.roles.get(role.name)
      const others = project.roles.get(name)
      if (members && others) addAll(others, members)
    }
    for (const project of projects.values()) project.roles.delete(role.name)
    rename(call, role, name)
  } else for (const project of projects.values()) project.roles.delete(role.name)
  roles.delete(role.id)
  return empty()
}

export const roleHandlers: readonly Served[] = [
  serve(getProjectRoles, [], (call) => {
    const project = projectOf(call, call.path['projectIdOrKey'])
    const roles = [...call.site.jira.roles.values()]
    return ok(Object.fromEntries(roles.map(({ id, name }) => [name, roleAddress(call, project, id)])))
  }),
  serve(getProjectRole, ['excludeInactiveUsers'], (call) => {
    const project = projectOf(call, call.path['projectIdOrKey'])
    return ok(inProject(call, project, roleOf(call)))
  }),
  serve(
    getProjectRoleDetails,
    ['currentMember', 'excludeConnectAddons', 'excludeOtherServiceRoles'],
    (call) => {
      const project = projectOf(call, call.path['projectIdOrKey'])
      const accountId = call.caller.person?.accountId ?? ''
      const mine = call.query.flag('currentMember')
      const roles = [...call.site.jira.roles.values()].filter(
        ({ name }) => !mine || hasRole(call.site, project, { role: name, accountId }),
      )
      return ok(
        roles.map(({ id, name, description }) => ({
          self: roleAddress(call, project, id),
          name,
          id: Number(id),
          description,
          admin: name === 'Administrators',
          default: name === 'Members',
          type: 'DEFAULT',
        })),
      )
    },
  ),
  serve(addActorUsers, [], (call) => {
    const { project, role, members } = membersIn(call)
    addAll(members, readMembers(call, bodyOf(call)))
    return ok(inProject(call, project, role))
  }),
  serve(setActors, [], replaceActors),
  serve(deleteActor, ['user', 'group', 'groupId'], (call) => {
    takeOut(call, membersIn(call).members)
    return empty()
  }),
  serve(getAllProjectRoles, [], (call) => {
    administer(call)
    return ok([...call.site.jira.roles.values()].map((role) => onSite(call, role)))
  }),
  serve(getProjectRoleById, [], (call) => {
    administer(call)
    return ok(onSite(call, roleOf(call)))
  }),
  serve(createProjectRole, [], create),
  serve(partialUpdateProjectRole, [], (call) => update(call, false)),
  serve(fullyUpdateProjectRole, [], (call) => update(call, true)),
  serve(deleteProjectRole, ['swap'], remove),
  serve(getProjectRoleActorsForRole, [], (call) => {
    administer(call)
    return ok(onSite(call, roleOf(call)))
  }),
  serve(addProjectRoleActorsToRole, [], (call) => {
    administer(call)
    const role = roleOf(call)
    addAll(role, readMembers(call, bodyOf(call)))
    return ok(onSite(call, role))
  }),
  serve(deleteProjectRoleActorsFromRole, ['user', 'groupId', 'group'], (call) => {
    administer(call)
    const role = roleOf(call)
    takeOut(call, role)
    return ok(onSite(call, role))
  }),
]
