import { avatarUrl } from '../auth/avatars.ts'
import type { Call } from '../http/call.ts'
import type {
  IssueType,
  LinkType,
  Priority,
  Project,
  Resolution,
  Status,
  StatusCategory,
} from '../world/jira-model.ts'
import type { Person } from '../world/model.ts'
import { uuidOf } from '../world/random.ts'
import { jiraTime } from '../world/time.ts'

/** How Jira's things look in answers. Shapes are recorded unless a line says otherwise. */

export const categories: Readonly<Record<StatusCategory['key'], StatusCategory>> = {
  new: { id: 2, key: 'new', colorName: 'blue-gray', name: 'To Do' },
  indeterminate: { id: 4, key: 'indeterminate', colorName: 'yellow', name: 'In Progress' },
  // Inferred: no open recording shows the third one.
  done: { id: 3, key: 'done', colorName: 'green', name: 'Done' },
}

/** What a view needs to know of the call it is made for. */
export type View = Pick<Call, 'links' | 'site' | 'caller' | 'world' | 'origins' | 'clock'>

/** An address of the REST API as this caller sees it. */
export function rest({ links }: Pick<Call, 'links'>, path: string): string {
  return `${links.rest}/rest/api/3/${path}`
}

/** The time zone that times are shown in. */
function zoneOf({ caller, site }: Pick<Call, 'caller' | 'site'>): string {
  return caller.person?.timeZone ?? site.timeZone
}

export function timeOf(view: Pick<Call, 'caller' | 'site'>, instant: number): string {
  return jiraTime(instant, zoneOf(view))
}

const sizes = [48, 24, 16, 32] as const

function avatarUrls({ origins }: Pick<Call, 'origins'>, person: Person): Record<string, string> {
  return Object.fromEntries(sizes.map((size) => [`${size}x${size}`, avatarUrl(origins, person, size)]))
}

/** Whether the caller is shown this account's e-mail address. */
function showsEmail({ caller }: Pick<Call, 'caller'>, person: Person): boolean {
  return caller.person !== undefined && (!person.emailHidden || caller.person.accountId === person.accountId)
}

const userAddress = (view: View, person: Person): string =>
  rest(view, `user?accountId=${encodeURIComponent(person.accountId)}`)

/** A person inside of another thing: as author, assignee, watcher. */
export function userView(view: View, accountId: string | null): Record<string, unknown> | null {
  const person = accountId === null ? undefined : view.world.people.get(accountId)
  if (!person) return null
  return {
    self: userAddress(view, person),
    accountId: person.accountId,
    ...(showsEmail(view, person) && { emailAddress: person.email }),
    avatarUrls: avatarUrls(view, person),
    displayName: person.displayName,
    active: person.active,
    timeZone: person.timeZone,
    accountType: person.accountType,
  }
}

/** A person in the lists of users: no time zone, but a locale (recorded). */
export function listedUserView(view: View, person: Person): Record<string, unknown> {
  return {
    self: userAddress(view, person),
    accountId: person.accountId,
    accountType: person.accountType,
    ...(showsEmail(view, person) && { emailAddress: person.email }),
    avatarUrls: avatarUrls(view, person),
    displayName: person.displayName,
    active: person.active,
    ...(person.accountType === 'atlassian' && { locale: person.locale }),
  }
}

/** A person in the old form that shares and dashboards have: without e-mail address and time zone (documented). */
export function shortUserView(view: View, accountId: string): Record<string, unknown> | null {
  const person = view.world.people.get(accountId)
  if (!person) return null
  return {
    self: userAddress(view, person),
    accountId,
    avatarUrls: avatarUrls(view, person),
    displayName: person.displayName,
    active: person.active,
  }
}

/** Where a role of a project is. */
export function roleAddress(view: Pick<Call, 'links'>, { id }: Project, roleId: string): string {
  return rest(view, `project/${id}/role/${roleId}`)
}

export function categoryView(view: View, key: StatusCategory['key']): Record<string, unknown> {
  const category = categories[key]
  const { id, colorName, name } = category
  return { self: rest(view, `statuscategory/${id}`), id, key, colorName, name }
}

