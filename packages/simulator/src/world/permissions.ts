import type { Caller } from '../http/call.ts'
import type { Content, Restriction, Space, SpacePermission } from './confluence-model.ts'
import type {
  Comment,
  Holder,
  Issue,
  Project,
  ProjectPermission,
  TransitionCondition,
  Visibility,
} from './jira-model.ts'
import type { SecurityLevel } from './jira/site-model.ts'
import type { Site } from './model.ts'
import { spaceRolesOf } from './space-roles.ts'

/** Whether an account is in a group of the site. */
function inGroup(site: Site, groupId: string, accountId: string): boolean {
  return site.groups.get(groupId)?.members.has(accountId) ?? false
}

/** Whether an account has a role in a project, by itself or through a group. */
export function hasRole(
  site: Site,
  project: Project,
  { role, accountId }: { readonly role: string; readonly accountId: string },
): boolean {
  const members = project.roles.get(role)
  if (!members) return false
  return (
    members.people.has(accountId) || [...members.groups].some((groupId) => inGroup(site, groupId, accountId))
  )
}

/** What a permission is asked about: a project, and an issue of it where there is one. */
export interface Place {
  readonly site: Site
  readonly project: Project
  readonly issue?: Issue
}

function holds({ site, project, issue }: Place, holder: Holder, accountId: string): boolean {
  if (holder.type === 'role') return hasRole(site, project, { role: holder.role, accountId })
  if (holder.type === 'group') return inGroup(site, holder.groupId, accountId)
  if (holder.type === 'person') return holder.accountId === accountId
  if (holder.type === 'reporter') return issue?.reporterId === accountId
  if (holder.type === 'assignee') return issue?.assigneeId === accountId
  if (holder.type === 'lead') return project.leadId === accountId
  return true
}

/** Whether somebody is among the people of an issue's security level, if it has one. */
function passesSecurity(place: Place, accountId: string | undefined): boolean {
  const { site, project, issue } = place
  if (!issue || issue.securityLevelId === null) return true
  const scheme = site.jira.securitySchemes.get(project.securitySchemeId ?? '')
  const level = scheme?.levels.find(({ id }) => id === issue.securityLevelId)
  return level !== undefined && isInLevel(accountId, level, place)
}

function isInLevel(accountId: string | undefined, { members }: SecurityLevel, place: Place): boolean {
  return accountId !== undefined && members.some(({ holder }) => holds(place, holder, accountId))
}

/** Whether the caller is among the people of a security level. */
export function isAmong(caller: Caller, level: SecurityLevel, place: Place): boolean {
  return isInLevel(caller.person?.accountId, level, place)
}

/** What can still be done in a project that is archived, or with an issue that is (documented). */
const ofArchived: ReadonlySet<ProjectPermission> = new Set([
  'ADMINISTER_PROJECTS',
  'BROWSE_PROJECTS',
  'UNARCHIVE_ISSUES',
])

/**
 * Whether the caller has a permission in a project. Without Browse there is no other; what is archived can only be
 * read, what is in the trash is not there, and an issue with a security level is for the people of that level.
 */
export function may(caller: Caller, permission: ProjectPermission, place: Place): boolean {
  const { site, project, issue } = place
  if (project.closed?.as === 'trashed') return false
  if ((project.closed ?? issue?.archived) && !ofArchived.has(permission)) return false
  const accountId = caller.person?.accountId
  const holders = (name: ProjectPermission): readonly Holder[] =>
    site.jira.schemes.get(project.schemeId)?.grants.get(name) ?? []
  const granted = (name: ProjectPermission): boolean => {
    if (accountId === undefined) return holders(name).some(({ type }) => type === 'anyone')
    const member = site.members.get(accountId)
    if (!member?.products.includes('jira')) return false
    return holders(name).some((holder) => holds(place, holder, accountId))
  }
  if (!granted('BROWSE_PROJECTS') || !passesSecurity(place, accountId)) return false
  return permission === 'BROWSE_PROJECTS' || granted(permission)
}

