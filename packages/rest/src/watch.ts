import type { AtlassianError } from './errors.ts'
import type { AttemptEvent, CallEvent, Named, RestEvent } from './hooks.ts'
import { isAtlassianError } from './is-atlassian-error.ts'
import { productOf } from './operation.ts'
import type { OperationSpec } from './operation.ts'
import { traceOf } from './trace.ts'

/** Tells what happens to one call. */
export interface Watch {
  readonly attempted: (attempt: number, response: Response | undefined, milliseconds: number) => void
  /** `attempt`: the one that failed. */
  readonly waits: (attempt: number, error: AtlassianError, milliseconds: number) => void
  /** Runs the call, and tells how it has ended. `attempts`: how many there have been. */
  readonly over: <Value>(run: () => Promise<Value>, attempts: () => number) => Promise<Value>
}

/** What a call is watched with, and in whose name. */
export interface Watched {
  readonly operation: OperationSpec
  readonly tenant: string
  /** In milliseconds since 1970. */
  readonly now: () => number
}

/** Watches one call. What `observe` throws is dropped: its fault must not turn a write that was carried out into a failure. */
export function watchCall(observe: (event: RestEvent) => void, { operation, tenant, now }: Watched): Watch {
  const { id: operationId, method, path } = operation
  const named: Named = { operationId, method, path, product: productOf(operation), tenant }
  const tell = (event: RestEvent): void => {
    try {
      observe(event)
    } catch {
      // See above.
    }
  }
  return {
    attempted: (attempt, response, milliseconds) =>
      tell({ type: 'attempt', ...named, attempt, milliseconds, ...answerOf(response) }),
    waits: (attempt, { code, reason }, milliseconds) =>
      tell({ type: 'wait', ...named, attempt, milliseconds, code, ...(reason !== undefined && { reason }) }),
    over: async (run, attempts) => {
      const started = now()
      const end = (how: Pick<CallEvent, 'failed' | 'outcome'>): void =>
        tell({ type: 'call', ...named, attempts: attempts(), milliseconds: now() - started, ...how })
      try {
        const value = await run()
        end({})
        return value
      } catch (error) {
        end(isAtlassianError(error) ? { failed: error.code, outcome: error.outcome } : { failed: 'other' })
        throw error
      }
    },
  }
}

function answerOf(response: Response | undefined): Pick<AttemptEvent, 'status' | 'traceId'> {
  return response === undefined ? { status: 0 } : { status: response.status, ...traceOf(response.headers) }
}
