import { type CustomTypesConfig, Pool, type PoolClient, type PoolConfig, types } from 'pg'

import type { Row } from './columns.ts'
import { explain, PostgresStoreError } from './errors.ts'
import type { PostgresStoreEvent } from './events.ts'
import { compile, type Parameters } from './statement.ts'

/** What a database is opened with. */
export interface DatabaseOptions {
  readonly url: string
  readonly schema: string
  /** Connections at a time, at most. */
  readonly connections: number
  readonly timeoutMs: number
  readonly observe: (event: PostgresStoreEvent) => void
}

/** A statement that is ready to be run, as often as wanted. */
interface Prepared {
  /** The first row; of a statement that changes something, all of it is done. */
  readonly get: (parameters?: Parameters) => Promise<Row | undefined>
  readonly all: (parameters?: Parameters) => Promise<readonly Row[]>
  /** How many rows were inserted, updated or deleted. */
  readonly run: (parameters?: Parameters) => Promise<number>
}

/** Connections to one schema of one database. A statement by itself is a transaction by itself. */
export interface Database {
  readonly prepare: (sql: string) => Prepared
  /** Runs `work` on one connection, all or nothing: it is rolled back when `work` throws. */
  readonly transaction: <T>(work: (prepare: Database['prepare']) => Promise<T>) => Promise<T>
  /** Ends the connections after the answers that are on their way. */
  readonly close: () => Promise<void>
}

/** Who runs a statement: any connection of the pool, or the one of a transaction. */
type Runner = Pick<Pool | PoolClient, 'query'>

/** Opens a pool. It connects with the first statement, and again whenever a connection is missing. */
export function open(options: DatabaseOptions): Database {
  const { schema, observe } = options
  const { place, config } = readAddress(options)
  const pool = new Pool(config)
  const running = new Set<Promise<unknown>>()
  let closing: Promise<void> | undefined
  pool.on('error', (error) => observe({ type: 'disconnected', message: messageOf(explain(error, place)) }))

  async function attempt<T>(work: () => Promise<T>): Promise<T> {
    if (closing) throw new PostgresStoreError('closed', 'The store is closed.')
    const attempted = work()
    running.add(attempted)
    try {
      return await attempted
    } catch (error) {
      throw explain(error, place)
    } finally {
      running.delete(attempted)
    }
  }

  const prepareOn =
    (runner: Runner, around: <T>(work: () => Promise<T>) => Promise<T>): Database['prepare'] =>
    (sql) => {
      const { text, bind } = compile(sql, schema)
      const run = (parameters: Parameters = {}) =>
        around(() => runner.query<Row>({ text, values: [...bind(parameters)] }))
      return {
        get: async (parameters) => (await run(parameters)).rows[0],
        all: async (parameters) => (await run(parameters)).rows,
        run: async (parameters) => (await run(parameters)).rowCount ?? 0,
      }
    }

  return {
    prepare: prepareOn(pool, attempt),

    transaction: (work) =>
      attempt(async () => {
        const client = await pool.connect()
        let fault: Error | undefined
        // A connection that breaks between two statements; the next statement tells of it.
        const onError = (error: Error): void => void (fault = error)
        client.on('error', onError)
        try {
          await client.query('BEGIN')
          const outcome = await work(prepareOn(client, (run) => run()))
          await client.query('COMMIT')
          return outcome
        } catch (error) {
          // A connection that cannot roll back is not used again; what matters is the first error.
          await client.query('ROLLBACK').catch((reason: Error) => (fault ??= reason))
          throw error
        } finally {
          client.off('error', onError)
          client.release(fault)
        }
      }),

    // The pool itself would forget those who wait for a connection.
    close: () => (closing ??= Promise.allSettled(running).then(() => pool.end())),
  }
}

/** Where a server is, without name and password; and how to connect to it. */
function readAddress({ url, connections, timeoutMs }: DatabaseOptions): {
  readonly place: string
  readonly config: PoolConfig
} {
  const address = URL.canParse(url) ? new URL(url) : undefined
  if (address?.protocol !== 'postgres:' && address?.protocol !== 'postgresql:')
    // What was given may hold a password, so it is not repeated.
    throw new PostgresStoreError(
      'bad_address',
      'The address of PostgreSQL must be postgres://HOST:PORT/DATABASE.',
    )
  const given = address.searchParams.get('options') ?? ''
  address.searchParams.delete('options')
  return {
    place: `${address.host || (address.searchParams.get('host') ?? 'localhost')}${address.pathname}`,
    config: {
      connectionString: address.href,
      // A compare-and-set that lost must match no row; stricter levels would make an error of it.
      options: `${given} -c default_transaction_isolation=read\\ committed`.trim(),
      application_name: 'telamon',
      max: connections,
      connectionTimeoutMillis: timeoutMs,
      statement_timeout: timeoutMs,
      lock_timeout: timeoutMs,
      idle_in_transaction_session_timeout: 2 * timeoutMs,
      // Longer than the server's own, which says more; this one is for a server that is silent.
      query_timeout: 2 * timeoutMs,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      types: readers,
    },
  }
}

/** The driver gives 64-bit integers as texts. Ours are times and counts, which a number holds exactly. */
const readers: CustomTypesConfig = {
  getTypeParser: (id, format) => (id === types.builtins.INT8 ? Number : types.getTypeParser(id, format)),
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
