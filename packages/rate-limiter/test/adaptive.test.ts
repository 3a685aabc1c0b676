import { describe, expect, it } from 'vitest'

import type { Rule } from '../src/index.ts'
import { atlassianRules, createLimiter, heed } from '../src/index.ts'
import { createHandClock } from '../src/testing/index.ts'

const rule: Rule = {
  name: 'operation-burst',
  kind: 'rolling',
  unit: 'requests',
  per: 'operation',
  limit: 100,
  burst: 1,
  window: 1,
  fail: 'local',
  adaptive: true,
}
const key = 'operation:s/GET /x'

function make(change: Partial<Rule> = {}) {
  const clock = createHandClock()
  const limiter = createLimiter({ rules: [{ ...rule, ...change }], ...clock })
  /** How many pass in a second, each answered as said. */
  const second = async (outcome?: 'ok'): Promise<number> => {
    let passed = 0
    for (const end = clock.monotonic() + 1000; clock.monotonic() < end;) {
      const wait = limiter.tryTake(key)
      if (wait > 0) {
        await clock.advance(Math.min(wait, end - clock.monotonic()))
        continue
      }
      passed += 1
      if (outcome) limiter.learn(key, { outcome })
    }
    return passed
  }
  return { clock, limiter, second }
}

describe('a rate that adapts', () => {
  it('begins a little below what is published, and rises with answers to a little above', async () => {
    const { second } = make()
    expect(await second()).toBeGreaterThanOrEqual(94)
    for (let turn = 0; turn < 5; turn += 1) await second('ok')
    const risen = await second('ok')
    expect(risen).toBeGreaterThanOrEqual(109)
    expect(risen).toBeLessThanOrEqual(111)
  })

  it('takes an announced rate for the truth, up to five times the published one', async () => {
    const { limiter, second } = make()
    limiter.learn(key, { limit: 40 })
    expect(await second()).toBeLessThanOrEqual(40)
    limiter.learn(key, { limit: 0 })
    expect(await second()).toBeLessThanOrEqual(40)
    limiter.learn(key, { limit: 1e9 })
    expect(await second()).toBeLessThanOrEqual(5 * 100)
  })

  it('is shut for as long as a refusal says, and comes down once for many refusals, not below seven tenths', async () => {
    const { clock, limiter, second } = make()
    for (let answer = 0; answer < 20; answer += 1) limiter.learn(key, { outcome: 'refused', wait: 3000 })
    expect(limiter.tryTake(key)).toBeCloseTo(3000)
    await clock.advance(3000)
    const after = await second()
    expect(after).toBeGreaterThanOrEqual(89)
    expect(after).toBeLessThanOrEqual(91)
    for (let answer = 0; answer < 50; answer += 1) {
      limiter.learn(key, { outcome: 'refused' })
      await clock.advance(1000)
    }
    const floor = await second()
    expect(floor).toBeGreaterThanOrEqual(69)
    expect(floor).toBeLessThanOrEqual(71)
  })

  it('sends no more than is said to be left, less what is under way', () => {
    const { limiter } = make({ burst: 50 })
    for (let call = 0; call < 4; call += 1) limiter.tryTake(key)
    limiter.learn(key, { outcome: 'ok', remaining: 5 })
    let sent = 0
    while (limiter.tryTake(key) === 0) sent += 1
    expect(sent).toBe(2)
  })

  it('does not go beyond a rate of five a second', async () => {
    const { second } = make({ limit: 5 })
    for (let turn = 0; turn < 10; turn += 1) await second('ok')
    expect(await second('ok')).toBeLessThanOrEqual(5)
  })
})

describe('heeding an answer', () => {
  const operation = 'operation:s/GET /rest/api/3/issue/{issueIdOrKey}' as const
  const keys = ['issue:s/ED-1', operation, 'site:s', 'app:a'] as const
  const make2 = () => {
    const clock = createHandClock(Date.UTC(2026, 0, 1, 12, 50))
    const limiter = createLimiter({ rules: atlassianRules(), ...clock })
    const read = (status: number, fields: Record<string, string>) =>
      heed(limiter, keys, { status, headers: new Headers(fields), now: clock.now(), took: 50 })
    return { clock, limiter, read }
  }

  it('learns rate and points, enforced or informational', () => {
    const { limiter, read } = make2()
    expect(
      read(200, {
        'X-RateLimit-Limit': '350',
        'X-RateLimit-Remaining': '349',
        'Beta-RateLimit-Policy': '"global-app-quota";q=100000;w=3600',
        'Beta-RateLimit': '"global-app-quota";r=11000;t=600',
      }),
    ).toBeUndefined()
    expect(limiter.budget(operation)).toMatchObject([{ limit: 350, remaining: 35 }])
    expect(limiter.budget('app:a')).toMatchObject([{ limit: 100_000, remaining: 11_000 }])
  })

  it.each([
    ['jira-per-issue-on-write', 'issue:s/ED-1'],
    ['jira-burst-based', operation],
    ['jira-quota-tenant-based', 'site:s'],
    ['jira-quota-global-based', 'app:a'],
    ['jira-cost-based', 'site:s'],
  ])('pauses exactly what %s names', (reason, paused) => {
    const { limiter, read } = make2()
    read(429, { 'Retry-After': '7', 'RateLimit-Reason': reason, 'X-RateLimit-Limit': '100000' })
    const held = keys.filter((each) => limiter.tryTake([each], { points: 1 }) >= 7000)
    const free = keys.filter((each) => limiter.tryTake([each], { points: 1 }) === 0)
    expect(held).toEqual([paused])
    expect(free).toEqual(keys.filter((each) => each !== paused))
  })

  it('leaves the rate alone when the numbers are of something else', () => {
    const { limiter, read } = make2()
    const before = limiter.budget(operation)
    read(429, {
      'X-Failure-Category': 'FAILURE CLIENT RATE LIMITED',
      'X-RateLimit-Limit': '360000',
      'X-RateLimit-Remaining': '0',
    })
    expect(limiter.budget(operation)[0]?.limit).toBe(before[0]?.limit)
  })
})
