import { describe, expect, it } from 'vitest'

import { basic, secretHash } from './bench/basic.ts'
import { createBench, issuer, otherResource, resource } from './bench/bench.ts'
import { minute } from './bench/clock.ts'
import { connect, refreshWith, refusal, register } from './bench/flow.ts'

const invalidClient = { status: 401, error: 'invalid_client' }

async function withServer() {
  const bench = createBench({
    clients: [
      {
        id: 'gateway',
        name: 'Gateway',
        redirectUris: ['https://gateway.example/unused'],
        authMethod: 'client_secret_basic',
        grantTypes: [],
        secretHash: await secretHash('gateway-secret'),
        introspects: [resource],
      },
    ],
  })
  const ask = (token: string, authorization = basic('gateway', 'gateway-secret')) =>
    bench.post('/introspect', { token }, { authorization })
  return { bench, ask }
}

describe('revocation', () => {
  it('T38 of a refresh token ends the grant and all its tokens', async () => {
    const bench = createBench()
    const client = await register(bench)
    const tokens = await connect(bench, client)
    const response = await bench.post('/revoke', { token: tokens.refresh_token, client_id: client.client_id })
    expect(response.status).toBe(200)
    expect((await bench.server.verify(tokens.access_token, resource)).ok).toBe(false)
    expect((await refreshWith(bench, client, tokens.refresh_token)).status).toBe(400)
    expect(bench.upstream.forgotten.map(({ reason }) => reason)).toEqual(['client'])
  })

  it('T38 of an access token ends that one', async () => {
    const bench = createBench()
    const client = await register(bench)
    const tokens = await connect(bench, client)
    await bench.post('/revoke', {
      token: tokens.access_token,
      client_id: client.client_id,
      token_type_hint: 'refresh_token',
    })
    expect((await bench.server.verify(tokens.access_token, resource)).ok).toBe(false)
    expect((await refreshWith(bench, client, tokens.refresh_token)).status).toBe(200)
  })

  it('T38 by another client, of an unknown or a huge token, is answered 200 and changes nothing', async () => {
    const bench = createBench()
    const client = await register(bench)
    const tokens = await connect(bench, client)
    const other = await register(bench)
    const unknown = [`m_at_${'x'.repeat(43)}`, 'x', 'x'.repeat(8000), '']
    for (const token of [tokens.refresh_token, tokens.access_token, ...unknown])
      expect((await bench.post('/revoke', { token, client_id: other.client_id })).status).toBe(200)
    expect((await bench.server.verify(tokens.access_token, resource)).ok).toBe(true)
    expect((await refreshWith(bench, client, tokens.refresh_token)).status).toBe(200)
  })

  it('T38 wants the client to prove itself', async () => {
    const bench = createBench()
    expect(await refusal(await bench.post('/revoke', { token: 'x', client_id: 'nobody' }))).toEqual(
      invalidClient,
    )
  })
})

describe('introspection', () => {
  it('tells a resource server about its tokens', async () => {
    const { bench, ask } = await withServer()
    const client = await register(bench)
    const { access_token: token } = await connect(bench, client)
    const response = await ask(token)
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(await response.json()).toEqual({
      active: true,
      username: 'Ada Lovelace',
      grant_id: expect.any(String),
      choices: ['site-one'],
      iss: issuer,
      client_id: client.client_id,
      sub: 'person-ada',
      aud: resource,
      scope: 'jira:read jira:write confluence:read confluence:write',
      token_type: 'Bearer',
      exp: Math.floor((bench.clock.now() + 15 * minute) / 1000),
    })
  })

  it('T39 calls unknown, expired, revoked, foreign and refresh tokens inactive, in the same words', async () => {
    const { bench, ask } = await withServer()
    const client = await register(bench)
    const foreign = await connect(bench, client, { change: { resource: otherResource } })
    const revoked = await connect(bench, client)
    await bench.post('/revoke', { token: revoked.refresh_token, client_id: client.client_id })
    for (const token of [
      `m_at_${'x'.repeat(43)}`,
      'x',
      foreign.access_token,
      foreign.refresh_token,
      revoked.access_token,
    ])
      expect(await (await ask(token)).text()).toBe('{"active":false}')
  })

  it('T39 is closed to public clients, to other clients, and to nobody', async () => {
    const { bench, ask } = await withServer()
    const open = await register(bench)
    const { access_token: token } = await connect(bench, open)
    expect((await bench.post('/introspect', { token, client_id: open.client_id })).status).toBe(401)
    const other = await register(bench, { token_endpoint_auth_method: 'client_secret_basic' })
    expect((await ask(token, basic(other.client_id, other.client_secret ?? ''))).status).toBe(401)
    expect((await ask(token, basic('gateway', 'wrong'))).status).toBe(401)
    expect((await bench.post('/introspect', { token })).status).toBe(401)
  })

  it('is in the metadata only where somebody may use it', async () => {
    const { bench } = await withServer()
    const path = '/.well-known/oauth-authorization-server'
    expect(await (await bench.get(path)).json()).toHaveProperty('introspection_endpoint')
    expect(await (await createBench().get(path)).json()).not.toHaveProperty('introspection_endpoint')
  })
})
