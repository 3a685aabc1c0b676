import type { Clock } from './clock.ts'
import type { OriginBook } from './origins.ts'
import type { Switches } from './switches.ts'
import type { IndexLag } from './world/lag.ts'
import type { World } from './world/model.ts'
import type { Random } from './world/random.ts'

/** What every part of the simulator stands on. */
export interface Ground {
  /** The world as it is now; a reset puts another in its place. */
  readonly world: World
  readonly clock: Clock
  readonly random: Random
  readonly origins: OriginBook
  readonly switches: Switches
  /** What searches have not seen yet. */
  readonly lag: IndexLag
}
