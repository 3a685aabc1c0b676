import type { Page } from '../algorithms/page.ts'
import type { Milliseconds } from '../rule.ts'
import type { Charge } from '../store.ts'
import type { Waits } from './batch.ts'
import type { Answer, Place } from './gates.ts'
import { gateOf, hold, pauseGate } from './gates.ts'

/** Units fetched from the store in advance. They are charged there before they are spent here. */
export interface Leases {
  /** Takes units; a promise where the store has to be asked first. */
  readonly take: (place: Place, cost: number) => 0 | Promise<Answer>
  /** Puts units back that were not spent after all. */
  readonly putBack: (place: Place, cost: number) => void
  /** What is held and has not been used for a second, as charges that give it back; or all that is held. */
  readonly collect: (all: boolean) => readonly Charge[]
  readonly isEmpty: () => boolean
  /** Whether anything is held for a row. */
  readonly isHeld: (row: number) => boolean
}

/** What leases work with. */
export interface LeasesOptions {
  readonly page: Page
  /** Sets the page's clocks. */
  readonly tick: () => void
  readonly elapsed: () => Milliseconds
  readonly instances: number
  readonly take: (charges: readonly Charge[]) => Promise<Waits>
  /** How many intervals a refused call stays away beyond its wait. */
  readonly spread: () => number
  /** Called with the wait of a pause that a refill met. */
  readonly onPause: (place: Place, wait: Milliseconds) => void
}

interface Lease {
  readonly place: Place
  left: number
  /** From then on what is left is given back. */
  until: Milliseconds
  /** How fast units are spent, smoothed over about a second. */
  perMs: number
  spent: number
  since: Milliseconds
  asking: Promise<Answer> | undefined
}

/** How long units may be held without being asked for. */
const keptFor: Milliseconds = 1000
/** A lot is what is spent in this time. */
const lotFor: Milliseconds = 200

/** Opens the book of leases. */
export function createLeases({
  page,
  tick,
  elapsed,
  instances,
  take,
  spread,
  onPause,
}: LeasesOptions): Leases {
  const leases = new Map<number, Lease>()
  const rows = new Set<number>()

  function leaseOf(place: Place): Lease {
    const at = place.row + place.counter.offset
    const known = leases.get(at)
    if (known) return known
    const now = elapsed()
    const lease: Lease = { place, left: 0, until: 0.5, perMs: 0.5, spent: 0, since: now, asking: undefined }
    lease.perMs = 0
    leases.set(at, lease)
    rows.add(place.row)
    return lease
  }

  function spend(lease: Lease, cost: number): 0 {
    lease.left -= cost
    lease.spent += cost
    return 0
  }

  /** Half of a second's speed is kept from before, so that one quiet moment does not make the next lot small. */
  function measure(lease: Lease, now: Milliseconds): void {
    const passed = Math.max(1, now - lease.since)
    const weight = Math.min(1, passed / 1000)
    lease.perMs = (1 - weight) * lease.perMs + weight * (lease.spent / passed)
    lease.spent = 0
    lease.since = now
  }

  /** At most a quarter of what all may have at once, shared among the instances; near the end of a window, nothing ahead. */
  function lotOf({ place, perMs }: Lease, cost: number): number {
    const { counter, row } = place
    const { limit, interval, tolerance } = counter
    if (interval > 0) return lot(perMs, cost, tolerance / interval / (4 * instances))
    const left = counter.algorithm.remaining(counter, page, row + counter.offset)
    return left < limit / 10 ? cost : lot(perMs, cost, limit / (100 * instances))
  }

  async function refill(lease: Lease, cost: number): Promise<Answer> {
    const { place } = lease
    measure(lease, elapsed())
    const gate = gateOf(place, page)
    const still: Charge = { gate: pauseGate(place.key), cost: 0 }
    for (const units of new Set([lotOf(lease, cost), cost])) {
      const waits = await take([{ gate, cost: units }, still])
      if (waits === 'away') return waits
      const [wait = 0, paused = 0] = waits
      if (paused > 0) {
        return { wait: paused, remember: () => onPause(place, paused) }
      }
      if (wait === 0) {
        lease.left += units
        lease.until = elapsed() + keptFor
        return 0
      }
      if (units > cost) continue
      const remember = (): void => {
        tick()
        hold({ place, charge: { gate, cost } }, page, { wait, spread: spread() })
      }
      return { wait, remember }
    }
    return 0
  }

  async function refilled(lease: Lease, cost: number): Promise<Answer> {
    for (;;) {
      lease.asking ??= refill(lease, cost).finally(() => {
        lease.asking = undefined
      })
      const answer = await lease.asking
      if (answer !== 0) return answer
      if (lease.left >= cost) return spend(lease, cost)
    }
  }

  return {
    take(place, cost) {
      const lease = leaseOf(place)
      if (cost > 0 && lease.left >= cost && elapsed() < lease.until) return spend(lease, cost)
      return cost > 0 ? refilled(lease, cost) : 0
    },
    putBack(place, cost) {
      leaseOf(place).left += cost
    },
    collect(all) {
      const now = elapsed()
      const charges: Charge[] = []
      for (const [at, lease] of leases) {
        if (!all && (now < lease.until || lease.asking)) continue
        if (lease.left > 0) charges.push({ gate: gateOf(lease.place, page), cost: -lease.left })
        lease.left = 0
        if (!lease.asking) leases.delete(at)
      }
      rows.clear()
      for (const { place } of leases.values()) rows.add(place.row)
      return charges
    },
    isEmpty: () => leases.size === 0,
    isHeld: (row) => rows.has(row),
  }
}

function lot(perMs: number, cost: number, most: number): number {
  return Math.max(cost, Math.min(Math.ceil(perMs * lotFor), Math.floor(most)))
}
