import type { LimitOptions } from './limits/meter.ts'
import type { ObservedAnswer } from './observed-answer.ts'
import type { Origins } from './origins.ts'
import type { Seed } from './seeds/seeds.ts'
import type { RandomSource } from './world/random.ts'

/** How a simulator is made. All of it is optional. */
export interface SimulatorOptions {
  /** What the world begins with. Default: `demo`. */
  readonly seed?: Seed
  /** Where it is to be found. Default: Atlassian's own addresses, for clients that are handed `simulator.fetch`. */
  readonly origins?: Partial<Origins>
  /** The clock it follows. Default: `Date.now`. The story of the demo is told relative to it. */
  readonly now?: () => number
  /**
   * Where chance comes from. Default: derived from the order of requests, so that runs repeat byte for byte; tokens can
   * then be foretold. Hand in `crypto.getRandomValues` where that matters.
   */
  readonly random?: RandomSource
  /**
   * Whether a query parameter that the simulator does not understand is refused with 501 (default), or passed over and
   * noted in the log, as suits a demonstration.
   */
  readonly strict?: boolean
  /**
   * Whether longer answers are compressed for clients that accept it, as the service does. For a simulator that listens:
   * a program that is handed `fetch` would have to unpack them itself. Default: false.
   */
  readonly compress?: boolean
  /** A folder to keep the world in. Without it, the world ends with the process. */
  readonly data?: string
  /** Atlassian's limits. Headers are always sent; refusals only with `enforce`. */
  readonly limits?: LimitOptions
  /** How slow answers wait. Default: by the clock on the wall. Resolves when the time is over, or the signal fires. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>
  /** Called with every answer of an operation, before a fault spoils it; `./testing` has a check that fits here. */
  readonly onAnswer?: (answer: ObservedAnswer) => void
}
