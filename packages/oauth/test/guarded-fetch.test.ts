import { createServer, type AddressInfo } from 'node:net'

import { describe, expect, it, onTestFinished } from 'vitest'

import { createGuardedFetch, isPublicAddress, type LookupAll, type Transport } from '../src/index.ts'

const limits = { bytes: 1000, timeoutMs: 5000 }

/** A listener on loopback that counts who connects. */
async function listener() {
  const seen = { connections: 0 }
  const server = createServer((socket) => {
    seen.connections += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.close()
  })
  const address = server.address()
  const { port }: Pick<AddressInfo, 'port'> =
    typeof address === 'object' && address !== null ? address : { port: 0 }
  return { seen, port }
}

/** A resolver with these answers, one after the other, the last one for ever. */
const resolver = (...answers: readonly (readonly string[])[]): LookupAll => {
  let calls = 0
  return (_, __, callback) => {
    const addresses = answers[Math.min(calls, answers.length - 1)] ?? []
    calls += 1
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }
}

const answering =
  (
    body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null,
    init: ResponseInit = {},
  ): Transport =>
  async () =>
    new Response(body, init)

describe('T29 where a guarded fetch goes', () => {
  it.each([
    'https://127.0.0.1:PORT/x',
    'https://[::1]:PORT/x',
    'https://[::ffff:127.0.0.1]:PORT/x',
    'https://2130706433:PORT/x',
    'https://0x7f000001:PORT/x',
    'https://0177.0.0.1:PORT/x',
    'https://127.1:PORT/x',
    'https://127.0.0.1.:PORT/x',
    'https://１２７.0.0.1:PORT/x',
    'https://localhost:PORT/x',
    'https://sub.localhost:PORT/x',
    'https://192.0.2.1:PORT/x',
    'https://169.254.169.254:PORT/latest/meta-data',
    'http://client.example:PORT/x',
    'https://me@client.example:PORT/x',
    'https://client.example:22/x',
    'ftp://client.example:PORT/x',
    'client.example/x',
    '',
  ])('never to %s', async (address) => {
    const { seen, port } = await listener()
    const fetch = createGuardedFetch({ ports: [port], lookup: resolver(['127.0.0.1']) })
    expect(await fetch(address.replace('PORT', String(port)), limits)).toEqual({
      ok: false,
      reason: 'address',
    })
    expect(seen.connections).toBe(0)
  })

  it.each([
    ['loopback', [['127.0.0.1']]],
    ['the IPv6 loopback', [['::1']]],
    ['a mapped loopback', [['::ffff:127.0.0.1']]],
    ['a private address', [['10.0.0.1']]],
    ['the metadata address', [['169.254.169.254']]],
    ['a carrier-grade address', [['100.64.0.1']]],
    ['a unique local address', [['fd00::1']]],
    ['T30 one public and one private address', [['93.184.215.14', '127.0.0.1']]],
    ['T30 a private address at the second look-up', [['127.0.0.1'], ['93.184.215.14']]],
    ['nothing', [[]]],
    ['what is no address', [['localhost']]],
  ])('never to a name that leads to %s', async (_, answers) => {
    const { seen, port } = await listener()
    const fetch = createGuardedFetch({ ports: [port], lookup: resolver(...answers) })
    expect(await fetch(`https://internal.example:${port}/x`, limits)).toEqual({
      ok: false,
      reason: 'address',
    })
    expect(seen.connections).toBe(0)
  })

  it('reports a name that cannot be resolved as out of reach', async () => {
    const fetch = createGuardedFetch({
      lookup: (_, __, callback) => callback(Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' }), []),
    })
    expect(await fetch('https://nowhere.example/x', limits)).toEqual({ ok: false, reason: 'unreachable' })
  })
})

describe('T31 what a guarded fetch takes', () => {
  it.each([
    [
      'a redirect',
      answering(null, { status: 302, headers: { location: 'https://internal.example' } }),
      'redirect',
    ],
    ['a document that is not there', answering('{}', { status: 404 }), 'status'],
    ['an error', answering('{}', { status: 500 }), 'status'],
    ['a partial document', answering('{}', { status: 206 }), 'status'],
    ['a body that is too large', answering('x'.repeat(1001)), 'too_large'],
    [
      'a body that says it is too large',
      answering('x', { headers: { 'content-length': '1001' } }),
      'too_large',
    ],
    ['a body that is no text', answering(new Uint8Array([0xff, 0xfe])), 'not_text'],
    ['a connection that breaks', () => Promise.reject(new TypeError('terminated')), 'unreachable'],
  ] as const)('is not %s', async (_, fetch, reason) => {
    const guarded = createGuardedFetch({ fetch })
    expect(await guarded('https://client.example/x', limits)).toEqual({ ok: false, reason })
  })

  it('is a body up to the limit', async () => {
    const guarded = createGuardedFetch({ fetch: answering('x'.repeat(1000)) })
    expect(await guarded('https://client.example/x', limits)).toMatchObject({ ok: true })
  })

  it('stops reading a body without end', async () => {
    let pulled = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(100))
      },
    })
    const guarded = createGuardedFetch({ fetch: answering(endless) })
    expect(await guarded('https://client.example/x', limits)).toEqual({ ok: false, reason: 'too_large' })
    expect(pulled).toBeLessThan(20)
  })

  it('counts what a compressed body unfolds to', async () => {
    const zeros = new Blob([new Uint8Array(10_000_000)])
    const bomb = zeros
      .stream()
      .pipeThrough(new CompressionStream('gzip'))
      .pipeThrough(new DecompressionStream('gzip'))
    const guarded = createGuardedFetch({ fetch: answering(bomb) })
    expect(await guarded('https://client.example/x', limits)).toEqual({ ok: false, reason: 'too_large' })
  })

  it.each<readonly [string, Transport]>([
    ['an answer that never comes', () => new Promise(() => undefined)],
    ['a body that never comes', answering(new ReadableStream({}))],
  ])('gives up on %s', async (_, fetch) => {
    const guarded = createGuardedFetch({ fetch })
    expect(await guarded('https://client.example/x', { ...limits, timeoutMs: 10 })).toEqual({
      ok: false,
      reason: 'timeout',
    })
  })

  it('asks for JSON without compression, without cookies, and follows nothing', async () => {
    const asked: unknown[] = []
    const guarded = createGuardedFetch({
      fetch: async (url, { headers, redirect }) => {
        asked.push({ url, headers, redirect })
        return new Response('{}')
      },
    })
    await guarded('https://client.example/x', limits)
    expect(asked).toEqual([
      {
        url: 'https://client.example/x',
        redirect: 'manual',
        headers: {
          accept: 'application/json',
          'accept-encoding': 'identity',
          'user-agent': 'oauth-metadata',
        },
      },
    ])
  })
})

describe('T66 public addresses', () => {
  const special = [
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.31.196.1',
    '192.52.193.1',
    '192.88.99.1',
    '192.168.1.1',
    '192.175.48.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:10::1',
    '2001:20::1',
    '2001:db8::1',
    '2002:7f00:1::1',
    '2620:4f:8000::1',
    '3fff::1',
    '5f00::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
  ]
  const open = [
    '1.1.1.1',
    '8.8.8.8',
    '93.184.215.14',
    '104.16.0.1',
    '2606:4700:4700::1111',
    '2001:4860:4860::8888',
    '2a00:1450:4001::1',
    '::ffff:8.8.8.8',
  ]

  it('are told from special ones', () => {
    expect(special.filter(isPublicAddress)).toEqual([])
    expect(open.filter((address) => !isPublicAddress(address))).toEqual([])
  })

  it('are nothing that is no address', () => {
    for (const text of [
      '',
      'localhost',
      'example.com',
      '1.1.1',
      '1.1.1.1.',
      '1.1.1.1/8',
      ' 1.1.1.1',
      '0x01010101',
    ])
      expect([text, isPublicAddress(text)]).toEqual([text, false])
  })
})
