import { describe, expect, test } from 'vitest'

import { createGateway } from '../src/index.ts'
import { mcpRequest, origin, peer, resourceAt, served } from './fixture.ts'

const loopback = 'http://127.0.0.1:4180'

describe('T33 the host that a request names', () => {
  test.each([
    ['mcp.example.com', 200],
    ['MCP.example.com:443', 200],
    ['evil.example', 403],
    ['mcp.example.com.evil.example', 403],
    ['', 403],
    ['[::1]', 403],
  ])('%j at the MCP endpoint is answered with %i', async (host, status) => {
    expect((await served().send(mcpRequest('tools/list', {}, { headers: { host } }))).status).toBe(status)
  })

  test('elsewhere it was misdirected, except for probes', async () => {
    const { send, events } = served()
    const get = async (path: string): Promise<number> =>
      (await send(new Request(`${origin}${path}`, { headers: { host: 'evil.example' } }))).status
    expect(await get('/')).toBe(421)
    expect(await get('/authorize')).toBe(421)
    expect(await get('/.well-known/oauth-protected-resource/mcp')).toBe(421)
    expect(await get('/healthz')).toBe(200)
    expect(events.map((event) => event.type === 'answered' && event.refused)).toEqual([
      'host',
      'host',
      'host',
      undefined,
    ])
  })

  test('further names can be allowed', async () => {
    const { send } = served({ allowedHosts: ['Internal.Example'] })
    expect(
      (await send(mcpRequest('tools/list', {}, { headers: { host: 'internal.example:8080' } }))).status,
    ).toBe(200)
  })

  test.each(['localhost:4180', '127.0.0.1:4180', '[::1]:4180'])(
    'a server on loopback answers to %s',
    async (host) => {
      const { send } = served({ url: loopback, resource: resourceAt('/mcp', loopback), also: {} })
      expect((await send(mcpRequest('tools/list', {}, { headers: { host } }))).status).toBe(200)
    },
  )
})

describe('T33 the origin of a page that calls', () => {
  test.each([
    [origin, 200],
    ['https://inspector.example.com', 200],
    ['https://evil.example', 403],
    ['null', 403],
    ['http://mcp.example.com', 403],
    ['http://localhost:6274', 403],
  ])('%s is answered with %i', async (from, status) => {
    const { send } = served({ allowedOrigins: ['https://inspector.example.com'] })
    const response = await send(mcpRequest('tools/list', {}, { headers: { origin: from } }))
    expect(response.status).toBe(status)
  })

  test('a page that may call can read the answer', async () => {
    const response = await served().send(mcpRequest('tools/list', {}, { headers: { origin } }))
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-expose-headers')).toContain(
      'WWW-Authenticate, Mcp-Session-Id',
    )
  })

  test.each([
    ['http://localhost:6274', 200],
    ['http://[::1]:1', 200],
    ['http://localhost.evil.example', 403],
    ['nonsense', 403],
  ])('a server on loopback answers %s with %i', async (from, status) => {
    const { send } = served({ url: loopback, resource: resourceAt('/mcp', loopback), also: {} })
    const request = mcpRequest('tools/list', {}, { headers: { origin: from, host: '127.0.0.1:4180' } })
    expect((await send(request)).status).toBe(status)
  })

  test('a preflight needs no token, and a challenge can be read by a page', async () => {
    const { send } = served()
    const preflight = await send(new Request(`${origin}/mcp`, { method: 'OPTIONS', headers: { origin } }))
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-headers')).toContain('MCP-Protocol-Version')
    expect(preflight.headers.get('access-control-allow-methods')).toBe('POST, GET, DELETE, OPTIONS')
    const challenge = await send(mcpRequest('tools/list', {}, { token: undefined, headers: { origin } }))
    expect(challenge.headers.get('access-control-allow-origin')).toBe('*')
    const foreign = await send(
      new Request(`${origin}/mcp`, { method: 'OPTIONS', headers: { origin: 'https://evil.example' } }),
    )
    expect(foreign.status).toBe(403)
  })
})

test.each([
  ['http://mcp.example.com', 'has to begin with https://'],
  ['https://mcp.example.com/path', 'has to be an origin'],
  ['https://mcp.example.com/?x=1', 'has to be an origin'],
  ['not an address', 'Invalid URL'],
])('the public address %s is refused at start', (url, words) => {
  expect(() => served({ url })).toThrow(words)
})

test('T57 header fields that name an upstream are nobody to listen to', async () => {
  const { send } = served()
  const headers = {
    'x-forwarded-host': 'evil.example',
    'x-atlassian-url': 'https://evil.example',
    forwarded: 'host=evil.example',
  }
  const response = await send(mcpRequest('tools/list', {}, { token: undefined, headers }))
  expect(JSON.stringify([...response.headers])).not.toContain('evil')
})

test('more requests than the server has room for are sent away at once', async () => {
  const { promise, resolve } = Promise.withResolvers<Response>()
  const { send, events } = served({ mostAtOnce: 1, mcp: { fetch: () => promise } })
  const first = send(mcpRequest('tools/list'))
  const second = await send(mcpRequest('tools/list'))
  expect(second.status).toBe(503)
  expect(second.headers.get('retry-after')).toBe('1')
  expect(await second.json()).toMatchObject({ type: expect.stringContaining('temporary-reduced-capacity') })
  expect(events).toContainEqual(expect.objectContaining({ status: 503, refused: 'overload' }))
  resolve(new Response('{}'))
  expect((await first).status).toBe(200)
  expect((await send(mcpRequest('tools/list'))).status).toBe(200)
})

test('a gateway needs nothing but what its options say', async () => {
  const gateway = createGateway({
    url: loopback,
    mcp: { fetch: async () => new Response('{}') },
    resource: resourceAt('/mcp', loopback),
    authorization: { fetch: async () => undefined },
    services: () => ({}),
  })
  expect((await gateway.fetch(new Request(`${loopback}/nowhere`), peer)).status).toBe(404)
})
