import { createBlogPost, createPage } from '@telamon/confluence/operations'
import { isAtlassianError } from '@telamon/rest'
import { oneLine, ToolError, writtenCall } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import type { Asking } from '../define.ts'
import { contentMeant, meantOperations, readContent, readOperations } from '../names/contents.ts'
import { spaceMeant } from '../names/spaces.ts'
import { quoted } from '../names/words.ts'
import { Body, CloudId, ContentRef, SpaceRef, Title } from '../params.ts'
import { writtenBody } from '../rich-text.ts'
import { snapshotToken } from '../snapshot.ts'
import { bodyFormats, bodySpellings } from '../spellings.ts'
import { confirmed } from '../unconfirmed.ts'
import { addressOf } from '../views/address.ts'

const Parent = z
  .strictObject({
    spaceId: SpaceRef.optional().describe('The space: its key, id or name.'),
    parentContentId: ContentRef.optional().describe('The page or folder above: id, address or title.'),
  })
  .refine(
    ({ spaceId, parentContentId }) => spaceId !== undefined || parentContentId !== undefined,
    'names neither a space nor a page: give spaceId, with a key from listConfluenceSpaces, or parentContentId',
  )
  .describe('Where it goes: a space, or the page above it.')

export const createConfluenceContent = defineTool({
  name: 'createConfluenceContent',
  title: 'Create a Confluence page or blog post',
  description: 'Creates a page, a live doc or a blog post from Markdown and answers with its address.',
  tier: 'write',
  product: 'confluence',
  uses: [createPage, createBlogPost, ...readOperations, ...meantOperations],
  accepts: {
    move: {
      ...bodySpellings,
      spaceId: 'parent.spaceId',
      spaceKey: 'parent.spaceId',
      space: 'parent.spaceId',
      parentId: 'parent.parentContentId',
      'parent.parentContentUrl': 'parent.parentContentId',
    },
    values: { ...bodyFormats, contentType: { blog: 'blogpost', live_doc: 'live', liveDoc: 'live' } },
  },
  input: z.strictObject({
    cloudId: CloudId,
    contentType: z.enum(['page', 'live', 'blogpost']).optional().describe('page by default.'),
    title: Title.describe('At most 255 characters; no other page of the space may have it.'),
    parent: Parent,
    body: Body.optional(),
    draft: z.boolean().optional().describe('Saved, not published.'),
    private: z.boolean().optional().describe('Only for the person who makes it.'),
  }),
  output: z.object({ id: z.string(), title: z.string(), url: z.string(), snapshotToken: z.string() }),
  async run(input, { confluence, site }, { signal }) {
    const asking = { confluence, site, signal }
    const { contentType = 'page', title, draft, private: isPrivate } = input
    const { spaceId, parentId } = await placeOf(input.parent, asking)
    const written = input.body && writtenBody(input.body, { title })
    const content = {
      spaceId,
      title,
      ...(written && { body: written.body }),
      ...(draft && { status: 'draft' as const }),
      ...(isPrivate !== undefined && { private: isPrivate }),
    }
    const page = {
      ...content,
      ...(parentId !== undefined && { parentId }),
      ...(contentType === 'live' && { live: true }),
    }
    const look = writtenCall('getConfluenceContent', { contentId: title, space: spaceId })
    const made = await confirmed(
      () =>
        contentType === 'blogpost'
          ? confluence.blogPosts.create(content, { signal })
          : unlessTaken(page, asking, () => confluence.pages.create(page, { signal })),
      { what: `that the ${contentType} was created`, look: `Call ${look}.` },
    )
    const url = addressOf(made, site.url)
    const name = oneLine(made.title)
    return {
      text: `Created ${contentType} ${made.id} "${name}": ${url}`,
      data: {
        id: made.id,
        title: name,
        url,
        snapshotToken: snapshotToken(made.id, made.version.number),
      },
      notes: written?.notes ?? [],
    }
  },
})

/** Ids of the space and of what is above. A page above says which space it is. */
async function placeOf(
  { spaceId: space, parentContentId: parent }: z.output<typeof Parent>,
  asking: Asking,
): Promise<{ readonly spaceId: string; readonly parentId?: string }> {
  const named = space === undefined ? undefined : await spaceMeant(space, asking)
  if (parent === undefined) return { spaceId: named?.id ?? '' }
  const above = await readContent(await contentMeant(parent, asking, named?.id), asking)
  const spaceId = 'spaceId' in above ? above.spaceId : undefined
  if (above.id && spaceId && (named === undefined || named.id === spaceId))
    return { spaceId, parentId: above.id }
  throw new ToolError({
    code: 'invalid_input',
    message:
      named && spaceId
        ? `The ${above.type} above is in another space than ${named.key}.`
        : `Nothing can be created below a ${above.type}.`,
    next: 'Leave parent.spaceId out to create it below that page, or choose another parent.',
  })
}

/** Confluence takes a title once in a space. When it refuses one, the page that has it is named. */
async function unlessTaken<Made>(
  { spaceId, title }: { readonly spaceId: string; readonly title: string },
  { confluence, site, signal }: Asking,
  create: () => Promise<Made>,
): Promise<Made> {
  try {
    return await create()
  } catch (error) {
    if (!isAtlassianError(error, 'invalid_request')) throw error
    const { items } = await confluence.pages
      .list({ title, spaceIds: [spaceId], status: ['current'] })
      .page({ size: 1, signal })
    const [taken] = items
    if (taken === undefined) throw error
    throw new ToolError({
      code: 'conflict',
      message: `The space has a page with the title ${quoted(title)} already: ${taken.id}, ${addressOf(taken, site.url)}`,
      next: 'Change that one with updateConfluenceContent, or call again with another title.',
      cause: error,
    })
  }
}
