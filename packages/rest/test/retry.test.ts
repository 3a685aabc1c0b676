import { describe, expect, test } from 'vitest'

import { createRest } from '../src/index.ts'
import type { AtlassianError, Operation } from '../src/index.ts'
import { createUpstream, json, reply } from '../src/testing/index.ts'
import type { Step } from '../src/testing/index.ts'
import { failure, scripted } from './support/client.ts'
import { createIssue, deleteIssue, editIssue, getIssue, record, searchByPost } from './support/records.ts'

const path = { issueIdOrKey: 'ED-1' }
const get: Operation<unknown, unknown> = record({})
const post = record({ method: 'POST' })
const patch = record({ method: 'PATCH', body: 'patch' })
const put = record({ method: 'PUT', res: 'empty' })
const read = record({ method: 'POST', read: true })

const error = (code: string): Error =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })
const limited = (headers: Record<string, string> = {}): Response => json({}, { status: 429, headers })

const steps = (): Step[] => [reply(502), reply(502), reply(502), reply(502), json({})]

describe('waits', () => {
  const start = new Date(Date.UTC(2026, 10, 23))
  const ahead = (seconds: number): Date => new Date(start.getTime() + seconds * 1_000)

  test.each<readonly [string, Record<string, string>, number]>([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['an HTTP date', { 'retry-after': ahead(9).toUTCString() }, 9_000],
    [
      'an HTTP date on a clock that is an hour fast',
      { 'retry-after': ahead(3_609).toUTCString(), date: ahead(3_600).toUTCString() },
      9_000,
    ],
    ['the larger of two', { 'retry-after': '3, 5' }, 5_000],
    ['an ISO reset', { 'x-ratelimit-reset': ahead(11).toISOString() }, 11_000],
    ['an ISO reset without seconds', { 'x-ratelimit-reset': '2026-11-23T00:00Z' }, 0],
    ['an epoch reset', { 'x-ratelimit-reset': String(start.getTime() / 1_000 + 4) }, 4_000],
    [
      'Retry-After before a reset',
      { 'retry-after': '2', 'x-ratelimit-reset': ahead(20).toISOString() },
      2_000,
    ],
    ['an instant that has passed', { 'retry-after': ahead(-60).toUTCString() }, 0],
    ['backoff after nonsense', { 'retry-after': 'soon', 'x-ratelimit-reset': 'later' }, 500],
    ['backoff after nothing', {}, 500],
  ])('%s', async (_, headers, milliseconds) => {
    const { call, clock } = scripted([limited(headers), json({})])
    await call(get)
    expect(clock.waits).toEqual([milliseconds])
  })

  test('double without being asked, and are spread', async () => {
    const middle = scripted(steps())
    await middle.call(get)
    expect(middle.clock.waits).toEqual([500, 1_000, 2_000, 4_000])
    const early = scripted(steps(), { random: () => 0 })
    await early.call(get)
    expect(early.clock.waits).toEqual([350, 700, 1_400, 2_800])
  })

  test.each(['31', '9223372036854775807'])('of %s seconds are given back to the caller', async (seconds) => {
    const { call, upstream } = scripted([
      limited({ 'retry-after': seconds, 'ratelimit-reason': 'jira-quota-global-based' }),
    ])
    const { retryAfterMs, reason } = await failure(call(get))
    expect(retryAfterMs).toBe(Math.min(Number(seconds) * 1_000, 3_600_000))
    expect(reason).toBe('jira-quota-global-based')
    expect(upstream.requests).toHaveLength(1)
  })

  test('that the time of the call does not allow are given back at once', async () => {
    const { call, clock } = scripted([limited({ 'retry-after': '10' })])
    expect(await failure(call(get, {}, { timeoutMs: 10_000 }))).toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 10_000,
    })
    expect(clock.waits).toEqual([])
  })

  test('come to an end', async () => {
    const { call, upstream } = scripted(Array.from({ length: 9 }, () => limited({ 'retry-after': '1' })))
    expect(await failure(call(get))).toMatchObject({ code: 'rate_limited' })
    expect(upstream.requests).toHaveLength(5)
  })
})

const attempts = async (
  operation: Operation<unknown, unknown>,
  failing: Step,
  input: object = {},
): Promise<number> => {
  const { call, upstream } = scripted([failing, json({})])
  try {
    await call(operation, input)
  } catch {
    // Only the number of attempts is of interest.
  }
  return upstream.requests.length
}

const form = (): FormData => new FormData()

