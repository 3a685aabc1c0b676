import type { AuthStore, CimdRecord, ClientRecord } from '@telamon/oauth'

import { flag, json, number, optional, type Row, text } from '../columns.ts'
import type { Database } from '../database.ts'
import type { Bounded } from './bounded.ts'

/** Who may ask: registered clients, metadata documents, assertion ids, and how often each may. */
export type ClientOperations = Pick<
  AuthStore,
  'putClient' | 'getClient' | 'touchClient' | 'putCimd' | 'getCimd' | 'rememberJti' | 'takeToken'
>

/** Adding a client is a transaction; all else is one statement. */
export function createClients({ prepare }: Database, bounded: Bounded): ClientOperations {
  const putClient = bounded(
    'client',
    `INSERT INTO @client (id, metadata, secret_hash, created_at, last_used_at, expires_at)
     VALUES (:id, :metadata, :secretHash, :createdAt, :lastUsedAt, :expiresAt)`,
  )
  const getClient = prepare('SELECT * FROM @client WHERE id = :id AND expires_at > :now')
  const touchClient = prepare(
    'UPDATE @client SET last_used_at = :now, expires_at = :expiresAt WHERE id = :id',
  )
  const putCimd = prepare(`
    INSERT INTO @cimd (url, metadata, fetched_at, fresh_until, expires_at)
    VALUES (:url, :metadata, :fetchedAt, :freshUntil, :expiresAt)
    ON CONFLICT (url) DO UPDATE
       SET metadata = excluded.metadata, fetched_at = excluded.fetched_at,
           fresh_until = excluded.fresh_until, expires_at = excluded.expires_at`)
  const getCimd = prepare('SELECT * FROM @cimd WHERE url = :url AND expires_at > :now')
  const remember = prepare(`
    INSERT INTO @jti AS jti (client_id, hash, expires_at) VALUES (:clientId, :hash, :expiresAt)
    ON CONFLICT (client_id, hash) DO UPDATE SET expires_at = excluded.expires_at WHERE jti.expires_at <= :now`)
  // A row cannot tell what it was before, so it says itself whether the last caller got a token.
  const takeToken = prepare(`
    INSERT INTO @bucket AS bucket (id, full_at, gave)
    VALUES (:id, :now::float8 + CASE WHEN :everyMs::float8 <= :room::float8 THEN :everyMs ELSE 0 END, :everyMs <= :room)
    ON CONFLICT (id) DO UPDATE
       SET gave = greatest(bucket.full_at, :now) + :everyMs - :now <= :room,
           full_at = CASE WHEN greatest(bucket.full_at, :now) + :everyMs - :now <= :room
                          THEN greatest(bucket.full_at, :now) + :everyMs ELSE bucket.full_at END
    RETURNING full_at, gave`)

  return {
    putClient({ id, metadata, secretHash = null, createdAt, lastUsedAt = null, expiresAt }, { limit, now }) {
      const texts = { id, metadata: JSON.stringify(metadata), secretHash }
      return putClient({ ...texts, createdAt, lastUsedAt, expiresAt }, { limit, now })
    },
    async getClient(id, now) {
      const row = await getClient.get({ id, now })
      return row && toClient(row)
    },
    async touchClient(id, { now, expiresAt }) {
      await touchClient.run({ id, now, expiresAt })
    },

    async putCimd({ url, metadata, fetchedAt, freshUntil, expiresAt }) {
      await putCimd.run({ url, metadata: JSON.stringify(metadata), fetchedAt, freshUntil, expiresAt })
    },
    async getCimd(url, now) {
      const row = await getCimd.get({ url, now })
      return row && toCimd(row)
    },

    rememberJti: async ({ clientId, hash, expiresAt, now }) =>
      (await remember.run({ clientId, hash, expiresAt, now })) === 1,

    async takeToken(id, { capacity, everyMs }, now) {
      const row = (await takeToken.get({ id, everyMs, room: capacity * everyMs, now })) ?? {}
      if (flag(row, 'gave')) return { ok: true }
      return {
        ok: false,
        retryAfterMs: Math.max(number(row, 'full_at'), now) + everyMs - now - capacity * everyMs,
      }
    },
  }
}

const toClient = (row: Row): ClientRecord => ({
  id: text(row, 'id'),
  metadata: json(row, 'metadata'),
  ...optional('secretHash', text, [row, 'secret_hash']),
  createdAt: number(row, 'created_at'),
  ...optional('lastUsedAt', number, [row, 'last_used_at']),
  expiresAt: number(row, 'expires_at'),
})

const toCimd = (row: Row): CimdRecord => ({
  url: text(row, 'url'),
  metadata: json(row, 'metadata'),
  fetchedAt: number(row, 'fetched_at'),
  freshUntil: number(row, 'fresh_until'),
  expiresAt: number(row, 'expires_at'),
})
