import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite'

/** What a statement is given, by name. */
type Parameters = Readonly<Record<string, SQLInputValue>>

/** What a statement gives: columns by name. */
export type Row = Readonly<Record<string, SQLOutputValue>>

/** A prepared statement, kept for as long as its connection. */
interface Statement {
  /** The first row; of a statement that changes something, all of it is done. */
  readonly get: (parameters?: Parameters) => Row | undefined
  readonly all: (parameters?: Parameters) => readonly Row[]
  /** How many rows were inserted, updated or deleted. */
  readonly run: (parameters?: Parameters) => number
}

/** One connection. Everything on it is synchronous, so nothing of this process comes between two statements. */
export interface Database {
  readonly prepare: (sql: string) => Statement
  /** Runs statements that need no preparation. */
  readonly execute: (sql: string) => void
  /**
   * Runs `work` in a transaction that holds the write lock from its beginning. Rolls back when `work` throws, or
   * answers `undefined` or `false`. `work` is synchronous: nothing may wait inside.
   */
  readonly transaction: <T>(work: () => T) => T
  readonly close: () => void
}

/**
 * `full`: a commit has reached the disk when it is answered; what a refresh of tokens needs. `normal`: the newest
 * commits may be missing after a loss of power, and nothing else; good enough for counters.
 */
export type Durability = 'full' | 'normal'

/** Opens a connection: write-ahead log, and up to 5 s of patience with other writers. */
export function connect(path: string, durability: Durability): Database {
  const connection = new DatabaseSync(path)
  connection.exec(`PRAGMA busy_timeout = 5000`)
  connection.exec(`PRAGMA journal_mode = WAL`)
  connection.exec(`PRAGMA synchronous = ${durability}`)
  return {
    prepare(sql) {
      const statement = connection.prepare(sql)
      return {
        get: (parameters = {}) => statement.get(parameters),
        all: (parameters = {}) => statement.all(parameters),
        run: (parameters = {}) => Number(statement.run(parameters).changes),
      }
    },

    execute: (sql) => connection.exec(sql),

    transaction(work) {
      connection.exec('BEGIN IMMEDIATE')
      try {
        const outcome = work()
        connection.exec(outcome === undefined || outcome === false ? 'ROLLBACK' : 'COMMIT')
        return outcome
      } catch (error) {
        try {
          connection.exec('ROLLBACK')
        } catch {
          // A full disk has ended the transaction already; what matters is the first error.
        }
        throw error
      }
    },

    close: () => connection.close(),
  }
}
