import type { VaultRow, VaultStore } from '@telamon/vault'

import { number, optional, readRow, readRows, readTexts, type Row, text, toFields } from './rows.ts'
import type { Prepare } from './scripts.ts'

/** What the scripts of the vault share: who may refresh, how attempts are listed, how rows are counted by key. */
const shared = `
  local function fits()
    return get('vault', a.grantId, 'state') == 'live' and get('vault', a.grantId, 'generation') == a.generation
  end
  local function is_owner() return fits() and get('vault', a.grantId, 'leaseOwner') == a.owner end
  local function is_free(id)
    local ending = get('vault', id, 'leaseUntil')
    return not ending or tonumber(ending) < now
  end
  local function clear(...) redis.call('HDEL', at('vault', a.grantId), ...) end
  local function count(kid, change)
    if redis.call('HINCRBY', at('vaults', 'keys'), kid, change) < 1 then
      redis.call('HDEL', at('vaults', 'keys'), kid)
    end
  end
  local function seal(blob, kid)
    count(get('vault', a.grantId, 'kid'), -1)
    count(kid, 1)
    set('vault', a.grantId, { blob = blob, kid = kid })
  end
  local function end_attempt()
    clear('leaseOwner', 'leaseUntil', 'attemptSince')
    redis.call('ZREM', at('vaults', 'attempts'), a.grantId)
  end
`

/** Connections to the upstream. Each operation is one script. */
export function createVaultPort(prepareBare: Prepare, now: () => number): VaultStore {
  const prepare: Prepare = (lua) => prepareBare(shared + lua)
  const put = prepare(`
    if has('vault', a.row.grantId) then return 0 end
    set('vault', a.row.grantId, a.row)
    redis.call('ZADD', at('vaults', 'all'), 0, a.row.grantId)
    count(a.row.kid, 1)
    return 1`)
  const get = prepare(`return row('vault', a.grantId)`)
  const claim = prepare(`
    if not fits() or not is_free(a.grantId) then return end
    set('vault', a.grantId, { leaseOwner = a.owner, leaseUntil = a['until'] })
    if redis.call('HSETNX', at('vault', a.grantId), 'attemptSince', a.now) == 1 then
      redis.call('ZADD', at('vaults', 'attempts'), a.now, a.grantId)
    end
    return get('vault', a.grantId, 'blob')`)
  const commit = prepare(`
    if not is_owner() then return 0 end
    seal(a.blob, a.kid)
    set('vault', a.grantId, { accessExpiresAt = a.accessExpiresAt })
    redis.call('HINCRBY', at('vault', a.grantId), 'generation', 1)
    end_attempt()
    return 1`)
  const release = prepare(`
    if not is_owner() then return 0 end
    clear('leaseOwner', 'leaseUntil')
    return 1`)
  const bury = prepare(`
    if not is_owner() then return 0 end
    count(get('vault', a.grantId, 'kid'), -1)
    set('vault', a.grantId, { state = 'dead', deadSince = a.now, deadReason = a.reason })
    clear('blob', 'kid', 'accessExpiresAt', 'absoluteExpiresAt')
    end_attempt()
    return 1`)
  const rekey = prepare(`
    if not fits() or get('vault', a.grantId, 'kid') ~= a.oldKid or not is_free(a.grantId) then return 0 end
    seal(a.blob, a.newKid)
    return 1`)
  const stale = prepare(`
    local found = {}
    for _, id in ipairs(redis.call('ZRANGE', at('vaults', 'attempts'), 0, -1)) do
      if #found == tonumber(a.limit) then break end
      if is_free(id) then found[#found + 1] = { 'grantId', id, 'generation', get('vault', id, 'generation') } end
    end
    return found`)
  const list = prepare(`
    local found = {}
    for _, id in ipairs(redis.call('ZRANGEBYLEX', at('vaults', 'all'), '(' .. a.after, '+', 'LIMIT', 0, a.limit)) do
      found[#found + 1] = row('vault', id)
    end
    return found`)
  const keys = prepare(`return redis.call('HKEYS', at('vaults', 'keys'))`)
  const drop = prepare(`
    local kid = get('vault', a.grantId, 'kid')
    if kid then count(kid, -1) end
    redis.call('ZREM', at('vaults', 'all'), a.grantId)
    redis.call('ZREM', at('vaults', 'attempts'), a.grantId)
    return redis.call('DEL', at('vault', a.grantId))`)

  return {
    putVault: async (row) =>
      (await put({ row: toFields({ ...row, state: 'live', generation: 1 }), now: now() })) === 1,

    async getVault(grantId) {
      const row = readRow(await get({ grantId, now: now() }))
      return row && toVaultRow(row)
    },

    async claimRefresh({ grantId, generation, owner, now: at, until }) {
      const blob = await claim({ grantId, generation, owner, until, now: at })
      return typeof blob === 'string' ? blob : undefined
    },

    commitRefresh: async ({ grantId, generation, owner, blob, kid, accessExpiresAt }) =>
      (await commit({ grantId, generation, owner, blob, kid, accessExpiresAt, now: now() })) === 1,

    releaseRefresh: async ({ grantId, generation, owner }) =>
      (await release({ grantId, generation, owner, now: now() })) === 1,

    markDead: async ({ grantId, generation, owner, reason, now: at }) =>
      (await bury({ grantId, generation, owner, reason, now: at })) === 1,

    rekeyVault: async ({ grantId, generation, oldKid, blob, newKid, now: at }) =>
      (await rekey({ grantId, generation, oldKid, blob, newKid, now: at })) === 1,

    staleRefreshes: async (at, limit) =>
      readRows(await stale({ limit, now: at })).map((row) => ({
        grantId: text(row, 'grantId'),
        generation: number(row, 'generation'),
      })),

    listVaults: async ({ after = '', limit }) =>
      readRows(await list({ after, limit, now: now() })).map(toVaultRow),
    keysInUse: async () => readTexts(await keys({ now: now() })),
    dropVault: async (grantId) => (await drop({ grantId, now: now() })) === 1,
  }
}

function toVaultRow(row: Row): VaultRow {
  const common = {
    grantId: text(row, 'grantId'),
    generation: number(row, 'generation'),
    createdAt: number(row, 'createdAt'),
  }
  if (text(row, 'state') === 'dead')
    return { ...common, state: 'dead', deadSince: number(row, 'deadSince'), reason: text(row, 'deadReason') }
  return {
    ...common,
    state: 'live',
    blob: text(row, 'blob'),
    kid: text(row, 'kid'),
    accessExpiresAt: number(row, 'accessExpiresAt'),
    absoluteExpiresAt: number(row, 'absoluteExpiresAt'),
    ...(row['leaseOwner'] !== undefined && {
      lease: { owner: text(row, 'leaseOwner'), until: number(row, 'leaseUntil') },
    }),
    ...optional(row, 'attemptSince', number),
  }
}
