import { createLimiter } from '@telamon/rate-limiter'
import type { LimitKey } from '@telamon/rate-limiter'
import { describe, expect, test } from 'vitest'

import { limitWith } from '../src/index.ts'
import type { Hooks, OutboundLimiter, RestEvent } from '../src/index.ts'
import { createSkippingClock, json, reply } from '../src/testing/index.ts'
import { failure, scripted } from './support/client.ts'
import {
  createIssue,
  editIssue,
  getIssue,
  paged,
  record,
  searchByPost,
  serverInfo,
} from './support/records.ts'

const path = { issueIdOrKey: 'ED-1' }

describe('hooks', () => {
  test('see each attempt before and after, and the answer at the end', async () => {
    const seen: unknown[] = []
    const hooks = (name: string): Hooks => ({
      beforeRequest: async ({ attempt, tenant, operation }) =>
        void seen.push([name, 'before', attempt, tenant, operation.id]),
      afterResponse: ({ attempt, status, headers }) =>
        void seen.push([name, 'after', attempt, status, headers.get('x-ratelimit-remaining')]),
      afterAnswer: ({ answer }) => void seen.push([name, 'answer', answer]),
    })
    const limited = json({}, { status: 429, headers: { 'retry-after': '1', 'x-ratelimit-remaining': '0' } })
    const { call } = scripted([limited, json({ id: '1' })], { hooks: [hooks('a'), hooks('b')] })
    await call(getIssue, { path })
    expect(seen).toEqual([
      ['a', 'before', 1, 'demo.atlassian.net', 'getIssue'],
      ['b', 'before', 1, 'demo.atlassian.net', 'getIssue'],
      ['a', 'after', 1, 429, '0'],
      ['b', 'after', 1, 429, '0'],
      ['a', 'before', 2, 'demo.atlassian.net', 'getIssue'],
      ['b', 'before', 2, 'demo.atlassian.net', 'getIssue'],
      ['a', 'after', 2, 200, null],
      ['b', 'after', 2, 200, null],
      ['a', 'answer', { id: '1' }],
      ['b', 'answer', { id: '1' }],
    ])
  })

  test('hold the request back until they are done', async () => {
    let open: (() => void) | undefined
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    const { call, upstream } = scripted([json({})], { hooks: { beforeRequest: () => gate } })
    const running = call(serverInfo)
    await Promise.resolve()
    expect(upstream.requests).toHaveLength(0)
    open?.()
    await running
    expect(upstream.requests).toHaveLength(1)
  })

  test.each<Hooks>([
    {
      beforeRequest: () => {
        throw new RangeError('mine')
      },
    },
    {
      afterResponse: () => {
        throw new RangeError('mine')
      },
    },
  ])('throw their own errors to the caller', async (hooks) => {
    await expect(scripted([json({})], { hooks }).call(serverInfo)).rejects.toThrow(RangeError)
  })
})

describe('events', () => {
  const events: RestEvent[] = []
  const observe = (event: RestEvent): void => void events.push(event)

  test('tell attempts, waits and ends, without secrets, keys or text of answers', async () => {
    events.length = 0
    const headers = { 'retry-after': '2', 'ratelimit-reason': 'jira-burst-based', 'atl-traceid': 'abc123' }
    const { call } = scripted([json({ errorMessages: ['secret'] }, { status: 429, headers }), json({})], {
      observe,
    })
    await call(getIssue, { path })
    const named = {
      operationId: 'getIssue',
      method: 'GET',
      path: '/rest/api/3/issue/{issueIdOrKey}',
      product: 'jira',
      tenant: 'demo.atlassian.net',
    }
    expect(events).toEqual([
      { type: 'attempt', ...named, attempt: 1, status: 429, milliseconds: 0, traceId: 'abc123' },
      {
        type: 'wait',
        ...named,
        attempt: 1,
        milliseconds: 2_000,
        code: 'rate_limited',
        reason: 'jira-burst-based',
      },
      { type: 'attempt', ...named, attempt: 2, status: 200, milliseconds: 0 },
      { type: 'call', ...named, attempts: 2, milliseconds: 2_000 },
    ])
    expect(JSON.stringify(events)).not.toMatch(/secret|ED-1|Basic/)
  })

  test('tell how a call has failed', async () => {
    events.length = 0
    const { call } = scripted([reply(502)], { observe })
    await failure(call(createIssue, { body: { fields: {} } }))
    expect(events.at(-1)).toMatchObject({
      type: 'call',
      attempts: 1,
      failed: 'server_error',
      outcome: 'unknown',
    })
    const hooks = {
      beforeRequest: () => {
        throw new Error('mine')
      },
    }
    await expect(scripted([], { observe, hooks }).call(serverInfo)).rejects.toThrow('mine')
    expect(events.at(-1)).toMatchObject({ type: 'call', failed: 'other' })
  })

  test('that the watcher cannot take change nothing', async () => {
    const { call } = scripted([json({ ok: 1 })], {
      observe: () => {
        throw new Error('broken watcher')
      },
    })
    expect(await call(serverInfo)).toEqual({ ok: 1 })
  })
})

/** A limiter that writes down what it is told. */
function noting() {
  const notes: unknown[] = []
  const lessons: unknown[] = []
  const limiter: OutboundLimiter = {
    acquire: async (keys, options) => void notes.push(['acquire', keys, options?.cost, options?.person]),
    spent: (keys, cost) => void notes.push(['spent', keys.length, cost]),
    pause: (key, milliseconds) => void notes.push(['pause', key, milliseconds]),
    learn: (key, lesson) => void lessons.push([key, lesson]),
  }
  return { limiter, notes, lessons }
}

