import { describe, expect, it, onTestFinished } from 'vitest'

import { createMemoryVaultStore } from '../memory-store.ts'
import type { Fence, NewVault, VaultStore } from '../store.ts'
import { randomSteps } from './random-steps.ts'

/** A store under test, with no data in it. */
export interface OpenedVaultStore {
  readonly store: VaultStore
  /** Another connection to the same data, as another process would have it. Races then use both. */
  readonly second?: VaultStore
  /** Called after the test. */
  readonly close?: () => void | Promise<void>
}

/** Opens an empty store for one test. */
export type OpenVaultStore = () => OpenedVaultStore | Promise<OpenedVaultStore>

const noon = Date.UTC(2026, 0, 1, 12)
const hour = 3_600_000

const row = (grantId = 'g1'): NewVault => ({
  grantId,
  blob: `sealed ${grantId}`,
  kid: 'k1',
  accessExpiresAt: noon + hour,
  absoluteExpiresAt: noon + 365 * 24 * hour,
  createdAt: noon,
})

const fence = (owner: string, generation = 1, grantId = 'g1'): Fence => ({ grantId, generation, owner })
const claim = (owner: string, now = noon) => ({ ...fence(owner), now, until: now + 30_000 })
const commit = (owner: string, generation = 1) => ({
  ...fence(owner, generation),
  blob: `sealed by ${owner}`,
  kid: 'k2',
  accessExpiresAt: noon + 2 * hour,
})
const death = (owner: string) => ({ ...fence(owner), reason: 'invalid_grant', now: noon + 5 })
const rekeying = {
  grantId: 'g1',
  generation: 1,
  oldKid: 'k1',
  blob: 'sealed again',
  newKid: 'k2',
  now: noon,
}

/**
 * The contract of {@link VaultStore}, for every engine: call it in a test file. It drives the engine through the port
 * alone, hands in its own clock, and includes the races.
 */
