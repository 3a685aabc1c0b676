import { expect, it } from 'vitest'

import type { AuthStore } from '../store.ts'
import { openedMany } from './opened.ts'
import {
  accessRecord,
  codeRecord,
  familyRecord,
  givenFamily,
  givenGrant,
  grantRecord,
  loginRecord,
  pendingRecord,
  start,
  txRecord,
  unique,
} from './records.ts'
import type { OpenAuthStore } from './store-contract.ts'

const callers = 50
const day = 86_400_000

/** Lets all callers go at once and counts who won. */
async function winners(
  stores: readonly AuthStore[],
  attempt: (store: AuthStore, index: number) => Promise<unknown>,
): Promise<number> {
  const answers = await Promise.all(stores.map((store, index) => attempt(store, index)))
  return answers.filter((answer) => answer !== undefined && answer !== false).length
}

/** Fifty callers at once, over two connections where the engine has two. */
export function raceContract(open: OpenAuthStore): void {
  const race = async (): Promise<{ readonly stores: readonly AuthStore[]; readonly store: AuthStore }> => {
    const stores = await openedMany(open, callers)
    const [store] = stores
    if (store === undefined) throw new Error('no store was opened')
    return { stores, store }
  }

  it('T07 one of fifty redemptions of a code wins', async () => {
    const { stores, store } = await race()
    const { grant, code } = await givenGrant(store)
    const families = stores.map(() => familyRecord(grant))
    const won = await winners(stores, (each, index) => {
      const family = families[index]
      return each.consumeCode({
        hash: code.hash,
        now: start + 1,
        ...(family && { family }),
        access: accessRecord(grant),
      })
    })
    expect(won).toBe(1)
    const kept = await Promise.all(families.map(({ id }) => store.readFamily(id)))
    expect(kept.filter((found) => found !== undefined)).toHaveLength(1)
  })

  it('T13 one of fifty rotations of a generation wins', async () => {
    const { stores, store } = await race()
    const { grant, family } = await givenFamily(store)
    const won = await winners(stores, (each) =>
      each.rotateFamily({
        id: family.id,
        clientId: family.clientId,
        generation: 0,
        now: start + 1000,
        expiresAt: start + 31 * day,
        kid: 'k1',
        access: accessRecord(grant, { family: { id: family.id, generation: 1 } }),
      }),
    )
    expect(won).toBe(1)
    expect((await store.readFamily(family.id))?.family.generation).toBe(1)
  })

  it('T23 one of fifty callbacks gets the state', async () => {
    const { stores, store } = await race()
    const login = loginRecord()
    await store.putLogin(login)
    expect(await winners(stores, (each) => each.takeState(login.stateHash, start))).toBe(1)
  })

  it('T64 one of fifty gets the pending choice', async () => {
    const { stores, store } = await race()
    const pending = pendingRecord()
    await store.putPending(pending)
    expect(await winners(stores, (each) => each.takePending(pending.id, 'browser', start))).toBe(1)
  })

  it('T65 one grant comes out of a transaction that fifty try to complete', async () => {
    const { stores, store } = await race()
    const tx = txRecord()
    await store.putTx(tx, { limit: 1_000_000, now: start })
    const grants = stores.map(() => grantRecord())
    for (const { id } of grants) await store.reserveGrant(id, start + 60_000)
    const won = await winners(stores, async (each, index) => {
      const grant = grants[index]
      return grant && each.createGrant({ grant, code: codeRecord(grant), txId: tx.id, now: start })
    })
    expect(won).toBe(1)
    const kept = await Promise.all(grants.map(({ id }) => store.getGrant(id)))
    expect(kept.filter((found) => found !== undefined)).toHaveLength(1)
  })

  it('a transaction is either dropped or turned into a grant', async () => {
    const { stores, store } = await race()
    const tx = txRecord()
    await store.putTx(tx, { limit: 1_000_000, now: start })
    const grant = grantRecord()
    await store.reserveGrant(grant.id, start + 60_000)
    const won = await winners(stores, (each, index) =>
      index === 25
        ? each.createGrant({ grant, code: codeRecord(grant), txId: tx.id, now: start })
        : each.dropTx(tx.id),
    )
    expect(won).toBe(1)
  })

  it('one of fifty revocations is the first', async () => {
    const { stores, store } = await race()
    const { grant } = await givenFamily(store)
    const revocation = { reason: 'client', now: start, keepUntil: start + day }
    expect(await winners(stores, (each) => each.revokeGrant(grant.id, revocation))).toBe(1)
  })

  it('T69 nothing comes back to life when a revocation meets rotations', async () => {
    const { stores, store } = await race()
    const { grant, family } = await givenFamily(store)
    const accesses = stores.map(() => accessRecord(grant))
    await Promise.all(
      stores.map(async (each, index) => {
        if (index === 20)
          return each.revokeGrant(grant.id, { reason: 'client', now: start, keepUntil: start + day })
        const access = accesses[index] ?? accessRecord(grant)
        return each.rotateFamily({
          id: family.id,
          clientId: family.clientId,
          generation: index > 20 ? 1 : 0,
          now: start + 1000,
          expiresAt: start + 31 * day,
          kid: 'k1',
          access,
        })
      }),
    )
    for (const { hash } of accesses) expect(await store.readAccess(hash, start + 1000)).toBeUndefined()
    expect((await store.readFamily(family.id))?.family.revoked).toBe(true)
  })

  it('T37 one of fifty presentations of an assertion id is the first', async () => {
    const { stores } = await race()
    const jti = { clientId: 'a', hash: unique('jti'), expiresAt: start + 1000, now: start }
    expect(await winners(stores, (each) => each.rememberJti(jti))).toBe(1)
  })

  it('T34 a bucket gives fifty callers what it holds', async () => {
    const { stores } = await race()
    const bucket = unique('bucket')
    const won = await winners(
      stores,
      async (each) => (await each.takeToken(bucket, { capacity: 7, everyMs: 1000 }, start)).ok,
    )
    expect(won).toBe(7)
  })

  it('T35 fifty callers cannot bring in more transactions than the limit', async () => {
    const { stores } = await race()
    // Later than all other tests, so that their rows do not count.
    const now = start + 500 * day
    const won = await winners(stores, (each) =>
      each.putTx(txRecord({ approveBy: now + 10, expiresAt: now + 10 }), { limit: 5, now }),
    )
    expect(won).toBe(5)
  })
}
