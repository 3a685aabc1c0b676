import type { Query } from '@telamon/query'
import type { PagedOperation, Rest } from '@telamon/rest'
import { type List, type ListOptions, listOf } from '@telamon/rest/surface'

import type { FieldMap } from '../custom-fields.ts'
import type { Issue } from '../generated/platform/types.gen.ts'
import { type IssueView, type Reading, idsOf, viewOf } from '../views.ts'

/** A query in JQL, as text or as the `jql` template built it. */
export type JqlQuery = string | Query

/** The text of a query. */
export const textOf = (query: JqlQuery): string => (typeof query === 'string' ? query : query.text)

/** Where a list of issues of Jira Software comes from. */
interface AgileSource {
  readonly operation: PagedOperation<unknown, unknown, Pick<Issue, 'id' | 'key' | 'self'>>
  readonly path: object
  readonly options: (Reading & ListOptions & { readonly jql?: JqlQuery }) | undefined
}

/** Issues of a board, a sprint or an epic, read as they were asked for. */
export function issueList<Fields>(rest: Rest, map: FieldMap, source: AgileSource): List<IssueView<Fields>> {
  const { operation, path, options: { fields, fieldIds, jql, ...options } = {} } = source
  const reading = { ...(fields && { fields }), ...(fieldIds && { fieldIds }) }
  const ids = idsOf(map, reading)
  const query = { ...(ids && { fields: ids }), ...(jql !== undefined && { jql: textOf(jql) }) }
  return listOf(
    rest,
    {
      operation,
      input: { path, query },
      map: (issue) => viewOf<Fields, never>(map, issue, reading),
      largest: 100,
    },
    options,
  )
}