describe('what may be repeated', () => {
  test.each<readonly [string, () => Step, Record<'get' | 'read' | 'put' | 'post' | 'patch', boolean>]>([
    ['429', () => limited(), { get: true, read: true, put: true, post: true, patch: true }],
    [
      '503 with a wait',
      () => reply(503, { 'retry-after': '1' }),
      { get: true, read: true, put: true, post: true, patch: true },
    ],
    ['503', () => reply(503), { get: true, read: true, put: true, post: false, patch: false }],
    ['502', () => reply(502), { get: true, read: true, put: true, post: false, patch: false }],
    ['504', () => reply(504), { get: true, read: true, put: true, post: false, patch: false }],
    ['500', () => reply(500), { get: false, read: false, put: false, post: false, patch: false }],
    ['400', () => reply(400), { get: false, read: false, put: false, post: false, patch: false }],
    ['a reset', () => error('ECONNRESET'), { get: true, read: true, put: true, post: false, patch: false }],
    [
      'a refused connection',
      () => error('ECONNREFUSED'),
      { get: true, read: true, put: true, post: true, patch: true },
    ],
    [
      'a name look-up that failed for now',
      () => error('EAI_AGAIN'),
      { get: true, read: true, put: true, post: true, patch: true },
    ],
    [
      'a name that does not exist',
      () => error('ENOTFOUND'),
      { get: false, read: false, put: false, post: false, patch: false },
    ],
    [
      'a certificate that has ended',
      () => error('CERT_HAS_EXPIRED'),
      { get: false, read: false, put: false, post: false, patch: false },
    ],
    [
      'a handshake that failed',
      () => error('ERR_SSL_WRONG_VERSION_NUMBER'),
      { get: false, read: false, put: false, post: false, patch: false },
    ],
  ])('after %s', async (_, failing, expected) => {
    const seen: Record<string, boolean> = {}
    for (const [name, operation] of Object.entries({ get, read, put, post, patch })) {
      seen[name] =
        (await attempts(operation, failing(), { body: operation.method === 'GET' ? undefined : [] })) > 1
    }
    expect(seen).toEqual(expected)
  })

  test('a PUT of a file makes a new version each time, and counts as a POST', async () => {
    const upload = record({ method: 'PUT', body: 'multipart' })
    expect(await attempts(upload, reply(502), { body: form() })).toBe(1)
    expect(await attempts(upload, limited(), { body: form() })).toBe(2)
  })

  test('a PUT with verbs adds up, and counts as a POST', async () => {
    expect(await attempts(put, reply(502), { body: { fields: { summary: 'x' } } })).toBe(2)
    expect(await attempts(put, reply(502), { body: { update: { labels: [{ add: 'x' }] } } })).toBe(1)
  })

  test('a body that can be read once is sent once', async () => {
    const bytes = record({ method: 'POST', body: 'bytes' })
    const stream = new Blob(['x']).stream()
    expect(await attempts(bytes, limited(), { body: stream })).toBe(1)
    expect(await attempts(bytes, limited(), { body: () => new Blob(['x']).stream() })).toBe(2)
  })

  test('a search by POST is a read', async () => {
    const { call } = scripted([reply(502), error('ECONNRESET'), json({ issues: [] })])
    expect(await call(searchByPost, { body: { jql: 'x' } })).toEqual({ issues: [] })
  })
})

describe('a DELETE that finds nothing', () => {
  test('is done, when an attempt of its own may have been the reason', async () => {
    const { call } = scripted([error('ECONNRESET'), reply(404)])
    expect(await call(deleteIssue, { path })).toBeUndefined()
  })

  test('has failed, when no attempt can have been', async () => {
    expect(await failure(scripted([reply(404)]).call(deleteIssue, { path }))).toMatchObject({
      code: 'not_found',
    })
    const refused = scripted([error('ECONNREFUSED'), reply(404)])
    expect(await failure(refused.call(deleteIssue, { path }))).toMatchObject({
      code: 'not_found',
      outcome: 'not_executed',
    })
  })
})

describe('a broken connection', () => {
  test.each<readonly [string, AtlassianError['outcome']]>([
    ['ECONNRESET', 'unknown'],
    ['UND_ERR_SOCKET', 'unknown'],
    ['ENOTFOUND', 'not_executed'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'not_executed'],
  ])('%s leaves a write %s', async (code, outcome) => {
    const failed = await failure(scripted([error(code)]).call(createIssue, { body: { fields: {} } }))
    expect(failed).toMatchObject({ code: 'network', status: 0, outcome })
    expect(failed.message).toContain(code)
  })

  test('is reported without the request, which holds the credentials', async () => {
    const failed = await failure(scripted([error('ENOTFOUND')]).call(getIssue, { path }))
    expect(failed.cause).toMatchObject({ code: 'ENOTFOUND' })
    expect(failed.cause).not.toHaveProperty('request')
  })

  test('may be its own cause', async () => {
    const circle = new TypeError('fetch failed')
    circle.cause = circle
    expect(await failure(scripted([circle]).call(createIssue, { body: { fields: {} } }))).toMatchObject({
      code: 'network',
    })
  })
})

test('a refusal by a hook of a repetition does not hide that the effect is unknown', async () => {
  let leave = 1
  const hooks = {
    beforeRequest: () => {
      if (leave === 0) throw new Error('no more')
      leave -= 1
    },
  }
  const { call } = scripted([reply(502)], { hooks })
  expect(await failure(call(editIssue, { path, body: {} }))).toMatchObject({
    status: 502,
    outcome: 'unknown',
  })
})

test('each attempt asks for credentials again', async () => {
  const upstream = createUpstream(limited(), json({}))
  let count = 0
  const rest = createRest({
    auth: {
      kind: 'numbered',
      tenant: 'demo',
      baseUrl: () => 'https://demo.atlassian.net',
      headers: ({ attempt }) => ({ authorization: `n ${attempt} ${(count += 1)}` }),
    },
    fetch: upstream.fetch,
    sleep: async () => {},
  })
  await rest.call(get)
  expect(upstream.requests.map(({ headers }) => headers.get('authorization'))).toEqual(['n 1 1', 'n 2 2'])
})
