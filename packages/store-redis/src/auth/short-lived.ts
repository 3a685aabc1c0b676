import type { AuthStore } from '@telamon/oauth'

import { readRow, toFields } from '../rows.ts'
import type { Prepare } from '../scripts.ts'
import { toLogin, toPending, toTx } from './records.ts'

/** What lives for minutes: authorization requests, approvals, open choices. */
export type ShortLivedOperations = Pick<
  AuthStore,
  'putTx' | 'getTx' | 'dropTx' | 'putLogin' | 'takeState' | 'putPending' | 'getPending' | 'takePending'
>

/** Each operation is one script. */
export function createShortLived(prepare: Prepare, now: () => number): ShortLivedOperations {
  const put = prepare(`put(a.kind, a.id, a.row)`)
  const putTx = prepare(`
    if redis.call('ZCOUNT', ends('tx'), '(' .. a.now, '+inf') >= tonumber(a.limit) then return 0 end
    put('tx', a.id, a.row)
    return 1`)
  const get = prepare(`if lives(a.kind, a.id) then return row(a.kind, a.id) end`)
  const drop = prepare(`return drop(a.kind, a.id)`)
  const takeState = prepare(`
    local login = lives('login', a.id) and row('login', a.id)
    drop('login', a.id)
    return login`)
  const takePending = prepare(`
    if get('pending', a.id, 'browserHash') ~= a.browserHash or not lives('pending', a.id) then return end
    local pending = row('pending', a.id)
    drop('pending', a.id)
    return pending`)

  return {
    putTx: async (tx, { limit, now: at }) =>
      (await putTx({ id: tx.id, row: toFields(tx), limit, now: at })) === 1,
    async getTx(id, at) {
      const row = readRow(await get({ kind: 'tx', id, now: at }))
      return row && toTx(row)
    },
    dropTx: async (id) => (await drop({ kind: 'tx', id, now: now() })) === 1,

    async putLogin(login) {
      await put({ kind: 'login', id: login.stateHash, row: toFields(login), now: now() })
    },
    async takeState(id, at) {
      const row = readRow(await takeState({ id, now: at }))
      return row && toLogin(row)
    },

    async putPending(pending) {
      await put({ kind: 'pending', id: pending.id, row: toFields(pending), now: now() })
    },
    async getPending(id, at) {
      const row = readRow(await get({ kind: 'pending', id, now: at }))
      return row && toPending(row)
    },
    async takePending(id, browserHash, at) {
      const row = readRow(await takePending({ id, browserHash, now: at }))
      return row && toPending(row)
    },
  }
}
