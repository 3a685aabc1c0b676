import type { Budget, Cost, Instant, LimitKey, Milliseconds } from './rule.ts'

/** Who waits in front of whom while a rate is used up. */
export type Priority = 'interactive' | 'normal' | 'background'

/** How a caller of `acquire` waits. */
export interface AcquireOptions {
  readonly cost?: Cost
  /** Ends the waiting; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Since 1970. A turn that cannot come before it is refused at once. */
  readonly deadline?: Instant
  /** Who asks. Callers take turns by person, and each person gets the same cost through. Default: one for all. */
  readonly person?: string
  /** What must stay in order within a person. Calls in another lane may overtake. Default: the first key. */
  readonly lane?: string
  /** Default: `normal`. Every eighth grant goes to the lowest class that waits. */
  readonly priority?: Priority
}

/** What `take` answers. */
export type Taken =
  | { readonly ok: true; readonly budgets: readonly Budget[] }
  | {
      readonly ok: false
      /** When this very call could pass; `Infinity` when its cost is above what can ever pass. */
      readonly retryAfterMs: Milliseconds
      /** Names of the rules that refused, the narrowest key first; `paused` for a pause. */
      readonly violated: readonly string[]
      readonly budgets: readonly Budget[]
    }

/** Keeps callers inside a rate. Keys go from the narrowest to the widest; all of them must admit, or none is charged. */
export interface Limiter {
  /** Waits for a turn, fairly. Rejects with `LimitError` when the turn cannot come in time, or with the abort's reason. */
  readonly acquire: (keys: readonly LimitKey[], options?: AcquireOptions) => Promise<void>
  /** Decides at once, from what this process knows. */
  readonly take: (keys: readonly LimitKey[], cost?: Cost) => Taken
  /** The same without a result object: 0 when taken, else the milliseconds to wait. */
  readonly tryTake: (keys: readonly LimitKey[], cost?: Cost) => Milliseconds
  /** Charges the difference between what was reserved and what it turned out to cost, in either direction. */
  readonly spent: (keys: readonly LimitKey[], cost: Cost) => void
  /** Holds everything back that names this key. The later of two pauses counts. */
  readonly pause: (key: LimitKey, milliseconds: Milliseconds) => void
  /** How each rule of a key stands, without charging it. */
  readonly budget: (key: LimitKey) => readonly Budget[]
}
