import { getDashboardsPaginated } from '@telamon/jira/operations'
import { oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { CloudId, Cursor, pageSize, Words } from '../params.ts'
import { listText } from '../views/list.ts'

export const listJiraDashboards = defineTool({
  name: 'listJiraDashboards',
  title: 'List Jira dashboards',
  description: 'Dashboards by a part of the name, with their addresses.',
  tier: 'read',
  product: 'jira',
  uses: [getDashboardsPaginated],
  accepts: { move: { dashboardName: 'query', name: 'query', limit: 'maxResults' } },
  input: z.strictObject({
    cloudId: CloudId,
    query: Words.optional().describe('A part of the name.'),
    maxResults: pageSize(25),
    cursor: Cursor,
  }),
  async run({ query, maxResults = 25, cursor }, { jira, site }, { signal }) {
    const list = jira.dashboards.list(query === undefined ? {} : { name: query })
    const page = await list.page({ size: maxResults, signal, ...(cursor && { cursor }) })
    const lines = page.items.map(
      ({ id, name, owner }) =>
        `${oneLine(name ?? '')} (id ${id ?? ''}, ${oneLine(owner?.displayName ?? '')}): ${site.url}/jira/dashboards/${id ?? ''}`,
    )
    return {
      text: listText({
        lines,
        source: 'Jira dashboards',
        none: 'No dashboard by that name is visible.',
        cursor: page.cursor,
      }),
    }
  },
})
