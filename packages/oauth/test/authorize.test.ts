import { describe, expect, it } from 'vitest'

import { ask, plainPage, prepared, uri } from './bench/authorize.ts'
import { createBench, issuer, otherResource } from './bench/bench.ts'
import { authorizeUrl, openConsent, pkce, register, signIn, type Change } from './bench/flow.ts'

/** Where a redirect leads and what it says. */
function redirectOf(response: Response): {
  to: string
  error: string | null
  state: string | null
  iss: string[]
} {
  expect(response.status).toBe(303)
  const url = new URL(response.headers.get('location') ?? '')
  return {
    to: `${url.origin}${url.pathname}`,
    error: url.searchParams.get('error'),
    state: url.searchParams.get('state'),
    iss: url.searchParams.getAll('iss'),
  }
}

describe('clients', () => {
  it.each(['unknown', 'm_cl_AAAAAAAAAAAAAAAAAAAAAA', 'm_cl_short', "' or 1=1 --", 'ftp://client.example/x'])(
    'an unknown client ends on a page: %s',
    async (id) => {
      const { bench } = await prepared()
      expect(await plainPage(await ask(bench, { client_id: id }, { redirect_uri: uri }))).toBe(400)
    },
  )

  it('an id that is malformed is not looked up', async () => {
    const { bench } = await prepared()
    bench.calls.clear()
    await ask(bench, { client_id: 'm_cl_short' }, {})
    expect(bench.calls.get('getClient')).toBeUndefined()
  })
})

