import type { Page } from './algorithms/page.ts'
import type { Plan, Plans } from './counters.ts'
import type { LimitKey } from './rule.ts'

/** Rows of numbers by key, in one array. */
export interface Table {
  /** Where the row of a key begins; opened when it is new. Rows never move. */
  readonly row: (key: LimitKey) => number
  readonly plan: (row: number) => Plan
  /** Makes sure that so many keys find room without any of them being forgotten for another. */
  readonly reserve: (keys: number) => void
  /** Where a key's row begins, if it has one. */
  readonly find: (key: LimitKey) => number | undefined
  /** Cells there are. */
  readonly capacity: () => number
}

/** How a table is kept. */
export interface TableOptions {
  readonly plans: Plans
  readonly page: Page
  readonly maxKeys: number
  /** Whether a row must stay, such as one that somebody waits for. */
  readonly isPinned: (row: number) => boolean
  /** Sets the page's clocks. */
  readonly tick: () => void
}

/** So many keys are worth no sweeping: some of them come back. */
const spared = 16_384

/**
 * Opens a table. When it is not small any more, whole budgets are forgotten as new keys come, two looked at for each, so
 * that idle keys cost nothing and nobody waits for a great sweep.
 */
export function createTable({ plans, page, maxKeys, isPinned, tick }: TableOptions): Table {
  const rows = new Map<LimitKey, number>()
  const free = new Map<number, number[]>()
  /** Plans by number, how many rows follow each, and numbers that none follows any more. */
  const known: Plan[] = []
  const numbers = new Map<Plan, number>()
  const followers: number[] = []
  const unused: number[] = []
  let planOf = new Uint16Array(0)
  let used = 0
  let opened = 0
  let hand = rows.entries()

  function numberOf(plan: Plan): number {
    const number = numbers.get(plan) ?? unused.pop() ?? known.length
    if (number > 65_535)
      throw new RangeError('More than 65,536 different sets of rules are in use at a time.')
    known[number] = plan
    numbers.set(plan, number)
    followers[number] = (followers[number] ?? 0) + 1
    return number
  }

  const plan = (row: number): Plan => known[planOf[row] ?? 0] ?? noPlan

  /** Half as much again while it is small, an eighth when it is large: what is not used costs too. */
  function grow(width: number): void {
    const size = Math.max(64, used + width, Math.ceil(used * (used > 1 << 16 ? 1.125 : 1.5)))
    const [cells, plansOf] = [new Float64Array(size), new Uint16Array(size)]
    cells.set(page.cells)
    plansOf.set(planOf)
    page.cells = cells
    planOf = plansOf
  }

  function open(key: LimitKey): number {
    const mine = plans.of(key)
    const { width } = mine
    let row = free.get(width)?.pop()
    if (row === undefined) {
      if (used + width > page.cells.length) grow(width)
      row = used
      used += width
    } else page.cells.fill(0, row, row + width)
    planOf[row] = numberOf(mine)
    rows.set(key, row)
    opened += 1
    return row
  }

  function forget(key: LimitKey, row: number): void {
    const mine = plan(row)
    const number = planOf[row] ?? 0
    for (const { offset } of mine.counters) page.shares.delete(row + offset)
    followers[number] = (followers[number] ?? 1) - 1
    if (followers[number] === 0) {
      numbers.delete(mine)
      unused.push(number)
    }
    rows.delete(key)
    const list = free.get(mine.width)
    if (list) list.push(row)
    else free.set(mine.width, [row])
  }

  function isIdle(row: number): boolean {
    if (isPinned(row)) return false
    return plan(row).counters.every((counter) => counter.algorithm.idle(counter, page, row + counter.offset))
  }

  /** Looks at two rows for each that was opened since. */
  function sweep(): void {
    tick()
    for (; opened > 0; opened -= 0.5) {
      const { value, done } = hand.next()
      if (done) {
        hand = rows.entries()
        opened = 0
        return
      }
      if (isIdle(value[1])) forget(value[0], value[1])
    }
  }

  /** What is soonest whole goes first; what must stay, never. */
  function rank(row: number): number {
    if (isPinned(row)) return Infinity
    let longest = 0
    for (const counter of plan(row).counters) {
      const { algorithm, offset, held } = counter
      if (algorithm.idle(counter, page, row + offset)) continue
      longest = Math.max(longest, held ? Infinity : algorithm.reset(counter, page, row + offset))
    }
    return longest
  }

  function makeRoom(): void {
    tick()
    const before = rows.size
    for (const [key, row] of rows) if (isIdle(row)) forget(key, row)
    if (rows.size < before) return
    const ranked = Array.from(rows, ([key, row]) => ({ key, row, rank: rank(row) }))
    ranked.sort((a, b) => a.rank - b.rank)
    for (const { key, row, rank: mine } of ranked.slice(0, Math.ceil(before / 64))) {
      if (mine < Infinity) forget(key, row)
    }
  }

  return {
    row: (key) => rows.get(key) ?? open(key),
    find: (key) => rows.get(key),
    plan,
    reserve(keys) {
      if (opened > 0 && rows.size > spared) sweep()
      if (rows.size + keys > maxKeys) makeRoom()
    },
    capacity: () => page.cells.length,
  }
}

const noPlan: Plan = {
  counters: [],
  sole: undefined,
  held: false,
  shared: [],
  leased: [],
  learns: false,
  wall: false,
  width: 1,
}
