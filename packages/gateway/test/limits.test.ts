import { createLimiter } from '@telamon/rate-limiter'
import type { Rule } from '@telamon/rate-limiter'
import { expect, test } from 'vitest'

import { limitStates } from '../src/index.ts'
import { mcpRequest, served, toolCall } from './fixture.ts'

const hour: Rule = {
  name: 'user-hour',
  kind: 'rolling',
  unit: 'requests',
  per: 'user',
  limit: 20,
  window: 3600,
  burst: 2,
  fail: 'closed',
}
const site: Rule = { ...hour, name: 'site-hour', per: 'site', limit: 40, burst: 4 }
const stranger: Rule = { ...hour, name: 'stranger', per: 'address' }

function limited(rules: readonly Rule[]) {
  return createLimiter({ rules, now: () => 0 })
}

test('a person is told how they stand, and a call over the limit reaches the model', async () => {
  const { send, written } = served({ inbound: { limiter: limited([hour, site]) } })
  const first = await send(toolCall('writeNote', { text: '1' }))
  expect(first.headers.get('ratelimit-policy')).toContain('"user-hour";q=20;w=3600')
  expect(first.headers.get('ratelimit')).toContain('"user-hour";r=1;')
  expect(first.headers.get('ratelimit')).toContain('"site-hour";r=3;')
  await send(toolCall('writeNote', { text: '2' }))
  const third = await send(toolCall('writeNote', { text: '3' }))
  expect(third.status).toBe(200)
  expect(await third.json()).toMatchObject({
    result: {
      isError: true,
      content: [
        {
          text: expect.stringContaining('Not done: the limit user-hour of this server (20 requests an hour)'),
        },
      ],
    },
  })
  expect(third.headers.get('ratelimit')).toContain('"user-hour";r=0;')
  expect(written).toEqual(['1', '2'])
})

test('lists are free, and show the budget as it is', async () => {
  const { send } = served({ inbound: { limiter: limited([hour]) } })
  for (let round = 0; round < 5; round += 1) {
    const response = await send(mcpRequest('tools/list'))
    expect(response.headers.get('ratelimit')).toContain('"user-hour";r=2;')
  }
})

test('one person does not use up the budget of another', async () => {
  const { send } = served({ inbound: { limiter: limited([hour]) } })
  for (let round = 0; round < 3; round += 1) await send(toolCall('readNote'))
  expect(await (await send(toolCall('readNote', {}, { token: 'reader' }))).json()).toMatchObject({
    result: { content: [{ text: 'A note of Reader.' }] },
  })
})

test('a call counts as much as its tool costs', async () => {
  const limiter = limited([{ ...hour, burst: 5 }])
  const { send } = served({
    inbound: { limiter, cost: ({ tier }) => (tier === 'read' ? 1 : 3) },
  })
  const left = async (tool: string): Promise<string | null> =>
    (await send(toolCall(tool, tool === 'readNote' ? {} : { text: 'a' }))).headers.get('ratelimit')
  expect(await left('readNote')).toContain('"user-hour";r=4;')
  expect(await left('writeNote')).toContain('"user-hour";r=1;')
  expect(await left('writeNote')).toContain('"user-hour";r=0;')
  expect(await left('readNote')).toContain('"user-hour";r=0;')
  expect(limiter.counts()['user-hour']).toMatchObject({ allowed: 3, refused: 1 })
})

test('how a person stands can be read without being charged', () => {
  const limiter = limited([hour, site])
  const person = {
    subject: 'ann',
    label: 'Ann',
    grantId: 'g',
    clientId: 'c',
    scopes: [],
    choices: ['acme'],
  }
  limiter.take(['user:ann', 'site:acme'])
  for (let look = 0; look < 3; look += 1) {
    expect(limitStates({ limiter }, person)).toEqual([
      {
        policy: 'user-hour',
        unit: 'requests',
        limit: 20,
        windowSeconds: 3600,
        remaining: 1,
        resetSeconds: 200,
      },
      {
        policy: 'site-hour',
        unit: 'requests',
        limit: 40,
        windowSeconds: 3600,
        remaining: 3,
        resetSeconds: 100,
      },
    ])
  }
  expect(limitStates({ limiter }, { ...person, choices: ['acme', 'other'] })).toHaveLength(1)
})

test('keys can be chosen by the app', async () => {
  const asked: unknown[] = []
  const { send } = served({
    inbound: {
      limiter: limited([hour]),
      keys: (person, tool) => {
        asked.push([person.subject, tool?.name])
        return ['user:everybody']
      },
    },
  })
  await send(toolCall('readNote'))
  expect(asked).toEqual([['ann', 'readNote']])
})

test('addresses that bring no valid token are slowed down, and told nothing of anybody', async () => {
  const { send, events } = served({ inbound: { limiter: limited([hour]), strangers: limited([stranger]) } })
  const attempt = (token: string | undefined): Promise<Response> => send(toolCall('readNote', {}, { token }))
  expect((await attempt(undefined)).status).toBe(401)
  expect((await attempt('forged')).status).toBe(401)
  const third = await attempt('forged')
  expect(third.status).toBe(429)
  expect(third.headers.get('content-type')).toBe('application/problem+json')
  expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(third.headers.get('ratelimit')).toBeNull()
  expect(events.at(-1)).toMatchObject({ status: 429, refused: 'address_limit' })
  expect((await attempt('ann')).status).toBe(200)
})
