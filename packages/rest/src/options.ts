import type { AuthStrategy } from './auth/strategy.ts'
import type { Hooks, RestEvent } from './hooks.ts'
import type { Sleep } from './wait.ts'

/** Limits in milliseconds. */
export interface Timeouts {
  /** For one attempt, until its answer is read. Default: 30,000. */
  readonly attemptMs?: number
  /** For a call with all its attempts and waits. Default: 120,000; streamed uploads have none unless the call says so. */
  readonly totalMs?: number
  /** Between two pieces of a streamed body, in either direction. Default: 30,000. */
  readonly idleMs?: number
  /** The longest wait between two attempts. What asks for more fails at once, with `retryAfterMs`. Default: 30,000. */
  readonly longestWaitMs?: number
}

/** What `createRest` needs. */
export interface RestOptions {
  readonly auth: AuthStrategy
  /** Run in order before an attempt and after its answer. */
  readonly hooks?: Hooks | readonly Hooks[]
  /** May give anything that behaves like a `Response`. Must not follow redirects when told `redirect: 'manual'`. */
  readonly fetch?: typeof globalThis.fetch
  readonly userAgent?: string
  /**
   * The language of names and messages, such as `de`. Default: that of the person's profile. Nothing should be decided
   * by the wording of a message in any language.
   */
  readonly language?: string
  readonly timeouts?: Timeouts
  /** Told of attempts, waits and ends of calls. What it throws is dropped, so that watching changes nothing. */
  readonly observe?: (event: RestEvent) => void
  /** In milliseconds since 1970. */
  readonly now?: () => number
  /** Waits between attempts. Rejects when the signal fires. */
  readonly sleep?: Sleep
  /** From 0 to 1, for spreading waits. */
  readonly random?: () => number
}

/** What a call may be told beside its input. */
export interface CallOptions {
  readonly signal?: AbortSignal
  /** For the whole call, attempts and waits included. Of `items`: for each page. */
  readonly timeoutMs?: number
  /** Further header fields. Credentials and framing cannot be set here. */
  readonly headers?: Readonly<Record<string, string>>
}

/** What asking for a page may be told. */
export interface PageOptions extends CallOptions {
  /** From an earlier page of the same operation and input, also in another process. */
  readonly cursor?: string
}

/** What reading through all pages may be told. */
export interface ItemsOptions extends PageOptions {
  /** Ends after so many items. Default: none. */
  readonly limit?: number
}

/** What a download may be told. */
export interface StreamOptions extends CallOptions {
  /** Ends the download with `too_large` as soon as it is known to pass so many bytes. Default: no limit. */
  readonly maxBytes?: number
}
