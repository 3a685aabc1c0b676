import { createMemoryGrants } from './memory-grants.ts'
import { createShelf, sweepWhere } from './memory-shelf.ts'
import type { CimdRecord, ClientRecord, LoginRecord, PendingRecord, Timestamp, TxRecord } from './records.ts'
import type { AuthStore, SweepKind } from './store.ts'

/**
 * Keeps everything in this process: for tests, for trying things out, and as the reference for engines. Nothing
 * survives the process, and nothing is shared with another.
 */
export function createMemoryAuthStore(): AuthStore {
  const txs = createShelf<TxRecord>()
  const logins = createShelf<LoginRecord>()
  const pendings = createShelf<PendingRecord>()
  const clients = createShelf<ClientRecord>()
  const documents = createShelf<CimdRecord>()
  const jtis = createShelf<{ readonly expiresAt: Timestamp }>()
  const buckets = createShelf<{ readonly expiresAt: Timestamp }>()
  const { sweeps, ...grants } = createMemoryGrants(txs)

  const sweepers: Readonly<Record<SweepKind, (now: Timestamp, limit: number) => number>> = {
    ...sweeps,
    tx: txs.sweep,
    login: logins.sweep,
    pending: pendings.sweep,
    client: clients.sweep,
    cimd: documents.sweep,
    jti: jtis.sweep,
    bucket: (now, limit) => sweepWhere(buckets, ({ expiresAt }) => expiresAt <= now, limit),
  }

  return {
    ...grants,

    async putTx(tx, { limit, now }) {
      if (txs.countAt(now) >= limit) return false
      txs.set(tx.id, tx)
      return true
    },
    getTx: async (id, now) => txs.getAt(id, now),
    dropTx: async (id) => txs.delete(id),

    async putLogin(login) {
      logins.set(login.stateHash, login)
    },
    async takeState(stateHash, now) {
      const login = logins.getAt(stateHash, now)
      logins.delete(stateHash)
      return login
    },

    async putPending(pending) {
      pendings.set(pending.id, pending)
    },
    getPending: async (id, now) => pendings.getAt(id, now),
    async takePending(id, browserHash, now) {
      const pending = pendings.getAt(id, now)
      if (pending?.browserHash !== browserHash) return undefined
      pendings.delete(id)
      return pending
    },

    async putClient(client, { limit, now }) {
      if (clients.countAt(now) >= limit) return false
      clients.set(client.id, client)
      return true
    },
    getClient: async (id, now) => clients.getAt(id, now),
    async touchClient(id, { now, expiresAt }) {
      const client = clients.get(id)
      if (client !== undefined) clients.set(id, { ...client, lastUsedAt: now, expiresAt })
    },

    async putCimd(document) {
      documents.set(document.url, document)
    },
    getCimd: async (url, now) => documents.getAt(url, now),

    async rememberJti({ clientId, hash, expiresAt, now }) {
      const key = `${clientId} ${hash}`
      if (jtis.getAt(key, now) !== undefined) return false
      jtis.set(key, { expiresAt })
      return true
    },

    async takeToken(bucket, { capacity, everyMs }, now) {
      const next = Math.max(buckets.get(bucket)?.expiresAt ?? 0, now) + everyMs
      const over = next - now - capacity * everyMs
      if (over > 0) return { ok: false, retryAfterMs: over }
      buckets.set(bucket, { expiresAt: next })
      return { ok: true }
    },

    sweep: async (kind, now, limit) => sweepers[kind](now, limit),
  }
}
