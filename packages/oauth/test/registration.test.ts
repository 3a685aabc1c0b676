import { describe, expect, it } from 'vitest'
import * as z from 'zod'

import { createBench } from './bench/bench.ts'
import { day, hour } from './bench/clock.ts'
import { refusal, register, signIn } from './bench/flow.ts'

const withUri = (uri: string) => ({ client_name: 'x', redirect_uris: [uri] })

describe('redirect addresses at registration', () => {
  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    '\tjavascript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'blob:https://client.example/x',
    'file:///etc/passwd',
    'about:blank',
    'filesystem:https://client.example/x',
    'ws://client.example/cb',
    'mailto:x@client.example',
    'callback',
    '/callback',
    '',
    'http://evil.example/cb',
    'http://127.0.0.2/cb',
    'https://192.0.2.1/cb',
    'https://[2001:db8::1]/cb',
    'https://0x7f.1/cb',
    'https://127.0.0.1/cb',
    'https://user@client.example/cb',
    'https://client.example/cb#fragment',
    'https://*.client.example/cb',
    String.raw`https://client.example\cb`,
    'https://client.example/c b',
    'https://client.example/cb?code=1',
    'https://client.example/cb?iss=x',
    'unheardof://cb',
    `https://client.example/${'x'.repeat(500)}`,
  ])('T03 refuses %j', async (uri) => {
    const bench = createBench()
    const response = await bench.postJson('/register', { ...withUri(uri), application_type: 'web' })
    expect(await refusal(response)).toEqual({ status: 400, error: 'invalid_redirect_uri' })
  })

  it.each([
    'https://client.example/cb',
    'https://localhost/cb',
    'http://localhost:3334/oauth/callback',
    'http://127.0.0.1/callback',
    'http://[::1]:8080/',
    'com.example.client:/oauth2redirect',
    'cursor://anysphere.cursor-mcp/oauth/callback',
    'vscode://vscode.github-authentication/did-authenticate',
    'vscode-insiders://x/y',
    'windsurf://x',
    'zed://x',
  ])('accepts %s', async (uri) => {
    const bench = createBench()
    const response = await bench.postJson('/register', withUri(uri))
    expect(response.status).toBe(201)
  })

  it('accepts the three addresses that Cursor registers at once', async () => {
    const uris = [
      'cursor://anysphere.cursor-mcp/oauth/callback',
      'https://www.cursor.com/agents/mcp/oauth/callback',
      'http://localhost:8787/callback',
    ]
    const bench = createBench()
    const client = await register(bench, { redirect_uris: uris })
    for (const uri of uris) {
      const { url } = await signIn(bench, client, { change: { redirect_uri: uri } })
      expect(url.searchParams.get('code')).toBeTruthy()
    }
  })

  it('says which address is wrong and why, without repeating it', async () => {
    const bench = createBench()
    const response = await bench.postJson('/register', {
      redirect_uris: ['https://client.example/cb', 'http://evil.example/cb'],
    })
    const text = await response.text()
    expect(text).toContain('redirect_uris[1] is http')
    expect(text).not.toContain('evil.example')
  })
})

