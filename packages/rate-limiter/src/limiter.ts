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
export type Taken = { readonly ok: true; readonly budgets: readonly Budget[] } | Refusal

/** A call that is not admitted. Nothing has been charged. */
export interface Refusal {
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
  readonly ok: true
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
  /** The same for a call that says when it ends. */
  readonly tryEnter: (keys: readonly LimitKey[], cost?: Cost, options?: AskOptions) => Permit | Refusal
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
  /** From 0 to 1, for moments that processes should not share. Default: `Math.random`. */
  readonly random?: () => number
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
  const { instances = 1, patience = 50, random = Math.random } = options
  const clock = createClock(options)
  const { elapsed } = clock
  const isPinned = (row: number): boolean => pacer.isAwaited(row) || (link?.isOwed(row) ?? false)
  const books = createBooks({ rules, clock, maxKeys, instances, isPinned })
  const pacer = createPacer({ books, elapsed, alarm: createAlarm(sleep), maxWaiting })
  const isAwaited = (): boolean => !pacer.isEmpty()
  const link =
    store &&
    createLink({
      store,
      books,
      clock,
      sleep,
      patience,
      instances,
      random,
      isAwaited,
      onBack: () => pacer.poke(),
    })
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

  function refusal(entry: Entry, price: Price, retryAfterMs: Milliseconds): Refusal {
    const violated = books.refuse(entry, price)
    return { ok: false, retryAfterMs, violated, budgets: entry.keys.flatMap(books.budgets) }
  }

  function permitOf(entry: Entry, price: Price): Permit {
    let ended = false
    return {
      ok: true,
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

  function callOf(keys: readonly LimitKey[], wishes: AcquireOptions, holding: boolean): Call {
    const { cost, deadline } = wishes
    const until = deadline === undefined ? Infinity : elapsed() + deadline - clock.wall()
    return { keys, rows: books.rowsOf(keys), price: priceOf(cost), options: wishes, until, holding }
  }

  /** Whether it is one's turn at once. */
  function isTurn(call: Call): boolean {
    if (!pacer.isEmpty()) return false
    ask(call.options, call.holding)
    if (books.take(call, call.price) === 0) return true
    link?.nudge(call)
    return false
  }

  /** Waits for a turn by what is known here. */
  function queue<Value>(call: Call, give: () => Value, again = false): Promise<Value> {
    return new Promise((resolve, reject) => {
      const { keys, rows, price, until, holding } = call
      const { signal, person = '', lane = keys[0] ?? '', priority = 'normal' } = call.options
      const job: Job = {
        keys,
        rows,
        price,
        person,
        lane,
        rank: ranks[priority],
        interactive: priority === 'interactive',
        holding,
        again,
        deadline: until,
        cost: Math.max(1, price.requests, price.points),
        grant: () => resolve(give()),
        refuse: reject,
        done: false,
        next: undefined,
      }
      const refused = pacer.enqueue(signal ? leavable(job, signal) : job)
      if (refused) reject(refused)
    })
  }

  /** A job that leaves the queue when the signal says so. */
  function leavable(job: Job, signal: AbortSignal): Job {
    const abort = (): void => {
      pacer.leave(mine)
      job.refuse(reasonOf(signal))
    }
    const mine: Job = {
      ...job,
      grant() {
        signal.removeEventListener('abort', abort)
        job.grant()
      },
      refuse(error) {
        signal.removeEventListener('abort', abort)
        job.refuse(error)
      },
    }
    signal.addEventListener('abort', abort, { once: true })
    return mine
  }

  /** Asks the store once it is one's turn here, and waits again when it says so. */
  async function shared<Value>(call: Call, give: () => Value): Promise<Value> {
    const { price, options: wishes, holding } = call
    const { signal } = wishes
    for (let again = false; ; again = true) {
      if (!isTurn(call)) await queue(call, nothing, again)
      const asked = link?.take(call, price) ?? 0
      const answer = asked === 0 ? asked : await asked
      if (answer === 0 && signal?.aborted) link?.tell(call, negative(price))
      else if (answer === 0) return give()
      else if (answer === 'away' && !isClosed(call)) {
        link?.tell(call, price)
        return give()
      }
      books.settle(call, negative(price))
      if (holding) books.release(call, price)
      if (typeof answer === 'object') answer.remember()
      pacer.poke()
      if (signal?.aborted) throw reasonOf(signal)
      ask(wishes, holding)
      if (answer === 'away') throw new LimitError('store', guess, books.refuse(call, price))
      if (answer !== 0 && answer.wait === Infinity) {
        throw new LimitError('never', Infinity, books.refuse(call, price))
      }
    }
  }

  /** Whether any rule refuses while the store is away. */
  const isClosed = ({ rows }: Entry): boolean =>
    rows.some((row) =>
      books.table.plan(row).counters.some(({ shared: of, rule }) => of && rule.fail === 'closed'),
    )

  return {
    tryTake,
    acquire(keys, wishes = nobody) {
      if (wishes.signal?.aborted) return Promise.reject(reasonOf(wishes.signal))
      const call = callOf(keys, wishes, false)
      if (link) return shared(call, nothing)
      return isTurn(call) ? atOnce : queue(call, nothing)
    },
    enter(keys, wishes = nobody) {
      if (wishes.signal?.aborted) return Promise.reject(reasonOf(wishes.signal))
      const call = callOf(keys, wishes, true)
      const give = (): Permit => permitOf(call, call.price)
      if (link) return shared(call, give)
      return isTurn(call) ? Promise.resolve(give()) : queue(call, give)
    },
    take(keys, cost, who = nobody) {
      ask(who, false)
      const price = priceOf(cost)
      const entry = scan(keys)
      const wait = takeHere(entry, price)
      return wait === 0 ? { ok: true, budgets: keys.flatMap(books.budgets) } : refusal(entry, price, wait)
    },
    tryEnter(keys, cost, who = nobody) {
      ask(who, true)
      const price = priceOf(cost)
      const entry: Entry = { keys, rows: books.rowsOf(keys) }
      const wait = takeHere(entry, price)
      return wait === 0 ? permitOf(entry, price) : refusal(entry, price, wait)
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

/** One call of `acquire` or `enter`, with a deadline on the elapsed clock. */
interface Call extends Entry {
  readonly price: Price
  readonly options: AcquireOptions
  readonly until: Milliseconds
  readonly holding: boolean
}

const nothing = (): void => {}

function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason
  return reason instanceof Error ? reason : new Error('The call was aborted.', { cause: reason })
}
