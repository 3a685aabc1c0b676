import { flag, number } from './columns.ts'
import type { Database } from './database.ts'
import { PostgresStoreError } from './errors.ts'
import { steps } from './schema.ts'

/** What a migration is told. */
export interface MigrationOptions {
  readonly schema: string
  /** Milliseconds since 1970. */
  readonly now: number
  /** Opens a connection for statements that may take minutes, and for the lock before them. */
  readonly patiently: () => Database
}

/**
 * Brings the tables up to this version, in one transaction under a lock: instances that start at once take turns, and
 * a crash leaves the old version. Where nothing is to be done, a role that may not change tables is enough. Refuses
 * what another program or a later version has made.
 */
export async function migrate(database: Database, options: MigrationOptions): Promise<void> {
  const { schema, patiently } = options
  if ((await readVersion(database.prepare, schema)) === steps.length) return
  const patient = patiently()
  try {
    await patient.transaction((prepare) => takeSteps(prepare, options))
  } finally {
    await patient.close()
  }
}

async function takeSteps(
  prepare: Database['prepare'],
  { schema, now }: Pick<MigrationOptions, 'schema' | 'now'>,
): Promise<void> {
  const lock = prepare('SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))')
  await lock.run({ name: `telamon ${schema} schema` })
  const version = await readVersion(prepare, schema)
  if (version === steps.length) return
  const known = await prepare('SELECT FROM pg_namespace WHERE nspname = :schema').run({ schema })
  // CREATE SCHEMA IF NOT EXISTS wants the right to make one, even where there is one.
  if (known === 0) await prepare(`CREATE SCHEMA "${schema}"`).run()
  const table = '@migration (version integer PRIMARY KEY, applied_at bigint NOT NULL)'
  await prepare(`CREATE TABLE IF NOT EXISTS ${table}`).run()
  const note = prepare('INSERT INTO @migration (version, applied_at) VALUES (:version, :now)')
  for (const [index, step] of steps.entries()) {
    if (index < version) continue
    await prepare(step).run()
    await note.run({ version: index + 1, now })
  }
}

/** 0 for a schema without tables. */
async function readVersion(prepare: Database['prepare'], schema: string): Promise<number> {
  const row = await prepare(`
    SELECT count(*) AS tables, coalesce(bool_or(tablename = 'migration'), false) AS ours
      FROM pg_tables WHERE schemaname = :schema`).get({ schema })
  if (number(row ?? {}, 'tables') === 0) return 0
  if (!flag(row ?? {}, 'ours'))
    throw new PostgresStoreError(
      'foreign',
      `The schema ${schema} holds another program's tables. Give the name of one that is not there yet.`,
    )
  const newest = await prepare('SELECT coalesce(max(version), 0) AS version FROM @migration').get()
  const version = number(newest ?? {}, 'version')
  if (version > steps.length)
    throw new PostgresStoreError(
      'newer_schema',
      `The schema ${schema} has version ${version}, and this program knows ${steps.length}. ` +
        'Run the version that made it, or restore a backup from before.',
    )
  return version
}
