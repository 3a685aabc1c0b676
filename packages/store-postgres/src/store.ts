import type { AuthStore } from '@telamon/oauth'
import type { LimiterStore } from '@telamon/rate-limiter'
import type { VaultStore } from '@telamon/vault'

import { createAuthPort } from './auth/auth.ts'
import { flag, text } from './columns.ts'
import { type Database, open } from './database.ts'
import { PostgresStoreError } from './errors.ts'
import type { PostgresStoreEvent } from './events.ts'
import { createLimiterPort } from './limiter.ts'
import { migrate } from './migrations.ts'
import { createVaultPort } from './vault.ts'

/** Where the tables are, and who hears of trouble. */
export interface PostgresStoreOptions {
  /** `postgres://[NAME:PASSWORD@]HOST[:PORT]/DATABASE`, with `?sslmode=verify-full` for TLS. */
  readonly url: string
  /** Made if it is not there: lower-case letters, digits, underscores. Default: `telamon`. */
  readonly schema?: string
  /**
   * Milliseconds since 1970. Default: the server's clock for the counters of the limiter, this process's for the note
   * beside a change of the schema. One that is given stands for both, and the limiter is to be called with its
   * instants: for tests.
   */
  readonly now?: () => number
  /** Connections at a time, at most; two more are for the counters. Default: 10. */
  readonly connections?: number
  /** How long to wait for a connection, for a lock, and for a statement. Default: 5,000. */
  readonly timeoutMs?: number
  /** Hears of a set-up that loses data, and of lost connections. */
  readonly observe?: (event: PostgresStoreEvent) => void
}

/** The three stores in one schema of PostgreSQL, for any number of instances. */
export interface PostgresStore extends AsyncDisposable {
  readonly auth: AuthStore
  readonly vault: VaultStore
  readonly limiter: LimiterStore
  /** Ends the connections after the answers that are on their way. Calls that come later fail. */
  readonly close: () => Promise<void>
}

/**
 * Connects, and brings the tables up to date. Each operation is one statement, but two that count rows before they add
 * one: these are a transaction.
 *
 * @throws PostgresStoreError, as each operation does.
 */
export async function createPostgresStore(options: PostgresStoreOptions): Promise<PostgresStore> {
  const { schema = 'telamon', now = Date.now, connections = 10, timeoutMs = 5000 } = options
  const { url, observe = () => undefined } = options
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema))
    throw new PostgresStoreError(
      'bad_address',
      'A schema is up to 63 lower-case letters, digits, underscores.',
    )
  const settings = { url, schema, connections, timeoutMs, observe }
  const database = open(settings)
  // A crowd at one counter must not keep sign-ins waiting for a connection.
  const counters = open({ ...settings, connections: 2 })
  const patiently = (): Database => open({ ...settings, connections: 1, timeoutMs: 600_000 })
  const close = async (): Promise<void> => {
    await Promise.all([database.close(), counters.close()])
  }
  try {
    await checkServer(database, observe)
    await migrate(database, { schema, now: now(), patiently })
  } catch (error) {
    await close()
    throw error
  }
  return {
    auth: createAuthPort(database, schema),
    vault: createVaultPort(database),
    limiter: createLimiterPort(counters, options.now),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Refuses a standby, and tells of settings that lose what was answered. */
async function checkServer(
  { prepare }: Database,
  observe: (event: PostgresStoreEvent) => void,
): Promise<void> {
  const settings = await prepare(`
    SELECT pg_is_in_recovery() AS standby, current_setting('fsync') AS fsync,
           current_setting('synchronous_commit') AS synchronous_commit`).get()
  if (flag(settings ?? {}, 'standby'))
    throw new PostgresStoreError(
      'read_only',
      'This PostgreSQL is a standby. Give the address of the primary.',
    )
  for (const name of ['fsync', 'synchronous_commit'])
    if (text(settings ?? {}, name) === 'off')
      observe({
        type: 'warning',
        code: 'not_durable',
        message: `PostgreSQL answers before it has written (${name} off): after a crash of its machine the newest refreshes may be missing. Set ${name} on.`,
      })
}
