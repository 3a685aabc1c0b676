import type { Alarm } from './alarm.ts'
import type { Account, Books, Price } from './books.ts'
import { createFifo } from './fifo.ts'
import type { Fifo } from './fifo.ts'
import { createHeap } from './heap.ts'
import { LimitError } from './limit-error.ts'
import type { Priority } from './limiter.ts'
import type { Milliseconds } from './rule.ts'

/** A call that waits for its turn. */
interface Job {
  readonly accounts: readonly Account[]
  readonly price: Price
  readonly person: string
  readonly lane: string
  readonly priority: Priority
  /** On the elapsed clock; `Infinity` when it waits as long as it takes. */
  readonly deadline: Milliseconds
  readonly grant: () => void
  readonly refuse: (error: LimitError) => void
}

/** Lets calls through in turn. */
export interface Pacer {
  /** Queues a job. What it returns takes the job out again, if it is still there. */
  readonly enqueue: (job: Job) => () => void
  readonly isEmpty: () => boolean
  /** Looks again soon: something was given back. */
  readonly poke: () => void
}

/** What the pacer works with. */
export interface PacerOptions {
  readonly books: Books
  readonly elapsed: () => Milliseconds
  readonly alarm: Alarm
  /** Jobs that may wait at a time. */
  readonly maxWaiting: number
}

interface Waiting extends Job {
  readonly cost: number
  done: boolean
}

interface Person {
  readonly name: string
  readonly lanes: Map<string, Fifo<Waiting>>
  credit: number
  inTurn: boolean
}

/** The persons of one priority, in the order of their turns. */
interface Ring {
  persons: Person[]
  readonly byName: Map<string, Person>
  /** A turn's credit: the largest cost seen here, so that every turn can start something. */
  quantum: number
}

function createRing(): Ring {
  return { persons: [], byName: new Map(), quantum: 1 }
}

const classes: readonly Priority[] = ['interactive', 'normal', 'background']

/**
 * Deficit round robin: persons take turns, and each turn is worth the same cost. A turn ends when its credit is spent,
 * not when a gate is shut, and until then nobody overtakes at that gate: otherwise cheap calls would starve dear ones.
 */
