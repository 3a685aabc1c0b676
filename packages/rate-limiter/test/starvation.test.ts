import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import type { Rule } from '../src/index.ts'
import { createLimiter } from '../src/index.ts'
import { createHandClock } from '../src/testing/index.ts'

/** Ten units a second, up to eight at once. */
const rule: Rule = {
  name: 'site-rate',
  kind: 'rolling',
  unit: 'points',
  per: 'site',
  limit: 18,
  burst: 8,
  window: 1,
  fail: 'local',
}
const slots: Rule = {
  ...rule,
  name: 'user-slots',
  kind: 'concurrent',
  unit: 'requests',
  per: 'user',
  limit: 2,
  window: 0,
}

const call = fc.record({
  person: fc.constantFrom('user:a', 'user:b', 'user:c'),
  lane: fc.constantFrom('x', 'y'),
  cost: fc.integer({ min: 1, max: 8 }),
  priority: fc.constantFrom('interactive', 'normal', 'background'),
  after: fc.nat(300),
})

it('lets everybody through who waits long enough, whatever the others ask for', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 60 }), async (calls) => {
      const clock = createHandClock()
      const limiter = createLimiter({ rules: [rule, slots], ...clock })
      const starts: number[] = []
      let units = 0
      for (const { person, lane, cost, priority, after } of calls) {
        await clock.advance(after)
        units += cost
        void limiter
          .enter([person, 'site:s'], { person, lane, priority, cost: { requests: 1, points: cost } })
          .then(async (permit) => {
            starts.push(clock.monotonic())
            await clock.sleep(50)
            permit.end()
            return undefined
          })
      }
      // All the units at the rate, and the time that two slots of the busiest person take.
      await clock.advance(units * 100 + calls.length * 50 + 1000)
      expect(starts).toHaveLength(calls.length)
      expect(clock.sleepers()).toBe(0)
    }),
    { numRuns: 60 },
  )
})

it('gives the lowest class an eighth while the highest never runs dry', async () => {
  const clock = createHandClock()
  const limiter = createLimiter({ rules: [{ ...rule, limit: 11, burst: 1 }], ...clock })
  const log: string[] = []
  for (const priority of ['interactive', 'background'] as const) {
    for (let turn = 0; turn < 400; turn += 1) {
      void limiter.acquire(['site:s'], { priority }).then(() => log.push(priority))
    }
  }
  await clock.advance(40_000)
  const share = log.filter((each) => each === 'background').length / log.length
  expect(share).toBeGreaterThan(0.1)
  expect(share).toBeLessThan(0.15)
})
