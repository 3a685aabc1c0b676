import { calendar } from './algorithms/calendar.ts'
import type { Algorithm, Dial } from './algorithms/page.ts'
import { cell, createPage } from './algorithms/page.ts'
import { pause, rolling } from './algorithms/rolling.ts'
import type { Charge, Gate, LimiterStore } from './store.ts'

/** How much a memory store keeps. */
export interface MemoryLimiterStoreOptions {
  /** Counters kept at a time. Beyond it, full buckets go first, then those that are soonest full. Default: 100,000. */
  readonly maxGates?: number
}

/** A gate that is known: where its numbers are, and what they meant last. */
interface Known {
  readonly at: number
  gate: Gate
}

const algorithms: Readonly<Record<Gate['kind'], Algorithm>> = { rolling, calendar, pause }
const width = 2

/** Counters in this process, for tests and for several limiters of one instance. */
export function createMemoryLimiterStore({
  maxGates = 100_000,
}: MemoryLimiterStoreOptions = {}): LimiterStore {
  const page = createPage()
  const known = new Map<string, Known>()
  const free: number[] = []

  function set(now: number, cost: number): void {
    page.now = now
    page.wall = now
    page.cost = cost
  }

  const isIdle = ({ gate, at }: Known): boolean => algorithms[gate.kind].idle(dialOf(gate), page, at)
  const resetOf = ({ gate, at }: Known): number => algorithms[gate.kind].reset(dialOf(gate), page, at)

  function forget(id: string, { at }: Known): void {
    known.delete(id)
    free.push(at)
    page.cells.fill(0, at, at + width)
  }

  /** All that is idle; when nothing is, one in 64 of the rest, so that a flood of new keys costs little each. */
  function makeRoom(): void {
    const before = known.size
    for (const [id, each] of known) if (isIdle(each)) forget(id, each)
    if (known.size < before) return
    const ranked = Array.from(known, ([id, each]) => ({ id, each, reset: resetOf(each) }))
    ranked.sort((a, b) => a.reset - b.reset)
    for (const { id, each } of ranked.slice(0, Math.ceil(before / 64))) forget(id, each)
  }

  function find(gate: Gate): Known {
    const found = known.get(gate.id)
    if (found) {
      // The rule behind a gate may have changed since: its state stays.
      found.gate = gate
      return found
    }
    if (known.size >= maxGates) makeRoom()
    const at = free.pop() ?? known.size * width
    if (at + width > page.cells.length) {
      const wider = new Float64Array(Math.max(64, page.cells.length * 2))
      wider.set(page.cells)
      page.cells = wider
    }
    const fresh = { at, gate }
    known.set(gate.id, fresh)
    return fresh
  }

  function level({ gate, at }: Known): number {
    if (gate.kind === 'rolling') return Math.max(cell(page, at), page.now)
    if (gate.kind === 'pause') return cell(page, at) > page.now ? cell(page, at) : 0
    calendar.reset(dialOf(gate), page, at)
    return cell(page, at + 1)
  }

  const charge = ({ gate, cost }: Charge, now: number): Known => {
    set(now, cost)
    const found = find(gate)
    algorithms[gate.kind].charge(dialOf(gate), page, found.at)
    return found
  }

  return {
    async take(charges, now) {
      const waits = charges.map(({ gate, cost }) => {
        set(now, cost)
        return algorithms[gate.kind].wait(dialOf(gate), page, find(gate).at)
      })
      if (waits.every((wait) => wait === 0)) for (const each of charges) charge(each, now)
      return waits
    },
    settle: async (charges, now) => charges.map((each) => level(charge(each, now))),
    async pause(id, until) {
      set(page.now, 0)
      const { at } = find({ id, kind: 'pause' })
      page.cells[at] = Math.max(cell(page, at), until)
    },
    async sweep(now) {
      set(now, 0)
      const before = known.size
      for (const [id, each] of known) if (isIdle(each)) forget(id, each)
      return before - known.size
    },
  }
}

const dials = new WeakMap<Gate, Dial>()

function dialOf(gate: Gate): Dial {
  const kept = dials.get(gate)
  if (kept) return kept
  const none = { limit: 0, window: 0, interval: 0, tolerance: 0, reserve: 0 }
  const dial = gate.kind === 'pause' ? none : { ...none, ...gate }
  dials.set(gate, dial)
  return dial
}
