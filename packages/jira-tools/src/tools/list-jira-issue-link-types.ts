import { getIssueLinkTypes } from '@telamon/jira/operations'
import { oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { CloudId } from '../params.ts'
import { listText } from '../views/list.ts'

export const listJiraIssueLinkTypes = defineTool({
  name: 'listJiraIssueLinkTypes',
  title: 'List types of links between Jira issues',
  description: 'The ways in which issues can be linked, with how each reads in either direction.',
  tier: 'read',
  product: 'jira',
  uses: [getIssueLinkTypes],
  accepts: { move: { name_filter: 'query' } },
  input: z.strictObject({
    cloudId: CloudId,
    query: z.string().trim().optional().describe('A part of the name.'),
  }),
  async run({ query = '' }, { jira }, { signal }) {
    const types = await jira.links.types({ signal })
    const wanted = query.toLowerCase()
    const lines = types
      .map(
        ({ name = '', inward = '', outward = '' }) =>
          `${oneLine(name)}: ${oneLine(outward)} / ${oneLine(inward)}`,
      )
      .filter((line) => line.toLowerCase().includes(wanted))
    return {
      text: listText({
        lines,
        source: 'link types',
        none: 'There is no such type of link. Linking may be off on this site.',
      }),
    }
  },
})
