import type { Sleep } from './alarm.ts'
import { createAlarm, timerSleep } from './alarm.ts'
import type { Account, PolicyCounts, Price } from './books.ts'
import { createBooks, differenceOf, negative, priceOf } from './books.ts'
import type { ClockOptions } from './clock.ts'
import { createClock } from './clock.ts'
import { LimitError } from './limit-error.ts'
import { createLink } from './link.ts'
import { createPacer } from './pacer.ts'
import type { Budget, Cost, Instant, LimitKey, Milliseconds, Rules } from './rule.ts'
import type { LimiterStore } from './store.ts'

/** Who waits in front of whom while a rate is used up. */
export type Priority = 'interactive' | 'normal' | 'background'

/** How a caller of `acquire` waits. */
export interface AcquireOptions {
  readonly cost?: Cost
  /** Ends the waiting; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Since 1970. A turn that cannot come before it is refused at once. */
  readonly deadline?: Instant
  /** Who asks. Callers take turns by person, and each person gets the same cost through. Default: one for all. */
  readonly person?: string
  /** What must stay in order within a person. Calls in another lane may overtake. Default: the first key. */
  readonly lane?: string
  /** Default: `normal`. Every eighth grant goes to the lowest class that waits. */
  readonly priority?: Priority
}

/** What `take` answers. */
export type Taken =
  | { readonly ok: true; readonly budgets: readonly Budget[] }
  | {
      readonly ok: false
      /** When this very call could pass; `Infinity` when its cost is above what can ever pass. */
      readonly retryAfterMs: Milliseconds
      /** Names of the rules that refused, the narrowest key first; `paused` for a pause. */
      readonly violated: readonly string[]
      readonly budgets: readonly Budget[]
    }

/** Keeps callers inside a rate. Keys go from the narrowest to the widest; all of them must admit, or none is charged. */
export interface Limiter {
  /** Waits for a turn, fairly. Rejects with `LimitError` when the turn cannot come in time, or with the abort's reason. */
  readonly acquire: (keys: readonly LimitKey[], options?: AcquireOptions) => Promise<void>
  /** Decides at once, from what this process knows. */
  readonly take: (keys: readonly LimitKey[], cost?: Cost) => Taken
  /** The same without a result object: 0 when taken, else the milliseconds to wait. */
  readonly tryTake: (keys: readonly LimitKey[], cost?: Cost) => Milliseconds
  /**
   * Charges the difference between what was reserved and what it turned out to cost, in either direction. A unit that
   * is left out is not touched. A debt makes later calls wait.
   */
  readonly spent: (keys: readonly LimitKey[], cost: Cost) => void
  /** Holds everything back that names this key. The later of two pauses counts. */
  readonly pause: (key: LimitKey, milliseconds: Milliseconds) => void
  /** How each rule of a key stands, without charging it. */
  readonly budget: (key: LimitKey) => readonly Budget[]
  /** What became of the calls, by rule. */
  readonly counts: () => Readonly<Record<string, Readonly<PolicyCounts>>>
  /** Tells a shared store what it has not heard yet. For a clean stop. */
  readonly flush: () => Promise<void>
}

/** What a limiter is made of. */
export interface LimiterOptions extends ClockOptions {
  readonly rules: Rules
  /**
   * Counters shared with other processes. `acquire` then asks it for every turn, so that together they stay exact.
   * `take` decides here, tells the store within 200 ms, and learns from the answer what others have spent: the surplus
   * is what they spend between two answers. Default: this process alone.
   */
  readonly store?: LimiterStore
  /** Default: the process's own timer. */
  readonly sleep?: Sleep
  /** Keys remembered at a time. Beyond it, those whose budgets are whole go first. Default: 100,000. */
  readonly maxKeys?: number
  /** Calls that may wait at a time; more are refused. Default: 10,000. */
  readonly maxWaiting?: number
}