export function statusView(view: View, { id, name, description, category }: Status): Record<string, unknown> {
  return {
    self: rest(view, `status/${id}`),
    description,
    iconUrl: `${view.links.site}/`,
    name,
    id,
    statusCategory: categoryView(view, category),
  }
}

/** A status in lists of statuses. */
export function listedStatusView(view: View, status: Status): Record<string, unknown> {
  return { ...statusView(view, status), untranslatedName: status.name }
}

const avatarAddress = (view: View, kind: 'issuetype' | 'project', avatarId: number): string =>
  `${view.links.rest}/rest/api/${kind === 'issuetype' ? 2 : 3}/universal_avatar/view/type/${kind}/avatar/${avatarId}`

/** What every view of an issue type begins with. */
function typeBasics(view: View, type: IssueType): Record<string, unknown> {
  return {
    self: rest(view, `issuetype/${type.id}`),
    id: type.id,
    description: type.description,
    iconUrl: `${avatarAddress(view, 'issuetype', type.avatarId)}?size=medium`,
    name: type.name,
  }
}

/** An issue type inside of an issue. */
export function issueTypeView(view: View, type: IssueType): Record<string, unknown> {
  return {
    ...typeBasics(view, type),
    subtask: type.level < 0,
    avatarId: type.avatarId,
    ...(type.projectId !== undefined && { entityId: uuidOf(`type ${view.site.cloudId} ${type.id}`) }),
    hierarchyLevel: type.level,
  }
}

const scopeView = (type: IssueType): Record<string, unknown> =>
  type.projectId === undefined ? {} : { scope: { type: 'PROJECT', project: { id: type.projectId } } }

/** The issue types of a project, in its order. */
export function issueTypesOf({ site }: Pick<Call, 'site'>, project: Project): readonly IssueType[] {
  return project.issueTypeIds.flatMap((id) => site.jira.issueTypes.get(id) ?? [])
}

/** An issue type in the list of all. */
export function listedTypeView(view: View, type: IssueType): Record<string, unknown> {
  const { name, level, avatarId } = type
  return {
    ...typeBasics(view, type),
    untranslatedName: name,
    subtask: level < 0,
    avatarId,
    hierarchyLevel: level,
    ...scopeView(type),
  }
}

/** An issue type in the metadata for creating issues: without the number of its picture. */
export function createTypeView(view: View, type: IssueType): Record<string, unknown> {
  const { name, level } = type
  return {
    ...typeBasics(view, type),
    untranslatedName: name,
    subtask: level < 0,
    hierarchyLevel: level,
    ...scopeView(type),
  }
}

/** A priority inside of an issue. */
export function priorityView(view: View, { id, name, icon }: Priority): Record<string, unknown> {
  const iconUrl = `${view.links.site}/images/icons/priorities/${icon}.svg`
  return { self: rest(view, `priority/${id}`), iconUrl, name, id }
}

/** A priority by itself. */
export function fullPriorityView(view: View, priority: Priority): Record<string, unknown> {
  const { self, iconUrl, name, id } = priorityView(view, priority)
  return { self, statusColor: priority.color, description: priority.description, iconUrl, name, id }
}

export function resolutionView(view: View, { id, name, description }: Resolution): Record<string, unknown> {
  return { self: rest(view, `resolution/${id}`), id, description, name }
}

export function linkTypeView(view: View, { id, name, inward, outward }: LinkType): Record<string, unknown> {
  return { id, name, inward, outward, self: rest(view, `issueLinkType/${id}`) }
}

export function projectAvatarUrls(view: View, { avatarId }: Project): Record<string, string> {
  const address = avatarAddress(view, 'project', avatarId)
  return {
    '48x48': address,
    '24x24': `${address}?size=small`,
    '16x16': `${address}?size=xsmall`,
    '32x32': `${address}?size=medium`,
  }
}

/** A project inside of an issue. */
export function projectView(view: View, project: Project): Record<string, unknown> {
  return {
    self: rest(view, `project/${project.id}`),
    id: project.id,
    key: project.key,
    name: project.name,
    projectTypeKey: project.type,
    simplified: project.style === 'next-gen',
    avatarUrls: projectAvatarUrls(view, project),
  }
}
