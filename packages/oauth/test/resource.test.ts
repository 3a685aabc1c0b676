import { describe, expect, it } from 'vitest'

import { createProtectedResource } from '../src/resource.ts'
import { createBench, issuer, otherResource, resource, useful } from './bench/bench.ts'
import { minute } from './bench/clock.ts'
import { connect, register, signIn } from './bench/flow.ts'

const metadataUrl = 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp'
const usefulText = useful.join(' ')

const call = (
  authorization?: string,
  {
    body = '{}',
    headers = {},
  }: { readonly body?: string; readonly headers?: Readonly<Record<string, string>> } = {},
  query = '',
) =>
  new Request(`${resource}${query}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers, ...(authorization && { authorization }) },
  })

async function refused(bench: ReturnType<typeof createBench>, request: Request) {
  const admission = await bench.resource.admit(request)
  if (admission.ok) throw new Error('the request was let in')
  const { status, headers } = admission.response
  return {
    status,
    challenge: headers.get('www-authenticate'),
    cors: headers.get('access-control-allow-origin'),
  }
}

const invalidToken = {
  status: 401,
  challenge: `Bearer error="invalid_token", resource_metadata="${metadataUrl}", scope="${usefulText}"`,
  cors: '*',
}

describe('admitting a request', () => {
  it('lets a good token pass, and leaves the body readable', async () => {
    const bench = createBench()
    const { access_token: token } = await connect(bench, await register(bench))
    const request = call(`Bearer ${token}`)
    const admission = await bench.resource.admit(request)
    expect(admission).toMatchObject({ ok: true, grant: { subject: 'person-ada', resource } })
    expect(await request.text()).toBe('{}')
  })

  it('T56 asks who comes without a token to sign in, and says of no error', async () => {
    expect(await refused(createBench(), call())).toEqual({
      status: 401,
      challenge: `Bearer resource_metadata="${metadataUrl}", scope="${usefulText}"`,
      cors: '*',
    })
  })

  it('takes other schemes for no token', async () => {
    const { status, challenge } = await refused(createBench(), call('Basic dXNlcjpwYXNz'))
    expect(status).toBe(401)
    expect(challenge).not.toContain('error=')
  })

  it.each([
    'Bearer',
    'Bearer ',
    'Bearer x y',
    'Bearer m_at_short',
    'bearer \u00e9',
    `Bearer m_at_${'x'.repeat(43)}`,
  ])('T15 refuses what is no token of ours: %j', async (authorization) => {
    expect(await refused(createBench(), call(authorization))).toEqual(invalidToken)
  })

  it('T15 refuses a token with a bit turned, and looks up only what has the right form', async () => {
    const bench = createBench()
    const { access_token: token } = await connect(bench, await register(bench))
    bench.calls.clear()
    for (const forged of [`${token}x`, token.slice(0, -1), `x${token}`, 'x'.repeat(1_000_000)])
      expect(await refused(bench, call(`Bearer ${forged}`))).toEqual(invalidToken)
    expect(bench.calls.get('readAccess')).toBeUndefined()
    const turned = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
    expect(await refused(bench, call(`Bearer ${turned}`))).toEqual(invalidToken)
  })

  it('T16 refuses a token of another resource, a refresh token and a code', async () => {
    const bench = createBench()
    const client = await register(bench)
    const other = await connect(bench, client, { change: { resource: otherResource } })
    const { code } = await signIn(bench, client)
    for (const token of [other.access_token, other.refresh_token, code])
      expect(await refused(bench, call(`Bearer ${token}`))).toEqual(invalidToken)
    expect((await bench.server.verify(other.access_token, otherResource)).ok).toBe(true)
  })

  it('refuses an expired token', async () => {
    const bench = createBench()
    const { access_token: token } = await connect(bench, await register(bench))
    expect((await bench.resource.admit(call(`Bearer ${token}`))).ok).toBe(true)
    bench.clock.pass(15 * minute)
    expect(await refused(bench, call(`Bearer ${token}`))).toEqual(invalidToken)
  })

  it('T18 refuses a token in the address or in a form, also beside a good one', async () => {
    const bench = createBench()
    const { access_token: token } = await connect(bench, await register(bench))
    const expected = {
      status: 400,
      challenge: `Bearer error="invalid_request", resource_metadata="${metadataUrl}"`,
      cors: '*',
    }
    const inForm = {
      body: `access_token=${token}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }
    expect(await refused(bench, call(undefined, {}, `?access_token=${token}`))).toEqual(expected)
    expect(await refused(bench, call(`Bearer ${token}`, {}, '?access_token='))).toEqual(expected)
    expect(await refused(bench, call(undefined, inForm))).toEqual(expected)
    expect(await refused(bench, call(`Bearer ${token}`, inForm))).toEqual(expected)
  })

  it('T57 takes nothing from other headers', async () => {
    const bench = createBench()
    const { access_token: token } = await connect(bench, await register(bench))
    const headers = {
      'x-forwarded-authorization': `Bearer ${token}`,
      'x-access-token': token,
      'x-upstream-url': 'https://evil.example',
    }
    expect((await refused(bench, call(undefined, { headers }))).status).toBe(401)
  })

  it('answers 503, not 401, when tokens cannot be looked at', async () => {
    const failures: unknown[] = []
    const broken = createProtectedResource({
      resource,
      issuer,
      scopes: { minimal: [], useful },
      verify: () => Promise.reject(new Error('store away')),
      observe: ({ error }) => failures.push(error),
    })
    const admission = await broken.admit(call(`Bearer m_at_${'x'.repeat(43)}`))
    if (admission.ok) throw new Error('the request was let in')
    expect(admission.response.status).toBe(503)
    expect(admission.response.headers.get('www-authenticate')).toBeNull()
    expect(failures).toHaveLength(1)
  })

  it('asks for all scopes of an operation at once', () => {
    const { status, headers } = createBench().resource.challenge(['jira:read', 'jira:write'])
    expect(status).toBe(403)
    expect(headers.get('www-authenticate')).toBe(
      `Bearer error="insufficient_scope", resource_metadata="${metadataUrl}", scope="jira:read jira:write"`,
    )
  })
})

