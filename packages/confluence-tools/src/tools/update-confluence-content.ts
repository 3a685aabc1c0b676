import type { Confluence } from '@telamon/confluence'
import {
  convertContentIdsToContentTypes,
  getBlogPostById,
  getPageById,
  updateBlogPost,
  updatePage,
} from '@telamon/confluence/operations'
import { oneLine, ToolError } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { Body, CloudId, ContentId } from '../params.ts'
import { writtenBody } from '../rich-text.ts'
import { checkSnapshot, snapshotToken } from '../snapshot.ts'
import { addressOf } from '../views/address.ts'

export const updateConfluenceContent = defineTool({
  name: 'updateConfluenceContent',
  title: 'Change a Confluence page or blog post',
  description:
    "Replaces the text or the title and makes a new version. Blocks that you leave as they were keep everything they had. Give the snapshotToken that getConfluenceContent showed, so that nobody else's change is lost.",
  tier: 'write',
  product: 'confluence',
  uses: [convertContentIdsToContentTypes, getPageById, updatePage, getBlogPostById, updateBlogPost],
  accepts: {
    move: {
      pageId: 'contentId',
      content_id: 'contentId',
      body: 'body.value',
      contentFormat: 'body.format',
      versionComment: 'versionMessage',
    },
  },
  input: z.strictObject({
    cloudId: CloudId,
    contentId: ContentId,
    snapshotToken: z.string().min(1).optional().describe('Of the text that the change builds on.'),
    title: z.string().trim().min(1).max(255).optional().describe('The new title. As it was when left out.'),
    body: Body.optional(),
    versionMessage: z.string().max(500).optional().describe('Shown in the history.'),
  }),
  output: z.object({
    id: z.string(),
    title: z.string(),
    version: z.number(),
    url: z.string(),
    snapshotToken: z.string(),
  }),
  async run(
    { contentId, snapshotToken: token, title, body, versionMessage },
    { confluence, site },
    { signal },
  ) {
    if (title === undefined && body === undefined) {
      throw new ToolError({
        code: 'invalid_input',
        message: 'Nothing was changed: neither title nor body is given.',
        next: 'Give the new text as body.value, or a new title.',
      })
    }
    const content = await bodiedContent(contentId, confluence, signal)
    const from = await content.get(contentId, { body: 'atlas_doc_format', signal })
    checkSnapshot(token, contentId, from.version.number)
    const written = body && writtenBody(body, from.body)
    const changed = await content.update(
      contentId,
      {
        from,
        body: written?.body ?? from.body,
        ...(title !== undefined && { title }),
        ...(versionMessage !== undefined && { message: versionMessage }),
      },
      { signal },
    )
    const { number } = changed.version
    const url = addressOf(changed, site.url)
    return {
      text: `Changed ${contentId} "${oneLine(changed.title)}", now version ${number}: ${url}`,
      data: {
        id: contentId,
        title: oneLine(changed.title),
        version: number,
        url,
        snapshotToken: snapshotToken(contentId, number),
      },
      notes: written?.notes ?? [],
    }
  },
})

/** The surface for the kind of content that an id stands for. */
async function bodiedContent(
  id: string,
  { content, pages, blogPosts }: Confluence,
  signal: AbortSignal,
): Promise<Pick<Confluence['pages'], 'get' | 'update'>> {
  const type = (await content.types([id], { signal }))[id]
  if (type === 'blogpost') return blogPosts
  if (type === 'page') return pages
  throw new ToolError({
    code: type === undefined ? 'not_found' : 'unsupported',
    message:
      type === undefined
        ? 'Nothing was changed: there is no content with that id, or this person may not see it.'
        : `Nothing was changed: a ${type} cannot be written here.`,
    next: 'Find the page with searchConfluence.',
  })
}
