import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Rule } from '../src/index.ts'
import { createLimiter } from '../src/index.ts'
import { createHandClock } from '../src/testing/index.ts'

const hour = 3_600_000
const pool: Rule = {
  name: 'points',
  kind: 'calendar',
  unit: 'points',
  per: 'app',
  limit: 1000,
  window: 3600,
  fail: 'local',
  fair: true,
}
const noon = Date.UTC(2026, 0, 1, 12)
const make = (rule: Rule = pool) => {
  const clock = createHandClock(noon)
  return { clock, limiter: createLimiter({ rules: [rule], ...clock }) }
}

describe('a pool for many', () => {
  it('gives a quarter at once to whoever comes, and then what the hour has brought', async () => {
    const { clock, limiter } = make()
    const take = (cost: number, person: string) => limiter.take(['app:a'], { points: cost }, { person })
    expect(take(10, 'ada').ok).toBe(true)
    let heavy = 0
    while (take(10, 'heavy').ok) heavy += 10
    // Half of the pool is the share of the second of two.
    expect(heavy).toBe(500)
    expect(take(10, 'heavy')).toMatchObject({ ok: false, violated: ['points'], retryAfterMs: 0.52 * hour })
    await clock.advance(0.52 * hour)
    expect(take(10, 'heavy').ok).toBe(true)
  })

  it('keeps everybody a share, whatever the others have done', async () => {
    const person = fc.nat(4)
    const calls = fc.array(
      fc.record({ person, cost: fc.integer({ min: 1, max: 60 }), after: fc.nat(60_000) }),
      { maxLength: 200 },
    )
    await fc.assert(
      fc.asyncProperty(calls, async (schedule) => {
        const { clock, limiter } = make()
        const spent = new Map<number, number>()
        let [all, window] = [0, Math.floor(clock.now() / hour)]
        for (const { person: who, cost, after } of schedule) {
          await clock.advance(after)
          if (Math.floor(clock.now() / hour) > window) {
            window = Math.floor(clock.now() / hour)
            all = 0
            spent.clear()
          }
          const mine = spent.get(who) ?? 0
          const persons = spent.size + (spent.has(who) ? 0 : 1)
          const { ok } = limiter.take(['app:a'], { points: cost }, { person: String(who) })
          const isMine = mine + cost <= 1000 / persons && all + cost <= 950
          expect(ok || !isMine).toBe(true)
          if (!ok) continue
          all += cost
          spent.set(who, mine + cost)
          expect(all).toBeLessThanOrEqual(950)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('keeps the last twentieth for those who are watched by a person', async () => {
    const { clock, limiter } = make()
    await clock.advance(hour - 1000)
    expect(limiter.take(['app:a'], { points: 950 }).ok).toBe(true)
    expect(limiter.take(['app:a'], { points: 10 }).ok).toBe(false)
    expect(limiter.take(['app:a'], { points: 50 }, { priority: 'interactive' }).ok).toBe(true)
    expect(limiter.take(['app:a'], { points: 1 }, { priority: 'interactive' })).toMatchObject({
      retryAfterMs: 1000,
    })
  })

  it('believes nothing of a new window that was said of the one before', async () => {
    const { clock, limiter } = make({ ...pool, adaptive: true })
    const left = (): number | undefined => limiter.budget('app:a')[0]?.remaining
    await clock.advance(hour - 20)
    limiter.learn('app:a', { limit: 1000, remaining: 7, resetIn: 1000 })
    expect(left()).toBe(7)
    await clock.advance(70)
    // Written before the hour was over, and fifty milliseconds old.
    limiter.learn('app:a', { limit: 1000, remaining: 7, resetIn: 1000 })
    limiter.learn('app:a', { limit: 1000, remaining: 7, took: 80 })
    expect(left()).toBe(1000)
    limiter.learn('app:a', { limit: 1000, remaining: 900, resetIn: hour - 720_000, took: 20 })
    expect(left()).toBe(900)
  })

  it('follows what is announced of limit and use, within reason', () => {
    const { limiter } = make({ ...pool, adaptive: true })
    limiter.learn('app:a', { limit: 2000, remaining: 200 })
    expect(limiter.budget('app:a')).toMatchObject([{ limit: 2000, remaining: 200 }])
    limiter.learn('app:a', { limit: 0, remaining: 900 })
    expect(limiter.budget('app:a')).toMatchObject([{ limit: 2000, remaining: 200 }])
    limiter.learn('app:a', { limit: 1e12, remaining: Number.NaN })
    expect(limiter.budget('app:a')).toMatchObject([{ limit: 10_000 }])
  })
})
