import type { BridgeError } from '../bridge-error.ts'
import type { Challenge } from './challenge.ts'

/** Options of what waits for a token. */
export interface AccessWait {
  readonly signal?: AbortSignal
  /** Wait for a person as long as it takes, instead of giving up when they are slow. */
  readonly patient?: boolean
}

/** A token that a server refused, and why. */
export interface Refusal extends AccessWait {
  /** The value of `Authorization` that was refused. Undefined: none was sent. */
  readonly refused: string | undefined
  readonly challenge: Challenge | undefined
}

/** What a person has to do, when there is something. */
export type SignInState =
  | { readonly kind: 'none' }
  /** `url` is absent while another process on this machine has the sign-in. */
  | { readonly kind: 'pending'; readonly url?: string }
  | { readonly kind: 'failed'; readonly error: BridgeError }

/** The right to ask a server. */
export interface Access {
  /** The value of `Authorization` for the next request, renewed ahead of its end. Undefined: send none. */
  readonly authorization: (wait?: AccessWait) => Promise<string | undefined>
  /** Notes that the server took it. */
  readonly accepted: (authorization: string | undefined) => void
  /** After a 401: resolves when there is another token to try. Throws `BridgeError` when a person has to act first. */
  readonly renew: (refusal: Refusal) => Promise<void>
  /** After a 403 that names missing scopes: the same, with more scopes. */
  readonly widen: (refusal: Refusal) => Promise<void>
  readonly state: () => SignInState
  /** Takes the address that a browser elsewhere ended a sign-in at. False: no sign-in waits for it. */
  readonly paste: (address: string) => boolean
  /** Never resolves; rejects with `sign_in_required` when a person is slow to sign in, and at once while they are. */
  readonly overdue: () => Promise<never>
  /** Begins a sign-in because a person asked for it, or shows the window of the one that waits. */
  readonly signIn: (wait?: AccessWait) => Promise<void>
  /** Gives what is under way a moment to end, and ends what is waiting for a person. */
  readonly close: () => Promise<void>
}
