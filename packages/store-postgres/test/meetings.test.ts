import { Client } from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'

import { accessOf, familyOf, giveGrant, rotationOf } from './given.ts'
import { freshSchema, isAway, openStore, query, url } from './postgres.ts'

const revocation = { reason: 'person', now: 1, keepUntil: 1000 }

/** Two stores on the same new tables. */
async function twoStores() {
  const schema = freshSchema()
  const [first, other] = await Promise.all([openStore({ schema }), openStore({ schema })])
  return { schema, first: first.auth, other: other.auth, store: first }
}

/** Waits until so many statements wait for a lock of a schema. */
async function waiting(schema: string, count: number): Promise<void> {
  const watch = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%"${schema}"%'`
  while ((await query(watch)).length < count);
}

describe.skipIf(isAway)('a revocation', { timeout: 120_000 }, () => {
  it('T69: that meets redemption, rotation and use leaves nothing alive', async () => {
    const { first, other, store } = await twoStores()
    const ids = Array.from({ length: 60 }, (_, index) => `g${index}`)
    for (const id of ids) await giveGrant(store, id)
    await Promise.all(
      ids.flatMap((id) => [
        first.consumeCode({ hash: id, now: 1, family: familyOf(id, id), access: accessOf(id, `1 of ${id}`) }),
        other.revokeGrant(id, revocation),
        first.markUsed(id, 0, 1),
        other.rotateFamily({ ...rotationOf(id), access: accessOf(id, `2 of ${id}`) }),
      ]),
    )
    for (const id of ids) {
      const hashes = [`1 of ${id}`, `2 of ${id}`]
      const found = await Promise.all(hashes.map((hash) => other.readAccess(hash, 2)))
      expect(found).toEqual([undefined, undefined])
      const family = (await other.readFamily(id))?.family
      expect(family?.revoked ?? true).toBe(true)
      const late = { ...rotationOf(id), generation: family?.generation ?? 0 }
      expect(await other.rotateFamily({ ...late, access: accessOf(id, `3 of ${id}`) })).toBeUndefined()
    }
    expect(await other.keysInUse(2)).toEqual([])
  })

  it('and a redemption that wait for the same code do not wait for each other', async () => {
    const { schema, first, other, store } = await twoStores()
    await giveGrant(store, 'g')
    const holder = new Client({ connectionString: url })
    await holder.connect()
    onTestFinished(() => holder.end())
    await holder.query(`BEGIN; SELECT FROM "${schema}".code FOR UPDATE`)
    const redeemed = first.consumeCode({ hash: 'g', now: 1, access: accessOf('g', 'a') })
    await waiting(schema, 1)
    const revoked = other.revokeGrant('g', revocation)
    await waiting(schema, 2)
    await holder.query('ROLLBACK')
    expect(await Promise.all([redeemed, revoked])).toEqual([true, true])
    expect(await other.readAccess('a', 2)).toBeUndefined()
  })
})
