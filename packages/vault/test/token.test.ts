import { describe, expect, it } from 'vitest'

import { createSignedInWorld, hour, minute, refreshesSeen, second, signIn } from './world.ts'

describe('token', () => {
  it('is used as it is while more than five minutes are left', async () => {
    const world = await createSignedInWorld()
    const token = await world.vault.token('g1')
    world.clock.turn(55 * minute - 1)
    expect(await world.vault.token('g1')).toBe(token)
    expect(refreshesSeen(world)).toBe(0)
  })

  it('is used and refreshed behind the back while more than thirty seconds are left', async () => {
    const world = await createSignedInWorld()
    const token = await world.vault.token('g1')
    world.clock.turn(55 * minute)
    world.upstream.next('hold')
    expect(await world.vault.token('g1')).toBe(token)
    await world.upstream.stuck(1)
    world.upstream.release()
    await world.vault.drain()
    expect(await world.store.getVault('g1')).toMatchObject({ generation: 2 })
    expect(await world.vault.token('g1')).not.toBe(token)
  })

  it('is waited for when thirty seconds or less are left', async () => {
    const world = await createSignedInWorld()
    const token = await world.vault.token('g1')
    world.clock.turn(hour - 30 * second)
    expect(await world.vault.token('g1')).not.toBe(token)
    expect(world.events.at(-1)).toMatchObject({
      type: 'refreshed',
      cause: 'waiting',
      generation: 2,
      resent: false,
    })
  })

  it('is sent for once, however many wait, on however many instances', async () => {
    const world = await createSignedInWorld()
    const other = world.instance()
    world.clock.turn(hour)
    world.upstream.next('hold')
    const calls = Array.from({ length: 50 }, (_, index) => (index % 2 ? world.vault : other).token('g1'))
    // One has the lease and a request under way; the other looks again and again.
    await world.upstream.stuck(1)
    await world.clock.sleepers(1, 250)
    world.upstream.release()
    await Promise.race(calls)
    world.clock.turn(250)
    expect(new Set(await Promise.all(calls)).size).toBe(1)
    expect(refreshesSeen(world)).toBe(1)
  })

  it('goes on being sent for when a caller gives up waiting', async () => {
    const world = await createSignedInWorld()
    world.clock.turn(hour)
    world.upstream.next('hold')
    const stop = new AbortController()
    const given = world.vault.token('g1', { signal: stop.signal })
    const kept = world.vault.token('g1')
    await world.upstream.stuck(1)
    stop.abort()
    await expect(given).rejects.toMatchObject({ name: 'AbortError' })
    world.upstream.release()
    expect(await kept).toMatch(/^at-/)
  })

  it('is not waited for longer than fifteen seconds when another instance has the lease', async () => {
    const world = await createSignedInWorld()
    world.clock.turn(hour)
    const now = world.clock.now()
    await world.store.claimRefresh({
      grantId: 'g1',
      generation: 1,
      owner: 'other',
      now,
      until: now + 30_000,
    })
    const call = world.vault.token('g1')
    const waits = Promise.withResolvers<void>()
    void call.catch(() => waits.resolve())
    for (let done = false; !done;) {
      done = await Promise.race([world.clock.sleepers(1).then(() => false), waits.promise.then(() => true)])
      world.clock.turn(250)
    }
    await expect(call).rejects.toMatchObject({ name: 'VaultError', code: 'try_again', retryAfterMs: 1000 })
    expect(refreshesSeen(world)).toBe(0)
  })

  it('belongs to its grant: each has a family of its own', async () => {
    const world = await createSignedInWorld()
    await signIn(world, 'g2')
    expect(await world.vault.token('g1')).not.toBe(await world.vault.token('g2'))
    await world.vault.forget('g1', 'person')
    expect(await world.vault.token('g2')).toMatch(/^at-/)
  })

  it('is asked of the person again when there is no connection, or none any more', async () => {
    const world = await createSignedInWorld()
    await expect(world.vault.token('g9')).rejects.toMatchObject({ code: 'needs_sign_in', grantId: 'g9' })
    await world.vault.forget('g1', 'person')
    await world.vault.forget('g1', 'person')
    await expect(world.vault.token('g1')).rejects.toMatchObject({ code: 'needs_sign_in' })
    expect(world.events.filter(({ type }) => type === 'forgotten')).toHaveLength(1)
  })

  it('is not refreshed any more by an instance that stops', async () => {
    const world = await createSignedInWorld()
    world.clock.turn(59 * minute + 45 * second)
    await world.vault.drain()
    expect(await world.vault.token('g1')).toMatch(/^at-/)
    world.clock.turn(minute)
    await expect(world.vault.token('g1')).rejects.toMatchObject({ code: 'try_again' })
    expect(await world.instance().token('g1')).toMatch(/^at-/)
  })
})

