import type { Cell } from './cell.ts'
import { charge, createCell, isIdle, levelOf, waitOf } from './cell.ts'
import { makeRoom } from './make-room.ts'
import type { Gate, LimiterStore } from './store.ts'

/** How much a memory store keeps. */
export interface MemoryLimiterStoreOptions {
  /** Counters kept at a time. Beyond it, full buckets go first, then those that are soonest full. Default: 100,000. */
  readonly maxGates?: number
}

/** Counters in this process, for tests and for several limiters of one instance. */
export function createMemoryLimiterStore({
  maxGates = 100_000,
}: MemoryLimiterStoreOptions = {}): LimiterStore {
  const cells = new Map<string, Cell>()

  function cellOf(gate: Gate, now: number): Cell {
    const known = cells.get(gate.id)
    if (known?.meter === gate) return known
    if (!known && cells.size >= maxGates) {
      makeRoom(cells, { isIdle: (cell) => isIdle(cell, now), rank: ({ at }) => at })
    }
    // The rule behind a gate may have changed since: its state stays.
    const cell = known ? { ...known, meter: gate } : createCell(gate)
    cells.set(gate.id, cell)
    return cell
  }

  return {
    async take(charges, now) {
      const waits = charges.map(({ gate, cost }) => waitOf(cellOf(gate, now), now, cost))
      if (waits.every((wait) => wait === 0)) {
        for (const { gate, cost } of charges) charge(cellOf(gate, now), now, cost)
      }
      return waits
    },
    async settle(charges, now) {
      return charges.map(({ gate, cost }) => {
        const cell = cellOf(gate, now)
        charge(cell, now, cost)
        return levelOf(cell, now)
      })
    },
    async pause(id, until) {
      const cell = cellOf({ id, kind: 'pause' }, 0)
      cell.at = Math.max(cell.at, until)
    },
    async sweep(now) {
      const before = cells.size
      for (const [id, cell] of cells) if (isIdle(cell, now)) cells.delete(id)
      return before - cells.size
    },
  }
}
