import type { Charge, Gate } from '@telamon/rate-limiter'
import { describe, expect, it, onTestFinished } from 'vitest'

import { twoConnections } from './files.ts'

const now = Date.UTC(2026, 0, 1, 12)
const rolling: Gate = { id: 'burst', kind: 'rolling', interval: 1000.5, tolerance: 7003.5 }
const hourly: Gate = { id: 'hour', kind: 'calendar', limit: 10, window: 3_600_000 }
const pause: Gate = { id: 'pause', kind: 'pause' }
const one = (...gates: readonly Gate[]): Charge[] =>
  gates.map((gate) => ({ gate, cost: gate.kind === 'pause' ? 0 : 1 }))

const opened = () => {
  const { first, other, close } = twoConnections()
  onTestFinished(close)
  return [first.limiter, other.limiter] as const
}

describe('the limiter on SQLite', () => {
  it('lets through what a gate holds, of fifty callers over two connections', async () => {
    const stores = opened()
    const waits = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        stores[index % 2 === 0 ? 0 : 1].take(one(rolling, hourly), now),
      ),
    )
    expect(waits.filter((each) => each.every((wait) => wait === 0))).toHaveLength(7)
    expect(waits.at(-1)).toEqual([1000.5, 0])
    expect(await stores[0].settle([{ gate: hourly, cost: 0 }], now)).toEqual([7])
  })

  it('takes from all gates or from none, and pauses count', async () => {
    const [store, other] = opened()
    await store.pause('pause', now + 5)
    await other.pause('pause', now + 3)
    expect(await other.take(one(rolling, pause), now)).toEqual([0, 5])
    expect(await other.settle([{ gate: rolling, cost: 0 }], now)).toEqual([now])
    expect(await other.take(one(rolling, pause), now + 5)).toEqual([0, 0])
  })

  it('settles debts beyond the limit and refunds down to empty', async () => {
    const [store, other] = opened()
    expect(await store.settle([{ gate: hourly, cost: 14 }], now)).toEqual([14])
    expect(await other.take(one(hourly), now)).toEqual([3_600_000])
    expect(await store.settle([{ gate: hourly, cost: -99 }], now)).toEqual([0])
    expect(await store.settle([{ gate: rolling, cost: -99 }], now)).toEqual([now])
    expect(await other.take([{ gate: hourly, cost: 11 }], now)).toEqual([Infinity])
  })

  it('opens a calendar window anew when it turns, and not when the clock is set back', async () => {
    const [store] = opened()
    await store.settle([{ gate: hourly, cost: 10 }], now)
    expect(await store.take(one(hourly), now + 3_599_999)).toEqual([1])
    expect(await store.take(one(hourly), now - 1)).toEqual([3_600_000])
    expect(await store.take(one(hourly), now + 3_600_000)).toEqual([0])
  })

  it('forgets what no longer counts', async () => {
    const [store] = opened()
    await store.take(one(rolling, hourly), now)
    await store.pause('pause', now + 5)
    expect(await store.sweep(now)).toBe(0)
    expect(await store.sweep(now + 1001)).toBe(2)
    expect(await store.sweep(now + 3_600_000)).toBe(1)
  })
})
