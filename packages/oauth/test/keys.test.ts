import { createLimiter } from '@telamon/rate-limiter'
import { describe, expect, it } from 'vitest'

import { createKeyRing, guardRules } from '../src/index.ts'
import { rootSecret, createBench } from './bench/bench.ts'
import { createClock } from './bench/clock.ts'
import { openConsent, redirectUri, register } from './bench/flow.ts'

const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex')

describe('a key ring', () => {
  it('derives by HKDF-SHA256, so that the same secret gives the same keys everywhere', () => {
    const ring = createKeyRing([rootSecret('k1', 1)])
    expect(hex(ring.derive('vault-kek').current.key)).toMatchInlineSnapshot(
      `"a4094da8accab1696cc5cd058fd710e40a0124ccbbd03a2a8a8b9f7468b741cb"`,
    )
    expect(ring.derive('vault-kek')).toBe(ring.derive('vault-kek'))
  })

  it('has a key of its own for each purpose and each secret', () => {
    const ring = createKeyRing([rootSecret('k2', 2), rootSecret('k1', 1)])
    const labels = ['rt-mac', 'csrf', 'vault-kek', 'cookie'] as const
    const keys = labels.flatMap((label) => ring.derive(label).all.map(({ key }) => hex(key)))
    expect(new Set(keys).size).toBe(8)
    for (const key of keys) expect(key).toHaveLength(64)
  })

  it('writes with the first and finds the others', () => {
    const { current, find, all } = createKeyRing([rootSecret('k2', 2), rootSecret('k1', 1)]).derive('rt-mac')
    expect(current.kid).toBe('k2')
    expect(find('k1')?.kid).toBe('k1')
    expect(find('k3')).toBeUndefined()
    expect(all.map(({ kid }) => kid)).toEqual(['k2', 'k1'])
  })

  it.each([
    ['no secret', [], /at least one/],
    ['a short secret', [{ kid: 'k1', secret: new Uint8Array(31) }], /fewer than 32 bytes/],
    ['a kid with a dot', [rootSecret('k.1', 1)], /is not 1 to 16/],
    ['an empty kid', [rootSecret('', 1)], /is not 1 to 16/],
    ['a kid twice', [rootSecret('k1', 1), rootSecret('k1', 2)], /stands twice/],
  ])('refuses %s', (_, root, message) => {
    expect(() => createKeyRing(root)).toThrow(message)
  })

  it('T52 a page that was open while the key changed still works', async () => {
    const before = createBench()
    const { browser, page } = await openConsent(before, await register(before))
    const after = createBench({
      store: before.store,
      now: before.clock.now,
      keys: createKeyRing([rootSecret('k2', 2), rootSecret('k1', 1)]),
    })
    const other = after.browser()
    for (const [name, value] of browser.cookies) other.cookies.set(name, value)
    const back = await other.submit(page, { access: 'write', decision: 'approve' }, { stopAt: [redirectUri] })
    expect(back.url.searchParams.get('code')).toBeTruthy()
  })
})

describe('the guard that every server has', () => {
  it('T35 lets a person through many times, and a flood not', async () => {
    const clock = createClock()
    const bench = createBench({
      limiter: createLimiter({ rules: guardRules, now: clock.now }),
      now: clock.now,
    })
    const statuses: number[] = []
    for (let count = 0; count < 130; count += 1) statuses.push((await bench.get('/authorize')).status)
    expect(statuses.filter((status) => status === 400)).toHaveLength(120)
    expect(statuses.at(-1)).toBe(429)
    const metadata = await bench.get('/.well-known/oauth-authorization-server')
    expect(metadata.status).toBe(200)
  })

  it('has a rule for each thing it guards', () => {
    expect(guardRules.map(({ name, per }) => `${name} by ${per}`)).toEqual([
      'sign-in by sign-in',
      'register by register',
      'token by token',
      'client-failure by client-failure',
    ])
  })
})
