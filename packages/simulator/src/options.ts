import type { LimitOptions } from './limits/meter.ts'
import type { ObservedAnswer } from './observed-answer.ts'
import type { Origins } from './origins.ts'
import type { SeedName } from './seeds/seeds.ts'
import type { RandomSource } from './world/random.ts'

/** How a simulator is made. All of it is optional. */
export interface SimulatorOptions {
  /** What the world begins with. Default: `demo`. */
  readonly seed?: SeedName
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
  /** A folder to keep the world in. Without it, the world ends with the process. */
  readonly data?: string
  /** Atlassian's limits. Headers are always sent; refusals only with `enforce`. */
  readonly limits?: LimitOptions
  /** Called with every answer of an operation, before a fault spoils it; `./testing` has a check that fits here. */
  readonly onAnswer?: (answer: ObservedAnswer) => void
}
