import type { Sleep } from '../alarm.ts'
import type { Books, Entry } from '../books.ts'
import type { Clock } from '../clock.ts'
import type { Counter } from '../counters.ts'
import type { Price } from '../price.ts'
import type { LimitKey, Milliseconds } from '../rule.ts'
import type { Charge, LimiterStore } from '../store.ts'
import { createBatch } from './batch.ts'
import type { Answer, Asked, Place } from './gates.ts'
import { anyPause, gateOf, hear, hold, pauseGate } from './gates.ts'
import { createLeases } from './lease.ts'
import { createLine, respite } from './line.ts'

/** What limiter and store say to each other. */
export interface Link {
  /** Asks for all of them, or none. `away`: there was no answer in time. */
  readonly take: (entry: Entry, price: Price) => 0 | Promise<Answer>
  /** Tells the store, within 200 ms, what was decided here. */
  readonly tell: (entry: Entry, price: Price) => void
  readonly pause: (key: LimitKey, milliseconds: Milliseconds) => void
  /** While the store is away: asks whether it is back, when it is time to. */
  readonly nudge: (entry: Entry) => void
  /** Whether something is still to be told of a row. */
  readonly isOwed: (row: number) => boolean
  /** Tells what has not been told yet, and gives back what is held. */
  readonly flush: () => Promise<void>
}

/** What a link works with. */
export interface LinkOptions {
  readonly store: LimiterStore
  readonly books: Books
  readonly clock: Clock
  readonly sleep: Sleep
  readonly patience: Milliseconds
  readonly instances: number
  readonly random: () => number
  /** Whether somebody waits for a turn. */
  readonly isAwaited: () => boolean
  /** Called when the store is back. */
  readonly onBack: () => void
}

/** Units of a counter that is leased. */
interface Leased {
  readonly place: Place
  readonly cost: number
}

/** How long a decision may stay here before others hear of it. */
const lag: Milliseconds = 200
const none: readonly Leased[] = []
/** How often what was leased and not used is looked for. */
const lookEvery: Milliseconds = 1000
/** Charges in one question. */
const most = 256

