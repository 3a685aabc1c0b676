import { Worker } from 'node:worker_threads'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Charge, Gate, LimiterStore, Rule } from '../src/index.ts'
import { createMemoryLimiterStore } from '../src/index.ts'
import { describeLimiterStore } from '../src/testing/index.ts'
import { createRows, createRowStore } from './support/row-store.ts'
import { createSharedMemory, openSharedRows } from './support/shared-rows.ts'

describeLimiterStore('rows', () => {
  const rows = createRows()
  return { store: createRowStore(rows), second: createRowStore(rows) }
})

describeLimiterStore('rows in shared memory', () => {
  const memory = createSharedMemory()
  return {
    store: createRowStore(openSharedRows(memory)),
    second: createRowStore(openSharedRows(memory)),
  }
})

const engines: readonly (readonly [name: string, open: () => LimiterStore])[] = [
  ['memory', () => createMemoryLimiterStore()],
  ['rows', () => createRowStore(createRows())],
]

const noon = Date.UTC(2026, 0, 1, 12)
const hour = 3_600_000
const gates: readonly Gate[] = [
  { id: 'narrow', kind: 'rolling', interval: 100, tolerance: 500 },
  { id: 'wide', kind: 'rolling', interval: 10, tolerance: 1000 },
  { id: 'hour', kind: 'calendar', limit: 40, window: hour },
]

const turn = fc.record({
  after: fc.oneof(fc.nat(300), fc.nat(100_000)),
  which: fc.subarray([0, 1, 2], { minLength: 1 }),
  cost: fc.integer({ min: 1, max: 6 }),
  settle: fc.option(fc.integer({ min: -5, max: 5 }), { freq: 6 }),
})

/** What an exact reading of the contract grants: arrival times and counts, gate by gate. */
function createModel() {
  const arrival = new Map<string, number>()
  const used = new Map<string, { window: number; units: number }>()
  const unitsOf = (id: string, now: number): number => {
    const known = used.get(id)
    return known && known.window >= Math.floor(now / hour) ? known.units : 0
  }
  const fits = ({ gate, cost }: Charge, now: number): boolean => {
    if (gate.kind === 'calendar') return unitsOf(gate.id, now) + cost <= gate.limit
    if (gate.kind !== 'rolling') return true
    return Math.max(arrival.get(gate.id) ?? 0, now) + cost * gate.interval - now <= gate.tolerance
  }
  const charge = ({ gate, cost }: Charge, now: number): void => {
    if (gate.kind === 'calendar') {
      used.set(gate.id, {
        window: Math.floor(now / hour),
        units: Math.max(0, unitsOf(gate.id, now) + cost),
      })
    } else if (gate.kind === 'rolling') {
      arrival.set(gate.id, Math.max(now, Math.max(arrival.get(gate.id) ?? 0, now) + cost * gate.interval))
    }
  }
  return { fits, charge }
}

describe.each(engines)('%s', (_, open) => {
  it('grants what a model grants that counts by the contract, call by call', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { maxLength: 120 }), async (turns) => {
        const store = open()
        const model = createModel()
        let now = noon
        for (const { after, which, cost, settle } of turns) {
          now += after
          const chosen = which.map((index) => gates[index]).filter((gate) => gate !== undefined)
          const charges = chosen.map((gate): Charge => ({ gate, cost: settle ?? cost }))
          if (settle !== null) {
            await store.settle(charges, now)
            for (const each of charges) model.charge(each, now)
            continue
          }
          const waits = await store.take(charges, now)
          const granted = waits.every((wait) => wait === 0)
          const allowed = charges.every((each) => model.fits(each, now))
          expect(granted).toBe(allowed)
          if (granted) for (const each of charges) model.charge(each, now)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('never lets more through than any window allows, whichever way the clock is set', async () => {
    const steps = fc.constantFrom(0, 0, 0, 0, hour, -hour)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ after: fc.nat(400), step: steps }), { maxLength: 150 }),
        async (turns) => {
          const store = open()
          const gate: Gate = { id: 'g', kind: 'rolling', interval: 100, tolerance: 300 }
          let [now, real] = [noon, 0]
          const granted: number[] = []
          let lastStep = -Infinity
          for (const { after, step } of turns) {
            now += after + step
            real += after
            if (step !== 0) lastStep = real
            const [wait = 0] = await store.take([{ gate, cost: 1 }], now)
            // Whoever has stepped back waits for the step at most, and never forever.
            expect(wait).toBeLessThanOrEqual(100 * hour)
            if (wait === 0) granted.push(real)
          }
          const calm = granted.filter((at) => at > lastStep)
          for (const [index, from] of calm.entries()) {
            const inside = calm.slice(index).filter((at) => at < from + 1000)
            expect(inside.length).toBeLessThanOrEqual(13)
          }
        },
      ),
      { numRuns: 100 },
    )
  })
})

const rolling: Rule = {
  name: 'site-window',
  kind: 'rolling',
  unit: 'requests',
  per: 'site',
  limit: 1020,
  burst: 300,
  window: 3600,
  fail: 'closed',
}
const calendar: Rule = { ...rolling, name: 'app-hour', kind: 'calendar', per: 'app', limit: 250 }

describe('several processes over one store', () => {
  it.each([
    ['two', [rolling, calendar], [250, 250]],
    ['four', [rolling], [300, 300]],
    ['eight', [rolling, calendar], [250, 250]],
    // What one of them has fetched and not spent, the others cannot spend before it is given back.
    ['four with leases', [{ ...rolling, lease: true }], [225, 300]],
    ['four with leases of one limit only', [{ ...rolling, lease: true }, calendar], [175, 250]],
  ] as const)(
    '%s of them are never granted more than the limit, and all of it',
    async (name, rules, [least, most]) => {
      const count = name.startsWith('two') ? 2 : name.startsWith('eight') ? 8 : 4
      const memory = createSharedMemory()
      const file = new URL('support/process.ts', import.meta.url)
      const workers = Array.from(
        { length: count },
        () => new Worker(file, { workerData: { memory, rules, turns: 200, now: noon } }),
      )
      const given = await Promise.all(
        workers.map(
          (worker) =>
            new Promise<number>((resolve, reject) => {
              worker.once('message', resolve)
              worker.once('error', reject)
            }),
        ),
      )
      await Promise.all(workers.map((worker) => worker.terminate()))
      const all = given.reduce((sum, each) => sum + each, 0)
      expect(all).toBeLessThanOrEqual(most)
      expect(all).toBeGreaterThanOrEqual(least)
    },
    30_000,
  )
})
