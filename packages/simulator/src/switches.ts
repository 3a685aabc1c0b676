import type { LagTimes } from './world/lag.ts'

/** Behaviours of the real service that are not certain, or that a test wants the other way. */
export interface Switches {
  /**
   * What a search says to JQL that names what is not there: nothing (recorded), or 400 with the sentence (the
   * behaviour of the search that was removed in 2025).
   */
  jqlUnknown: 'empty' | 'error'
  /** For how many milliseconds a refresh token may be used again after its rotation (reported: ten minutes). */
  reuseInterval: number
  /** How late searches see what was written. Absent: at once. Reading by key or id is never late. */
  indexLag?: LagTimes | undefined
}

/** As the service is known to behave. */
export function defaultSwitches(): Switches {
  return { jqlUnknown: 'empty', reuseInterval: 600_000 }
}