/** Whether the caller is what a transition asks for. */
export function meets(caller: Caller, condition: TransitionCondition, place: Place): boolean {
  if (condition.type === 'permission') return may(caller, condition.permission, place)
  const accountId = caller.person?.accountId
  return accountId !== undefined && holds(place, condition, accountId)
}

/** Whether somebody administers Jira on a site. */
export function administersJira(caller: Caller, site: Site): boolean {
  return site.members.get(caller.person?.accountId ?? '')?.admin === true
}

/** Whether the caller may read a comment or worklog, of an issue that the caller may read. */
export function mayReadComment(
  caller: Caller,
  { visibility }: Pick<Comment, 'visibility'>,
  place: Place,
): boolean {
  return visibility === undefined || belongsTo(caller, visibility, place)
}

/** Whether the caller has the role, or is in the group, that something is kept for. */
export function belongsTo(caller: Caller, visibility: Visibility, { site, project }: Place): boolean {
  const accountId = caller.person?.accountId
  if (accountId === undefined) return false
  return visibility.type === 'group'
    ? inGroup(site, visibility.identifier, accountId)
    : hasRole(site, project, { role: visibility.identifier, accountId })
}

/** Whether the caller may do something in a space, such as `read` on `space` or `create` on `page`. */
export function mayInSpace(
  caller: Caller,
  site: Site,
  asked: { readonly space: Space; readonly key: string; readonly target: string },
): boolean {
  const accountId = caller.person?.accountId
  if (accountId === undefined || site.members.get(accountId)?.products.includes('confluence') !== true)
    return false
  const { permissions, roles } = asked.space
  const isMeant = ({ type, id }: SpacePermission['principal']): boolean => {
    if (type === 'access-class') return true
    return type === 'user' ? id === accountId : inGroup(site, id, accountId)
  }
  const permitted = permissions.some(
    ({ principal, operation }) =>
      operation.key === asked.key && operation.targetType === asked.target && isMeant(principal),
  )
  if (permitted || roles.length === 0) return permitted
  const wanted = `${asked.key}/${asked.target}`
  const granting = spaceRolesOf(site.confluence).filter((role) => role.permissions.includes(wanted))
  return roles.some(({ roleId, principal }) => isMeant(principal) && granting.some(({ id }) => id === roleId))
}

function isUnrestricted({ people, groups }: Restriction): boolean {
  return people.size === 0 && groups.size === 0
}

function passes(site: Site, restriction: Restriction, accountId: string): boolean {
  if (isUnrestricted(restriction)) return true
  return (
    restriction.people.has(accountId) || [...restriction.groups].some((id) => inGroup(site, id, accountId))
  )
}

/** The content above, nearest first. */
export function ancestorsOf(site: Site, content: Content): readonly Content[] {
  const above: Content[] = []
  let parentId = content.parentId
  while (parentId !== null) {
    const parent = site.confluence.contents.get(parentId)
    if (!parent || above.includes(parent)) break
    above.push(parent)
    parentId = parent.parentId
  }
  return above
}

/** Whether the caller may read a page: the space first, then the restrictions of the page and of all above it. */
export function mayRead(caller: Caller, site: Site, content: Content): boolean {
  const space = site.confluence.spaces.get(content.spaceId)
  if (!space || !mayInSpace(caller, site, { space, key: 'read', target: 'space' })) return false
  return passesRestrictions(site, content, caller.person?.accountId ?? '')
}

/** Whether the restrictions of content, and of all above it, let an account read it. */
export function passesRestrictions(site: Site, content: Content, accountId: string): boolean {
  return (
    passes(site, content.read, accountId) &&
    ancestorsOf(site, content).every(({ read }) => passes(site, read, accountId))
  )
}

/** Whether the caller may change a page that the caller may read. */
export function mayUpdate(caller: Caller, site: Site, content: Content): boolean {
  const space = site.confluence.spaces.get(content.spaceId)
  if (!space || !mayRead(caller, site, content)) return false
  const target = content.type === 'blogpost' ? 'blogpost' : 'page'
  if (!mayInSpace(caller, site, { space, key: 'create', target })) return false
  return passes(site, content.update, caller.person?.accountId ?? '')
}
