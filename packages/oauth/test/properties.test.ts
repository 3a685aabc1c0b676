import * as fc from 'fast-check'
import * as oauth from 'oauth4webapi'
import { describe, expect, it } from 'vitest'

import { writeChallenge } from '../src/index.ts'
import { createBench, scopes, type Bench } from './bench/bench.ts'
import { authorizeUrl, pkce, register } from './bench/flow.ts'
import { mayReplace } from './bench/loopback-model.ts'

/** Hostile pieces of which addresses are made. */
const pieces =
  'http:// https:// HTTP:// localhost 127.0.0.1 [::1] 127.0.0.2 evil.example : :1 :65535 :65536 :0080 / /callback ' +
  '/Callback // .. /%2e%2e ? ?a=1 &b=2 # @ \\ javascript: cursor:// . * é \u202E'
const piece = fc.constantFrom(...pieces.split(' '), ' ', '\t', '\n', '\u0000')
const address = fc.oneof(
  fc.array(piece, { maxLength: 6 }).map((parts) => parts.join('')),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.string({ unit: 'binary', maxLength: 60 }),
)
const text = fc.string({ unit: 'binary', maxLength: 60 })
const unlimited = { capacity: 1e9, everyMs: 1 }

const failures = ({ events }: Bench) => events.filter(({ type }) => type === 'failed')

describe('P01 redirect addresses', () => {
  it('are followed exactly where the rule says so, and only to what was registered', async () => {
    const registered = [
      'https://client.example/cb?x=1',
      'http://localhost/callback',
      'http://127.0.0.1:7777',
      'cursor://anysphere.cursor-mcp/cb',
    ]
    const bench = createBench()
    const client = await register(bench, { redirect_uris: registered })
    const near = fc
      .tuple(fc.constantFrom(...registered), fc.nat(40), piece)
      .map(([known, at, part]) => known.slice(0, at) + part + known.slice(at))
    await fc.assert(
      fc.asyncProperty(fc.oneof(address, near, fc.constantFrom(...registered)), async (sent) => {
        const url = authorizeUrl(client.client_id, pkce().challenge, {
          redirect_uri: sent,
          response_type: 'token',
        })
        const location = (await bench.send(new Request(url))).headers.get('location') ?? ''
        const target = location.slice(0, Math.max(0, location.search(/[?&]error=/)))
        const followed = registered.some((known) => mayReplace(target, known))
        const meant = sent !== '' && registered.some((known) => mayReplace(sent, known))
        expect({ sent, location, followed }).toEqual({
          sent,
          location: meant ? location : '',
          followed: meant,
        })
      }),
      { numRuns: 400 },
    )
  })

  it('are judged at registration without ever failing, and nothing that runs or reaches inside passes', async () => {
    const bench = createBench({ policy: { registrationPerAddress: unlimited, registrationInAll: unlimited } })
    await fc.assert(
      fc.asyncProperty(address, async (uri) => {
        const { status } = await bench.postJson('/register', { redirect_uris: [uri] })
        const url = URL.parse(uri)
        const harmless =
          url?.protocol === 'https:' ||
          (url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)) ||
          url?.protocol === 'cursor:' ||
          url?.protocol.includes('.') === true
        expect({ uri, allowed: status === 201 && !(harmless && url.username + url.hash === '') }).toEqual({
          uri,
          allowed: false,
        })
        expect([201, 400]).toContain(status)
      }),
      { numRuns: 400 },
    )
    expect(failures(bench)).toEqual([])
  })
})

