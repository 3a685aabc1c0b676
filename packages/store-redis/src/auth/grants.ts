import type { AuthStore, Revocation } from '@telamon/oauth'

import { readRow, readRows, readTexts, toFields } from '../rows.ts'
import type { Prepare } from '../scripts.ts'
import { toGrant } from './records.ts'

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

/** Each operation is one script. */
export function createGrants(prepare: Prepare, now: () => number): GrantOperations {
  const reserve = prepare(`redis.call('ZADD', at('grants', 'reserved'), a.expiresAt, a.id)`)
  const create = prepare(`
    if not redis.call('ZSCORE', at('grants', 'reserved'), a.grant.id) or not lives('tx', a.txId) then return 0 end
    redis.call('ZREM', at('grants', 'reserved'), a.grant.id)
    drop('tx', a.txId)
    a.grant.code = a.code.hash
    set('grant', a.grant.id, a.grant)
    redis.call('ZADD', ends('grant'), a.grant.expiresAt, a.grant.id)
    redis.call('ZADD', at('grants-of', a.grant.subject), a.grant.createdAt, a.grant.id)
    put('code', a.code.hash, a.code)
    return 1`)
  const get = prepare(`return row('grant', a.id)`)
  const list = prepare(`
    local found = {}
    for _, id in ipairs(redis.call('ZREVRANGE', at('grants-of', a.subject), 0, -1)) do
      if #found == 1000 then break end
      if lives('grant', id) then found[#found + 1] = row('grant', id) end
    end
    return found`)
  const revoke = prepare(`
    if not has('grant', a.id) or get('grant', a.id, 'revokedAt') then return 0 end
    set('grant', a.id, a.revocation)
    redis.call('ZREM', ends('grant'), a.id)
    redis.call('ZREM', at('grants-of', get('grant', a.id, 'subject')), a.id)
    redis.call('ZADD', at('grants', 'unforgotten'), a.now, a.id)

    for _, hash in ipairs(redis.call('ZRANGE', at('access-of', a.id), 0, -1)) do drop('access', hash) end
    redis.call('DEL', at('access-of', a.id))

    local code = get('grant', a.id, 'code')
    if not get('code', code, 'consumedAt') then drop('code', code) end

    local family = get('grant', a.id, 'family')
    if family and has('family', family) then
      set('family', family, { revoked = '1' })
      redis.call('ZREM', at('families-with', get('family', family, 'kid')), family)
    end
    return 1`)
  const lapsed = prepare(`
    return redis.call('ZRANGEBYSCORE', ends('grant'), '-inf', a.before, 'LIMIT', 0, a.limit)`)
  const unforgotten = prepare(`
    local found, limit = {}, tonumber(a.limit)
    for _, id in ipairs(redis.call('ZRANGEBYSCORE', at('grants', 'unforgotten'), '-inf', '+inf', 'LIMIT', 0, limit)) do
      found[#found + 1] = { 'id', id, 'reason', get('grant', id, 'revokedReason') }
    end
    local rest = limit - #found
    for _, id in ipairs(redis.call('ZRANGEBYSCORE', at('grants', 'reserved'), '-inf', a.now, 'LIMIT', 0, rest)) do
      found[#found + 1] = { 'id', id, 'reason', 'abandoned' }
    end
    return found`)
  const forget = prepare(`
    redis.call('ZREM', at('grants', 'reserved'), a.id)
    if redis.call('ZREM', at('grants', 'unforgotten'), a.id) == 1 then
      redis.call('ZADD', at('grants', 'forgotten'), get('grant', a.id, 'keepUntil'), a.id)
    end`)

  const hurry = prepare(`
    for _, index in ipairs({ 'unforgotten', 'forgotten' }) do
      for _, id in ipairs(redis.call('ZRANGE', at('grants', index), 0, -1)) do
        if get('grant', id, 'subject') == a.subject and tonumber(get('grant', id, 'keepUntil')) > now then
          set('grant', id, { keepUntil = a.now })
          if index == 'forgotten' then redis.call('ZADD', at('grants', index), a.now, id) end
        end
      end
    end`)

  const end = async (
    id: string,
    { reason, now: at, keepUntil }: Revocation,
    by?: string,
  ): Promise<boolean> => {
    const revocation = { revokedAt: at, revokedReason: reason, keepUntil, supersededBy: by }
    return (await revoke({ id, revocation, now: at })) === 1
  }

  return {
    async reserveGrant(id, expiresAt) {
      await reserve({ id, expiresAt, now: now() })
    },
    createGrant: async ({ grant, code, txId, now: at }) =>
      (await create({ grant: toFields(grant), code: toFields(code), txId, now: at })) === 1,

    async getGrant(id) {
      const row = readRow(await get({ id, now: now() }))
      return row && toGrant(row)
    },
    listGrants: async (subject, at) => readRows(await list({ subject, now: at })).map(toGrant),

    revokeGrant: (id, revocation) => end(id, revocation),
    supersede: (old, by, when) => end(old, { ...when, reason: 'superseded' }, by),

    lapsedGrants: async (before, limit) => readTexts(await lapsed({ before, limit, now: now() })),
    unforgottenGrants: async (at, limit) =>
      readRows(await unforgotten({ limit, now: at })).map(({ id = '', reason = '' }) => ({ id, reason })),
    async markForgotten(id) {
      await forget({ id, now: now() })
    },
    async forgetSubject(subject, at) {
      await hurry({ subject, now: at })
    },
  }
}
