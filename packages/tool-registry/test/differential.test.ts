import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { createMcp } from '../src/index.ts'
import type { McpEvent } from '../src/index.ts'
import { fakeUpstream, recorder, registry, visitOf } from './fixture.ts'

const claim = 'io.modelcontextprotocol/protocolVersion'

/** A request as data, so that the same one can be sent twice. */
interface Sent {
  readonly headers: readonly (readonly [string, string])[]
  readonly body: unknown
}

interface Seen {
  readonly status: number
  readonly contentType: string | null
  readonly challenge: string | null
  readonly body: unknown
  readonly audit: readonly McpEvent[]
  readonly upstream: readonly string[]
}

interface Path {
  readonly send: (sent: Sent) => Promise<Seen>
  readonly served: () => Record<string, number>
}

/** An endpoint of its own, whose every trace can be looked at. */
function path(fastPath: boolean): Path {
  const { events, observe } = recorder()
  const upstream = fakeUpstream()
  let budget = 0
  const mcp = createMcp({ name: 'test', version: '1.0.0', registry, fastPath, observe, now: () => 0 })
  const visit = visitOf({
    services: upstream.services,
    person: { ...visitOf().person, scopes: ['jira:read', 'confluence:read'] },
    admission: {
      take: () =>
        (budget += 1) % 9 === 0
          ? { ok: false, retryAfterMs: 1500, violated: ['user-burst'], limits: [] }
          : { ok: true },
      headers: () => ({ RateLimit: `"user-hour";r=${budget}` }),
    },
  })
  const counts: Record<string, number> = {}
  return {
    served: () => counts,
    async send({ headers, body }) {
      events.length = 0
      upstream.seen.length = 0
      const request = new Request('https://mcp.example.com/mcp', {
        method: 'POST',
        headers: headers.map(([name, value]): [string, string] => [name, value]),
        body: JSON.stringify(body),
      })
      const response = await mcp.fetch(request, visit)
      const text = await response.text()
      for (const event of events)
        if (event.type === 'served') counts[event.via] = (counts[event.via] ?? 0) + 1
      return {
        status: response.status,
        contentType: response.headers.get('content-type'),
        challenge: response.headers.get('www-authenticate'),
        body: bodyOf(text),
        audit: events.filter((event) => event.type === 'tool_call'),
        upstream: [...upstream.seen],
      }
    },
  }
}

/** JSON, or the messages of an event stream. */
function bodyOf(text: string): unknown {
  if (text === '') return undefined
  if (!text.startsWith('event:')) return JSON.parse(text)
  return [...text.matchAll(/^data: (.+)$/gm)].map(([, data = '']) => JSON.parse(data))
}

/** Something out of the ordinary in one case of eight. */
function rarely<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, arbitrary)
}

const json = fc.oneof(
  fc.constantFrom(null, true, false, 0, -1, 1.5, '', 'x', [], {}, [1], { a: 1 }),
  fc.string({ unit: 'binary' }),
  fc.jsonValue({ maxDepth: 2 }),
)
const tools = [
  'getIssue',
  'editIssue',
  'deleteIssue',
  'countSlowly',
  'getPage',
  'whoAmI',
  'jira_get_issue',
  'jira_rename',
]
const name = fc.oneof(
  { weight: 16, arbitrary: fc.constantFrom(...tools) },
  fc.constantFrom('', 'nobody', 'ünïcode', '__proto__', 'constructor', '=?base64?Z2V0SXNzdWU=?='),
)
const good = fc.constantFrom<Record<string, unknown>>(
  {},
  { issueIdOrKey: 'DEMO-1' },
  { issue_key: 'DEMO-2', fields: 'summary, status' },
  { issueIdOrKey: 'DEMO-3', summary: 'New' },
  { issue_key: 'DEMO-4', name: 'Other', next: 1 },
  { upTo: 2 },
  { contentId: '1' },
  { contentId: '0' },
)
const args = fc.oneof(
  { weight: 6, arbitrary: good },
  fc.dictionary(
    fc.oneof(fc.constantFrom('issueIdOrKey', '__proto__', 'upTo'), fc.string({ maxLength: 5 })),
    json,
    { maxKeys: 3 },
  ),
  json,
)
const id = fc.oneof(
  { weight: 30, arbitrary: fc.oneof(fc.integer(), fc.string()) },
  fc.constantFrom(null, 1.5, -0, 2 ** 53, true, {}, []),
)
const capabilities = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.constantFrom<unknown>(
      {},
      { elicitation: {} },
      { roots: { listChanged: true }, sampling: {} },
    ),
  },
  fc.constantFrom<unknown>(
    { roots: 5 },
    { elicitation: { form: { applyDefaults: 'x' } } },
    { tasks: {} },
    { experimental: { a: {} } },
    { other: 1 },
  ),
  json,
)
const client = fc.oneof(
  { weight: 30, arbitrary: fc.constant<unknown>({ name: 'c', version: '1' }) },
  fc.constantFrom<unknown>(
    { name: 'c' },
    { name: 'c', version: '1', icons: [{ src: 'x' }] },
    { name: 1, version: '1' },
  ),
  json,
)
const revision = fc.oneof(
  { weight: 40, arbitrary: fc.constant('2026-07-28') },
  fc.constantFrom('2025-11-25', '2099-01-01', '', 7),
)
const meta = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record(
      {
        [claim]: revision,
        'io.modelcontextprotocol/clientCapabilities': capabilities,
        'io.modelcontextprotocol/clientInfo': client,
      },
      { requiredKeys: [claim, 'io.modelcontextprotocol/clientCapabilities'] },
    ),
  },
  fc.record(
    {
      [claim]: revision,
      'io.modelcontextprotocol/clientCapabilities': capabilities,
      'io.modelcontextprotocol/clientInfo': client,
      'io.modelcontextprotocol/logLevel': fc.constantFrom('info', 'loud'),
      'io.modelcontextprotocol/related-task': json,
      progressToken: fc.oneof(fc.integer(), fc.string(), json),
      other: json,
    },
    { requiredKeys: [] },
  ),
)
const legacyMeta = fc.oneof(
  fc.record(
    {
      progressToken: fc.oneof(fc.integer(), fc.string(), json),
      other: json,
      'io.modelcontextprotocol/related-task': json,
    },
    { requiredKeys: [] },
  ),
  json,
)
const method = fc.oneof(
  { weight: 16, arbitrary: fc.constant('tools/call') },
  { weight: 5, arbitrary: fc.constant('tools/list') },
  fc.constantFrom(
    'ping',
    'initialize',
    'server/discover',
    'resources/list',
    'nonsense',
    'notifications/initialized',
    'toString',
  ),
)

