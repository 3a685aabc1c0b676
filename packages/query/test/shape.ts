import type { Query } from '../src/index.ts'

/** A query without positions and text: what two queries have in common when they mean the same. */
export function shapeOf(query: Query): unknown {
  return JSON.parse(
    JSON.stringify(query, (key, value: unknown) => (key === 'span' || key === 'text' ? undefined : value)),
  )
}
