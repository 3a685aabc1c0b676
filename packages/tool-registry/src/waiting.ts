import { limitMeta, waitOf } from './limits.ts'
import type { Problem } from './problem.ts'

/** A turn at a limiter that cannot come in time. Known by its shape, since this package does not depend on one. */
export interface WaitingError extends Error {
  /** `Infinity` when the call can never pass. */
  readonly retryAfterMs: number
  readonly violated?: readonly string[]
}

/** Whether an error is a refused turn. */
export function isLimitError(error: unknown): error is WaitingError {
  return (
    error instanceof Error &&
    error.name === 'LimitError' &&
    'retryAfterMs' in error &&
    typeof error.retryAfterMs === 'number'
  )
}

/** Words a refused turn. The request that needed it was not sent. */
export function waitingProblem({ retryAfterMs, violated = [] }: WaitingError): Problem {
  const never = retryAfterMs === Infinity
  return {
    verdict: 'failed',
    code: 'rate_limited',
    what: never
      ? 'This call costs more than the limits of this server ever let pass.'
      : 'Too many calls wait for this Atlassian site already.',
    written: 'no',
    next: never ? 'Ask for less in one call.' : `Repeat the same call in ${waitOf(retryAfterMs)}.`,
    meta: limitMeta({ source: 'telamon', retryAfterMs, violated }),
  }
}
