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
   * - `rolling`: at most `limit` in any span of `window`, wherever it begins; one number a key. What is not spent at once
   *   (`burst`) comes back evenly.
   * - `sliding`: the same promise, and all of `limit` may be spent at once. Each call comes back a window after it was
   *   made, to 1/64 of the window. 66 numbers a key, counted in each process by itself.
   * - `calendar`: `limit` from one window's beginning to its end, where windows count from 1970, so that an hour is a UTC
   *   hour.
   * - `concurrent`: `limit` at a time, for calls that say when they end (`enter`). Others pass it over. Counted in each
   *   process by itself; `window` means nothing and is 0.
   */
  readonly kind: 'rolling' | 'sliding' | 'calendar' | 'concurrent'
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
  /**
   * What a store that is away means for this rule: pass, refuse, or decide from what this process alone has seen, as if
   * each call of this process were made by every instance.
   */
  readonly fail: 'open' | 'closed' | 'local'
  /**
   * Of a rolling rule: `limit` is where it starts; the rate follows what answers announce and how they refuse
   * (`learn`), between 0.7 and 1.1 of what is announced. Of a calendar rule: limit and use follow what is announced. Of a
   * concurrent rule: `limit` is the most there can be, and the number follows how long calls take.
   */
  readonly adaptive?: true
  /**
   * Of a calendar rule: a pool for many persons. A quarter is free to all at once and the rest as the window passes;
   * beyond that line each person has an equal share.
   */
  readonly fair?: true
  /** Units that only callers of the class `interactive` may use, of a concurrent or a fair rule. Default: 0. */
  readonly reserve?: number
  /**
   * Of a rule that processes share: units are fetched from the store in lots and spent without asking. Never more than
   * the limit is fetched; what one process holds, the others cannot spend meanwhile.
   */
  readonly lease?: true
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
  /** Until everything is back: of a rolling rule the whole burst, of a calendar rule the next window; 0 where it is not known. */
  readonly resetMs: Milliseconds
}
