import { getFiltersPaginated } from '@telamon/jira/operations'
import { oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { CloudId, Cursor, pageSize, Words } from '../params.ts'
import { listText } from '../views/list.ts'

export const listJiraFilters = defineTool({
  name: 'listJiraFilters',
  title: 'List saved Jira filters',
  description: 'Saved searches with their JQL, by a part of the name.',
  tier: 'read',
  product: 'jira',
  uses: [getFiltersPaginated],
  accepts: { move: { filterName: 'query', name: 'query', limit: 'maxResults' } },
  input: z.strictObject({
    cloudId: CloudId,
    query: Words.optional().describe('A part of the name.'),
    maxResults: pageSize(25),
    cursor: Cursor,
  }),
  async run({ query, maxResults = 25, cursor }, { jira }, { signal }) {
    const list = jira.filters.list(query === undefined ? {} : { name: query })
    const page = await list.page({ size: maxResults, signal, ...(cursor && { cursor }) })
    const lines = page.items.map(
      ({ id, name, jql, owner }) =>
        `${oneLine(name)} (id ${id ?? ''}, ${oneLine(owner?.displayName ?? '')}): ${oneLine(jql ?? '')}`,
    )
    return {
      text: listText({
        lines,
        source: 'Jira filters',
        none: 'No filter by that name is visible.',
        cursor: page.cursor,
      }),
    }
  },
})
