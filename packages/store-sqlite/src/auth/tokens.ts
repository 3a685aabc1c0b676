import type { AccessRecord, AuthStore, FamilyRecord } from '@telamon/oauth'

import { flag, json, number, text } from '../columns.ts'
import type { Database, Row } from '../database.ts'
import type { CodeTable } from './codes.ts'
import { grantColumns, toGrant } from './grant-row.ts'

/** Codes, families of refresh tokens, access tokens. */
export type TokenOperations = Pick<
  AuthStore,
  | 'readCode'
  | 'consumeCode'
  | 'readFamily'
  | 'rotateFamily'
  | 'keysInUse'
  | 'markUsed'
  | 'putAccess'
  | 'readAccess'
  | 'revokeAccess'
>

/** Redeeming, rotating and using are transactions; all else is one statement. */
export function createTokens({ prepare, transaction }: Database, codes: CodeTable): TokenOperations {
  const putFamily = prepare(`
    INSERT INTO family (id, grant_id, client_id, generation, kid, rotated_at, used, expires_at,
                        absolute_expires_at, revoked)
    VALUES (:id, :grantId, :clientId, :generation, :kid, :rotatedAt, :used, :expiresAt,
            :absoluteExpiresAt, :revoked)`)
  const readFamily = prepare(`
    SELECT family.*, ${grantColumns}
      FROM family JOIN grants ON grants.id = family.grant_id
     WHERE family.id = :id`)
  const rotate = prepare(`
    UPDATE family
       SET generation = generation + 1, kid = :kid, rotated_at = :now, used = 0,
           expires_at = min(:expiresAt, absolute_expires_at)
     WHERE id = :id AND client_id = :clientId AND generation = :generation AND revoked = 0 AND expires_at > :now
    RETURNING *`)
  const kids = prepare('SELECT DISTINCT kid FROM family WHERE revoked = 0 AND expires_at > :now')
  const use = prepare(`
    UPDATE family SET used = 1 WHERE id = :id AND generation = :generation RETURNING grant_id`)
  const follow = prepare(`
    UPDATE grants
       SET expires_at = coalesce(:expiresAt, expires_at), last_used_at = coalesce(:usedAt, last_used_at)
     WHERE id = :grantId`)
  const putAccess = prepare(`
    INSERT INTO access (hash, grant_id, client_id, family_id, family_generation, scopes, expires_at)
    VALUES (:hash, :grantId, :clientId, :familyId, :familyGeneration, :scopes, :expiresAt)`)
  const readAccess = prepare(`
    SELECT access.*, ${grantColumns}
      FROM access JOIN grants ON grants.id = access.grant_id
     WHERE access.hash = :hash AND access.expires_at > :now AND grants.revoked_at IS NULL`)
  const dropAccess = prepare('DELETE FROM access WHERE hash = :hash AND client_id = :clientId')

  const insertFamily = ({ used, revoked, ...family }: FamilyRecord): void => {
    const { id, grantId, clientId, generation, kid, rotatedAt, expiresAt, absoluteExpiresAt } = family
    const times = { rotatedAt, expiresAt, absoluteExpiresAt }
    const flags = { used: Number(used), revoked: Number(revoked) }
    putFamily.run({ id, grantId, clientId, generation, kid, ...times, ...flags })
  }
  const insertAccess = ({ hash, grantId, clientId, family, scopes, expiresAt }: AccessRecord): void => {
    const from = { familyId: family?.id ?? null, familyGeneration: family?.generation ?? null }
    putAccess.run({ hash, grantId, clientId, ...from, scopes: JSON.stringify(scopes), expiresAt })
  }

  return {
    readCode: async (hash) => codes.read(hash),

    consumeCode: async ({ hash, now, family, access }) =>
      transaction(() => {
        const grantId = codes.consume(hash, now)
        if (grantId === undefined) return false
        if (family !== undefined) insertFamily(family)
        insertAccess(access)
        follow.run({ grantId, expiresAt: (family ?? access).expiresAt, usedAt: null })
        return true
      }),

    async readFamily(id) {
      const row = readFamily.get({ id })
      return row && { family: toFamily(row), grant: toGrant(row) }
    },

    rotateFamily: async ({ id, clientId, generation, now, expiresAt, kid, access }) =>
      transaction(() => {
        const row = rotate.get({ id, clientId, generation, now, expiresAt, kid })
        if (row === undefined) return undefined
        const family = toFamily(row)
        insertAccess(access)
        follow.run({ grantId: family.grantId, expiresAt: family.expiresAt, usedAt: now })
        return family
      }),

    keysInUse: async (now) => kids.all({ now }).map((row) => text(row, 'kid')),

    markUsed: async (id, generation, now) =>
      void transaction(() => {
        const row = use.get({ id, generation })
        if (row !== undefined) follow.run({ grantId: text(row, 'grant_id'), expiresAt: null, usedAt: now })
        return row
      }),

    putAccess: async (access) => insertAccess(access),

    async readAccess(hash, now) {
      const row = readAccess.get({ hash, now })
      return row && { access: toAccess(row), grant: toGrant(row) }
    },

    revokeAccess: async (hash, clientId) => dropAccess.run({ hash, clientId }) === 1,
  }
}

const toFamily = (row: Row): FamilyRecord => ({
  id: text(row, 'id'),
  grantId: text(row, 'grant_id'),
  clientId: text(row, 'client_id'),
  generation: number(row, 'generation'),
  kid: text(row, 'kid'),
  rotatedAt: number(row, 'rotated_at'),
  used: flag(row, 'used'),
  expiresAt: number(row, 'expires_at'),
  absoluteExpiresAt: number(row, 'absolute_expires_at'),
  revoked: flag(row, 'revoked'),
})

const toAccess = (row: Row): AccessRecord => ({
  hash: text(row, 'hash'),
  grantId: text(row, 'grant_id'),
  clientId: text(row, 'client_id'),
  ...(row['family_id'] !== null && {
    family: { id: text(row, 'family_id'), generation: number(row, 'family_generation') },
  }),
  scopes: json(row, 'scopes'),
  expiresAt: number(row, 'expires_at'),
})
