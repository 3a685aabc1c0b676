import type { AccessRecord, AuthStore, FamilyRecord } from '@telamon/oauth'

import { flag, json, number, type Row, text } from '../columns.ts'
import type { Database } from '../database.ts'
import type { Parameters } from '../statement.ts'
import { toCode } from './codes.ts'
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

const accessColumns = 'hash, grant_id, client_id, family_id, family_generation, scopes, expires_at'
const accessValues = `:accessHash, :accessGrantId, :accessClientId, :accessFamilyId, :accessGeneration::bigint,
                      :accessScopes, :accessExpiresAt::bigint`

/** A family is revoked with its grant: what was added while the grant was being revoked is revoked, too. */
const familyColumns = `family.*, grants.revoked_at IS NOT NULL AS revoked`

/**
 * Each operation is one statement. Those that touch a code and its grant hold the grant first, as a revocation does,
 * so that no two wait for each other.
 */
export function createTokens({ prepare }: Database): TokenOperations {
  const readCode = prepare('SELECT * FROM @code WHERE hash = :hash')
  const consume = prepare(`
    WITH held AS (
      SELECT grants.id FROM @code AS code JOIN @grants AS grants ON grants.id = code.grant_id
       WHERE code.hash = :hash AND grants.revoked_at IS NULL FOR UPDATE OF grants
    ), consumed AS (
      UPDATE @code AS code SET consumed_at = :now FROM held
       WHERE code.hash = :hash AND code.consumed_at IS NULL AND code.expires_at > :now
      RETURNING code.grant_id
    ), family AS (
      INSERT INTO @family (id, grant_id, client_id, generation, kid, rotated_at, used, expires_at,
                           absolute_expires_at)
      SELECT :familyId, :familyGrantId, :familyClientId, :generation::bigint, :kid, :rotatedAt::bigint,
             :used::boolean, :expiresAt::bigint, :absoluteExpiresAt::bigint
        FROM consumed WHERE :familyId::text IS NOT NULL
    ), access AS (
      INSERT INTO @access (${accessColumns}) SELECT ${accessValues} FROM consumed
    ), followed AS (
      UPDATE @grants AS grants SET expires_at = coalesce(:expiresAt, :accessExpiresAt)
        FROM consumed WHERE grants.id = consumed.grant_id
    )
    SELECT FROM consumed`)
  const readFamily = prepare(`
    SELECT ${familyColumns}, ${grantColumns}
      FROM @family AS family JOIN @grants AS grants ON grants.id = family.grant_id
     WHERE family.id = :id`)
  const rotate = prepare(`
    WITH rotated AS (
      UPDATE @family AS family
         SET generation = family.generation + 1, kid = :kid, rotated_at = :now, used = false,
             expires_at = least(:expiresAt, family.absolute_expires_at)
        FROM @grants AS grants
       WHERE family.id = :id AND family.client_id = :clientId AND family.generation = :generation
         AND family.expires_at > :now AND grants.id = family.grant_id AND grants.revoked_at IS NULL
      RETURNING ${familyColumns}
    ), access AS (
      INSERT INTO @access (${accessColumns}) SELECT ${accessValues} FROM rotated
    ), followed AS (
      UPDATE @grants AS grants SET expires_at = rotated.expires_at, last_used_at = :now
        FROM rotated WHERE grants.id = rotated.grant_id
    )
    SELECT * FROM rotated`)
  const keys = prepare(`
    SELECT DISTINCT family.kid FROM @family AS family JOIN @grants AS grants ON grants.id = family.grant_id
     WHERE family.expires_at > :now AND grants.revoked_at IS NULL`)
  const markUsed = prepare(`
    WITH used AS (
      UPDATE @family SET used = true WHERE id = :id AND generation = :generation RETURNING grant_id
    )
    UPDATE @grants AS grants SET last_used_at = :now FROM used WHERE grants.id = used.grant_id`)
  const putAccess = prepare(`INSERT INTO @access (${accessColumns}) VALUES (${accessValues})`)
  const readAccess = prepare(`
    SELECT access.*, ${grantColumns}
      FROM @access AS access JOIN @grants AS grants ON grants.id = access.grant_id
     WHERE access.hash = :hash AND access.expires_at > :now AND grants.revoked_at IS NULL`)
  const dropAccess = prepare('DELETE FROM @access WHERE hash = :hash AND client_id = :clientId')

  return {
    async readCode(hash) {
      const row = await readCode.get({ hash })
      return row && toCode(row)
    },
    consumeCode: async ({ hash, now, family, access }) =>
      (await consume.run({ hash, now, ...familyParameters(family), ...accessParameters(access) })) === 1,

    async readFamily(id) {
      const row = await readFamily.get({ id })
      return row && { family: toFamily(row), grant: toGrant(row) }
    },
    async rotateFamily({ id, clientId, generation, now, expiresAt, kid, access }) {
      const wanted = { id, clientId, generation, now, expiresAt, kid }
      const row = await rotate.get({ ...wanted, ...accessParameters(access) })
      return row && toFamily(row)
    },
    keysInUse: async (now) => (await keys.all({ now })).map((row) => text(row, 'kid')),
    async markUsed(id, generation, now) {
      await markUsed.run({ id, generation, now })
    },

    async putAccess(access) {
      await putAccess.run(accessParameters(access))
    },
    async readAccess(hash, now) {
      const row = await readAccess.get({ hash, now })
      return row && { access: toAccess(row), grant: toGrant(row) }
    },
    revokeAccess: async (hash, clientId) => (await dropAccess.run({ hash, clientId })) === 1,
  }
}

const familyParameters = (family?: FamilyRecord): Parameters => ({
  familyId: family?.id ?? null,
  familyGrantId: family?.grantId ?? null,
  familyClientId: family?.clientId ?? null,
  generation: family?.generation ?? null,
  kid: family?.kid ?? null,
  rotatedAt: family?.rotatedAt ?? null,
  used: family?.used ?? null,
  expiresAt: family?.expiresAt ?? null,
  absoluteExpiresAt: family?.absoluteExpiresAt ?? null,
})

const accessParameters = (access: AccessRecord): Parameters => ({
  accessHash: access.hash,
  accessGrantId: access.grantId,
  accessClientId: access.clientId,
  accessFamilyId: access.family?.id ?? null,
  accessGeneration: access.family?.generation ?? null,
  accessScopes: JSON.stringify(access.scopes),
  accessExpiresAt: access.expiresAt,
})

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
