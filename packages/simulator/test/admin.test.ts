import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { type Json, type Stage, stage, words } from './support.ts'

const origin = 'http://127.0.0.1:4194'

interface Told {
  readonly status: number
  readonly body: Json
  readonly text: string
  readonly headers: Headers
}

async function tell({ simulator }: Stage, request: string, body?: unknown): Promise<Told> {
  const [method = '', path = ''] = request.split(' ')
  const form = body instanceof URLSearchParams
  const response = await simulator.admin(
    new Request(`${origin}/_sim/${path}`, {
      method,
      headers: { ...(form ? { origin } : body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: form ? body : JSON.stringify(body) }),
    }),
  )
  const text = await response.text()
  const json = response.headers.get('content-type') === 'application/json'
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: json ? JSON.parse(text) : undefined,
  }
}

const issue = '/rest/api/3/issue/ALPHA-13'

test('the status says that this is a simulator, and what is in it', async () => {
  const { body } = await tell(stage(), 'GET status')
  expect(body).toMatchObject({
    simulator: '@telamon/simulator',
    clock: { now: '2026-11-23T09:00:00.000Z', frozen: false },
    sites: [{ name: 'brightwater-demo' }, { name: 'lakeside-demo' }],
    faults: 0,
  })
})

test.each([
  ['another host', 'http://evil.example/_sim/status', {}],
  ['a page of another origin', `${origin}/_sim/status`, { origin: 'https://evil.example' }],
  ['a sandboxed page', `${origin}/_sim/status`, { origin: 'null' }],
])('%s is refused', async (_, address, headers: Record<string, string>) => {
  const { simulator } = stage()
  expect((await simulator.admin(new Request(address, { headers }))).status).toBe(403)
})

test('no address of Atlassian leads to the administration', async () => {
  const { send, anonymous } = stage()
  for (const address of ['https://api.atlassian.com', 'https://auth.atlassian.com'])
    expect((await send(`${address}/_sim/status`)).status).toBe(404)
  expect((await anonymous('/_sim/status')).body?.simulator).toBeUndefined()
})

test('the clock is stopped, moved, set and let go', async () => {
  const at = stage()
  expect((await tell(at, 'POST clock', { freeze: true, advance: 60_000 })).body).toEqual({
    now: '2026-11-23T09:01:00.000Z',
    frozen: true,
  })
  expect((await tell(at, 'POST clock', { set: '2027-01-01T00:00:00Z', resume: true })).body.frozen).toBe(
    false,
  )
  expect((await tell(at, 'GET clock')).body.now).toBe('2027-01-01T00:00:00.000Z')
  expect((await tell(at, 'POST clock', { forward: 1 })).body.error).toContain(
    '"forward" is nothing a clock does',
  )
  expect((await tell(at, 'POST clock', { set: 'noon' })).status).toBe(400)
})

test('a fault is declared, listed with what is left of it, and removed', async () => {
  const at = stage()
  const rule = { fault: { kind: 'error', status: 503 }, match: { operation: 'getIssue' }, times: 3 }
  const { body } = await tell(at, 'POST faults', rule)
  const ask = at.jira('maya')
  expect((await ask(issue)).status).toBe(503)
  expect((await tell(at, 'GET faults')).body.faults).toEqual([{ ...rule, id: body.id, left: 2, struck: 1 }])
  expect((await tell(at, `DELETE faults/${body.id}`)).body.faults).toEqual([])
  expect((await ask(issue)).status).toBe(200)
})

test.each([
  [{}, 'has to be one of rate-limited, error'],
  [{ fault: { kind: 'meteor' } }, 'has to be one of'],
  [{ fault: { kind: 'truncated' } }, 'needs "bytes"'],
  [{ fault: { kind: 'error', status: 418 } }, '"status"'],
  [{ fault: { kind: 'hang', bytes: 1 } }, '"bytes"'],
  [{ fault: { kind: 'hang' }, share: 2 }, '"share"'],
  [{ fault: { kind: 'hang' }, match: { verb: 'GET' } }, '"verb"'],
])('a fault that cannot be is refused with what is wrong: %j', async (rule, sentence) => {
  const { status, body } = await tell(stage(), 'POST faults', rule)
  expect(status).toBe(400)
  expect(body.error).toContain(sentence)
})

test('a token is minted, and a grant is revoked', async () => {
  const at = stage()
  const minted = await tell(at, 'POST tokens', { person: 'maya', scopes: ['read:me'] })
  const me = { headers: { authorization: `Bearer ${minted.body.accessToken}` } }
  expect((await at.send('https://api.atlassian.com/me', me)).status).toBe(200)
  const [grant] = (await tell(at, 'GET grants')).body.grants
  expect((await tell(at, `POST grants/${grant.id}/revoke`)).status).toBe(200)
  expect((await at.send('https://api.atlassian.com/me', me)).status).toBe(401)
  expect((await tell(at, 'POST tokens', { person: 'nobody' })).body.error).toContain('There are maya')
})

