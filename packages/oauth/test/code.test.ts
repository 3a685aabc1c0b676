import { describe, expect, it } from 'vitest'

import { createBench, otherResource, resource } from './bench/bench.ts'
import { minute } from './bench/clock.ts'
import {
  connect,
  redeemBody,
  redirectUri,
  refreshWith,
  refusal,
  register,
  signIn,
  tokensOf,
} from './bench/flow.ts'

const invalidGrant = { status: 400, error: 'invalid_grant' }
const invalidRequest = { status: 400, error: 'invalid_request' }

describe('redeeming a code', () => {
  it.each([
    ['no verifier', '', invalidRequest],
    ['a wrong verifier', 'x'.repeat(43), invalidGrant],
    ['a verifier of 42 characters', 'x'.repeat(42), invalidRequest],
    ['a verifier of 129 characters', 'x'.repeat(129), invalidRequest],
    ['a verifier with other characters', `${'x'.repeat(42)}!`, invalidRequest],
  ])('T04 with %s fails, and leaves the code to its owner', async (_, verifier, expected) => {
    const bench = createBench()
    const returned = await signIn(bench, await register(bench))
    const stolen = await bench.post('/token', { ...redeemBody(returned), code_verifier: verifier })
    expect(await refusal(stolen)).toEqual(expected)
    await tokensOf(await bench.post('/token', redeemBody(returned)))
  })

  it('T06 a second redemption ends the grant with all its tokens', async () => {
    const bench = createBench()
    const client = await register(bench)
    const { returned, ...tokens } = await connect(bench, client)
    expect(await refusal(await bench.post('/token', redeemBody(returned)))).toEqual(invalidGrant)
    expect(await bench.server.verify(tokens.access_token, resource)).toEqual({ ok: false, reason: 'unknown' })
    expect(await refusal(await refreshWith(bench, client, tokens.refresh_token))).toEqual(invalidGrant)
    expect(bench.upstream.kept.size).toBe(0)
    expect(bench.events).toContainEqual(expect.objectContaining({ type: 'security', what: 'code_replay' }))
  })

  it('T06 a replay without the verifier changes nothing', async () => {
    const bench = createBench()
    const { returned, access_token: token } = await connect(bench, await register(bench))
    const replay = { ...redeemBody(returned), code_verifier: 'x'.repeat(43) }
    expect(await refusal(await bench.post('/token', replay))).toEqual(invalidGrant)
    expect((await bench.server.verify(token, resource)).ok).toBe(true)
  })

  it('T06 a replay after the code has expired changes nothing', async () => {
    const bench = createBench()
    const { returned, access_token: token } = await connect(bench, await register(bench))
    bench.clock.pass(minute)
    expect(await refusal(await bench.post('/token', redeemBody(returned)))).toEqual(invalidGrant)
    expect((await bench.server.verify(token, resource)).ok).toBe(true)
  })

  it('T07 of fifty at once one succeeds, and then the grant is over', async () => {
    const bench = createBench()
    const returned = await signIn(bench, await register(bench))
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => bench.post('/token', redeemBody(returned))),
    )
    const good = answers.filter(({ status }) => status === 200)
    expect(good).toHaveLength(1)
    const [winner] = good
    if (winner === undefined) throw new Error('one answer is good')
    const { access_token: token } = await tokensOf(winner)
    expect((await bench.server.verify(token, resource)).ok).toBe(false)
  })

  it('T08 another client cannot redeem it, nor spoil it', async () => {
    const bench = createBench()
    const returned = await signIn(bench, await register(bench))
    const thief = await register(bench)
    const stolen = await bench.post('/token', { ...redeemBody(returned), client_id: thief.client_id })
    expect(await refusal(stolen)).toEqual(invalidGrant)
    await tokensOf(await bench.post('/token', redeemBody(returned)))
  })

  it('T08 a client with a secret cannot be impersonated without it', async () => {
    const bench = createBench()
    const client = await register(bench, { token_endpoint_auth_method: 'client_secret_post' })
    const returned = await signIn(bench, client)
    expect(await refusal(await bench.post('/token', redeemBody(returned)))).toEqual({
      status: 401,
      error: 'invalid_client',
    })
    const own = { ...redeemBody(returned), client_secret: client.client_secret ?? '' }
    await tokensOf(await bench.post('/token', own))
  })

  it('T09 another registered redirect address fails, and does not consume it', async () => {
    const bench = createBench()
    const client = await register(bench, { redirect_uris: [redirectUri, 'https://client.example/cb'] })
    const returned = await signIn(bench, client)
    for (const other of ['https://client.example/cb', 'http://localhost:7778/callback'])
      expect(
        await refusal(await bench.post('/token', { ...redeemBody(returned), redirect_uri: other })),
      ).toEqual(invalidGrant)
    await tokensOf(await bench.post('/token', redeemBody(returned)))
  })

  it('accepts an absent redirect address, since the verifier binds the code', async () => {
    const bench = createBench()
    const returned = await signIn(bench, await register(bench))
    const response = await bench.post('/token', { ...redeemBody(returned), redirect_uri: '' })
    expect(response.status).toBe(200)
  })

  it('is over after a minute', async () => {
    const bench = createBench()
    const returned = await signIn(bench, await register(bench))
    bench.clock.pass(minute)
    expect(await refusal(await bench.post('/token', redeemBody(returned)))).toEqual(invalidGrant)
  })

  it('refuses another resource than the one agreed to', async () => {
    const bench = createBench()
    const returned = await signIn(bench, await register(bench))
    const other = await bench.post('/token', { ...redeemBody(returned), resource: otherResource })
    expect(await refusal(other)).toEqual({ status: 400, error: 'invalid_target' })
    await tokensOf(
      await bench.post('/token', { ...redeemBody(returned), resource: 'HTTPS://mcp.example.com/mcp' }),
    )
  })

  it('gives no refresh token to a client that did not register it', async () => {
    const bench = createBench()
    const client = await register(bench, { grant_types: ['authorization_code'] })
    const response = await bench.post('/token', redeemBody(await signIn(bench, client)))
    expect(await response.json()).not.toHaveProperty('refresh_token')
    expect(await refusal(await refreshWith(bench, client, 'm_rt_x'))).toEqual({
      status: 400,
      error: 'unauthorized_client',
    })
  })

  it.each(['', 'm_ac_short', `m_ac_${'x'.repeat(43)}\u0000`, 'x'.repeat(7000), 'm_at_'.padEnd(48, 'x')])(
    'T15 does not look up a malformed code: %j',
    async (code) => {
      const bench = createBench()
      const returned = await signIn(bench, await register(bench))
      bench.calls.clear()
      const response = await bench.post('/token', { ...redeemBody(returned), code })
      expect(response.status).toBe(400)
      expect(bench.calls.get('readCode')).toBeUndefined()
    },
  )

  it('says the same about a code that is unknown, foreign, expired or used', async () => {
    const bench = createBench()
    const [client, thief] = [await register(bench), await register(bench)]
    const returned = await signIn(bench, client)
    const texts = new Set<string>()
    const attempt = async (change: Record<string, string>) => {
      const response = await bench.post('/token', { ...redeemBody(returned), ...change })
      texts.add(await response.text())
    }
    await attempt({ code: `m_ac_${'x'.repeat(43)}` })
    await attempt({ client_id: thief.client_id })
    await attempt({ code_verifier: 'x'.repeat(43) })
    await tokensOf(await bench.post('/token', redeemBody(returned)))
    await attempt({})
    bench.clock.pass(minute)
    await attempt({})
    expect(texts.size).toBe(1)
  })
})

