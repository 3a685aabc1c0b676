import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Permit, Rule } from '../src/index.ts'
import { createLimiter } from '../src/index.ts'
import { createHandClock } from '../src/testing/index.ts'
import { perUser } from './rules.ts'

const slots: Rule = {
  name: 'site-slots',
  kind: 'concurrent',
  unit: 'requests',
  per: 'site',
  limit: 3,
  window: 0,
  fail: 'local',
}

const capOf = (limiter: ReturnType<typeof createLimiter>): number =>
  limiter.budget('site:s')[0]?.remaining ?? 0

describe('calls under way', () => {
  it('are no more than the limit, and the next enters when one ends', async () => {
    const clock = createHandClock()
    const limiter = createLimiter({ rules: [slots], ...clock })
    const inside: Permit[] = []
    const entering = Array.from({ length: 5 }, async () => inside.push(await limiter.enter(['site:s'])))
    await clock.advance(0)
    expect(inside).toHaveLength(3)
    expect(clock.sleepers()).toBe(0)
    inside[0]?.end()
    inside[0]?.end()
    await clock.advance(0)
    expect(inside).toHaveLength(4)
    inside[1]?.end()
    await Promise.all(entering)
    expect(limiter.budget('site:s')).toMatchObject([{ limit: 3, remaining: 0, resetMs: 0 }])
    for (const permit of inside) permit.end()
    expect(limiter.budget('site:s')).toMatchObject([{ remaining: 3 }])
  })

  it('pass over callers who would never say when they end', async () => {
    const limiter = createLimiter({ rules: [slots], ...createHandClock() })
    for (let turn = 0; turn < 10; turn += 1) await limiter.acquire(['site:s'])
    expect(limiter.tryTake('site:s')).toBe(0)
    expect(limiter.budget('site:s')).toMatchObject([{ remaining: 3 }])
  })

  it('refuse at once whoever cannot wait, and charge nobody for it', () => {
    const limiter = createLimiter({ rules: [slots, perUser], ...createHandClock() })
    const permits = Array.from({ length: 5 }, () => limiter.tryEnter(['user:a', 'site:s']))
    expect(permits.map(({ ok }) => ok)).toEqual([true, true, true, false, false])
    expect(permits[4]).toMatchObject({ violated: ['site-slots'], retryAfterMs: 1000 })
    expect(limiter.budget('user:a')).toMatchObject([{ remaining: 1 }])
  })

  it('keep what is reserved for those who are watched by a person', () => {
    const limiter = createLimiter({ rules: [{ ...slots, reserve: 1 }], ...createHandClock() })
    const normal = Array.from({ length: 3 }, () => limiter.tryEnter(['site:s']).ok)
    expect(normal).toEqual([true, true, false])
    expect(limiter.tryEnter(['site:s'], 1, { priority: 'interactive' }).ok).toBe(true)
  })

  it('agree with a count, whatever the order of beginnings, ends and aborts', async () => {
    const step = fc.record({ act: fc.constantFrom('enter', 'end', 'abort'), which: fc.nat(20) })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const clock = createHandClock()
        const limiter = createLimiter({ rules: [slots], ...clock })
        const inside: Permit[] = []
        const waiting: AbortController[] = []
        let asked = 0
        for (const { act, which } of steps) {
          if (act === 'end' && inside.length > 0) inside.splice(which % inside.length, 1)[0]?.end()
          if (act === 'abort' && waiting.length > 0) waiting.splice(which % waiting.length, 1)[0]?.abort()
          if (act === 'enter') {
            const controller = new AbortController()
            waiting.push(controller)
            asked += 1
            limiter.enter(['site:s'], { signal: controller.signal, person: `p${which % 3}` }).then(
              (permit) => [inside.push(permit), waiting.splice(waiting.indexOf(controller), 1)],
              () => {},
            )
          }
          await clock.advance(0)
          expect(inside.length).toBeLessThanOrEqual(3)
          expect(inside.length).toBe(Math.min(3, inside.length + waiting.length))
          expect(limiter.budget('site:s')[0]?.remaining).toBe(3 - inside.length)
        }
        expect(asked).toBeGreaterThanOrEqual(inside.length)
      }),
      { numRuns: 100 },
    )
  })
})

describe('a concurrency that adapts', () => {
  const adaptive: Rule = { ...slots, limit: 64, adaptive: true }
  /** Runs as many calls as may, each second, for so long; a call takes what `latency` says of how many there are. */
  async function run(seconds: number, latency: (underWay: number) => number, limit = 64) {
    const clock = createHandClock()
    const limiter = createLimiter({ rules: [{ ...adaptive, limit }], ...clock })
    for (let second = 0; second < seconds; second += 1) {
      const permits: Permit[] = []
      for (let permit = limiter.tryEnter(['site:s']); permit.ok; permit = limiter.tryEnter(['site:s'])) {
        permits.push(permit)
      }
      await clock.advance(1000)
      for (const permit of permits) permit.end({ outcome: 'ok', took: latency(permits.length) })
    }
    return { limiter, clock }
  }

  it('grows while calls take no longer than usual, up to the limit', async () => {
    expect(capOf((await run(60, () => 100)).limiter)).toBe(64)
    expect(capOf((await run(60, () => 100, 20)).limiter)).toBe(20)
  })

  it('stays where calls begin to take longer', async () => {
    const { limiter } = await run(120, (underWay) => (underWay <= 20 ? 100 : 100 * (underWay / 20) ** 3))
    expect(capOf(limiter)).toBeGreaterThan(10)
    expect(capOf(limiter)).toBeLessThan(40)
  })

  it('comes down when the other side is overloaded, once for many answers', async () => {
    const { limiter, clock } = await run(60, () => 100)
    for (let answer = 0; answer < 10; answer += 1) limiter.learn('site:s', { outcome: 'busy', took: 100 })
    expect(capOf(limiter)).toBe(57)
    for (let round = 0; round < 100; round += 1) {
      await clock.advance(200)
      limiter.learn('site:s', { outcome: 'busy', took: 100 })
    }
    expect(capOf(limiter)).toBe(4)
  })
})
