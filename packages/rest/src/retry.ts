import type { AtlassianError } from './errors.ts'
import { breakageOf } from './network.ts'
import { effectOf } from './operation.ts'
import type { OperationSpec } from './operation.ts'
import type { AnyInput } from './request.ts'

/** Repetitions of one call, not counting the one after a renewal of credentials. Atlassian's own constant (documented). */
export const mostRepeats = 4

/** Statuses that a server or a proxy in front of it gives when it could not do its work. A plain 500 may repeat for ever. */
const passingStatus = new Set([502, 503, 504])

/** Whether Jira's verbs stand in a body: `add` and `remove` under `update` add up when they are sent twice (documented). */
const hasVerbs = (body: unknown): boolean => typeof body === 'object' && body !== null && 'update' in body

/** Whether sending it twice leaves the same as sending it once. A file that is put again becomes a new version. */
function isRepeatable(operation: OperationSpec, input: AnyInput): boolean {
  if (effectOf(operation) === 'read' || operation.method === 'DELETE') return true
  return operation.method === 'PUT' && operation.body !== 'multipart' && !hasVerbs(input.body)
}

/**
 * Whether a failed attempt may be repeated at all, by what it says of itself:
 *
 * - what was refused before it was begun (429, 503 with a wait, no connection): always;
 * - what may have been carried out (502, 503, 504, a broken connection, a passed limit): where repeating does no harm;
 * - anything else: never.
 */
export function mayRepeat(error: AtlassianError, operation: OperationSpec, input: AnyInput): boolean {
  const { code, status, outcome } = error
  if (status === 429 || (status === 503 && error.retryAfterMs !== undefined)) return true
  if (code === 'network') {
    const { passing, sent } = breakageOf(error.cause)
    if (!passing || outcome === 'executed') return false
    return (status === 0 && !sent) || isRepeatable(operation, input)
  }
  return (
    (passingStatus.has(status) || code === 'timeout') &&
    outcome !== 'executed' &&
    isRepeatable(operation, input)
  )
}

/** What was asked for, else 500 ms, 1 s, 2 s, 4 s, spread by 0.7 to 1.3 so that callers do not come back together. */
export function waitBefore(error: AtlassianError, repeat: number, random: () => number): number {
  return error.retryAfterMs ?? 500 * 2 ** (repeat - 1) * (0.7 + 0.6 * random())
}
