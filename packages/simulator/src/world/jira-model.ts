import type { AdfDocument } from '@telamon/adf'

/** One of the three states of progress that every status belongs to (recorded: 2 and 4; inferred: 3). */
export interface StatusCategory {
  readonly id: 2 | 3 | 4
  readonly key: 'new' | 'indeterminate' | 'done'
  readonly colorName: 'blue-gray' | 'yellow' | 'green'
  readonly name: 'To Do' | 'In Progress' | 'Done'
}

export interface Status {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly category: StatusCategory['key']
}

export interface IssueType {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly avatarId: number
  /** −1 subtask, 0 standard, 1 epic. */
  readonly level: -1 | 0 | 1
  /** The project it belongs to, in team-managed projects. */
  readonly projectId?: string
}

export interface Priority {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly color: string
  readonly icon: string
}

export interface Resolution {
  readonly id: string
  readonly name: string
  readonly description: string
}

export interface LinkType {
  readonly id: string
  readonly name: string
  readonly inward: string
  readonly outward: string
}

/** Names as Jira spells them (documented). */
export type ProjectPermission =
  | 'ADD_COMMENTS'
  | 'ADMINISTER_PROJECTS'
  | 'ASSIGNABLE_USER'
  | 'ASSIGN_ISSUES'
  | 'BROWSE_PROJECTS'
  | 'CREATE_ISSUES'
  | 'DELETE_ALL_COMMENTS'
  | 'DELETE_ISSUES'
  | 'DELETE_OWN_COMMENTS'
  | 'EDIT_ALL_COMMENTS'
  | 'EDIT_ISSUES'
  | 'EDIT_OWN_COMMENTS'
  | 'LINK_ISSUES'
  | 'MANAGE_SPRINTS_PERMISSION'
  | 'MANAGE_WATCHERS'
  | 'MODIFY_REPORTER'
  | 'SCHEDULE_ISSUES'
  | 'TRANSITION_ISSUES'
  | 'VIEW_VOTERS_AND_WATCHERS'
  | 'WORK_ON_ISSUES'

/** Who holds a permission. `anyone` includes callers without credentials. */
export type Holder =
  | { readonly type: 'anyone' }
  | { readonly type: 'licensed' }
  | { readonly type: 'role'; readonly role: string }
  | { readonly type: 'group'; readonly groupId: string }
  | { readonly type: 'person'; readonly accountId: string }
  | { readonly type: 'reporter' | 'assignee' }

export interface PermissionScheme {
  readonly id: string
  readonly name: string
  readonly grants: ReadonlyMap<ProjectPermission, readonly Holder[]>
}

/** A step of a workflow. Without `from` it is there in every status. */
export interface Transition {
  readonly id: string
  readonly name: string
  readonly from?: readonly string[]
  readonly to: string
  /** Fields that its screen asks for; absent when it has none. */
  readonly screen?: readonly { readonly fieldId: string; readonly required: boolean }[]
  /** Whether customers can take it on the portal of a service desk. */
  readonly portal?: true
  /** Whether only the answer to an approval takes it. */
  readonly approval?: true
}

export interface Component {
  readonly id: string
  readonly name: string
  readonly description: string
}

export interface Version {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly released: boolean
  readonly archived: boolean
  /** `yyyy-MM-dd` */
  readonly releaseDate?: string
}

/** The people and groups of a project role. */
interface RoleMembers {
  readonly people: Set<string>
  readonly groups: Set<string>
}

export interface Project {
  readonly id: string
  readonly key: string
  readonly uuid: string
  readonly type: 'software' | 'service_desk'
  name: string
  description: string
  readonly style: 'next-gen' | 'classic'
  readonly leadId: string
  readonly avatarId: number
  readonly issueTypeIds: readonly string[]
  readonly statusIds: readonly string[]
  readonly transitions: readonly Transition[]
  readonly roles: Map<string, RoleMembers>
  readonly schemeId: string
  readonly components: Component[]
  readonly versions: Version[]
  /** The number of the newest issue. */
  counter: number
}

/** Who may read a comment; absent when everyone who sees the issue may. */
export interface Visibility {
  readonly type: 'role' | 'group'
  /** The role's name or the group's id. */
  readonly identifier: string
}

export interface Comment {
  readonly id: string
  readonly authorId: string | null
  updateAuthorId: string | null
  body: AdfDocument
  readonly created: number
  updated: number
  visibility?: Visibility
  /** Set when only agents of the service desk read it, and not its customers. */
  readonly internal?: true
}

export interface Worklog {
  readonly id: string
  readonly authorId: string
  readonly comment?: AdfDocument
  readonly created: number
  readonly updated: number
  readonly started: number
  readonly seconds: number
}

/** A remote link: an address outside of Jira, shown on an issue. */
export interface RemoteLink {
  readonly id: string
  globalId: string | null
  application: { type?: string; name?: string }
  relationship: string | null
  object: Record<string, unknown>
}

/** One change of one field, as the changelog has it. */
export interface ChangeItem {
  readonly field: string
  readonly fieldtype: 'jira' | 'custom'
  readonly fieldId?: string
  readonly from: string | null
  readonly fromString: string | null
  readonly to: string | null
  readonly toString: string | null
}

/** What one edit changed. */
export interface Change {
  readonly id: string
  readonly authorId: string | null
  readonly created: number
  readonly items: readonly ChangeItem[]
}

export interface Issue {
  readonly id: string
  key: string
  readonly projectId: string
  typeId: string
  statusId: string
  summary: string
  description: AdfDocument | null
  environment: AdfDocument | null
  priorityId: string
  resolutionId: string | null
  resolved: number | null
  assigneeId: string | null
  reporterId: string | null
  readonly creatorId: string | null
  labels: readonly string[]
  componentIds: readonly string[]
  fixVersionIds: readonly string[]
  versionIds: readonly string[]
  parentId: string | null
  /** `yyyy-MM-dd` */
  dueDate: string | null
  /** Seconds. */
  originalEstimate: number | null
  /** Seconds. */
  remainingEstimate: number | null
  readonly created: number
  updated: number
  categoryChanged: number
  rank: string
  readonly custom: Map<string, unknown>
  readonly watchers: Set<string>
  readonly votes: Set<string>
  readonly comments: Comment[]
  readonly worklogs: Worklog[]
  readonly remoteLinks: RemoteLink[]
  /** Oldest first. */
  readonly history: Change[]
}

export interface IssueLink {
  readonly id: string
  readonly typeId: string
  /** The issue that blocks, in "blocks". */
  readonly fromId: string
  /** The issue that is blocked. */
  readonly toId: string
}

/** A custom field of the site. */
export interface CustomField {
  readonly id: string
  readonly name: string
  readonly type: 'number' | 'text' | 'date' | 'option' | 'flag' | 'rank' | 'team'
  readonly options: readonly { readonly id: string; readonly value: string }[]
}

/** Jira on one site. */
export interface JiraState {
  readonly projects: Map<string, Project>
  readonly issueTypes: Map<string, IssueType>
  readonly statuses: Map<string, Status>
  readonly priorities: Map<string, Priority>
  readonly resolutions: Map<string, Resolution>
  readonly linkTypes: Map<string, LinkType>
  readonly schemes: Map<string, PermissionScheme>
  readonly customFields: Map<string, CustomField>
  readonly issues: Map<string, Issue>
  /** Key in upper case → id. */
  readonly keys: Map<string, string>
  readonly links: Map<string, IssueLink>
}
