import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Rule } from '../src/index.ts'
import { createLimiter } from '../src/index.ts'
import { createHandClock } from '../src/testing/index.ts'

const rule: Rule = {
  name: 'user-window',
  kind: 'sliding',
  unit: 'requests',
  per: 'user',
  limit: 8,
  window: 64,
  fail: 'local',
}
const part = 1000

const schedule = fc.array(
  fc.record({ after: fc.integer({ min: 0, max: 30_000 }), cost: fc.integer({ min: 1, max: 8 }) }),
  { minLength: 1, maxLength: 80 },
)

describe('a sliding rule', () => {
  it('lets all of the limit pass at once, and says exactly what remains and when it is back', async () => {
    const clock = createHandClock()
    const limiter = createLimiter({ rules: [rule], ...clock })
    expect(limiter.tryTake('user:a', 5)).toBe(0)
    await clock.advance(10_000)
    expect(limiter.tryTake('user:a', 3)).toBe(0)
    expect(limiter.budget('user:a')).toMatchObject([{ remaining: 0, resetMs: 65_000 }])
    expect(limiter.tryTake('user:a')).toBe(55_000)
    await clock.advance(55_000)
    expect(limiter.budget('user:a')).toMatchObject([{ remaining: 5 }])
    expect(limiter.tryTake('user:a', 9)).toBe(Infinity)
  })

  it('never lets more pass than the limit in any window, and at most a part of the window later than it could', async () => {
    await fc.assert(
      fc.asyncProperty(schedule, async (calls) => {
        const clock = createHandClock()
        const limiter = createLimiter({ rules: [rule], ...clock })
        const log: { at: number; cost: number }[] = []
        const spent = (from: number): number =>
          log.filter(({ at }) => at > from).reduce((sum, { cost }) => sum + cost, 0)
        for (const { after, cost } of calls) {
          await clock.advance(after)
          const now = clock.monotonic()
          const remaining = limiter.budget('user:a')[0]?.remaining ?? 0
          const taken = limiter.tryTake('user:a', cost) === 0
          expect(taken).toBe(cost <= remaining)
          const [most, least] = [spent(now - 64_000 - part) + cost, spent(now - 64_000) + cost]
          expect(taken ? least <= 8 : most > 8).toBe(true)
          if (taken) log.push({ at: now, cost })
        }
      }),
      { numRuns: 200 },
    )
  })

  it('says a wait after which the same call passes', async () => {
    await fc.assert(
      fc.asyncProperty(schedule, async (calls) => {
        const clock = createHandClock()
        const limiter = createLimiter({ rules: [rule], ...clock })
        for (const { after, cost } of calls) {
          await clock.advance(after)
          const wait = limiter.tryTake('user:a', cost)
          if (wait === 0) continue
          await clock.advance(wait - 1)
          expect(limiter.tryTake('user:a', cost)).toBeGreaterThan(0)
          await clock.advance(1)
          expect(limiter.tryTake('user:a', cost)).toBe(0)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('takes back what was spent last, and never more', async () => {
    const clock = createHandClock()
    const limiter = createLimiter({ rules: [rule], ...clock })
    limiter.tryTake('user:a', 4)
    await clock.advance(5000)
    limiter.tryTake('user:a', 4)
    limiter.spent(['user:a'], { requests: -5 })
    expect(limiter.budget('user:a')).toMatchObject([{ remaining: 5, resetMs: 60_000 }])
    limiter.spent(['user:a'], { requests: -50 })
    expect(limiter.budget('user:a')).toMatchObject([{ remaining: 8, resetMs: 0 }])
  })
})
