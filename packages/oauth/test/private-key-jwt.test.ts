import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'

import { createBench, issuer, type Bench } from './bench/bench.ts'
import { hour, minute } from './bench/clock.ts'
import { redeemBody, refusal, register, signIn, type Returned } from './bench/flow.ts'

const invalidClient = { status: 401, error: 'invalid_client' }

let keys: { readonly privateKey: CryptoKey; readonly publicKey: CryptoKey }
beforeAll(async () => {
  keys = await generateKeyPair('ES256', { extractable: true })
})

async function prepared(): Promise<{ bench: Bench; id: string; returned: Returned; exp: number }> {
  const bench = createBench()
  // With its private member, as careless clients send it: what is kept has none.
  const jwk = { ...(await exportJWK(keys.privateKey)), kid: 'one' }
  const client = await register(bench, {
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [jwk] },
  })
  const kept = await bench.store.getClient(client.client_id, bench.clock.now())
  expect(JSON.stringify(kept)).not.toContain('"d"')
  return {
    bench,
    id: client.client_id,
    returned: await signIn(bench, client),
    exp: Math.floor(bench.clock.now() / 1000) + 60,
  }
}

const sign = (claims: JWTPayload, key = keys.privateKey) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(key)

/** An assertion that is right, but for `change`. */
const assertion = (id: string, exp: number, change: JWTPayload = {}) =>
  sign({ iss: id, sub: id, aud: issuer, jti: crypto.randomUUID(), exp, ...change })

/** Redeems the code with an assertion in place of the client's id. */
function present(
  bench: Bench,
  returned: Returned,
  parameters: Readonly<Record<string, string>>,
): Promise<Response> {
  const { client_id: _, ...body } = redeemBody(returned)
  return bench.post('/token', {
    ...body,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    ...parameters,
  })
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe('private_key_jwt', () => {
  it.each([issuer, `${issuer}/token`])('is accepted for the audience %s', async (aud) => {
    const { bench, id, returned, exp } = await prepared()
    const response = await present(bench, returned, { client_assertion: await assertion(id, exp, { aud }) })
    expect(response.status).toBe(200)
  })

  it('T37 is good once', async () => {
    const { bench, id, returned, exp } = await prepared()
    const once = { client_assertion: await assertion(id, exp) }
    expect((await present(bench, returned, once)).status).toBe(200)
    expect(await refusal(await present(bench, returned, once))).toEqual(invalidClient)
  })

  it.each<readonly [string, (exp: number) => JWTPayload]>([
    ['another audience', () => ({ aud: 'https://elsewhere.example' })],
    ['another issuer', () => ({ iss: 'someone' })],
    ['an expiry in the past', (exp) => ({ exp: exp - 120 })],
    ['an expiry a day ahead', (exp) => ({ exp: exp + 86_400 })],
    ['a beginning in the future', (exp) => ({ nbf: exp + 600 })],
  ])('T37 refuses %s', async (_, claims) => {
    const { bench, id, returned, exp } = await prepared()
    const wrong = { client_assertion: await assertion(id, exp, claims(exp)) }
    expect(await refusal(await present(bench, returned, wrong))).toEqual(invalidClient)
  })

  it('T37 refuses an assertion without an id or an expiry', async () => {
    const { bench, id, returned, exp } = await prepared()
    for (const claims of [{ exp }, { jti: 'x' }]) {
      const wrong = { client_assertion: await sign({ iss: id, sub: id, aud: issuer, ...claims }) }
      expect(await refusal(await present(bench, returned, wrong))).toEqual(invalidClient)
    }
  })

  it('T37 refuses a foreign key, no algorithm, a symmetric one, and a secret in its place', async () => {
    const { bench, id, returned, exp } = await prepared()
    const { privateKey: foreign } = await generateKeyPair('ES256')
    const claims = { iss: id, sub: id, aud: issuer, jti: 'x', exp }
    const jwk = await exportJWK(keys.publicKey)
    const wrong = [
      `${encode({ alg: 'ES256' })}.${encode({ ...claims, sub: 7 })}.x`,
      await sign(claims, foreign),
      `${encode({ alg: 'none' })}.${encode(claims)}.`,
      `${encode({ alg: 'none', jwk })}.${encode(claims)}.`,
      await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(JSON.stringify(jwk))),
      'not.a.jwt',
      'x',
    ]
    for (const each of wrong)
      expect(await refusal(await present(bench, returned, { client_assertion: each }))).toEqual(invalidClient)
    const posted = await bench.post('/token', { ...redeemBody(returned), client_secret: 'x' })
    expect(await refusal(posted)).toEqual(invalidClient)
  })

  it('T37 refuses another assertion type, and an id that differs', async () => {
    const { bench, id, returned, exp } = await prepared()
    const attempt = async (change: Readonly<Record<string, string>>) =>
      (await present(bench, returned, { client_assertion: await assertion(id, exp), ...change })).status
    expect(await attempt({ client_assertion_type: 'saml' })).toBe(401)
    expect(await attempt({ client_id: 'another' })).toBe(401)
    expect(await attempt({ client_id: id })).toBe(200)
  })
})

