/** What goes wrong. All that an answer can express; what belongs to sockets is for a proxy in front. */
export type Fault =
  /** 429. `retryAfter` in seconds, or a text as it is; null sends none. */
  | {
      readonly kind: 'rate-limited'
      readonly retryAfter?: number | string | null
      readonly reason?: string
      readonly limit?: number
      /** On top of these, or in their place: the service has been seen to send stranger ones. */
      readonly headers?: Readonly<Record<string, string>>
    }
  | {
      readonly kind: 'error'
      readonly status: 500 | 502 | 503 | 504
      /** Default: `json` for 500, `html` for the others, as the edge sends it (reported). */
      readonly body?: 'json' | 'html' | 'empty'
      readonly retryAfter?: number
      readonly headers?: Readonly<Record<string, string>>
    }
  /** The gateway's refusal of a token, which is as good as before the next time: the minute after a reconnect. */
  | { readonly kind: 'unauthorized' }
  /** The access token of the request has expired, now and for good. */
  | { readonly kind: 'expired-token' }
  /** The person has taken the app's grant back: access and refresh tokens end for good. */
  | { readonly kind: 'revoked-grant' }
  | { readonly kind: 'scope-mismatch' }
  /** 403 that no new consent heals: an address allowlist, an access rule for apps. */
  | { readonly kind: 'policy'; readonly message?: string }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'conflict' }
  /** The work is done, and then the connection breaks before the answer. */
  | { readonly kind: 'lose-answer' }
  /** No answer until the request is given up, or the simulator closes. */
  | { readonly kind: 'hang' }
  /** The connection breaks: before the answer, or after so many bytes of its body. */
  | { readonly kind: 'reset'; readonly afterBytes?: number }
  /** The answer begins so late. */
  | { readonly kind: 'slow-answer'; readonly milliseconds: number }
  /** The body comes at this rate, in pieces of a tenth of a second. */
  | { readonly kind: 'slow-body'; readonly bytesPerSecond: number }
  /** 200 with a page in place of JSON. */
  | { readonly kind: 'html' }
  /** The right answer under another content type. */
  | { readonly kind: 'wrong-type'; readonly contentType?: string }
  /** The answer ends after so many bytes, as if that were all. */
  | { readonly kind: 'truncated'; readonly bytes: number }
  /** The right status and content type, and so many random bytes. */
  | { readonly kind: 'garbage'; readonly bytes: number }
  /** The answer lacks these members, such as `refresh_token`. */
  | { readonly kind: 'omit'; readonly members: readonly string[] }
  | { readonly kind: 'redirect-loop' }

/** Which requests a rule is about. What is left out fits everything. */
export interface FaultMatch {
  /** The id of an operation, or `token`, `me` or `accessible-resources`. */
  readonly operation?: string
  readonly method?: string
  /** A piece of the path. */
  readonly path?: string
  /** The name of a site. */
  readonly site?: string
  /** The handle or account id of a person. */
  readonly person?: string
}

/** A fault that was declared. */
export interface FaultRule {
  readonly fault: Fault
  readonly match?: FaultMatch
  /** How often it strikes. Default: once. */
  readonly times?: number | 'always'
  /** How many requests that fit go through first. Default: none. */
  readonly after?: number
  /** The share of the requests that fit, from 0 to 1. Default: all. */
  readonly share?: number
  /** What the chance of `share` begins with, so that other rules leave it alone. Default: the simulator's own chance. */
  readonly seed?: number
}

/** What a request looks like to the rules. */
export interface FaultSubject {
  readonly operation: string | undefined
  readonly method: string
  readonly path: string
  readonly site: string | undefined
  /** Handle and account id. */
  readonly person: readonly string[]
}

/** Faults, declared beforehand and used up by requests. */
export interface Faults {
  /** Declares a fault and gives back its number. */
  add(rule: FaultRule): number
  /** What is declared, with how often each will still strike. */
  list(): readonly (FaultRule & {
    readonly id: number
    readonly left: number | 'always'
    readonly struck: number
  })[]
  remove(id: number): void
  clear(): void
}
