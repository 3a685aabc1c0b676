import type { Alarm } from './alarm.ts'
import { untilEnd } from './algorithms/page.ts'
import type { Books } from './books.ts'
import { createHeap } from './heap.ts'
import { LimitError } from './limit-error.ts'
import { append, createRing, enter, prune, unlink } from './queue.ts'
import type { Job, Lane, Person, Ring } from './queue.ts'
import type { Milliseconds } from './rule.ts'

/** Lets calls through in turn. */
export interface Pacer {
  /** Queues a job, unless there is a reason not to. */
  readonly enqueue: (job: Job) => LimitError | undefined
  /** Takes a job out, if it is still there. */
  readonly leave: (job: Job) => void
  readonly isEmpty: () => boolean
  /** Looks again soon: something was given back. */
  readonly poke: () => void
  /** Whether somebody waits for a row. */
  readonly isAwaited: (row: number) => boolean
}

/** What the pacer works with. */
export interface PacerOptions {
  readonly books: Books
  readonly elapsed: () => Milliseconds
  readonly alarm: Alarm
  /** Jobs that may wait at a time. */
  readonly maxWaiting: number
}

/**
 * Deficit round robin: persons take turns, and each turn is worth the same cost. A turn ends when its credit is spent,
 * not when a gate is shut, and until then nobody overtakes at that gate: otherwise cheap calls would starve dear ones.
 */
