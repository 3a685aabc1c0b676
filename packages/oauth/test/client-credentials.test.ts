import { describe, expect, it } from 'vitest'
import * as z from 'zod'

import { SignInError, type ConfiguredClient } from '../src/index.ts'
import { createIntrospectionVerifier } from '../src/resource.ts'
import { basic, secretHash } from './bench/basic.ts'
import { createBench, issuer, otherResource, resource, type Bench } from './bench/bench.ts'
import { minute } from './bench/clock.ts'
import { refusal, register } from './bench/flow.ts'
import { ada, createUpstream } from './bench/upstream.ts'

const robot = async (): Promise<ConfiguredClient> => ({
  id: 'robot',
  name: 'Nightly report',
  redirectUris: [],
  authMethod: 'client_secret_basic',
  grantTypes: ['client_credentials'],
  secretHash: await secretHash('robot-secret'),
  introspects: [resource],
  service: { scopes: ['jira:write', 'confluence:read'] },
})

/** A server with a client that acts in its own name, and the account that stands behind it. */
async function start(change: Partial<ConfiguredClient> = {}) {
  const upstream = createUpstream()
  const served: string[] = []
  const signIn = {
    ...upstream.signIn,
    async serve({ clientId }: { readonly clientId: string }) {
      served.push(clientId)
      return { ...ada, subject: 'service-account', label: 'Report robot', sealed: 'sealed tokens' }
    },
  }
  const bench = createBench({ clients: [{ ...(await robot()), ...change }], signIn })
  const ask = (
    fields: Readonly<Record<string, string>> = {},
    authorization = basic('robot', 'robot-secret'),
  ) => bench.post('/token', { grant_type: 'client_credentials', ...fields }, { authorization })
  return { bench, upstream, served, ask }
}

const Answer = z.strictObject({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.literal(900),
  scope: z.string(),
})

const tokenOf = async (response: Response) => Answer.parse(await response.json())

const failWith = (error: Error) => async (): Promise<never> => {
  throw error
}

const failing = async (error: Error) => {
  const signIn = { ...createUpstream().signIn, serve: failWith(error) }
  const bench = createBench({ clients: [await robot()], signIn })
  const authorization = basic('robot', 'robot-secret')
  return refusal(await bench.post('/token', { grant_type: 'client_credentials' }, { authorization }))
}

const grantTypes = async (bench: Bench) =>
  z
    .object({ grant_types_supported: z.array(z.string()) })
    .parse(await (await bench.get('/.well-known/oauth-authorization-server')).json()).grant_types_supported

describe('a client that acts in its own name', () => {
  it('gets a token for its account, with all that was entered, and nothing to refresh', async () => {
    const { bench, ask, upstream, served } = await start()
    const { access_token: token, scope } = await tokenOf(await ask())
    expect(scope).toBe('jira:read jira:write confluence:read')
    expect(await bench.server.verify(token, resource)).toMatchObject({
      ok: true,
      grant: { subject: 'service-account', clientId: 'robot', choices: ['site-one'] },
    })
    expect(served).toEqual(['robot'])
    expect(upstream.kept.size).toBe(1)
  })

  it('may ask for less, not for more, and for a resource there is', async () => {
    const { bench, ask } = await start()
    expect((await tokenOf(await ask({ scope: 'jira:read offline_access' }))).scope).toBe('jira:read')
    expect(await refusal(await ask({ scope: 'confluence:write' }))).toEqual({
      status: 400,
      error: 'invalid_scope',
    })
    expect(await refusal(await ask({ scope: 'offline_access' }))).toEqual({
      status: 400,
      error: 'invalid_scope',
    })
    expect(await refusal(await ask({ resource: 'https://x.example' }))).toEqual({
      status: 400,
      error: 'invalid_target',
    })
    const { access_token: token } = await tokenOf(await ask({ resource: otherResource }))
    expect((await bench.server.verify(token, resource)).ok).toBe(false)
  })

  it('leaves nothing behind when its token has ended', async () => {
    const { bench, ask, upstream } = await start()
    await ask()
    bench.clock.pass(26 * minute)
    await bench.server.sweep()
    expect(upstream.kept.size).toBe(0)
    expect(upstream.forgotten.map(({ reason }) => reason)).toEqual(['expired'])
  })

  it('has to prove itself, and public and registered clients are none', async () => {
    const { bench, ask } = await start()
    expect((await ask({}, basic('robot', 'wrong'))).status).toBe(401)
    expect((await ask({ client_id: 'robot' }, '')).status).toBe(401)
    const client = await register(bench, { grant_types: ['authorization_code', 'client_credentials'] })
    const fields = { grant_type: 'client_credentials', client_id: client.client_id }
    expect(await refusal(await bench.post('/token', fields))).toEqual({
      status: 400,
      error: 'unauthorized_client',
    })
    const open = await start({ authMethod: 'none' })
    const asked = open.bench.post('/token', { grant_type: 'client_credentials', client_id: 'robot' })
    expect(await refusal(await asked)).toEqual({ status: 400, error: 'unauthorized_client' })
  })

  it('is told of an account that is missing, and of an outage, without a word of the upstream', async () => {
    expect(await failing(new SignInError('misconfigured'))).toEqual({ status: 500, error: 'server_error' })
    expect(await failing(new Error('secret'))).toEqual({ status: 503, error: 'temporarily_unavailable' })
  })

  it('is announced in the metadata, where there is one', async () => {
    expect(await grantTypes((await start()).bench)).toContain('client_credentials')
    expect(await grantTypes(createBench())).not.toContain('client_credentials')
  })
})

async function elsewhere(secret = 'robot-secret') {
  const world = await start()
  const { access_token: token } = await tokenOf(await world.ask())
  let asked = 0
  const verify = createIntrospectionVerifier({
    endpoint: new URL(`${issuer}/introspect`),
    client: { id: 'robot', secret },
    now: world.bench.clock.now,
    fetch(input, init) {
      asked += 1
      return world.bench.send(new Request(input, init))
    },
  })
  return { ...world, token, verify, asked: () => asked }
}

describe('a resource server elsewhere that introspects', () => {
  it('learns who and what, and believes it for half a minute', async () => {
    const { bench, token, verify, asked } = await elsewhere()
    const verdict = await verify(token, resource)
    expect(verdict).toEqual(await bench.server.verify(token, resource).then(withoutClientName))
    expect((await verify(token, resource)).ok).toBe(true)
    expect(asked()).toBe(1)
    await bench.post('/revoke', { token }, { authorization: basic('robot', 'robot-secret') })
    bench.clock.pass(31_000)
    expect(await verify(token, resource)).toEqual({ ok: false, reason: 'unknown' })
  })

  it('takes no token of another resource, no end that was, and nothing that is none', async () => {
    const { bench, token, verify } = await elsewhere()
    expect(await verify(token, otherResource)).toEqual({ ok: false, reason: 'wrong_resource' })
    expect(await verify('', resource)).toEqual({ ok: false, reason: 'malformed' })
    expect(await verify('rubbish', resource)).toEqual({ ok: false, reason: 'unknown' })
    bench.clock.pass(16 * minute)
    expect((await verify(token, resource)).ok).toBe(false)
  })

  it('judges nobody when it may not ask, or nobody answers', async () => {
    const { token, verify } = await elsewhere('wrong')
    await expect(verify(token, resource)).rejects.toThrow('status 401')
  })
})

const withoutClientName = (verdict: Awaited<ReturnType<Bench['server']['verify']>>) => {
  if (!verdict.ok) return verdict
  const { clientName: _, ...grant } = verdict.grant
  return { ok: true, grant }
}
