/** Who a filter or dashboard is shared with. `role` goes with a project. */
export interface SharePermission {
  readonly id: string
  readonly type: 'global' | 'loggedin' | 'project' | 'projectRole' | 'group' | 'user'
  readonly projectId?: string
  readonly role?: string
  readonly groupId?: string
  readonly accountId?: string
}

/** What filters and dashboards have in common. */
export interface Shared {
  readonly id: string
  name: string
  description: string
  ownerId: string
  readonly favouriteOf: Set<string>
  share: SharePermission[]
  edit: SharePermission[]
}

/** A saved query. */
export interface Filter extends Shared {
  jql: string
  /** The ids of the fields its list shows; null: those of the person who looks. */
  columns: readonly string[] | null
}

export interface Gadget {
  readonly id: string
  readonly moduleKey: string
  color: string
  position: { readonly row: number; readonly column: number }
  title: string
}

export interface Dashboard extends Shared {
  readonly gadgets: Gadget[]
}

/** Filters, dashboards, and what people set for themselves. */
export interface SharingState {
  readonly filters: Map<string, Filter>
  readonly dashboards: Map<string, Dashboard>
  readonly personal: Map<string, Personal>
}

/** What one account has set for itself on a site. */
export interface Personal {
  readonly preferences: Map<string, string>
  defaultShareScope: 'GLOBAL' | 'AUTHENTICATED' | 'PRIVATE'
  /** Field ids; null: those of the site. */
  columns: readonly string[] | null
  /** When issues were looked at, by id. */
  readonly issuesSeen: Map<string, number>
  readonly projectsSeen: Map<string, number>
}

/** What somebody has who has never set anything. */
export function noPersonal(): Personal {
  return {
    preferences: new Map(),
    defaultShareScope: 'PRIVATE',
    columns: null,
    issuesSeen: new Map(),
    projectsSeen: new Map(),
  }
}

export function createSharingState(): SharingState {
  return { filters: new Map(), dashboards: new Map(), personal: new Map() }
}
