import type { AccessRecord, FamilyRecord } from '@telamon/oauth'

import type { RedisStore } from '../src/index.ts'

const clientId = 'c'
const expiresAt = 1000
const scopes = ['jira:read']

/** An access token of a grant. */
export const accessOf = (grantId: string, hash: string): AccessRecord => ({
  hash,
  grantId,
  clientId,
  scopes,
  expiresAt,
})

/** A family of refresh tokens of a grant. */
export const familyOf = (grantId: string, id: string): FamilyRecord => ({
  id,
  grantId,
  clientId,
  generation: 0,
  kid: 'k1',
  rotatedAt: 1,
  used: false,
  expiresAt,
  absoluteExpiresAt: expiresAt,
  revoked: false,
})

/** What a rotation of the first generation wants. */
export const rotationOf = (id: string) => ({ id, clientId, generation: 0, now: 2, expiresAt, kid: 'k1' })

/** Brings in a grant, and a code with its id. */
export async function giveGrant({ auth }: RedisStore, id: string): Promise<void> {
  const bound = { redirectUri: 'u', challenge: 'c', resource: 'r', scopes }
  const client = { id: clientId, name: 'n', origin: { kind: 'configured' } } as const
  const request = { client, redirectUriAsSent: 'u', ...bound }
  await auth.putTx({ id, request, approveBy: expiresAt, expiresAt }, { limit: 1000, now: 1 })
  await auth.reserveGrant(id, expiresAt)
  const person = { subject: 's', label: 'l', deviceHash: 'd', choices: [] }
  const times = { createdAt: 1, lastUsedAt: 1, expiresAt }
  const grant = { id, clientId, clientName: 'n', resource: 'r', scopes, ...person, ...times }
  const code = { hash: id, grantId: id, clientId, ...bound, expiresAt }
  await auth.createGrant({ grant, code, txId: id, now: 1 })
}

/** Brings in a grant whose code has been redeemed, with a family of its id. */
export async function giveFamily(store: RedisStore, id: string): Promise<void> {
  await giveGrant(store, id)
  const access = accessOf(id, `access of ${id}`)
  await store.auth.consumeCode({ hash: id, now: 1, family: familyOf(id, id), access })
}

/** Brings in a connection to the upstream. */
export async function giveVault({ vault }: RedisStore, grantId: string): Promise<void> {
  const ends = { accessExpiresAt: 1, absoluteExpiresAt: 2, createdAt: 0 }
  await vault.putVault({ grantId, blob: '1', kid: 'k1', ...ends })
}
