import type { AuthStore, CimdRecord, ClientRecord } from '@telamon/oauth'

import { json, number, optional, text } from '../columns.ts'
import type { Database, Row } from '../database.ts'

/** Who may ask: registered clients, metadata documents, assertion ids, and how often each may. */
export type ClientOperations = Pick<
  AuthStore,
  'putClient' | 'getClient' | 'touchClient' | 'putCimd' | 'getCimd' | 'rememberJti' | 'takeToken'
>

/** Taking a token is a transaction; all else is one statement. */
export function createClients({ prepare, transaction }: Database): ClientOperations {
  const putClient = prepare(`
    INSERT INTO client (id, metadata, secret_hash, created_at, last_used_at, expires_at)
    SELECT :id, :metadata, :secretHash, :createdAt, :lastUsedAt, :expiresAt
     WHERE (SELECT count(*) FROM client WHERE expires_at > :now) < :limit`)
  const getClient = prepare('SELECT * FROM client WHERE id = :id AND expires_at > :now')
  const touchClient = prepare('UPDATE client SET last_used_at = :now, expires_at = :expiresAt WHERE id = :id')
  const putCimd = prepare(`
    INSERT INTO cimd (url, metadata, fetched_at, fresh_until, expires_at)
    VALUES (:url, :metadata, :fetchedAt, :freshUntil, :expiresAt)
    ON CONFLICT DO UPDATE
       SET metadata = excluded.metadata, fetched_at = excluded.fetched_at,
           fresh_until = excluded.fresh_until, expires_at = excluded.expires_at`)
  const getCimd = prepare('SELECT * FROM cimd WHERE url = :url AND expires_at > :now')
  const remember = prepare(`
    INSERT INTO jti (client_id, hash, expires_at) VALUES (:clientId, :hash, :expiresAt)
    ON CONFLICT DO UPDATE SET expires_at = excluded.expires_at WHERE expires_at <= :now`)
  const readBucket = prepare('SELECT full_at FROM bucket WHERE id = :id')
  const fillBucket = prepare(`
    INSERT INTO bucket (id, full_at) VALUES (:id, :next) ON CONFLICT DO UPDATE SET full_at = excluded.full_at`)

  return {
    async putClient(client, { limit, now }) {
      const { id, secretHash = null, createdAt, lastUsedAt = null, expiresAt } = client
      const metadata = JSON.stringify(client.metadata)
      const columns = { id, metadata, secretHash, createdAt, lastUsedAt, expiresAt }
      return putClient.run({ ...columns, limit, now }) === 1
    },
    async getClient(id, now) {
      const row = getClient.get({ id, now })
      return row && toClient(row)
    },
    async touchClient(id, { now, expiresAt }) {
      touchClient.run({ id, now, expiresAt })
    },

    async putCimd({ url, metadata, fetchedAt, freshUntil, expiresAt }) {
      putCimd.run({ url, metadata: JSON.stringify(metadata), fetchedAt, freshUntil, expiresAt })
    },
    async getCimd(url, now) {
      const row = getCimd.get({ url, now })
      return row && toCimd(row)
    },

    rememberJti: async ({ clientId, hash, expiresAt, now }) =>
      remember.run({ clientId, hash, expiresAt, now }) === 1,

    async takeToken(id, { capacity, everyMs }, now) {
      let over = 0
      transaction(() => {
        const row = readBucket.get({ id })
        const next = Math.max(row === undefined ? 0 : number(row, 'full_at'), now) + everyMs
        over = next - now - capacity * everyMs
        return over <= 0 && fillBucket.run({ id, next }) === 1
      })
      return over > 0 ? { ok: false, retryAfterMs: over } : { ok: true }
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
