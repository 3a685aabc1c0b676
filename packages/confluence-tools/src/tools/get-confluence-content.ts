import type { BodyFormat, Content } from '@telamon/confluence'
import * as operations from '@telamon/confluence/operations'
import { ContinueFrom, fence, oneLine } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { CloudId, ContentId } from '../params.ts'
import { editableText, readText } from '../rich-text.ts'
import { snapshotToken } from '../snapshot.ts'
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
  uses: [
    operations.convertContentIdsToContentTypes,
    operations.getPageById,
    operations.getBlogPostById,
    operations.getFooterCommentById,
    operations.getInlineCommentById,
    operations.getCustomContentById,
    operations.getWhiteboardById,
    operations.getDatabaseById,
    operations.getFolderById,
    operations.getSmartLinkById,
    operations.getAttachmentById,
  ],
  accepts: {
    move: {
      content_id: 'contentId',
      'content-id': 'contentId',
      content_url: 'contentId',
      contentUrl: 'contentId',
      pageId: 'contentId',
      content_format: 'contentFormat',
    },
    values: { contentFormat: { html: 'storage' } },
    ignore: ['detail', 'draft', 'include_metadata'],
  },
  input: z.strictObject({
    cloudId: CloudId,
    contentId: ContentId,
    contentFormat: z
      .enum(['markdown', 'editable', 'storage', 'adf'])
      .optional()
      .describe('markdown (default) to read; editable to write back; storage is XHTML, adf JSON.'),
    continueFrom: ContinueFrom.optional(),
  }),
  async run({ contentId, contentFormat = 'markdown' }, { confluence, site }, { signal }) {
    const body: BodyFormat = formats[contentFormat]
    const content = await confluence.content.get(contentId, { body, signal })
    const { id: own, version } = content
    const id = own ?? contentId
    const url = addressOf(content, site.url)
    const number = version?.number
    const facts = [
      content.type,
      number !== undefined && `version ${number}`,
      number !== undefined && `snapshotToken ${snapshotToken(id, number)}`,
    ]
    const text = `# ${oneLine(content.title ?? '')}\n\n${bodyText(content, contentFormat)}`
    return {
      text: `${url}\n${facts.filter(Boolean).join(', ')}\n${fence(text, { source: `Confluence ${content.type} ${id}` })}`,
    }
  },
})

function bodyText({ type, body }: Content<BodyFormat>, format: keyof typeof formats): string {
  if (body === undefined) return `(A ${type} has no text that could be read here.)`
  if (typeof body === 'string') return body
  if (format === 'adf') return JSON.stringify(body)
  return (format === 'editable' ? editableText(body) : readText(body)) || '(empty)'
}
