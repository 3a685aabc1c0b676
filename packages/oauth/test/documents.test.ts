import { describe, expect, it } from 'vitest'

import type { AuthorizationServerOptions, Transport } from '../src/index.ts'
import { plainPage } from './bench/authorize.ts'
import { createBench, type Bench } from './bench/bench.ts'
import { day, minute } from './bench/clock.ts'
import { authorizeUrl, connect, openConsent, pkce, redirectUri, refreshWith, refusal } from './bench/flow.ts'

const id = 'https://client.example/oauth/metadata.json'
const document = { client_id: id, client_name: 'Some client', redirect_uris: ['http://localhost/callback'] }

/** A bench, and how often each address was asked for its document. */
function published(
  body: unknown = document,
  init: ResponseInit = {},
  options: Partial<AuthorizationServerOptions> = {},
) {
  const asked: string[] = []
  const state = { body, down: false }
  const fetch: Transport = async (url) => {
    asked.push(url)
    if (state.down) throw new TypeError('fetch failed')
    return new Response(typeof state.body === 'string' ? state.body : JSON.stringify(state.body), init)
  }
  return { bench: createBench({ fetch, ...options }), asked, state }
}

const ask = (bench: Bench, clientId: string, { address, ...change }: Readonly<Record<string, string>> = {}) =>
  bench.send(new Request(authorizeUrl(clientId, pkce().challenge, change)), address)

describe('a client that publishes its metadata', () => {
  it('signs in without registering', async () => {
    const { bench } = published()
    const tokens = await connect(bench, { client_id: id })
    expect((await bench.server.verify(tokens.access_token, 'https://mcp.example.com/mcp')).ok).toBe(true)
    expect((await refreshWith(bench, { client_id: id }, tokens.refresh_token)).status).toBe(200)
  })

  it('is shown with its host, and as verified only where its host is known', async () => {
    const { page } = await openConsent(published().bench, { client_id: id })
    expect(page.body).toContain('Published by client.example')
    const claude = 'https://claude.ai/oauth/claude-code-client-metadata'
    const { bench } = published({
      client_id: claude,
      client_name: 'Claude Code',
      redirect_uris: ['http://localhost/callback', 'http://127.0.0.1/callback'],
    })
    const known = await openConsent(bench, { client_id: claude })
    expect(known.page.body).toContain('Verified')
    expect(known.page.body).toContain('Published by claude.ai.')
  })

  it.each([
    [
      'ChatGPT',
      'https://chatgpt.com/oauth/abc/client.json',
      {
        client_name: 'ChatGPT',
        redirect_uris: ['https://chatgpt.com/connector/oauth/abc'],
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'],
        token_endpoint_auth_signing_alg: 'RS256',
        jwks_uri: 'https://chatgpt.com/oauth/jwks.json',
        response_types: ['code', 'id_token'],
        grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:jwt-bearer'],
      },
      'https://chatgpt.com/connector/oauth/abc',
    ],
    [
      'VS Code',
      'https://vscode.dev/oauth/client-metadata.json',
      {
        client_name: 'Visual Studio Code',
        application_type: 'native',
        redirect_uris: ['http://127.0.0.1:33418/', 'https://vscode.dev/redirect'],
        grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
      },
      'http://127.0.0.1:51234/',
    ],
    [
      'claude.ai',
      'https://claude.ai/oauth/mcp-oauth-client-metadata',
      { client_name: 'Claude', redirect_uris: ['https://claude.ai/api/mcp/auth_callback'] },
      'https://claude.ai/api/mcp/auth_callback',
    ],
  ] as const)('may have the shape of %s', async (...[, url, metadata, uri]) => {
    const { bench } = published({ client_id: url, ...metadata })
    const response = await ask(bench, url, { redirect_uri: uri })
    expect(response.headers.get('location')).toContain('/consent?tx=')
  })
})

describe('T29 ids that are never fetched', () => {
  it.each([
    'https://client.example',
    'http://client.example/me.json',
    'https://client.example/me.json#x',
    'https://user@client.example/me.json',
    'https://client.example/a/../me.json',
    'https://client.example/a/%2e%2e/me.json',
    'https://client.example/%2E/me.json',
    'https://client.example/./me.json',
    'https://client.example/..',
    'https://127.0.0.1/me.json',
    'https://[::1]/me.json',
    'https://2130706433/me.json',
    'https://0x7f.1/me.json',
    'https://localhost/me.json',
    'https://client.example:22/me.json',
    String.raw`https://client.example\me.json`,
    'https://client.example/me\u0000.json',
    'https://client.example/mé.json',
    'https://１２７.0.0.1/me.json',
    `https://client.example/${'x'.repeat(600)}`,
  ])('%s', async (clientId) => {
    const { bench, asked } = published({ ...document, client_id: clientId })
    expect(await plainPage(await ask(bench, clientId))).toBe(400)
    expect(asked).toEqual([])
  })
})

