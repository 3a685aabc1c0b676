import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Charge, LimiterStore, Rule } from '../src/index.ts'
import { createLimiter, createMemoryLimiterStore } from '../src/index.ts'
import { createHandClock } from '../src/testing/index.ts'
import { perSite, perUser } from './rules.ts'

const noon = Date.UTC(2026, 0, 1, 12)

/** A store that can be taken away, and counts what it is asked. */
function createShaky() {
  const memory = createMemoryLimiterStore()
  let away = false
  const asked: (readonly Charge[])[] = []
  const unless = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    if (away) throw new Error('connection refused')
    return work()
  }
  const store: LimiterStore = {
    take: (charges, now) => {
      asked.push(charges)
      return unless(() => memory.take(charges, now))
    },
    settle: (charges, now) => unless(() => memory.settle(charges, now)),
    pause: (id, until) => unless(() => memory.pause(id, until)),
    sweep: (now) => unless(() => memory.sweep(now)),
  }
  return { store, asked, memory, cut: (isAway: boolean) => void (away = isAway) }
}

describe('callers of one moment', () => {
  it('share one question', async () => {
    const { store, asked } = createShaky()
    const limiter = createLimiter({ rules: [perUser, perSite], store, ...createHandClock(noon) })
    await Promise.all(
      (['user:a', 'user:b', 'user:c', 'user:d'] as const).map((user) => limiter.acquire([user, 'site:s'])),
    )
    expect(asked).toHaveLength(1)
  })

  it('are each granted or refused as if they had asked alone, in the order they came', async () => {
    const call = fc.record({ user: fc.nat(3), cost: fc.integer({ min: 1, max: 3 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(call, { maxLength: 12 }), { maxLength: 6 }), async (moments) => {
        const clock = createHandClock(noon)
        const { store } = createShaky()
        // Another process has spent, so that this one cannot know before it asks.
        const rules = [perUser, { ...perSite, limit: 12 }]
        const other = createLimiter({ rules, store, ...clock })
        await other.acquire(['user:u1', 'site:s'], { cost: 2 })
        const limiter = createLimiter({ rules, store, ...clock })
        const spent = { site: 2, users: new Map([[1, 2]]) }
        for (const moment of moments) {
          const answers = await Promise.allSettled(
            moment.map(({ user, cost }) =>
              limiter.acquire([`user:u${user}`, 'site:s'], { cost, deadline: clock.now() }),
            ),
          )
          for (const [index, { status }] of answers.entries()) {
            const { user = 0, cost = 0 } = moment[index] ?? {}
            if (status !== 'fulfilled') continue
            spent.site += cost
            spent.users.set(user, (spent.users.get(user) ?? 0) + cost)
          }
          expect(spent.site).toBeLessThanOrEqual(12)
          for (const units of spent.users.values()) expect(units).toBeLessThanOrEqual(4)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('a lease', () => {
  const leased: Rule = { ...perUser, name: 'fast', limit: 2000, burst: 1000, lease: true }

  it('asks the store for lots, and gives back what was not spent', async () => {
    const { store, asked, memory } = createShaky()
    const clock = createHandClock(noon)
    const limiter = createLimiter({ rules: [leased], store, ...clock })
    for (let turn = 0; turn < 1000; turn += 1) {
      await limiter.acquire(['user:a'])
      if (turn % 10 === 9) await clock.advance(10)
    }
    expect(asked.length).toBeLessThan(50)
    await clock.advance(3000)
    const gate = { id: 'user:a|fast', kind: 'rolling', interval: 1, tolerance: 1000 } as const
    expect(await memory.settle([{ gate, cost: 0 }], clock.now())).toEqual([clock.now()])
    expect(clock.sleepers()).toBe(0)
  })

  it('never lets several nodes spend more than was granted: the surplus of a window is what they held', async () => {
    const turns = fc.array(fc.record({ node: fc.nat(3), calls: fc.nat(30), after: fc.nat(200) }), {
      maxLength: 60,
    })
    await fc.assert(
      fc.asyncProperty(turns, async (schedule) => {
        const clock = createHandClock(noon)
        const { store } = createShaky()
        const rules: readonly Rule[] = [{ ...leased, limit: 100, burst: 40 }]
        const nodes = Array.from({ length: 4 }, () => createLimiter({ rules, store, instances: 4, ...clock }))
        const granted: number[] = []
        for (const { node, calls, after } of schedule) {
          await clock.advance(after)
          const limiter = nodes[node]
          if (limiter === undefined) continue
          const asked = Array.from({ length: calls }, () =>
            limiter.acquire(['user:a'], { deadline: clock.now() }),
          )
          const answers = await Promise.allSettled(asked)
          for (const { status } of answers) if (status === 'fulfilled') granted.push(clock.monotonic())
        }
        // A lot is at most burst / (4 × nodes), here 2.
        for (const [index, from] of granted.entries()) {
          const inside = granted.slice(index).filter((at) => at < from + 1000)
          expect(inside.length).toBeLessThanOrEqual(100 + 4 * 2)
        }
      }),
      { numRuns: 30 },
    )
  })
})

const away = async (rule: Rule, instances = 1) => {
  const shaky = createShaky()
  const clock = createHandClock(noon)
  const limiter = createLimiter({ rules: [rule], store: shaky.store, instances, ...clock })
  shaky.cut(true)
  limiter.tryTake(['site:probe'], 0)
  await clock.advance(200)
  return { ...shaky, clock, limiter }
}
const passing = (limiter: { tryTake: (keys: 'site:s') => number }): number => {
  let passed = 0
  while (passed < 50 && limiter.tryTake('site:s') === 0) passed += 1
  return passed
}
const ten: Rule = { ...perSite, limit: 12 }

describe('while the store is away', () => {
  it('a rule that fails open lets all pass', async () => {
    expect(passing((await away({ ...ten, fail: 'open' })).limiter)).toBe(50)
  })

  it('a rule that fails closed lets nobody pass', async () => {
    const { limiter } = await away({ ...ten, fail: 'closed' })
    expect(passing(limiter)).toBe(0)
    expect(limiter.take(['site:s'])).toMatchObject({ ok: false, retryAfterMs: 1000, violated: ['site-hour'] })
  })

  it('a local rule grants this process its share of what is left', async () => {
    expect(passing((await away(ten, 4)).limiter)).toBe(3)
    expect(passing((await away(ten)).limiter)).toBe(12)
    expect(passing((await away({ ...perUser, per: 'site' }, 100)).limiter)).toBe(1)
  })

  it('is asked every 400 ms, and everything is as before within two seconds of its return', async () => {
    // Granted while it was away, and after its return.
    const expected = { open: ['open', 50, 2], closed: ['closed', 0, 12], local: ['local', 4, 8] }
    for (const fail of ['open', 'closed', 'local'] as const) {
      const { cut, clock, limiter, memory, asked } = await away({ ...ten, fail }, 3)
      const log: string[] = []
      const gate = { id: 'site:s|site-hour', kind: 'calendar', limit: 12, window: 3_600_000 } as const
      for (let turn = 0; turn < 100; turn += 1) {
        if (turn === 50) cut(false)
        limiter.acquire(['site:s'], { deadline: clock.now() }).then(
          () => log.push(`${turn} ok`),
          () => log.push(`${turn} refused`),
        )
        await clock.advance(100)
      }
      expect(log).toHaveLength(100)
      // Ten calls a second before its return, and a question for every fourth of them.
      expect(asked.length).toBeLessThan(80)
      await limiter.flush()
      const [used = 0] = await memory.settle([{ gate, cost: 0 }], clock.now())
      const ok = log.filter((line) => line.endsWith('ok')).length
      expect(used).toBe(ok)
      const early = log.slice(0, 50).filter((line) => line.endsWith('ok')).length
      expect([fail, early, ok - early]).toEqual(expected[fail])
      // The first answer that differs from those before its return.
      const turned = log.slice(50).findIndex((line) => line.endsWith('ok') !== (fail === 'open'))
      expect(turned).toBeGreaterThanOrEqual(0)
      expect(turned).toBeLessThanOrEqual(20)
    }
  })

  it('those who wait under a closed rule get their turn when it is back', async () => {
    const { cut, clock, limiter } = await away({ ...ten, fail: 'closed' })
    const turn = limiter.acquire(['site:s']).then(() => clock.monotonic())
    await clock.advance(5000)
    cut(false)
    await clock.advance(2000)
    expect(await turn).toBeLessThanOrEqual(7200)
    expect(clock.sleepers()).toBe(0)
  })
})
