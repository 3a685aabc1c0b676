import type { AuthStore } from '@telamon/oauth'
import type { LimiterStore } from '@telamon/rate-limiter'
import { createSqliteStore } from '@telamon/store-sqlite'
import type { VaultStore } from '@telamon/vault'

import { openFolder } from './data-folder.ts'
import { Fault } from './fault.ts'
import type { Told } from './telemetry.ts'

/** The three ports behind one engine. */
export interface Store {
  readonly auth: AuthStore
  readonly vault: VaultStore
  readonly limiter: LimiterStore
  readonly close: () => void | Promise<void>
}

/** Names of errors whose message is for the operator and holds no password. */
const operatorErrors: ReadonlySet<string> = new Set([
  'PostgresStoreError',
  'RedisStoreError',
  'SqliteStoreError',
])

/**
 * Opens the engine that an address names. The driver of an engine is loaded only when it is wanted.
 *
 * @throws Fault when it cannot be reached or used.
 */
export async function openStore(address: string, observe: (event: Told) => void): Promise<Store> {
  try {
    return await open(address, observe)
  } catch (error) {
    if (!(error instanceof Error) || !operatorErrors.has(error.name)) throw error
    throw new Fault(`TELAMON_STORE: ${error.message}`, { cause: error })
  }
}

async function open(address: string, observe: (event: Told) => void): Promise<Store> {
  if (/^rediss?:/.test(address)) {
    const { createRedisStore } = await import('@telamon/store-redis')
    return createRedisStore({ url: address, observe })
  }
  if (address.startsWith('postgres')) {
    const { createPostgresStore } = await import('@telamon/store-postgres')
    return createPostgresStore({ url: address, observe })
  }
  return createSqliteStore({ path: openFolder(folderOf(address)).store })
}

/** The folder of `sqlite:FOLDER`. */
export function folderOf(address: string): string {
  return address.slice('sqlite:'.length)
}
