/** What an operator may want to see in a log. No password and no row is in it. */
export type PostgresStoreEvent =
  /** Told once, when the store is opened: a crash of the server loses what was written last, or everything. */
  | { readonly type: 'warning'; readonly code: 'not_durable'; readonly message: string }
  /** A connection that nobody was using is lost. The next call makes a new one. */
  | { readonly type: 'disconnected'; readonly message: string }