/** Mostly right, with something changed now and then, in the era that the body claims. */
const sent: fc.Arbitrary<Sent> = fc
  .record({
    modern: fc.boolean(),
    method,
    id,
    name,
    args,
    meta,
    legacyMeta: rarely(legacyMeta),
    extra: rarely(
      fc.dictionary(fc.constantFrom('cursor', 'task', 'inputResponses', 'requestState', 'x'), json, {
        maxKeys: 1,
      }),
    ),
    top: rarely(
      fc.dictionary(fc.constantFrom('jsonrpc', 'x', 'id', 'params', 'result'), json, { maxKeys: 1 }),
    ),
    headers: rarely(
      fc.array(
        fc.constantFrom<readonly [string, string]>(
          ['accept', 'application/json'],
          ['accept', '*/*'],
          ['accept', 'text/html'],
          ['content-type', 'application/json; charset=utf-8'],
          ['content-type', 'application/json; charset=latin1'],
          ['content-type', 'text/plain'],
          ['mcp-protocol-version', '2025-06-18'],
          ['mcp-protocol-version', '2024-11-05'],
          ['mcp-protocol-version', '2026-07-28'],
          ['mcp-protocol-version', 'new'],
          ['mcp-method', 'tools/list'],
          ['mcp-name', 'getPage'],
          ['mcp-name', '=?base64?Z2V0SXNzdWU=?='],
          ['mcp-session-id', 'x'],
        ),
        { minLength: 1, maxLength: 3 },
      ),
    ),
    noArguments: fc.constantFrom(true, ...Array.from({ length: 9 }, () => false)),
  })
  .map((pick) => {
    const calls = pick.method === 'tools/call'
    const params = {
      ...(pick.modern ? { _meta: pick.meta } : pick.legacyMeta !== undefined && { _meta: pick.legacyMeta }),
      ...(calls && { name: pick.name, ...(!pick.noArguments && { arguments: pick.args }) }),
      ...pick.extra,
    }
    const ascii = /^[\u0021-\u007E]+$/.test(pick.name)
    const headers = new Map<string, string>([
      ['content-type', 'application/json'],
      ['accept', 'application/json, text/event-stream'],
    ])
    if (pick.modern) {
      headers.set('mcp-protocol-version', '2026-07-28')
      headers.set('mcp-method', pick.method)
      if (calls && ascii) headers.set('mcp-name', pick.name)
    }
    for (const [header, value] of pick.headers ?? []) headers.set(header, value)
    return {
      headers: [...headers],
      body: { jsonrpc: '2.0', id: pick.id, method: pick.method, params, ...pick.top },
    }
  })

const runs = 20_000

test('the fast path and the SDK answer every request alike, and leave the same traces', async () => {
  const fast = path(true)
  const sdk = path(false)
  await fc.assert(
    fc.asyncProperty(sent, async (request) => {
      const [one, other] = [await fast.send(request), await sdk.send(request)]
      expect(one).toEqual(other)
    }),
    { numRuns: runs, seed: 20_261_123 },
  )
  // The comparison says something only while both paths and the gate have had their share.
  expect(sdk.served()['fast']).toBeUndefined()
  expect(fast.served()['fast']).toBeGreaterThan(runs / 4)
  expect(fast.served()['sdk']).toBeGreaterThan(runs / 10)
  expect(fast.served()['gate']).toBeGreaterThan(runs / 50)
}, 120_000)
