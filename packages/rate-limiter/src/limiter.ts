import type { Sleep } from './alarm.ts'
import { createAlarm, timerSleep } from './alarm.ts'
import type { Lesson } from './algorithms/page.ts'
import { untilEnd } from './algorithms/page.ts'
import type { Entry } from './books.ts'
import { createBooks } from './books.ts'
import type { ClockOptions } from './clock.ts'
import { createClock } from './clock.ts'
import type { PolicyCounts } from './counters.ts'
import { LimitError } from './limit-error.ts'
import { createPacer } from './pacer.ts'
import type { Price } from './price.ts'
import { differenceOf, negative, priceOf } from './price.ts'
import type { Job } from './queue.ts'
import type { Budget, Cost, Instant, LimitKey, Milliseconds, Rules } from './rule.ts'
import { createLink } from './sharing/link.ts'
import type { LimiterStore } from './store.ts'

/** Who waits in front of whom while a rate is used up. */
export type Priority = 'interactive' | 'normal' | 'background'

/** Who asks. */
export interface AskOptions {
  /** Callers take turns by person, and each person gets the same cost through; pools are shared among them. Default: one for all. */
  readonly person?: string
  /** Default: `normal`. Every eighth grant goes to the lowest class that waits. */
  readonly priority?: Priority
}

