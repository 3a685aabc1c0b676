import type { SearchHit } from '@telamon/confluence'
import { searchByCql } from '@telamon/confluence/v1'
import { ContinueFrom, fence, oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { queryFor } from '../cql.ts'
import { defineTool } from '../define.ts'
import { pageOf, restOf } from '../paging.ts'
import { CloudId, List, Words } from '../params.ts'
import { addressAt } from '../views/address.ts'

/** Most characters of what is around the words that were found. */
const longestExcerpt = 120

export const searchConfluence = defineTool({
  name: 'searchConfluence',
  title: 'Search Confluence by CQL',
  description:
    'Finds pages and other content: type, id, title, space, address, excerpt. CQL such as type = page AND title ~ "plan" AND space = ENG, or text ~ "release"; or plain words. Read one with getConfluenceContent.',
  tier: 'read',
  product: 'confluence',
  uses: [searchByCql],
  accepts: { move: { query: 'cql', maxResults: 'limit' }, ignore: ['cqlcontext', 'expand', 'next', 'prev'] },
  input: z.strictObject({
    cloudId: CloudId,
    cql: Words.refine((text) => text.length <= 4096, 'has more than 4,096 characters').describe('The query.'),
    spaces: List.optional().describe('Only in these spaces, by key.'),
    limit: z.int().min(1).max(100).optional().describe('On this page. 10 by default.'),
    cursor: Words.optional().describe('As the answer before gave it.'),
    continueFrom: ContinueFrom.optional(),
  }),
  async run({ cql, spaces, limit = 10, cursor }, { confluence, site }, { signal }) {
    const { text: query, notes } = queryFor(cql, spaces)
    const page = await pageOf(confluence.search(query, { signal }), { size: limit, cursor })
    if (page.items.length === 0)
      return {
        text:
          cursor === undefined
            ? 'Nothing matches, or nothing that this person may see.'
            : 'There is no more.',
        notes,
      }
    const lines = page.items.map((hit) => hitText(hit, site.url))
    return {
      text: `${fence(lines.join('\n'), { source: 'Confluence search' })}\n${restOf(page, cursor === undefined)}`,
      notes,
    }
  },
})

function hitText({ id, type, title, excerpt, path, space, lastModified }: SearchHit, site: string): string {
  const place = space ? `, space ${space.key ?? ''} ${oneLine(space.name)}`.trimEnd() : ''
  const head = `- ${type}${id === undefined ? '' : ` ${id}`} "${oneLine(title)}"${place}, ${lastModified.slice(0, 10)}, ${addressAt(path, site)}`
  const words = oneLine(excerpt).slice(0, longestExcerpt)
  return words === '' ? head : `${head}\n  ${words}`
}
