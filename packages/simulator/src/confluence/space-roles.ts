import {
  createSpaceRole,
  deleteSpaceRole,
  getAvailableSpacePermissions,
  getAvailableSpaceRoles,
  getSpacePermissionsAssignments,
  getSpaceRoleAssignments,
  getSpaceRoleMode,
  getSpaceRolesById,
  setSpaceRoleAssignments,
  updateSpaceRole,
} from '@telamon/confluence/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { json, ok, type Reply } from '../http/reply.ts'
import { asList, asObject, asText, type JsonObject } from '../http/value.ts'
import type { RoleAssignment, Space, SpacePermission, SpaceRole } from '../world/confluence-model.ts'
import { uuidOf } from '../world/random.ts'
import { spacePermissionIds, spaceRolesOf } from '../world/space-roles.ts'
import { mayAround, spaceOf, subjectId } from './find.ts'
import { listReply } from './list.ts'
import { startTask } from './long-tasks.ts'
import { bodyOf, refuseInput, refuseMissing, refuseUnpermitted } from './refuse.ts'

type PrincipalType = SpacePermission['principal']['type']

/** How the two models of permissions name principals (documented). */
const principalTypes: Readonly<Record<string, PrincipalType>> = {
  USER: 'user',
  GROUP: 'group',
  ACCESS_CLASS: 'access-class',
}
const typeNames = new Map(Object.entries(principalTypes).map(([name, type]) => [type, name]))

const roleView = ({ id, type, name, description, permissions }: SpaceRole): unknown => ({
  id,
  type,
  name,
  description,
  spacePermissions: permissions,
})

export const assignmentView = ({ principal, roleId }: RoleAssignment): unknown => ({
  principal: { principalType: typeNames.get(principal.type), principalId: principal.id },
  roleId,
})

/** Somebody of this site, or a group, or a class of people. */
function readPrincipal({ site }: Call, given: unknown): SpacePermission['principal'] {
  const principal = asObject(given)
  const type = principalTypes[asText(principal?.['principalType']) ?? '']
  const id = asText(principal?.['principalId'])
  if (type === undefined || id === undefined) return refuseInput('The principal is missing')
  const known = type === 'access-class' || (type === 'user' ? site.members.has(id) : site.groups.has(id))
  return known ? { type, id } : refuseInput(`There is no ${type} with the id ${id}`)
}

/** Gives roles in a space; an entry without a role takes the principal's away (documented). */
export function assignRoles(call: Call, space: Space, given: readonly unknown[]): void {
  const known = new Set(spaceRolesOf(call.site.confluence).map(({ id }) => id))
  const wanted = given.map((entry) => {
    const assignment = asObject(entry)
    const principal = readPrincipal(call, assignment?.['principal'])
    const roleId = asText(assignment?.['roleId'])
    if (roleId !== undefined && !known.has(roleId)) refuseInput(`There is no role with the id ${roleId}`)
    return { principal, roleId }
  })
  for (const { principal, roleId } of wanted) {
    const others = space.roles.filter(
      (role) => role.principal.type !== principal.type || role.principal.id !== principal.id,
    )
    space.roles = roleId === undefined ? others : [...others, { principal, roleId }]
  }
}

function setAssignments(call: Call): Reply {
  const space = spaceOf(call, subjectId(call))
  if (!mayAround(call, { spaceId: space.id }, { key: 'administer', target: 'space' })) {
    return refuseMissing('Space', space.id)
  }
  const given = call.body.kind === 'json' ? asList(call.body.value) : undefined
  assignRoles(call, space, given ?? refuseInput('The request body has to be a list'))
  return listReply(call, space.roles, assignmentView)
}

/** Narrows by what the query says about principals. */
function fits({ query }: Call, principal: SpacePermission['principal']): boolean {
  const [type, id] = [query.text('principal-type'), query.text('principal-id')]
  return (
    (type === undefined || principalTypes[type] === principal.type) && (id ?? principal.id) === principal.id
  )
}

function assignments(call: Call): Reply {
  const space = spaceOf(call, subjectId(call))
  const types = new Map(spaceRolesOf(call.site.confluence).map(({ id, type }) => [id, type]))
  const [roleId, roleType] = [call.query.text('role-id'), call.query.text('role-type')]
  const found = space.roles.filter(
    (role) =>
      (roleId ?? role.roleId) === role.roleId &&
      (roleType === undefined || types.get(role.roleId) === roleType) &&
      fits(call, role.principal),
  )
  return listReply(call, found, assignmentView)
}

