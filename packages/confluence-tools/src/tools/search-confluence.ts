import { confluenceUrls } from '@telamon/confluence'
import type { SearchHit } from '@telamon/confluence'
import { searchByCql } from '@telamon/confluence/v1'
import { ContinueFrom, fence, oneLine, writtenCall } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { CloudId } from '../params.ts'

export const searchConfluence = defineTool({
  name: 'searchConfluence',
  title: 'Search Confluence by CQL',
  description:
    'Finds pages and other content: type, id, title, space, excerpt. CQL such as type = page AND title ~ "plan" AND space = ENG, or text ~ "release". Read one with getConfluenceContent.',
  tier: 'read',
  product: 'confluence',
  uses: [searchByCql],
  accepts: { move: { query: 'cql' }, ignore: ['cqlcontext', 'expand', 'next', 'prev'] },
  input: z.strictObject({
    cloudId: CloudId,
    cql: z.string().min(1).max(4096).describe('The query.'),
    limit: z.int().min(1).max(100).optional().describe('How many on this page. 10 by default.'),
    cursor: z.string().min(1).optional().describe('Of the page before, as its answer said.'),
    continueFrom: ContinueFrom.optional(),
  }),
  async run(input, { confluence, site }, { signal }) {
    const { cql, limit = 10, cursor } = input
    const page = await confluence
      .search(cql, { signal })
      .page({ size: limit, ...(cursor !== undefined && { cursor }) })
    if (page.items.length === 0) return { text: 'Nothing matches, or nothing that this person may see.' }
    const { at } = confluenceUrls(site.url)
    const { continueFrom: _position, ...again } = input
    const more =
      page.cursor === undefined
        ? `${page.total ?? page.items.length} found in all.`
        : `${page.items.length} of ${page.total ?? 'more'}: for the next call ${writtenCall('searchConfluence', { ...again, cursor: page.cursor })}.`
    return {
      text: `${fence(page.items.map((hit) => hitText(hit, at)).join('\n'), { source: 'Confluence search' })}\n${more}`,
    }
  },
})

function hitText(
  { id, type, title, excerpt, path, space, lastModified }: SearchHit,
  at: (path: string) => string,
): string {
  const place = space ? `, space ${space.key ?? ''} ${space.name}`.trimEnd() : ''
  const head = `- ${type}${id === undefined ? '' : ` ${id}`} "${oneLine(title)}"${place}, ${lastModified.slice(0, 10)}, ${at(path)}`
  const words = oneLine(excerpt).slice(0, 200)
  return words === '' ? head : `${head}\n  ${words}`
}
