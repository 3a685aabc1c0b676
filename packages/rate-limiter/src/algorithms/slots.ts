import type { Milliseconds } from '../rule.ts'
import type { Algorithm, Dial, Page } from './page.ts'
import { cell, untilEnd } from './page.ts'

/** Whether one more finds room below a number. */
function waitBelow(most: number, { reserve }: Dial, page: Page): Milliseconds {
  if (page.cost > most) return Infinity
  const open = page.interactive || reserve === 0 ? most : Math.max(1, most - reserve)
  return page.used + page.cost <= open ? 0 : untilEnd
}

/** So many at a time: one number, those under way. What is charged is given back when the call ends. */
export const slots: Algorithm = {
  width: 1,
  wait(dial, page, at) {
    page.used = cell(page, at)
    return waitBelow(dial.limit, dial, page)
  },
  charge(_, page, at) {
    page.cells[at] = Math.max(0, cell(page, at) + page.cost)
  },
  remaining: ({ limit }, page, at) => Math.max(0, limit - cell(page, at)),
  reset: () => 0,
  idle: (_, page, at) => cell(page, at) === 0,
}

/** Where it begins, and the least it comes down to. */
const [first, least] = [8, 4]
const second = 1000

/** Behind the number under way: the cap, the usual time a call takes, and what the present second has seen. */
const capAt = 1
const usualAt = 2
const sumAt = 3
const countAt = 4
const sinceAt = 5
const loweredUntilAt = 6
const peakAt = 7

const capOf = ({ limit }: Dial, page: Page, at: number): number =>
  cell(page, at + capAt) || Math.min(limit, first)

/** Each second the cap grows by its root, and shrinks by as much as calls take longer than usual. */
function adjust(dial: Dial, page: Page, at: number): void {
  const { cells, now } = page
  const took = cell(page, at + sumAt) / cell(page, at + countAt)
  const usual = cell(page, at + usualAt) || took
  const cap = capOf(dial, page, at)
  const gradient = Math.min(1, Math.max(0.5, (1.5 * usual) / Math.max(took, 1)))
  const next = 0.8 * cap + 0.2 * (cap * gradient + Math.sqrt(cap))
  // A cap that is not used says nothing about what would happen beyond it.
  const grown = cell(page, at + peakAt) * 2 < cap ? Math.min(cap, next) : next
  cells[at + capAt] = Math.min(dial.limit, Math.max(Math.min(least, dial.limit), grown))
  // Down at once, up over minutes: a queue that builds up on the other side is not to become usual.
  cells[at + usualAt] = took < usual ? took : 0.99 * usual + 0.01 * took
  cells[at + sumAt] = 0
  cells[at + countAt] = 0
  cells[at + sinceAt] = now
  cells[at + peakAt] = cell(page, at)
}

/**
 * So many at a time as the other side takes without slowing down.
 *
 * @see https://github.com/Netflix/concurrency-limits for the gradient
 */
export const cap: Algorithm = {
  ...slots,
  width: 8,
  wait(dial, page, at) {
    page.used = cell(page, at)
    return waitBelow(Math.floor(capOf(dial, page, at)), dial, page)
  },
  charge(dial, page, at) {
    slots.charge(dial, page, at)
    page.cells[at + peakAt] = Math.max(cell(page, at + peakAt), cell(page, at))
  },
  remaining: (dial, page, at) => Math.max(0, Math.floor(capOf(dial, page, at)) - cell(page, at)),
  learn(dial, page, at) {
    const { now, cells, lesson } = page
    const { outcome, took } = lesson
    if (outcome === 'busy' && now >= cell(page, at + loweredUntilAt)) {
      cells[at + capAt] = Math.max(Math.min(least, dial.limit), 0.9 * capOf(dial, page, at))
      cells[at + loweredUntilAt] = now + Math.max(took ?? 0, cell(page, at + usualAt))
    }
    if (outcome !== 'ok' || took === undefined) return
    if (cell(page, at + countAt) === 0) cells[at + sinceAt] = now
    cells[at + sumAt] = cell(page, at + sumAt) + took
    cells[at + countAt] = cell(page, at + countAt) + 1
    if (now - cell(page, at + sinceAt) >= second) adjust(dial, page, at)
  },
}
