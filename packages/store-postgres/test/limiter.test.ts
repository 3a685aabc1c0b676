import type { Gate, LimiterStore } from '@telamon/rate-limiter'
import { describe, expect, it } from 'vitest'

import { freshSchema, isAway, openStore, query } from './postgres.ts'

const hour = 3_600_000
const noon = Date.UTC(2026, 0, 1, 12)
const bucket = (id: string, burst: number, interval: number): Gate => ({
  id,
  kind: 'rolling',
  interval,
  tolerance: burst * interval,
})
const isTaken = (waits: readonly number[]): boolean => waits.every((wait) => wait === 0)

describe.skipIf(isAway)('the counters on PostgreSQL', { timeout: 120_000 }, () => {
  it('keep fractions of a millisecond, and let a burst of them through whole', async () => {
    const { limiter } = await openStore({ now: () => noon })
    const gate = bucket('thirds', 3, 1000 / 3)
    for (const _ of [1, 2, 3]) expect(await limiter.take([{ gate, cost: 1 }], noon + 0.25)).toEqual([0])
    const [wait = 0] = await limiter.take([{ gate, cost: 1 }], noon + 0.25)
    expect(wait).toBeCloseTo(1000 / 3, 2)
  })

  it('are one number a gate, whatever the number of gates of a call', async () => {
    const schema = freshSchema()
    const { limiter } = await openStore({ schema })
    const gates = Array.from({ length: 300 }, (_, index) => bucket(`g${index}`, 1, hour))
    const charges = gates.map((gate) => ({ gate, cost: 1 }))
    expect(isTaken(await limiter.take(charges, Date.now()))).toBe(true)
    expect((await limiter.take(charges, Date.now())).filter((wait) => wait === 0)).toEqual([])
    expect(await query(`SELECT count(*)::int AS count FROM "${schema}".gate`)).toEqual([{ count: 300 }])
  })

  it('go by the clock of the server, whatever the instances think', async () => {
    const schema = freshSchema()
    const [first, other] = await Promise.all([openStore({ schema }), openStore({ schema })])
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
    const schema = freshSchema()
    const stores: readonly LimiterStore[] = (
      await Promise.all(Array.from({ length: 8 }, () => openStore({ schema })))
    ).map(({ limiter }) => limiter)
    // So long that no window ends in the middle.
    const century: Gate = { id: 'century', kind: 'calendar', limit: 100, window: 100 * 365 * 24 * hour }
    const calls = stores.flatMap((store) =>
      Array.from({ length: 25 }, () => store.take([{ gate: century, cost: 1 }], Date.now())),
    )
    expect((await Promise.all(calls)).filter(isTaken)).toHaveLength(100)
  })

  it('never wait for each other in a circle, whatever the order of the gates', async () => {
    const schema = freshSchema()
    const [first, other] = await Promise.all([openStore({ schema }), openStore({ schema })])
    const gates = Array.from({ length: 6 }, (_, index) => bucket(`g${index}`, 1000, hour))
    const calls = Array.from({ length: 200 }, (_, call) => {
      const turned = [...gates.slice(call % 6), ...gates.slice(0, call % 6)]
      const charges = (call % 4 < 2 ? turned : turned.toReversed()).map((gate) => ({ gate, cost: 1 }))
      return (call % 2 === 0 ? first : other).limiter.take(charges, Date.now())
    })
    expect((await Promise.all(calls)).filter(isTaken)).toHaveLength(200)
    const tat = await query(`SELECT DISTINCT round(value / ${hour}) AS units FROM "${schema}".gate`)
    expect(tat).toHaveLength(1)
  })

  it('are swept by the clock of the server', async () => {
    const schema = freshSchema()
    const { limiter } = await openStore({ schema })
    await limiter.take([{ gate: bucket('soon', 2, hour), cost: 1 }], Date.now())
    expect(await limiter.sweep(Date.now() + 24 * hour)).toBe(0)
    await query(`UPDATE "${schema}".gate SET ends_at = 1`)
    expect(await limiter.sweep(Date.now() - 24 * hour)).toBe(1)
  })
})
