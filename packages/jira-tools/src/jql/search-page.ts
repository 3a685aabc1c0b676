import {
  searchAndReconsileIssuesUsingJql,
  searchAndReconsileIssuesUsingJqlPost,
} from '@telamon/jira/operations'

import type { Asking } from '../define.ts'
import type { Members } from '../views/value.ts'

/** The operations that reading a page may call. */
export const pageOperations = [
  searchAndReconsileIssuesUsingJql,
  searchAndReconsileIssuesUsingJqlPost,
] as const

/** Which page of which search. */
export interface PageQuery {
  readonly jql: string
  readonly fields: readonly string[]
  readonly maxResults: number
  readonly nextPageToken?: string | undefined
}

/** What a search found, and Jira's own token for what follows. */
export interface FoundPage {
  readonly issues: readonly { readonly key: string; readonly fields: Members }[]
  readonly nextPageToken?: string
}

/** A query longer than this in an address is sent as a body instead. In characters. */
const longestInAddress = 2000

/**
 * One page of a search. Jira's token is handed on as it is: a model reads it, and each character more would cost.
 */
export async function searchPage(
  { nextPageToken: token, fields, ...query }: PageQuery,
  { jira, signal }: Asking,
): Promise<FoundPage> {
  const asked = { ...query, fields: [...fields], ...(token !== undefined && { nextPageToken: token }) }
  const { issues, nextPageToken } =
    query.jql.length > longestInAddress
      ? await jira.call(searchAndReconsileIssuesUsingJqlPost, { body: asked }, { signal })
      : await jira.call(searchAndReconsileIssuesUsingJql, { query: asked }, { signal })
  return {
    issues: issues.map(({ key, fields: values = {} }) => ({ key, fields: values })),
    ...(nextPageToken && { nextPageToken }),
  }
}