describe('remembering tokens', () => {
  it('looks a token up once in thirty seconds', async () => {
    const bench = createBench()
    const { access_token: token } = await connect(bench, await register(bench))
    bench.calls.clear()
    for (const _ of [1, 2, 3]) await bench.server.verify(token, resource)
    expect(bench.calls.get('readAccess')).toBe(1)
    bench.clock.pass(30_000)
    await bench.server.verify(token, resource)
    expect(bench.calls.get('readAccess')).toBe(2)
  })

  it('notes the first use of a generation once', async () => {
    const bench = createBench()
    const { access_token: token } = await connect(bench, await register(bench))
    for (const _ of [1, 2, 3]) {
      await bench.server.verify(token, resource)
      bench.clock.pass(40_000)
    }
    expect(bench.calls.get('markUsed')).toBe(1)
  })

  it('forgets at once what is revoked in the same process', async () => {
    const bench = createBench()
    const client = await register(bench)
    const { access_token: token } = await connect(bench, client)
    const verdict = await bench.server.verify(token, resource)
    if (!verdict.ok) throw new Error('the token is good')
    await bench.server.grants.revoke(verdict.grant.grantId, 'person')
    expect(await bench.server.verify(token, resource)).toEqual({ ok: false, reason: 'unknown' })
    const other = await connect(bench, client)
    await bench.server.verify(other.access_token, resource)
    await bench.post('/revoke', { token: other.access_token, client_id: client.client_id })
    expect((await bench.server.verify(other.access_token, resource)).ok).toBe(false)
  })

  it('T69 does not remember an answer that a revocation overtook', async () => {
    const bench = createBench()
    const { access_token: token } = await connect(bench, await register(bench))
    const [grant] = await bench.server.grants.list('person-ada')
    const { readAccess } = bench.store
    const gate = Promise.withResolvers<void>()
    const slow = createBench({
      store: {
        ...bench.store,
        async readAccess(hash, now) {
          const found = await readAccess(hash, now)
          await gate.promise
          return found
        },
      },
      now: bench.clock.now,
    })
    const underway = slow.server.verify(token, resource)
    await slow.server.grants.revoke(grant?.grantId ?? '', 'person')
    gate.resolve()
    await underway
    expect((await slow.server.verify(token, resource)).ok).toBe(false)
  })

  it('keeps no more than it may', async () => {
    const bench = createBench({ policy: { cacheEntries: 2 } })
    const client = await register(bench)
    const tokens: string[] = []
    for (const _ of [1, 2, 3]) tokens.push((await connect(bench, client)).access_token)
    for (const token of tokens) await bench.server.verify(token, resource)
    bench.calls.clear()
    for (const token of tokens.toReversed()) await bench.server.verify(token, resource)
    expect(bench.calls.get('readAccess')).toBe(1)
  })
})

describe('the metadata of a resource', () => {
  const document = {
    resource,
    authorization_servers: [issuer],
    scopes_supported: ['jira:read', 'confluence:read'],
    bearer_methods_supported: ['header'],
  }

  it.each(['/.well-known/oauth-protected-resource/mcp', '/.well-known/oauth-protected-resource'])(
    'is at %s',
    async (path) => {
      const response = await createBench().get(path)
      expect(await response.json()).toEqual(document)
      expect(response.headers.get('cache-control')).toBe('max-age=300')
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
    },
  )

  it('T11 is what was configured, whatever the request says', async () => {
    const request = new Request('https://evil.example/.well-known/oauth-protected-resource/mcp', {
      headers: { 'x-forwarded-host': 'evil.example' },
    })
    expect(await createBench().resource.metadata(request)?.json()).toEqual(document)
  })

  it('is read only', () => {
    const { metadata } = createBench().resource
    const ask = (method: string) => metadata(new Request(metadataUrl, { method }))
    expect(ask('POST')?.status).toBe(405)
    expect(ask('HEAD')?.status).toBe(200)
    const preflight = ask('OPTIONS')
    expect(preflight?.status).toBe(204)
    expect(preflight?.headers.get('access-control-allow-headers')).toContain('MCP-Protocol-Version')
    expect(metadata(new Request(resource))).toBeUndefined()
  })

  it('of a second resource leaves the root location alone', () => {
    const second = createProtectedResource({
      resource: otherResource,
      issuer,
      scopes: { minimal: [], useful: [] },
      verify: async () => ({ ok: false, reason: 'unknown' }),
      root: false,
      name: 'Other',
      documentation: 'https://docs.example',
    })
    const at = (path: string) =>
      second.metadata(new Request(`${issuer}/.well-known/oauth-protected-resource${path}`))
    expect(at('')).toBeUndefined()
    expect(at('/other')?.status).toBe(200)
  })
})
