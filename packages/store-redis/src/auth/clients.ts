import type { AuthStore } from '@telamon/oauth'

import { readRow, toFields } from '../rows.ts'
import type { Prepare } from '../scripts.ts'
import { toCimd, toClient } from './records.ts'

/** Who may ask: registered clients, metadata documents, assertion ids, and how often each may. */
export type ClientOperations = Pick<
  AuthStore,
  'putClient' | 'getClient' | 'touchClient' | 'putCimd' | 'getCimd' | 'rememberJti' | 'takeToken'
>

/** Each operation is one script. */
export function createClients(prepare: Prepare, now: () => number): ClientOperations {
  const putClient = prepare(`
    if redis.call('ZCOUNT', ends('client'), '(' .. a.now, '+inf') >= tonumber(a.limit) then return 0 end
    put('client', a.id, a.row)
    return 1`)
  const get = prepare(`if lives(a.kind, a.id) then return row(a.kind, a.id) end`)
  const touchClient = prepare(`
    if not has('client', a.id) then return end
    set('client', a.id, { lastUsedAt = a.now, expiresAt = a.expiresAt })
    expire('client', a.id, a.expiresAt)`)
  const putCimd = prepare(`put('cimd', a.id, a.row)`)
  const remember = prepare(`
    if lives('jti', a.id) then return 0 end
    put('jti', a.id, { expiresAt = a.expiresAt })
    return 1`)
  const takeToken = prepare(`
    local every = tonumber(a.everyMs)
    local full = math.max(tonumber(get('bucket', a.id, 'expiresAt') or 0), now) + every
    local over = full - now - a.capacity * every
    if over > 0 then return string.format('%.17g', over) end
    put('bucket', a.id, { expiresAt = string.format('%.17g', full) })
    return '0'`)

  return {
    putClient: async (client, { limit, now: at }) =>
      (await putClient({ id: client.id, row: toFields(client), limit, now: at })) === 1,
    async getClient(id, at) {
      const row = readRow(await get({ kind: 'client', id, now: at }))
      return row && toClient(row)
    },
    async touchClient(id, { now: at, expiresAt }) {
      await touchClient({ id, expiresAt, now: at })
    },

    async putCimd(document) {
      await putCimd({ id: document.url, row: toFields(document), now: now() })
    },
    async getCimd(url, at) {
      const row = readRow(await get({ kind: 'cimd', id: url, now: at }))
      return row && toCimd(row)
    },

    rememberJti: async ({ clientId, hash, expiresAt, now: at }) =>
      (await remember({ id: `${clientId} ${hash}`, expiresAt, now: at })) === 1,

    async takeToken(id, { capacity, everyMs }, at) {
      const over = Number(await takeToken({ id, capacity, everyMs, now: at }))
      return over > 0 ? { ok: false, retryAfterMs: over } : { ok: true }
    },
  }
}
