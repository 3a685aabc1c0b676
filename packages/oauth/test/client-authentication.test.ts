import { describe, expect, it } from 'vitest'

import { basic } from './bench/basic.ts'
import { createBench, resource } from './bench/bench.ts'
import { connect, redeemBody, refusal, register, signIn } from './bench/flow.ts'

const invalidClient = { status: 401, error: 'invalid_client' }

async function confidential(method: string) {
  const bench = createBench()
  const client = await register(bench, { token_endpoint_auth_method: method })
  return { bench, client, secret: client.client_secret ?? '', body: redeemBody(await signIn(bench, client)) }
}

describe('client authentication', () => {
  it('by Basic', async () => {
    const { bench, client, secret, body } = await confidential('client_secret_basic')
    const { client_id: _, ...rest } = body
    expect(
      (await bench.post('/token', rest, { authorization: basic(client.client_id, secret) })).status,
    ).toBe(200)
  })

  it('by a secret in the body', async () => {
    const { bench, secret, body } = await confidential('client_secret_post')
    expect((await bench.post('/token', { ...body, client_secret: secret })).status).toBe(200)
  })

  it('T37 is not skipped by naming only the id', async () => {
    const { bench, body } = await confidential('client_secret_basic')
    expect(await refusal(await bench.post('/token', body))).toEqual(invalidClient)
  })

  it('T37 takes the registered method and no other', async () => {
    const post = await confidential('client_secret_post')
    const authorization = basic(post.client.client_id, post.secret)
    expect(await refusal(await post.bench.post('/token', post.body, { authorization }))).toEqual(
      invalidClient,
    )
    const open = await confidential('none')
    expect(await refusal(await open.bench.post('/token', { ...open.body, client_secret: 'x' }))).toEqual(
      invalidClient,
    )
  })

  it('T37 refuses two methods at once, though both are right', async () => {
    const { bench, client, secret, body } = await confidential('client_secret_basic')
    const response = await bench.post(
      '/token',
      { ...body, client_secret: secret },
      { authorization: basic(client.client_id, secret) },
    )
    expect(await refusal(response)).toEqual(invalidClient)
  })

  it('T37 refuses a Basic id that differs from the one in the body', async () => {
    const { bench, client, secret, body } = await confidential('client_secret_basic')
    const response = await bench.post(
      '/token',
      { ...body, client_id: 'another' },
      { authorization: basic(client.client_id, secret) },
    )
    expect(await refusal(response)).toEqual(invalidClient)
  })

  it.each([
    'Basic',
    'Basic !!!',
    'Basic Zm9v',
    'Basic OmZvbw==',
    'Basic JTpYWA==',
    'Bearer x',
    'Negotiate x',
  ])('T37 refuses the header %j', async (authorization) => {
    const { bench, body } = await confidential('none')
    expect(await refusal(await bench.post('/token', body, { authorization }))).toEqual(invalidClient)
  })

  it('T36 answers an unknown client and a wrong secret alike, and challenges only who came with Basic', async () => {
    const { bench, client, body } = await confidential('client_secret_basic')
    const { client_id: _, ...rest } = body
    const answer = async (authorization: string) => {
      const response = await bench.post('/token', rest, { authorization })
      return {
        status: response.status,
        challenge: response.headers.get('www-authenticate'),
        body: await response.text(),
      }
    }
    const wrong = await answer(basic(client.client_id, 'm_cs_wrong'))
    expect(wrong).toEqual(await answer(basic('m_cl_AAAAAAAAAAAAAAAAAAAAAA', 'x')))
    expect(wrong).toMatchObject({ status: 401, challenge: 'Basic realm="token", charset="UTF-8"' })
    const posted = await bench.post('/token', { ...body, client_secret: 'wrong' })
    expect(posted.headers.get('www-authenticate')).toBeNull()
  })

  it('T36 slows down who guesses, by client and address', async () => {
    const taken: string[] = []
    const bench = createBench({
      limiter: {
        take(keys) {
          taken.push(...keys)
          return taken.filter((key) => key.startsWith('client-failure')).length > 3
            ? { ok: false, retryAfterMs: 60_000, violated: [], budgets: [] }
            : { ok: true, budgets: [] }
        },
      },
    })
    const client = await register(bench, { token_endpoint_auth_method: 'client_secret_post' })
    const guess = () =>
      bench.post('/token', {
        grant_type: 'refresh_token',
        client_id: client.client_id,
        client_secret: 'guess',
      })
    const statuses: number[] = []
    for (const _ of [1, 2, 3, 4]) statuses.push((await guess()).status)
    expect(statuses).toEqual([401, 401, 401, 429])
    expect(taken).toContain(`client-failure:${client.client_id} 192.0.2.7`)
    expect(taken).toContain('token:192.0.2.7')
  })
})

describe('clients that the operator entered', () => {
  const own = {
    id: 'own-client',
    name: 'Own client',
    redirectUris: ['http://127.0.0.1:3999/callback'],
    authMethod: 'none' as const,
    grantTypes: ['authorization_code' as const, 'refresh_token' as const],
  }

  it('need no registration, also when that is off', async () => {
    const bench = createBench({ clients: [own], policy: { registration: 'off', documents: 'off' } })
    const tokens = await connect(
      bench,
      { client_id: 'own-client' },
      { change: { redirect_uri: 'http://127.0.0.1:3999/callback' } },
    )
    expect((await bench.server.verify(tokens.access_token, resource)).ok).toBe(true)
  })

  it('are refused at start when a redirect address is not allowed', () => {
    expect(() => createBench({ clients: [{ ...own, redirectUris: ['http://evil.example/cb'] }] })).toThrow(
      /own-client is http, which only/,
    )
  })
})
