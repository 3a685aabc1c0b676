import { randomUUID } from 'node:crypto'

import { Client } from 'pg'
import { onTestFinished } from 'vitest'

import { createPostgresStore, type PostgresStore, type PostgresStoreOptions } from '../src/index.ts'

// oxlint-disable-next-line node/no-process-env -- where the PostgreSQL of the tests runs is for the machine to say
const { TELAMON_TEST_POSTGRES, TELAMON_REQUIRE_STORES } = process.env

/** The database that the tests may make schemas in. */
export const url = TELAMON_TEST_POSTGRES ?? 'postgres://root@127.0.0.1:5432/test'

const away = await reasonToSkip()
if (away !== undefined) {
  const told = `${away} The tests of store-postgres need one; TELAMON_TEST_POSTGRES says where it is.`
  if (TELAMON_REQUIRE_STORES) throw new Error(told)
  console.error(`Skipped: ${told}`)
}

/** Whether there is no PostgreSQL, so that the tests that need one are skipped, after a line that says so. */
export const isAway = away !== undefined

async function reasonToSkip(): Promise<string | undefined> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  try {
    await client.connect()
    return undefined
  } catch (error) {
    return `No PostgreSQL answers at ${new URL(url).host} (${String(error)}).`
  } finally {
    await client.end().catch(() => undefined) // It has not begun.
  }
}

const newName = (): string => `test_${randomUUID().replaceAll('-', '')}`

/** A name for a schema that no other test has, which goes with the test. */
export function freshSchema(): string {
  const schema = newName()
  onTestFinished(() => removeSchema(schema))
  return schema
}

/** Removes a schema, once those who still write to it have ended. */
async function removeSchema(schema: string): Promise<void> {
  await query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`)
}

/** Runs one statement by the driver itself. */
export async function query(
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text, [...values])).rows
  } finally {
    await client.end()
  }
}

/** All that a schema holds, as JSON. */
export async function contentsOf(schema: string): Promise<string> {
  const tables = await query('SELECT tablename FROM pg_tables WHERE schemaname = $1', [schema])
  const rows = tables.map(({ tablename }) => query(`SELECT * FROM "${schema}".${String(tablename)}`))
  return JSON.stringify(await Promise.all(rows))
}

/** A store that is closed with the test. */
export async function openStore(options: Partial<PostgresStoreOptions> = {}): Promise<PostgresStore> {
  const store = await createPostgresStore({ url, schema: options.schema ?? freshSchema(), ...options })
  onTestFinished(() => store.close())
  return store
}

const now = (): number => Date.UTC(2026, 0, 1, 12)

/** Two stores on the same new tables, as two processes would have them. */
export interface Pair {
  readonly first: PostgresStore
  readonly other: PostgresStore
  readonly empty: (table: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** Opens two stores, on a clock that the test hands in. */
export async function openPair(): Promise<Pair> {
  const schema = newName()
  const open = (): Promise<PostgresStore> => createPostgresStore({ url, schema, now })
  const [first, other] = await Promise.all([open(), open()])
  return {
    first,
    other,
    async empty(table) {
      await query(`TRUNCATE "${schema}".${table}`)
    },
    async close() {
      await Promise.all([first.close(), other.close()])
      await removeSchema(schema)
    },
  }
}
