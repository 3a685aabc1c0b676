import type { Page } from './algorithms/page.ts'
import { createPage, grain, type Lesson } from './algorithms/page.ts'
import { rolling } from './algorithms/rolling.ts'
import { slots } from './algorithms/slots.ts'
import type { Clock } from './clock.ts'
import type { Counter, PolicyCounts } from './counters.ts'
import { createPlans } from './counters.ts'
import type { Price } from './price.ts'
import type { Budget, LimitKey, Milliseconds, Rules } from './rule.ts'
import type { Table } from './table.ts'
import { createTable } from './table.ts'

/** Keys and where their rows begin, in the same order. */
export interface Entry {
  readonly keys: readonly LimitKey[]
  readonly rows: readonly number[]
}

/** Who asks. */
interface Asker {
  readonly person: string
  readonly interactive: boolean
  /** Whether the end of the call will be told. Only then it counts among those under way. */
  readonly holding: boolean
}

/** The state of a limiter: synchronous, bounded, and never half written. */
export interface Books {
  readonly page: Page
  readonly table: Table
  /** The rows of some keys, opened where they are new. */
  readonly rowsOf: (keys: readonly LimitKey[], into?: number[]) => number[]
  /** Whose question the next ones are. */
  readonly ask: (asker: Asker) => void
  /** Takes a single unit of one key: 0 when taken, else the wait. */
  readonly takeOne: (key: LimitKey) => Milliseconds
  /** Takes from all, or from none: 0 when taken, else the wait. */
  readonly take: (entry: Entry, price: Price) => Milliseconds
  /** The same by the page's clocks as they were set last. */
  readonly takeNow: (entry: Entry, price: Price) => Milliseconds
  /** How long it has to wait: 0 when all admit it. */
  readonly wait: (entry: Entry, price: Price) => Milliseconds
  /** The wait of one of them alone. */
  readonly waitAt: (entry: Entry, index: number, price: Price) => Milliseconds
  readonly settle: (entry: Entry, price: Price) => void
  /** Gives back what is held of counters of calls under way. */
  readonly release: (entry: Entry, price: Price) => void
  /** Counts a refusal, and names the rules that are in the way. */
  readonly refuse: (entry: Entry, price: Price) => readonly string[]
  readonly pause: (key: LimitKey, milliseconds: Milliseconds) => void
  readonly learn: (key: LimitKey, lesson: Lesson) => void
  readonly budgets: (key: LimitKey) => readonly Budget[]
  readonly counts: () => Readonly<Record<string, Readonly<PolicyCounts>>>
  /** Whether the shared store cannot be reached: what `fail` says then holds. */
  readonly setAway: (away: boolean) => void
  /** Sets the page's clocks. */
  readonly tick: () => void
}

/** How the books are kept. */
export interface BooksOptions {
  readonly rules: Rules
  readonly clock: Clock
  readonly maxKeys: number
  /** How many processes share the store. */
  readonly instances: number
  readonly isPinned: (row: number) => boolean
}

/** While the store is away: when to try again what may not pass without it. */
const closedFor: Milliseconds = 1000

const costOf = (counter: Counter, price: Price): number => (counter.points ? price.points : price.requests)

