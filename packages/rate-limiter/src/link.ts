import type { Sleep } from './alarm.ts'
import type { Account, Books, Price, Slot } from './books.ts'
import { negative } from './books.ts'
import { levelOf } from './cell.ts'
import type { Clock } from './clock.ts'
import type { Milliseconds } from './rule.ts'
import type { Charge, Gate, LimiterStore } from './store.ts'

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
  readonly slot?: Slot
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
  const pending = new Map<Slot, { readonly gate: Gate; cost: number }>()
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
      ...spent.map(([, charge]) => charge),
      ...accounts.map((account) => ({ gate: pauseGate(account), cost: 0 })),
    ]
    const levels = await ask(() => store.settle(charges, clock.wall()))
    if (levels === 'away') {
      for (const [slot, { gate, cost }] of spent) add(slot, gate, cost)
      for (const account of accounts) told.add(account)
      // Told with the next charge: a store that stays away must not keep the process alive.
      return
    }
    for (const [index, [slot]] of spent.entries()) learn(slot, levels[index] ?? 0)
    for (const [index, account] of accounts.entries()) {
      const until = (levels[spent.length + index] ?? 0) - clock.wall() + clock.elapsed()
      if (until > account.pausedUntil) account.pausedUntil = until
    }
  }

  /** A wait the store told of is kept, so that nobody here asks again before it is over. */
  function hold({ account, slot, charge: { gate, cost } }: Asked, wait: Milliseconds): void {
    if (wait <= 0 || wait === Infinity) return
    const until = clock.elapsed() + wait
    if (gate.kind === 'pause') account.pausedUntil = Math.max(account.pausedUntil, until)
    else if (slot && gate.kind === 'calendar') slot.used = Math.max(slot.used, gate.limit - cost + 1)
    else if (slot && gate.kind === 'rolling') {
      slot.at = Math.max(slot.at, until + gate.tolerance - cost * gate.interval)
    }
  }

  /** What others spent shows in the store's level. It never reaches beyond a whole burst, whatever clocks say. */
  function learn(slot: Slot, level: number): void {
    const { meter } = slot
    const now = clock.elapsed()
    if (meter.kind === 'calendar') slot.used = Math.max(levelOf(slot, clock.wall()), level)
    else if (meter.kind === 'rolling') {
      slot.at = Math.max(slot.at, Math.min(level - clock.wall() + now, now + meter.tolerance))
    }
  }

  function add(slot: Slot, gate: Gate, cost: number): void {
    const known = pending.get(slot)
    if (known) known.cost += cost
    else pending.set(slot, { gate, cost })
  }

  return {
    async take(accounts, price) {
      const asked = accounts.flatMap((account): readonly Asked[] => [
        { account, charge: { gate: pauseGate(account), cost: 0 } },
        ...enforced(account).map((slot) => ({
          account,
          slot,
          charge: { gate: gateOf(account, slot), cost: price[slot.policy.rule.unit] },
        })),
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
        for (const slot of enforced(account)) {
          add(slot, gateOf(account, slot), price[slot.policy.rule.unit])
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

function enforced({ slots }: Account): readonly Slot[] {
  return slots.filter(({ policy }) => !policy.rule.shadow)
}

function gateOf({ key }: Account, { meter, policy }: Slot): Gate {
  return { id: `${key}|${policy.rule.name}`, ...meter }
}

function pauseGate({ key }: Account): Gate {
  return { id: `${key}|paused`, kind: 'pause' }
}
