import type { Algorithm, Dial, Page } from './page.ts'
import { cell } from './page.ts'

const parts = 64
/** A unit counts until its whole part of the window has passed, so one part more is kept than the window has. */
const kept = parts + 1

/** Where the units of a part lie, behind the number of the newest part and the sum of all. */
const place = (at: number, part: number): number => at + 2 + (part % kept)

/** Forgets what has left the window, and answers the number of the present part. */
function turn({ window }: Dial, page: Page, at: number): number {
  const newest = Math.floor((page.now * parts) / window)
  const before = cell(page, at)
  for (let part = Math.max(before + 1, newest - parts); part <= newest; part += 1) {
    page.cells[at + 1] = cell(page, at + 1) - cell(page, place(at, part))
    page.cells[place(at, part)] = 0
  }
  page.cells[at] = Math.max(before, newest)
  return cell(page, at)
}

/** When the units of a part have left the window. */
const leavesAt = ({ window }: Dial, part: number): number => ((part + kept) * window) / parts

/** At most so many units in any span of the window's length, of which all may be spent at once. */
export const sliding: Algorithm = {
  width: 2 + kept,
  wait(dial, page, at) {
    if (page.cost > dial.limit) return Infinity
    const newest = turn(dial, page, at)
    let over = cell(page, at + 1) + page.cost - dial.limit
    if (over <= 0) return 0
    for (let part = Math.max(0, newest - parts); part <= newest; part += 1) {
      over -= cell(page, place(at, part))
      if (over <= 0) return leavesAt(dial, part) - page.now
    }
    return leavesAt(dial, newest) - page.now
  },
  charge(dial, page, at) {
    const newest = turn(dial, page, at)
    let left = page.cost
    // What is given back was taken last.
    for (let part = newest; part > newest - kept && part >= 0 && left !== 0; part -= 1) {
      const before = cell(page, place(at, part))
      const after = Math.max(0, before + left)
      page.cells[place(at, part)] = after
      page.cells[at + 1] = cell(page, at + 1) + after - before
      left -= after - before
    }
  },
  remaining(dial, page, at) {
    turn(dial, page, at)
    return Math.max(0, dial.limit - cell(page, at + 1))
  },
  reset(dial, page, at) {
    const newest = turn(dial, page, at)
    for (let part = newest; part > newest - kept && part >= 0; part -= 1) {
      if (cell(page, place(at, part)) > 0) return leavesAt(dial, part) - page.now
    }
    return 0
  },
  idle(dial, page, at) {
    turn(dial, page, at)
    return cell(page, at + 1) === 0
  },
}
