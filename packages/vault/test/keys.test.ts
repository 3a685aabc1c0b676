import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createSignedInWorld, hour, ring, signIn } from './world.ts'

describe('T51: what is sealed', () => {
  it('does not open in another row', async () => {
    const world = await createSignedInWorld()
    await signIn(world, 'g2')
    const [one, two] = [await world.store.getVault('g1'), await world.store.getVault('g2')]
    if (one?.state !== 'live' || two?.state !== 'live') throw new Error('Both are live')
    await world.store.dropVault('g2')
    await world.store.putVault({ ...two, blob: one.blob })
    await expect(world.vault.token('g2')).rejects.toMatchObject({ code: 'misconfigured' })
  })

  it('does not open in another generation of its row', async () => {
    const world = await createSignedInWorld()
    const old = await world.store.getVault('g1')
    world.clock.turn(hour)
    await world.vault.token('g1')
    const row = await world.store.getVault('g1')
    if (old?.state !== 'live' || row?.state !== 'live') throw new Error('Both are live')
    const rolledBack = { ...world.store, getVault: async () => ({ ...row, blob: old.blob }) }
    const fresh = world.instance({ store: rolledBack })
    await expect(fresh.token('g1')).rejects.toMatchObject({ code: 'misconfigured' })
  })

  it('does not open when a single bit was changed', async () => {
    const world = await createSignedInWorld()
    const row = await world.store.getVault('g1')
    if (row?.state !== 'live') throw new Error('It is live')
    const parts = row.blob.split('.').map((part) => Buffer.from(part, 'base64url'))
    const sizes = parts.map(({ length }) => length * 8)
    const flip = (bit: number): string => {
      let left = bit
      const changed = parts.map((part, index) => {
        const copy = Buffer.from(part)
        const size = sizes[index] ?? 0
        if (left >= 0 && left < size)
          copy.writeUInt8(copy.readUInt8(left >> 3) ^ (1 << (left & 7)), left >> 3)
        left -= size
        return copy.toString('base64url')
      })
      return changed.join('.')
    }
    const bits = sizes.reduce((sum, size) => sum + size, 0)
    await fc.assert(
      fc.asyncProperty(fc.nat(bits - 1), async (bit) => {
        const store = { ...world.store, getVault: async () => ({ ...row, blob: flip(bit) }) }
        await expect(world.instance({ store }).token('g1')).rejects.toMatchObject({ code: 'misconfigured' })
      }),
    )
  })
})

describe('T52: a change of keys', () => {
  it('signs nobody out: old rows open, and each refresh moves one to the newest key', async () => {
    const world = await createSignedInWorld()
    const rotated = world.instance({ keys: ring('k1', 'k2') })
    expect(await rotated.token('g1')).toBe(await world.vault.token('g1'))
    world.clock.turn(hour)
    await rotated.token('g1')
    expect(await world.store.keysInUse()).toEqual(['k2'])
    expect(await world.instance({ keys: ring('k2', 'k3') }).token('g1')).toMatch(/^at-/)
  })

  it('moves every row at once on demand, without touching tokens', async () => {
    const world = await createSignedInWorld()
    for (let index = 2; index < 150; index += 1) await signIn(world, `g${index}`)
    const token = await world.vault.token('g1')
    const now = world.clock.now()
    await world.store.claimRefresh({ grantId: 'g2', generation: 1, owner: 'x', now, until: now })
    const rotated = world.instance({ keys: ring('k1', 'k2') })
    expect(await rotated.rekey()).toEqual({ rekeyed: 148, skipped: 1 })
    world.clock.turn(1)
    expect(await rotated.rekey()).toEqual({ rekeyed: 1, skipped: 0 })
    expect(await rotated.rekey()).toEqual({ rekeyed: 0, skipped: 0 })
    expect(await world.instance({ keys: ring('k2') }).token('g1')).toBe(token)
  })

  it('refuses to start without a key that rows need, and ends no connection for want of it', async () => {
    const world = await createSignedInWorld()
    const early = world.instance({ keys: ring('k2') })
    await expect(early.checkKeys()).rejects.toMatchObject({ code: 'misconfigured' })
    await expect(early.checkKeys()).rejects.toThrow(/"k1".*Put the key back/)
    await expect(early.token('g1')).rejects.toThrow(/No key "k1"/)
    world.clock.turn(hour)
    await expect(early.token('g1')).rejects.toMatchObject({ code: 'misconfigured' })
    await world.vault.checkKeys()
    expect(await world.vault.token('g1')).toMatch(/^at-/)
  })
})
