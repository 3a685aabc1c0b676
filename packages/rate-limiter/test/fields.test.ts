import { expect, it } from 'vitest'

import type { Budget } from '../src/index.ts'
import { rateLimitFields } from '../src/index.ts'

const budget = (policy: string, change: Partial<Budget> = {}): Budget => ({
  policy,
  key: 'user:a',
  unit: 'requests',
  limit: 1000,
  window: 3600,
  remaining: 87,
  resetMs: 51_200,
  ...change,
})

it('writes both fields, with points last', () => {
  const points = budget('atlassian-points', {
    unit: 'points',
    limit: 65_000,
    remaining: 0,
    resetMs: 1_380_000,
  })
  expect(rateLimitFields([points, budget('user-hour')])).toEqual({
    RateLimit: '"user-hour";r=87;t=52, "atlassian-points";r=0;t=1380',
    'RateLimit-Policy': '"user-hour";q=1000;w=3600, "atlassian-points";q=65000;w=3600;telamon-unit="points"',
  })
})

it('chooses the three nearest to their end', () => {
  const budgets = [900, 10, 500, 20].map((remaining, index) => budget(`p${index}`, { remaining, resetMs: 0 }))
  expect(rateLimitFields(budgets).RateLimit).toBe('"p1";r=10;t=1, "p3";r=20;t=1, "p2";r=500;t=1')
})

it('says of a refusal when to come back, and spreads long waits a little', () => {
  const budgets = [budget('user-hour', { remaining: 3 })]
  const violated = ['user-hour']
  expect(rateLimitFields(budgets, { retryAfterMs: 1200, violated })).toEqual({
    RateLimit: '"user-hour";r=0;t=2',
    'RateLimit-Policy': '"user-hour";q=1000;w=3600',
    'Retry-After': '2',
  })
  const spread = rateLimitFields(budgets, { retryAfterMs: 100_000, violated }, () => 0.5)
  expect(spread['Retry-After']).toBe('105')
  expect(rateLimitFields(budgets, { retryAfterMs: Infinity, violated })).not.toHaveProperty('Retry-After')
})

it('keeps names inside their quotes', () => {
  expect(rateLimitFields([budget('a"b\\c\r\né')]).RateLimit).toBe('"abc";r=87;t=52')
})
