import {
  getAllPermissions,
  getBulkPermissions,
  getMyPermissions,
  getPermittedProjects,
} from '@telamon/jira/operations'

import { type Call, type Caller, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { ok, refuse, type Reply } from '../http/reply.ts'
import { asId, asList, asObject, asText } from '../http/value.ts'
import type { Issue, Project, ProjectPermission } from '../world/jira-model.ts'
import { administersJira, may } from '../world/permissions.ts'
import { bodyOf, refuseBinding } from './body.ts'
import { findProject, issueOf, projectOf, visibleIssue, visibleProjects } from './find.ts'
import {
  globalPermissions,
  type GlobalPermission,
  isGlobalPermission,
  isProjectPermission,
  projectPermissions,
} from './permission-table.ts'
import { signedIn } from './rights.ts'

/** Whether somebody holds a permission that belongs to no project. */
function holdsGlobally({ site }: Pick<Call, 'site'>, caller: Caller, name: GlobalPermission): boolean {
  if (administersJira(caller, site)) return true
  const member = site.members.get(caller.person?.accountId ?? '')
  return globalPermissions[name].forAll && member?.products.includes('jira') === true
}

/** All permissions, with numbers that are their places (inferred: the service's numbers are its own). */
const table: readonly (readonly [string, Record<string, unknown>])[] = [
  ...Object.entries(globalPermissions).map(([key, { name, description }]) => ({
    key,
    name,
    description,
    type: 'GLOBAL',
  })),
  ...Object.entries(projectPermissions).map(([key, { name, description }]) => ({
    key,
    name,
    description,
    type: 'PROJECT',
  })),
].map(({ key, name, type, description }, place) => [key, { id: String(place), key, name, type, description }])

/** Where a permission is asked about: an issue, a project, or nowhere in particular. */
function placeOf(call: Call): { readonly project: Project; readonly issue?: Issue } | undefined {
  const { query } = call
  const issueName = query.text('issueKey') ?? query.text('issueId')
  const projectName = query.text('projectKey') ?? query.text('projectId')
  if (issueName !== undefined) return issueOf(call, issueName)
  return projectName === undefined ? undefined : { project: projectOf(call, projectName) }
}

/** Without a place, a project's permission is held when it is in any project (documented). */
function holdsSomewhere(call: Call, name: ProjectPermission): boolean {
  const { site, caller } = call
  return visibleProjects(call).some((project) => may(caller, name, { site, project }))
}

function mine(call: Call): Reply {
  const wanted = call.query.list('permissions')
  if (wanted.length === 0) {
    return jiraError(400, [
      "The 'permissions' query parameter is required, such as BROWSE_PROJECTS,EDIT_ISSUES.",
    ])
  }
  const unknown = wanted.find((name) => !isProjectPermission(name) && !isGlobalPermission(name))
  if (unknown !== undefined) return jiraError(400, [`Unrecognized permission: ${unknown}`])
  const place = placeOf(call)
  const holds = (name: string): boolean => {
    if (isGlobalPermission(name)) return holdsGlobally(call, call.caller, name)
    if (!isProjectPermission(name)) return false
    return place ? may(call.caller, name, { site: call.site, ...place }) : holdsSomewhere(call, name)
  }
  const shown = table.filter(([key]) => wanted.includes(key))
  return ok({
    permissions: Object.fromEntries(
      shown.map(([key, about]) => [key, { ...about, havePermission: holds(key) }]),
    ),
  })
}

/** Whose permissions are asked for: the caller's, or for administrators another's (documented). */
function whose(call: Call, accountId: string | undefined): Caller {
  if (accountId === undefined || accountId === call.caller.person?.accountId) return call.caller
  if (!administersJira(call.caller, call.site)) {
    return refuse(jiraError(403, ['Only administrators can ask for the permissions of others.']))
  }
  const person = call.world.people.get(accountId)
  return person
    ? { person, via: 'basic' }
    : refuse(jiraError(400, [`No user with the account id '${accountId}' was found.`]))
}

const ids = (value: unknown): readonly string[] => (asList(value) ?? []).flatMap((id) => asId(id) ?? [])

function check(call: Call): Reply {
  const body = bodyOf(call)
  const caller = whose(call, asText(body['accountId']))
  const { site } = call
  const globals = (asList(body['globalPermissions']) ?? []).map(String)
  const unknown = globals.find((name) => !isGlobalPermission(name))
  if (unknown !== undefined) return jiraError(400, [`Unrecognized permission: ${unknown}`])
  const asked = (asList(body['projectPermissions']) ?? []).flatMap((entry) => {
    const { permissions, projects = [], issues = [] } = asObject(entry) ?? {}
    return (asList(permissions) ?? refuseBinding()).map((permission) => ({
      permission: String(permission),
      projects: ids(projects),
      issues: ids(issues),
    }))
  })
  const projectPermissionGrants = asked.map(({ permission, projects, issues }) => {
    if (!isProjectPermission(permission)) {
      return refuse(jiraError(400, [`Unrecognized permission: ${permission}`]))
    }
    return {
      permission,
      issues: issues
        .filter((id) => {
          const issue = visibleIssue({ site, caller }, id)
          const project = issue && site.jira.projects.get(issue.projectId)
          return project && may(caller, permission, { site, project, issue })
        })
        .map(Number),
      projects: projects
        .filter((id) => {
          const project = findProject(site, id)
          return project && may(caller, permission, { site, project })
        })
        .map(Number),
    }
  })
  return ok({
    globalPermissions: globals.filter(
      (name) => isGlobalPermission(name) && holdsGlobally(call, caller, name),
    ),
    projectPermissions: projectPermissionGrants,
  })
}

function permitted(call: Call): Reply {
  const wanted = (asList(bodyOf(call)['permissions']) ?? refuseBinding()).map(String)
  const known = wanted.filter(isProjectPermission)
  const unknown = wanted.find((name) => !isProjectPermission(name))
  if (unknown !== undefined) return jiraError(400, [`Unrecognized permission: ${unknown}`])
  const { site, caller } = call
  const projects = visibleProjects(call).filter((project) =>
    known.every((name) => may(caller, name, { site, project })),
  )
  return ok({ projects: projects.map(({ id, key }) => ({ id: Number(id), key })) })
}

export const permissionHandlers: readonly Served[] = [
  serve(getMyPermissions, ['projectKey', 'projectId', 'issueKey', 'issueId', 'permissions'], mine),
  serve(getAllPermissions, [], (call) => {
    signedIn(call)
    return ok({ permissions: Object.fromEntries(table) })
  }),
  serve(getBulkPermissions, [], check),
  serve(getPermittedProjects, [], permitted),
]