describe('P06 bodies and parameters', () => {
  it('of any kind are answered, never with a fault, and malformed tokens reach no store', async () => {
    const bench = createBench()
    const { client_id: id } = await register(bench)
    bench.calls.clear()
    const value = fc.oneof(
      text,
      fc.stringMatching(/^m_rt_[a-z0-9]{0,3}\.[A-Za-z0-9_-]{20,23}\.\d{0,10}\.[A-Za-z0-9_-]{42,44}$/),
      fc.stringMatching(/^m_ac_[A-Za-z0-9_-]{42}$/),
    )
    const name = fc.constantFrom(
      'code',
      'refresh_token',
      'code_verifier',
      'redirect_uri',
      'scope',
      'resource',
    )
    const grantType = fc.constantFrom('authorization_code', 'refresh_token', 'password')
    await fc.assert(
      fc.asyncProperty(grantType, fc.dictionary(name, value), async (type, fields) => {
        const response = await bench.post('/token', { ...fields, grant_type: type, client_id: id })
        expect(response.status).toBe(400)
      }),
      { numRuns: 300 },
    )
    const touched = ['readCode', 'readFamily', 'rotateFamily', 'consumeCode'].filter((each) =>
      bench.calls.has(each),
    )
    expect(touched).toEqual([])
    expect(failures(bench)).toEqual([])
  })

  it('at registration may be any JSON', async () => {
    const bench = createBench()
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), text, async (value, name) => {
        const body = {
          client_name: name,
          redirect_uris: value,
          grant_types: value,
          jwks: value,
          [name]: value,
        }
        expect([400, 413]).toContain((await bench.postJson('/register', body)).status)
      }),
      { numRuns: 200 },
    )
    expect(failures(bench)).toEqual([])
  })

  it('of an authorization request may be anything', async () => {
    const bench = createBench()
    const client = await register(bench)
    const names = 'client_id state scope resource code_challenge prompt nonce redirect_uri'.split(' ')
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...names), text), async (change) => {
        const url = authorizeUrl(client.client_id, pkce().challenge, change)
        expect([303, 400]).toContain((await bench.send(new Request(url))).status)
      }),
      { numRuns: 300 },
    )
    expect(failures(bench)).toEqual([])
  })
})

describe('P04 scopes', () => {
  /** What comes with each scope, from the configuration alone. */
  const closure = (names: readonly string[]): readonly string[] => {
    const more = scopes.filter(({ name }) => names.includes(name)).flatMap(({ implies = [] }) => implies)
    const all = [...new Set([...names, ...more])]
    return all.length === names.length ? all : closure(all)
  }

  it('are closed under implication, in one order, and nothing else comes along', async () => {
    const bench = createBench()
    const client = await register(bench)
    const name = fc.constantFrom(...scopes.map((scope) => scope.name), 'unknown', 'openid')
    await fc.assert(
      fc.asyncProperty(fc.array(name, { minLength: 1, maxLength: 8 }), async (asked) => {
        const url = authorizeUrl(client.client_id, pkce().challenge, { scope: asked.join(' ') })
        const location = (await bench.send(new Request(url))).headers.get('location') ?? ''
        const tx = await bench.store.getTx(new URL(location).searchParams.get('tx') ?? '', bench.clock.now())
        const wanted = closure([...new Set(asked)])
        const expected = scopes.filter((scope) => wanted.includes(scope.name))
        const usable = expected.some(({ tier }) => tier !== 'session')
        expect(tx?.request.scopes).toEqual(usable ? expected.map((scope) => scope.name) : undefined)
      }),
      { numRuns: 150 },
    )
  })
})

const plain = (value: string) => value.replace(/[^\u0020-\u007E]/g, '')
const read = (header: string) =>
  [...header.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, value = '']) => [
    key,
    value.replace(/\\(.)/g, '$1'),
  ])

describe('P03 WWW-Authenticate', () => {
  it('says what was meant, whatever the values hold, and is always one line', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), text, (scope, resourceMetadata) => {
        const header = writeChallenge({ error: 'insufficient_scope', scope, resourceMetadata })
        expect(header).toMatch(/^Bearer [\u0020-\u007E]*$/)
        expect(read(header)).toEqual([
          ['error', 'insufficient_scope'],
          ['resource_metadata', plain(resourceMetadata)],
          ['scope', plain(scope.join(' '))],
        ])
      }),
    )
  })

  it('is read back by the parser of a client that somebody else wrote', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.stringMatching(/^[a-z]{1,8}(:[a-z]{1,8})?$/), { minLength: 1, maxLength: 5 }),
        fc.webUrl({ withQueryParameters: true }),
        async (scope, resourceMetadata) => {
          const header = writeChallenge({ error: 'insufficient_scope', scope, resourceMetadata })
          const parameters = {
            error: 'insufficient_scope',
            resource_metadata: resourceMetadata,
            scope: scope.join(' '),
          }
          expect(await readByOthers(header)).toEqual([{ scheme: 'bearer', parameters }])
        },
      ),
    )
  })
})

/** The challenges of an answer, as oauth4webapi reads them. */
async function readByOthers(header: string): Promise<unknown> {
  const response = new Response(null, { status: 403, headers: { 'www-authenticate': header } })
  const url = new URL('https://mcp.example.com/mcp')
  const request = oauth.protectedResourceRequest('x', 'POST', url, new Headers(), null, {
    [oauth.customFetch]: async () => response,
  })
  return request.then(
    () => [],
    (error: unknown) => (error instanceof oauth.WWWAuthenticateChallengeError ? error.cause : error),
  )
}
