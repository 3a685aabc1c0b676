import { describe, expect, it } from 'vitest'

import type { LimitKey } from '../src/index.ts'
import { atlassianRules, createLimiter, planRules, plans } from '../src/index.ts'
import { createHandClock } from '../src/testing/index.ts'

describe('plans', () => {
  it('grow with the people of a site, up to their cap', () => {
    const limits = [0, 10, 5000].map((users) => planRules(plans['official-premium'], { users })[0]?.limit)
    expect(limits).toEqual([1000, 1200, 10_000])
    expect(planRules(plans.telamon).map(({ name, limit }) => [name, limit])).toEqual([
      ['user-burst', 20],
      ['user-hour', 1000],
    ])
  })

  it('hold for an hour of the busiest person', async () => {
    const clock = createHandClock()
    const limiter = createLimiter({ rules: planRules(plans.premium), ...clock })
    let allowed = 0
    for (let second = 0; second < 3600; second += 1) {
      for (let call = 0; call < 3; call += 1) {
        if (limiter.tryTake(['user:a', 'site:s']) === 0) allowed += 1
      }
      await clock.advance(1000)
    }
    expect(allowed).toBeLessThanOrEqual(500)
    expect(allowed).toBeGreaterThan(490)
  })

  it('name every rule once, and give each a burst below its limit', () => {
    for (const { rules } of Object.values(plans)) {
      expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length)
      const limiter = createLimiter({ rules: planRules({ summary: '', rules }), ...createHandClock() })
      for (const { limit, remaining } of limiter.budget('user:a')) expect(remaining).toBeLessThan(limit)
    }
  })
})

const rateOf = (key: LimitKey): number | undefined => atlassianRules()(key)[0]?.limit

describe("Atlassian's limits", () => {
  it.each([
    ['GET /rest/api/3/issue/{issueIdOrKey}', 150],
    ['GET /rest/api/2/issue/{issueIdOrKey}', 150],
    ['GET /rest/api/3/issue/{issueIdOrKey}/changelog', 200],
    ['GET /rest/api/3/project/search', 100],
    ['POST /rest/api/3/search/approximate-count', 150],
    ['PUT /rest/api/3/issue/{issueIdOrKey}', 50],
    ['PUT /rest/api/3/component/{id}', 500],
    ['DELETE /rest/api/3/issue/{issueIdOrKey}', 50],
    ['GET /rest/servicedeskapi/servicedesk/{serviceDeskId}/customer', 5],
    ['GET /wiki/api/v2/pages/{id}/descendants', 300],
    ['GET /wiki/rest/api/content/{id}/state', 400],
    ['DELETE /wiki/rest/api/content/{id}', 500],
    ['GET /wiki/api/v2/pages/{id}', 10],
    ['TRACE /rest/api/3/x', 10],
  ])('know the rate of %s', (operation, rate) => {
    expect(rateOf(`operation:site-1/${operation}`)).toBe(rate)
  })

  it('never let 20 writes to one issue pass in 2 seconds, or 100 in 30', async () => {
    const clock = createHandClock()
    const limiter = createLimiter({ rules: atlassianRules(), ...clock })
    const grants: number[] = []
    while (clock.monotonic() < 90_000) {
      const wait = limiter.tryTake(['issue:s/ED-1'])
      if (wait === 0) grants.push(clock.monotonic())
      else await clock.advance(Math.ceil(wait))
    }
    const worst = (window: number): number =>
      Math.max(...grants.map((from) => grants.filter((at) => at >= from && at < from + window).length))
    expect(worst(2000)).toBeLessThanOrEqual(20)
    expect(worst(30_000)).toBeLessThanOrEqual(100)
    expect(grants.length).toBeGreaterThan(240)
  })

  it('spend points of the app, which come back with the UTC hour', async () => {
    const clock = createHandClock(Date.UTC(2026, 0, 1, 12, 59))
    const limiter = createLimiter({ rules: atlassianRules({ pointsPerHour: 100 }), ...clock })
    expect(limiter.tryTake(['site:s', 'app:a'], { points: 60 })).toBe(0)
    expect(limiter.tryTake(['site:s', 'app:a'], { points: 60 })).toBe(60_000)
    await clock.advance(60_000)
    expect(limiter.tryTake(['site:s', 'app:a'], { points: 60 })).toBe(0)
  })
})