/** Opens the books. */
export function createBooks({ rules, clock, maxKeys, instances, isPinned }: BooksOptions): Books {
  const { elapsed, wall } = clock
  const page = createPage()
  const plans = createPlans(rules)
  const table = createTable({ plans, page, maxKeys, isPinned, tick })
  const { plan } = table
  const pauses = new Map<LimitKey, Milliseconds>()
  /** What was charged beyond the cost while the store was away. */
  const extras: { readonly counter: Counter; readonly row: number; readonly units: number }[] = []
  let holding = false
  let away = false

  function tick(): void {
    page.now = elapsed()
    page.wall = wall()
  }

  /** Reads the wall clock only where somebody goes by it. */
  function look({ rows }: Entry): void {
    page.now = elapsed()
    for (let index = 0; index < rows.length; index += 1) {
      if (plan(rows[index] ?? 0).wall) {
        page.wall = wall()
        return
      }
    }
  }

  /** How long a counter has to wait, shadow or not. */
  function waitOf(counter: Counter, row: number, cost: number): Milliseconds {
    if (counter.held && !holding) return 0
    page.cost = cost
    const { algorithm, offset } = counter
    if (!away || !counter.shared) {
      // Named, so that the engine can write the two that most calls meet into this place.
      if (algorithm === rolling) return rolling.wait(counter, page, row + offset)
      if (algorithm === slots) return slots.wait(counter, page, row + offset)
      return algorithm.wait(counter, page, row + offset)
    }
    const { fail } = counter.rule
    if (fail === 'open') return 0
    if (fail === 'closed') return closedFor
    // One call at least passes, however many instances there are.
    const most = counter.interval > 0 ? counter.tolerance / counter.interval : counter.limit
    page.cost = Math.max(cost, Math.min(cost * instances, most))
    return counter.algorithm.wait(counter, page, row + counter.offset)
  }

  function waitAtRow(row: number, price: Price): Milliseconds {
    const { counters } = plan(row)
    let longest = 0
    for (let index = 0; index < counters.length; index += 1) {
      const counter = counters[index]
      if (counter === undefined || counter.shadow) continue
      const wait = waitOf(counter, row, costOf(counter, price))
      if (wait > longest) longest = wait
    }
    return longest
  }

  const pauseOf = (key: LimitKey | undefined): Milliseconds =>
    key === undefined ? 0 : Math.max(0, (pauses.get(key) ?? 0) - page.now)

  function longestWait({ keys, rows }: Entry, price: Price): Milliseconds {
    let longest = 0
    for (let index = 0; index < rows.length; index += 1) {
      let wait = waitAtRow(rows[index] ?? 0, price)
      if (pauses.size > 0) wait = Math.max(wait, pauseOf(keys[index]))
      if (wait > longest) longest = wait
    }
    return longest
  }

  function charge(counter: Counter, row: number, cost: number): void {
    page.cost = cost
    if (away && instances > 1 && counter.shared && counter.rule.fail === 'local') {
      page.cost = cost * instances
      if (extras.length < maxKeys) extras.push({ counter, row, units: cost * (instances - 1) })
    }
    if (counter.algorithm === rolling) rolling.charge(counter, page, row + counter.offset)
    else if (counter.algorithm === slots) slots.charge(counter, page, row + counter.offset)
    else counter.algorithm.charge(counter, page, row + counter.offset)
  }

  function takeRow(row: number, price: Price): void {
    const { counters } = plan(row)
    for (let index = 0; index < counters.length; index += 1) {
      const counter = counters[index]
      if (counter === undefined || (counter.held && !holding)) continue
      const cost = costOf(counter, price)
      if (counter.shadow && waitOf(counter, row, cost) > 0) counter.counts.shadow += 1
      else {
        charge(counter, row, cost)
        counter.counts.allowed += 1
      }
    }
  }

  function take(entry: Entry, price: Price): Milliseconds {
    look(entry)
    return takeNow(entry, price)
  }

  function takeNow(entry: Entry, price: Price): Milliseconds {
    const wait = longestWait(entry, price)
    if (wait > 0) return wait
    for (let index = 0; index < entry.rows.length; index += 1) takeRow(entry.rows[index] ?? 0, price)
    return 0
  }

  function rowsOf(keys: readonly LimitKey[], into: number[] = []): number[] {
    table.reserve(keys.length)
    for (let index = 0; index < keys.length; index += 1) {
      const key = keys[index]
      if (key !== undefined) into[index] = table.row(key)
    }
    into.length = keys.length
    return into
  }

  const single: Price = { requests: 1, points: 1 }

  function takeOne(key: LimitKey): Milliseconds {
    const row = table.find(key)
    const sole = row === undefined || away || pauses.size > 0 ? undefined : plan(row).sole
    if (row === undefined || sole === undefined) return takeFirst([key])
    // `rolling`, written out: this is the way most calls go.
    const now = elapsed()
    const before = page.cells[row] ?? 0
    const after = (before > now ? before : now) + sole.interval
    const wait = after - now - sole.tolerance
    if (wait > grain) {
      sole.counts.refused += 1
      return wait
    }
    page.cells[row] = after
    sole.counts.allowed += 1
    return 0
  }

  function takeFirst(keys: readonly LimitKey[]): Milliseconds {
    const entry = { keys, rows: rowsOf(keys) }
    const wait = take(entry, single)
    if (wait > 0) refuse(entry, single)
    return wait
  }

  function refuse({ keys, rows }: Entry, price: Price): readonly string[] {
    tick()
    const names = new Set<string>()
    for (const [index, row] of rows.entries()) {
      for (const counter of plan(row).counters) {
        if (counter.shadow || waitOf(counter, row, costOf(counter, price)) === 0) continue
        names.add(counter.rule.name)
        counter.counts.refused += 1
      }
      if (pauseOf(keys[index]) > 0) names.add('paused')
    }
    return [...names]
  }

  return {
    page,
    table,
    tick,
    rowsOf,
    takeOne,
    take,
    takeNow,
    ask(asker) {
      page.person = asker.person
      page.interactive = asker.interactive
      holding = asker.holding
    },
    wait(entry, price) {
      look(entry)
      return longestWait(entry, price)
    },
    waitAt({ keys, rows }, index, price) {
      return Math.max(waitAtRow(rows[index] ?? 0, price), pauseOf(keys[index]))
    },
    settle(entry, price) {
      look(entry)
      for (const row of entry.rows) {
        for (const counter of plan(row).counters) {
          if (!counter.held) charge(counter, row, costOf(counter, price))
        }
      }
    },
    release({ rows }, price) {
      for (const row of rows) {
        const { counters, held } = plan(row)
        if (!held) continue
        for (const counter of counters) {
          page.cost = -costOf(counter, price)
          if (counter.held) counter.algorithm.charge(counter, page, row + counter.offset)
        }
      }
    },
    refuse,
    pause(key, milliseconds) {
      tick()
      if (pauses.size >= maxKeys)
        for (const [each, until] of pauses) if (until <= page.now) pauses.delete(each)
      pauses.set(key, Math.max(pauses.get(key) ?? 0, page.now + milliseconds))
    },
    learn(key, lesson) {
      tick()
      page.lesson = lesson
      const row = rowsOf([key])[0] ?? 0
      for (const counter of plan(row).counters) counter.algorithm.learn?.(counter, page, row + counter.offset)
    },
    budgets(key) {
      tick()
      const row = rowsOf([key])[0] ?? 0
      return plan(row).counters.map((counter) => {
        const { rule, algorithm, offset, window } = counter
        return {
          policy: rule.name,
          key,
          unit: rule.unit,
          limit: algorithm.limit?.(counter, page, row + offset) ?? rule.limit,
          window: window / 1000,
          remaining: algorithm.remaining(counter, page, row + offset),
          resetMs: algorithm.reset(counter, page, row + offset),
        }
      })
    },
    counts: plans.counts,
    setAway(isAway) {
      away = isAway
      if (isAway) return
      tick()
      for (const { counter, row, units } of extras.splice(0)) {
        page.cost = -units
        counter.algorithm.charge(counter, page, row + counter.offset)
      }
    },
  }
}
