/** What an operator may want to see in a log. No password, key or value is in it. */
export type RedisStoreEvent =
  /**
   * Told once, when the store is opened. `evicts`: Redis may throw keys away when its memory is full, and people with
   * them. `not_durable`: a crash of Redis loses what was written last, or everything.
   */
  | { readonly type: 'warning'; readonly code: 'evicts' | 'not_durable'; readonly message: string }
  /** The connection is lost. Calls fail at once until it is there again. */
  | { readonly type: 'disconnected'; readonly message: string }
  | { readonly type: 'connected' }