describe('what is registered', () => {
  it('is answered as it was kept', async () => {
    const bench = createBench()
    const response = await bench.postJson('/register', {
      client_name: 'A client',
      redirect_uris: ['https://client.example/cb', 'https://client.example/cb'],
      scope: 'jira:read',
      application_type: 'web',
      logo_uri: 'https://internal.example/logo.png',
      policy_uri: 'https://internal.example/policy',
      software_statement: 'e30.e30.',
      sector_identifier_uri: 'https://internal.example/sector',
    })
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toEqual({
      client_id: expect.stringMatching(/^m_cl_[A-Za-z0-9_-]{22}$/),
      client_id_issued_at: Math.floor(bench.clock.now() / 1000),
      client_name: 'A client',
      redirect_uris: ['https://client.example/cb'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    })
  })

  it('ignores the scope, so that more can be asked for later', async () => {
    const bench = createBench()
    const client = await register(bench, { scope: 'jira:read' })
    await signIn(bench, client, { change: { scope: 'jira:write' } })
    expect(bench.upstream.begun[0]).toContain('jira:write')
  })

  it('gives a secret to a client that wants one, and keeps only its hash', async () => {
    const bench = createBench()
    const response = await bench.postJson('/register', {
      ...withUri('https://client.example/cb'),
      token_endpoint_auth_method: 'client_secret_post',
    })
    const { client_id: id, client_secret: secret } = z
      .object({ client_id: z.string(), client_secret: z.string(), client_secret_expires_at: z.literal(0) })
      .parse(await response.json())
    expect(secret).toMatch(/^m_cs_[A-Za-z0-9_-]{43}$/)
    expect(JSON.stringify(await bench.store.getClient(id, bench.clock.now()))).not.toContain(secret)
  })

  it('keeps what both sides know of grant and response types', async () => {
    const bench = createBench()
    const response = await bench.postJson('/register', {
      ...withUri('https://client.example/cb'),
      grant_types: ['authorization_code', 'urn:ietf:params:oauth:grant-type:jwt-bearer'],
      response_types: ['code', 'id_token'],
    })
    expect(await response.json()).toMatchObject({
      grant_types: ['authorization_code'],
      response_types: ['code'],
    })
  })

  it.each([
    ['another method', { token_endpoint_auth_method: 'client_secret_jwt' }],
    ['keys nowhere', { token_endpoint_auth_method: 'private_key_jwt' }],
    [
      'keys twice',
      {
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: { keys: [{ kty: 'EC' }] },
        jwks_uri: 'https://a.example/j',
      },
    ],
    ['keys over http', { token_endpoint_auth_method: 'private_key_jwt', jwks_uri: 'http://a.example/j' }],
    ['no code among the response types', { response_types: ['token'] }],
    ['no code among the grant types', { grant_types: ['refresh_token'] }],
    ['a name that is no text', { client_name: 7 }],
  ])('refuses %s', async (_, change) => {
    const bench = createBench()
    const response = await bench.postJson('/register', { ...withUri('https://client.example/cb'), ...change })
    expect(await refusal(response)).toEqual({ status: 400, error: 'invalid_client_metadata' })
  })

  it('T32 fetches nothing that it names', async () => {
    const fetched: string[] = []
    const bench = createBench({
      fetch: async (url) => {
        fetched.push(url)
        return new Response('{}')
      },
    })
    const client = await register(bench, {
      redirect_uris: ['https://client.example/cb'],
      token_endpoint_auth_method: 'private_key_jwt',
      jwks_uri: 'https://internal.example/jwks',
      logo_uri: 'https://internal.example/logo',
      policy_uri: 'https://internal.example/policy',
      sector_identifier_uri: 'https://internal.example/sector',
    })
    await signIn(bench, client, { change: { redirect_uri: 'https://client.example/cb' } })
    expect(fetched).toEqual([])
  })
})

describe('floods and hostile bodies', () => {
  it.each([
    ['1 MB', 'x'.repeat(1_000_000), 413],
    [
      '1,000 addresses',
      JSON.stringify({
        redirect_uris: Array.from({ length: 1000 }, (_, n) => `https://client.example/${n}`),
      }),
      413,
    ],
    [
      '11 addresses',
      JSON.stringify({ redirect_uris: Array.from({ length: 11 }, (_, n) => `https://a.example/${n}`) }),
      400,
    ],
    ['deep JSON', `${'['.repeat(8000)}${']'.repeat(8000)}`, 400],
    ['no JSON', '{', 400],
    ['an array', '[]', 400],
    ['null', 'null', 400],
    ['nothing', '', 400],
    ['invalid UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 400],
  ])('T34 a body of %s is refused', async (_, body, status) => {
    const bench = createBench()
    const response = await bench.send(
      new Request('https://mcp.example.com/register', {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      }),
    )
    expect(response.status).toBe(status)
    expect(bench.calls.get('putClient')).toBeUndefined()
  })

  it('T34 members that would reach a prototype are dropped', async () => {
    const bench = createBench()
    const response = await bench.send(
      new Request('https://mcp.example.com/register', {
        method: 'POST',
        body: '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"redirect_uris":["https://a.example/cb"]}',
        headers: { 'content-type': 'application/json' },
      }),
    )
    expect(response.status).toBe(201)
    expect(Object.hasOwn({}, 'polluted') || 'polluted' in {}).toBe(false)
  })

  it('wants JSON', async () => {
    const bench = createBench()
    const response = await bench.post('/register', { redirect_uris: 'https://a.example/cb' })
    expect(response.status).toBe(415)
  })

  it('T34 an address may register ten an hour, and an IPv6 network counts as one address', async () => {
    const bench = createBench()
    const attempt = async (address: string) =>
      (await bench.postJson('/register', withUri('https://a.example/cb'), address)).status
    for (let count = 0; count < 10; count += 1) expect(await attempt(`2001:db8::${count}`)).toBe(201)
    expect(await attempt('2001:db8::ffff')).toBe(429)
    expect(await attempt('2001:db8:0:1::1')).toBe(201)
    bench.clock.pass(hour)
    expect(await attempt('2001:db8::1')).toBe(201)
  })

  it('T34 tells how long to wait', async () => {
    const bench = createBench({ policy: { registrationPerAddress: { capacity: 1, everyMs: 90_000 } } })
    await bench.postJson('/register', withUri('https://a.example/cb'))
    const response = await bench.postJson('/register', withUri('https://a.example/cb'))
    expect(response.headers.get('retry-after')).toBe('90')
    expect(await refusal(response)).toEqual({ status: 429, error: 'temporarily_unavailable' })
  })

  it('T34 the number of registered clients is bounded', async () => {
    const bench = createBench({ policy: { registeredClients: 2 } })
    await register(bench)
    await register(bench)
    expect((await bench.postJson('/register', withUri('https://a.example/cb'))).status).toBe(503)
  })

  it('T34 a client that nobody used is gone after a day, one that was used after 90', async () => {
    const bench = createBench()
    const unused = await register(bench)
    const used = await register(bench)
    await signIn(bench, used)
    const there = async (id: string) => (await bench.store.getClient(id, bench.clock.now())) !== undefined
    bench.clock.pass(day)
    await bench.server.sweep()
    expect([await there(unused.client_id), await there(used.client_id)]).toEqual([false, true])
    bench.clock.pass(89 * day)
    await bench.server.sweep()
    expect(await there(used.client_id)).toBe(false)
  })
})

describe('who may register', () => {
  it('nobody, when it is off', async () => {
    const bench = createBench({ policy: { registration: 'off' } })
    expect((await bench.postJson('/register', withUri('https://a.example/cb'))).status).toBe(404)
    const metadata = await (await bench.get('/.well-known/oauth-authorization-server')).json()
    expect(metadata).not.toHaveProperty('registration_endpoint')
  })

  it('who has an initial access token, when one is needed', async () => {
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from('let-me-in'))).toString(
      'base64url',
    )
    const bench = createBench({ policy: { registration: { initialAccessTokenHashes: [hash] } } })
    const attempt = async (authorization?: string) => {
      const response = await bench.send(
        new Request('https://mcp.example.com/register', {
          method: 'POST',
          body: JSON.stringify(withUri('https://a.example/cb')),
          headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
        }),
      )
      return response.status
    }
    expect([await attempt(), await attempt('Bearer wrong'), await attempt('Bearer let-me-in')]).toEqual([
      401, 401, 201,
    ])
  })
})