function roles(call: Call): Reply {
  const [spaceId, type] = [call.query.text('space-id'), call.query.text('role-type')]
  const held = spaceId === undefined ? undefined : spaceOf(call, spaceId).roles
  const ids = new Set(held?.filter(({ principal }) => fits(call, principal)).map(({ roleId }) => roleId))
  const narrowed = held !== undefined && call.query.text('principal-id') !== undefined
  const found = spaceRolesOf(call.site.confluence).filter(
    (role) => (type === undefined || role.type === type) && (!narrowed || ids.has(role.id)),
  )
  return listReply(call, found, roleView)
}

/** Roles are made by whoever administers the site (documented); others do not find the place to do it (404). */
function adminOnly({ site, caller }: Call): void {
  const member = site.members.get(caller.person?.accountId ?? '')
  if (member?.admin !== true) refuseUnpermitted('Only administrators of the site can change roles')
}

function readRole(body: JsonObject): Pick<SpaceRole, 'name' | 'description' | 'permissions'> {
  const [name, description] = [asText(body['name'])?.trim(), asText(body['description'])]
  const given = asList(body['spacePermissions'])
  if (name === undefined || name === '' || description === undefined || !given) {
    return refuseInput('A role needs a name, a description and spacePermissions')
  }
  const permissions = given.map((id) => asText(id) ?? '')
  const unknown = permissions.find((id) => !spacePermissionIds.includes(id))
  if (unknown !== undefined) return refuseInput(`There is no space permission '${unknown}'`)
  if (!permissions.includes('read/space')) return refuseInput('Every role needs read/space')
  return { name, description, permissions }
}

function create(call: Call): Reply {
  adminOnly(call)
  const { roles: own } = call.site.confluence
  const read = readRole(bodyOf(call))
  const taken = spaceRolesOf(call.site.confluence).some(({ name }) => name === read.name)
  if (taken) return refuseInput(`A role with the name ${read.name} already exists`)
  const id = uuidOf(`space role ${call.site.cloudId} ${own.size} ${read.name}`)
  const role: SpaceRole = { id, type: 'CUSTOM', ...read }
  own.set(id, role)
  return json(201, roleView(role))
}

/** One of the site's own roles; those that every site has cannot be changed (documented). */
function ownRole(call: Call): SpaceRole {
  adminOnly(call)
  const id = subjectId(call)
  const role = call.site.confluence.roles.get(id)
  if (role) return role
  const isSystem = spaceRolesOf(call.site.confluence).some((one) => one.id === id)
  return isSystem ? refuseInput('A system role cannot be changed') : refuseMissing('Space role', id)
}

function update(call: Call): Reply {
  const role = ownRole(call)
  const { name, description, permissions } = readRole(bodyOf(call))
  Object.assign(role, { name, description, permissions })
  const { id, type } = role
  const { id: taskId } = startTask(call, { name: 'Update space role' })
  return json(202, { id, type, name, description, taskId })
}

/** The role goes from all spaces with it. */
function remove(call: Call): Reply {
  const { id } = ownRole(call)
  const { roles: own, spaces } = call.site.confluence
  own.delete(id)
  for (const space of spaces.values()) space.roles = space.roles.filter(({ roleId }) => roleId !== id)
  return json(202, { taskId: startTask(call, { name: 'Delete space role' }).id })
}

const permissionView = (id: string): unknown => {
  const [key = '', target = ''] = id.split('/')
  const displayName = `${key.replaceAll('_', ' ')} ${target}`
  const requiredPermissionIds = id === 'read/space' ? [] : ['read/space']
  return { id, displayName, description: `Lets somebody ${displayName}`, requiredPermissionIds }
}

export const spaceRoleHandlers: readonly Served[] = [
  serve(getSpacePermissionsAssignments, ['cursor', 'limit'], (call) =>
    listReply(call, spaceOf(call, subjectId(call)).permissions, (permission) => permission),
  ),
  serve(getAvailableSpacePermissions, ['cursor', 'limit'], (call) =>
    listReply(call, spacePermissionIds, permissionView),
  ),
  serve(
    getAvailableSpaceRoles,
    ['space-id', 'role-type', 'principal-id', 'principal-type', 'cursor', 'limit'],
    roles,
  ),
  serve(getSpaceRolesById, [], (call) => {
    const id = subjectId(call)
    const role = spaceRolesOf(call.site.confluence).find((one) => one.id === id)
    return role ? ok(roleView(role)) : refuseMissing('Space role', id)
  }),
  serve(createSpaceRole, [], create),
  serve(updateSpaceRole, [], update),
  serve(deleteSpaceRole, [], remove),
  serve(getSpaceRoleMode, [], () => ok({ mode: 'ROLES_TRANSITION' })),
  serve(
    getSpaceRoleAssignments,
    ['role-id', 'role-type', 'principal-id', 'principal-type', 'cursor', 'limit'],
    assignments,
  ),
  serve(setSpaceRoleAssignments, [], setAssignments),
]
