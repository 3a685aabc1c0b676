import type { AuthStore } from '@telamon/oauth'
import type { LimiterStore } from '@telamon/rate-limiter'
import type { VaultStore } from '@telamon/vault'

import { createAuthPort } from './auth/auth.ts'
import { connect, type Connection } from './connection.ts'
import { RedisStoreError } from './errors.ts'
import type { RedisStoreEvent } from './events.ts'
import { createLimiterPort } from './limiter.ts'
import { createScripts } from './scripts.ts'
import { createVaultPort } from './vault.ts'
import { readWarnings } from './warnings.ts'

/** Where the keys are, and who hears of trouble. */
export interface RedisStoreOptions {
  /** `redis://[NAME:PASSWORD@]HOST[:PORT][/DATABASE]`, or `rediss://…` for TLS. */
  readonly url: string
  /** What all keys begin with, in braces: letters, digits and `_.-`. Default: `telamon`. */
  readonly prefix?: string
  /**
   * Milliseconds since 1970. Default: Redis's own clock for the counters of the limiter, this process's for the lives
   * of keys. One that is given stands for both, and the limiter is to be called with its instants: for tests.
   */
  readonly now?: () => number
  /** How long to wait for a connection, and for an answer. Default: 5,000. */
  readonly timeoutMs?: number
  /** Hears of a set-up that loses data, and of lost connections. */
  readonly observe?: (event: RedisStoreEvent) => void
}

/** The three stores in one Redis or Valkey, for any number of instances. */
export interface RedisStore extends AsyncDisposable {
  readonly auth: AuthStore
  readonly vault: VaultStore
  readonly limiter: LimiterStore
  /** Ends the connection after the answers that are on their way. Calls that come later fail. */
  readonly close: () => Promise<void>
}

/** How keys are laid out: `schema.md`. */
const schemaVersion = 1

/**
 * Connects, and looks whether the keys and the set-up are right. Each operation is one script, and none is sent twice.
 *
 * @throws RedisStoreError, as each operation does.
 */
export async function createRedisStore(options: RedisStoreOptions): Promise<RedisStore> {
  const { url, prefix = 'telamon', now = Date.now, timeoutMs = 5000, observe = () => undefined } = options
  if (!/^[\w.-]{1,64}$/.test(prefix))
    throw new RedisStoreError(
      'bad_address',
      'A prefix is up to 64 letters, digits, dots, dashes, underscores.',
    )
  // The braces are a hash tag: whatever a script touches has to lie in one slot.
  const root = `{${prefix}}:`
  const connection = await connect({ url, timeoutMs, observe })
  try {
    for (const warning of await readWarnings(connection)) observe(warning)
    await checkSchema(connection, root)
  } catch (error) {
    await connection.close()
    throw error
  }

  const prepare = createScripts(connection, root)
  const { close } = connection
  return {
    auth: createAuthPort(prepare, now),
    vault: createVaultPort(prepare, now),
    limiter: createLimiterPort({ connection, prepare, root, ...(options.now && { clock: options.now }) }),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Writes down the version where there is none, and refuses a later one. */
async function checkSchema(connection: Connection, root: string): Promise<void> {
  const mark = connection.prepare(`
    redis.call('SET', KEYS[1], ARGV[1], 'NX')
    return redis.call('GET', KEYS[1])`)
  const version = Number(await mark({ keys: [`${root}schema`], arguments: [String(schemaVersion)] }))
  if (version > schemaVersion)
    throw new RedisStoreError(
      'newer_schema',
      `The keys ${root}* have schema version ${version}, and this program knows ${schemaVersion}. ` +
        'Run the version that wrote them, or give another prefix.',
    )
}
