import { describe, expect, it } from 'vitest'

import { createSignedInWorld, day, hour, minute, signIn } from './world.ts'

describe('sweep', () => {
  it('removes what has rested for ninety days, or is a year old, and ends the grant', async () => {
    const ended: string[][] = []
    const world = await createSignedInWorld({ endGrant: async (...told) => void ended.push(told) })
    world.clock.turn(90 * day)
    expect(await world.vault.sweep()).toEqual({ recovered: 0, removed: 0 })
    await signIn(world, 'g2')
    world.clock.turn(hour)
    expect(await world.vault.sweep()).toEqual({ recovered: 0, removed: 1 })
    expect(ended).toEqual([['g1', 'idle']])
    for (let days = 0; days < 364; days += 80) {
      await world.vault.token('g2')
      world.clock.turn(80 * day)
    }
    await world.vault.sweep()
    expect(ended.at(-1)).toEqual(['g2', 'expired'])
    expect(await world.store.listVaults({ limit: 10 })).toEqual([])
  })

  it('tries again to end the grant of a dead connection, and then lets the row go', async () => {
    const told: string[] = []
    const world = await createSignedInWorld({
      endGrant: async (grantId) => {
        told.push(grantId)
        if (told.length === 1) throw new Error('store is down')
      },
    })
    world.upstream.next('invalid_grant')
    world.clock.turn(hour)
    await expect(world.vault.token('g1')).rejects.toMatchObject({ code: 'needs_sign_in' })
    expect(await world.store.getVault('g1')).toMatchObject({ state: 'dead' })
    await world.vault.sweep()
    expect(told).toEqual(['g1', 'g1'])
    expect(await world.store.getVault('g1')).toBeUndefined()
  })

  it('keeps a dead row for thirty days where nobody ends grants', async () => {
    const world = await createSignedInWorld()
    world.upstream.next('invalid_grant')
    world.clock.turn(hour)
    await expect(world.vault.token('g1')).rejects.toMatchObject({ code: 'needs_sign_in' })
    world.clock.turn(30 * day - 1)
    expect(await world.vault.sweep()).toMatchObject({ removed: 0 })
    world.clock.turn(1)
    expect(await world.vault.sweep()).toMatchObject({ removed: 1 })
  })

  it('walks through all rows, a page each time, and begins again', async () => {
    const world = await createSignedInWorld()
    const row = await world.store.getVault('g1')
    if (row?.state !== 'live') throw new Error('The row is live')
    for (let index = 0; index < 600; index += 1)
      await world.store.putVault({ ...row, grantId: `old-${index}`, absoluteExpiresAt: 0 })
    const removed = async () => (await world.vault.sweep()).removed
    expect([await removed(), await removed(), await removed()]).toEqual([499, 101, 0])
    expect(await world.store.listVaults({ limit: 10 })).toHaveLength(1)
  })

  it('finishes every refresh that was left behind, whatever becomes of the others', async () => {
    const world = await createSignedInWorld()
    for (const grantId of ['g2', 'g3']) await signIn(world, grantId)
    for (const grantId of ['g1', 'g2', 'g3'])
      await world.store.claimRefresh({ grantId, generation: 1, owner: 'x', now: 0, until: 1 })
    world.upstream.next('bad_gateway')
    world.clock.turn(minute)
    expect(await world.vault.sweep()).toEqual({ recovered: 2, removed: 0 })
    world.clock.turn(minute)
    expect(await world.vault.sweep()).toEqual({ recovered: 1, removed: 0 })
  })
})
