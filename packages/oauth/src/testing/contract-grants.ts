import { expect, it } from 'vitest'

import { opened } from './opened.ts'
import {
  accessRecord,
  codeRecord,
  givenFamily,
  givenGrant,
  grantRecord,
  start,
  txRecord,
  unique,
} from './records.ts'
import type { OpenAuthStore } from './store-contract.ts'

const keepUntil = start + 30 * 86_400_000

/** Making, listing and ending grants. */
export function grantContract(open: OpenAuthStore): void {
  it('makes grant and code of a transaction and a reservation', async () => {
    const store = await opened(open)
    const { grant, code } = await givenGrant(store)
    expect(await store.getGrant(grant.id)).toStrictEqual(grant)
    expect(await store.readCode(code.hash)).toStrictEqual(code)
  })

  it('makes one grant of a transaction, whatever is tried afterwards', async () => {
    const store = await opened(open)
    const tx = txRecord()
    await store.putTx(tx, { limit: 1_000_000, now: start })
    const [first, second] = [grantRecord(), grantRecord()]
    for (const { id } of [first, second]) await store.reserveGrant(id, start + 60_000)
    const input = (grant: typeof first) => ({ grant, code: codeRecord(grant), txId: tx.id, now: start })
    expect(await store.createGrant(input(first))).toBe(true)
    const late = input(second)
    expect(await store.createGrant(late)).toBe(false)
    expect(await store.getGrant(second.id)).toBeUndefined()
    expect(await store.readCode(late.code.hash)).toBeUndefined()
    expect(await store.getTx(tx.id, start)).toBeUndefined()
  })

  it('makes no grant of an expired transaction, nor without a reservation', async () => {
    const store = await opened(open)
    const tx = txRecord()
    await store.putTx(tx, { limit: 1_000_000, now: start })
    const grant = grantRecord()
    const input = { grant, code: codeRecord(grant), txId: tx.id }
    expect(await store.createGrant({ ...input, now: start })).toBe(false)
    await store.reserveGrant(grant.id, start + 60_000)
    expect(await store.createGrant({ ...input, now: tx.expiresAt })).toBe(false)
    expect(await store.getTx(tx.id, start)).toEqual(tx)
    expect(await store.createGrant({ ...input, now: start })).toBe(true)
  })

  it('takes a reservation for no grant', async () => {
    const store = await opened(open)
    const id = unique('grant')
    await store.reserveGrant(id, start + 60_000)
    expect(await store.getGrant(id)).toBeUndefined()
    expect(await store.revokeGrant(id, { reason: 'client', now: start, keepUntil })).toBe(false)
  })

  it('reports a reservation that was left behind, until it is forgotten', async () => {
    const store = await opened(open)
    const id = unique('grant')
    await store.reserveGrant(id, start + 60_000)
    const mine = async (now: number) =>
      (await store.unforgottenGrants(now, 100_000)).filter((entry) => entry.id === id)
    expect(await mine(start + 59_999)).toEqual([])
    expect(await mine(start + 60_000)).toEqual([{ id, reason: 'abandoned' }])
    await store.markForgotten(id)
    await store.markForgotten(id)
    expect(await mine(start + 60_000)).toEqual([])
    const tx = txRecord()
    await store.putTx(tx, { limit: 1_000_000, now: start })
    const grant = grantRecord({ id })
    expect(await store.createGrant({ grant, code: codeRecord(grant), txId: tx.id, now: start })).toBe(false)
  })

  it('lists the live grants of a person, newest first', async () => {
    const store = await opened(open)
    const subject = unique('person')
    const later = start + 50_000
    const old = await givenGrant(store, { grant: { subject } })
    const fresh = await givenGrant(store, { grant: { subject, createdAt: start + 5 } })
    const gone = await givenGrant(store, { grant: { subject } })
    await givenGrant(store, { grant: { subject, expiresAt: later } })
    await givenGrant(store)
    await store.revokeGrant(gone.grant.id, { reason: 'person', now: start, keepUntil })
    const ids = (await store.listGrants(subject, later)).map(({ id }) => id)
    expect(ids).toEqual([fresh.grant.id, old.grant.id])
  })

  it('ends a grant once, with its family, access tokens and unredeemed code', async () => {
    const store = await opened(open)
    const { grant, family, access } = await givenFamily(store)
    const revocation = { reason: 'refresh_replay', now: start + 7, keepUntil }
    expect(await store.revokeGrant(grant.id, revocation)).toBe(true)
    expect(await store.revokeGrant(grant.id, { ...revocation, reason: 'client' })).toBe(false)
    expect((await store.getGrant(grant.id))?.revoked).toEqual({
      at: start + 7,
      reason: 'refresh_replay',
      keepUntil,
    })
    expect((await store.readFamily(family.id))?.family.revoked).toBe(true)
    expect(await store.readAccess(access.hash, start + 8)).toBeUndefined()
    const unredeemed = await givenGrant(store)
    await store.revokeGrant(unredeemed.grant.id, revocation)
    const consumed = await store.consumeCode({
      hash: unredeemed.code.hash,
      now: start + 8,
      access: accessRecord(unredeemed.grant),
    })
    expect(consumed).toBe(false)
    expect(await store.revokeGrant(unique('grant'), revocation)).toBe(false)
  })

  it('refuses an access token that appears under a revoked grant', async () => {
    const store = await opened(open)
    const { grant } = await givenFamily(store)
    await store.revokeGrant(grant.id, { reason: 'client', now: start + 7, keepUntil })
    const late = accessRecord(grant)
    await store.putAccess(late)
    expect(await store.readAccess(late.hash, start + 8)).toBeUndefined()
  })

  it('leaves other grants of the same person and client alone', async () => {
    const store = await opened(open)
    const subject = unique('person')
    const mine = await givenFamily(store, { grant: { subject } })
    const other = await givenFamily(store, { grant: { subject } })
    await store.revokeGrant(mine.grant.id, { reason: 'client', now: start + 7, keepUntil })
    expect(await store.readAccess(other.access.hash, start + 8)).toBeDefined()
    expect((await store.readFamily(other.family.id))?.family.revoked).toBe(false)
  })

  it('names the successor of a superseded grant', async () => {
    const store = await opened(open)
    const old = await givenFamily(store)
    const { grant } = await givenFamily(store)
    expect(await store.supersede(old.grant.id, grant.id, { now: start + 9, keepUntil })).toBe(true)
    expect(await store.supersede(old.grant.id, grant.id, { now: start + 9, keepUntil })).toBe(false)
    expect(await store.getGrant(old.grant.id)).toMatchObject({
      supersededBy: grant.id,
      revoked: { at: start + 9, reason: 'superseded' },
    })
    expect(await store.readAccess(old.access.hash, start + 10)).toBeUndefined()
  })

  it('reports a revoked grant until it is forgotten', async () => {
    const store = await opened(open)
    const { grant } = await givenFamily(store)
    const mine = async () =>
      (await store.unforgottenGrants(start, 100_000)).filter(({ id }) => id === grant.id)
    expect(await mine()).toEqual([])
    await store.revokeGrant(grant.id, { reason: 'client', now: start, keepUntil })
    expect(await mine()).toEqual([{ id: grant.id, reason: 'client' }])
    await store.markForgotten(grant.id)
    expect(await mine()).toEqual([])
    expect((await store.getGrant(grant.id))?.revoked?.reason).toBe('client')
  })

  it('knows grants that lapsed, oldest first, and follows code, family and access token', async () => {
    const store = await opened(open)
    const unredeemed = await givenGrant(store, { grant: { expiresAt: start + 60_000 } })
    const redeemed = await givenFamily(store)
    const single = await givenGrant(store)
    const access = accessRecord(single.grant, { expiresAt: start + 900_000 })
    await store.consumeCode({ hash: single.code.hash, now: start + 1, access })
    const ours = new Set([unredeemed.grant.id, redeemed.grant.id, single.grant.id])
    const lapsed = async (before: number) =>
      (await store.lapsedGrants(before, 100_000)).filter((id) => ours.has(id))
    expect(await lapsed(start + 59_999)).toEqual([])
    expect(await lapsed(start + 60_000)).toEqual([unredeemed.grant.id])
    expect(await lapsed(start + 900_000)).toEqual([unredeemed.grant.id, single.grant.id])
    expect(await lapsed(redeemed.family.expiresAt)).toHaveLength(3)
    await store.revokeGrant(single.grant.id, { reason: 'expired', now: start, keepUntil })
    expect(await lapsed(redeemed.family.expiresAt)).toHaveLength(2)
    expect(await store.lapsedGrants(redeemed.family.expiresAt, 1)).toHaveLength(1)
  })
}
