import { getSpaces } from '@telamon/confluence/operations'
import { fence, oneLine, writtenCall } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { CloudId } from '../params.ts'

export const listConfluenceSpaces = defineTool({
  name: 'listConfluenceSpaces',
  title: 'List Confluence spaces',
  description: 'The spaces that this person can see, with key and id.',
  tier: 'read',
  product: 'confluence',
  uses: [getSpaces],
  accepts: { split: ['keys'] },
  input: z.strictObject({
    cloudId: CloudId,
    keys: z.array(z.string().min(1)).max(100).optional().describe('Only these.'),
    type: z.enum(['global', 'personal']).optional().describe('Only spaces of teams, or of people.'),
    limit: z.int().min(1).max(250).optional().describe('How many on this page. 50 by default.'),
    cursor: z.string().min(1).optional().describe('Of the page before, as its answer said.'),
  }),
  async run(input, { confluence }, { signal }) {
    const { keys, type, limit = 50, cursor } = input
    const list = confluence.spaces.list({
      status: 'current',
      signal,
      ...(keys && { keys }),
      ...(type && { type }),
    })
    const page = await list.page({ size: limit, ...(cursor !== undefined && { cursor }) })
    if (page.items.length === 0) return { text: 'There is no such space, or none that this person may see.' }
    const lines = page.items.map(
      ({ key, name, id, type: kind }) => `${key} ${oneLine(name)} (${kind}, id ${id})`,
    )
    const more =
      page.cursor === undefined
        ? `${lines.length} in all.`
        : `There are more: call ${writtenCall('listConfluenceSpaces', { ...input, cursor: page.cursor })}.`
    return { text: `${fence(lines.join('\n'), { source: 'Confluence spaces' })}\n${more}` }
  },
})
