import type { Call } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { refuse } from '../http/reply.ts'
import { asId, asList, asObject, asText, type JsonObject } from '../http/value.ts'
import { nextId } from '../world/ids.ts'
import type { Shared, SharePermission } from '../world/jira/sharing-model.ts'
import { administersJira, hasRole } from '../world/permissions.ts'
import { findProject, visibleProjects } from './find.ts'
import { projectView, rest, roleAddress, shortUserView, type View } from './view.ts'

/** What a body says of one share, without its number. */
type Wanted = Omit<SharePermission, 'id'>

const bad = (sentence: string): never => refuse(jiraError(400, [sentence]))

function group({ site }: Call, given: JsonObject): Wanted {
  const nested = asObject(given['group'])
  const id = asText(given['groupId']) ?? asText(nested?.['groupId'])
  const name = asText(given['groupname']) ?? asText(nested?.['name'])
  const found = [...site.groups.values()].find((one) => one.id === id || one.name === name)
  return found ? { type: 'group', groupId: found.id } : bad('The group does not exist.')
}

function project(call: Call, given: JsonObject): Wanted {
  const nested = asObject(given['project'])
  const name = asId(given['projectId']) ?? asId(nested?.['id']) ?? asText(nested?.['key']) ?? ''
  const found = findProject(call.site, name)
  if (!found || !visibleProjects(call).includes(found)) return bad('The project does not exist.')
  const roleId = asId(given['projectRoleId']) ?? asId(asObject(given['role'])?.['id'])
  if (roleId === undefined) return { type: 'project', projectId: found.id }
  const role = call.site.jira.roles.get(roleId)
  return role
    ? { type: 'projectRole', projectId: found.id, role: role.name }
    : bad('The project role does not exist.')
}

function person({ site }: Call, given: JsonObject): Wanted {
  const nested = asObject(given['user'])
  const accountId = asText(given['accountId']) ?? asText(nested?.['accountId']) ?? ''
  return site.members.has(accountId) ? { type: 'user', accountId } : bad('The user does not exist.')
}

/** Reads one share. `authenticated` and `loggedin` are two names for one thing (documented). */
export function readShare(call: Call, value: unknown): SharePermission {
  const given = asObject(value) ?? {}
  const id = nextId(call.world, 'share', call.site.cloudId)
  switch (given['type']) {
    case 'global':
      return { id, type: 'global' }
    case 'authenticated':
    case 'loggedin':
      return { id, type: 'loggedin' }
    case 'group':
      return { id, ...group(call, given) }
    case 'project':
    case 'projectRole':
      return { id, ...project(call, given) }
    case 'user':
      return { id, ...person(call, given) }
    default:
      return bad('The type of a share has to be user, project, group, projectRole, global or authenticated.')
  }
}

/** Reads a list of shares; undefined when there is none. */
export function readShares(call: Call, value: unknown): SharePermission[] | undefined {
  return asList(value)?.map((one) => readShare(call, one))
}

/** A share (documented). */
export function shareView(view: View, share: SharePermission): Record<string, unknown> {
  const { site } = view
  const home = site.jira.projects.get(share.projectId ?? '')
  const role = [...site.jira.roles.values()].find(({ name }) => name === share.role)
  const members = site.groups.get(share.groupId ?? '')
  return {
    id: Number(share.id),
    type: share.type === 'projectRole' ? 'project' : share.type,
    ...(home && { project: projectView(view, home) }),
    ...(home &&
      role && {
        role: { self: roleAddress(view, home, role.id), name: role.name, id: Number(role.id) },
      }),
    ...(members && {
      group: {
        name: members.name,
        groupId: members.id,
        self: rest(view, `group?groupId=${members.id}`),
      },
    }),
    ...(share.accountId !== undefined && { user: shortUserView(view, share.accountId) }),
  }
}

/** Whether a share is with the caller. */
function includes(call: Pick<Call, 'site' | 'caller'>, share: SharePermission): boolean {
  const { site, caller } = call
  const accountId = caller.person?.accountId
  if (share.type === 'global') return true
  if (accountId === undefined) return false
  const home = site.jira.projects.get(share.projectId ?? '')
  switch (share.type) {
    case 'loggedin':
      return true
    case 'user':
      return share.accountId === accountId
    case 'group':
      return site.groups.get(share.groupId ?? '')?.members.has(accountId) === true
    case 'project':
      return home !== undefined && visibleProjects(call).includes(home)
    case 'projectRole':
      return home !== undefined && hasRole(site, home, { role: share.role ?? '', accountId })
    default:
      return false
  }
}

/** Whether the caller may see a filter or dashboard: its owner, and those it is shared with (documented). */
export function maySee(call: Pick<Call, 'site' | 'caller'>, shared: Shared): boolean {
  const accountId = call.caller.person?.accountId
  if (accountId !== undefined && shared.ownerId === accountId) return true
  return [...shared.share, ...shared.edit].some((share) => includes(call, share))
}

/** Whether the caller may change it: its owner, administrators, and those who may edit it. */
export function mayEdit(call: Pick<Call, 'site' | 'caller'>, shared: Shared): boolean {
  const accountId = call.caller.person?.accountId
  if (accountId === undefined) return false
  if (shared.ownerId === accountId || administersJira(call.caller, call.site)) return true
  return shared.edit.some((share) => share.type !== 'global' && includes(call, share))
}
