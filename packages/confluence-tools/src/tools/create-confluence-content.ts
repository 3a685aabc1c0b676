import { createBlogPost, createPage, getPageById } from '@telamon/confluence/operations'
import { oneLine, ToolError } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import type { ConfluenceServices } from '../define.ts'
import { spaceIdOf, spaceOperations } from '../names/spaces.ts'
import { Body, CloudId, ContentId, SpaceRef } from '../params.ts'
import { writtenBody } from '../rich-text.ts'
import { snapshotToken } from '../snapshot.ts'
import { addressOf } from '../views/address.ts'

const Parent = z
  .strictObject({ spaceId: SpaceRef.optional(), parentContentId: ContentId.optional() })
  .describe('Where it goes: a space, or the page above it.')

export const createConfluenceContent = defineTool({
  name: 'createConfluenceContent',
  title: 'Create a Confluence page or blog post',
  description: 'Creates a page, a live doc or a blog post from Markdown and answers with its address.',
  tier: 'write',
  product: 'confluence',
  uses: [createPage, createBlogPost, getPageById, ...spaceOperations],
  accepts: {
    move: {
      spaceId: 'parent.spaceId',
      spaceKey: 'parent.spaceId',
      parentId: 'parent.parentContentId',
      'parent.parentContentUrl': 'parent.parentContentId',
      body: 'body.value',
      contentFormat: 'body.format',
    },
    values: { contentType: { blog: 'blogpost', live_doc: 'live', liveDoc: 'live' } },
  },
  input: z.strictObject({
    cloudId: CloudId,
    contentType: z.enum(['page', 'live', 'blogpost']).optional().describe('page by default.'),
    title: z.string().trim().min(1).max(255).describe('At most 255 characters; unique in its space.'),
    parent: Parent,
    body: Body.optional(),
    draft: z.boolean().optional().describe('Saved, not published.'),
    private: z.boolean().optional().describe('Only for the person who makes it.'),
  }),
  output: z.object({ id: z.string(), title: z.string(), url: z.string(), snapshotToken: z.string() }),
  async run(input, services, { signal }) {
    const { contentType = 'page', title, parent, draft, private: isPrivate } = input
    const { confluence, site } = services
    const spaceId = await spaceFor(parent, services, signal)
    const written = input.body && writtenBody(input.body)
    const content = {
      spaceId,
      title,
      ...(written && { body: written.body }),
      ...(draft && { status: 'draft' as const }),
      ...(isPrivate !== undefined && { private: isPrivate }),
    }
    const made =
      contentType === 'blogpost'
        ? await confluence.blogPosts.create(content, { signal })
        : await confluence.pages.create(
            {
              ...content,
              ...(parent.parentContentId !== undefined && { parentId: parent.parentContentId }),
              ...(contentType === 'live' && { live: true }),
            },
            { signal },
          )
    const url = addressOf(made, site.url)
    return {
      text: `Created ${contentType} ${made.id} "${oneLine(made.title)}": ${url}`,
      data: {
        id: made.id,
        title: oneLine(made.title),
        url,
        snapshotToken: snapshotToken(made.id, made.version.number),
      },
      notes: written?.notes ?? [],
    }
  },
})

/** The space that is named, else the one of the page above. */
async function spaceFor(
  parent: z.output<typeof Parent>,
  services: ConfluenceServices,
  signal: AbortSignal,
): Promise<string> {
  if (parent.spaceId !== undefined) return spaceIdOf(parent.spaceId, services, signal)
  if (parent.parentContentId !== undefined)
    return (await services.confluence.pages.get(parent.parentContentId, { signal })).spaceId
  throw new ToolError({
    code: 'invalid_input',
    message: 'Nothing was created: parent names neither a space nor a page.',
    next: 'Give parent.spaceId, with a key from listConfluenceSpaces, or parent.parentContentId.',
  })
}
