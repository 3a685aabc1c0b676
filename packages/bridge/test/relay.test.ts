import { expect, test } from 'vitest'

import { memoryCache } from './cache.ts'
import { startHost } from './host.ts'
import { modern } from './modern.ts'
import type { ServerOptions } from './server.ts'
import { event, json, legacyServer, listen, modernServer, stream } from './server.ts'

test('initialize is answered before the server can be reached, in the revision the host asked for', async () => {
  const host = startHost('http://127.0.0.1:9/mcp')
  const { result } = await host.initialize()
  expect(result).toMatchObject({
    protocolVersion: '2025-06-18',
    serverInfo: { name: 'telamon-proxy', version: '1.2.3', title: '127.0.0.1:9' },
    capabilities: { tools: { listChanged: true } },
  })
})

test('a revision nobody knows is answered with the newest legacy one', async () => {
  const host = startHost('http://127.0.0.1:9/mcp')
  const { result } = await host.initialize({ protocolVersion: '1999-01-01' })
  expect(result?.['protocolVersion']).toBe('2025-11-25')
})

test('server/discover is answered at once with the revisions of both eras', async () => {
  const host = startHost('http://127.0.0.1:9/mcp')
  const { result } = await host.request('server/discover', modern())
  expect(result).toMatchObject({ resultType: 'complete', ttlMs: 0, cacheScope: 'private' })
  expect(result?.['supportedVersions']).toEqual(['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'])
})

const eras = { legacy: legacyServer, modern: modernServer } as const

const pairs = (['legacy', 'modern'] as const).flatMap((host) =>
  (['legacy', 'modern'] as const).flatMap((server) => [false, true].map((sse) => ({ host, server, sse }))),
)

test.for(pairs)('a $host host reaches a $server server (events: $sse)', async ({ host: era, server: kind, sse }) => {
  const server = await eras[kind]({ sse })
  const host = startHost(server.url)
  if (era === 'legacy') await host.initialize()
  const own = era === 'legacy' ? {} : modern()
  const list = await host.request('tools/list', own)
  expect(list.result?.['tools']).toMatchObject([{ name: 'echo' }])
  const { result } = await host.call('echo', { text: 'déjà vu' }, own)
  expect(result).toMatchObject({ content: [{ type: 'text', text: 'déjà vu' }] })
  if (era === 'modern') expect([list.result?.['resultType'], result?.['resultType']]).toEqual(['complete', 'complete'])
})

test('one connection is made with at most three requests when the era is known, and a session is closed at the end', async () => {
  const server = await legacyServer()
  const cache = memoryCache()
  const before = startHost(server.url, { cache })
  await before.initialize()
  await before.request('tools/list')
  before.end()
  await before.done
  expect(server.sessions.size).toBe(0)
  const asked = server.asked.length
  const host = startHost(server.url, { cache })
  await host.initialize()
  await server.when(({ method }) => method === 'GET')
  await host.event('connected')
  await server.when((one) => server.asked.indexOf(one) >= asked && one.method === 'GET')
  expect(server.asked.slice(asked).map(({ method, message }) => message?.method ?? method)).toEqual([
    'initialize',
    'notifications/initialized',
    'GET',
  ])
})

test('the headers repeat method, name, revision and session', async () => {
  const server = await legacyServer()
  const host = startHost(server.url, { headers: { 'x-team': 'blue' } })
  await host.initialize()
  await host.call('echo')
  const [call] = server.calls('tools/call')
  expect(call?.headers).toMatchObject({
    accept: 'application/json, text/event-stream',
    'content-type': 'application/json',
    'mcp-method': 'tools/call',
    'mcp-name': 'echo',
    'mcp-protocol-version': '2025-06-18',
    'mcp-session-id': expect.stringMatching(/^[\w-]{36}$/),
    'user-agent': 'telamon-proxy/1.2.3',
    'x-team': 'blue',
  })
})

test('a name that is not plain travels in base64', async () => {
  const server = await modernServer({ tools: { 'größe ': ({ answer }) => answer({ content: [] }) } })
  const host = startHost(server.url)
  await host.initialize()
  await host.call('größe ')
  expect(server.calls('tools/call')[0]?.headers['mcp-name']).toBe(`=?base64?${Buffer.from('größe ').toString('base64')}?=`)
})

test('a legacy host is made known to a modern server in each request, with what it said of itself', async () => {
  const server = await modernServer()
  const host = startHost(server.url)
  await host.initialize({ capabilities: { elicitation: {} } })
  await host.request('logging/setLevel', { level: 'debug' })
  await host.call('echo', {}, { _meta: { progressToken: 7 } })
  expect(server.calls('tools/call')[0]?.message?.params?._meta).toEqual({
    progressToken: 7,
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': { name: 'test-host', version: '7' },
    'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
    'io.modelcontextprotocol/logLevel': 'debug',
  })
})

