import type { AdfDocument } from '@telamon/adf'

import type { Attachment } from './jira/attachment-model.ts'
import type { CustomField } from './jira/field-model.ts'
import type { Holder, PermissionScheme, ProjectPermission } from './jira/permission-model.ts'
import type { SharingState } from './jira/sharing-model.ts'
import type { SiteState } from './jira/site-model.ts'
import type { TaskState } from './jira/task-model.ts'

export type { CustomField, CustomFieldType, FieldContext, FieldOption } from './jira/field-model.ts'
export type { Holder, PermissionGrant, PermissionScheme, ProjectPermission } from './jira/permission-model.ts'

/** One of the three states of progress that every status belongs to (recorded: 2 and 4; inferred: 3). */
export interface StatusCategory {
  readonly id: 2 | 3 | 4
  readonly key: 'new' | 'indeterminate' | 'done'
  readonly colorName: 'blue-gray' | 'yellow' | 'green'
  readonly name: 'To Do' | 'In Progress' | 'Done'
}

export interface Status {
  readonly id: string
  name: string
  description: string
  category: StatusCategory['key']
  /** The project it belongs to, in team-managed projects. */
  readonly projectId?: string
}

export interface IssueType {
  readonly id: string
  name: string
  description: string
  avatarId: number
  /** −1 subtask, 0 standard, 1 epic. */
  readonly level: -1 | 0 | 1
  /** The project it belongs to, in team-managed projects. */
  readonly projectId?: string
}

export interface Priority {
  readonly id: string
  name: string
  description: string
  color: string
  icon: string
}

export interface Resolution {
  readonly id: string
  name: string
  description: string
}

export interface LinkType {
  readonly id: string
  name: string
  inward: string
  outward: string
}

/** What has to be so for a transition to be offered. All of them have to. */
export type TransitionCondition =
  | Exclude<Holder, { readonly type: 'anyone' | 'licensed' }>
  | { readonly type: 'permission'; readonly permission: ProjectPermission }

/** A step of a workflow. Without `from` it is there in every status. */
export interface Transition {
  readonly id: string
  readonly name: string
  readonly from?: readonly string[]
  readonly to: string
  /** Fields that its screen asks for; absent when it has none. */
  readonly screen?: readonly { readonly fieldId: string; readonly required: boolean }[]
  readonly conditions?: readonly TransitionCondition[]
  /** Whether customers can take it on the portal of a service desk. */
  readonly portal?: true
  /** Whether only the answer to an approval takes it. */
  readonly approval?: true
}

export interface Component {
  readonly id: string
  name: string
  description: string
  leadId?: string | null
  assigneeType?: 'PROJECT_DEFAULT' | 'COMPONENT_LEAD' | 'PROJECT_LEAD' | 'UNASSIGNED'
}

/** Something outside of the issues that a version is about, such as notes on the release. */
export interface RelatedWork {
  readonly id: string
  category: string
  title: string
  url: string
}

export interface Version {
  readonly id: string
  name: string
  description: string
  released: boolean
  archived: boolean
  /** `yyyy-MM-dd` */
  startDate?: string
  /** `yyyy-MM-dd` */
  releaseDate?: string
  /** An account id. */
  driver?: string
  relatedWork?: RelatedWork[]
}

/** The people and groups of a project role. */
interface RoleMembers {
  readonly people: Set<string>
  readonly groups: Set<string>
}

export interface Project {
  readonly id: string
  key: string
  readonly uuid: string
  readonly type: 'software' | 'service_desk' | 'business'
  name: string
  description: string
  readonly style: 'next-gen' | 'classic'
  leadId: string
  avatarId: number
  issueTypeIds: readonly string[]
  statusIds: readonly string[]
  transitions: readonly Transition[]
  readonly roles: Map<string, RoleMembers>
  schemeId: string
  readonly components: Component[]
  readonly versions: Version[]
  /** Default: `UNASSIGNED`. */
  assigneeType?: 'PROJECT_LEAD' | 'UNASSIGNED'
  url?: string
  categoryId?: string | null
  securitySchemeId?: string | null
  notificationSchemeId?: string | null
  /** Absent: the project is open. An archived one can be read, one in the trash cannot. */
  closed?: { readonly as: 'archived' | 'trashed'; readonly at: number; readonly by: string | null }
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
  /** The files that came with it, when a customer's request has it. */
  readonly attachmentIds?: readonly string[]
}

export interface Worklog {
  readonly id: string
  readonly authorId: string
  /** Default: the author. */
  updateAuthorId?: string
  comment?: AdfDocument
  readonly created: number
  updated: number
  started: number
  seconds: number
  visibility?: Visibility
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
  projectId: string
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
  readonly attachments: Attachment[]
  /** The only people who may see it are those of this level. */
  securityLevelId: string | null
  archived: { readonly at: number; readonly by: string | null } | null
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

/** Jira on one site. */
export interface JiraState extends SharingState, SiteState, TaskState {
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
