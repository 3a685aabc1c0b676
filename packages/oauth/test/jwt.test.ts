import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  jwtVerify,
  SignJWT,
  type JWK,
} from 'jose'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'

import { createKeyRing } from '../src/index.ts'
import { createJwtVerifier } from '../src/resource.ts'
import { createBench, issuer, otherResource, resource, rootSecret, type Bench } from './bench/bench.ts'
import { day, minute } from './bench/clock.ts'
import { connect, refreshWith, register } from './bench/flow.ts'

const KeySet = z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string() })) })

const keySetOf = async (bench: Bench): Promise<{ keys: JWK[] }> =>
  KeySet.parse(await (await bench.get('/jwks')).json())

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A server with JWTs, a client with one, and a resource server elsewhere that has the key set. */
async function start() {
  const bench = createBench({ accessTokens: 'jwt' })
  const client = await register(bench)
  const tokens = await connect(bench, client)
  const fetched: string[] = []
  const verify = createJwtVerifier({
    issuer,
    now: bench.clock.now,
    fetch(input, init) {
      const request = new Request(input, init)
      fetched.push(request.url)
      return bench.send(request)
    },
  })
  return { bench, client, tokens, verify, fetched }
}

const kidOf = (token: string) => decodeProtectedHeader(token).kid ?? ''

describe('access tokens as JWTs', () => {
  it('are what RFC 9068 says, and hold no name', async () => {
    const { bench, client, tokens } = await start()
    const keys = createLocalJWKSet(await keySetOf(bench))
    const { payload, protectedHeader } = await jwtVerify(tokens.access_token, keys, {
      currentDate: new Date(bench.clock.now()),
    })
    expect(protectedHeader).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: expect.stringMatching(/^k1-\d+$/) })
    expect(payload).toEqual({
      iss: issuer,
      sub: 'person-ada',
      aud: resource,
      client_id: client.client_id,
      scope: tokens.scope,
      iat: bench.clock.now() / 1000,
      exp: bench.clock.now() / 1000 + 900,
      jti: expect.any(String),
      grant_id: expect.any(String),
      choices: ['site-one'],
    })
    expect(JSON.stringify(payload)).not.toContain('Ada')
  })

  it('are good here until they are revoked, and elsewhere until they end', async () => {
    const { bench, client, tokens, verify } = await start()
    const token = tokens.access_token
    expect(await bench.server.verify(token, resource)).toMatchObject({
      ok: true,
      grant: { label: 'Ada Lovelace' },
    })
    expect(await verify(token, resource)).toMatchObject({
      ok: true,
      grant: {
        subject: 'person-ada',
        label: 'person-ada',
        choices: ['site-one'],
        clientId: client.client_id,
      },
    })
    await bench.post('/revoke', { token, client_id: client.client_id })
    expect(await bench.server.verify(token, resource)).toEqual({ ok: false, reason: 'unknown' })
    expect((await verify(token, resource)).ok).toBe(true)
    bench.clock.pass(15 * minute + 6000)
    expect(await verify(token, resource)).toEqual({ ok: false, reason: 'expired' })
  })

  it('come anew with each refresh, and opaque ones that are still out stay good', async () => {
    const opaque = createBench()
    const client = await register(opaque)
    const before = await connect(opaque, client)
    const bench = createBench({ accessTokens: 'jwt', store: opaque.store, now: opaque.clock.now })
    expect((await bench.server.verify(before.access_token, resource)).ok).toBe(true)
    const response = await refreshWith(bench, client, before.refresh_token)
    expect(await response.json()).toMatchObject({ access_token: expect.stringMatching(/^eyJ/) })
  })

  it('of an address elsewhere are for that address alone', async () => {
    const { tokens, verify } = await start()
    expect(await verify(tokens.access_token, otherResource)).toEqual({ ok: false, reason: 'wrong_resource' })
  })

  it('are signed by another key after 90 days, which was published a day before; private members never are', async () => {
    const { bench, client, tokens } = await start()
    const known = new Set<string>()
    let refreshToken = tokens.refresh_token
    const signedBy = new Set<string>([kidOf(tokens.access_token)])
    for (let passed = 0; passed < 90; passed += 1) {
      const { keys } = await keySetOf(bench)
      expect(keys.length).toBeLessThanOrEqual(3)
      for (const key of keys) {
        known.add(key.kid ?? '')
        expect(Object.keys(key).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
      }
      bench.clock.pass(day - minute)
      const answer = z
        .object({ access_token: z.string(), refresh_token: z.string() })
        .parse(await (await refreshWith(bench, client, refreshToken)).json())
      refreshToken = answer.refresh_token
      signedBy.add(kidOf(answer.access_token))
      expect(known).toContain(kidOf(answer.access_token))
    }
    expect(signedBy.size).toBe(2)
  })

  it('of a root secret that stands behind the newest are still good', async () => {
    const { bench, tokens } = await start()
    const keys = createKeyRing([rootSecret('k2', 2), rootSecret('k1', 1)])
    const after = createBench({ accessTokens: 'jwt', store: bench.store, keys, now: bench.clock.now })
    expect((await after.server.verify(tokens.access_token, resource)).ok).toBe(true)
    const without = createBench({
      accessTokens: 'jwt',
      store: bench.store,
      keys: createKeyRing([rootSecret('k2', 2)]),
      now: bench.clock.now,
    })
    expect(await without.server.verify(tokens.access_token, resource)).toEqual({
      ok: false,
      reason: 'malformed',
    })
  })

  it('leave no trace of the opaque kind: the key set of a server with those is empty', async () => {
    expect(await (await createBench().get('/jwks')).json()).toEqual({ keys: [] })
  })
})