describe('T31 documents that are refused', () => {
  it.each([
    ['not JSON', '<html>'],
    ['an array', '[]'],
    ['null', 'null'],
    ['of another client', { ...document, client_id: `${id}?` }],
    ['without an id', { ...document, client_id: undefined }],
    ['without a name', { ...document, client_name: undefined }],
    ['with a secret', { ...document, client_secret: 'x' }],
    ['without redirect addresses', { ...document, redirect_uris: [] }],
    ['T03 with a dangerous redirect address', { ...document, redirect_uris: ['javascript:alert(1)'] }],
    ['with a redirect address on another host', { ...document, redirect_uris: ['https://other.example/cb'] }],
    [
      'with a method that needs a shared secret',
      { ...document, token_endpoint_auth_method: 'client_secret_post' },
    ],
    ['larger than 10 KiB', { ...document, padding: 'x'.repeat(11_000) }],
  ])('%s', async (_, body) => {
    const { bench } = published(body)
    expect(await plainPage(await ask(bench, id))).toBe(400)
  })

  it('look the same from outside, whatever was wrong', async () => {
    const pages = new Set<string>()
    for (const { bench } of [
      published('<html>'),
      published({}, { status: 302 }),
      published(document, { status: 404 }),
    ]) {
      const text = await (await ask(bench, id)).text()
      pages.add(text.replaceAll(/nonce="[^"]*"/g, ''))
    }
    const { bench } = published()
    pages.add((await (await ask(bench, 'https://127.0.0.1/x')).text()).replaceAll(/nonce="[^"]*"/g, ''))
    expect(pages.size).toBe(1)
  })

  it('are an unknown client at the token endpoint', async () => {
    const { bench } = published('<html>')
    const response = await bench.post('/token', {
      grant_type: 'refresh_token',
      refresh_token: 'x',
      client_id: id,
    })
    expect(await refusal(response)).toEqual({ status: 401, error: 'invalid_client' })
  })

  it('may lead to another host when the operator says so', async () => {
    const body = { ...document, redirect_uris: ['https://app.example/cb'] }
    const { bench } = published(
      body,
      {},
      { policy: { redirectHosts: { 'client.example': ['app.example'] } } },
    )
    const response = await ask(bench, id, { redirect_uri: 'https://app.example/cb' })
    expect(response.headers.get('location')).toContain('/consent')
  })
})

describe('how often a document is fetched', () => {
  it('once for any number at once, and not again while it is fresh', async () => {
    const { bench, asked } = published(document, { headers: { 'cache-control': 'public, max-age=600' } })
    await Promise.all(Array.from({ length: 20 }, () => ask(bench, id)))
    expect(asked).toHaveLength(1)
    bench.clock.pass(10 * minute - 1)
    await ask(bench, id)
    expect(asked).toHaveLength(1)
    bench.clock.pass(1)
    await ask(bench, id)
    expect(asked).toHaveLength(2)
  })

  it.each([
    ['a minute, when it says nothing', '', minute],
    ['a minute, when it says less', 'max-age=1', minute],
    ['a minute, when it says no-store', 'no-store', minute],
    ['a day, when it says more', 'max-age=31536000', day],
  ])('fresh means %s', async (_, cacheControl, life) => {
    const { bench, asked } = published(document, { headers: { 'cache-control': cacheControl } })
    await ask(bench, id)
    bench.clock.pass(life - 1)
    await ask(bench, id)
    expect(asked).toHaveLength(1)
    bench.clock.pass(1)
    await ask(bench, id)
    expect(asked).toHaveLength(2)
  })

  it('another instance on the same store does not fetch it again', async () => {
    const first = published()
    await ask(first.bench, id)
    const second = published(document, {}, { store: first.bench.store, now: first.bench.clock.now })
    await ask(second.bench, id)
    expect(second.asked).toEqual([])
  })

  it('a failure is remembered for thirty seconds', async () => {
    const { bench, asked, state } = published('<html>')
    await ask(bench, id)
    state.body = document
    expect(await plainPage(await ask(bench, id))).toBe(400)
    expect(asked).toHaveLength(1)
    bench.clock.pass(30_000)
    expect((await ask(bench, id)).status).toBe(303)
  })

  it('T31 an address may name thirty new ones an hour', async () => {
    const { bench, asked } = published('<html>')
    const statuses: number[] = []
    for (let count = 0; count < 40; count += 1)
      statuses.push((await ask(bench, `https://client.example/${count}`)).status)
    expect(statuses.filter((status) => status === 429)).toHaveLength(10)
    expect(asked).toHaveLength(30)
    expect((await ask(bench, 'https://client.example/other', { address: '198.51.100.9' })).status).toBe(400)
  })

  it('people stay signed in while the address does not answer', async () => {
    const { bench, state } = published()
    const { refresh_token: token } = await connect(bench, { client_id: id })
    state.down = true
    bench.clock.pass(day)
    const refreshed = await refreshWith(bench, { client_id: id }, token)
    expect(refreshed.status).toBe(200)
    expect(await plainPage(await ask(bench, id))).toBe(400)
  })

  it('only of those that the operator lets in', async () => {
    const listed = published(document, {}, { policy: { documents: { hosts: ['claude.ai'] } } })
    expect(await plainPage(await ask(listed.bench, id))).toBe(400)
    const off = published(document, {}, { policy: { documents: 'off' } })
    expect(await plainPage(await ask(off.bench, id))).toBe(400)
    expect([...listed.asked, ...off.asked]).toEqual([])
    const open = published(document, {}, { policy: { documents: { hosts: ['client.example'] } } })
    expect((await ask(open.bench, id, { redirect_uri: redirectUri })).status).toBe(303)
  })
})
