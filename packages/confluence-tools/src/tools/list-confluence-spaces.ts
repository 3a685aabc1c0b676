import { getSpaces } from '@telamon/confluence/operations'
import { fence, oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { pageOf, restOf } from '../paging.ts'
import { CloudId, List, Words } from '../params.ts'

export const listConfluenceSpaces = defineTool({
  name: 'listConfluenceSpaces',
  title: 'List Confluence spaces',
  description: 'The spaces that this person can see, with key, name and id.',
  tier: 'read',
  product: 'confluence',
  uses: [getSpaces],
  accepts: { move: { maxResults: 'limit' }, ignore: ['sort', 'descriptionFormat', 'includeIcon', 'expand'] },
  input: z.strictObject({
    cloudId: CloudId,
    keys: List.optional().describe('Only these.'),
    ids: List.optional().describe('Only these.'),
    labels: List.optional().describe('Only spaces with one of these.'),
    type: z.enum(['global', 'personal']).optional().describe('Only spaces of teams, or of people.'),
    status: z.enum(['current', 'archived']).optional().describe('current by default.'),
    limit: z.int().min(1).max(250).optional().describe('On this page. 50 by default.'),
    cursor: Words.optional().describe('As the answer before gave it.'),
  }),
  async run(input, { confluence }, { signal }) {
    const { keys, ids, labels, type, status = 'current', limit = 50, cursor } = input
    const list = confluence.spaces.list({
      status,
      signal,
      ...(keys && { keys: inAnyCase(keys) }),
      ...(ids && { ids }),
      ...(labels && { labels }),
      ...(type && { type }),
    })
    const page = await pageOf(list, { size: limit, cursor })
    if (page.items.length === 0)
      return {
        text:
          cursor === undefined
            ? 'There is no such space, or none that this person may see.'
            : 'There are no more spaces.',
      }
    const lines = page.items.map(
      ({ key, name, id, type: kind }) => `${key} ${oneLine(name)} (${kind}, id ${id})`,
    )
    return {
      text: `${fence(lines.join('\n'), { source: 'Confluence spaces' })}\n${restOf(page, cursor === undefined)}`,
    }
  },
})

/** Keys of teams are in capitals, those of people begin with ~ and are as they are. */
const inAnyCase = (keys: readonly string[]): readonly string[] => [
  ...new Set(keys.flatMap((key) => [key, key.toUpperCase()])),
]