/** Connects a limiter to its store. */
export function createLink(options: LinkOptions): Link {
  const { store, books, clock, sleep, patience, instances, random } = options
  const { page, table } = books
  const line = createLine({ elapsed: clock.elapsed, sleep, patience, onChange: changed })
  const spread = (): number => (instances - 1) * random()
  const ask = (charges: readonly Charge[]): Promise<readonly Milliseconds[] | 'away'> =>
    line.ask(() => store.take(charges, clock.wall()))
  const batch = createBatch(ask)
  const leases = createLeases({
    page,
    tick: books.tick,
    elapsed: clock.elapsed,
    instances,
    take: batch.take,
    spread,
    onPause: ({ key }, wait) => books.pause(key, wait),
  })
  /** Units to be told, beside the cells, and whose they are. */
  let owed = new Float64Array(0)
  let told = new Map<number, LimitKey>()
  let scheduled = false
  let probing = false
  /** Until then some key is paused, as far as is known. */
  let pausedUntil: Milliseconds = -Infinity

  function changed(away: boolean): void {
    books.setAway(away)
    if (!away) options.onBack()
  }

  function later(milliseconds: Milliseconds, then: () => void): void {
    sleep(milliseconds, {}).then(then, then)
  }

  function schedule(): void {
    if (scheduled) return
    scheduled = true
    later(lag, () => void flushOwed())
  }

  /** Those who wait for the store would wait forever if nobody asked. */
  function probeLater(): void {
    if (probing) return
    probing = true
    later(respite, () => {
      probing = false
      void flushOwed()
    })
  }

  const sharedOf = (row: number): readonly Counter[] => table.plan(row).shared

  function mark({ keys, rows }: Entry): void {
    if (owed.length < table.capacity()) {
      const wider = new Float64Array(table.capacity())
      wider.set(owed)
      owed = wider
    }
    for (let index = 0; index < rows.length; index += 1) {
      const [row, key] = [rows[index], keys[index]]
      if (row !== undefined && key !== undefined && !told.has(row)) told.set(row, key)
    }
  }

  async function flushOwed(): Promise<void> {
    scheduled = false
    const asked: Asked[] = []
    const all = told
    told = new Map()
    for (const [row, key] of all) {
      for (const counter of sharedOf(row)) {
        const place = { key, row, counter }
        asked.push({ place, charge: { gate: gateOf(place, page), cost: owed[row + counter.offset] ?? 0 } })
        owed[row + counter.offset] = 0
      }
      asked.push({ place: { key }, charge: { gate: pauseGate(key), cost: 0 } })
    }
    for (let from = 0; from < asked.length; from += most) await tellSome(asked.slice(from, from + most))
  }

  async function tellSome(some: readonly Asked[]): Promise<void> {
    const levels = await line.ask(() =>
      store.settle(
        some.map(({ charge }) => charge),
        clock.wall(),
      ),
    )
    if (levels === 'away') {
      // Told with the next charge: a store that stays away must not keep the process alive.
      for (const { place, charge } of some) {
        if (place.row === undefined || place.counter === undefined) continue
        owed[place.row + place.counter.offset] = (owed[place.row + place.counter.offset] ?? 0) + charge.cost
        told.set(place.row, place.key)
      }
      if (options.isAwaited()) probeLater()
      return
    }
    books.tick()
    for (const [index, { place }] of some.entries()) {
      const { key, row, counter } = place
      const level = levels[index] ?? 0
      if (row !== undefined && counter) hear({ key, row, counter }, page, level)
      else if (level > page.wall) books.pause(key, level - page.wall)
    }
  }

  async function collect(): Promise<void> {
    const charges = leases.collect(false)
    if (charges.length > 0) await line.ask(() => store.settle(charges, clock.wall()))
    if (!leases.isEmpty()) later(lookEvery, () => void collect())
  }

  function askedOf({ keys, rows }: Entry, price: Price): readonly Asked[] {
    const asked: Asked[] = []
    const isWatchful = clock.elapsed() < pausedUntil
    let needsPauses = false
    for (let index = 0; index < keys.length; index += 1) {
      const [key, row] = [keys[index], rows[index] ?? 0]
      const { shared, leased } = table.plan(row)
      // Leases hear of pauses with each lot.
      if (key === undefined || (leased.length > 0 && leased.length === shared.length)) continue
      needsPauses = true
      if (isWatchful) asked.push({ place: { key }, charge: { gate: pauseGate(key), cost: 0 } })
      for (const counter of shared) {
        if (counter.rule.lease) continue
        const place = { key, row, counter }
        const cost = counter.points ? price.points : price.requests
        asked.push({ place, charge: { gate: gateOf(place, page), cost } })
      }
    }
    if (needsPauses && !isWatchful)
      asked.push({ place: { key: anyPause }, charge: { gate: pauseGate(anyPause), cost: 0 } })
    return asked
  }

  function remember(asked: readonly Asked[], waits: readonly Milliseconds[]): void {
    books.tick()
    for (const [index, each] of asked.entries()) {
      const wait = waits[index] ?? 0
      if (each.place.counter) hold(each, page, { wait, spread: spread() })
      else if (wait > 0) books.pause(each.place.key, wait)
    }
  }

  async function takeExact(entry: Entry, price: Price): Promise<Answer> {
    const asked = askedOf(entry, price)
    if (asked.length === 0) return 0
    const waits = await batch.take(asked.map(({ charge }) => charge))
    if (waits === 'away') return waits
    const paused = asked.findIndex(({ place }) => place.key === anyPause)
    const pausedFor = waits[paused] ?? 0
    if (pausedFor > 0) {
      pausedUntil = Math.max(pausedUntil, clock.elapsed() + pausedFor)
      return takeExact(entry, price)
    }
    const wait = Math.max(0, ...waits)
    return wait === 0 ? 0 : { wait, remember: () => remember(asked, waits) }
  }

  function leasedOf({ keys, rows }: Entry, price: Price): readonly Leased[] {
    let found: Leased[] | undefined
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index] ?? 0
      const key = keys[index]
      for (const counter of table.plan(row).leased) {
        if (key === undefined) continue
        found ??= []
        found.push({ place: { key, row, counter }, cost: counter.points ? price.points : price.requests })
      }
    }
    return found ?? none
  }

  const isAllLeased = ({ rows }: Entry): boolean =>
    rows.every((row) => {
      const { shared, leased } = table.plan(row)
      return shared.length > 0 && shared.length === leased.length
    })

  async function takeMixed(entry: Entry, price: Price, from: readonly Leased[]): Promise<Answer> {
    const taken: Leased[] = []
    let answer: Answer = 0
    for (const each of from) {
      answer = await leases.take(each.place, each.cost)
      if (answer !== 0) break
      taken.push(each)
    }
    if (answer === 0) answer = await takeExact(entry, price)
    if (answer !== 0) for (const { place, cost } of taken) leases.putBack(place, cost)
    return answer
  }

  return {
    take(entry, price) {
      const leased = leasedOf(entry, price)
      if (leased.length === 0) return takeExact(entry, price)
      if (leases.isEmpty()) later(lookEvery, () => void collect())
      const [only] = leased
      if (leased.length === 1 && only && isAllLeased(entry)) return leases.take(only.place, only.cost)
      return takeMixed(entry, price, leased)
    },
    tell(entry, price) {
      mark(entry)
      for (let index = 0; index < entry.rows.length; index += 1) {
        const row = entry.rows[index] ?? 0
        const { counters } = table.plan(row)
        for (let each = 0; each < counters.length; each += 1) {
          const counter = counters[each]
          if (counter === undefined || !counter.shared) continue
          const at = row + counter.offset
          owed[at] = (owed[at] ?? 0) + (counter.points ? price.points : price.requests)
        }
      }
      schedule()
    },
    pause(key, milliseconds) {
      pausedUntil = Math.max(pausedUntil, clock.elapsed() + milliseconds)
      const until = clock.wall() + milliseconds
      for (const each of [key, anyPause]) void line.ask(() => store.pause(pauseGate(each).id, until))
    },
    nudge(entry) {
      if (!line.isAway()) return
      mark(entry)
      if (line.isDue()) void flushOwed()
      else probeLater()
    },
    isOwed: (row) => told.has(row) || leases.isHeld(row),
    async flush() {
      await flushOwed()
      const charges = leases.collect(true)
      if (charges.length > 0) await line.ask(() => store.settle(charges, clock.wall()))
    },
  }
}
