import { describe, expect, it } from 'vitest'

import type { PostgresStore } from '../src/index.ts'
import { freshSchema, isAway, openStore } from './postgres.ts'

const ends = { expiresAt: 1000, absoluteExpiresAt: 1000 }
const bound = { clientId: 'c', redirectUri: 'u', challenge: 'c', resource: 'r', scopes: [] }

/** A grant, and a code with its id. */
async function giveGrant({ auth }: PostgresStore, id: string): Promise<void> {
  const { clientId, ...rest } = bound
  const client = { id: clientId, name: 'n', origin: { kind: 'configured' } } as const
  const request = { client, redirectUriAsSent: 'u', ...rest }
  await auth.putTx({ id, request, approveBy: 1000, expiresAt: 1000 }, { limit: 1000, now: 1 })
  await auth.reserveGrant(id, 1000)
  const person = { subject: 's', label: 'l', deviceHash: 'd', choices: [] }
  const times = { createdAt: 1, lastUsedAt: 1, expiresAt: 1000 }
  const grant = { id, clientId, clientName: 'n', resource: 'r', scopes: [], ...person, ...times }
  await auth.createGrant({
    grant,
    code: { hash: id, grantId: id, ...bound, expiresAt: 1000 },
    txId: id,
    now: 1,
  })
}

const access = (hash: string, grantId: string) => ({
  hash,
  grantId,
  clientId: 'c',
  scopes: [],
  expiresAt: 1000,
})

describe.skipIf(isAway)('a revocation', () => {
  it('T69: that meets a redemption leaves nothing alive, and neither waits for the other', async () => {
    const schema = freshSchema()
    const [first, other] = await Promise.all([openStore({ schema }), openStore({ schema })])
    const ids = Array.from({ length: 60 }, (_, index) => `g${index}`)
    for (const id of ids) await giveGrant(first, id)
    const family = {
      clientId: 'c',
      generation: 0,
      kid: 'k1',
      rotatedAt: 1,
      used: false,
      revoked: false,
      ...ends,
    }
    const rotation = { clientId: 'c', generation: 0, now: 1, expiresAt: 1000, kid: 'k2' }
    await Promise.all(
      ids.flatMap((id) => [
        first.auth.consumeCode({
          hash: id,
          now: 1,
          family: { ...family, id, grantId: id },
          access: access(`first of ${id}`, id),
        }),
        other.auth.revokeGrant(id, { reason: 'person', now: 1, keepUntil: 1000 }),
        first.auth.markUsed(id, 0, 1),
        other.auth.rotateFamily({
          ...rotation,
          id,
          access: access(`second of ${id}`, id),
        }),
      ]),
    )
    for (const id of ids) {
      const hashes = [`first of ${id}`, `second of ${id}`]
      const found = await Promise.all(hashes.map((hash) => other.auth.readAccess(hash, 2)))
      expect(found).toEqual([undefined, undefined])
      const kept = await other.auth.readFamily(id)
      expect(kept?.family.revoked ?? true).toBe(true)
      const late = {
        id,
        clientId: 'c',
        generation: kept?.family.generation ?? 0,
        now: 2,
        expiresAt: 9,
        kid: 'k2',
      }
      expect(await other.auth.rotateFamily({ ...late, access: access(`late of ${id}`, id) })).toBeUndefined()
    }
    expect(await other.auth.keysInUse(2)).toEqual([])
  })
})
