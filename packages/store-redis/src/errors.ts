/**
 * - `bad_address`: not `redis://…` or `rediss://…`, or a prefix that keys cannot have
 * - `unreachable`: no connection, or lost while the call was on its way
 * - `timeout`: connected, and no answer in time
 * - `denied`: wrong name or password, or a command that this user may not use
 * - `read_only`: a replica
 * - `full`: out of memory, or unable to write to its disk
 * - `cluster`: cluster mode, which needs a client that follows moving slots
 * - `newer_schema`: the keys were written by a later version
 * - `closed`: the store was closed here
 *
 * After `unreachable` and `timeout` the call may have been carried out or not.
 */
export type RedisStoreErrorCode =
  | 'bad_address'
  | 'unreachable'
  | 'timeout'
  | 'denied'
  | 'read_only'
  | 'full'
  | 'cluster'
  | 'newer_schema'
  | 'closed'

/** A Redis that cannot be used. The message names the address without its password, and says what to do. */
export class RedisStoreError extends Error {
  override readonly name = 'RedisStoreError'
  readonly code: RedisStoreErrorCode

  constructor(code: RedisStoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** What Redis says, by the word its error begins with; older versions wrap it in a sentence about the script. */
const refusals: readonly (readonly [words: RegExp, code: RedisStoreErrorCode, sentence: string])[] = [
  [
    /\b(?:WRONGPASS|NOAUTH|NOPERM|DENIED|ERR AUTH|invalid password)\b/,
    'denied',
    'refuses name or password, or may not be used like this. Check both in the address, and what the user may do (ACL).',
  ],
  [/\bREADONLY\b/, 'read_only', 'is a replica. Give the address of the primary.'],
  [
    /\b(?:OOM|MISCONF|NOREPLICAS)\b/,
    'full',
    'takes no writes: its memory or its disk is full, or too few replicas follow. Look into its log.',
  ],
  [
    /\b(?:MOVED|CROSSSLOT|CLUSTERDOWN)\b/,
    'cluster',
    'is part of a cluster. Give the address of a Redis without cluster mode, or keep this in PostgreSQL.',
  ],
  [
    /\b(?:LOADING|MASTERDOWN|BUSY)\b/,
    'unreachable',
    'is not ready yet. It is asked again with the next call.',
  ],
]

/** An error of the driver in our words. What Redis says about a script of ours stays as it is: a fault of this package. */
export function explain(cause: unknown, place: string): unknown {
  if (cause instanceof RedisStoreError || !(cause instanceof Error)) return cause
  for (const [words, code, sentence] of refusals)
    if (words.test(cause.message))
      return new RedisStoreError(code, `Redis at ${place} ${sentence}`, { cause })
  if (/^(?:ERR|WRONGTYPE|NOSCRIPT)\b/.test(cause.message)) return cause
  const reason = 'code' in cause ? String(cause.code) : cause.message
  return new RedisStoreError(
    'unreachable',
    `Redis at ${place} cannot be reached (${reason}). Check the address, and that Redis runs there.`,
    { cause },
  )
}
