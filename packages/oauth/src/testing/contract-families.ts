import { expect, it } from 'vitest'

import type { FamilyRecord, GrantRecord } from '../records.ts'
import type { Rotation } from '../store.ts'
import { opened } from './opened.ts'
import { accessRecord, givenFamily, start, unique } from './records.ts'
import type { OpenAuthStore } from './store-contract.ts'

const day = 86_400_000

const rotation = (
  { family, grant }: { readonly family: FamilyRecord; readonly grant: GrantRecord },
  change: Partial<Rotation> = {},
): Rotation => ({
  id: family.id,
  clientId: family.clientId,
  generation: 0,
  now: start + 1000,
  expiresAt: start + 31 * day,
  kid: 'k2',
  access: accessRecord(grant, { family: { id: family.id, generation: 1 } }),
  ...change,
})

/** Rotation, use, access tokens. */
export function familyContract(open: OpenAuthStore): void {
  it('rotates a family, with its access token and the life of its grant', async () => {
    const store = await opened(open)
    const given = await givenFamily(store)
    await store.markUsed(given.family.id, 0, start + 5)
    const input = rotation(given)
    const rotated = await store.rotateFamily(input)
    expect(rotated).toEqual({
      ...given.family,
      generation: 1,
      kid: 'k2',
      rotatedAt: start + 1000,
      used: false,
      expiresAt: start + 31 * day,
    })
    const found = await store.readAccess(input.access.hash, start + 1000)
    expect(found?.access).toEqual(input.access)
    expect(found?.grant).toMatchObject({ expiresAt: start + 31 * day, lastUsedAt: start + 1000 })
    expect((await store.readFamily(given.family.id))?.family).toEqual(rotated)
  })

  it('never slides past the absolute end', async () => {
    const store = await opened(open)
    const given = await givenFamily(store, {
      family: { absoluteExpiresAt: start + 10 * day, expiresAt: start + day },
    })
    const rotated = await store.rotateFamily(rotation(given))
    expect(rotated?.expiresAt).toBe(start + 10 * day)
    expect((await store.getGrant(given.grant.id))?.expiresAt).toBe(start + 10 * day)
  })

  it.each([
    ['an older generation', { generation: -1 }],
    ['a newer generation', { generation: 1 }],
    ['another client', { clientId: 'another' }],
    ['the moment of expiry', { now: start + 30 * day }],
    ['an unknown family', { id: 'nothing' }],
  ] as const)('changes nothing for %s', async (_, change) => {
    const store = await opened(open)
    const given = await givenFamily(store)
    const input = rotation(given, change)
    expect(await store.rotateFamily(input)).toBeUndefined()
    expect((await store.readFamily(given.family.id))?.family).toEqual(given.family)
    expect(await store.readAccess(input.access.hash, start)).toBeUndefined()
  })

  it('rotates nothing after a revocation', async () => {
    const store = await opened(open)
    const given = await givenFamily(store)
    await store.revokeGrant(given.grant.id, { reason: 'client', now: start, keepUntil: start + day })
    expect(await store.rotateFamily(rotation(given))).toBeUndefined()
  })

  it('marks the newest generation as used, and no other', async () => {
    const store = await opened(open)
    const given = await givenFamily(store)
    await store.rotateFamily(rotation(given))
    await store.markUsed(given.family.id, 0, start + 2000)
    expect((await store.readFamily(given.family.id))?.family.used).toBe(false)
    await store.markUsed(given.family.id, 1, start + 3000)
    const found = await store.readFamily(given.family.id)
    expect(found?.family.used).toBe(true)
    expect(found?.grant.lastUsedAt).toBe(start + 3000)
    await store.markUsed(unique('family'), 0, start)
  })

  it('keeps further access tokens, until they expire', async () => {
    const store = await opened(open)
    const { grant } = await givenFamily(store)
    const access = accessRecord(grant, { scopes: ['notes:read'] })
    await store.putAccess(access)
    expect((await store.readAccess(access.hash, access.expiresAt - 1))?.access).toStrictEqual(access)
    expect(await store.readAccess(access.hash, access.expiresAt)).toBeUndefined()
    expect(await store.readAccess(unique('access'), start)).toBeUndefined()
  })

  it('removes an access token for its own client only', async () => {
    const store = await opened(open)
    const { access } = await givenFamily(store)
    expect(await store.revokeAccess(access.hash, 'another')).toBe(false)
    expect(await store.readAccess(access.hash, start + 2)).toBeDefined()
    expect(await store.revokeAccess(access.hash, access.clientId)).toBe(true)
    expect(await store.revokeAccess(access.hash, access.clientId)).toBe(false)
    expect(await store.readAccess(access.hash, start + 2)).toBeUndefined()
  })

  it('names each key that a live family needs', async () => {
    const store = await opened(open)
    const [live, over, revoked] = [unique('k'), unique('k'), unique('k')]
    await givenFamily(store, { family: { kid: live } })
    await givenFamily(store, { family: { kid: live } })
    await givenFamily(store, { family: { kid: over, expiresAt: start + 10 } })
    const { grant } = await givenFamily(store, { family: { kid: revoked } })
    await store.revokeGrant(grant.id, { reason: 'client', now: start, keepUntil: start + day })
    const kids = await store.keysInUse(start + 10)
    expect(kids.filter((kid) => kid === live)).toHaveLength(1)
    expect(kids).not.toContain(over)
    expect(kids).not.toContain(revoked)
  })
}
