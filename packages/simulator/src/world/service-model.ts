/** What a request of a type asks for. */
export interface RequestField {
  readonly fieldId: string
  /** What customers read in place of the field's name. */
  readonly label: string
  readonly description: string
  readonly required: boolean
  /** Customers do not see it; its value is preset. */
  readonly hidden?: true
}

/** The step in which others say yes or no. */
export interface ApprovalStep {
  readonly name: string
  /** Where an issue waits for it. */
  readonly statusId: string
  readonly approverIds: readonly string[]
  /** How many have to approve. One who declines is enough. */
  readonly needed: number
  readonly approvedTransitionId: string
  readonly declinedTransitionId: string
}

/** A kind of request that customers can raise. */
export interface RequestType {
  readonly id: string
  readonly deskId: string
  readonly name: string
  readonly description: string
  readonly helpText: string
  readonly issueTypeId: string
  /** Without a group it is hidden on the portal (documented). */
  readonly groupIds: readonly string[]
  readonly iconId: string
  readonly fields: readonly RequestField[]
  /** Where its issues begin; the first status of the project when absent. */
  readonly firstStatusId?: string
  /** What customers read for a status, where it is another name. */
  readonly statusNames: ReadonlyMap<string, string>
  readonly approval?: ApprovalStep
  readonly properties: Map<string, unknown>
}

export interface Queue {
  readonly id: string
  readonly name: string
  readonly jql: string
  /** Ids of the fields that are its columns. */
  readonly fields: readonly string[]
}

/** When time counts: every hour, or working hours. */
export interface ServiceCalendar {
  readonly timeZone: string
  /** Days of the week, 0 for Sunday. */
  readonly days: readonly number[]
  /** Minutes after midnight. */
  readonly from: number
  readonly to: number
}

/** A promise on time. It is measured from the past of the issue, and nothing is stored. */
export interface SlaMetric {
  readonly id: string
  readonly name: string
  readonly fieldId: string
  readonly stops: 'first-response' | 'resolution'
  /** Milliseconds of counted time, by the id of the priority; '' for the others. */
  readonly goals: ReadonlyMap<string, number>
  /** The statuses in which the clock stands. */
  readonly pausedIn: readonly string[]
  /** Absent: day and night. */
  readonly calendar?: ServiceCalendar
}

export interface ServiceDesk {
  readonly id: string
  readonly projectId: string
  /** Whether everyone with an account may raise requests, or only its customers. */
  readonly open: boolean
  readonly customers: Set<string>
  readonly organizationIds: Set<string>
  readonly groups: readonly { readonly id: string; readonly name: string }[]
  readonly queues: readonly Queue[]
  readonly slas: readonly SlaMetric[]
  /** The key of the Confluence space that is its knowledge base. */
  readonly knowledgeSpace?: string
}

export interface Organization {
  readonly id: string
  readonly uuid: string
  readonly name: string
  readonly createdAt: number
  readonly members: Set<string>
  readonly properties: Map<string, unknown>
}

type Decision = 'approved' | 'declined' | 'pending'

/** An approval that was asked for. */
export interface Approval {
  readonly id: string
  readonly name: string
  readonly createdAt: number
  completedAt: number | null
  /** Account id → what this person said. */
  readonly answers: Map<string, Decision>
  finalDecision: Decision
}

export interface Feedback {
  readonly rating: number
  readonly comment: string | null
}

/** What an issue has because a customer raised it. Keyed by the id of the issue. */
export interface ServiceRequest {
  /** Null after its type was deleted. */
  requestTypeId: string | null
  readonly participants: Set<string>
  readonly organizationIds: Set<string>
  /** Those who want no notifications though they take part, and those who want them though they do not. */
  readonly unsubscribed: Set<string>
  readonly subscribed: Set<string>
  readonly approvals: Approval[]
  feedback: Feedback | null
}

/** A file that waits to be put on a request. */
export interface TemporaryFile {
  readonly id: string
  readonly deskId: string
  readonly ownerId: string
  readonly name: string
  readonly mediaType: string
  /** In Base64. */
  readonly bytes: string
  readonly created: number
}

/** Jira Service Management on one site. */
export interface ServiceState {
  readonly desks: Map<string, ServiceDesk>
  readonly requestTypes: Map<string, RequestType>
  readonly organizations: Map<string, Organization>
  readonly requests: Map<string, ServiceRequest>
  readonly temporaryFiles: Map<string, TemporaryFile>
  /** Accounts that only know the portal. */
  readonly customers: Set<string>
}

/** Jira Service Management before anybody has made a service desk. */
export function createServiceState(): ServiceState {
  return {
    desks: new Map(),
    requestTypes: new Map(),
    organizations: new Map(),
    requests: new Map(),
    temporaryFiles: new Map(),
    customers: new Set(),
  }
}
