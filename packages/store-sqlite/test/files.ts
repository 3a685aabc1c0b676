import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { onTestFinished } from 'vitest'

import { createSqliteStore, type SqliteStore } from '../src/index.ts'

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'store-sqlite-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** Two connections to one new file, as two processes would have them. */
export function twoConnections(): { first: SqliteStore; other: SqliteStore; close: () => void } {
  const path = join(temporaryFolder(), 'telamon.db')
  const first = createSqliteStore({ path })
  const other = createSqliteStore({ path })
  return {
    first,
    other,
    close() {
      first.close()
      other.close()
    },
  }
}
