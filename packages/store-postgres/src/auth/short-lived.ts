import type { AuthStore, LoginRecord, PendingRecord, TxRecord } from '@telamon/oauth'

import { json, number, optional, type Row, text } from '../columns.ts'
import type { Database } from '../database.ts'
import type { Bounded } from './bounded.ts'

/** What lives for minutes: authorization requests, approvals, open choices. */
export type ShortLivedOperations = Pick<
  AuthStore,
  'putTx' | 'getTx' | 'dropTx' | 'putLogin' | 'takeState' | 'putPending' | 'getPending' | 'takePending'
>

/** Adding a request is a transaction; all else is one statement. */
export function createShortLived({ prepare }: Database, bounded: Bounded): ShortLivedOperations {
  const putTx = bounded(
    'tx',
    `INSERT INTO @tx (id, request, approve_by, expires_at) VALUES (:id, :request, :approveBy, :expiresAt)`,
  )
  const getTx = prepare('SELECT * FROM @tx WHERE id = :id AND expires_at > :now')
  const dropTx = prepare('DELETE FROM @tx WHERE id = :id')

  const putLogin = prepare(`
    INSERT INTO @login (state_hash, browser_hash, tx_id, scopes, memo, device_hash, expires_at)
    VALUES (:stateHash, :browserHash, :txId, :scopes, :memo, :deviceHash, :expiresAt)`)
  const takeState = prepare('DELETE FROM @login WHERE state_hash = :stateHash RETURNING *')

  const putPending = prepare(`
    INSERT INTO @pending (id, browser_hash, tx_id, scopes, device_hash, signed_in, expires_at)
    VALUES (:id, :browserHash, :txId, :scopes, :deviceHash, :signedIn, :expiresAt)`)
  const getPending = prepare('SELECT * FROM @pending WHERE id = :id AND expires_at > :now')
  const takePending = prepare(`
    DELETE FROM @pending WHERE id = :id AND browser_hash = :browserHash AND expires_at > :now RETURNING *`)

  return {
    putTx: ({ id, request, approveBy, expiresAt }, { limit, now }) =>
      putTx({ id, request: JSON.stringify(request), approveBy, expiresAt }, { limit, now }),
    async getTx(id, now) {
      const row = await getTx.get({ id, now })
      return row && toTx(row)
    },
    dropTx: async (id) => (await dropTx.run({ id })) === 1,

    async putLogin({ stateHash, browserHash, txId, scopes, memo = null, deviceHash, expiresAt }) {
      const lists = { scopes: JSON.stringify(scopes) }
      await putLogin.run({ stateHash, browserHash, txId, ...lists, memo, deviceHash, expiresAt })
    },
    async takeState(stateHash, now) {
      const row = await takeState.get({ stateHash })
      return row && number(row, 'expires_at') > now ? toLogin(row) : undefined
    },

    async putPending({ id, browserHash, txId, scopes, deviceHash, signedIn, expiresAt }) {
      const texts = { scopes: JSON.stringify(scopes), signedIn: JSON.stringify(signedIn) }
      await putPending.run({ id, browserHash, txId, ...texts, deviceHash, expiresAt })
    },
    async getPending(id, now) {
      const row = await getPending.get({ id, now })
      return row && toPending(row)
    },
    async takePending(id, browserHash, now) {
      const row = await takePending.get({ id, browserHash, now })
      return row && toPending(row)
    },
  }
}

const toTx = (row: Row): TxRecord => ({
  id: text(row, 'id'),
  request: json(row, 'request'),
  approveBy: number(row, 'approve_by'),
  expiresAt: number(row, 'expires_at'),
})

const toLogin = (row: Row): LoginRecord => ({
  stateHash: text(row, 'state_hash'),
  browserHash: text(row, 'browser_hash'),
  txId: text(row, 'tx_id'),
  scopes: json(row, 'scopes'),
  ...optional('memo', text, [row, 'memo']),
  deviceHash: text(row, 'device_hash'),
  expiresAt: number(row, 'expires_at'),
})

const toPending = (row: Row): PendingRecord => ({
  id: text(row, 'id'),
  browserHash: text(row, 'browser_hash'),
  txId: text(row, 'tx_id'),
  scopes: json(row, 'scopes'),
  deviceHash: text(row, 'device_hash'),
  signedIn: json(row, 'signed_in'),
  expiresAt: number(row, 'expires_at'),
})