export function createPacer({ books, elapsed, alarm, maxWaiting }: PacerOptions): Pacer {
  const rings: Readonly<Record<Priority, Ring>> = {
    interactive: createRing(),
    normal: createRing(),
    background: createRing(),
  }
  const deadlines = createHeap<Waiting>(({ deadline }) => deadline)
  let waiting = 0
  let grants = 0
  let round = 0
  let soonest = Infinity
  let wakeAt = -Infinity
  let poked = false

  function finish(job: Waiting): void {
    job.done = true
    waiting -= 1
    for (const account of job.accounts) account.waiting -= 1
  }

  function refuse(job: Waiting, wait: Milliseconds): void {
    finish(job)
    const code = wait === Infinity ? 'never' : 'late'
    job.refuse(new LimitError(code, wait, books.violated(job.accounts, job.price)))
  }

  function refuseLate(now: Milliseconds): void {
    for (let job = deadlines.peek(); job && (job.done || job.deadline <= now); job = deadlines.peek()) {
      deadlines.pop()
      if (!job.done) refuse(job, Math.max(1, books.wait(job.accounts, job.accounts.length, job.price)))
    }
  }

  /** Starts what the job at the head of a lane allows. */
  function advance(lane: Fifo<Waiting>, person: Person, now: Milliseconds): 'empty' | 'shut' | 'spent' {
    for (let job = lane.peek(); job; job = lane.peek()) {
      if (!job.done) {
        if (job.cost > person.credit) return 'spent'
        if (job.accounts.some(({ claimed }) => claimed === round)) return 'shut'
        const wait = books.take(job.accounts, job.accounts.length, job.price)
        if (wait > 0 && now + wait <= job.deadline) {
          if (wait < soonest) soonest = wait
          for (const account of job.accounts) {
            if (books.waitAt(account, job.price) > 0) account.claimed = round
          }
          return 'shut'
        }
        if (wait > 0) refuse(job, wait)
        else {
          person.credit -= job.cost
          grants += 1
          finish(job)
          job.grant()
        }
      }
      lane.shift()
    }
    return 'empty'
  }

  /** Gives a person what the turn allows. Answers whether the turn is over. */
  function visit(ring: Ring, person: Person, now: Milliseconds): boolean {
    if (!person.inTurn) {
      person.inTurn = true
      person.credit = Math.min(person.credit + ring.quantum, 2 * ring.quantum)
    }
    let spent = false
    for (const [name, lane] of Array.from(person.lanes)) {
      const before = grants
      const state = advance(lane, person, now)
      // A lane that got something comes last the next time, or goes when nothing is left in it.
      if (state === 'empty' || grants > before) person.lanes.delete(name)
      if (state !== 'empty') person.lanes.set(name, lane)
      if (state === 'spent') spent = true
    }
    if (person.lanes.size === 0) ring.byName.delete(person.name)
    if (spent || person.lanes.size === 0) person.inTurn = false
    return !person.inTurn
  }

  function pump(): void {
    poked = false
    const now = elapsed()
    refuseLate(now)
    round += 1
    soonest = Infinity
    const order = grants % 8 === 7 ? classes.toReversed() : classes
    for (const name of order) {
      const ring = rings[name]
      const held: Person[] = []
      // A person whose turn is over goes to the end, and comes again in this round while there is anything to spend.
      for (let queue = ring.persons; queue.length > 0; queue = ring.persons) {
        ring.persons = []
        for (const person of queue) {
          const over = visit(ring, person, now)
          if (person.lanes.size === 0) continue
          if (over) ring.persons.push(person)
          else held.push(person)
        }
      }
      ring.persons = held
      if (held.length === 0) ring.quantum = 1
    }
    if (waiting === 0) alarm.cancel()
    else {
      wakeAt = Math.min(now + soonest, deadlines.peek()?.deadline ?? Infinity)
      alarm.set(wakeAt - now, pump)
    }
  }

  function poke(): void {
    if (poked || waiting === 0) return
    poked = true
    queueMicrotask(pump)
  }

  return {
    isEmpty: () => waiting === 0,
    poke,
    enqueue(job) {
      const wait = books.wait(job.accounts, job.accounts.length, job.price)
      const violated = (): readonly string[] => books.violated(job.accounts, job.price)
      if (wait === Infinity) throw new LimitError('never', Infinity, violated())
      if (elapsed() + wait > job.deadline) throw new LimitError('late', wait, violated())
      if (waiting >= maxWaiting) throw new LimitError('full', Math.max(wait, 1), violated())
      const cost = Math.max(1, job.price.requests, job.price.points)
      const entry: Waiting = { ...job, cost, done: false }
      const ring = rings[job.priority]
      ring.quantum = Math.max(ring.quantum, cost)
      const person = ring.byName.get(job.person) ?? {
        name: job.person,
        lanes: new Map<string, Fifo<Waiting>>(),
        credit: 0,
        inTurn: false,
      }
      if (!ring.byName.has(job.person)) {
        ring.byName.set(job.person, person)
        ring.persons.push(person)
      }
      const lane = person.lanes.get(job.lane) ?? createFifo<Waiting>()
      lane.push(entry)
      person.lanes.set(job.lane, lane)
      if (job.deadline < Infinity) deadlines.push(entry)
      for (const account of job.accounts) account.waiting += 1
      waiting += 1
      // Behind a shut gate the alarm is set already, and will do.
      if (wait === 0 || waiting === 1 || elapsed() + wait < wakeAt || job.deadline < wakeAt) poke()
      return () => {
        if (entry.done) return
        finish(entry)
        poke()
      }
    },
  }
}