describe('a limiter', () => {
  const site = 'demo.atlassian.net'

  test('is asked from the narrowest key to the widest, by template', async () => {
    const { limiter, notes } = noting()
    const hooks = limitWith(limiter, { app: 'telamon', account: 'a1', person: 'ada' })
    await scripted([reply(204)], { hooks }).call(editIssue, { path, body: {} })
    const keys: LimitKey[] = [
      `issue:${site}/ED-1`,
      `operation:${site}/PUT /rest/api/3/issue/{issueIdOrKey}`,
      `site:${site}`,
      `account:${site}/a1`,
      'app:telamon',
    ]
    expect(notes).toEqual([['acquire', keys, { requests: 1, points: 1 }, 'ada']])
  })

  test('is told who waits, and how urgently', async () => {
    const asked: unknown[] = []
    const limiter: OutboundLimiter = {
      ...noting().limiter,
      acquire: async (_keys, options) => void asked.push([options?.person, options?.priority]),
    }
    const hooks = limitWith(limiter, { person: 'ada', priority: 'interactive' })
    await scripted([reply(204)], { hooks }).call(editIssue, { path, body: {} })
    expect(asked).toEqual([['ada', 'interactive']])
  })

  test('has points reserved by what is asked for, and settled by what came', async () => {
    const { limiter, notes } = noting()
    const hooks = limitWith(limiter)
    const { call } = scripted([json({ issues: [{ id: '1' }, { id: '2' }] })], { hooks })
    await call(searchByPost, { body: { jql: 'x', maxResults: 20 } })
    expect(notes).toEqual([
      ['acquire', expect.anything(), { requests: 1, points: 21 }, undefined],
      ['spent', 2, { requests: 0, points: -18 }],
    ])
  })

  test.each([
    ['a refusal for the rate costs nothing', 429, -2],
    ['any other refusal costs the request', 404, -1],
  ])('%s', async (_, status, points) => {
    const { limiter, notes } = noting()
    await failure(
      scripted([reply(status, { 'retry-after': '600' })], { hooks: limitWith(limiter) }).call(getIssue, {
        path,
      }),
    )
    expect(notes).toContainEqual(['spent', 2, { requests: 0, points }])
  })

  test.each<readonly [string, string]>([
    ['jira-per-issue-on-write', `issue:${site}/ED-1`],
    ['jira-burst-based', `operation:${site}/PUT /rest/api/3/issue/{issueIdOrKey}`],
    ['jira-quota-tenant-based', `site:${site}`],
    ['jira-quota-global-based', 'app:telamon'],
    ['jira-cost-based', `site:${site}`],
  ])('pauses for %s what that speaks of', async (reason, key) => {
    const { limiter, notes } = noting()
    const refused = json({}, { status: 429, headers: { 'retry-after': '40', 'ratelimit-reason': reason } })
    const { call } = scripted([refused], { hooks: limitWith(limiter, { app: 'telamon' }) })
    await failure(call(editIssue, { path, body: {} }))
    expect(notes).toContainEqual(['pause', key, 40_000])
  })

  test('learns what answers announce, and from how they went', async () => {
    const { limiter, lessons } = noting()
    const headers = { 'x-ratelimit-limit': '50', 'x-ratelimit-remaining': '49' }
    const { call } = scripted([json({}, { headers })], { hooks: limitWith(limiter) })
    await call(getIssue, { path })
    expect(lessons).toEqual([
      [
        `operation:${site}/GET /rest/api/3/issue/{issueIdOrKey}`,
        { outcome: 'ok', took: 0, limit: 50, remaining: 49 },
      ],
      [`site:${site}`, { outcome: 'ok', took: 0 }],
    ])
  })

  test('shares gates of families', async () => {
    const { limiter, notes } = noting()
    const { call } = scripted([json([]), json({})], { hooks: limitWith(limiter) })
    await call(record({ path: '/rest/api/3/user/assignable/search' }))
    await call(record({ method: 'POST', path: '/rest/api/3/bulk/issues/fields' }))
    expect(JSON.stringify(notes)).toMatch(/family:[^"]+\/user-search.*family:[^"]+\/bulk/)
  })

  test('that cannot let a call go in time is a rate limit, with nothing sent', async () => {
    const clock = createSkippingClock()
    const limiter = createLimiter({
      rules: [
        {
          name: 'one',
          kind: 'calendar',
          unit: 'requests',
          per: 'site',
          limit: 1,
          window: 3_600,
          fail: 'closed',
        },
      ],
      now: clock.now,
    })
    const { call, upstream } = scripted([json({})], { hooks: limitWith(limiter, { now: clock.now }) })
    await call(serverInfo)
    const error = await failure(call(serverInfo))
    expect(error).toMatchObject({ code: 'rate_limited', status: 0, outcome: 'not_executed' })
    expect(error.retryAfterMs).toBeGreaterThan(0)
    expect(upstream.requests).toHaveLength(1)
  })

  test('counts people, groups and permissions twice, and a bulk read by its ids', async () => {
    const { limiter, notes } = noting()
    const { call, page } = scripted([json([]), json({ values: [] }), json({ issues: [] })], {
      hooks: limitWith(limiter),
    })
    await call(record({ path: '/rest/api/3/user' }))
    await page(paged({ page: 'start', path: '/rest/servicedeskapi/servicedesk/{id}/organization' }), {
      path: { id: '1' },
    })
    await call(record({ method: 'POST', read: true, path: '/rest/api/3/issue/bulkfetch' }), {
      body: { issueIdsOrKeys: ['a', 'b', 'c'] },
    })
    const reserved = notes.flatMap((note) => (Array.isArray(note) && note[0] === 'acquire' ? [note[2]] : []))
    expect(reserved).toEqual([
      { requests: 1, points: 3 },
      { requests: 1, points: 26 },
      { requests: 1, points: 4 },
    ])
  })
})
