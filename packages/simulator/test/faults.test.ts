import { expect, test } from 'vitest'

import type { Fault } from '../src/index.ts'
import { askToken, brightwater, stage, tokensOf } from './support.ts'

const issue = '/rest/api/3/issue/ALPHA-13'

const struck = (fault: Fault): ReturnType<typeof stage> => {
  const at = stage()
  at.simulator.faults.add({ fault, match: { operation: 'getIssue' } })
  return at
}

test.each<[Fault, number, Record<string, string | null>]>([
  [
    { kind: 'rate-limited', retryAfter: 7, reason: 'jira-burst-based' },
    429,
    { 'retry-after': '7', 'ratelimit-reason': 'jira-burst-based' },
  ],
  [{ kind: 'rate-limited', retryAfter: null }, 429, { 'retry-after': null }],
  [{ kind: 'error', status: 500 }, 500, { 'content-type': 'application/json;charset=UTF-8' }],
  [{ kind: 'error', status: 502 }, 502, { 'content-type': 'text/html; charset=utf-8' }],
  [{ kind: 'error', status: 503, body: 'empty', retryAfter: 3 }, 503, { 'retry-after': '3' }],
  [{ kind: 'unauthorized' }, 401, {}],
  [{ kind: 'scope-mismatch' }, 401, {}],
  [{ kind: 'policy' }, 403, {}],
  [{ kind: 'not-found' }, 404, {}],
  [{ kind: 'conflict' }, 409, {}],
  [{ kind: 'html' }, 200, { 'content-type': 'text/html; charset=utf-8' }],
  [{ kind: 'redirect-loop' }, 302, {}],
])('a declared fault strikes once: %j', async (fault, status, headers) => {
  const { jira, simulator } = struck(fault)
  const ask = jira('maya')
  const answer = await ask(issue)
  expect(answer.status).toBe(status)
  for (const [name, value] of Object.entries(headers)) expect(answer.headers.get(name)).toBe(value)
  expect(simulator.log.entries().at(-1)).toMatchObject({
    operation: 'getIssue',
    fault: fault.kind,
    person: 'maya',
  })
  expect((await ask(issue)).status).toBe(200)
})

test('a fault strikes as often as it was declared, after as many as were let through', async () => {
  const { jira, simulator } = stage()
  simulator.faults.add({ fault: { kind: 'error', status: 500 }, times: 2, after: 1 })
  const ask = jira('maya')
  const statuses = []
  for (let count = 0; count < 4; count += 1) statuses.push((await ask(issue)).status)
  expect(statuses).toEqual([200, 500, 500, 200])
})

test('a fault can be meant for one person, one method, one path, one site', async () => {
  const { jira, simulator } = stage()
  const fault: Fault = { kind: 'error', status: 500 }
  simulator.faults.add({
    fault,
    times: 9,
    match: { person: 'priya', method: 'GET', path: '/issue/', site: 'brightwater-demo' },
  })
  expect((await jira('maya')(issue)).status).toBe(200)
  expect((await jira('priya')('/rest/api/3/field')).status).toBe(200)
  expect((await jira('priya')(issue)).status).toBe(500)
  expect(simulator.faults.list()[0]?.left).toBe(8)
  simulator.faults.clear()
  expect((await jira('priya')(issue)).status).toBe(200)
})

const halfStruck = async (): Promise<readonly number[]> => {
  const { jira, simulator } = stage()
  simulator.faults.add({ fault: { kind: 'error', status: 500 }, times: 100, share: 0.5 })
  const ask = jira('maya')
  const statuses = []
  for (let count = 0; count < 20; count += 1) statuses.push((await ask(issue)).status)
  return statuses
}

test('a share of requests is struck, the same ones in every run', async () => {
  const first = await halfStruck()
  expect(new Set(first)).toEqual(new Set([200, 500]))
  expect(await halfStruck()).toEqual(first)
})

test('a lost answer leaves the work done', async () => {
  const { jira, simulator } = stage()
  simulator.faults.add({ fault: { kind: 'lose-answer' }, match: { operation: 'createIssue' } })
  const ask = jira('maya')
  const fields = { project: { key: 'ALPHA' }, issuetype: { name: 'Task' }, summary: 'Done and not told' }
  await expect(ask('/rest/api/3/issue', { method: 'POST', body: { fields } })).rejects.toThrow('fetch failed')
  const entry = simulator.log.entries().at(-1)
  expect(entry).toMatchObject({ operation: 'createIssue', wrote: true, fault: 'lose-answer' })
  expect(entry).not.toHaveProperty('status')
  expect((await ask('/rest/api/3/issue/ALPHA-35?fields=summary')).body.fields.summary).toBe(
    'Done and not told',
  )
})

