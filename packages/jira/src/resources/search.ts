import type { CallOptions, Rest } from '@telamon/rest'
import { type List, type ListOptions, listOf } from '@telamon/rest/surface'

import type { FieldMap } from '../custom-fields.ts'
import {
  countIssues,
  matchIssues,
  parseJqlQueries,
  searchAndReconsileIssuesUsingJql,
  searchAndReconsileIssuesUsingJqlPost,
} from '../generated/platform/operations.gen.ts'
import type { Issue, IssueMatchesForJql, ParsedJqlQuery } from '../generated/platform/types.gen.ts'
import {
  type Expansion,
  type FieldNameOf,
  type FieldsOf,
  type IssueView,
  type ReadOptions,
  idsOf,
  viewOf,
} from '../views.ts'
import { type JqlQuery, textOf } from './issue-list.ts'

/** What a search may be told. */
export type SearchOptions<
  Map extends FieldMap,
  Names extends readonly FieldNameOf<Map>[],
  Expanded extends readonly Expansion[],
> = ReadOptions<Map, Names, Expanded> &
  ListOptions & {
    /** Ids of issues, at most 50, whose newest state has to be seen: the index is behind by seconds. */
    readonly reconcile?: readonly number[]
  }

/** Finds issues. */
export type Search<Map extends FieldMap> = <
  const Names extends readonly FieldNameOf<Map>[] = readonly [],
  const Expanded extends readonly Expansion[] = readonly [],
>(
  query: JqlQuery,
  options?: SearchOptions<Map, Names, Expanded>,
) => List<IssueView<FieldsOf<Map, Names>, Expanded[number]>>

/** Questions about queries. */
export interface JqlTools {
  /** What Jira makes of queries, with its errors. `strict` also looks names up. `parseJqlQueries` */
  readonly parse: (
    queries: readonly JqlQuery[],
    options?: CallOptions & { readonly validation?: 'strict' | 'warn' | 'none' },
  ) => Promise<readonly ParsedJqlQuery[]>
  /** Which of the issues, by id, each query finds. `matchIssues` */
  readonly match: (
    issueIds: readonly number[],
    queries: readonly JqlQuery[],
    options?: CallOptions,
  ) => Promise<readonly IssueMatchesForJql[]>
}

/** A query longer than this in an address is sent as a body instead. In characters. */
const longestInAddress = 2000

/**
 * Binds the search to a connection. Without `fields` the navigable ones come; Jira itself would give ids alone. A page
 * has at most 100 issues, or 5,000 of ids alone. What the person may not see is left out, silently.
 * `searchAndReconsileIssuesUsingJql`, and for long queries `searchAndReconsileIssuesUsingJqlPost`
 */
export function search<Map extends FieldMap>(rest: Rest, map: Map): Search<Map> {
  return function find<
    const Names extends readonly FieldNameOf<Map>[],
    const Expanded extends readonly Expansion[],
  >(
    query: JqlQuery,
    { fields, fieldIds, expand, reconcile, ...options }: SearchOptions<Map, Names, Expanded> = {},
  ): List<IssueView<FieldsOf<Map, Names>, Expanded[number]>> {
    const reading = { ...(fields && { fields }), ...(fieldIds && { fieldIds }) }
    const jql = textOf(query)
    const asked = {
      jql,
      fields: idsOf(map, reading) ?? ['*navigable'],
      ...(expand && { expand: expand.join(',') }),
      ...(reconcile && { reconcileIssues: reconcile }),
    }
    const view = (issue: Issue): IssueView<FieldsOf<Map, Names>, Expanded[number]> =>
      viewOf(map, issue, reading)
    return jql.length > longestInAddress
      ? listOf(
          rest,
          {
            operation: searchAndReconsileIssuesUsingJqlPost,
            input: { body: asked },
            map: view,
            largest: 100,
          },
          options,
        )
      : listOf(
          rest,
          { operation: searchAndReconsileIssuesUsingJql, input: { query: asked }, map: view, largest: 100 },
          options,
        )
  }
}

/** About how many issues a query finds: Jira counts from its index. */
export type Count = (query: JqlQuery, options?: CallOptions) => Promise<number>

/** Binds counting to a connection. `countIssues` */
export const count =
  ({ call }: Rest): Count =>
  async (query, options) => {
    const answer = await call(countIssues, { body: { jql: textOf(query) } }, options)
    return answer.count ?? 0
  }

/** Binds questions about queries to a connection. */
export const jqlTools = ({ call }: Rest): JqlTools => ({
  async parse(queries, { validation = 'strict', ...options } = {}) {
    const answer = await call(
      parseJqlQueries,
      { query: { validation }, body: { queries: queries.map(textOf) } },
      options,
    )
    return answer.queries
  },
  async match(issueIds, queries, options) {
    const answer = await call(matchIssues, { body: { issueIds, jqls: queries.map(textOf) } }, options)
    return answer.matches
  },
})