async function forgeries() {
  const world = await start()
  const { bench, tokens } = world
  const token = tokens.access_token
  const [head = '', body = '', signature = ''] = token.split('.')
  const header = decodeProtectedHeader(token)
  const claims = decodeJwt(token)
  const { keys } = await keySetOf(bench)
  const own = await generateKeyPair('ES256', { extractable: true })
  const jwk = await exportJWK(own.publicKey)
  const sign = (changedHead: object, changedClaims: object = {}) =>
    new SignJWT({ ...claims, ...changedClaims })
      .setProtectedHeader({ ...header, alg: 'ES256', ...changedHead })
      .sign(own.privateKey)
  const publicKey = new TextEncoder().encode(JSON.stringify(keys[0]))
  const hmac = new SignJWT(claims).setProtectedHeader({ ...header, alg: 'HS256' }).sign(publicKey)
  const evil = 'https://evil.example/keys'
  const seconds = bench.clock.now() / 1000
  return {
    ...world,
    forged: {
      'no signature, alg none': `${encode({ ...header, alg: 'none' })}.${body}.`,
      'alg none with a signature': `${encode({ ...header, alg: 'none' })}.${body}.${signature}`,
      'HS256 with the public key': await hmac,
      'another type': await sign({ typ: 'JWT' }),
      'a foreign key under our name': await sign({}),
      'a kid that is a path': await sign({ kid: '../../../../dev/null' }),
      'a kid that is SQL': await sign({ kid: "x' UNION SELECT 'x' --" }),
      'a key that it brings along': await sign({ jwk }),
      'a key set that it points to': await sign({ jku: evil }),
      'a certificate that it points to': await sign({ x5u: evil }),
      'another body': `${head}.${encode({ ...claims, sub: 'person-grace' })}.${signature}`,
      'a bit turned': `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
      'an end that was': await sign({}, { exp: seconds - 60 }),
      'a beginning that will be': await sign({}, { nbf: seconds + 600 }),
      'another issuer': await sign({}, { iss: 'https://evil.example' }),
      'critical members': await sign({ crit: ['exp'] }).catch(
        () => `${encode({ ...header, crit: ['x'] })}.${body}.${signature}`,
      ),
    },
  }
}

describe('T19 a JWT that is not quite ours', () => {
  it('is refused here, with no look into the store', async () => {
    const { bench, forged } = await forgeries()
    bench.calls.clear()
    for (const [what, token] of Object.entries(forged)) {
      const request = new Request(resource, { headers: { authorization: `Bearer ${token}` } })
      const admission = await bench.resource.admit(request)
      expect({ what, status: admission.ok || admission.response.status }).toEqual({ what, status: 401 })
    }
    expect([...bench.calls.keys()]).toEqual([])
  })

  it('is refused elsewhere, and nothing is fetched but the key set of the issuer', async () => {
    const { forged, verify, fetched, tokens } = await forgeries()
    for (const [what, token] of Object.entries(forged))
      expect({ what, ok: (await verify(token, resource)).ok }).toEqual({ what, ok: false })
    expect((await verify(tokens.access_token, resource)).ok).toBe(true)
    expect(new Set(fetched)).toEqual(new Set([`${issuer}/jwks`]))
  })

  it('with our own signature is still held against time and issuer', async () => {
    const { bench, tokens } = await start()
    const elsewhere = createJwtVerifier({
      issuer: 'https://other.example',
      keySet: new URL(`${issuer}/jwks`),
      now: bench.clock.now,
      fetch: (input, init) => bench.send(new Request(input, init)),
    })
    expect(await elsewhere(tokens.access_token, resource)).toEqual({ ok: false, reason: 'malformed' })
  })

  it('is not judged while the key set cannot be had', async () => {
    const { bench, tokens } = await start()
    const verify = createJwtVerifier({
      issuer,
      now: bench.clock.now,
      fetch: async () => new Response('down', { status: 503 }),
    })
    await expect(verify(tokens.access_token, resource)).rejects.toThrow('200 OK')
  })
})