export function createPacer({ books, elapsed, alarm, maxWaiting }: PacerOptions): Pacer {
  const rings: readonly Ring[] = [createRing(), createRing(), createRing()]
  const reversed = rings.toReversed()
  const deadlines = createHeap<Job>(({ deadline }) => deadline)
  /** By row: how many wait for it, and the round in which a caller whose turn it was found it shut. */
  let behind = new Int32Array(0)
  let claimed = new Int32Array(0)
  let waiting = 0
  let grants = 0
  let round = 0
  let soonest = Infinity
  let ringsAt = Infinity
  let poked = false
  /** Jobs that have left, and stand in their lanes still. */
  let gone = 0
  /** Nobody can pass: all wait for one row, and it is shut. */
  let stuck = false
  let stuckAt = -1

  const isEmpty = (): boolean => waiting === 0
  const isStuck = (): boolean => stuck

  function finish(job: Job): void {
    job.done = true
    waiting -= 1
    const ring = rings[job.rank]
    if (ring) ring.waiting -= 1
    for (let index = 0; index < job.rows.length; index += 1) {
      const row = job.rows[index] ?? 0
      behind[row] = (behind[row] ?? 1) - 1
    }
  }

  function refuse(job: Job, wait: Milliseconds): void {
    finish(job)
    books.ask(job)
    const code = wait === Infinity ? 'never' : 'late'
    job.refuse(new LimitError(code, wait, books.refuse(job, job.price)))
  }

  function refuseLate(now: Milliseconds): void {
    for (let job = deadlines.peek(); job && (job.done || job.deadline <= now); job = deadlines.peek()) {
      deadlines.pop()
      if (job.done) continue
      books.ask(job)
      refuse(job, Math.max(1, books.wait(job, job.price)))
    }
  }

  function isClaimed(rows: readonly number[]): boolean {
    for (let index = 0; index < rows.length; index += 1) {
      if (claimed[rows[index] ?? 0] === round) return true
    }
    return false
  }

  function claim(job: Job): void {
    for (let index = 0; index < job.rows.length; index += 1) {
      if (books.waitAt(job, index, job.price) === 0) continue
      const row = job.rows[index] ?? 0
      claimed[row] = round
      if (behind[row] !== waiting) continue
      stuck = true
      stuckAt = row
    }
  }

  /** Starts what the job at the head of a lane allows. */
  function advance(lane: Lane, person: Person, now: Milliseconds): 'empty' | 'shut' | 'spent' | 'turned' {
    for (let job = lane.head; job; job = lane.head) {
      if (!job.done) {
        if (job.cost > person.credit) return 'spent'
        if (isClaimed(job.rows)) return 'shut'
        books.ask(job)
        const wait = books.takeNow(job, job.price)
        if (wait > 0 && (wait === untilEnd || now + wait <= job.deadline)) {
          if (wait > untilEnd && wait < soonest) soonest = wait
          claim(job)
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
      lane.head = job.next
      if (lane.head === undefined) lane.tail = undefined
      // Another class may come next.
      else if ((grants & 7) === 7 || (grants & 7) === 0) return 'turned'
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
    let before: Lane | undefined
    const { last } = person
    for (let lane = person.first; lane && !isStuck();) {
      const { next } = lane
      const granted = grants
      const state = advance(lane, person, now)
      if (state === 'spent') spent = true
      // A lane that got something comes last the next time, or goes when nothing is left in it.
      if (state === 'empty' || grants > granted) unlink(person, lane, before)
      else before = lane
      if (state !== 'empty' && grants > granted) append(person, lane)
      if (state === 'turned' || lane === last) break
      lane = next
    }
    if (spent || person.first === undefined) person.inTurn = false
    return !person.inTurn
  }

  /** Whether the next grant belongs to this class: every eighth to the lowest that waits, the others to the highest. */
  const isNext = (ring: Ring): boolean =>
    ring.waiting === waiting || ring === order().find((each) => each.waiting > 0)

  const order = (): readonly Ring[] => ((grants & 7) === 7 ? reversed : rings)

  /** Serves one class, until all of it is held or it is another's turn. */
  function serve(ring: Ring, now: Milliseconds): 'served' | 'turned' {
    let before: Person | undefined
    for (let person = ring.first; person && !isStuck();) {
      const granted = grants
      const over = visit(ring, person, now)
      if (person.first === undefined) {
        unlink(ring, person, before)
        ring.byName.delete(person.name)
      } else if (over) {
        // Comes again in this round while there is anything to spend.
        unlink(ring, person, before)
        append(ring, person)
      } else if (grants === granted) before = person
      if (grants > granted && !isNext(ring)) return 'turned'
      person = before ? before.next : ring.first
    }
    if (ring.waiting === 0) ring.quantum = 1
    return 'served'
  }

  function pump(): void {
    poked = false
    books.tick()
    const { now } = books.page
    refuseLate(now)
    round += 1
    soonest = Infinity
    stuck = false
    stuckAt = -1
    for (let turned = true; turned && !isEmpty();) {
      turned = false
      for (const ring of order()) {
        if (ring.first === undefined || stuck) continue
        turned = serve(ring, now) === 'turned'
        if (turned) break
      }
    }
    setAlarm(now)
  }

  /** An alarm that rings too early is left alone: it costs less than another. */
  function setAlarm(now: Milliseconds): void {
    const at = waiting === 0 ? Infinity : Math.min(now + soonest, nextDeadline())
    if (at >= ringsAt && waiting > 0) return
    if (ringsAt < Infinity) alarm.cancel()
    ringsAt = at
    if (at < Infinity) alarm.set(at - now, wake)
  }

  function nextDeadline(): Milliseconds {
    for (let job = deadlines.peek(); job?.done; job = deadlines.peek()) deadlines.pop()
    return deadlines.peek()?.deadline ?? Infinity
  }

  function wake(): void {
    ringsAt = Infinity
    pump()
  }

  function poke(): void {
    if (poked || waiting === 0) return
    poked = true
    queueMicrotask(pump)
  }

  /** Columns beside the cells, made when somebody has to wait for the first time. */
  function widen(): void {
    const size = books.table.capacity()
    if (behind.length >= size) return
    const [wider, longer] = [new Int32Array(size), new Int32Array(size)]
    wider.set(behind)
    longer.set(claimed)
    behind = wider
    claimed = longer
  }

  /** Why a job need not wait: its turn can never come, or not in time, or too many wait. */
  function whyNot(job: Job): LimitError | undefined {
    const { price, deadline } = job
    const isPlain = price.requests === 1 && price.points === 1 && deadline === Infinity
    if (isPlain && waiting > 0 && waiting < maxWaiting) return undefined
    books.ask(job)
    const wait = books.wait(job, price)
    const isLate = wait > untilEnd && books.page.now + wait > deadline
    const why = wait === Infinity ? 'never' : isLate ? 'late' : waiting >= maxWaiting ? 'full' : undefined
    return why && new LimitError(why, Math.max(wait, 1), books.refuse(job, price))
  }

  return {
    isEmpty,
    isAwaited: (row) => waiting > 0 && (behind[row] ?? 0) > 0,
    poke,
    enqueue(job) {
      const why = whyNot(job)
      if (why) return why
      widen()
      const ring = rings[job.rank]
      if (ring) enter(ring, job)
      if (job.deadline < Infinity) {
        if (deadlines.size() > 2 * waiting + 1000) deadlines.keep(({ done }) => !done)
        deadlines.push(job)
      }
      for (let index = 0; index < job.rows.length; index += 1) {
        const row = job.rows[index] ?? 0
        behind[row] = (behind[row] ?? 0) + 1
      }
      waiting += 1
      // Behind the row for which all wait, whatever opens it wakes this one too.
      if (waiting === 1 || job.deadline < ringsAt || !job.rows.includes(stuckAt)) poke()
      return undefined
    },
    leave(job) {
      if (job.done) return
      finish(job)
      gone += 1
      if (gone > waiting + 1000) {
        for (const each of rings) prune(each)
        gone = 0
      }
      if (waiting > 0) poke()
      else setAlarm(elapsed())
    },
  }
}