describe('token, rejected by the API', () => {
  it('is refreshed once, for all who were refused with it', async () => {
    const world = await createSignedInWorld()
    const token = await world.vault.token('g1')
    world.upstream.dropAccessTokens()
    const fresh = await Promise.all(
      [token, token, 1].map((rejected) => world.vault.token('g1', { rejected })),
    )
    expect(new Set(fresh).size).toBe(1)
    expect(fresh[0]).not.toBe(token)
    expect(refreshesSeen(world)).toBe(1)
  })

  it('is not refreshed when there is a newer one already', async () => {
    const world = await createSignedInWorld()
    const token = await world.vault.token('g1')
    const fresh = await world.vault.token('g1', { rejected: token })
    expect(await world.vault.token('g1', { rejected: token })).toBe(fresh)
    expect(await world.vault.token('g1', { rejected: 1 })).toBe(fresh)
    expect(refreshesSeen(world)).toBe(1)
  })

  it('is not used on when the refresh fails, but the connection stays', async () => {
    const world = await createSignedInWorld()
    world.upstream.next('bad_gateway')
    await expect(world.vault.token('g1', { rejected: 1 })).rejects.toMatchObject({ code: 'try_again' })
    expect(await world.store.getVault('g1')).toMatchObject({ state: 'live' })
  })

  it('T55: ends the connection when the fresh one is refused too, and the upstream confirms it', async () => {
    const world = await createSignedInWorld()
    world.upstream.failApi(401)
    const fresh = await world.vault.token('g1', { rejected: 1 })
    await expect(world.vault.token('g1', { rejected: fresh })).rejects.toMatchObject({
      code: 'needs_sign_in',
    })
    expect(refreshesSeen(world)).toBe(1)
    expect(world.events.at(-1)).toEqual({
      type: 'connection_dead',
      grantId: 'g1',
      reason: 'refused_by_api',
    })
  })

  it('ends nothing when the fresh one is refused long after, or once it has ended', async () => {
    const world = await createSignedInWorld()
    let fresh = await world.vault.token('g1', { rejected: 1 })
    for (const wait of [minute, hour]) {
      world.clock.turn(wait)
      world.upstream.dropAccessTokens()
      const next = await world.vault.token('g1', { rejected: fresh })
      expect(next).not.toBe(fresh)
      fresh = next
    }
    expect(await world.vault.probe('g1')).toBe('alive')
    expect(refreshesSeen(world)).toBe(3)
  })

  it.each([undefined, 403, 429, 503] as const)(
    'T63: survives a second refusal when the upstream answers %s to who this is',
    async (fault) => {
      const world = await createSignedInWorld()
      const fresh = await world.vault.token('g1', { rejected: 1 })
      world.upstream.failApi(fault)
      expect(await world.vault.token('g1', { rejected: fresh })).toBe(fresh)
      expect(await world.vault.token('g1', { rejected: fresh })).toBe(fresh)
      expect(refreshesSeen(world)).toBe(1)
      expect(await world.store.getVault('g1')).toMatchObject({ state: 'live' })
    },
  )
})

describe('probe', () => {
  it('tells alive, unknown and dead apart', async () => {
    const world = await createSignedInWorld()
    expect(await world.vault.probe('g1')).toBe('alive')
    world.upstream.failApi(503)
    expect(await world.vault.probe('g1')).toBe('unknown')
    world.upstream.failApi(undefined)
    world.upstream.disconnect()
    expect(await world.vault.probe('g1')).toBe('dead')
    await expect(world.vault.probe('g1')).rejects.toMatchObject({ code: 'needs_sign_in' })
  })

  it('ends nothing because a token ended before its time', async () => {
    const world = await createSignedInWorld()
    world.upstream.dropAccessTokens()
    expect(await world.vault.probe('g1')).toBe('alive')
    world.clock.turn(2 * hour)
    expect(await world.vault.probe('g1')).toBe('alive')
    expect(refreshesSeen(world)).toBe(2)
  })

  it('does not know when the refresh fails that has to come first', async () => {
    const world = await createSignedInWorld()
    world.upstream.dropAccessTokens()
    world.upstream.next('bad_gateway')
    expect(await world.vault.probe('g1')).toBe('unknown')
    expect(await world.store.getVault('g1')).toMatchObject({ state: 'live' })
  })

  it('ends nothing while somebody is refreshing', async () => {
    const world = await createSignedInWorld()
    await world.vault.token('g1', { rejected: 1 })
    const now = world.clock.now()
    await world.store.claimRefresh({ grantId: 'g1', generation: 2, owner: 'x', now, until: now + 1 })
    world.upstream.failApi(401)
    expect(await world.vault.probe('g1')).toBe('unknown')
  })
})
