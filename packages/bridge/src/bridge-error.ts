/** Why a request got no answer from the server. */
export type BridgeErrorCode =
  | 'unreachable'
  | 'outcome_unknown'
  | 'sign_in_required'
  | 'sign_in_failed'
  | 'refused'
  | 'busy'
  | 'unusable_answer'
  | 'too_large'
  | 'unsupported'
  | 'not_stored'
  | 'closing'

/** What goes with an error. */
export interface BridgeErrorDetails {
  /** Where to sign in. */
  readonly url?: string
  /** When to try again, in milliseconds. */
  readonly retryAfterMs?: number
  /** The status of HTTP that the server answered with. */
  readonly status?: number
  readonly cause?: unknown
}

/** What kept a request from being answered. The message is one or two sentences for a person, and ends with what to do. */
export class BridgeError extends Error {
  override readonly name = 'BridgeError'
  readonly code: BridgeErrorCode
  readonly url: string | undefined
  readonly retryAfterMs: number | undefined
  readonly status: number | undefined

  constructor(code: BridgeErrorCode, message: string, details: BridgeErrorDetails = {}) {
    super(message, details.cause === undefined ? {} : { cause: details.cause })
    this.code = code
    this.url = details.url
    this.retryAfterMs = details.retryAfterMs
    this.status = details.status
  }
}

/** Whether a value is a `BridgeError`, also one of another copy of this package. */
export function isBridgeError(value: unknown, code?: BridgeErrorCode): value is BridgeError {
  return (
    value instanceof Error &&
    value.name === 'BridgeError' &&
    (!code || ('code' in value && value.code === code))
  )
}
