import type { AuthStore, Revocation } from '@telamon/oauth'

import { text } from '../columns.ts'
import type { Database } from '../database.ts'
import type { CodeTable } from './codes.ts'
import { grantColumns, toGrant } from './grant-row.ts'

/** A person's permission for a client, from its reservation to its tombstone. */
export type GrantOperations = Pick<
  AuthStore,
  | 'reserveGrant'
  | 'createGrant'
  | 'getGrant'
  | 'listGrants'
  | 'revokeGrant'
  | 'supersede'
  | 'lapsedGrants'
  | 'unforgottenGrants'
  | 'markForgotten'
  | 'forgetSubject'
>

/** Making and ending a grant are transactions; all else is one statement. */
export function createGrants(database: Database, codes: CodeTable): GrantOperations {
  const { prepare, transaction } = database
  const reserve = prepare(`
    INSERT INTO reservation (grant_id, expires_at) VALUES (:id, :expiresAt)
    ON CONFLICT DO UPDATE SET expires_at = excluded.expires_at`)
  const takeReservation = prepare('DELETE FROM reservation WHERE grant_id = :id')
  const takeTx = prepare('DELETE FROM tx WHERE id = :txId AND expires_at > :now')
  const insert = prepare(`
    INSERT INTO grants (id, client_id, client_name, subject, label, resource, scopes, choices, device_hash,
                        created_at, last_used_at, expires_at)
    VALUES (:id, :clientId, :clientName, :subject, :label, :resource, :scopes, :choices, :deviceHash,
            :createdAt, :lastUsedAt, :expiresAt)`)
  const get = prepare(`SELECT ${grantColumns} FROM grants WHERE id = :id`)
  const list = prepare(`
    SELECT ${grantColumns} FROM grants
     WHERE subject = :subject AND revoked_at IS NULL AND expires_at > :now
     ORDER BY created_at DESC LIMIT 1000`)
  const end = prepare(`
    UPDATE grants
       SET revoked_at = :now, revoked_reason = :reason, keep_until = :keepUntil,
           superseded_by = coalesce(:by, superseded_by)
     WHERE id = :id AND revoked_at IS NULL`)
  const endFamilies = prepare('UPDATE family SET revoked = 1 WHERE grant_id = :id')
  const dropAccess = prepare('DELETE FROM access WHERE grant_id = :id')
  const dropCodes = prepare('DELETE FROM code WHERE grant_id = :id AND consumed_at IS NULL')
  const lapsed = prepare(`
    SELECT id FROM grants WHERE revoked_at IS NULL AND expires_at <= :before ORDER BY expires_at LIMIT :limit`)
  const unforgotten = prepare(`
    SELECT id, revoked_reason AS reason FROM grants WHERE revoked_at IS NOT NULL AND forgotten = 0
    UNION ALL
    SELECT grant_id, 'abandoned' FROM reservation WHERE expires_at <= :now
    LIMIT :limit`)
  const forget = prepare('UPDATE grants SET forgotten = 1 WHERE id = :id AND revoked_at IS NOT NULL')

  const hurry = prepare(`
    UPDATE grants SET keep_until = :now
     WHERE subject = :subject AND revoked_at IS NOT NULL AND keep_until > :now`)

  const revoke = (id: string, { reason, now, keepUntil }: Revocation, by: string | null): boolean =>
    transaction(() => {
      if (end.run({ id, reason, now, keepUntil, by }) === 0) return false
      for (const statement of [endFamilies, dropAccess, dropCodes]) statement.run({ id })
      return true
    })

  return {
    async reserveGrant(id, expiresAt) {
      reserve.run({ id, expiresAt })
    },

    createGrant: async ({ grant, code, txId, now }) =>
      transaction(() => {
        const { id, clientId, clientName, subject, label, resource } = grant
        if (takeReservation.run({ id }) === 0 || takeTx.run({ txId, now }) === 0) return false
        const { deviceHash, createdAt, lastUsedAt, expiresAt } = grant
        const lists = { scopes: JSON.stringify(grant.scopes), choices: JSON.stringify(grant.choices) }
        const names = { id, clientId, clientName, subject, label, resource, deviceHash }
        insert.run({ ...names, ...lists, createdAt, lastUsedAt, expiresAt })
        codes.insert(code)
        return true
      }),

    async getGrant(id) {
      const row = get.get({ id })
      return row && toGrant(row)
    },
    listGrants: async (subject, now) => list.all({ subject, now }).map(toGrant),

    revokeGrant: async (id, revocation) => revoke(id, revocation, null),
    supersede: async (old, by, when) => revoke(old, { ...when, reason: 'superseded' }, by),

    lapsedGrants: async (before, limit) => lapsed.all({ before, limit }).map((row) => text(row, 'id')),
    unforgottenGrants: async (now, limit) =>
      unforgotten.all({ now, limit }).map((row) => ({ id: text(row, 'id'), reason: text(row, 'reason') })),
    markForgotten: async (id) => void transaction(() => takeReservation.run({ id }) + forget.run({ id }) > 0),
    async forgetSubject(subject, now) {
      hurry.run({ subject, now })
    },
  }
}
