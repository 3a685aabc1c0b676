/** Chance that repeats itself: the same number to begin with, the same draws. Not for secrets. */
export interface Chance {
  /** From 0 to below 1. */
  fraction(): number
  /** A whole number from 0 to below the end. */
  below(end: number): number
  /** One of a list that is not empty. */
  one<Item>(items: readonly [Item, ...Item[]]): Item
  /** Whether something that happens in this share of cases happens now. */
  happens(share: number): boolean
}

/** A generator of 32 bits of state (the mulberry32 of Tommy Ettinger, in the public domain). */
export function createChance(seed: number): Chance {
  let state = seed >>> 0
  const fraction = (): number => {
    state = (state + 0x6d_2b_79_f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number): number => Math.floor(fraction() * end)
  return {
    fraction,
    below,
    one: (items) => items[below(items.length)] ?? items[0],
    happens: (share) => fraction() < share,
  }
}
