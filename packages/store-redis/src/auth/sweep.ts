import type { AuthStore } from '@telamon/oauth'

import type { Prepare } from '../scripts.ts'

/** Removes what has ended, a batch a script, so that others get their turn in between. */
export function createSweep(prepare: Prepare): AuthStore['sweep'] {
  const sweep = prepare(`
    local list = a.kind == 'grant' and at('grants', 'forgotten') or ends(a.kind)
    local ids = redis.call('ZRANGEBYSCORE', list, '-inf', a.now, 'LIMIT', 0, a.limit)
    for _, id in ipairs(ids) do
      redis.call('ZREM', list, id)
      redis.call('DEL', at(a.kind, id))
    end
    if a.kind == 'family' then
      for _, kid in ipairs(redis.call('SMEMBERS', at('families', 'keys'))) do
        redis.call('ZREMRANGEBYSCORE', at('families-with', kid), '-inf', a.now)
        if not has('families-with', kid) then redis.call('SREM', at('families', 'keys'), kid) end
      end
    end
    return #ids`)
  return async (kind, now, limit) => Number(await sweep({ kind, limit, now }))
}
