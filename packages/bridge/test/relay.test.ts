import { expect, test } from 'vitest'

import { memoryCache } from './cache.ts'
import { startHost } from './host.ts'
import { event, listen, metaOf, stream } from './loopback.ts'
import { modern } from './modern.ts'
import type { ServerOptions } from './server.ts'
import { legacyServer, modernServer } from './server.ts'

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
  expect(result?.['supportedVersions']).toEqual([
    '2026-07-28',
    '2025-11-25',
    '2025-06-18',
    '2025-03-26',
    '2024-11-05',
  ])
})

const eras = { legacy: legacyServer, modern: modernServer } as const

const pairs = (['legacy', 'modern'] as const).flatMap((host) =>
  (['legacy', 'modern'] as const).flatMap((server) => [false, true].map((sse) => ({ host, server, sse }))),
)

test.for(pairs)(
  'a $host host reaches a $server server (events: $sse)',
  async ({ host: era, server: kind, sse }) => {
    const server = await eras[kind]({ sse })
    const host = startHost(server.url)
    if (era === 'legacy') await host.initialize()
    const own = era === 'legacy' ? {} : modern()
    const list = await host.request('tools/list', own)
    expect(list.result?.['tools']).toMatchObject([{ name: 'echo' }])
    const { result } = await host.call('echo', { text: 'déjà vu' }, own)
    expect(result).toMatchObject({ content: [{ type: 'text', text: 'déjà vu' }] })
    const types = [list.result, result].map((one) => one?.['resultType'])
    expect(era === 'legacy' || types.every((type) => type === 'complete')).toBe(true)
  },
)

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
  expect(server.calls('tools/call')[0]?.headers['mcp-name']).toBe(
    `=?base64?${Buffer.from('größe ').toString('base64')}?=`,
  )
})

test('a legacy host is made known to a modern server in each request, with what it said of itself', async () => {
  const server = await modernServer()
  const host = startHost(server.url)
  await host.initialize({ capabilities: { elicitation: {} } })
  await host.request('logging/setLevel', { level: 'debug' })
  await host.call('echo', {}, { _meta: { progressToken: 7 } })
  expect(metaOf(server.calls('tools/call')[0])).toEqual({
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
  expect(metaOf(server.calls('tools/call')[0])).toEqual({ progressToken: 'p' })
})

test('progress, log messages and their order pass through', async () => {
  const options: ServerOptions = {
    tools: {
      slow({ response, answer }) {
        stream(response)
        event(response, { method: 'notifications/progress', params: { progressToken: 't', progress: 1 } })
        event(response, { method: 'notifications/message', params: { level: 'info', data: 'half' } })
        event(response, { method: 'notifications/progress', params: { progressToken: 't', progress: 2 } })
        answer({ content: [] })
      },
    },
  }
  for (const start of [legacyServer, modernServer]) {
    const server = await start(options)
    const host = startHost(server.url)
    await host.initialize()
    await host.call('slow', {}, { _meta: { progressToken: 't' } })
    const heard = host.heard
      .slice(-4)
      .map(({ method, params, result }) => (result ? 'result' : [method, params?.['progress']]))
    expect(heard).toEqual([
      ['notifications/progress', 1],
      ['notifications/message', undefined],
      ['notifications/progress', 2],
      'result',
    ])
  }
})

test('a captive portal is told from an MCP server', async () => {
  const server = await listen(
    ({ response }) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Welcome'),
  )
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
  const away = await listen(
    ({ response }) => void response.writeHead(307, { location: `${other.origin}/mcp` }).end(),
  )
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
