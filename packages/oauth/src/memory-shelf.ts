import type { Timestamp } from './records.ts'

/** A map whose entries end. */
export interface Shelf<Row extends { readonly expiresAt: Timestamp }> extends Map<string, Row> {
  /** The entry, unless it has ended. */
  readonly getAt: (key: string, now: Timestamp) => Row | undefined
  /** How many have not ended. */
  readonly countAt: (now: Timestamp) => number
  /** Removes at most `limit` that have ended, and says how many. */
  readonly sweep: (now: Timestamp, limit: number) => number
}

/** A shelf with nothing on it. */
export function createShelf<Row extends { readonly expiresAt: Timestamp }>(): Shelf<Row> {
  const rows = new Map<string, Row>()
  return Object.assign(rows, {
    getAt(key: string, now: Timestamp): Row | undefined {
      const row = rows.get(key)
      return row !== undefined && row.expiresAt > now ? row : undefined
    },
    countAt(now: Timestamp): number {
      let count = 0
      for (const { expiresAt } of rows.values()) if (expiresAt > now) count += 1
      return count
    },
    sweep: (now: Timestamp, limit: number): number =>
      sweepWhere(rows, ({ expiresAt }) => expiresAt <= now, limit),
  })
}

/** Removes at most `limit` entries that are over, and says how many. */
export function sweepWhere<Row>(
  rows: Map<string, Row>,
  isOver: (row: Row) => boolean,
  limit: number,
): number {
  let count = 0
  for (const [key, row] of rows) {
    if (count >= limit) break
    if (!isOver(row)) continue
    rows.delete(key)
    count += 1
  }
  return count
}
