import type { Era } from './revisions.ts'

/** What happened, for a log. No event holds a token, a code, a header, or what a message says. */
export type BridgeEvent =
  | SignInEvent
  | { readonly type: 'sign_in_elsewhere' }
  | {
      readonly type: 'signed_in'
      readonly server: string
      readonly protection: 'sealed' | 'plain' | 'memory'
    }
  | { readonly type: 'sign_in_failed'; readonly reason: string }
  | { readonly type: 'token_renewed' }
  | { readonly type: 'not_stored'; readonly reason: string }
  | { readonly type: 'connected'; readonly era: Era; readonly revision: string }
  | { readonly type: 'connection_failed'; readonly reason: string; readonly nextAttemptMs: number }
  | { readonly type: 'session_renewed' }
  | { readonly type: 'stream_broken'; readonly reason: string }
  | { readonly type: 'exchange'; readonly method: string; readonly status: number; readonly ms: number }
  | { readonly type: 'request_failed'; readonly method: string; readonly reason: string }
  | { readonly type: 'line_refused'; readonly reason: string }
  | { readonly type: 'fault'; readonly error: unknown }

/** A person has to sign in. */
export interface SignInEvent {
  readonly type: 'sign_in'
  readonly url: string
  /** Whether a browser was started for it. */
  readonly opened: boolean
  /** The code to compare or to type on that page, where the sign-in goes by one. */
  readonly userCode?: string
}

/** Hears what happens. Must not throw. */
export type Observe = (event: BridgeEvent) => void