test('the log can be read from where somebody left off', async () => {
  const at = stage()
  const ask = at.jira('maya')
  await ask(issue)
  await ask('/rest/api/3/field')
  const { entries } = (await tell(at, 'GET log?after=1')).body
  expect(entries).toEqual([expect.objectContaining({ number: 2, operation: 'getFields', person: 'maya' })])
})

test('switches are set, and others are refused', async () => {
  const at = stage()
  const set = { jqlUnknown: 'error', indexLag: { median: 10, p99: 20 } }
  expect((await tell(at, 'PUT switches', set)).body).toMatchObject(set)
  expect(at.simulator.switches).toMatchObject(set)
  expect((await tell(at, 'PUT switches', { indexLag: null })).body.indexLag).toBeUndefined()
  expect((await tell(at, 'PUT switches', { light: 'on' })).body.error).toContain('There are jqlUnknown')
})

test('a snapshot brings the world back, and a reset the story', async () => {
  const at = stage()
  const summary = async (): Promise<string> =>
    (await at.jira('maya')(`${issue}?fields=summary`)).body.fields.summary
  const first = await summary()
  const edit = (text: string): Promise<Json> =>
    at.jira('maya')(issue, { method: 'PUT', body: { fields: { summary: text } } })
  await edit('Second')
  expect((await tell(at, 'POST snapshots/second')).body.bytes).toBeGreaterThan(10_000)
  await edit('Third')
  expect((await tell(at, 'POST restore/second')).status).toBe(200)
  expect(await summary()).toBe('Second')
  expect((await tell(at, 'POST restore/fourth')).body.error).toContain('There are second')
  await tell(at, 'POST reset')
  expect(await summary()).toBe(first)
})

test('the world goes out as a text and in again, elsewhere', async () => {
  const [one, other] = [stage(), stage()]
  await one.jira('maya')(`${issue}/comment`, { method: 'POST', body: { body: words('Carried over') } })
  const { text, headers } = await tell(one, 'GET world')
  expect(headers.get('content-type')).toBe('application/jsonl')
  const put = (body: string): Promise<Response> =>
    other.simulator.admin(new Request(`${origin}/_sim/world`, { method: 'PUT', body }))
  expect((await put(text)).status).toBe(200)
  expect((await other.jira('maya')(`${issue}/comment`)).text).toContain('Carried over')
  expect((await put('{"format":9}')).status).toBe(400)
  expect((await other.jira('maya')(issue)).status).toBe(200)
})

test('another seed gives another world', async () => {
  const at = stage()
  const { body } = await tell(at, 'POST seed', { issues: 20, pages: 5 })
  expect(body.sites[0].issues).toBeGreaterThan(50)
  expect((await tell(at, 'POST seed', { seed: 'empty' })).body.sites).toEqual([])
  expect((await tell(at, 'POST seed', { seed: 'full' })).status).toBe(400)
})

test.each(['', 'people', 'issues?q=login', 'pages?q=goals', 'requests', 'operations'])(
  'the page /_sim/%s says that it is of a simulator, and has no script',
  async (path) => {
    const at = stage()
    await at.jira('maya')(issue)
    const { status, text, headers } = await tell(at, `GET ${path}`)
    expect(status).toBe(200)
    expect(text).toContain('This is a simulator')
    expect(text).not.toContain('<script')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  },
)

test('a form declares a fault and leads back, and shows it', async () => {
  const at = stage()
  const form = new URLSearchParams({
    preset: '502 as a page',
    'match.operation': 'getIssue',
    'match.person': '',
    percent: '100',
    times: '2',
  })
  const { status, headers } = await tell(at, 'POST faults', form)
  expect([status, headers.get('location')]).toEqual([303, '/_sim/'])
  expect((await at.jira('maya')(issue)).status).toBe(502)
  const page = await tell(at, 'GET ')
  expect(page.text).toContain('502 as a page')
  const id = at.simulator.faults.list()[0]?.id
  await tell(at, `POST faults/${id}`, new URLSearchParams({ method: 'DELETE' }))
  expect(at.simulator.faults.list()).toEqual([])
})

test('what people wrote stands in the pages as text', async () => {
  const at = stage()
  const summary = '<img src=x onerror=alert(1)>'
  await at.jira('maya')(issue, { method: 'PUT', body: { fields: { summary } } })
  const { text } = await tell(at, 'GET issues?q=onerror')
  expect(text).not.toContain('<img src=x')
  expect(text).toContain('&lt;img src=x')
})

test('looking does not lay hands on the world', async () => {
  const data = mkdtempSync(join(tmpdir(), 'simulator-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  const at = stage({ data })
  const comment = (): Promise<Json> =>
    at.jira('maya')(`${issue}/comment`, { method: 'POST', body: { body: words('Hello') } })
  await comment()
  for (const path of ['status', '', 'people', 'issues', 'pages', 'world']) await tell(at, `GET ${path}`)
  await comment()
  // Whoever has the world in hand makes every write a whole snapshot.
  expect(readdirSync(data)).toEqual(['journal-1.jsonl', 'world.json'])
})
