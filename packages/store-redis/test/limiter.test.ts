import type { Gate, LimiterStore } from '@telamon/rate-limiter'
import { describe, expect, it } from 'vitest'

import { isAway, freshPrefix, keysOf, openStore, rawClient } from './redis.ts'

const hour = 3_600_000
const noon = Date.UTC(2026, 0, 1, 12)
const bucket = (id: string, burst: number, interval: number): Gate => ({
  id,
  kind: 'rolling',
  interval,
  tolerance: burst * interval,
})
const isTaken = (waits: readonly number[]): boolean => waits.every((wait) => wait === 0)

describe.skipIf(isAway)('the counters on Redis', { timeout: 120_000 }, () => {
  it('keep fractions of a millisecond, and let a burst of them through whole', async () => {
    const { limiter } = await openStore({ now: () => noon })
    const gate = bucket('thirds', 3, 1000 / 3)
    for (const _ of [1, 2, 3]) expect(await limiter.take([{ gate, cost: 1 }], noon + 0.25)).toEqual([0])
    const [wait = 0] = await limiter.take([{ gate, cost: 1 }], noon + 0.25)
    expect(wait).toBeCloseTo(1000 / 3, 2)
  })

  it('are one number a gate, whatever the number of gates of a call', async () => {
    const prefix = freshPrefix()
    const { limiter } = await openStore({ prefix })
    const gates = Array.from({ length: 300 }, (_, index) => bucket(`g${index}`, 1, hour))
    const charges = gates.map((gate) => ({ gate, cost: 1 }))
    expect(isTaken(await limiter.take(charges, Date.now()))).toBe(true)
    expect((await limiter.take(charges, Date.now())).filter((wait) => wait === 0)).toEqual([])
    expect((await keysOf(prefix)).length).toBe(301)
  })

  it('go by the clock of Redis, whatever the instances think', async () => {
    const prefix = freshPrefix()
    const [first, other] = await Promise.all([openStore({ prefix }), openStore({ prefix })])
    const gate = bucket('skew', 2, hour)
    const charges = [{ gate, cost: 1 }]
    expect(await first.limiter.take(charges, Date.now() + hour)).toEqual([0])
    expect(await other.limiter.take(charges, Date.now() - hour)).toEqual([0])
    for (const [store, skew] of [
      [first.limiter, -30 * 24 * hour],
      [other.limiter, 30 * 24 * hour],
    ] as const) {
      const now = Date.now() + skew
      const [wait = 0] = await store.take(charges, now)
      expect(wait).toBeGreaterThan(hour - 60_000)
      expect(wait).toBeLessThanOrEqual(hour)
      const [level = 0] = await store.settle([{ gate, cost: 0 }], now)
      expect(level - now - hour).toBeGreaterThan(hour - 60_000)
      expect(level - now - hour).toBeLessThanOrEqual(hour)
    }
  })

  it('hold a pause for as long as it was meant, on every clock', async () => {
    const { limiter } = await openStore()
    const gate: Gate = { id: 'paused', kind: 'pause' }
    await limiter.pause(gate.id, Date.now() + hour)
    await limiter.pause(gate.id, Date.now() + 1000)
    for (const now of [noon, Date.now()]) {
      const [until = 0] = await limiter.settle([{ gate, cost: 0 }], now)
      expect(until - now).toBeGreaterThan(hour - 60_000)
      expect(until - now).toBeLessThanOrEqual(hour)
    }
  })

  it('count a calendar window exactly over many connections at once', async () => {
    const prefix = freshPrefix()
    const stores: readonly LimiterStore[] = (
      await Promise.all(Array.from({ length: 8 }, () => openStore({ prefix })))
    ).map(({ limiter }) => limiter)
    // Longer than there will be a Redis, so that no window ends in the middle.
    const century: Gate = { id: 'century', kind: 'calendar', limit: 100, window: 100 * 365 * 24 * hour }
    const calls = stores.flatMap((store) =>
      Array.from({ length: 25 }, () => store.take([{ gate: century, cost: 1 }], Date.now())),
    )
    expect((await Promise.all(calls)).filter(isTaken)).toHaveLength(100)
  })

  it('are forgotten by Redis itself, and need no sweep', async () => {
    const prefix = freshPrefix()
    const { limiter } = await openStore({ prefix })
    await limiter.take([{ gate: bucket('soon', 2, hour), cost: 1 }], Date.now())
    await using raw = await rawClient()
    const life = await raw.client.pTTL(`{${prefix}}:gate:soon`)
    expect(life).toBeGreaterThan(hour - 60_000)
    expect(life).toBeLessThanOrEqual(hour + 1)
    expect(await limiter.sweep(Date.now() + 24 * hour)).toBe(0)
  })
})
