import { describe, expect, it } from 'vitest'

import { createLimiter } from '../src/index.ts'
import { createHandClock } from '../src/testing/index.ts'
import { perApp, perSite, perUser } from './rules.ts'

const hour = 3_600_000
const noon = Date.UTC(2026, 0, 1, 12)

describe('a decision at once', () => {
  it('lets the burst pass, then says when the next could', async () => {
    const clock = createHandClock()
    const limiter = createLimiter({ rules: [perUser], ...clock })
    for (let turn = 0; turn < 4; turn += 1) expect(limiter.take(['user:a']).ok).toBe(true)
    const refused = limiter.take(['user:a'])
    expect(refused).toMatchObject({ ok: false, violated: ['user-second'] })
    expect(!refused.ok && Math.round(refused.retryAfterMs)).toBe(167)
    await clock.advance(167)
    expect(limiter.tryTake(['user:a'])).toBe(0)
    expect(limiter.take(['user:b']).ok).toBe(true)
  })

  it('charges none of the keys when one of them refuses', () => {
    const limiter = createLimiter({ rules: [perUser, perSite], ...createHandClock(noon) })
    for (let turn = 0; turn < 4; turn += 1) limiter.take(['user:a', 'site:s'])
    expect(limiter.take(['user:a', 'site:s'])).toMatchObject({ ok: false, violated: ['user-second'] })
    expect(limiter.budget('site:s')).toMatchObject([{ policy: 'site-hour', remaining: 1, limit: 5 }])
  })

  it('names all rules in the way, the narrowest key first, and the longest wait', () => {
    const limiter = createLimiter({ rules: [perUser, perSite], ...createHandClock(noon) })
    for (const user of ['user:a', 'user:a', 'user:a', 'user:a', 'user:b'] as const) {
      limiter.take([user, 'site:s'])
    }
    limiter.pause('site:s', 10)
    expect(limiter.take(['user:a', 'site:s'])).toMatchObject({
      violated: ['user-second', 'site-hour', 'paused'],
      retryAfterMs: hour,
    })
  })

  it('counts each rule in its own unit', () => {
    const limiter = createLimiter({ rules: [perUser, perApp], ...createHandClock(noon) })
    expect(limiter.take(['user:a', 'app:x'], { points: 60 }).ok).toBe(true)
    expect(limiter.take(['user:a', 'app:x'], { points: 60 })).toMatchObject({ violated: ['app-points'] })
    expect(limiter.take(['user:a', 'app:x'], { points: 40 }).ok).toBe(true)
    expect(limiter.budget('user:a')).toMatchObject([{ remaining: 2 }])
  })

  it('says never to a cost above what can ever pass', () => {
    const limiter = createLimiter({ rules: [perUser, perApp], ...createHandClock() })
    expect(limiter.tryTake(['user:a'], 5)).toBe(Infinity)
    expect(limiter.tryTake(['app:a'], { points: 101 })).toBe(Infinity)
  })

  it('puts a reservation right in both directions, and a debt makes later calls wait', async () => {
    const clock = createHandClock(noon)
    const limiter = createLimiter({ rules: [perUser, perApp], ...clock })
    limiter.take(['app:x'], { points: 90 })
    limiter.spent(['app:x'], { points: -70 })
    expect(limiter.budget('app:x')).toMatchObject([{ remaining: 80, resetMs: hour }])
    limiter.spent(['app:x'], { points: 95 })
    expect(limiter.budget('app:x')).toMatchObject([{ remaining: 0 }])
    limiter.spent(['user:a'], 6)
    expect(Math.round(limiter.tryTake(['user:a']))).toBe(500)
    await clock.advance(hour)
    expect(limiter.tryTake(['user:a', 'app:x'], { points: 100 })).toBe(0)
  })

  it('holds back every key that a pause names, and the later of two pauses counts', async () => {
    const clock = createHandClock()
    const limiter = createLimiter({ rules: [], ...clock })
    limiter.pause('operation:s/GET /x', 500)
    limiter.pause('operation:s/GET /x', 200)
    for (const nonsense of [0, -5, Number.NaN, Infinity]) limiter.pause('operation:s/GET /x', nonsense)
    expect(limiter.take(['operation:s/GET /x'])).toMatchObject({ violated: ['paused'], retryAfterMs: 500 })
    expect(limiter.take(['operation:s/GET /y']).ok).toBe(true)
    await clock.advance(500)
    expect(limiter.take(['operation:s/GET /x']).ok).toBe(true)
  })

  it('counts what a rule in the shadow would have refused, and lets it pass', () => {
    const limiter = createLimiter({ rules: [{ ...perUser, shadow: true }], ...createHandClock() })
    for (let turn = 0; turn < 6; turn += 1) expect(limiter.tryTake(['user:a'])).toBe(0)
    expect(limiter.counts()).toEqual({ 'user-second': { allowed: 4, refused: 0, shadow: 2 } })
  })

  it('starts a calendar window with the hour of the wall clock', async () => {
    const clock = createHandClock(noon + hour - 1)
    const limiter = createLimiter({ rules: [perSite], ...clock })
    expect(limiter.tryTake(['site:s'], 5)).toBe(0)
    expect(limiter.tryTake(['site:s'])).toBe(1)
    await clock.advance(1)
    expect(limiter.tryTake(['site:s'], 5)).toBe(0)
  })

  it('remembers no more keys than it may, and forgets whole budgets first', () => {
    const limiter = createLimiter({ rules: [perUser], maxKeys: 64, ...createHandClock() })
    expect(limiter.tryTake(['user:busy'], 4)).toBe(0)
    for (let index = 0; index < 10_000; index += 1) limiter.budget(`user:${index}`)
    expect(limiter.tryTake(['user:busy'])).toBeGreaterThan(0)
  })

  it('charges a key that a flood of new keys would push out', () => {
    const limiter = createLimiter({ rules: [perUser], maxKeys: 16, ...createHandClock() })
    let allowed = 0
    for (let index = 0; index < 100; index += 1) {
      if (limiter.tryTake(['user:me', `address:${index}`]) === 0) allowed += 1
    }
    expect(allowed).toBe(4)
  })

  it('looks rules up by the whole key when it is given a function', () => {
    const limiter = createLimiter({
      rules: (key) => [
        { ...perUser, limit: key.endsWith('big') ? 100 : 2, burst: key.endsWith('big') ? 50 : 1 },
      ],
      ...createHandClock(),
    })
    expect(limiter.tryTake(['user:big'], 50)).toBe(0)
    expect(limiter.tryTake(['user:small'], 2)).toBe(Infinity)
  })
})
