import type { FailureKind, SignInErrorCode } from './errors.ts'

/**
 * Why a refresh was begun: a call that had to wait, one that did not, an access token that the API refused, or a
 * refresh that somebody had begun and not ended.
 */
export type RefreshCause = 'waiting' | 'background' | 'rejected' | 'sweep'

/** What happened in the vault, for logs and metrics. No token, name or text of the upstream is in it. */
export type VaultEvent =
  | { readonly type: 'signed_in'; readonly grantId: string }
  | { readonly type: 'sign_in_failed'; readonly code: SignInErrorCode; readonly message: string }
  | {
      readonly type: 'refreshed'
      readonly grantId: string
      readonly cause: RefreshCause
      /** The new generation. */
      readonly generation: number
      /** Whether the same refresh token had been sent before, by an attempt that did not end. */
      readonly resent: boolean
      readonly milliseconds: number
    }
  | {
      /** Alarm on `misconfigured`, `fault` and `malformed`: they do not pass by themselves. */
      readonly type: 'refresh_failed'
      readonly grantId: string
      readonly cause: RefreshCause
      readonly kind: FailureKind
      readonly status?: number
      readonly error?: string
      readonly milliseconds: number
    }
  /** The lease was lost during the call, and the answer was dropped in favour of the winner's. */
  | { readonly type: 'refresh_superseded'; readonly grantId: string; readonly cause: RefreshCause }
  /** Something else than the upstream failed: the store, or a key. The lease lapses, and a later attempt repeats. */
  | {
      readonly type: 'refresh_broken'
      readonly grantId: string
      readonly cause: RefreshCause
      readonly reason: unknown
    }
  | { readonly type: 'connection_dead'; readonly grantId: string; readonly reason: string }
  | { readonly type: 'forgotten'; readonly grantId: string; readonly reason: string }
  | ({ readonly type: 'swept' } & SweepReport)

/** What a sweep did. */
export interface SweepReport {
  /** Refreshes that were begun, not ended, and are ended now. */
  readonly recovered: number
  /** Connections removed: dead, or too old. */
  readonly removed: number
}
