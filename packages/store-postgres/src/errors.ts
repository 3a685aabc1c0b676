/**
 * - `bad_address`: not `postgres://…`, or a schema's name that is none
 * - `unreachable`: no connection, or lost while the call was on its way
 * - `timeout`: no connection became free, a lock was held too long, or no answer came in time
 * - `denied`: wrong name or password, or a table that this role may not use
 * - `no_database`: the server has no database of that name
 * - `read_only`: a standby, or a role that may only read
 * - `full`: the disk is full, or there are too many connections
 * - `foreign`: the schema holds another program's tables
 * - `newer_schema`: the tables were made by a later version
 * - `closed`: the store was closed here
 *
 * After `unreachable` and `timeout` the call may have been carried out or not.
 */
export type PostgresStoreErrorCode =
  | 'bad_address'
  | 'unreachable'
  | 'timeout'
  | 'denied'
  | 'no_database'
  | 'read_only'
  | 'full'
  | 'foreign'
  | 'newer_schema'
  | 'closed'

/** A database that cannot be used. The message names the address without its password, and says what to do. */
export class PostgresStoreError extends Error {
  override readonly name = 'PostgresStoreError'
  readonly code: PostgresStoreErrorCode

  constructor(code: PostgresStoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

type Explanation = readonly [code: PostgresStoreErrorCode, sentence: string]

const access: Explanation = [
  'denied',
  'refuses name or password, or this role may not do that. Check both in the address, and what the role may do.',
]
const slow: Explanation = [
  'timeout',
  'took too long, and the call was given up. Look for long transactions, and for a server that has too much to do.',
]
const starting: Explanation = ['unreachable', 'is starting or stopping. The next call asks it again.']
const lost: Explanation = ['unreachable', 'has ended the connection. The next call makes a new one.']
const crowded: Explanation = [
  'full',
  'takes no more: its disk is full, or it has too many connections. Look into its log; fewer connections can be asked for.',
]

/** By SQLSTATE, or its class. @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const byState: Readonly<Record<string, Explanation>> = {
  '08': lost,
  '08P01': [
    'unreachable',
    'or a pooler before it refuses the settings of a connection. Let PgBouncer pass them (ignore_startup_parameters = statement_timeout, lock_timeout, idle_in_transaction_session_timeout, options).',
  ],
  '25P03': slow,
  '25006': ['read_only', 'takes no writes. Give the address of the primary, and a role that may write.'],
  '28000': access,
  '28P01': access,
  '42501': access,
  '3D000': [
    'no_database',
    'has no such database. Make it with CREATE DATABASE, or give the name of another.',
  ],
  '53': crowded,
  '55P03': slow,
  '57014': slow,
  '57P01': starting,
  '57P02': starting,
  '57P03': starting,
}

/** The driver's own words, for having waited in vain and for a password that is not there. */
const byWords: readonly (readonly [words: RegExp, explanation: Explanation])[] = [
  [/^(?:Query read timeout|timeout exceeded when trying to connect)/, slow],
  [/^SASL/, access],
]

/** An error of the driver in our words. What the server says about a statement of ours stays: a fault of this package. */
export function explain(cause: unknown, place: string): unknown {
  if (cause instanceof PostgresStoreError || !(cause instanceof Error)) return cause
  const code = 'code' in cause ? String(cause.code) : ''
  const said = byWords.find(([words]) => words.test(cause.message))
  const known = byState[code] ?? byState[code.slice(0, 2)] ?? said?.[1]
  if (known !== undefined)
    return new PostgresStoreError(known[0], `PostgreSQL at ${place} ${known[1]}`, { cause })
  if ('severity' in cause) return cause
  return new PostgresStoreError(
    'unreachable',
    `PostgreSQL at ${place} cannot be reached (${code || cause.message}). Check the address, and that it runs there.`,
    { cause },
  )
}
