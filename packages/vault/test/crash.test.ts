import { describe, expect, it } from 'vitest'

import { createSignedInWorld, hour, minute, refreshesSeen, second } from './world.ts'

const lapse = 30 * second + 1

describe('T53: a process that dies in the middle of a refresh', () => {
  it('leaves a lease, and the next caller sends the token when it has lapsed', async () => {
    const world = await createSignedInWorld()
    world.clock.turn(hour)
    const now = world.clock.now()
    await world.store.claimRefresh({ grantId: 'g1', generation: 1, owner: 'dead', now, until: now + 30_000 })
    world.clock.turn(lapse)
    expect(await world.vault.token('g1')).toMatch(/^at-/)
    expect(world.upstream.statistics()).toMatchObject({ refreshes: 1, reuses: 0 })
  })

  it('after the upstream rotated: a sweep sends the same token again, and gets another successor', async () => {
    const world = await createSignedInWorld()
    world.clock.turn(hour)
    world.upstream.next('lost')
    const dying = world.instance({ sleep: () => new Promise(() => {}) })
    void dying.token('g1')
    await world.upstream.stuck(1)
    expect(await world.vault.sweep()).toEqual({ recovered: 0, removed: 0 })
    world.clock.turn(lapse)
    expect(await world.vault.sweep()).toEqual({ recovered: 1, removed: 0 })
    expect(world.upstream.statistics()).toEqual({ refreshes: 2, reuses: 1, deadFamilies: 0 })
    expect(world.events).toContainEqual(
      expect.objectContaining({ type: 'refreshed', cause: 'sweep', resent: true, generation: 2 }),
    )
    world.clock.turn(hour)
    expect(await world.vault.token('g1')).toMatch(/^at-/)
  })

  it('after an answer that was lost on the way: the same token is sent again inside the ten minutes', async () => {
    const world = await createSignedInWorld()
    world.clock.turn(hour)
    for (let times = 1; times <= 7; times += 1) {
      world.upstream.next('lost')
      const call = world.vault.token('g1')
      await world.upstream.stuck(times)
      world.clock.turn(10 * second)
      await expect(call).rejects.toMatchObject({ code: 'try_again' })
      world.clock.turn(minute)
    }
    await world.vault.sweep()
    expect(world.upstream.statistics()).toMatchObject({ reuses: 7, deadFamilies: 0 })
    expect(await world.vault.token('g1')).toMatch(/^at-/)
  })

  it('outside the ten minutes: ends with "sign in again", and no loop', async () => {
    const world = await createSignedInWorld()
    world.clock.turn(hour)
    world.upstream.next('lost')
    const call = world.vault.token('g1')
    await world.upstream.stuck(1)
    world.clock.turn(10 * second)
    await expect(call).rejects.toMatchObject({ code: 'try_again' })
    world.clock.turn(11 * minute)
    for (let times = 0; times < 3; times += 1)
      await expect(world.vault.token('g1')).rejects.toMatchObject({ code: 'needs_sign_in' })
    expect(refreshesSeen(world)).toBe(2)
  })

  it('before its answer was written: the store fails, and the same token is sent again', async () => {
    const world = await createSignedInWorld()
    world.clock.turn(hour)
    const torn = world.instance({
      store: { ...world.store, commitRefresh: () => Promise.reject(new Error('disk full')) },
    })
    await expect(torn.token('g1')).rejects.toThrow('disk full')
    expect(world.events.at(-1)).toMatchObject({ type: 'refresh_broken' })
    expect(await world.vault.token('g1')).toMatch(/^at-/)
    expect(world.upstream.statistics()).toMatchObject({ reuses: 1, deadFamilies: 0 })
  })
})

describe('T68: a holder that was paused until another had refreshed', () => {
  it('drops its answer and uses the newer one', async () => {
    const world = await createSignedInWorld()
    world.clock.turn(hour)
    world.upstream.next('hold')
    const paused = world.instance({ sleep: () => new Promise(() => {}) })
    const late = paused.token('g1')
    await world.upstream.stuck(1)
    world.clock.turn(lapse)
    const token = await world.vault.token('g1')
    world.upstream.release()
    expect(await late).toBe(token)
    expect(world.events.at(-1)).toMatchObject({ type: 'refresh_superseded' })
    expect(await world.store.getVault('g1')).toMatchObject({ generation: 2 })
  })

  it('buries nothing when its own answer was a refusal', async () => {
    const world = await createSignedInWorld()
    world.clock.turn(hour)
    const refused = Promise.withResolvers<Response>()
    const asked = Promise.withResolvers<void>()
    const paused = world.instance({
      sleep: () => new Promise(() => {}),
      fetch: () => {
        asked.resolve()
        return refused.promise
      },
    })
    const late = paused.token('g1')
    await asked.promise
    world.clock.turn(lapse)
    const token = await world.vault.token('g1')
    refused.resolve(Response.json({ error: 'unauthorized_client' }, { status: 403 }))
    expect(await late).toBe(token)
    expect(await world.store.getVault('g1')).toMatchObject({ state: 'live', generation: 2 })
  })
})

describe('T69: a connection that is forgotten during a refresh', () => {
  it('does not come back to life', async () => {
    const world = await createSignedInWorld()
    world.clock.turn(hour)
    world.upstream.next('hold')
    const call = world.vault.token('g1')
    await world.upstream.stuck(1)
    await world.vault.forget('g1', 'person')
    world.upstream.release()
    await expect(call).rejects.toMatchObject({ code: 'needs_sign_in' })
    expect(await world.store.getVault('g1')).toBeUndefined()
  })
})

describe('T70: instances whose clocks differ by 19 seconds', () => {
  it.each([-19 * second, 19 * second])('share one refresh (%i ms)', async (skew) => {
    const world = await createSignedInWorld()
    world.clock.turn(hour + minute)
    const skewed = world.instance({ now: () => world.clock.now() + skew })
    world.upstream.next('hold')
    const first = world.vault.token('g1')
    await world.upstream.stuck(1)
    const other = skewed.token('g1')
    await world.clock.sleepers(1, 250)
    world.upstream.release()
    const token = await first
    world.clock.turn(250)
    expect(await other).toBe(token)
    expect(refreshesSeen(world)).toBe(1)
  })
})
