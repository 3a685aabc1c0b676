import type { VaultRow, VaultStore } from '@telamon/vault'

import { number, optional, type Row, text } from './columns.ts'
import type { Database } from './database.ts'

const free = '(lease_until IS NULL OR lease_until < :now)'
const fenced = `grant_id = :grantId AND generation = :generation AND lease_owner = :owner AND state = 'live'`

/** Connections to the upstream. Each operation is one statement. */
export function createVaultPort({ prepare }: Database): VaultStore {
  const put = prepare(`
    INSERT INTO @vault (grant_id, state, generation, created_at, blob, kid, access_expires_at, absolute_expires_at)
    VALUES (:grantId, 'live', 1, :createdAt, :blob, :kid, :accessExpiresAt, :absoluteExpiresAt)
    ON CONFLICT DO NOTHING`)
  const get = prepare('SELECT * FROM @vault WHERE grant_id = :grantId')
  const claim = prepare(`
    UPDATE @vault
       SET lease_owner = :owner, lease_until = :until, attempt_since = coalesce(attempt_since, :now)
     WHERE grant_id = :grantId AND generation = :generation AND state = 'live' AND ${free}
    RETURNING blob`)
  const commit = prepare(`
    UPDATE @vault
       SET blob = :blob, kid = :kid, access_expires_at = :accessExpiresAt, generation = generation + 1,
           lease_owner = NULL, lease_until = NULL, attempt_since = NULL
     WHERE ${fenced}`)
  const release = prepare(`UPDATE @vault SET lease_owner = NULL, lease_until = NULL WHERE ${fenced}`)
  const bury = prepare(`
    UPDATE @vault
       SET state = 'dead', dead_since = :now, dead_reason = :reason, blob = NULL, kid = NULL,
           access_expires_at = NULL, absolute_expires_at = NULL,
           lease_owner = NULL, lease_until = NULL, attempt_since = NULL
     WHERE ${fenced}`)
  const rekey = prepare(`
    UPDATE @vault SET blob = :blob, kid = :newKid
     WHERE grant_id = :grantId AND generation = :generation AND kid = :oldKid AND state = 'live' AND ${free}`)
  const stale = prepare(`
    SELECT grant_id, generation FROM @vault
     WHERE attempt_since IS NOT NULL AND state = 'live' AND ${free}
     ORDER BY attempt_since LIMIT :limit`)
  const list = prepare('SELECT * FROM @vault WHERE grant_id > :after ORDER BY grant_id LIMIT :limit')
  const keys = prepare('SELECT DISTINCT kid FROM @vault WHERE kid IS NOT NULL')
  const drop = prepare('DELETE FROM @vault WHERE grant_id = :grantId')

  return {
    putVault: async ({ grantId, createdAt, blob, kid, accessExpiresAt, absoluteExpiresAt }) =>
      (await put.run({ grantId, createdAt, blob, kid, accessExpiresAt, absoluteExpiresAt })) === 1,

    async getVault(grantId) {
      const row = await get.get({ grantId })
      return row && toVaultRow(row)
    },

    async claimRefresh({ grantId, generation, owner, now, until }) {
      const row = await claim.get({ grantId, generation, owner, now, until })
      return row && text(row, 'blob')
    },

    commitRefresh: async ({ grantId, generation, owner, blob, kid, accessExpiresAt }) =>
      (await commit.run({ grantId, generation, owner, blob, kid, accessExpiresAt })) === 1,

    releaseRefresh: async ({ grantId, generation, owner }) =>
      (await release.run({ grantId, generation, owner })) === 1,

    markDead: async ({ grantId, generation, owner, reason, now }) =>
      (await bury.run({ grantId, generation, owner, reason, now })) === 1,

    rekeyVault: async ({ grantId, generation, oldKid, blob, newKid, now }) =>
      (await rekey.run({ grantId, generation, oldKid, blob, newKid, now })) === 1,

    staleRefreshes: async (now, limit) =>
      (await stale.all({ now, limit })).map((row) => ({
        grantId: text(row, 'grant_id'),
        generation: number(row, 'generation'),
      })),

    listVaults: async ({ after = '', limit }) => (await list.all({ after, limit })).map(toVaultRow),
    keysInUse: async () => (await keys.all()).map((row) => text(row, 'kid')),
    dropVault: async (grantId) => (await drop.run({ grantId })) === 1,
  }
}

function toVaultRow(row: Row): VaultRow {
  const common = {
    grantId: text(row, 'grant_id'),
    generation: number(row, 'generation'),
    createdAt: number(row, 'created_at'),
  }
  if (text(row, 'state') === 'dead')
    return {
      ...common,
      state: 'dead',
      deadSince: number(row, 'dead_since'),
      reason: text(row, 'dead_reason'),
    }
  return {
    ...common,
    state: 'live',
    blob: text(row, 'blob'),
    kid: text(row, 'kid'),
    accessExpiresAt: number(row, 'access_expires_at'),
    absoluteExpiresAt: number(row, 'absolute_expires_at'),
    ...(row['lease_owner'] !== null && {
      lease: { owner: text(row, 'lease_owner'), until: number(row, 'lease_until') },
    }),
    ...optional('attemptSince', number, [row, 'attempt_since']),
  }
}