export function describeVaultStore(name: string, open: OpenVaultStore): void {
  const openedEmpty = async (): Promise<readonly [VaultStore, VaultStore]> => {
    const { store, second = store, close } = await open()
    if (close !== undefined) onTestFinished(async () => close())
    return [store, second]
  }
  const opened = async (): Promise<readonly [VaultStore, VaultStore]> => {
    const stores = await openedEmpty()
    await stores[0].putVault(row())
    return stores
  }

  describe(`${name}: rows`, () => {
    it('keeps what a sign-in wrote, as generation 1 without a lease', async () => {
      const [store, other] = await opened()
      expect(await other.getVault('g1')).toEqual({ state: 'live', generation: 1, ...row() })
      expect(await store.getVault('g2')).toBeUndefined()
    })

    it('adds a grant once', async () => {
      const [store] = await opened()
      expect(await store.putVault({ ...row(), blob: 'another' })).toBe(false)
      expect(await store.getVault('g1')).toMatchObject({ blob: 'sealed g1' })
      expect(await store.putVault(row('g2'))).toBe(true)
    })

    it('drops a row once, lease or not', async () => {
      const [store] = await opened()
      await store.claimRefresh(claim('a'))
      expect(await store.dropVault('g1')).toBe(true)
      expect(await store.dropVault('g1')).toBe(false)
      expect(await store.getVault('g1')).toBeUndefined()
    })

    it('lists rows in the order of their ids, a page at a time', async () => {
      const [store] = await opened()
      for (const id of ['g_3', 'G2', 'g-2', 'zz']) await store.putVault(row(id))
      const ids = async (after?: string) => {
        const rows = await store.listVaults({ limit: 2, ...(after !== undefined && { after }) })
        return rows.map(({ grantId }) => grantId)
      }
      expect(await ids()).toEqual(['G2', 'g-2'])
      expect(await ids('g-2')).toEqual(['g1', 'g_3'])
      expect(await ids('g_3')).toEqual(['zz'])
      expect(await ids('zz')).toEqual([])
    })
  })

  describe(`${name}: refreshes`, () => {
    it('hands out blob and lease to one owner, and marks the attempt', async () => {
      const [store, other] = await opened()
      expect(await store.claimRefresh(claim('a'))).toBe('sealed g1')
      expect(await other.claimRefresh(claim('b'))).toBeUndefined()
      expect(await store.getVault('g1')).toMatchObject({
        lease: { owner: 'a', until: noon + 30_000 },
        attemptSince: noon,
      })
    })

    it('hands a lease on only after its last millisecond, and keeps the time of the first attempt', async () => {
      const [store] = await opened()
      await store.claimRefresh(claim('a'))
      expect(await store.claimRefresh(claim('b', noon + 30_000))).toBeUndefined()
      expect(await store.claimRefresh(claim('b', noon + 30_001))).toBe('sealed g1')
      expect(await store.getVault('g1')).toMatchObject({ lease: { owner: 'b' }, attemptSince: noon })
    })

    it('hands out nothing for another generation, an unknown grant, or a dead connection', async () => {
      const [store] = await opened()
      expect(await store.claimRefresh({ ...claim('a'), generation: 2 })).toBeUndefined()
      expect(await store.claimRefresh({ ...claim('a'), generation: 0 })).toBeUndefined()
      expect(await store.claimRefresh({ ...claim('a'), grantId: 'g2' })).toBeUndefined()
      await store.claimRefresh(claim('a'))
      await store.markDead(death('a'))
      expect(await store.claimRefresh(claim('b', noon + hour))).toBeUndefined()
    })

    it('commits the next generation, and clears lease and attempt', async () => {
      const [store, other] = await opened()
      await store.claimRefresh(claim('a'))
      expect(await store.commitRefresh(commit('a'))).toBe(true)
      expect(await other.getVault('g1')).toEqual({
        ...row(),
        state: 'live',
        generation: 2,
        blob: 'sealed by a',
        kid: 'k2',
        accessExpiresAt: noon + 2 * hour,
      })
      expect(await store.commitRefresh(commit('a'))).toBe(false)
    })

    it('commits for an owner whose lease has ended, as long as nobody has taken it', async () => {
      const [store] = await opened()
      await store.claimRefresh(claim('a'))
      expect(await store.staleRefreshes(noon + hour, 10)).toEqual([{ grantId: 'g1', generation: 1 }])
      expect(await store.commitRefresh(commit('a'))).toBe(true)
    })

    it('T68: an owner who lost the lease can neither commit nor bury nor release', async () => {
      const [store, other] = await opened()
      await store.claimRefresh(claim('a'))
      await other.claimRefresh(claim('b', noon + hour))
      const before = await store.getVault('g1')
      expect(await store.commitRefresh(commit('a'))).toBe(false)
      expect(await store.markDead(death('a'))).toBe(false)
      expect(await store.releaseRefresh(fence('a'))).toBe(false)
      expect(await store.getVault('g1')).toEqual(before)
      expect(await other.commitRefresh(commit('b'))).toBe(true)
      expect(await store.markDead(death('a'))).toBe(false)
      expect(await store.getVault('g1')).toMatchObject({ state: 'live', generation: 2, blob: 'sealed by b' })
    })

    it('fences by generation as well as by owner', async () => {
      const [store] = await opened()
      await store.claimRefresh(claim('a'))
      expect(await store.commitRefresh(commit('a', 2))).toBe(false)
      expect(await store.releaseRefresh(fence('a', 0))).toBe(false)
      expect(await store.markDead({ ...death('a'), generation: 2 })).toBe(false)
    })

    it('gives a lease back and keeps the mark of the attempt', async () => {
      const [store] = await opened()
      await store.claimRefresh(claim('a'))
      expect(await store.releaseRefresh(fence('a'))).toBe(true)
      const kept = await store.getVault('g1')
      expect(kept).toEqual({ state: 'live', generation: 1, attemptSince: noon, ...row() })
      expect(await store.releaseRefresh(fence('a'))).toBe(false)
      expect(await store.claimRefresh(claim('b', noon + 1))).toBe('sealed g1')
    })

    it('buries a connection, and its tokens are gone', async () => {
      const [store] = await opened()
      await store.claimRefresh(claim('a'))
      expect(await store.markDead(death('a'))).toBe(true)
      expect(await store.getVault('g1')).toEqual({
        state: 'dead',
        grantId: 'g1',
        generation: 1,
        createdAt: noon,
        deadSince: noon + 5,
        reason: 'invalid_grant',
      })
      expect(await store.keysInUse()).toEqual([])
    })

    it('T69: nothing that comes after a drop brings the row back', async () => {
      const [store, other] = await opened()
      await store.claimRefresh(claim('a'))
      await other.dropVault('g1')
      expect(await store.commitRefresh(commit('a'))).toBe(false)
      expect(await store.releaseRefresh(fence('a'))).toBe(false)
      expect(await store.markDead(death('a'))).toBe(false)
      expect(await store.getVault('g1')).toBeUndefined()
    })

    it('reports refreshes that were begun and whose lease is over', async () => {
      const [store] = await opened()
      expect(await store.staleRefreshes(noon + hour, 10)).toEqual([])
      await store.claimRefresh(claim('a'))
      expect(await store.staleRefreshes(noon + 30_000, 10)).toEqual([])
      expect(await store.staleRefreshes(noon + 30_001, 10)).toEqual([{ grantId: 'g1', generation: 1 }])
      await store.releaseRefresh(fence('a'))
      expect(await store.staleRefreshes(noon, 10)).toEqual([{ grantId: 'g1', generation: 1 }])
      expect(await store.staleRefreshes(noon, 0)).toEqual([])
      await store.claimRefresh(claim('b'))
      await store.commitRefresh(commit('b'))
      expect(await store.staleRefreshes(noon + hour, 10)).toEqual([])
    })
  })

  describe(`${name}: keys`, () => {
    it('names each key that a live row needs', async () => {
      const [store] = await opened()
      await store.putVault(row('g2'))
      await store.putVault({ ...row('g3'), kid: 'k0' })
      expect((await store.keysInUse()).toSorted()).toEqual(['k0', 'k1'])
    })

    it('changes the key of a row that nobody is refreshing, and not its generation', async () => {
      const [store] = await opened()
      expect(await store.rekeyVault({ ...rekeying, oldKid: 'k0' })).toBe(false)
      expect(await store.rekeyVault({ ...rekeying, generation: 2 })).toBe(false)
      await store.claimRefresh(claim('a'))
      expect(await store.rekeyVault(rekeying)).toBe(false)
      expect(await store.rekeyVault({ ...rekeying, now: noon + hour })).toBe(true)
      const changed = { blob: 'sealed again', kid: 'k2', generation: 1, lease: { owner: 'a' } }
      expect(await store.getVault('g1')).toMatchObject(changed)
    })
  })

  describe(`${name}: races`, () => {
    const crowd = Array.from({ length: 50 }, (_, index) => index)

    it('gives one lease to fifty owners', async () => {
      const stores = await opened()
      const won = await Promise.all(
        crowd.map((index) => stores[index % 2 === 0 ? 0 : 1].claimRefresh(claim(`o${index}`))),
      )
      expect(won.filter((blob) => blob !== undefined)).toEqual(['sealed g1'])
    })

    it('takes one of fifty commits, and adds a grant once', async () => {
      const stores = await opened()
      await stores[0].claimRefresh(claim('a'))
      const commits = await Promise.all(
        crowd.map((index) => stores[index % 2 === 0 ? 0 : 1].commitRefresh(commit('a'))),
      )
      expect(commits.filter(Boolean)).toEqual([true])
      const puts = await Promise.all(
        crowd.map((index) => stores[index % 2 === 0 ? 0 : 1].putVault(row('g9'))),
      )
      expect(puts.filter(Boolean)).toEqual([true])
    })

    it('lets one of commit and death win', async () => {
      const [store, other] = await opened()
      await store.claimRefresh(claim('a'))
      const [committed, dead] = await Promise.all([
        store.commitRefresh(commit('a')),
        other.markDead(death('a')),
      ])
      expect([committed, dead].filter(Boolean)).toEqual([true])
      expect((await store.getVault('g1'))?.state).toBe(committed ? 'live' : 'dead')
    })
  })

  describe(`${name}: against the reference`, () => {
    it.each([1, 2, 3])('answers 200 random steps as the memory store does (seed %i)', async (seed) => {
      const stores = await openedEmpty()
      const reference = createMemoryVaultStore()
      for (const { title, run } of randomSteps(seed, 200)) {
        const expected = { title, outcome: await run(reference) }
        expect({ title, outcome: await run(stores[seed % 2 === 0 ? 0 : 1]) }).toEqual(expected)
      }
    })
  })
}