const publish = async (bench: Bench) =>
  register(bench, {
    token_endpoint_auth_method: 'private_key_jwt',
    jwks_uri: 'https://client.example/jwks',
  })

async function redeemWithPublishedKey(bench: Bench, id: string): Promise<number> {
  const exp = Math.floor(bench.clock.now() / 1000) + 60
  const returned = await signIn(bench, { client_id: id })
  return (await present(bench, returned, { client_assertion: await assertion(id, exp) })).status
}

describe('published keys', () => {
  it('are fetched when they are needed, and not again for five minutes', async () => {
    const fetched: string[] = []
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one' }
    const bench = createBench({
      fetch: async (url) => {
        fetched.push(url)
        return new Response(JSON.stringify({ keys: [jwk] }))
      },
    })
    const { client_id: id } = await publish(bench)
    expect([await redeemWithPublishedKey(bench, id), await redeemWithPublishedKey(bench, id)]).toEqual([
      200, 200,
    ])
    expect(fetched).toEqual(['https://client.example/jwks'])
    bench.clock.pass(5 * minute)
    expect(await redeemWithPublishedKey(bench, id)).toBe(200)
    expect(fetched).toHaveLength(2)
  })

  it('are fetched anew for a key that is not among them, every thirty seconds at most', async () => {
    const set = { keys: [{ ...(await exportJWK((await generateKeyPair('ES256')).publicKey)), kid: 'old' }] }
    let fetches = 0
    const bench = createBench({
      fetch: async () => {
        fetches += 1
        return new Response(JSON.stringify(set))
      },
    })
    const { client_id: id } = await publish(bench)
    expect([await redeemWithPublishedKey(bench, id), await redeemWithPublishedKey(bench, id)]).toEqual([
      401, 401,
    ])
    expect(fetches).toBe(1)
    set.keys.push({ ...(await exportJWK(keys.publicKey)), kid: 'one' })
    bench.clock.pass(30_000)
    expect(await redeemWithPublishedKey(bench, id)).toBe(200)
    expect(fetches).toBe(2)
  })

  it('are kept while their address does not answer', async () => {
    const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one' }
    let status = 200
    const bench = createBench({
      fetch: async () => new Response(JSON.stringify({ keys: [jwk] }), { status }),
    })
    const { client_id: id } = await publish(bench)
    expect(await redeemWithPublishedKey(bench, id)).toBe(200)
    status = 503
    bench.clock.pass(hour)
    expect(await redeemWithPublishedKey(bench, id)).toBe(200)
  })

  it('T32 are not fetched from a private address', async () => {
    const bench = createBench({
      lookup: (_, __, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
    })
    const { client_id: id } = await publish(bench)
    expect(await redeemWithPublishedKey(bench, id)).toBe(401)
  })

  it.each(['{', '{"keys":[]}', '[]', '{"keys":[{"kty":"EC","crv":"P-256"}]}'])(
    'are of no use when they are %s',
    async (body) => {
      const bench = createBench({ fetch: async () => new Response(body) })
      const { client_id: id } = await publish(bench)
      expect(await redeemWithPublishedKey(bench, id)).toBe(401)
    },
  )
})
