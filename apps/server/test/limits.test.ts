import { createMemoryLimiterStore } from '@telamon/rate-limiter'
import { expect, test } from 'vitest'

import { chargeSite, costOf, createLimits } from '../src/limits.ts'

const limitsOf = (plan: string, instances = 1, store = createMemoryLimiterStore()) =>
  createLimits({ plan, store, instances })

test('a plan that is not there is named, with those that are', () => {
  expect(() => limitsOf('gold')).toThrow(/TELAMON_PLAN: there is no plan gold\. Plans: .*premium/)
})

test('a person has what the plan says, and tools that change much cost more', () => {
  const { inbound } = limitsOf('premium')
  inbound.take(['user:ann', 'site:acme'], costOf({ name: 'bulkDeleteJiraIssues' }))
  inbound.take(['user:ann', 'site:acme'], costOf({ name: 'getJiraIssue' }))
  inbound.take(['user:ann', 'site:acme'], costOf({ name: 'getAtlassianRateLimitStatus' }))
  expect(inbound.budget('user:ann').map(({ policy, remaining }) => [policy, remaining])).toEqual([
    ['user-burst', 9],
    ['user-hour', 44],
  ])
  expect(inbound.budget('site:acme')).toMatchObject([{ policy: 'site-hour', limit: 1000, remaining: 94 }])
})

test('a look at the budget is free when it is used up', () => {
  const { inbound } = limitsOf('telamon')
  while (inbound.tryTake(['user:ann']) === 0);
  expect(inbound.take(['user:ann'], costOf({ name: 'getJiraIssue' })).ok).toBe(false)
  expect(inbound.take(['user:ann'], costOf({ name: 'getAtlassianRateLimitStatus' })).ok).toBe(true)
})

test('a site that is used up says when to come back', () => {
  const { inbound } = limitsOf('official-free')
  while (inbound.tryTake(['site:acme']) === 0);
  expect(() => chargeSite(inbound, 'acme')).toThrow(/The limit site-hour of this site is reached/)
  expect(() => chargeSite(inbound, 'other')).not.toThrow()
})

test('several instances keep to the limits of Atlassian together', async () => {
  const store = createMemoryLimiterStore()
  const [here, there] = [limitsOf('telamon', 2, store), limitsOf('telamon', 2, store)]
  const issue = 'issue:acme/ED-1'
  const deadline = Date.now() + 50
  const turns = Array.from({ length: 30 }, (_, index) =>
    (index % 2 === 0 ? here : there).outbound.acquire([issue], { deadline }),
  )
  const passed = (await Promise.allSettled(turns)).filter(({ status }) => status === 'fulfilled')
  // Ten at once, and no other comes back within the deadline.
  expect(passed).toHaveLength(10)
})
