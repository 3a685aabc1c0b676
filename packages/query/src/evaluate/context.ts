/** Who asks, when, and from where. Everything relative in a query is computed from it. */
export interface Context {
  /** Milliseconds since 1970. */
  readonly now: number
  /** IANA name, such as `Europe/Berlin`. */
  readonly timeZone: string
  /** The caller's account id; absent for an anonymous caller, who is nobody. */
  readonly user?: string
  /** First day of the week: 0 Sunday (default), 1 Monday. */
  readonly weekStart?: 0 | 1
  /** For the order of texts. Default: `en`. */
  readonly locale?: string
}
