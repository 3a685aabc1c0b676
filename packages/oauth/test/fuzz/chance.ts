/** Chance that repeats for the same seed. Not for secrets. */
export interface Chance {
  /** A whole number from 0 up to, and without, `below`. */
  readonly below: (below: number) => number
  /** One of them; nothing of an empty list. */
  readonly of: <T>(list: readonly T[]) => T | undefined
  /** The last of them more often than not, since what has just happened is where faults are. */
  readonly late: <T>(list: readonly T[]) => T | undefined
  /** True so often in a hundred times. */
  readonly percent: (percent: number) => boolean
}

/** Makes chance of a seed, by mulberry32. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (bound: number): number => Math.floor(next() * bound)
  const percent = (share: number): boolean => next() * 100 < share
  const of = <T>(list: readonly T[]): T | undefined => list[below(list.length)]
  return { below, of, percent, late: (list) => (percent(60) ? list.at(-1) : of(list)) }
}
