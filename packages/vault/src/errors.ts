/** What became of a request to the token endpoint that did not bring tokens. */
export interface Failure {
  readonly kind: FailureKind
  /** The status of the answer; absent when there was none. */
  readonly status?: number
  /** The upstream's `error` code, if it looks like one. Its other words are dropped. */
  readonly error?: string
  /** How long the upstream asks us to wait, in milliseconds. */
  readonly retryAfterMs?: number
  readonly cause?: unknown
}

/**
 * - `dead`: the refresh token will never work again; the person has to sign in
 * - `misconfigured`: the client's id or secret is wrong; nothing that a person could do
 * - `fault`: the upstream refuses the request itself, so this program is at fault
 * - `transient`: nothing is decided; the same refresh token is sent again later
 * - `malformed`: an answer of 200 that cannot be used; handled as transient, and worth an alarm
 */
export type FailureKind = 'dead' | 'misconfigured' | 'fault' | 'transient' | 'malformed'

/** What a token endpoint answered when it refused. `error` is absent when the body is JSON without one. */
export interface Refusal {
  readonly status: number
  readonly error?: string
}

/** What the person or the operator has to do. Only `needs_sign_in` means that the connection is gone. */
export type VaultErrorCode = 'needs_sign_in' | 'try_again' | 'misconfigured'

interface Details extends ErrorOptions {
  readonly grantId?: string
  readonly retryAfterMs?: number
}

/** A connection that cannot serve a call. The message is for the operator and holds no secret and no upstream text. */
export class VaultError extends Error {
  override readonly name = 'VaultError'
  readonly code: VaultErrorCode
  readonly grantId?: string
  /** When another try is worth it, in milliseconds; with `try_again` only. */
  readonly retryAfterMs?: number

  constructor(code: VaultErrorCode, message: string, { grantId, retryAfterMs, ...options }: Details = {}) {
    super(message, options)
    this.code = code
    if (grantId !== undefined) this.grantId = grantId
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs
  }
}

/** Whether an error is a {@link VaultError}, also one of another copy of this package. */
export const isVaultError = (error: unknown, code?: VaultErrorCode): error is VaultError =>
  error instanceof Error &&
  error.name === 'VaultError' &&
  'code' in error &&
  (code === undefined || error.code === code)

/** Why a sign-in came to nothing: the person or the upstream refused, the upstream is ill, or the set-up is wrong. */
export type SignInErrorCode = 'denied' | 'unavailable' | 'misconfigured'

/** A sign-in that came to nothing. The message is for the operator and holds no secret and no upstream text. */
export class SignInError extends Error {
  override readonly name = 'SignInError'
  readonly code: SignInErrorCode

  constructor(code: SignInErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

interface Rule {
  readonly kind: FailureKind
  readonly is: (refusal: Refusal) => boolean
}

/**
 * Sorts a refusal in JSON; the first rule that fits decides. What counts as dead is the profile's to say, and
 * nothing else ever is: a wrong secret or an outage must not sign anybody out.
 */
export function classify(refusal: Refusal, isDeadGrant: (refusal: Refusal) => boolean): FailureKind {
  const rules: readonly Rule[] = [
    { kind: 'transient', is: ({ status }) => isTransientStatus(status) },
    { kind: 'dead', is: isDeadGrant },
    { kind: 'misconfigured', is: ({ status, error }) => status === 401 || error === 'invalid_client' },
  ]
  return rules.find(({ is }) => is(refusal))?.kind ?? 'fault'
}

/** Whether an answer of this status says nothing about the request. */
export const isTransientStatus = (status: number): boolean =>
  status === 408 || status === 425 || status === 429 || status >= 500

const codes: Readonly<Record<FailureKind, VaultErrorCode>> = {
  dead: 'needs_sign_in',
  misconfigured: 'misconfigured',
  fault: 'misconfigured',
  transient: 'try_again',
  malformed: 'try_again',
}

const advice: Readonly<Record<FailureKind, string>> = {
  dead: 'The person has to sign in again.',
  misconfigured: 'Check the id and the secret of the OAuth app. No connection was given up.',
  fault: 'This is a fault of ours, or of the app in the developer console. No connection was given up.',
  transient: 'Nothing is lost; it is tried again.',
  malformed: 'Nothing is lost; it is tried again.',
}

/** What a caller is told when the refresh of a grant failed. */
export function refreshError(grantId: string, failure: Failure): VaultError {
  const { kind, retryAfterMs, cause } = failure
  return new VaultError(
    codes[kind],
    `Refresh for grant ${grantId} failed (${describe(failure)}). ${advice[kind]}`,
    {
      grantId,
      ...(cause !== undefined && { cause }),
      ...(codes[kind] === 'try_again' && { retryAfterMs: Math.min(retryAfterMs ?? 1000, 60_000) }),
    },
  )
}

/** What a sign-in is told when the code could not be redeemed. A refused code is not the person's refusal. */
export function redeemError(failure: Failure): SignInError {
  const ours = failure.kind === 'misconfigured' || failure.kind === 'fault'
  return new SignInError(
    ours ? 'misconfigured' : 'unavailable',
    `The upstream did not redeem the authorization code (${describe(failure)}). ` +
      (ours ? 'Check id, secret and callback address of the OAuth app.' : 'The person has to begin again.'),
    failure.cause === undefined ? undefined : { cause: failure.cause },
  )
}

/** Kind, status and code in a few words, for messages and logs. */
const describe = ({ kind, status, error }: Failure): string =>
  [kind, status === undefined ? 'no answer' : `status ${status}`, error].filter(Boolean).join(', ')
