import type { Entry } from './books.ts'
import type { Price } from './price.ts'
import type { Milliseconds } from './rule.ts'

/** A call that waits for its turn. */
export interface Job extends Entry {
  readonly price: Price
  readonly person: string
  readonly lane: string
  /** 0 before 1 before 2. */
  readonly rank: number
  readonly interactive: boolean
  readonly holding: boolean
  /** It had its turn, and the store sent it back: it comes first again. */
  readonly again: boolean
  /** On the elapsed clock; `Infinity` when it waits as long as it takes. */
  readonly deadline: Milliseconds
  /** What it takes of a turn's credit. */
  readonly cost: number
  readonly grant: () => void
  readonly refuse: (error: Error) => void
  done: boolean
  next: Job | undefined
}

/** A person's calls that stay in order among themselves. */
export interface Lane {
  readonly name: string
  head: Job | undefined
  tail: Job | undefined
  next: Lane | undefined
}

/** Whose turn it can be. */
export interface Person {
  readonly name: string
  first: Lane | undefined
  last: Lane | undefined
  credit: number
  inTurn: boolean
  next: Person | undefined
}

/** The persons of one class, in the order of their turns. */
export interface Ring {
  readonly byName: Map<string, Person>
  first: Person | undefined
  last: Person | undefined
  /** A turn's credit: the largest cost seen here, so that every turn can start something. */
  quantum: number
  waiting: number
}

/** An empty ring. */
export function createRing(): Ring {
  return { byName: new Map(), first: undefined, last: undefined, quantum: 1, waiting: 0 }
}

/** A list that is linked through its members. */
interface List<Item> {
  first: Item | undefined
  last: Item | undefined
}

/** Puts an item at the end. */
export function append<Item extends { next: Item | undefined }>(list: List<Item>, item: Item): void {
  item.next = undefined
  if (list.last) list.last.next = item
  else list.first = item
  list.last = item
}

/** Takes out the item behind `before`, or the first. */
export function unlink<Item extends { next: Item | undefined }>(
  list: List<Item>,
  item: Item,
  before: Item | undefined,
): void {
  if (before) before.next = item.next
  else list.first = item.next
  if (list.last === item) list.last = before
  item.next = undefined
}

/** Puts an item in front. */
function prepend<Item extends { next: Item | undefined }>(list: List<Item>, item: Item): void {
  item.next = list.first
  list.first = item
  list.last ??= item
}

/** Puts a job at the end of its lane, or in front of all when it had its turn already. */
export function enter(ring: Ring, job: Job): void {
  let person = ring.byName.get(job.person)
  if (person === undefined) {
    person = {
      name: job.person,
      first: undefined,
      last: undefined,
      credit: 0,
      inTurn: false,
      next: undefined,
    }
    ring.byName.set(job.person, person)
    if (job.again) prepend(ring, person)
    else append(ring, person)
  }
  if (job.again) {
    // What the turn cost is given back.
    person.inTurn = true
    person.credit += job.cost
  }
  let lane = person.first
  while (lane && lane.name !== job.lane) lane = lane.next
  if (lane === undefined) {
    lane = { name: job.lane, head: undefined, tail: undefined, next: undefined }
    append(person, lane)
  }
  if (job.again) {
    job.next = lane.head
    lane.head = job
    lane.tail ??= job
  } else {
    if (lane.tail) lane.tail.next = job
    else lane.head = job
    lane.tail = job
  }
  if (job.cost > ring.quantum) ring.quantum = job.cost
  ring.waiting += 1
}

/** Forgets jobs that are done with, wherever they stand. */
export function prune(ring: Ring): void {
  for (let person = ring.first; person; person = person.next) {
    for (let lane = person.first; lane; lane = lane.next) {
      let before: Job | undefined
      for (let job = lane.head; job; job = job.next) {
        if (!job.done) before = job
        else if (before) before.next = job.next
        else lane.head = job.next
      }
      lane.tail = before
    }
  }
}
