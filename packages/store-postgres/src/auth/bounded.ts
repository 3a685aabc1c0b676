import { number } from '../columns.ts'
import type { Database } from '../database.ts'
import type { Parameters } from '../statement.ts'

/** How many unexpired rows there may be, and at what time. */
interface Bound {
  readonly limit: number
  readonly now: number
}

/** Makes an insertion into a table whose unexpired rows are bounded. False when there are enough. */
export type Bounded = (
  table: 'tx' | 'client',
  insertion: string,
) => (row: Parameters, bound: Bound) => Promise<boolean>

/**
 * Counting and then adding is safe only one at a time, so it is a transaction that begins with a lock; the statements
 * after the lock see all that was added before it.
 */
export function createBounded({ transaction }: Database, schema: string): Bounded {
  return (table, insertion) => (row, bound) =>
    transaction(async (prepare) => {
      const lock = prepare('SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))')
      await lock.run({ name: `telamon ${schema} ${table}` })
      const count = prepare(`
        SELECT count(*) AS count FROM (SELECT FROM @${table} WHERE expires_at > :now LIMIT :limit) AS live`)
      const live = await count.get({ limit: bound.limit, now: bound.now })
      if (number(live ?? {}, 'count') >= bound.limit) return false
      await prepare(insertion).run(row)
      return true
    })
}
