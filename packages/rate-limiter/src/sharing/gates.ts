import { adaptive, commonRate, tolerance as toleranceOf } from '../algorithms/adaptive.ts'
import type { Page } from '../algorithms/page.ts'
import { cell } from '../algorithms/page.ts'
import type { Counter } from '../counters.ts'
import type { LimitKey, Milliseconds } from '../rule.ts'
import type { Charge, Gate } from '../store.ts'

/** A counter of one key, as a store knows it. */
export interface Place {
  readonly key: LimitKey
  readonly row: number
  readonly counter: Counter
}

/** One charge of a question, and what it is about. Without a counter it is about the pause of a key. */
export interface Asked {
  readonly place: Pick<Place, 'key'> & Partial<Place>
  readonly charge: Charge
}

/** What the store said: taken, away, or a refusal. */
export type Answer = 0 | 'away' | StoreRefusal

/** How long to keep a gate shut: what was said, and so many intervals more. */
export interface Held {
  readonly wait: Milliseconds
  readonly spread: number
}

/** A refusal of the store. */
interface StoreRefusal {
  readonly wait: Milliseconds
  /** Keeps it in mind, once what was charged here has been given back. */
  readonly remember: () => void
}

/** The gate of a counter. */
export function gateOf({ key, row, counter }: Place, page: Page): Gate {
  const id = `${key}|${counter.rule.name}`
  const { window, interval, tolerance } = counter
  const at = row + counter.offset
  if (counter.rule.kind === 'calendar') {
    return {
      id,
      kind: 'calendar',
      limit: counter.algorithm.limit?.(counter, page, at) ?? counter.limit,
      window,
    }
  }
  if (counter.algorithm !== adaptive) return { id, kind: 'rolling', interval, tolerance }
  return { id, kind: 'rolling', ...commonRate(counter, page, at) }
}

/** The gate that a pause of a key shuts. */
export function pauseGate(key: LimitKey): Gate {
  return { id: `${key}|paused`, kind: 'pause' }
}

/**
 * Shut as long as any key is paused. Asked in place of the pauses of all keys, and of those only when it is shut, since most
 * of the time nothing is.
 */
export const anyPause: LimitKey = 'any:key'

/**
 * A wait the store told of is kept, so that nobody here asks again before it is over, nor within a millisecond. Who waits for
 * one unit among several processes comes a little later by chance: otherwise the same would be first every time.
 */
export function hold({ place, charge }: Asked, page: Page, { wait, spread }: Held): void {
  const { row, counter } = place
  const { gate, cost } = charge
  if (row === undefined || counter === undefined || !(wait > 0 && wait < Infinity)) return
  const at = row + counter.offset
  const { cells } = page
  if (gate.kind === 'calendar') cells[at + 1] = Math.max(cell(page, at + 1), gate.limit - cost + 1)
  else if (gate.kind === 'rolling') {
    const ahead = counter.algorithm === adaptive ? toleranceOf(counter, page, at) : gate.tolerance
    cells[at] = Math.max(
      cell(page, at),
      page.now + Math.max(1, wait) + spread * gate.interval + ahead - cost * gate.interval,
    )
  }
}

/** What others spent shows in the store's level. It never reaches beyond a whole burst, whatever clocks say. */
export function hear({ row, counter }: Place, page: Page, level: number): void {
  const at = row + counter.offset
  const { cells, now, wall } = page
  if (counter.rule.kind === 'calendar') {
    // Looking at what is left turns the window, if its time has come.
    counter.algorithm.remaining(counter, page, at)
    cells[at + 1] = Math.max(cell(page, at + 1), level)
    return
  }
  const { tolerance } =
    counter.algorithm === adaptive ? commonRate(counter, page, at) : { tolerance: counter.tolerance }
  cells[at] = Math.max(cell(page, at), Math.min(level - wall + now, now + tolerance))
}