test('a modern host is made known to a legacy server by initialize, and its metadata stays behind', async () => {
  const server = await legacyServer()
  const host = startHost(server.url)
  await host.call('echo', {}, modern({ progressToken: 'p' }))
  expect(server.calls('initialize')[0]?.message?.params).toEqual({
    protocolVersion: '2025-11-25',
    capabilities: { roots: {} },
    clientInfo: { name: 'modern-host', version: '2' },
  })
  expect(server.calls('tools/call')[0]?.message?.params?._meta).toEqual({ progressToken: 'p' })
})

test('numbers, spaces and order of a message reach the other side as they were written', async () => {
  const server = await legacyServer({
    first: ({ message, response }) => {
      if (message?.method !== 'tools/call') return false
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(`{"jsonrpc":"2.0",\n "result":{"structuredContent":{"big":12345678901234567890,"one":1.0}},\r\n "id":${message.id}}`)
      return true
    },
  })
  const host = startHost(server.url)
  await host.initialize()
  const line = '{ "method":"tools/call",  "id":5e2, "params":{"name":"echo","arguments":{"n":1.0,"big":12345678901234567890}}, "jsonrpc":"2.0"}'
  host.write(`${line}\n`)
  await host.hear(({ id }) => id === 500)
  expect(server.calls('tools/call')[0]?.text).toBe(line)
  expect(host.lines.at(-1)).toBe('{"jsonrpc":"2.0",  "result":{"structuredContent":{"big":12345678901234567890,"one":1.0}},   "id":500}'.replace('"id":500', '"id":5e2'))
})

test.for([0, -1, '', 'mcp-remote-1', '"quoted"', 9_007_199_254_740_993n])('the id %s is as good as any other', async (id) => {
  const server = await modernServer()
  const host = startHost(server.url)
  await host.initialize()
  const text = typeof id === 'bigint' ? String(id) : JSON.stringify(id)
  host.write(`{"jsonrpc":"2.0","id":${text},"method":"tools/call","params":{"name":"echo","arguments":{"text":"x"}}}\n`)
  await host.hear(({ result }) => Array.isArray(result?.['content']))
  expect(host.lines.at(-1)).toContain(`"id":${text},`)
})

test('progress, log messages and their order pass through', async () => {
  const options: ServerOptions = {
    tools: {
      slow({ response, id, answer }) {
        stream(response)
        event(response, { method: 'notifications/progress', params: { progressToken: 't', progress: 1 } })
        event(response, { method: 'notifications/message', params: { level: 'info', data: 'half' } })
        event(response, { method: 'notifications/progress', params: { progressToken: 't', progress: 2 } })
        expect(id).toBeDefined()
        answer({ content: [] })
      },
    },
  }
  for (const start of [legacyServer, modernServer]) {
    const server = await start(options)
    const host = startHost(server.url)
    await host.initialize()
    await host.call('slow', {}, { _meta: { progressToken: 't' } })
    const heard = host.heard.slice(-4).map(({ method, params, result }) => (result ? 'result' : `${method} ${params?.['progress'] ?? ''}`))
    expect(heard).toEqual(['notifications/progress 1', 'notifications/message ', 'notifications/progress 2', 'result'])
  }
})

test('a malformed line, a message that is none, and a batch are answered, and all goes on', async () => {
  const server = await legacyServer()
  const host = startHost(server.url)
  await host.initialize()
  host.write('{not json}\n\r\n')
  expect(await host.hear(({ error }) => error?.code === -32_700)).toMatchObject({ id: null })
  host.send({ id: 77 })
  expect(await host.hear(({ id }) => id === 77)).toMatchObject({ error: { code: -32_600 } })
  host.write('[{"jsonrpc":"2.0","id":"a","method":"ping"},{"jsonrpc":"2.0","id":"b","method":"tools/list"}]\n')
  expect(await host.hear(({ id }) => id === 'a')).toMatchObject({ result: {} })
  expect(await host.hear(({ id }) => id === 'b')).toMatchObject({ result: { tools: [{ name: 'echo' }] } })
  expect((await host.call('echo', { text: 'on' })).result).toMatchObject({ content: [{ text: 'on' }] })
})

test('lines that JSON.parse refuses are refused, and all others reach the server byte by byte', async () => {
  const server = await modernServer({ first: ({ message, response }) => {
    if (message?.method !== 'x') return false
    json(response, 200, { jsonrpc: '2.0', id: message.id, result: {} })
    return true
  } })
  const host = startHost(server.url)
  await host.request('server/discover', modern())
  const random = seeded(42)
  const expected = { good: 0, bad: 0 }
  for (let round = 0; round < 400; round++) {
    const text = JSON.stringify({ jsonrpc: '2.0', id: `r${round}`, method: 'x', params: { ...modern(), v: anything(random, 4) } })
    const at = Math.floor(random() * text.length)
    const line = round % 2 === 0 ? text : text.slice(0, at) + '"\\{}[]:,0-+eEtfn\u0001 '.charAt(Math.floor(random() * 20)) + text.slice(at + 1)
    const isRequest = isGood(line)
    if (isRequest) expected.good++
    else expected.bad++
    host.write(`${line}\n`)
  }
  await host.hear(() => host.heard.length >= 401)
  const refused = host.heard.filter(({ error }) => error?.code === -32_700 || error?.code === -32_600)
  expect(refused.length).toBe(expected.bad)
  expect(expected.bad).toBeGreaterThan(50)
  expect(expected.good).toBeGreaterThan(200)
})

