import type { Milliseconds } from './rule.ts'

/** Why a turn was refused: it would come too late, too many wait, it can never come, or the store is away. */
export type LimitErrorCode = 'late' | 'full' | 'never' | 'store'

/** A turn that cannot come in time. Nothing has been charged. */
export class LimitError extends Error {
  override readonly name = 'LimitError'
  readonly code: LimitErrorCode
  /** When the same call could pass; `Infinity` when its cost is above what can ever pass. */
  readonly retryAfterMs: Milliseconds
  /** Names of the rules that are in the way, the narrowest key first; `paused` for a pause. */
  readonly violated: readonly string[]

  constructor(code: LimitErrorCode, retryAfterMs: Milliseconds, violated: readonly string[]) {
    super(`${reasons[code]} (${violated.join(', ') || 'no rule'}; again in ${Math.ceil(retryAfterMs)} ms)`)
    this.code = code
    this.retryAfterMs = retryAfterMs
    this.violated = violated
  }
}

const reasons: Readonly<Record<LimitErrorCode, string>> = {
  late: 'The turn would come after the deadline.',
  full: 'Too many callers wait already.',
  never: 'The cost is above what the rule ever lets pass at once.',
  store: 'The store of the counters is away, and the rule does not pass without it.',
}

/** Whether an error is a refused turn, also one of another copy of this package. */
export function isLimitError(error: unknown, code?: LimitErrorCode): error is LimitError {
  if (!(error instanceof Error) || error.name !== 'LimitError' || !('code' in error)) return false
  return code === undefined || error.code === code
}