describe('the request itself', () => {
  it.each([
    ['a response type other than code', { response_type: 'token' }, 'unsupported_response_type'],
    ['no response type', { response_type: undefined }, 'unsupported_response_type'],
    ['a response mode other than query', { response_mode: 'form_post' }, 'invalid_request'],
    ['T05 the method plain', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['T05 an absent method, which means plain', { code_challenge_method: undefined }, 'invalid_request'],
    ['T05 an unknown method', { code_challenge_method: 's256' }, 'invalid_request'],
    ['T05 an absent challenge', { code_challenge: undefined }, 'invalid_request'],
    ['T05 a challenge that is too short', { code_challenge: 'a'.repeat(42) }, 'invalid_request'],
    ['T05 a challenge that is too long', { code_challenge: 'a'.repeat(44) }, 'invalid_request'],
    ['T05 a challenge with other characters', { code_challenge: '='.repeat(43) }, 'invalid_request'],
    ['an unknown resource', { resource: 'https://elsewhere.example/mcp' }, 'invalid_target'],
    ['a resource with a fragment', { resource: 'https://mcp.example.com/mcp#x' }, 'invalid_target'],
    ['a resource with a slash too many', { resource: 'https://mcp.example.com/mcp/' }, 'invalid_target'],
    ['scopes of which none is known', { scope: 'openid email' }, 'invalid_scope'],
    ['nothing but a session', { scope: 'offline_access' }, 'invalid_scope'],
    ['a request object', { request: 'e30.e30.' }, 'request_not_supported'],
    ['a request address', { request_uri: 'https://internal.example/r' }, 'request_uri_not_supported'],
  ] as const)('%s goes back to the client as an error', async (_, change, error) => {
    const { bench, client } = await prepared()
    const response = await ask(bench, client, { redirect_uri: uri, ...change })
    expect(redirectOf(response)).toEqual({
      to: 'https://client.example/app/cb',
      error,
      state: 'state of the client',
      iss: [issuer],
    })
    expect(bench.calls.get('putTx')).toBeUndefined()
  })

  it('T10 every error names the issuer once, and nothing when there was no state', async () => {
    const { bench, client } = await prepared()
    const response = await ask(bench, client, { redirect_uri: uri, state: undefined, response_type: 'token' })
    const location = response.headers.get('location') ?? ''
    expect(location.split('iss=')).toHaveLength(2)
    expect(location).not.toContain('state=')
    expect(new URL(location).searchParams.get('tenant')).toBe('1')
  })

  it.each([
    ['a client id', `client_id=x`],
    ['a redirect address', `redirect_uri=${encodeURIComponent(uri)}`],
    ['a state', 'state=1'],
    ['a challenge', 'code_challenge=1'],
  ])('T40 a second %s ends on a page', async (_, more) => {
    const { bench, client } = await prepared()
    const url = authorizeUrl(client.client_id, pkce().challenge, { redirect_uri: uri })
    expect(await plainPage(await bench.send(new Request(`${url}&${more}`)))).toBe(400)
  })

  it('ends on a page when it is too long', async () => {
    const { bench, client } = await prepared()
    expect(await plainPage(await ask(bench, client, { redirect_uri: uri, state: 'x'.repeat(2049) }))).toBe(
      400,
    )
    const filler = Object.fromEntries([1, 2, 3, 4, 5].map((key) => [`p${key}`, 'x'.repeat(1700)]))
    expect(await plainPage(await ask(bench, client, { redirect_uri: uri, ...filler }))).toBe(400)
    expect((await ask(bench, client, { redirect_uri: uri, state: 'x'.repeat(2048) })).status).toBe(303)
  })

  it('takes unknown parameters and prompts without failing', async () => {
    const { bench, client } = await prepared()
    const response = await ask(bench, client, { redirect_uri: uri, prompt: 'consent', nonsense: '1' })
    expect(response.headers.get('location')).toContain('/consent?tx=')
  })
})

/** The scopes with which a sign-in begins. */
async function approvedScopes(change: Change): Promise<readonly string[] | undefined> {
  const bench = createBench()
  const client = await register(bench)
  await signIn(bench, client, { change })
  return bench.upstream.begun[0]
}

describe('what is asked for', () => {
  it('is the useful set when nothing was asked for', async () => {
    expect(await approvedScopes({ scope: undefined })).toEqual([
      'jira:read',
      'jira:write',
      'confluence:read',
      'confluence:write',
    ])
  })

  it('is every permission of a resource without a set of its own', async () => {
    expect(await approvedScopes({ scope: undefined, resource: otherResource })).toHaveLength(5)
  })

  it('drops what is unknown and adds what is implied', async () => {
    expect(await approvedScopes({ scope: 'openid  jira:write offline_access jira:write' })).toEqual([
      'jira:read',
      'jira:write',
    ])
  })

  it('is the first resource when none was named, whatever case its host has', async () => {
    const bench = createBench()
    const client = await register(bench)
    for (const change of [{ resource: undefined }, { resource: 'HTTPS://MCP.example.COM/mcp' }]) {
      const { url } = await signIn(bench, client, { change })
      expect(url.searchParams.get('code')).toBeTruthy()
    }
  })

  it('may name the same resource twice, and not two of them', async () => {
    const bench = createBench()
    const client = await register(bench)
    const url = authorizeUrl(client.client_id, pkce().challenge)
    const again = await bench.send(
      new Request(`${url}&resource=${encodeURIComponent('https://mcp.example.com/mcp')}`),
    )
    expect(again.headers.get('location')).toContain('/consent')
    const other = await bench.send(new Request(`${url}&resource=${encodeURIComponent(otherResource)}`))
    expect(other.headers.get('location')).toContain('error=invalid_target')
  })
})

describe('floods', () => {
  it('T35 the number of open requests is bounded', async () => {
    const bench = createBench({ policy: { openRequests: 3 } })
    const client = await register(bench, { redirect_uris: [uri] })
    for (const _ of [1, 2, 3])
      expect((await ask(bench, client, { redirect_uri: uri })).headers.get('location')).toContain('/consent')
    expect(redirectOf(await ask(bench, client, { redirect_uri: uri })).error).toBe('temporarily_unavailable')
  })

  it('T35 an address that asks too often is told to wait, and no document is fetched for it', async () => {
    let fetches = 0
    const bench = createBench({
      limiter: { take: () => ({ ok: false, retryAfterMs: 4200, violated: ['authorize'], budgets: [] }) },
      fetch: async () => {
        fetches += 1
        return new Response('{}')
      },
    })
    const response = await ask(bench, { client_id: 'https://client.example/me.json' }, {})
    expect(response.headers.get('retry-after')).toBe('5')
    expect(await plainPage(response)).toBe(429)
    expect(fetches).toBe(0)
  })

  it('an expired request is over', async () => {
    const { bench, client } = await prepared()
    const { page, browser } = await openConsent(bench, client, { change: { redirect_uri: uri } })
    bench.clock.pass(10 * 60_000)
    const late = await browser.submit(page, { decision: 'approve' })
    expect(late.response.status).toBe(400)
    expect(late.body).toContain('open for too long')
    bench.clock.pass(20 * 60_000)
    expect((await browser.open(page.url)).body).toContain('This sign-in is over')
  })
})
