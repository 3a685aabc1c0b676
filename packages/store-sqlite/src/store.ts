import type { AuthStore } from '@telamon/oauth'
import type { LimiterStore } from '@telamon/rate-limiter'
import type { VaultStore } from '@telamon/vault'

import { createAuthPort } from './auth/auth.ts'
import { connect, type Database, type Durability } from './database.ts'
import { SqliteStoreError } from './errors.ts'
import { prepareFile } from './file.ts'
import { createLimiterPort } from './limiter.ts'
import { migrate } from './migrations.ts'
import { createVaultPort } from './vault.ts'

/** Where the database is. */
export interface SqliteStoreOptions {
  /** A file; it and its folder are made if they are not there. `:memory:` ends with the store. */
  readonly path: string
  /** Milliseconds since 1970; noted beside each change of the schema, and used for nothing else. */
  readonly now?: () => number
}

/** The three stores in one file. Several processes of one machine may have it open at once. */
export interface SqliteStore extends AsyncDisposable {
  readonly auth: AuthStore
  readonly vault: VaultStore
  readonly limiter: LimiterStore
  /** Closes the file. Calls that come later fail. Closing twice does nothing. */
  readonly close: () => void
}

/** Opens the file and brings its tables up to date. Throws a {@link SqliteStoreError}. */
export function createSqliteStore({ path, now = Date.now }: SqliteStoreOptions): SqliteStore {
  prepareFile(path)
  const database = open(path, 'full')
  // Counters need no flush to the disk a call, and on a connection of their own they get none.
  const counters = open(path, 'normal')
  for (const each of [database, counters]) migrate(each, { path, now: now() })

  let isOpen = true
  const close = (): void => {
    if (isOpen) for (const each of [counters, database]) each.close()
    isOpen = false
  }
  return {
    auth: createAuthPort(database),
    vault: createVaultPort(database),
    limiter: createLimiterPort(counters),
    close,
    async [Symbol.asyncDispose]() {
      close()
    },
  }
}

/** SQLite's codes for a file that is no database, and for one that it may not open or write. */
const explained: ReadonlyMap<number, readonly [SqliteStoreError['code'], string]> = new Map([
  [26, ['foreign', 'is no SQLite database. Give the path of a file that is not there yet.']],
  [14, ['unwritable', 'cannot be opened. Let the user that runs this program write to its folder.']],
  [8, ['unwritable', 'cannot be written. Let the user that runs this program write to it.']],
])

function open(path: string, durability: Durability): Database {
  try {
    return connect(path, durability)
  } catch (cause) {
    const number = cause instanceof Error && 'errcode' in cause ? Number(cause.errcode) & 0xff : 0
    const explanation = explained.get(number)
    if (explanation === undefined) throw cause
    const [code, sentence] = explanation
    throw new SqliteStoreError(code, `${path} ${sentence}`, { cause })
  }
}
