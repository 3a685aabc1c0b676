import { expect, test } from 'vitest'
import * as z from 'zod'

import { origin, resourceAt, served } from './fixture.ts'

async function get(path: string): Promise<Response> {
  return served().send(new Request(`${origin}${path}`))
}

test.each([
  ['/.well-known/oauth-protected-resource', '/mcp'],
  ['/.well-known/oauth-protected-resource/mcp', '/mcp'],
  ['/.well-known/oauth-protected-resource/mcp/readonly', '/mcp'],
  ['/.well-known/oauth-protected-resource/v1/mcp', '/v1/mcp'],
  ['/.well-known/oauth-protected-resource/v1/mcp/readonly', '/v1/mcp'],
])('%s describes the resource %s', async (path, resource) => {
  const response = await get(path)
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  expect(await response.json()).toMatchObject({
    resource: `${origin}${resource}`,
    authorization_servers: [origin],
    scopes_supported: ['jira:read', 'confluence:read'],
  })
})

test.each([
  '/.well-known/oauth-authorization-server',
  '/.well-known/oauth-authorization-server/mcp',
  '/.well-known/oauth-authorization-server/v1/mcp',
  '/.well-known/oauth-authorization-server/mcp/readonly',
])('%s is the document of the issuer', async (path) => {
  const { send, asked } = served()
  expect(await (await send(new Request(`${origin}${path}`))).json()).toEqual({ issuer: origin })
  expect(asked).toEqual(['GET /.well-known/oauth-authorization-server'])
})

test('OpenID discovery is asked for at its own place', async () => {
  const { send, asked } = served()
  await send(new Request(`${origin}/.well-known/openid-configuration/mcp`))
  expect(asked).toEqual(['GET /.well-known/openid-configuration'])
})

test('everything else belongs to the authorization server, or to nobody', async () => {
  const { send, asked, events } = served()
  expect((await send(new Request(`${origin}/authorize?client_id=x`))).status).toBe(200)
  const nowhere = await send(new Request(`${origin}/nowhere`, { method: 'POST' }))
  expect(nowhere.status).toBe(404)
  expect(await nowhere.json()).toEqual({
    error: 'not_found',
    error_description: `There is nothing here. MCP is at ${origin}/mcp.`,
  })
  expect(asked).toEqual(['GET /authorize', 'POST /nowhere'])
  expect(events.map((event) => event.type === 'answered' && [event.route, event.status])).toEqual([
    ['oauth', 200],
    ['oauth', 404],
  ])
})

test('a path that only looks like the endpoint is not it', async () => {
  for (const path of ['/mcp/', '/MCP', '/mcp/readonly/', '/v1', '/mcp/../admin']) {
    const response = await get(path)
    expect([path, response.status]).toEqual([path, 404])
  }
})

test('the process is alive whatever its store does, and ready when that answers', async () => {
  const states: [() => Promise<boolean>, number][] = [
    [async () => true, 200],
    [async () => false, 503],
    [() => Promise.reject(new Error('no store')), 503],
  ]
  for (const [ready, status] of states) {
    const { send } = served({ health: { ready } })
    expect((await send(new Request(`${origin}/readyz`))).status).toBe(status)
    expect((await send(new Request(`${origin}/healthz`))).status).toBe(200)
  }
  const post = await get('/healthz')
  expect(await post.json()).toEqual({ status: 'ok' })
  const wrong = await served().send(new Request(`${origin}/healthz`, { method: 'POST' }))
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
})

test('the page at the root says what this is and how to connect', async () => {
  const response = await get('/')
  const page = await response.text()
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(page).toContain('<title>Telamon</title>')
  expect(page).toContain(`claude mcp add --transport http telamon ${origin}/mcp`)
  expect(page).not.toMatch(/<script|<img|<link|\sstyle=|\son\w+=/i)
  const policy = response.headers.get('content-security-policy') ?? ''
  const style = /<style>(?<text>[^]*?)<\/style>/.exec(page)?.groups?.['text'] ?? ''
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))
  expect(policy).toContain(`style-src 'sha256-${Buffer.from(digest).toString('base64')}'`)
  expect(policy).toContain("default-src 'none'")
  for (const [name, value] of [
    ['x-frame-options', 'DENY'],
    ['referrer-policy', 'no-referrer'],
    ['x-content-type-options', 'nosniff'],
  ] as const) {
    expect(response.headers.get(name)).toBe(value)
  }
  const head = await served().send(new Request(`${origin}/`, { method: 'HEAD' }))
  expect([head.status, await head.text()]).toEqual([200, ''])
})

test('a server that only this machine reaches is not offered to clients in a cloud', async () => {
  const url = 'http://localhost:4180'
  const { send } = served({ url, resource: resourceAt('/mcp', url), also: {} })
  const page = await (await send(new Request(`${url}/`))).text()
  expect(page).toContain('VS Code')
  expect(page).not.toContain('custom connector')
  expect(await (await get('/')).text()).toContain('custom connector')
})

test('the words of the page are text, whatever they hold', async () => {
  const { send } = served({
    landing: {
      name: '<b>Acme</b>',
      description: 'A & B',
      notice: '"quoted"',
      documentation: 'https://example.com/?a=1&b="2"',
      key: "it's",
      guides: [{ client: '<i>', step: '</details>', code: '<script>' }],
    },
  })
  const page = await (await send(new Request(`${origin}/`))).text()
  expect(page).toContain('&lt;b&gt;Acme&lt;/b&gt;')
  expect(page).toContain('A &amp; B')
  expect(page).toContain('&lt;script&gt;')
  expect(page).toContain('href="https://example.com/?a=1&amp;b=&quot;2&quot;"')
  expect(page).not.toMatch(/<script|<i>/)
})

test('an answer from anywhere says no more than it has to', async () => {
  const Refused = z.strictObject({ error: z.string(), error_description: z.string() })
  const response = await get('/nowhere')
  expect(Refused.safeParse(await response.json()).success).toBe(true)
  expect(response.headers.get('cache-control')).toBe('no-store')
})
