import type { AtlassianError } from './errors.ts'
import type { AttemptEvent, Named, RestEvent } from './hooks.ts'
import { isAtlassianError } from './is-atlassian-error.ts'
import { productOf } from './operation.ts'
import type { OperationSpec } from './operation.ts'
import { traceOf } from './trace.ts'

/** Tells what happens to one call. */
export interface Watch {
  readonly attempted: (attempt: number, response: Response | undefined, milliseconds: number) => void
  /** `attempt`: the one that failed. */
  readonly waits: (attempt: number, error: AtlassianError, milliseconds: number) => void
  readonly succeeded: (attempts: number, milliseconds: number) => void
  readonly failed: (attempts: number, error: unknown, milliseconds: number) => void
}

/** What a call is watched with, and in whose name. */
export interface Watched {
  readonly operation: OperationSpec
  readonly tenant: string
}

/** Watches one call. What `observe` throws is dropped: its fault must not turn a write that was carried out into a failure. */
export function watchCall(observe: (event: RestEvent) => void, { operation, tenant }: Watched): Watch {
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
    succeeded: (attempts, milliseconds) => tell({ type: 'call', ...named, attempts, milliseconds }),
    failed: (attempts, error, milliseconds) => {
      const how = isAtlassianError(error)
        ? ({ failed: error.code, outcome: error.outcome } as const)
        : ({ failed: 'other' } as const)
      tell({ type: 'call', ...named, attempts, milliseconds, ...how })
    },
  }
}

function answerOf(response: Response | undefined): Pick<AttemptEvent, 'status' | 'traceId'> {
  return response === undefined ? { status: 0 } : { status: response.status, ...traceOf(response.headers) }
}
