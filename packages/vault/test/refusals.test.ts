import { inspect } from 'node:util'

import { describe, expect, it } from 'vitest'

import { isVaultError } from '../src/index.ts'
import { createSignedInWorld, hour, minute, refreshesSeen, second } from './world.ts'

describe('T54: a refresh that is refused', () => {
  it.each(['unauthorized_client', 'invalid_grant'] as const)(
    'ends the connection on %s, and the grant with it',
    async (fault) => {
      const ended: string[][] = []
      const world = await createSignedInWorld({
        endGrant: async (...told) => void ended.push(told),
      })
      world.clock.turn(hour)
      world.upstream.next(fault)
      await expect(world.vault.token('g1')).rejects.toMatchObject({ code: 'needs_sign_in', grantId: 'g1' })
      await expect(world.vault.token('g1')).rejects.toMatchObject({ code: 'needs_sign_in' })
      expect(ended).toEqual([['g1', fault]])
      expect(refreshesSeen(world)).toBe(1)
      expect(await world.store.getVault('g1')).toMatchObject({ state: 'dead', reason: fault })
    },
  )

  it.each([
    ['access_denied', 'misconfigured', 'misconfigured'],
    ['invalid_request', 'misconfigured', 'fault'],
    ['rate_limited', 'try_again', 'transient'],
    ['bad_gateway', 'try_again', 'transient'],
    ['no_token_type', 'try_again', 'malformed'],
  ] as const)('keeps the connection on %s, and says %s', async (fault, code, kind) => {
    const world = await createSignedInWorld()
    world.clock.turn(hour)
    world.upstream.next(fault)
    await expect(world.vault.token('g1')).rejects.toMatchObject({ code })
    expect(world.events.at(-1)).toMatchObject({ type: 'refresh_failed', kind, cause: 'waiting' })
    const row = await world.store.getVault('g1')
    expect(row).toMatchObject({ state: 'live', generation: 1, attemptSince: world.clock.now() })
    expect(row).not.toHaveProperty('lease')
    world.clock.turn(minute)
    expect(await world.vault.token('g1')).toMatch(/^at-/)
  })

  it('keeps the connection when nobody answers within ten seconds', async () => {
    const world = await createSignedInWorld()
    world.clock.turn(hour)
    world.upstream.next('hang')
    const call = world.vault.token('g1')
    await world.upstream.stuck(1)
    world.clock.turn(10 * second)
    await expect(call).rejects.toMatchObject({ code: 'try_again' })
    world.clock.turn(minute)
    expect(await world.vault.token('g1')).toMatch(/^at-/)
  })

  it('keeps the connection when the network is down', async () => {
    const world = await createSignedInWorld()
    world.clock.turn(hour)
    const offline = world.instance({ fetch: () => Promise.reject(new TypeError('fetch failed')) })
    await expect(offline.token('g1')).rejects.toMatchObject({ code: 'try_again' })
    expect(await world.vault.token('g1')).toMatch(/^at-/)
  })

  it('keeps the old refresh token when the answer has none', async () => {
    const world = await createSignedInWorld()
    world.clock.turn(hour)
    world.upstream.next('no_refresh_token')
    await world.vault.token('g1')
    world.clock.turn(hour)
    await world.vault.token('g1').catch(() => {})
    const [, first, next] = world.upstream.requests
    expect(next?.get('refresh_token')).toBe(first?.get('refresh_token'))
  })

  it('uses the token there is until it really ends, while the refresh fails for a reason that passes', async () => {
    const world = await createSignedInWorld()
    const token = await world.vault.token('g1')
    world.clock.turn(hour - 20 * second)
    world.upstream.next('bad_gateway', 'access_denied', 'access_denied')
    expect(await world.vault.token('g1')).toBe(token)
    world.clock.turn(10 * second)
    expect(await world.vault.token('g1')).toBe(token)
    world.clock.turn(10 * second)
    await expect(world.vault.token('g1')).rejects.toMatchObject({ code: 'misconfigured' })
  })

  it('asks again only after a pause, which the upstream may lengthen and which ends within a minute', async () => {
    const world = await createSignedInWorld({ random: (array) => array.fill(0) })
    world.clock.turn(hour)
    world.upstream.next('rate_limited')
    await expect(world.vault.token('g1')).rejects.toMatchObject({ retryAfterMs: 7000 })
    world.clock.turn(6999)
    await expect(world.vault.token('g1')).rejects.toMatchObject({ code: 'try_again' })
    expect(refreshesSeen(world)).toBe(1)
    for (const pause of [2, 4, 8, 16, 32, 60, 60]) {
      world.clock.turn(1)
      world.upstream.next('bad_gateway')
      const seen = refreshesSeen(world)
      await expect(world.vault.token('g1')).rejects.toMatchObject({ code: 'try_again' })
      expect(refreshesSeen(world)).toBe(seen + 1)
      world.clock.turn(pause * second - 1)
      await expect(world.vault.token('g1')).rejects.toMatchObject({ code: 'try_again' })
      expect(refreshesSeen(world)).toBe(seen + 1)
    }
  })

  it('T50: shows no token in an error, nor in what caused it', async () => {
    const world = await createSignedInWorld()
    world.clock.turn(hour)
    world.upstream.next('no_token_type')
    const error = await world.vault.token('g1').catch((reason: unknown) => reason)
    expect(inspect(error, { depth: Infinity, showHidden: true })).toMatch(/malformed.*token_type/s)
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toMatch(/[ar]t-[0-9a-f]{8}/)
  })

  it('says nothing in the words of the upstream, and no secret', async () => {
    const world = await createSignedInWorld()
    world.clock.turn(hour)
    world.upstream.next('unauthorized_client')
    const error = await world.vault.token('g1').catch((reason: unknown) => reason)
    expect(isVaultError(error, 'needs_sign_in')).toBe(true)
    expect(isVaultError(error, 'try_again')).toBe(false)
    expect(String(error)).toMatchInlineSnapshot(
      `"VaultError: Refresh for grant g1 failed (dead, status 403, unauthorized_client). The person has to sign in again."`,
    )
    expect(JSON.stringify(world.events)).not.toMatch(/[ar]t-[0-9a-f]{8}|app-secret|invalid\b/)
  })
})
