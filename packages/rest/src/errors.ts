import { brand } from './is-atlassian-error.ts'
import type { OperationScopes, OperationSpec } from './operation.ts'

/**
 * What went wrong, as a closed set.
 *
 * - `unauthenticated`: the credentials are missing, wrong or expired.
 * - `insufficient_scope`: the token is alive and lacks a scope; see `missingScopes`.
 * - `forbidden`: known and not allowed. `not_found`: not there, or not visible to this caller; Atlassian tells no difference.
 * - `conflict`: the thing has changed meanwhile, or its state does not allow it. `gone`: the operation was removed, or
 *   is not served (501).
 * - `invalid_request`: the input was refused, by Atlassian or (with status 0) before anything was sent.
 * - `too_large`: the body was too large, ours or theirs. `rate_limited`: too much, too soon; see `retryAfterMs`.
 * - `server_error`: Atlassian failed. `unreadable`: the answer is not what the operation answers, such as HTML.
 * - `network`: no connection, or it broke. `timeout`: our own limit passed. `aborted`: the caller's signal fired.
 */
export type ErrorCode =
  | 'unauthenticated'
  | 'insufficient_scope'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'gone'
  | 'invalid_request'
  | 'too_large'
  | 'rate_limited'
  | 'server_error'
  | 'unreadable'
  | 'network'
  | 'timeout'
  | 'aborted'

/**
 * What is known about the effect of a failed write. A read changes nothing, and so is always `not_executed`.
 * An `unknown` write may have happened: look at the state before it is sent again.
 */
export type Outcome = 'not_executed' | 'unknown' | 'executed'

/** What an `AtlassianError` is made of. */
export interface AtlassianErrorDetails {
  readonly code: ErrorCode
  readonly operation: Pick<OperationSpec, 'id' | 'method' | 'path'>
  /** The HTTP status. Default: 0, no answer. */
  readonly status?: number
  /** Default: `not_executed`. */
  readonly outcome?: Outcome
  /** Our own words on what happened, as a whole sentence. Never text from an answer. */
  readonly detail?: string
  readonly messages?: readonly string[]
  readonly fieldErrors?: Readonly<Record<string, string>>
  readonly traceId?: string
  readonly retryAfterMs?: number
  readonly reason?: string
  readonly missingScopes?: OperationScopes
  readonly cause?: unknown
}

/** What to do next, by code: the last sentence of each message. */
const advice: Readonly<Record<ErrorCode, string>> = {
  unauthenticated: 'Check the credentials, or sign in again.',
  insufficient_scope: 'Ask for one of the sets in missingScopes, and sign in again.',
  forbidden: 'Ask an administrator of the site for the permission.',
  not_found: 'Check the path parameters, and that this account may see what they name.',
  conflict: 'Read the current state, then decide whether to send the change again.',
  gone: 'Do not repeat it: use the operation that replaced it, or do without.',
  invalid_request: 'Correct the input; messages and fieldErrors say what was refused.',
  too_large: 'Send or ask for less.',
  rate_limited: 'Wait at least retryAfterMs before the next call.',
  server_error: 'Try again later.',
  unreadable:
    'Check that the base address is an Atlassian site or gateway, and that no proxy answers in its place.',
  network: 'Check the connection to the base address.',
  timeout: 'Allow more time, or ask for less.',
  aborted: 'The caller ended it.',
}

const knowledge: Readonly<Record<Outcome, string>> = {
  not_executed: 'Nothing was changed.',
  unknown: 'Whether the change was made is unknown.',
  executed: 'The change was made.',
}

function sentence({
  code,
  operation,
  status = 0,
  outcome = 'not_executed',
  detail,
  traceId,
}: AtlassianErrorDetails): string {
  return [
    `${operation.id} (${operation.method} ${operation.path}) failed: ${code}${status === 0 ? '' : `, status ${status}`}.`,
    detail,
    knowledge[outcome],
    traceId === undefined ? undefined : `Trace ${traceId}.`,
    outcome === 'unknown'
      ? 'Read the current state, and send it again only if the change is not there.'
      : advice[code],
  ]
    .filter((part) => part !== undefined)
    .join(' ')
}

/**
 * A call that failed. The message is for an operator and holds no text of the answer; `messages`, `fieldErrors` and
 * `reason` do, and people who write issues can put words into them: treat them as untrusted.
 */
export class AtlassianError extends Error {
  override readonly name = 'AtlassianError'
  readonly code: ErrorCode
  /** The HTTP status, 0 when there was no answer. */
  readonly status: number
  readonly outcome: Outcome
  /** Unique within one document only: reports should say method and path as well. */
  readonly operationId: string
  readonly method: OperationSpec['method']
  /** The template, never the address that was called. */
  readonly path: string
  /** Atlassian's sentences, untrusted, at most 20 of 1,000 characters. */
  readonly messages: readonly string[]
  /** Atlassian's sentences by field, untrusted, at most 50 of 1,000 characters. */
  readonly fieldErrors: Readonly<Record<string, string>>
  /** `atl-traceid`, by which Atlassian's support finds the call. */
  readonly traceId?: string
  /** The least wait before the next try, when one was asked for. */
  readonly retryAfterMs?: number
  /** `RateLimit-Reason`, such as `jira-burst-based`. */
  readonly reason?: string
  /** The sets of scopes of which the token needs one in full. With `insufficient_scope` only. */
  readonly missingScopes?: OperationScopes

  constructor(details: AtlassianErrorDetails) {
    super(sentence(details), details.cause === undefined ? undefined : { cause: details.cause })
    Object.defineProperty(this, brand, { value: true })
    this.code = details.code
    this.status = details.status ?? 0
    this.outcome = details.outcome ?? 'not_executed'
    this.operationId = details.operation.id
    this.method = details.operation.method
    this.path = details.operation.path
    this.messages = details.messages ?? []
    this.fieldErrors = details.fieldErrors ?? {}
    if (details.traceId !== undefined) this.traceId = details.traceId
    if (details.retryAfterMs !== undefined) this.retryAfterMs = details.retryAfterMs
    if (details.reason !== undefined) this.reason = details.reason
    if (details.missingScopes !== undefined) this.missingScopes = details.missingScopes
  }
}
