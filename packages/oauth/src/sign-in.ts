import type { SignedIn } from './records.ts'

/** What the authorization server hands to a sign-in that begins. */
export interface LoginStart {
  /** Has to come back in the callback's query under the name `state`. */
  readonly state: string
  /** Where the upstream sends the browser afterwards. */
  readonly callbackUrl: string
  /** What the person approved, closed under implication, without `offline_access`. */
  readonly scopes: readonly string[]
  readonly signal?: AbortSignal
}

/** What the authorization server hands to a sign-in that comes back. */
export interface LoginReturn {
  readonly callbackUrl: string
  /** What `begin` asked to have kept. */
  readonly memo?: string
  readonly scopes: readonly string[]
  readonly signal?: AbortSignal
}

/** A client that acts in its own name. */
export interface ServiceLogin {
  readonly clientId: string
  /** Closed under implication. */
  readonly scopes: readonly string[]
  readonly signal?: AbortSignal
}

/**
 * How a person proves who they are: somewhere else. The authorization server asks for consent first, then sends the
 * browser where `begin` says, and makes a grant of what `finish` brings back.
 */
export interface SignIn {
  /**
   * Says where to send the browser after consent. `memo` (at most 2 KiB) is kept for 10 minutes, bound to the browser,
   * and handed back to `finish`.
   */
  readonly begin: (login: LoginStart) => Promise<{ readonly url: URL; readonly memo?: string }>
  /** Redeems the callback's query, once. Throws a {@link SignInError}; anything else counts as `unavailable`. */
  readonly finish: (callback: URLSearchParams, login: LoginReturn) => Promise<SignedIn>
  /** Writes the person's connection under the grant's id, before the grant itself is created. */
  readonly keep: (grantId: string, signedIn: SignedIn, choices: readonly string[]) => Promise<void>
  /** Removes it. Called for each grant that ends, at least once, so it has to be idempotent. */
  readonly forget: (grantId: string, reason: string) => Promise<void>
  /**
   * Signs in the account that stands behind a client which acts in its own name. Absent: there is none. Throws a
   * {@link SignInError} of code `misconfigured` for a client without an account.
   */
  readonly serve?: (login: ServiceLogin) => Promise<SignedIn>
  /** What will be asked for upstream, in names, for the consent page. */
  readonly describe?: (scopes: readonly string[]) => readonly string[]
}

/** Why a sign-in upstream brought nobody back. */
export type SignInErrorCode = 'denied' | 'unavailable' | 'misconfigured'

const codes: ReadonlySet<unknown> = new Set<SignInErrorCode>(['denied', 'unavailable', 'misconfigured'])

/**
 * A sign-in that failed: the person refused (`denied`), the upstream did not answer (`unavailable`), or our own
 * registration there is wrong (`misconfigured`). The message is for the operator and never shown in a browser.
 */
export class SignInError extends Error {
  override readonly name = 'SignInError'
  readonly code: SignInErrorCode

  constructor(code: SignInErrorCode, options: { readonly message?: string; readonly cause?: unknown } = {}) {
    super(options.message ?? `The sign-in upstream failed: ${code}`, { cause: options.cause })
    this.code = code
  }
}

/** Tells a {@link SignInError} by its code, so that a sign-in need not import this package to throw one. */
export function isSignInError(error: unknown): error is Error & { readonly code: SignInErrorCode } {
  return error instanceof Error && 'code' in error && codes.has(error.code)
}
