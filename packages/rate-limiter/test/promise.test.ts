import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Rule } from '../src/index.ts'
import { createLimiter } from '../src/index.ts'
import { createHandClock } from '../src/testing/index.ts'
import { perSite } from './rules.ts'

const rule = fc
  .record({ limit: fc.integer({ min: 1, max: 40 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ limit, share }): Rule => ({
    name: 'user-window',
    kind: 'rolling',
    unit: 'requests',
    per: 'user',
    limit,
    burst: Math.max(1, Math.floor(limit * share)),
    window: 10,
    fail: 'local',
  }))

const schedule = fc.array(
  fc.record({ after: fc.integer({ min: 0, max: 4000 }), cost: fc.integer({ min: 1, max: 6 }) }),
  { minLength: 1, maxLength: 150 },
)

interface Grant {
  readonly at: number
  readonly cost: number
}

/** The most that any span of that length saw. */
function worstSpan(grants: readonly Grant[], window: number): number {
  return Math.max(
    0,
    ...grants.map(({ at: from }) =>
      grants.filter(({ at }) => at >= from && at < from + window).reduce((sum, { cost }) => sum + cost, 0),
    ),
  )
}

describe('the promise', () => {
  it('is kept: no span of the window ever sees more than the limit', async () => {
    await fc.assert(
      fc.asyncProperty(rule, schedule, async (limit, calls) => {
        const clock = createHandClock()
        const limiter = createLimiter({ rules: [limit], ...clock })
        const grants: Grant[] = []
        for (const { after, cost } of calls) {
          await clock.advance(after)
          if (limiter.tryTake(['user:a'], cost) === 0) grants.push({ at: clock.monotonic(), cost })
        }
        expect(worstSpan(grants, 10_000)).toBeLessThanOrEqual(limit.limit)
      }),
      { numRuns: 60 },
    )
  })

  it('holds against a caller who takes each unit at the first moment it is there', async () => {
    const clock = createHandClock()
    const hourly: Rule = {
      name: 'user-hour',
      kind: 'rolling',
      unit: 'requests',
      per: 'user',
      limit: 1000,
      burst: 100,
      window: 3600,
      fail: 'local',
    }
    const limiter = createLimiter({ rules: [hourly], monotonic: clock.monotonic })
    const grants: Grant[] = []
    while (clock.monotonic() < 8_000_000) {
      const wait = limiter.tryTake(['user:a'])
      if (wait === 0) grants.push({ at: clock.monotonic(), cost: 1 })
      else await clock.advance(Math.ceil(wait))
    }
    expect(worstSpan(grants, 3_600_000)).toBe(999)
  })

  it('says a wait after which the same call passes, and not sooner', async () => {
    await fc.assert(
      fc.asyncProperty(rule, schedule, async (limit, calls) => {
        const clock = createHandClock()
        const limiter = createLimiter({ rules: [limit], ...clock })
        for (const { after, cost } of calls) {
          await clock.advance(after)
          const wait = limiter.tryTake(['user:a'], cost)
          if (wait < 2 || wait === Infinity) continue
          await clock.advance(Math.ceil(wait) - 2)
          expect(limiter.tryTake(['user:a'], cost)).toBeGreaterThan(0)
          await clock.advance(2)
          expect(limiter.tryTake(['user:a'], cost)).toBe(0)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('agrees with a model that counts calendar windows one by one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            after: fc.integer({ min: 0, max: 3_000_000 }),
            cost: fc.integer({ min: -3, max: 6 }),
          }),
          { maxLength: 100 },
        ),
        async (calls) => {
          const clock = createHandClock(0)
          const limiter = createLimiter({ rules: [perSite], ...clock })
          const used = new Map<number, number>()
          for (const { after, cost } of calls) {
            await clock.advance(after)
            const window = Math.floor(clock.now() / 3_600_000)
            const before = used.get(window) ?? 0
            const fits = cost < 0 || before + cost <= 5
            const taken = cost < 0 || limiter.tryTake(['site:s'], cost) === 0
            if (cost < 0) limiter.spent(['site:s'], cost)
            expect(taken).toBe(fits)
            if (fits) used.set(window, Math.max(0, before + cost))
            expect(limiter.budget('site:s')[0]?.remaining).toBe(5 - (used.get(window) ?? 0))
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('survives a wall clock that steps by an hour either way', async () => {
    await fc.assert(
      fc.asyncProperty(
        rule,
        fc.array(
          fc.record({
            after: fc.integer({ min: 0, max: 4000 }),
            step: fc.constantFrom(0, 0, 0, 3_600_000, -3_600_000),
          }),
          { maxLength: 100 },
        ),
        async (limit, turns) => {
          const clock = createHandClock()
          const limiter = createLimiter({ rules: [limit, perSite], ...clock })
          const grants: Grant[] = []
          for (const { after, step } of turns) {
            await clock.advance(after)
            clock.step(step)
            if (limiter.tryTake(['user:a']) === 0) grants.push({ at: clock.monotonic(), cost: 1 })
            expect(limiter.tryTake(['site:s'])).toBeLessThanOrEqual(3_600_000)
          }
          expect(worstSpan(grants, 10_000)).toBeLessThanOrEqual(limit.limit)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('locks nobody out when the only clock there is gets set back', async () => {
    const clock = createHandClock()
    const limiter = createLimiter({
      rules: [perSite, { ...perSite, kind: 'rolling', per: 'user' }],
      now: clock.now,
    })
    while (limiter.tryTake(['user:a']) === 0);
    const before = limiter.tryTake(['user:a'])
    clock.step(-3_600_000)
    expect(limiter.tryTake(['user:a'])).toBeLessThanOrEqual(before)
    await clock.advance(Math.ceil(before))
    expect(limiter.tryTake(['user:a'])).toBe(0)
  })
})
