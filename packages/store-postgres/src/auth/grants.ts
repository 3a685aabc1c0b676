import type { AuthStore, GrantRecord, Revocation } from '@telamon/oauth'

import { text } from '../columns.ts'
import type { Database } from '../database.ts'
import type { Parameters } from '../statement.ts'
import { codeColumns, codeParameters, codeValues } from './codes.ts'
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

/**
 * Each operation is one statement. Those that touch a grant and what hangs on it hold the grant first, so that no two
 * wait for each other.
 */
export function createGrants({ prepare }: Database): GrantOperations {
  const reserve = prepare(`
    INSERT INTO @reservation (grant_id, expires_at) VALUES (:id, :expiresAt)
    ON CONFLICT (grant_id) DO UPDATE SET expires_at = excluded.expires_at`)
  const create = prepare(`
    WITH reserved AS (
      SELECT grant_id FROM @reservation WHERE grant_id = :grantId FOR UPDATE
    ), ready AS (
      DELETE FROM @tx AS tx USING reserved WHERE tx.id = :txId AND tx.expires_at > :now RETURNING tx.id
    ), taken AS (
      DELETE FROM @reservation AS reservation USING ready WHERE reservation.grant_id = :grantId
    ), granted AS (
      INSERT INTO @grants (id, client_id, client_name, subject, label, resource, scopes, choices, device_hash,
                           created_at, last_used_at, expires_at)
      SELECT :grantId, :clientId, :clientName, :subject, :label, :resource, :scopes, :choices, :deviceHash,
             :createdAt::bigint, :lastUsedAt::bigint, :expiresAt::bigint FROM ready
    ), coded AS (
      INSERT INTO @code (${codeColumns}) SELECT ${codeValues} FROM ready
    )
    SELECT FROM ready`)
  const get = prepare(`SELECT ${grantColumns} FROM @grants AS grants WHERE id = :id`)
  const list = prepare(`
    SELECT ${grantColumns} FROM @grants AS grants
     WHERE subject = :subject AND revoked_at IS NULL AND expires_at > :now
     ORDER BY created_at DESC LIMIT 1000`)
  const end = prepare(`
    WITH ended AS (
      UPDATE @grants
         SET revoked_at = :now, revoked_reason = :reason, keep_until = :keepUntil,
             superseded_by = coalesce(:by, superseded_by)
       WHERE id = :id AND revoked_at IS NULL
      RETURNING id
    ), accesses AS (
      DELETE FROM @access AS access USING ended WHERE access.grant_id = ended.id
    ), codes AS (
      DELETE FROM @code AS code USING ended WHERE code.grant_id = ended.id AND code.consumed_at IS NULL
    )
    SELECT FROM ended`)
  const lapsed = prepare(`
    SELECT id FROM @grants WHERE revoked_at IS NULL AND expires_at <= :before ORDER BY expires_at LIMIT :limit`)
  const unforgotten = prepare(`
    SELECT id, revoked_reason AS reason FROM @grants WHERE revoked_at IS NOT NULL AND NOT forgotten
    UNION ALL
    SELECT grant_id, 'abandoned' FROM @reservation WHERE expires_at <= :now
    LIMIT :limit`)
  const forget = prepare(`
    WITH dropped AS (DELETE FROM @reservation WHERE grant_id = :id)
    UPDATE @grants SET forgotten = true WHERE id = :id AND revoked_at IS NOT NULL`)

  const hurry = prepare(`
    UPDATE @grants SET keep_until = :now
     WHERE subject = :subject AND revoked_at IS NOT NULL AND keep_until > :now`)

  const revoke = async (id: string, { reason, now, keepUntil }: Revocation, by?: string): Promise<boolean> =>
    (await end.run({ id, reason, now, keepUntil, by: by ?? null })) === 1

  return {
    async reserveGrant(id, expiresAt) {
      await reserve.run({ id, expiresAt })
    },
    createGrant: async ({ grant, code, txId, now }) =>
      (await create.run({ ...grantParameters(grant), ...codeParameters(code), txId, now })) === 1,

    async getGrant(id) {
      const row = await get.get({ id })
      return row && toGrant(row)
    },
    listGrants: async (subject, now) => (await list.all({ subject, now })).map(toGrant),

    revokeGrant: (id, revocation) => revoke(id, revocation),
    supersede: (old, by, when) => revoke(old, { ...when, reason: 'superseded' }, by),

    lapsedGrants: async (before, limit) =>
      (await lapsed.all({ before, limit })).map((row) => text(row, 'id')),
    unforgottenGrants: async (now, limit) =>
      (await unforgotten.all({ now, limit })).map((row) => ({
        id: text(row, 'id'),
        reason: text(row, 'reason'),
      })),
    async markForgotten(id) {
      await forget.run({ id })
    },
    async forgetSubject(subject, now) {
      await hurry.run({ subject, now })
    },
  }
}

const grantParameters = (grant: GrantRecord): Parameters => ({
  grantId: grant.id,
  clientId: grant.clientId,
  clientName: grant.clientName,
  subject: grant.subject,
  label: grant.label,
  resource: grant.resource,
  scopes: JSON.stringify(grant.scopes),
  choices: JSON.stringify(grant.choices),
  deviceHash: grant.deviceHash,
  createdAt: grant.createdAt,
  lastUsedAt: grant.lastUsedAt,
  expiresAt: grant.expiresAt,
})
