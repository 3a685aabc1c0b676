import type { Connection } from './connection.ts'
import { RedisStoreError } from './errors.ts'
import type { RedisStoreEvent } from './events.ts'

type Warning = Extract<RedisStoreEvent, { readonly type: 'warning' }>

/**
 * What is wrong with how a Redis is set up. Nothing where it may not be asked.
 *
 * @throws RedisStoreError `cluster`.
 */
export async function readWarnings({ send }: Connection): Promise<readonly Warning[]> {
  const info = await send(['INFO']).catch(nothingIfRefused)
  const facts = new Map((typeof info === 'string' ? info : '').split('\r\n').map(factOf))
  if (facts.get('cluster_enabled') === '1')
    throw new RedisStoreError(
      'cluster',
      'This Redis is in cluster mode. Give the address of one without it, or keep this in PostgreSQL.',
    )
  const config = await send(['CONFIG', 'GET', 'appendfsync']).catch(nothingIfRefused)
  const fsync = typeof config === 'object' && config !== null && Object.values(config).at(-1)
  return [
    ...evictionWarning(facts.get('maxmemory_policy')),
    ...durabilityWarning(facts.get('aof_enabled'), fsync),
  ]
}

function evictionWarning(policy = 'noeviction'): readonly Warning[] {
  if (policy === 'noeviction') return []
  const message = `Redis throws keys away when its memory is full (maxmemory-policy ${policy}), and sign-ins with them. Set noeviction.`
  return [{ type: 'warning', code: 'evicts', message }]
}

function durabilityWarning(appends = '1', fsync: unknown): readonly Warning[] {
  const off = 'Redis keeps no append-only file, so that a crash signs people out. Set appendonly yes.'
  const late = `Redis writes its file late (appendfsync ${String(fsync)}): after a crash of its machine the newest refreshes may be missing. Set appendfsync always.`
  if (appends === '1' && (fsync === 'always' || typeof fsync !== 'string')) return []
  return [{ type: 'warning', code: 'not_durable', message: appends === '1' ? late : off }]
}

/** A line such as `aof_enabled:1`. */
const factOf = (line: string): readonly [name: string, value: string] => {
  const [name = '', value = ''] = line.split(':', 2)
  return [name, value]
}

/** Managed services refuse these commands to their customers. */
function nothingIfRefused(error: unknown): undefined {
  const refused = error instanceof RedisStoreError ? error.code === 'denied' : error instanceof Error
  if (!refused) throw error
}