/** Makes a limiter. It holds no timer while nobody waits. */
export function createLimiter(options: LimiterOptions): Limiter {
  const { rules, store, sleep = timerSleep, maxKeys = 100_000, maxWaiting = 10_000 } = options
  const clock = createClock(options)
  const books = createBooks({ rules, clock, maxKeys })
  const pacer = createPacer({ books, elapsed: clock.elapsed, alarm: createAlarm(sleep), maxWaiting })
  const link = store && createLink({ store, books, clock, sleep })
  // Used again for every decision, so that one costs no memory. Nothing between filling and reading it can wait.
  const scratch: Account[] = []

  function tryTake(keys: readonly LimitKey[], cost?: Cost): Milliseconds {
    const price = priceOf(cost)
    books.find(keys, scratch)
    const wait = books.take(scratch, keys.length, price)
    if (link && wait === 0) link.tell(books.find(keys), price)
    return wait
  }

  /** Waits for a turn by what is known here. */
  function turn(accounts: readonly Account[], price: Price, wish: Wish): Promise<void> | undefined {
    if (pacer.isEmpty() && books.take(accounts, accounts.length, price) === 0) return undefined
    const { signal, person = '', priority = 'normal', lane = accounts[0]?.key ?? '', deadline } = wish
    return new Promise((resolve, reject) => {
      const leave = pacer.enqueue({
        accounts,
        price,
        person,
        lane,
        priority,
        deadline,
        grant: () => settle(resolve),
        refuse: (error) => settle(() => reject(error)),
      })
      const abort = (): void => {
        leave()
        reject(reasonOf(signal))
      }
      const settle = (done: () => void): void => {
        signal?.removeEventListener('abort', abort)
        done()
      }
      signal?.addEventListener('abort', abort, { once: true })
    })
  }

  async function acquire(keys: readonly LimitKey[], wishes: AcquireOptions = {}): Promise<void> {
    const { cost, signal, deadline } = wishes
    if (signal?.aborted) throw reasonOf(signal)
    const price = priceOf(cost)
    const limit = deadline === undefined ? Infinity : clock.elapsed() + deadline - clock.wall()
    const wish: Wish = { ...wishes, deadline: limit }
    for (;;) {
      const accounts = books.find(keys)
      await turn(accounts, price, wish)
      if (!link) return
      const wait = await link.take(accounts, price)
      if (wait === 0 && signal?.aborted) link.tell(accounts, negative(price))
      else if (wait === 0 || (wait === 'away' && !isClosed(accounts))) return
      if (wait === 0 || wait === 'away') books.settle(accounts, negative(price))
      if (signal?.aborted) throw reasonOf(signal)
      if (wait === 'away') throw new LimitError('store', 1000, books.violated(accounts, price))
      if (wait === Infinity) throw new LimitError('never', wait, books.violated(accounts, price))
    }
  }

  return {
    acquire,
    tryTake,
    take(keys, cost) {
      const wait = tryTake(keys, cost)
      const accounts = books.find(keys)
      const budgets = accounts.flatMap(books.budgets)
      if (wait === 0) return { ok: true, budgets }
      return { ok: false, retryAfterMs: wait, violated: books.violated(accounts, priceOf(cost)), budgets }
    },
    spent(keys, cost) {
      const accounts = books.find(keys)
      const price = differenceOf(cost)
      books.settle(accounts, price)
      link?.tell(accounts, price)
      pacer.poke()
    },
    pause(key, milliseconds) {
      if (!(milliseconds > 0 && milliseconds < Infinity)) return
      for (const account of books.find([key])) {
        account.pausedUntil = Math.max(account.pausedUntil, clock.elapsed() + milliseconds)
        link?.pause(account, milliseconds)
      }
    },
    budget: (key) => books.find([key]).flatMap(books.budgets),
    counts: books.counts,
    flush: async () => {
      await link?.flush()
    },
  }
}

/** Wishes with a deadline on the elapsed clock. */
type Wish = Omit<AcquireOptions, 'deadline' | 'cost'> & { readonly deadline: Milliseconds }

/** Whether any rule refuses while the store is away. */
function isClosed(accounts: readonly Account[]): boolean {
  return accounts.some(({ slots }) => slots.some(({ policy }) => policy.rule.fail === 'closed'))
}

function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason
  return reason instanceof Error ? reason : new Error('The call was aborted.', { cause: reason })
}
