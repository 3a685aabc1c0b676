import type { Sleep } from './alarm.ts'
import type { Account, Books, Price } from './books.ts'
import { negative } from './books.ts'
import type { Cell } from './cell.ts'
import { levelOf } from './cell.ts'
import type { Clock } from './clock.ts'
import type { Milliseconds } from './rule.ts'
import type { Charge, LimiterStore } from './store.ts'

/** The line from a limiter to the store it shares with others. */
export interface Link {
  /**
   * Asks the store for all of them, or none. 0: taken. Otherwise what was charged here is given back, and the wait is
   * remembered. `away`: the store did not answer in time, and the charge here stands.
   */
  readonly take: (accounts: readonly Account[], price: Price) => Promise<Milliseconds | 'away'>
  /** Tells the store, within 200 ms, what was decided here. */
  readonly tell: (accounts: readonly Account[], price: Price) => void
  readonly pause: (account: Account, milliseconds: Milliseconds) => void
  /** Tells what has not been told yet. */
  readonly flush: () => Promise<void>
}

/** What a link works with. */
export interface LinkOptions {
  readonly store: LimiterStore
  readonly books: Books
  readonly clock: Clock
  readonly sleep: Sleep
}

/** One charge of a question, and what it is about. */
interface Asked {
  readonly account: Account
  readonly cell?: Cell
  readonly charge: Charge
}

/** How long a decision may stay here before others hear of it. */
const lag: Milliseconds = 200
/** How long the store may take. */
const patience: Milliseconds = 50
/** How long to leave a store alone that is away. */
const respite: Milliseconds = 1000

/** Connects a limiter to its store. A store that fails is asked again after a second; meanwhile each rule's `fail` holds. */
export function createLink({ store, books, clock, sleep }: LinkOptions): Link {
  const pending = new Map<Cell, number>()
  const told = new Set<Account>()
  let scheduled = false
  let awayUntil = -Infinity

  async function ask<Result>(question: () => Promise<Result>): Promise<Result | 'away'> {
    if (clock.elapsed() < awayUntil) return 'away'
    const giveUp = new AbortController()
    try {
      const answer = await Promise.race([
        question(),
        sleep(patience, { signal: giveUp.signal }).then((): 'away' => 'away'),
      ])
      if (answer === 'away') markAway()
      else books.closeUntil(-Infinity)
      return answer
    } catch {
      // Whatever it was, the counters cannot be reached: that is what `fail` is for.
      markAway()
      return 'away'
    } finally {
      giveUp.abort()
    }
  }

  function markAway(): void {
    awayUntil = clock.elapsed() + respite
    books.closeUntil(awayUntil)
  }

  function schedule(): void {
    if (scheduled) return
    scheduled = true
    sleep(lag, {}).then(flush, flush)
  }

  async function flush(): Promise<void> {
    scheduled = false
    if (told.size === 0) return
    const accounts = [...told]
    const spent = [...pending]
    told.clear()
    pending.clear()
    const charges: Charge[] = [
      ...spent.map(([{ gate }, cost]) => ({ gate, cost })),
      ...accounts.map((account) => ({ gate: pauseGate(account), cost: 0 })),
    ]
    const levels = await ask(() => store.settle(charges, clock.wall()))
    if (levels === 'away') {
      for (const [cell, cost] of spent) pending.set(cell, (pending.get(cell) ?? 0) + cost)
      for (const account of accounts) told.add(account)
      // Told with the next charge: a store that stays away must not keep the process alive.
      return
    }
    for (const [index, [cell]] of spent.entries()) learn(cell, levels[index] ?? 0)
    for (const [index, account] of accounts.entries()) {
      const until = (levels[spent.length + index] ?? 0) - clock.wall() + clock.elapsed()
      if (until > account.pausedUntil) account.pausedUntil = until
    }
  }

  /** A wait the store told of is kept, so that nobody here asks again before it is over. */
  function hold({ account, cell, charge: { gate, cost } }: Asked, wait: Milliseconds): void {
    if (wait <= 0 || wait === Infinity) return
    const until = clock.elapsed() + wait
    if (gate.kind === 'pause') account.pausedUntil = Math.max(account.pausedUntil, until)
    else if (cell && gate.kind === 'calendar') cell.used = Math.max(cell.used, gate.limit - cost + 1)
    else if (cell && gate.kind === 'rolling') {
      cell.at = Math.max(cell.at, until + gate.tolerance - cost * gate.interval)
    }
  }

  /** What others spent shows in the store's level. It never reaches beyond a whole burst, whatever clocks say. */
  function learn(cell: Cell, level: number): void {
    const { gate } = cell
    const now = clock.elapsed()
    if (gate.kind === 'calendar') cell.used = Math.max(levelOf(cell, clock.wall()), level)
    else if (gate.kind === 'rolling') {
      cell.at = Math.max(cell.at, Math.min(level - clock.wall() + now, now + gate.tolerance))
    }
  }

  return {
    async take(accounts, price) {
      const asked = accounts.flatMap((account): readonly Asked[] => [
        { account, charge: { gate: pauseGate(account), cost: 0 } },
        ...account.gates
          .filter(({ rule }) => !rule.shadow)
          .map(({ cell, rule }) => ({ account, cell, charge: { gate: cell.gate, cost: price[rule.unit] } })),
      ])
      const charges = asked.map(({ charge }) => charge)
      const waits = await ask(() => store.take(charges, clock.wall()))
      if (waits === 'away') return waits
      if (waits.some((wait) => wait > 0)) books.settle(accounts, negative(price))
      for (const [index, each] of asked.entries()) hold(each, waits[index] ?? 0)
      return Math.max(0, ...waits)
    },
    tell(accounts, price) {
      for (const account of accounts) {
        told.add(account)
        for (const { cell, rule } of account.gates) {
          if (!rule.shadow) pending.set(cell, (pending.get(cell) ?? 0) + price[rule.unit])
        }
      }
      schedule()
    },
    pause(account, milliseconds) {
      const { id } = pauseGate(account)
      void ask(() => store.pause(id, clock.wall() + milliseconds))
    },
    flush,
  }
}

function pauseGate({ key }: Account): { readonly id: string; readonly kind: 'pause' } {
  return { id: `${key}|paused`, kind: 'pause' }
}
