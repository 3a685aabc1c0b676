import { expect, it } from 'vitest'

import { opened } from './opened.ts'
import { accessRecord, familyRecord, givenFamily, givenGrant, start, unique } from './records.ts'
import type { OpenAuthStore } from './store-contract.ts'

/** Redeeming codes. */
export function codeContract(open: OpenAuthStore): void {
  it('consumes a code once, with the family and access token that belong to it', async () => {
    const store = await opened(open)
    const { grant, code } = await givenGrant(store)
    const family = familyRecord(grant)
    const access = accessRecord(grant, { family: { id: family.id, generation: 0 } })
    expect(await store.consumeCode({ hash: code.hash, now: start + 1, family, access })).toBe(true)
    expect(await store.readFamily(family.id)).toEqual({
      family,
      grant: { ...grant, expiresAt: family.expiresAt },
    })
    expect(await store.readAccess(access.hash, start + 1)).toEqual({
      access,
      grant: { ...grant, expiresAt: family.expiresAt },
    })
    const again = familyRecord(grant)
    expect(
      await store.consumeCode({
        hash: code.hash,
        now: start + 2,
        family: again,
        access: accessRecord(grant),
      }),
    ).toBe(false)
    expect(await store.readFamily(again.id)).toBeUndefined()
  })

  it('still knows a consumed code, so that a replay can be told', async () => {
    const store = await opened(open)
    const { code } = await givenFamily(store)
    expect(await store.readCode(code.hash)).toEqual({ ...code, consumedAt: start + 1 })
  })

  it('consumes no code that has expired or does not exist', async () => {
    const store = await opened(open)
    const { grant, code } = await givenGrant(store)
    const access = accessRecord(grant)
    expect(await store.consumeCode({ hash: code.hash, now: code.expiresAt, access })).toBe(false)
    expect(await store.consumeCode({ hash: unique('code'), now: start, access })).toBe(false)
    expect(await store.readAccess(access.hash, start)).toBeUndefined()
    expect(await store.consumeCode({ hash: code.hash, now: code.expiresAt - 1, access })).toBe(true)
  })

  it('makes no family for a client that has none', async () => {
    const store = await opened(open)
    const { grant, code } = await givenGrant(store)
    const access = accessRecord(grant)
    await store.consumeCode({ hash: code.hash, now: start + 1, access })
    const found = await store.readAccess(access.hash, start + 1)
    expect(found?.access).toStrictEqual(access)
    expect(found?.grant.expiresAt).toBe(access.expiresAt)
  })
}
