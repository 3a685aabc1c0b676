import { number } from './columns.ts'
import type { Database } from './database.ts'
import { SqliteStoreError } from './errors.ts'
import { steps } from './schema.ts'

/** What a migration is told. */
export interface MigrationOptions {
  /** For messages. */
  readonly path: string
  /** Milliseconds since 1970. */
  readonly now: number
}

/**
 * Brings the tables up to this version, in one transaction: two processes that start at once take turns, and a crash
 * leaves the old version. Refuses what another program or a later version has written.
 */
export function migrate(database: Database, { path, now }: MigrationOptions): void {
  database.transaction(() => {
    const version = readVersion(database, path)
    if (version > steps.length)
      throw new SqliteStoreError(
        'newer_schema',
        `${path} has schema version ${version}, and this program knows ${steps.length}. ` +
          'Run the version that wrote it, or restore a backup from before.',
      )
    if (version === steps.length) return false
    database.execute(
      'CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT',
    )
    const note = database.prepare('INSERT INTO migration (version, applied_at) VALUES (:version, :now)')
    for (const [index, step] of steps.entries()) {
      if (index < version) continue
      database.execute(step)
      note.run({ version: index + 1, now })
    }
    return true
  })
}

/** 0 for a file without tables. */
function readVersion(database: Database, path: string): number {
  const tables = database.prepare(
    `SELECT count(*) AS count, count(*) FILTER (WHERE name = 'migration') AS ours
       FROM sqlite_schema WHERE type = 'table'`,
  )
  const row = tables.get() ?? {}
  if (number(row, 'count') === 0) return 0
  if (number(row, 'ours') === 0)
    throw new SqliteStoreError(
      'foreign',
      `${path} is another program's database. Give the path of a file that is not there yet.`,
    )
  const newest = database.prepare('SELECT coalesce(max(version), 0) AS version FROM migration').get()
  return number(newest ?? {}, 'version')
}