test('a broken connection breaks before the answer, or inside of it', async () => {
  await expect(struck({ kind: 'reset' }).jira('maya')(issue)).rejects.toThrow('fetch failed')
  const at = struck({ kind: 'reset', afterBytes: 20 })
  const headers = { authorization: `Bearer ${at.simulator.tokenFor('maya')}` }
  const [cloudId = ''] = at.simulator.world.sites.keys()
  const request = new Request(`https://api.atlassian.com/ex/jira/${cloudId}${issue}`, { headers })
  const response = await at.simulator.fetch(request)
  expect(response.status).toBe(200)
  await expect(response.text()).rejects.toThrow('fetch failed')
})

const askOnce = (at: ReturnType<typeof stage>, signal?: AbortSignal): Promise<Response> => {
  const headers = { authorization: `Bearer ${at.simulator.tokenFor('maya')}` }
  const [cloudId = ''] = at.simulator.world.sites.keys()
  const address = `https://api.atlassian.com/ex/jira/${cloudId}${issue}`
  return at.simulator.fetch(new Request(address, { headers, ...(signal && { signal }) }))
}

test('a hanging request ends when it is given up, and when the simulator closes', async () => {
  const given = new AbortController()
  const first = askOnce(struck({ kind: 'hang' }), given.signal)
  given.abort()
  await expect(first).rejects.toThrow('aborted')
  const at = struck({ kind: 'hang' })
  const second = askOnce(at)
  await at.simulator.close()
  await expect(second).rejects.toThrow('fetch failed')
})

test('an answer can be cut short, mislabelled or robbed of members', async () => {
  const cut = await struck({ kind: 'truncated', bytes: 10 }).send('https://api.atlassian.com/')
  expect(cut.status).toBe(200)
  const at = stage()
  at.simulator.faults.add({ fault: { kind: 'wrong-type' }, match: { operation: 'me' } })
  at.simulator.faults.add({ fault: { kind: 'truncated', bytes: 10 }, match: { operation: 'me' } })
  const headers = { authorization: `Bearer ${at.simulator.tokenFor('maya')}` }
  const mislabelled = await at.send('https://api.atlassian.com/me', { headers })
  expect(mislabelled.headers.get('content-type')).toBe('text/plain')
  const response = await at.simulator.fetch(new Request('https://api.atlassian.com/me', { headers }))
  expect(await response.text()).toBe('{"account_')
})

test('token faults: a lost rotation, a missing refresh token, a page in place of JSON', async () => {
  const at = stage()
  const { refresh_token } = await tokensOf(at, 'maya')
  const refresh = (): ReturnType<typeof askToken> =>
    askToken(at, { grant_type: 'refresh_token', refresh_token })
  at.simulator.faults.add({ fault: { kind: 'lose-answer' }, match: { operation: 'token' } })
  await expect(refresh()).rejects.toThrow('fetch failed')
  at.simulator.faults.add({
    fault: { kind: 'omit', members: ['refresh_token', 'token_type'] },
    match: { operation: 'token' },
  })
  const robbed = await refresh()
  expect(Object.keys(robbed.body)).toEqual(['access_token', 'expires_in', 'scope'])
  at.simulator.faults.add({ fault: { kind: 'error', status: 502 }, match: { operation: 'token' } })
  expect((await refresh()).status).toBe(502)
  expect((await refresh()).status).toBe(200)
})

test('a fault can be taken back', async () => {
  const { jira, simulator } = stage()
  simulator.faults.remove(simulator.faults.add({ fault: { kind: 'conflict' } }))
  expect((await jira('maya')(issue)).status).toBe(200)
})

test('a request that was given up before is not answered', async () => {
  const { simulator } = stage()
  const signal = AbortSignal.abort()
  await expect(simulator.fetch('https://api.atlassian.com/me', { signal })).rejects.toThrow('aborted')
})

test('an expired token stays expired, and a refresh gives another', async () => {
  const at = stage()
  const tokens = await tokensOf(at, 'maya', 'read:jira-work offline_access')
  at.simulator.faults.add({ fault: { kind: 'expired-token' }, match: { operation: 'getIssue' } })
  const ask = (token: string): ReturnType<typeof at.send> =>
    at.send(`https://api.atlassian.com/ex/jira/${brightwater}${issue}`, {
      headers: { authorization: `Bearer ${token}` },
    })
  expect((await ask(tokens.access_token)).body).toEqual({ code: 401, message: 'Unauthorized' })
  expect((await ask(tokens.access_token)).status).toBe(401)
  const { body } = await askToken(at, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token })
  expect((await ask(body.access_token)).status).toBe(200)
})

