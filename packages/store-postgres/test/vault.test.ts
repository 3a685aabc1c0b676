import { setImmediate } from 'node:timers/promises'

import type { SignIn } from '@telamon/oauth'
import { cloudProfile, createVault, type VaultSignIn } from '@telamon/vault'
import { createHandClock, createUpstream } from '@telamon/vault/testing'
import { describe, expect, expectTypeOf, it } from 'vitest'

import { contentsOf, isAway, freshSchema, openStore } from './postgres.ts'

const hour = 3_600_000
const key = { kid: 'k1', key: Buffer.alloc(32, 1) }
const login = { callbackUrl: 'https://telamon.example/callback', scopes: ['jira:read'] }

/** Two instances of a vault, each with a connection of its own, and one person who has signed in as `g1`. */
async function signedIn() {
  const schema = freshSchema()
  const clock = createHandClock()
  const upstream = createUpstream({ now: clock.now })
  const [first, other] = await Promise.all(
    [0, 1].map(async () => {
      const store = await openStore({ schema, now: clock.now })
      return createVault({
        profile: cloudProfile(),
        client: { id: 'app', secret: 'app-secret' },
        store: store.vault,
        keys: { current: key, find: () => undefined },
        upstreamScopes: () => [],
        fetch: upstream.fetch,
        now: clock.now,
        // Whoever waits for another's refresh looks again at once: time stands still.
        sleep: () => setImmediate(),
      })
    }),
  )
  if (first === undefined || other === undefined) throw new Error('There are two')
  const { url, memo = '' } = await first.signIn.begin({ ...login, state: 's' })
  const person = await first.signIn.finish(upstream.approve(url).searchParams, { ...login, memo })
  await first.signIn.keep('g1', person, [])
  return { schema, clock, upstream, first, other }
}

describe.skipIf(isAway)('the vault on PostgreSQL', { timeout: 120_000 }, () => {
  it("fits the authorization server's port for signing in", () => {
    expectTypeOf<VaultSignIn>().toExtend<SignIn>()
  })

  it('refreshes once an expiry, for fifty calls at once over two connections', async () => {
    const { clock, upstream, first, other } = await signedIn()
    for (let expiry = 1; expiry <= 20; expiry += 1) {
      clock.turn(hour)
      const calls = Array.from({ length: 50 }, (_, index) => (index % 2 ? first : other).token('g1'))
      expect(new Set(await Promise.all(calls)).size).toBe(1)
      expect(upstream.statistics()).toEqual({ refreshes: expiry, reuses: 0, deadFamilies: 0 })
    }
  })

  it('T51: leaves no token in any table', async () => {
    const { schema, clock, first } = await signedIn()
    const tokens = [await first.token('g1')]
    clock.turn(hour)
    tokens.push(await first.token('g1'))
    const contents = await contentsOf(schema)
    expect(contents).toContain('"grant_id":"g1"')
    expect(contents).not.toMatch(/[ar]t-[0-9a-f]{8}-/)
    expect(tokens.filter((token) => contents.includes(token))).toEqual([])
  })
})
