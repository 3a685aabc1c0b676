import type { AuthStore } from '@telamon/oauth'

import { readList, readRow, readTexts, toFields } from '../rows.ts'
import type { Prepare } from '../scripts.ts'
import { toAccess, toCode, toFamily, toGrant } from './records.ts'

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

/** An access token, listed with its grant until it ends. */
const putAccessToken = `
  local function put_access(access)
    put('access', access.hash, access)
    local list = at('access-of', access.grantId)
    redis.call('ZREMRANGEBYSCORE', list, '-inf', a.now)
    redis.call('ZADD', list, access.expiresAt, access.hash)
    redis.call('PEXPIRE', list, redis.call('PTTL', at('access', access.hash)))
  end
`

/** A family's new end, under the key that its newest token needs. */
const listFamily = `
  local function list_family(id, kid, ending)
    redis.call('SADD', at('families', 'keys'), kid)
    redis.call('ZADD', at('families-with', kid), ending, id)
    expire('family', id, ending)
  end

  local function prolong(grant, ending)
    set('grant', grant, { expiresAt = ending })
    redis.call('ZADD', ends('grant'), ending, grant)
  end
`

/** Each operation is one script. */
export function createTokens(prepare: Prepare, now: () => number): TokenOperations {
  const readCode = prepare(`return row('code', a.hash)`)
  const consume = prepare(`
    ${putAccessToken}
    ${listFamily}
    if not lives('code', a.hash) or get('code', a.hash, 'consumedAt') then return 0 end
    local grant = get('code', a.hash, 'grantId')
    if not has('grant', grant) or get('grant', grant, 'revokedAt') then return 0 end
    set('code', a.hash, { consumedAt = a.now })
    if a.family then
      set('family', a.family.id, a.family)
      list_family(a.family.id, a.family.kid, a.family.expiresAt)
      set('grant', grant, { family = a.family.id })
    end
    put_access(a.access)
    prolong(grant, (a.family or a.access).expiresAt)
    return 1`)
  const readFamily = prepare(`
    local family = row('family', a.id)
    local grant = #family > 0 and row('grant', get('family', a.id, 'grantId')) or {}
    return #grant > 0 and { family, grant } or nil`)
  const rotate = prepare(`
    ${putAccessToken}
    ${listFamily}
    if not lives('family', a.id) or get('family', a.id, 'revoked') ~= '0' then return end
    if get('family', a.id, 'clientId') ~= a.clientId then return end
    if get('family', a.id, 'generation') ~= a.generation then return end
    local ending = a.expiresAt
    local last = get('family', a.id, 'absoluteExpiresAt')
    if tonumber(ending) > tonumber(last) then ending = last end
    redis.call('ZREM', at('families-with', get('family', a.id, 'kid')), a.id)
    redis.call('HINCRBY', at('family', a.id), 'generation', 1)
    set('family', a.id, { kid = a.kid, rotatedAt = a.now, used = '0', expiresAt = ending })
    list_family(a.id, a.kid, ending)
    put_access(a.access)
    local grant = get('family', a.id, 'grantId')
    prolong(grant, ending)
    set('grant', grant, { lastUsedAt = a.now })
    return row('family', a.id)`)
  const keys = prepare(`
    local used = {}
    for _, kid in ipairs(redis.call('SMEMBERS', at('families', 'keys'))) do
      if redis.call('ZCOUNT', at('families-with', kid), '(' .. a.now, '+inf') > 0 then used[#used + 1] = kid end
    end
    return used`)
  const markUsed = prepare(`
    if get('family', a.id, 'generation') ~= a.generation then return end
    set('family', a.id, { used = '1' })
    local grant = get('family', a.id, 'grantId')
    if has('grant', grant) then set('grant', grant, { lastUsedAt = a.now }) end`)
  const putAccess = prepare(`
    ${putAccessToken}
    put_access(a.access)`)
  const readAccess = prepare(`
    if not lives('access', a.hash) then return end
    local grant = get('access', a.hash, 'grantId')
    if not has('grant', grant) or get('grant', grant, 'revokedAt') then return end
    return { row('access', a.hash), row('grant', grant) }`)
  const dropAccess = prepare(`
    if get('access', a.hash, 'clientId') ~= a.clientId then return 0 end
    redis.call('ZREM', at('access-of', get('access', a.hash, 'grantId')), a.hash)
    return drop('access', a.hash)`)

  return {
    async readCode(hash) {
      const row = readRow(await readCode({ hash, now: now() }))
      return row && toCode(row)
    },
    async consumeCode({ hash, now: at, family, access }) {
      const rows = { ...(family && { family: toFields(family) }), access: toFields(access) }
      return (await consume({ hash, ...rows, now: at })) === 1
    },

    async readFamily(id) {
      const [family, grant] = readList(await readFamily({ id, now: now() })).map(readRow)
      return family && grant && { family: toFamily(family), grant: toGrant(grant) }
    },
    async rotateFamily({ id, clientId, generation, now: at, expiresAt, kid, access }) {
      const wanted = { id, clientId, generation, expiresAt, kid, access: toFields(access) }
      const row = readRow(await rotate({ ...wanted, now: at }))
      return row && toFamily(row)
    },
    keysInUse: async (at) => readTexts(await keys({ now: at })),
    async markUsed(id, generation, at) {
      await markUsed({ id, generation, now: at })
    },

    async putAccess(access) {
      await putAccess({ access: toFields(access), now: now() })
    },
    async readAccess(hash, at) {
      const [access, grant] = readList(await readAccess({ hash, now: at })).map(readRow)
      return access && grant && { access: toAccess(access), grant: toGrant(grant) }
    },
    revokeAccess: async (hash, clientId) => (await dropAccess({ hash, clientId, now: now() })) === 1,
  }
}
