/** A length of time in milliseconds. */
export type Milliseconds = number

/** A length of time in whole seconds. */
export type Seconds = number

/** An instant in milliseconds since 1970. */
export type Instant = number

/** What is counted: calls, or Atlassian's points, of which one call may cost many. */
export type Unit = 'requests' | 'points'

/** Whose budget a rule speaks of: the part of a key before its first colon. Scopes of your own are welcome. */
export type Scope =
  | 'user'
  | 'grant'
  | 'site'
  | 'client'
  | 'address'
  | 'app'
  | 'account'
  | 'issue'
  | 'operation'
  | 'family'
  | (string & {})

/**
 * Names one budget: a scope, a colon, and an id, such as `site:11111111-2222-4333-8444-555555555555`. The rules whose
 * `per` is that scope hold for it. A key without a rule is never refused, and can be paused all the same.
 */
export type LimitKey = `${Scope}:${string}`

/** One limit as data. */
export interface Rule {
  /** Appears in header fields and refusals, so it is written for the person who meets it: `user-hour`. */
  readonly name: string
  /**
   * `rolling`: at most `limit` in any span of `window`, wherever it begins. `calendar`: `limit` from one window's
   * beginning to its end, where windows count from 1970, so that an hour is a UTC hour.
   */
  readonly kind: 'rolling' | 'calendar'
  readonly unit: Unit
  readonly per: Scope
  /** In units. */
  readonly limit: number
  readonly window: Seconds
  /**
   * Of a rolling rule: how many units may pass at once. The rest of `limit` comes back evenly over the window, so a
   * higher burst buys a lower steady rate. Default: a tenth of the limit, at least 10, at most the limit less one.
   */
  readonly burst?: number
  /** What a store that is away means for this rule: pass, refuse, or decide from what this process alone has seen. */
  readonly fail: 'open' | 'closed' | 'local'
  /** Counted, never enforced. */
  readonly shadow?: true
}

/** The rules of a limiter: a list, told apart by `per`, or a look-up for rules that depend on the whole key. */
export type Rules = readonly Rule[] | ((key: LimitKey) => readonly Rule[])

/** What one call costs: the same in each unit, or each unit by itself. What is left out costs 1. */
export type Cost = number | { readonly [Name in Unit]?: number }

/** How one rule stands for one key. */
export interface Budget {
  /** The rule's name. */
  readonly policy: string
  readonly key: LimitKey
  readonly unit: Unit
  readonly limit: number
  readonly window: Seconds
  /** Whole units that could be spent at this moment. */
  readonly remaining: number
  /** Until everything is back: of a rolling rule the whole burst, of a calendar rule the next window. */
  readonly resetMs: Milliseconds
}
