import type { Algorithm, Dial, Page } from './page.ts'
import { cell, grain } from './page.ts'

/**
 * How a rate is followed, as shares of what is announced. Found by simulation: the ceiling decides about refusals, the
 * floor about buckets that others use too.
 */
const start = 0.95
const floor = 0.7
const ceiling = 1.1
const increase = 0.05
const decrease = 0.95
/** Below so many a second a refusal costs more than a higher rate brings. */
const slow = 5
/** What is announced is believed up to so many times the rule. */
const credulous = 5
const forgottenAfter = 600_000

/** Behind the theoretical arrival time. Rates are in units a window; 0 where nothing has been heard. */
const rateAt = 1
const announcedAt = 2
const leftAt = 3
const leftUntilAt = 4
const flyingAt = 5
const shutUntilAt = 6

const announced = (dial: Dial, page: Page, at: number): number => cell(page, at + announcedAt) || dial.limit

const rateOf = (dial: Dial, page: Page, at: number): number =>
  cell(page, at + rateAt) || start * announced(dial, page, at)

/** Units that may pass at once: in proportion to what is announced. */
const burstOf = (dial: Dial, page: Page, at: number): number =>
  Math.max(1, ((dial.tolerance / dial.interval) * announced(dial, page, at)) / dial.limit)

/** Until what was said to be left, and has come back since, is enough. What was said holds for a window. */
function leftWait(dial: Dial, page: Page, at: number): number {
  const until = cell(page, at + leftUntilAt)
  if (page.now >= until) return 0
  const perMs = announced(dial, page, at) / dial.window
  const left = cell(page, at + leftAt) + (dial.window - (until - page.now)) * perMs
  return left >= page.cost ? 0 : Math.min(until - page.now, (page.cost - left) / perMs)
}

function hear(dial: Dial, page: Page, at: number): void {
  const { cells, now, lesson } = page
  const { limit = 0, remaining } = lesson
  if (limit > 0 && Number.isFinite(limit)) {
    const heard = Math.min(limit, credulous * dial.limit)
    const rate = rateOf(dial, page, at)
    cells[at + rateAt] = (rate * heard) / announced(dial, page, at)
    cells[at + announcedAt] = heard
  }
  if (remaining === undefined || !(remaining >= 0)) return
  // Those under way may not be in it yet.
  cells[at + leftAt] = remaining - cell(page, at + flyingAt)
  cells[at + leftUntilAt] = now + dial.window
}

/** A rate that begins as published, rises with each answer, and comes down a little with the first refusal of many. */
export const adaptive: Algorithm = {
  width: 7,
  wait(dial, page, at) {
    const { now, cost } = page
    const burst = burstOf(dial, page, at)
    if (cost > burst) return Infinity
    const interval = dial.window / rateOf(dial, page, at)
    const wait = Math.max(cell(page, at), now) + (cost - burst) * interval - now
    return Math.max(wait > grain ? wait : 0, leftWait(dial, page, at))
  },
  charge(dial, page, at) {
    const { cells, now, cost } = page
    const interval = dial.window / rateOf(dial, page, at)
    cells[at] = Math.max(now, Math.max(cell(page, at), now) + cost * interval)
    cells[at + leftAt] = cell(page, at + leftAt) - cost
    cells[at + flyingAt] = Math.max(0, cell(page, at + flyingAt) + Math.sign(cost))
  },
  remaining(dial, page, at) {
    const ahead = Math.max(0, cell(page, at) - page.now)
    const units = burstOf(dial, page, at) - (ahead * rateOf(dial, page, at)) / dial.window
    return Math.max(0, Math.floor(units + 1e-9))
  },
  reset: (_, page, at) => Math.max(0, cell(page, at) - page.now),
  limit: announced,
  learn(dial, page, at) {
    const { cells, now, lesson } = page
    const { outcome, wait = 1000 } = lesson
    if (outcome) cells[at + flyingAt] = Math.max(0, cell(page, at + flyingAt) - 1)
    hear(dial, page, at)
    const rate = rateOf(dial, page, at)
    const most = announced(dial, page, at)
    const seconds = dial.window / 1000
    if (outcome === 'ok') {
      const highest = most > slow * seconds ? ceiling * most : most
      cells[at + rateAt] = Math.min(highest, rate + (increase * seconds * most) / rate)
    } else if (outcome === 'refused') {
      // Many answers say the same of one moment.
      if (now >= cell(page, at + shutUntilAt)) cells[at + rateAt] = Math.max(floor * most, decrease * rate)
      const until = now + Math.max(1000, wait)
      cells[at + shutUntilAt] = Math.max(cell(page, at + shutUntilAt), until)
      cells[at] = Math.max(
        cell(page, at),
        until + burstOf(dial, page, at) * (dial.window / rate) - dial.window / rate,
      )
      cells[at + leftUntilAt] = 0
    }
  },
  idle: (_, page, at) => cell(page, at) + forgottenAfter <= page.now,
}

/**
 * What a store is told: the rate that was announced, the same by all processes. Were each to tell what it has learnt, the one
 * with the highest rate would come first every time.
 */
export function commonRate(dial: Dial, page: Page, at: number): { interval: number; tolerance: number } {
  const interval = dial.window / announced(dial, page, at)
  return { interval, tolerance: burstOf(dial, page, at) * interval }
}

/** How far ahead of time it may be here. */
export function tolerance(dial: Dial, page: Page, at: number): number {
  return (burstOf(dial, page, at) * dial.window) / rateOf(dial, page, at)
}
