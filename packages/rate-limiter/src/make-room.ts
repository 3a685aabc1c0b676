/** What may go when a table is full. */
export interface Room<Value> {
  /** Whether forgetting it changes no answer. */
  readonly isIdle: (value: Value) => boolean
  /** What goes first, when nothing is idle: the lowest. */
  readonly rank: (value: Value) => number
}

/**
 * Forgets all that is idle; when nothing is, one in 64 of the rest, so that a flood of new keys costs little each.
 * Answers how many went.
 */
export function makeRoom<Key, Value>(table: Map<Key, Value>, { isIdle, rank }: Room<Value>): number {
  const before = table.size
  for (const [key, value] of table) if (isIdle(value)) table.delete(key)
  if (table.size < before) return before - table.size
  const ranked = [...table].toSorted(([, a], [, b]) => rank(a) - rank(b))
  for (const [key] of ranked.slice(0, Math.ceil(before / 64))) table.delete(key)
  return before - table.size
}