/** How a caller of `acquire` waits. */
export interface AcquireOptions extends AskOptions {
  readonly cost?: Cost
  /** Ends the waiting; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Since 1970. A turn that cannot come before it is refused at once. */
  readonly deadline?: Instant
  /** What must stay in order within a person. Calls in another lane may overtake. Default: the first key. */
  readonly lane?: string
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

/** What became of a call: what its answer taught, and what it has cost in truth. */
export interface Outcome extends Lesson {
  /** What is left out is as it was reserved. */
  readonly cost?: Cost
}

/** A call under way. */
export interface Permit {
  /** Ends the call: gives back what it held, and puts its cost right. Only the first time counts. */
  readonly end: (outcome?: Outcome) => void
}

/** Keeps callers inside a rate. Keys go from the narrowest to the widest; all of them must admit, or none is charged. */
export interface Limiter {
  /**
   * Waits for a turn, fairly. Rejects with `LimitError` when the turn cannot come in time, or with the abort's reason. Rules
   * of the kind `concurrent` are passed over, since nobody says when the call ends: see `enter`.
   */
  readonly acquire: (keys: readonly LimitKey[], options?: AcquireOptions) => Promise<void>
  /** The same for a call that says when it ends. It has to, in a `finally`. */
  readonly enter: (keys: readonly LimitKey[], options?: AcquireOptions) => Promise<Permit>
  /** Decides at once, from what this process knows. */
  readonly take: (keys: readonly LimitKey[], cost?: Cost, options?: AskOptions) => Taken
  /** The same for a call that says when it ends: a permit, or the milliseconds to wait. */
  readonly tryEnter: (keys: readonly LimitKey[], cost?: Cost, options?: AskOptions) => Permit | Milliseconds
  /** The same as `take` without a result object: 0 when taken, else the milliseconds to wait. */
  readonly tryTake: (keys: LimitKey | readonly LimitKey[], cost?: Cost) => Milliseconds
  /**
   * Charges the difference between what was reserved and what it turned out to cost, in either direction. A unit that
   * is left out is not touched. A debt makes later calls wait.
   */
  readonly spent: (keys: readonly LimitKey[], cost: Cost) => void
  /** Tells the adaptive rules of a key how a call went. `heed` does it from the fields of an answer. */
  readonly learn: (key: LimitKey, lesson: Lesson) => void
  /** Holds everything back that names this key. The later of two pauses counts. */
  readonly pause: (key: LimitKey, milliseconds: Milliseconds) => void
  /** How each rule of a key stands, without charging it. */
  readonly budget: (key: LimitKey) => readonly Budget[]
  /** What became of the calls, by rule. */
  readonly counts: () => Readonly<Record<string, Readonly<PolicyCounts>>>
  /** Tells a shared store what it has not heard yet, and gives back what was leased. For a clean stop. */
  readonly flush: () => Promise<void>
}

/** What a limiter is made of. */
export interface LimiterOptions extends ClockOptions {
  readonly rules: Rules
  /**
   * Counters shared with other processes. `acquire` then asks it for every turn, all callers of one moment in one question,
   * so that together the processes stay exact. `take` decides here, tells the store within 200 ms, and learns from the
   * answer what others have spent: the surplus is what they spend between two answers. Default: this process alone.
   */
  readonly store?: LimiterStore
  /** How long the store may take to answer before it counts as away. Default: 50. */
  readonly patience?: Milliseconds
  /** How many processes share the store: while it is away, each grants its share of what is left. Default: 1. */
  readonly instances?: number
  /** Default: the process's own timer. */
  readonly sleep?: Sleep
  /** Keys remembered at a time. Beyond it, those whose budgets are whole go first. Default: 100,000. */
  readonly maxKeys?: number
  /** Calls that may wait at a time; more are refused. Default: 10,000. */
  readonly maxWaiting?: number
}

const ranks: Readonly<Record<Priority, number>> = { interactive: 0, normal: 1, background: 2 }
/** What a caller is told who waits for others to end: nobody knows when that will be. */
const guess: Milliseconds = 1000
/** Given to everybody who need not wait. */
const atOnce = Promise.resolve()
const nobody: AcquireOptions = {}

/** Makes a limiter. It holds no timer while nobody waits. */
export function createLimiter(options: LimiterOptions): Limiter {
  const { rules, store, sleep = timerSleep, maxKeys = 100_000, maxWaiting = 10_000 } = options
  const { instances = 1, patience = 50 } = options
  const clock = createClock(options)
  const { elapsed } = clock
  const isPinned = (row: number): boolean => pacer.isAwaited(row) || (link?.isOwed(row) ?? false)
  const books = createBooks({ rules, clock, maxKeys, instances, isPinned })
  const pacer = createPacer({ books, elapsed, alarm: createAlarm(sleep), maxWaiting })
  const isAwaited = (): boolean => !pacer.isEmpty()
  const link =
    store &&
    createLink({ store, books, clock, sleep, patience, instances, isAwaited, onBack: () => pacer.poke() })
  // Used again for every decision at once, so that one costs no memory. Nothing between filling and reading it can wait.
  const scratch = { keys: [] as readonly LimitKey[], rows: [] as number[] }
  const asker = { person: '', interactive: false, holding: false }

  function ask({ person = '', priority }: AskOptions, holding: boolean): void {
    asker.person = person
    asker.interactive = priority === 'interactive'
    asker.holding = holding
    books.ask(asker)
  }

  function scan(keys: readonly LimitKey[]): Entry {
    books.rowsOf(keys, scratch.rows)
    scratch.keys = keys
    return scratch
  }

  function takeHere(entry: Entry, price: Price): Milliseconds {
    const wait = books.take(entry, price)
    if (link && wait === 0) link.tell(entry, price)
    else if (wait > 0) link?.nudge(entry)
    return wait === untilEnd ? guess : wait
  }

  function tryTake(keys: LimitKey | readonly LimitKey[], cost?: Cost): Milliseconds {
    const key = typeof keys === 'string' ? keys : keys.length === 1 ? keys[0] : undefined
    if (key !== undefined && cost === undefined && !link) return books.takeOne(key)
    ask(nobody, false)
    const price = priceOf(cost)
    const entry = scan(typeof keys === 'string' ? [keys] : keys)
    const wait = takeHere(entry, price)
    if (wait > 0) books.refuse(entry, price)
    return wait
  }

  function permitOf(entry: Entry, price: Price): Permit {
    let ended = false
    return {
      end(outcome) {
        if (ended) return
        ended = true
        books.release(entry, price)
        if (outcome) conclude(entry, price, outcome)
        pacer.poke()
      },
    }
  }

  function conclude(entry: Entry, price: Price, { cost, ...lesson }: Outcome): void {
    if (cost !== undefined) {
      const { requests = price.requests, points = price.points } =
        typeof cost === 'number' ? { requests: cost, points: cost } : cost
      settle(entry, { requests: requests - price.requests, points: points - price.points })
    }
    for (const key of entry.keys) books.learn(key, lesson)
  }

  function settle(entry: Entry, price: Price): void {
    if (price.requests === 0 && price.points === 0) return
    books.settle(entry, price)
    link?.tell(entry, price)
    pacer.poke()
  }

  /** Whether it is one's turn at once. */
  function isTurn(entry: Entry, price: Price, wish: Wish): boolean {
    if (!pacer.isEmpty()) return false
    ask(wish.options, wish.holding)
    if (books.take(entry, price) === 0) return true
    link?.nudge(entry)
    return false
  }

  /** Waits for a turn by what is known here. */
  function queue(entry: Entry, price: Price, { options: { signal, ...wishes }, until, holding }: Wish): Promise<void> {
    return new Promise((resolve, reject) => {
      const { person = '', lane = entry.keys[0] ?? '', priority = 'normal' } = wishes
      const job: Job = {
        keys: entry.keys,
        rows: entry.rows,
        price,
        person,
        lane,
        rank: ranks[priority],
        interactive: priority === 'interactive',
        holding,
        deadline: until,
        cost: Math.max(1, price.requests, price.points),
        grant: () => resolve(),
        refuse: reject,
        done: false,
        next: undefined,
      }
      const refused = pacer.enqueue(job)
      if (refused) reject(refused)
    })
  }

  /** Asks the store once it is one's turn here, and waits again when it says so. */
  async function shared(entry: Entry, price: Price, { wish, wait }: Waiting): Promise<void> {
    const { signal } = wish
    for (let turnHere = wait; link; turnHere = turn(entry, price, wish)) {
      if (turnHere) await turnHere
      const asked = link.take(entry, price)
      const answer = asked === 0 ? asked : await asked
      if (answer === 0 && signal?.aborted) link.tell(entry, negative(price))
      else if (answer === 0) return
      else if (answer === 'away' && !isClosed(entry)) {
        link.tell(entry, price)
        return
      }
      books.settle(entry, negative(price))
      if (wish.holding) books.release(entry, price)
      if (typeof answer === 'object') answer.remember()
      pacer.poke()
      if (signal?.aborted) throw reasonOf(signal)
      ask(wish, wish.holding)
      if (answer === 'away') throw new LimitError('store', guess, books.refuse(entry, price))
      if (answer !== 0 && answer.wait === Infinity)
        throw new LimitError('never', Infinity, books.refuse(entry, price))
    }
  }

  /** Whether any rule refuses while the store is away. */
  const isClosed = ({ rows }: Entry): boolean =>
    rows.some((row) => books.table.plan(row).counters.some(({ shared: of, rule }) => of && rule.fail === 'closed'))

  return {
    tryTake,
    acquire(keys, wishes = nobody) {
      if (wishes.signal?.aborted) return Promise.reject(reasonOf(wishes.signal))
      return begin(keys, wishes, false).wait ?? atOnce
    },
    enter(keys, wishes = nobody) {
      if (wishes.signal?.aborted) return Promise.reject(reasonOf(wishes.signal))
      const { entry, price, wait } = begin(keys, wishes, true)
      return wait ? wait.then(() => permitOf(entry, price)) : Promise.resolve(permitOf(entry, price))
    },
    take(keys, cost, who = nobody) {
      ask(who, false)
      const price = priceOf(cost)
      const entry = scan(keys)
      const wait = takeHere(entry, price)
      if (wait === 0) return { ok: true, budgets: keys.flatMap(books.budgets) }
      const violated = books.refuse(entry, price)
      return { ok: false, retryAfterMs: wait, violated, budgets: keys.flatMap(books.budgets) }
    },
    tryEnter(keys, cost, who = nobody) {
      ask(who, true)
      const price = priceOf(cost)
      const entry: Entry = { keys, rows: books.rowsOf(keys) }
      const wait = takeHere(entry, price)
      if (wait === 0) return permitOf(entry, price)
      books.refuse(entry, price)
      return wait
    },
    spent: (keys, cost) => settle({ keys, rows: books.rowsOf(keys) }, differenceOf(cost)),
    learn(key, lesson) {
      books.learn(key, lesson)
      pacer.poke()
    },
    pause(key, milliseconds) {
      if (!(milliseconds > 0 && milliseconds < Infinity)) return
      books.pause(key, milliseconds)
      link?.pause(key, milliseconds)
    },
    budget: books.budgets,
    counts: books.counts,
    flush: async () => link?.flush(),
  }
}

/** Wishes with a deadline on the elapsed clock. */
interface Wish extends Omit<AcquireOptions, 'deadline' | 'cost'> {
  readonly until: Milliseconds
  readonly holding: boolean
}

const plainWish: Wish = { until: Infinity, holding: false }

interface Waiting {
  readonly wish: Wish
  readonly wait: Promise<void> | undefined
}

interface Begun {
  readonly entry: Entry
  readonly price: Price
  readonly wait: Promise<void> | undefined
}

function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason
  return reason instanceof Error ? reason : new Error('The call was aborted.', { cause: reason })
}
