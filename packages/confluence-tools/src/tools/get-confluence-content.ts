import type { BodyFormat, Content } from '@telamon/confluence'
import { ContinueFrom, fence, oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { contentMeant, meantOperations, readContent, readOperations } from '../names/contents.ts'
import { CloudId, ContentRef, SpaceRef } from '../params.ts'
import { readBody } from '../rich-text.ts'
import type { ReadBody } from '../rich-text.ts'
import { snapshotToken } from '../snapshot.ts'
import { contentSpellings } from '../spellings.ts'
import { addressOf } from '../views/address.ts'

const formats = {
  markdown: 'atlas_doc_format',
  editable: 'atlas_doc_format',
  adf: 'atlas_doc_format',
  storage: 'storage',
} as const

export const getConfluenceContent = defineTool({
  name: 'getConfluenceContent',
  title: 'Read a Confluence page or other content',
  description:
    'A page, blog post or other content, whole, as Markdown. Before updateConfluenceContent read it with contentFormat editable, which keeps what Markdown cannot say.',
  tier: 'read',
  product: 'confluence',
  uses: [...readOperations, ...meantOperations],
  accepts: {
    move: {
      ...contentSpellings,
      content_format: 'contentFormat',
      'content-format': 'contentFormat',
    },
    values: { contentFormat: { html: 'storage' } },
    ignore: ['detail', 'draft', 'include_metadata'],
  },
  input: z.strictObject({
    cloudId: CloudId,
    contentId: ContentRef,
    space: SpaceRef.optional().describe('Where a title is looked for: key or name of the space.'),
    contentFormat: z
      .enum(['markdown', 'editable', 'storage', 'adf'])
      .optional()
      .describe('markdown (default) to read; editable to write back; storage is XHTML, adf JSON.'),
    continueFrom: ContinueFrom.optional(),
  }),
  async run({ contentId, space, contentFormat = 'markdown' }, { confluence, site }, { signal }) {
    const asking = { confluence, site, signal }
    const known = await contentMeant(contentId, asking, space)
    const content = await readContent<BodyFormat>(known, asking, formats[contentFormat])
    const { type, version } = content
    const id = content.id ?? known.id
    const { text, notes } = bodyText(content, contentFormat)
    const facts = [
      `${type} ${id} "${oneLine(content.title ?? '')}"`,
      version && `version ${version.number}`,
      version?.createdAt && version.createdAt.slice(0, 10),
    ]
    // The token stands behind the text: who has not read to the end has none to write with.
    const token = isWritable(type) && version ? `\nsnapshotToken ${snapshotToken(id, version.number)}` : ''
    return {
      text: `${addressOf(content, site.url)}\n${facts.filter(Boolean).join(', ')}\n${fence(text, { source: `Confluence ${type} ${id}` })}${token}`,
      notes,
    }
  },
})

/** Whether `updateConfluenceContent` can change it. */
const isWritable = (type: string): boolean => type === 'page' || type === 'blogpost'

function bodyText({ type, body }: Content<BodyFormat>, format: keyof typeof formats): ReadBody {
  if (body === undefined) return { text: `(A ${type} has no text that can be read here.)`, notes: [] }
  if (typeof body === 'string') return { text: body, notes: [] }
  const { text, notes } = readBody[format === 'storage' ? 'adf' : format](body)
  return { text: text || '(empty)', notes }
}
