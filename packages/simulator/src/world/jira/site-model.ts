import type { Holder } from './permission-model.ts'

/** A role that projects fill with people and groups. */
export interface ProjectRole {
  readonly id: string
  name: string
  description: string
  /** Who has it in a new project. */
  readonly people: Set<string>
  readonly groups: Set<string>
}

export interface ProjectCategory {
  readonly id: string
  name: string
  description: string
}

/** Fields in the order of a form, in tabs. */
export interface IssueScreen {
  readonly id: string
  name: string
  description: string
  readonly tabs: ScreenTab[]
}

export interface ScreenTab {
  readonly id: string
  name: string
  readonly fieldIds: string[]
}

/** Who may see the issues that have it. */
export interface SecurityLevel {
  readonly id: string
  name: string
  description: string
  readonly members: SecurityMember[]
}

/** `holder` as in permission schemes. */
export interface SecurityMember {
  readonly id: string
  readonly holder: Holder
}

export interface SecurityScheme {
  readonly id: string
  name: string
  description: string
  defaultLevelId: string | null
  readonly levels: SecurityLevel[]
}

/** Who is told of an event. */
export interface NotificationRule {
  readonly id: string
  readonly eventId: string
  readonly type: 'CurrentAssignee' | 'Reporter' | 'AllWatchers' | 'ProjectRole' | 'Group' | 'User'
  readonly parameter?: string
}

export interface NotificationScheme {
  readonly id: string
  name: string
  description: string
  readonly rules: NotificationRule[]
}

/** The line above all pages. */
interface Banner {
  isDismissible: boolean
  isEnabled: boolean
  message: string
  visibility: 'public' | 'private'
}

/** How time is written and counted. */
interface TimeTracking {
  workingHoursPerDay: number
  workingDaysPerWeek: number
  timeFormat: 'pretty' | 'days' | 'hours'
  defaultUnit: 'minute' | 'hour' | 'day' | 'week'
}

/** A message that `notify` sent. Nothing leaves the simulator: this is the mailbox. */
interface SentNotification {
  readonly issueId: string
  readonly sent: number
  readonly subject: string
  readonly text: string
  readonly recipients: readonly string[]
}

/** An address that an app wants events of issues to be sent to. */
export interface Webhook {
  readonly id: string
  readonly clientId: string
  readonly url: string
  readonly events: readonly string[]
  readonly jqlFilter: string
  expires: number
}

/** A worklog that is gone, for those who keep a copy. */
interface DeletedWorklog {
  readonly id: string
  readonly deleted: number
}

/** What belongs to no project: roles, screens, security, notifications, the banner. */
export interface SiteState {
  readonly roles: Map<string, ProjectRole>
  readonly projectCategories: Map<string, ProjectCategory>
  readonly screens: Map<string, IssueScreen>
  readonly securitySchemes: Map<string, SecurityScheme>
  readonly notificationSchemes: Map<string, NotificationScheme>
  readonly banner: Banner
  readonly timeTracking: TimeTracking
  readonly outbox: SentNotification[]
  readonly webhooks: Map<string, Webhook>
  readonly deletedWorklogs: DeletedWorklog[]
  /** The bytes of attachments by id, in base64. */
  readonly files: Map<string, string>
  /** Entity properties, by what they are on: `issue/10001` → key → value. */
  readonly properties: Map<string, Map<string, unknown>>
  /** Switches of projects, by `project id/feature`. */
  readonly features: Map<string, boolean>
  /** The fields that lists of issues show; null: the usual ones. */
  readonly defaults: { columns: readonly string[] | null; priorityId: string; resolutionId: string | null }
}