test('a revoked grant ends its refresh tokens too', async () => {
  const at = stage()
  const tokens = await tokensOf(at, 'maya', 'read:jira-work offline_access')
  at.simulator.faults.add({ fault: { kind: 'revoked-grant' }, match: { path: '/issue/' } })
  const address = `https://api.atlassian.com/ex/jira/${brightwater}${issue}`
  const headers = { authorization: `Bearer ${tokens.access_token}` }
  expect((await at.send(address, { headers })).status).toBe(401)
  expect((await at.send(address, { headers })).status).toBe(401)
  const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }
  expect((await askToken(at, refresh)).status).toBe(403)
})

test('a slow body comes whole, in as many pauses as its rate asks for', async () => {
  const pauses: number[] = []
  const wait = async (milliseconds: number): Promise<void> => void pauses.push(milliseconds)
  const at = stage({ wait })
  at.simulator.faults.add({ fault: { kind: 'slow-body', bytesPerSecond: 1000 } })
  const { text, body } = await at.jira('maya')(issue)
  expect(body.key).toBe('ALPHA-13')
  expect(pauses).toEqual(Array.from({ length: Math.ceil(Buffer.byteLength(text) / 100) }, () => 100))
})

test('a slow answer waits before it begins', async () => {
  const pauses: number[] = []
  const wait = async (milliseconds: number): Promise<void> => void pauses.push(milliseconds)
  const at = stage({ wait })
  at.simulator.faults.add({ fault: { kind: 'slow-answer', milliseconds: 30_000 } })
  expect((await at.jira('maya')(issue)).status).toBe(200)
  expect(pauses).toEqual([30_000])
})

test('a slow answer that is given up waits no longer', async () => {
  const { simulator } = stage()
  simulator.faults.add({ fault: { kind: 'slow-answer', milliseconds: 3_600_000 } })
  const giving = new AbortController()
  const asked = simulator.fetch('https://api.atlassian.com/me', { signal: giving.signal })
  giving.abort()
  await expect(asked).rejects.toThrow('aborted')
})

async function garbage(): Promise<string> {
  const { simulator } = stage()
  simulator.faults.add({ fault: { kind: 'garbage', bytes: 64 } })
  const authorization = `Bearer ${simulator.tokenFor('maya')}`
  const response = await simulator.fetch(`https://api.atlassian.com/ex/jira/${brightwater}${issue}`, {
    headers: { authorization },
  })
  expect(response.headers.get('content-type')).toContain('json')
  return Buffer.from(await response.arrayBuffer()).toString('hex')
}

test('garbage has the right status and type, and is the same in every run', async () => {
  const bytes = await garbage()
  expect(bytes).toHaveLength(128)
  expect(await garbage()).toBe(bytes)
})

test('headers of a refusal can be as strange as they were seen to be', async () => {
  const { jira, simulator } = stage()
  simulator.faults.add({
    fault: {
      kind: 'rate-limited',
      retryAfter: '9223372036854775807',
      limit: 0,
      headers: {
        'x-ratelimit-reset': '2026-03-26T16:00Z',
        'x-failure-category': 'FAILURE CLIENT RATE LIMITED',
      },
    },
  })
  const { headers } = await jira('maya')(issue)
  expect(headers.get('retry-after')).toBe('9223372036854775807')
  expect(headers.get('x-ratelimit-limit')).toBe('0')
  expect(headers.get('x-ratelimit-reset')).toBe('2026-03-26T16:00Z')
})

async function pattern(seed: number, other = false): Promise<readonly number[]> {
  const { jira, simulator } = stage()
  const fault: Fault = { kind: 'error', status: 503 }
  if (other) simulator.faults.add({ fault, match: { operation: 'getFields' }, share: 0.5, times: 'always' })
  simulator.faults.add({ fault, match: { operation: 'getIssue' }, share: 0.4, seed, times: 'always' })
  const ask = jira('maya')
  const statuses: number[] = []
  for (let count = 0; count < 30; count += 1) {
    if (other) await ask('/rest/api/3/field')
    statuses.push((await ask(issue)).status)
  }
  return statuses
}

test('a rule with a seed strikes the same requests, whatever other rules draw', async () => {
  const first = await pattern(7)
  expect(first).toContain(503)
  expect(first).toContain(200)
  expect(await pattern(7, true)).toEqual(first)
  expect(await pattern(8)).not.toEqual(first)
})

test('a rule without an end goes on, and counts how often it struck', async () => {
  const { jira, simulator } = stage()
  simulator.faults.add({ fault: { kind: 'error', status: 500 }, times: 'always' })
  const ask = jira('maya')
  for (let count = 0; count < 5; count += 1) expect((await ask(issue)).status).toBe(500)
  expect(simulator.faults.list()).toEqual([expect.objectContaining({ left: 'always', struck: 5 })])
})
