import type { Query } from '../ast.ts'

/**
 * Whether a query has a condition. The service refuses to search or count by ORDER BY alone (recorded); what counts as
 * a restriction beyond that is its own decision.
 */
export function isBounded(query: Query): boolean {
  return query.where !== undefined
}