describe('asking for more later', () => {
  const step = { change: { scope: 'jira:read' } }

  it('replaces the smaller grant of the same browser once the new code is redeemed', async () => {
    const bench = createBench()
    const client = await register(bench)
    const first = await connect(bench, client, step)
    const returned = await signIn(bench, client, {
      change: { scope: 'jira:write' },
      browser: first.returned.browser,
    })
    expect((await bench.server.verify(first.access_token, resource)).ok).toBe(true)
    const second = await tokensOf(await bench.post('/token', redeemBody(returned)))
    expect((await bench.server.verify(first.access_token, resource)).ok).toBe(false)
    expect((await bench.server.verify(second.access_token, resource)).ok).toBe(true)
    expect(bench.upstream.forgotten.map(({ reason }) => reason)).toEqual(['superseded'])
    expect(await bench.server.grants.list('person-ada')).toHaveLength(1)
  })

  it('leaves another computer of the same person signed in', async () => {
    const bench = createBench()
    const client = await register(bench)
    const first = await connect(bench, client, step)
    await connect(bench, client, { change: { scope: 'jira:write' } })
    expect((await bench.server.verify(first.access_token, resource)).ok).toBe(true)
  })

  it('leaves a second window with the same permissions signed in', async () => {
    const bench = createBench()
    const client = await register(bench)
    const first = await connect(bench, client)
    await connect(bench, client, { browser: first.returned.browser })
    expect((await bench.server.verify(first.access_token, resource)).ok).toBe(true)
  })
})
