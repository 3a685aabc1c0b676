/** A column and the statuses it shows. */
export interface BoardColumn {
  readonly name: string
  readonly statusIds: readonly string[]
  readonly min?: number
  readonly max?: number
}

/** A query by which a board can be narrowed with one click. */
export interface QuickFilter {
  readonly id: string
  readonly name: string
  readonly jql: string
  readonly description: string
}

/** What a team can switch on and off on the board of a team-managed project. */
export type BoardFeature =
  | 'SIMPLE_ROADMAP'
  | 'BACKLOG'
  | 'SPRINTS'
  | 'ESTIMATION'
  | 'REPORTS'
  | 'RELEASES'
  | 'CODE'
  | 'PAGES'
  | 'DEPLOYMENTS'

/** Where a board lives: in a project, or with a person. */
export type BoardLocation =
  | { readonly type: 'project'; readonly projectId: string }
  | { readonly type: 'user'; readonly accountId: string }

export interface Board {
  readonly id: string
  name: string
  /** `simple` is the board of a team-managed project. */
  readonly type: 'scrum' | 'kanban' | 'simple'
  readonly filterId: string
  readonly location: BoardLocation
  readonly createdBy: string
  /** From left to right. The last one with statuses holds what is done (documented). */
  readonly columns: readonly BoardColumn[]
  readonly constraintType: 'none' | 'issueCount' | 'issueCountExclSubs'
  /** Narrows what a kanban board shows of its filter. */
  readonly subQuery: string | null
  /** Whether the first column of a kanban board is its backlog. */
  readonly kanbanBacklog: boolean
  /** The id of the field that estimates; null when nothing is estimated. */
  readonly estimationFieldId: string | null
  readonly quickFilters: readonly QuickFilter[]
  readonly features: Map<BoardFeature, boolean>
  readonly properties: Map<string, unknown>
  /** Whether more than one sprint may be active at a time. */
  parallelSprints: boolean
}

export interface Sprint {
  readonly id: string
  /** The board it was made on. */
  readonly boardId: string
  name: string
  goal: string
  state: 'future' | 'active' | 'closed'
  readonly createdAt: number
  startAt: number | null
  endAt: number | null
  completedAt: number | null
  /** Its place among the sprints of the board. */
  position: number
  readonly properties: Map<string, unknown>
}

/** What an epic has besides its fields. Keyed by the id of its issue. */
export interface EpicMark {
  name: string | null
  color: string
  done: boolean
}

/** Jira Software on one site. */
export interface SoftwareState {
  readonly boards: Map<string, Board>
  readonly sprints: Map<string, Sprint>
  readonly epics: Map<string, EpicMark>
}

/** Jira Software before anybody has made a board. */
export function createSoftwareState(): SoftwareState {
  return { boards: new Map(), sprints: new Map(), epics: new Map() }
}