test('a line of more than the limit is refused under its own id, and the next one is taken', async () => {
  const server = await legacyServer()
  const host = startHost(server.url, { limits: { lineBytes: 100_000 } })
  await host.initialize()
  const params = { name: 'echo', arguments: { text: 'x'.repeat(300_000) } }
  host.write(`${JSON.stringify({ method: 'tools/call', params, jsonrpc: '2.0', id: 'late' })}\n`)
  host.write(`${JSON.stringify({ jsonrpc: '2.0', id: 'early', method: 'tools/call', params })}\n`)
  expect(await host.hear(({ id }) => id === 'late')).toMatchObject({ error: { code: -32_600 } })
  expect(await host.hear(({ id }) => id === 'early')).toMatchObject({ error: { code: -32_600 } })
  expect((await host.call('echo', { text: 'x'.repeat(90_000) })).error).toBeUndefined()
})

test('requests and answers above 10 MB pass', { timeout: 60_000 }, async () => {
  const text = `${'ä\\"'.repeat(100_000)}${'x'.repeat(11_000_000)}`
  const server = await legacyServer({ sse: true })
  const host = startHost(server.url)
  await host.initialize()
  const { result } = await host.call('echo', { text })
  expect(JSON.stringify(result)).toBe(JSON.stringify({ content: [{ type: 'text', text }] }))
})

test('a captive portal is told from an MCP server', async () => {
  const server = await listen(({ response }) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Welcome'))
  const host = startHost(`${server.origin}/mcp`)
  await host.initialize()
  const { error } = await host.call('echo')
  expect(error).toMatchObject({ data: { reason: 'unusable_answer' } })
  expect(error?.message).toContain('text/html')
})

test('an address without an MCP server is named', async () => {
  const server = await listen(({ response }) => void response.writeHead(404).end())
  const host = startHost(`${server.origin}/nothing`)
  await host.initialize()
  const { error } = await host.call('echo')
  expect(error?.message).toBe(`There is no MCP server at ${server.origin}/nothing (404). Check the address.`)
})

test('credentials do not follow a redirect to another origin, and do within the same one', async () => {
  const other = await listen(({ response }) => void response.writeHead(200).end())
  const away = await listen(({ response }) => void response.writeHead(307, { location: `${other.origin}/mcp` }).end())
  const host = startHost(`${away.origin}/mcp`, { headers: { authorization: 'Bearer mine' } })
  await host.initialize()
  expect((await host.call('echo')).error?.message).toContain('redirects to')
  expect(other.asked).toHaveLength(0)

  const server = await modernServer({
    first: ({ path, response }) => {
      if (path !== '/mcp/') return false
      response.writeHead(308, { location: '/mcp' }).end()
      return true
    },
  })
  const near = startHost(`${server.url}/`)
  await near.initialize()
  expect((await near.call('echo', { text: 'x' })).result).toBeDefined()
})

test('arguments that a tool declares as headers travel as headers to a modern server', async () => {
  const server = await modernServer({
    tools: { query: ({ answer }) => answer({ content: [] }) },
    listed: [
      {
        name: 'query',
        inputSchema: {
          type: 'object',
          properties: {
            region: { type: 'string', 'x-mcp-header': 'Region' },
            options: { type: 'object', properties: { dry: { type: 'boolean', 'x-mcp-header': 'Dry' } } },
          },
        },
      },
    ],
  })
  const host = startHost(server.url)
  await host.initialize()
  await host.request('tools/list')
  await host.call('query', { region: 'süd', options: { dry: false } })
  expect(server.calls('tools/call')[0]?.headers).toMatchObject({
    'mcp-param-region': `=?base64?${Buffer.from('süd').toString('base64')}?=`,
    'mcp-param-dry': 'false',
  })
})

/** A sequence that looks random and is the same each time. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

function anything(random: () => number, depth: number): unknown {
  const kind = Math.floor(random() * (depth > 0 ? 8 : 6))
  const many = Math.floor(random() * 4)
  const kinds: readonly (() => unknown)[] = [
    () => null,
    () => random() < 0.5,
    () => (random() - 0.5) * 10 ** Math.floor(random() * 40 - 20),
    () => Math.floor(random() * 1_000),
    () => String.fromCharCode(...Array.from({ length: many * 3 }, () => 1 + Math.floor(random() * 300))),
    () => '"\\/\n',
    () => Array.from({ length: many }, () => anything(random, depth - 1)),
    () => Object.fromEntries(Array.from({ length: many }, (_none, index) => [`k${index}\n`, anything(random, depth - 1)])),
  ]
  return kinds[kind]?.()
}

/** Whether a line is a request that a host could have meant. */
function isGood(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && 'id' in value && 'method' in value && (typeof value.id === 'string' || typeof value.id === 'number') && typeof value.method === 'string'
  } catch {
    return false
  }
}
