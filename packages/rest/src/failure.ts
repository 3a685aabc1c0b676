import { readComplaint } from './bodies.ts'
import type { Complaint } from './bodies.ts'
import { AtlassianError } from './errors.ts'
import type { ErrorCode, Outcome } from './errors.ts'
import { isAtlassianError } from './is-atlassian-error.ts'
import { readPause } from './limiter-parts.ts'
import { breakageOf } from './network.ts'
import { effectOf } from './operation.ts'
import type { OperationSpec } from './operation.ts'
import { orAbort } from './or-abort.ts'
import { readText } from './read-text.ts'
import type { EarlyEnd } from './time-limit.ts'
import { traceOf } from './trace.ts'

/** Statuses with a code of their own. 501 is no passing failure: nobody serves the operation there. The rest: below 500 `invalid_request`, from 500 `server_error`. */
const codes: Readonly<Record<number, ErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  408: 'timeout',
  409: 'conflict',
  410: 'gone',
  412: 'conflict',
  413: 'too_large',
  429: 'rate_limited',
  501: 'gone',
}

/** In bytes. Whatever an error has to say, it says it in less. */
const longestComplaint = 262_144

/** How far a call had come when an attempt of it failed. */
export interface Standing {
  readonly operation: OperationSpec
  /** An earlier attempt may have been carried out. */
  readonly doubt: boolean
}

/** What a failure says about the effect: nothing for reads, and never less than an earlier attempt left open. */
function outcomeOf({ operation, doubt }: Standing, outcome: Outcome): Outcome {
  if (effectOf(operation) === 'read') return 'not_executed'
  return doubt && outcome === 'not_executed' ? 'unknown' : outcome
}

async function complaintOf(response: Response, signal: AbortSignal): Promise<Complaint> {
  try {
    return readComplaint((await orAbort(readText(response, longestComplaint), signal)).text)
  } catch {
    // The status says enough; a body that breaks off, or that nobody has time for, adds nothing.
    return readComplaint('')
  }
}

/** The error for input that is refused before anything is sent. */
export function refused(operation: OperationSpec, detail: string): AtlassianError {
  return new AtlassianError({ code: 'invalid_request', operation, detail })
}

/** The error for an answer whose status is no success. When the signal fires, it does without the body. */
export async function refusal(
  standing: Standing,
  response: Response,
  { now, signal }: { readonly now: number; readonly signal: AbortSignal },
): Promise<AtlassianError> {
  const { operation } = standing
  const { status, headers } = response
  const { lacksScope, messages, fieldErrors } = await complaintOf(response, signal)
  const scope =
    status === 401 && (lacksScope || /insufficient_scope/.test(headers.get('www-authenticate') ?? ''))
  const code = scope
    ? 'insufficient_scope'
    : (codes[status] ?? (status < 500 ? 'invalid_request' : 'server_error'))
  const pause = status === 429 || status === 503 ? readPause(headers, now) : undefined
  const reason = headers.get('ratelimit-reason')?.slice(0, 100)
  // A 4xx was refused before it was carried out; a server that says when to come back, or that it cannot, has not begun.
  const refusedFirst =
    (status < 500 && status !== 408) || status === 501 || (status === 503 && pause !== undefined)
  return new AtlassianError({
    code,
    operation,
    status,
    outcome: outcomeOf(standing, refusedFirst ? 'not_executed' : 'unknown'),
    messages,
    fieldErrors,
    ...traceOf(headers),
    ...(pause !== undefined && { retryAfterMs: pause.milliseconds }),
    ...(reason !== undefined && { reason }),
    ...(scope && { missingScopes: operation.scopes }),
  })
}

/** Where an attempt stood when it broke. */
export type Stage = 'held' | 'sent' | 'answered'

const outcomes: Readonly<Record<Stage, Outcome>> = {
  held: 'not_executed',
  sent: 'unknown',
  answered: 'executed',
}

/** The error for an attempt that our limit or the caller's signal ended. */
export function cutShort(standing: Standing, end: EarlyEnd, stage: Stage): AtlassianError {
  return new AtlassianError({
    code: end,
    operation: standing.operation,
    outcome: outcomeOf(standing, outcomes[stage]),
  })
}

/** The error for a connection that was not made or broke. `status`: that of the answer whose body broke off. */
export function broken(standing: Standing, error: unknown, status = 0): AtlassianError {
  const { sent, code, cause } = breakageOf(error)
  const stage: Stage = status !== 0 ? 'answered' : sent ? 'sent' : 'held'
  return new AtlassianError({
    code: 'network',
    operation: standing.operation,
    status,
    outcome: outcomeOf(standing, outcomes[stage]),
    ...(code !== undefined && { detail: `The connection gave ${code}.` }),
    cause,
  })
}

/** How an attempt ended without an answer that it could use. */
interface Ended {
  /** What cut it short. */
  readonly end: EarlyEnd | undefined
  readonly stage: Stage
  /** That of the answer, when one had come. */
  readonly status: number | undefined
  readonly thrown: unknown
}

/** The error for an attempt that threw: what was made of its answer, or what became of its connection. */
export function failureOf(standing: Standing, { end, stage, status, thrown }: Ended): AtlassianError {
  if (isAtlassianError(thrown)) return thrown
  return end === undefined ? broken(standing, thrown, status) : cutShort(standing, end, stage)
}

/** The error for an answer that is not what the operation answers. */
export function unreadable(
  standing: Standing,
  response: Pick<Response, 'status' | 'headers'>,
  { detail, outcome }: { readonly detail: string; readonly outcome: Outcome },
): AtlassianError {
  return new AtlassianError({
    code: 'unreadable',
    operation: standing.operation,
    status: response.status,
    outcome: outcomeOf(standing, outcome),
    detail,
    ...traceOf(response.headers),
  })
}
