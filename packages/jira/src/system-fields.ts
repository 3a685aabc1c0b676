import type { AdfDocument } from '@telamon/adf'

import type {
  Attachment,
  IssueLink,
  IssueTypeDetails,
  PageOfComments,
  PageOfWorklogs,
  Priority,
  Project,
  ProjectComponent,
  Resolution,
  SecurityLevel,
  StatusDetails,
  TimeTrackingDetails,
  UserDetails,
  Version,
  Votes,
  Watchers,
} from './generated/platform/types.gen.ts'

/** An issue inside another one: its parent, or one below it. */
export interface NestedIssue {
  readonly id: string
  readonly key: string
  readonly self: string
  readonly fields: Pick<SystemFields, 'summary' | 'status' | 'priority' | 'issuetype'>
}

/** How far an issue and what is below it have come, in seconds. */
export interface Progress {
  readonly progress: number
  readonly total: number
  readonly percent?: number
}

/**
 * The fields that every Jira has, as recorded. A field that a project hides, or that the person may not see, is `null`.
 * Moments are text such as `2026-04-28T15:31:13.533+0200`, times are seconds.
 */
export interface SystemFields {
  readonly summary: string
  readonly status: StatusDetails
  readonly issuetype: IssueTypeDetails
  readonly project: Project
  readonly created: string
  readonly updated: string
  readonly labels: readonly string[]
  readonly description: AdfDocument | null
  readonly environment: AdfDocument | null
  readonly assignee: UserDetails | null
  readonly reporter: UserDetails | null
  readonly creator: UserDetails | null
  readonly priority: Priority | null
  readonly resolution: Resolution | null
  readonly resolutiondate: string | null
  readonly statuscategorychangedate: string | null
  readonly lastViewed: string | null
  readonly duedate: string | null
  readonly parent: NestedIssue | null
  readonly subtasks: readonly NestedIssue[]
  readonly components: readonly ProjectComponent[]
  readonly fixVersions: readonly Version[]
  readonly versions: readonly Version[]
  readonly issuelinks: readonly IssueLink[]
  readonly attachment: readonly Attachment[]
  readonly comment: PageOfComments
  readonly worklog: PageOfWorklogs
  readonly watches: Watchers
  readonly votes: Votes
  readonly security: SecurityLevel | null
  readonly timetracking: TimeTrackingDetails
  readonly timespent: number | null
  readonly timeestimate: number | null
  readonly timeoriginalestimate: number | null
  readonly aggregatetimespent: number | null
  readonly aggregatetimeestimate: number | null
  readonly aggregatetimeoriginalestimate: number | null
  readonly progress: Progress
  readonly aggregateprogress: Progress
  /** In percent of the estimate, -1 without one. */
  readonly workratio: number
}
