import type { OperationSpec } from '@telamon/rest'

import type { Claim, ClaimLabel } from './claims/claim.ts'
import type { Served } from './http/call.ts'
import type { Document } from './router.ts'

/** One operation of a document: whether it is served, and what is claimed of it. */
export interface CoverageRow {
  readonly document: string
  readonly method: string
  readonly path: string
  readonly operation: string
  readonly served: boolean
  /** Whether its scopes are known, and so enforced. */
  readonly scopes: boolean
  readonly claims: Readonly<Record<ClaimLabel, number>>
}

export interface Coverage {
  readonly rows: readonly CoverageRow[]
  /** By document: how many are served, of how many. */
  readonly totals: Readonly<Record<string, { readonly served: number; readonly of: number }>>
}

/** What is claimed of an operation, by how sure it is. The ids of operations repeat between documents, so both count. */
function count(claims: readonly Claim[], name: string, id: string): Record<ClaimLabel, number> {
  const counts: Record<ClaimLabel, number> = { recorded: 0, documented: 0, reported: 0, inferred: 0 }
  for (const { operations, label } of claims) {
    if (operations.includes(id) || operations.includes(`${name}/${id}`)) counts[label] += 1
  }
  return counts
}

export function coverageOf(
  documents: readonly Document[],
  handlers: readonly Served[],
  claims: readonly Claim[],
): Coverage {
  const served = new Set<OperationSpec>(handlers.map(({ operation }) => operation))
  const rows = documents.flatMap(({ name, operations }) =>
    operations.map((operation): CoverageRow => {
      const isServed = served.has(operation)
      const { method, path, id, scopes } = operation
      const none = { recorded: 0, documented: 0, reported: 0, inferred: 0 }
      return {
        document: name,
        method,
        path,
        operation: id,
        served: isServed,
        scopes: scopes.classic !== undefined || scopes.granular !== undefined,
        claims: isServed ? count(claims, name, id) : none,
      }
    }),
  )
  const totals = documents.map(({ name, operations }): [string, { served: number; of: number }] => [
    name,
    { served: rows.filter((row) => row.document === name && row.served).length, of: operations.length },
  ])
  return { rows, totals: Object.fromEntries(totals) }
}
