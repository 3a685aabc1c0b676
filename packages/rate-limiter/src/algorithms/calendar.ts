import type { Algorithm, Dial, Page } from './page.ts'
import { cell } from './page.ts'

/** Until the next window begins. A clock that was set back never says more than one window. */
function untilNext({ window }: Pick<Dial, 'window'>, page: Page, at: number): number {
  return Math.min(window, (cell(page, at) + 1) * window - page.wall)
}

/** Begins a new window when its time has come: the number of the window, and the units used in it. */
function turn({ window }: Dial, page: Page, at: number): void {
  const index = Math.floor(page.wall / window)
  if (index <= cell(page, at)) return
  page.cells[at] = index
  page.cells[at + 1] = 0
}

/** Units from one window's beginning to its end, exactly. A clock that is set back never opens a window again. */
export const calendar: Algorithm = {
  width: 2,
  wait(dial, page, at) {
    if (page.cost > dial.limit) return Infinity
    turn(dial, page, at)
    return cell(page, at + 1) + page.cost <= dial.limit ? 0 : untilNext(dial, page, at)
  },
  charge(dial, page, at) {
    turn(dial, page, at)
    page.cells[at + 1] = Math.max(0, cell(page, at + 1) + page.cost)
  },
  remaining(dial, page, at) {
    turn(dial, page, at)
    return Math.max(0, dial.limit - cell(page, at + 1))
  },
  reset(dial, page, at) {
    turn(dial, page, at)
    return untilNext(dial, page, at)
  },
  idle(dial, page, at) {
    turn(dial, page, at)
    return cell(page, at + 1) === 0
  },
}

/** Behind the number of the window and the units: the limit that was announced, 0 where none was. */
const announcedAt = 2
/** An announced limit is believed up to so many times the rule. */
const credulous = 10

const limitOf = ({ limit }: Dial, page: Page, at: number): number => cell(page, at + announcedAt) || limit

/**
 * Whether an answer was written before this window began, and came after: it set out earlier, or sees the end of a window
 * almost a whole one nearer than it is. The other side's clock, and ours, may be off by minutes (reported).
 */
function isOfLastWindow({ window }: Dial, page: Page, at: number): boolean {
  const left = untilNext({ window }, page, at)
  const { took = 0, resetIn = left } = page.lesson
  return took > window - left || left - resetIn > (window * 5) / 6
}

/** A calendar window whose limit is announced by the other side, which also knows what was spent elsewhere. */
export const quota: Algorithm = {
  ...calendar,
  width: 3,
  wait: (dial, page, at) => calendar.wait({ ...dial, limit: limitOf(dial, page, at) }, page, at),
  remaining: (dial, page, at) => calendar.remaining({ ...dial, limit: limitOf(dial, page, at) }, page, at),
  limit: limitOf,
  learn(dial, page, at) {
    const { limit = 0, remaining } = page.lesson
    turn(dial, page, at)
    if (limit > 0 && Number.isFinite(limit))
      page.cells[at + announcedAt] = Math.min(limit, credulous * dial.limit)
    if (remaining === undefined || !(remaining >= 0) || isOfLastWindow(dial, page, at)) return
    page.cells[at + 1] = Math.max(cell(page, at + 1), limitOf(dial, page, at) - remaining)
  },
}

/** More persons than that share what the first of them leave. */
const maxPersons = 10_000

function sharesOf(dial: Dial, page: Page, at: number): Map<string, number> {
  turn(dial, page, at)
  const index = cell(page, at)
  const known = page.shares.get(at)
  if (known?.index === index) return known.spent
  const spent = new Map<string, number>()
  page.shares.set(at, { index, spent })
  return spent
}

/**
 * A calendar window whose units are for many. Below a line, which begins at a quarter and rises to the limit as the window
 * passes, anybody may spend; above it, everybody their equal share.
 */
export const pool: Algorithm = {
  ...quota,
  wait(dial, page, at) {
    const { window } = dial
    const limit = limitOf(dial, page, at)
    const reserve = (dial.reserve * limit) / dial.limit
    const { cost, person } = page
    if (cost > limit) return Infinity
    const shares = sharesOf(dial, page, at)
    const after = cell(page, at + 1) + cost
    const left = untilNext(dial, page, at)
    const most = page.interactive ? limit : limit - reserve
    if (after > most) return left
    if (after <= limit * Math.max(0.25, 1 - left / window)) return 0
    const persons = shares.size + (shares.has(person) ? 0 : 1)
    if ((shares.get(person) ?? 0) + cost <= limit / persons) return 0
    // The line rises with time: it reaches what this would make of the pool then.
    return Math.max(1, (after / limit) * window - (window - left))
  },
  charge(dial, page, at) {
    const shares = sharesOf(dial, page, at)
    calendar.charge(dial, page, at)
    if (!shares.has(page.person) && shares.size >= maxPersons) return
    shares.set(page.person, Math.max(0, (shares.get(page.person) ?? 0) + page.cost))
  },
}
