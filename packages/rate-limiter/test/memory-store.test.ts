import { expect, it } from 'vitest'

import type { Charge } from '../src/index.ts'
import { createMemoryLimiterStore } from '../src/index.ts'
import { describeLimiterStore } from '../src/testing/index.ts'

describeLimiterStore('memory', () => ({ store: createMemoryLimiterStore() }))

const noon = Date.UTC(2026, 0, 1, 12)
const one = (id: string): readonly Charge[] => [
  { gate: { id, kind: 'rolling', interval: 1000, tolerance: 2000 }, cost: 1 },
]

it('keeps no more gates than it may, and forgets full buckets first', async () => {
  const store = createMemoryLimiterStore({ maxGates: 64 })
  await store.take(one('busy'), noon)
  await store.take(one('busy'), noon)
  for (let index = 0; index < 1000; index += 1) await store.take(one(`key-${index}`), noon - 5000)
  expect(await store.take(one('busy'), noon)).toEqual([1000])
  expect(await store.sweep(noon + 60_000)).toBeLessThanOrEqual(64)
})

const gate = (limit: number): Charge['gate'] => ({ id: 'hour', kind: 'calendar', limit, window: 3_600_000 })

it('keeps the count when the rule behind a gate is changed', async () => {
  const store = createMemoryLimiterStore()
  expect(await store.take([{ gate: gate(5), cost: 4 }], noon)).toEqual([0])
  expect(await store.take([{ gate: gate(7), cost: 3 }], noon)).toEqual([0])
  expect(await store.settle([{ gate: gate(7), cost: 0 }], noon)).toEqual([7])
})
