import type { Content } from '@telamon/confluence'
import { updateBlogPost, updatePage } from '@telamon/confluence/operations'
import { oneLine, ToolError } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'
import { contentMeant, meantOperations, readContent, readOperations } from '../names/contents.ts'
import { Body, CloudId, ContentRef, Title } from '../params.ts'
import { writtenBody } from '../rich-text.ts'
import { checkSnapshot, snapshotToken } from '../snapshot.ts'
import { bodyFormats, bodySpellings, contentSpellings } from '../spellings.ts'
import { addressOf } from '../views/address.ts'

export const updateConfluenceContent = defineTool({
  name: 'updateConfluenceContent',
  title: 'Change a Confluence page or blog post',
  description:
    "Replaces the text or the title and makes a new version. Give the whole text: blocks that you leave as they were keep everything they had. With the snapshotToken of getConfluenceContent nobody else's change is lost.",
  tier: 'write',
  product: 'confluence',
  uses: [updatePage, updateBlogPost, ...readOperations, ...meantOperations],
  accepts: {
    move: { ...contentSpellings, ...bodySpellings, versionComment: 'versionMessage' },
    values: bodyFormats,
  },
  input: z.strictObject({
    cloudId: CloudId,
    contentId: ContentRef,
    snapshotToken: z.string().optional().describe('Of the text that the change builds on.'),
    title: Title.optional().describe('The new title. As it was when left out.'),
    body: Body.optional(),
    versionMessage: z
      .string()
      .refine((text) => text.length <= 500, 'has more than 500 characters')
      .optional()
      .describe('Shown in the history.'),
  }),
  output: z.object({
    id: z.string(),
    title: z.string(),
    version: z.number(),
    url: z.string(),
    snapshotToken: z.string(),
  }),
  async run(input, { confluence, site }, { signal }) {
    const { snapshotToken: token, title, body, versionMessage } = input
    if (title === undefined && body === undefined) {
      throw new ToolError({
        code: 'invalid_input',
        message: 'Neither title nor body is given.',
        next: 'Give the new text as body.value, or a new title.',
      })
    }
    const asking = { confluence, site, signal }
    const known = await contentMeant(input.contentId, asking)
    const from = bodied(await readContent(known, asking, 'atlas_doc_format'))
    const { id, type } = from
    checkSnapshot(token, id, from.version.number)
    const written = body && writtenBody(body, { title: title ?? from.title, present: from.body })
    const notes = written?.notes ?? []
    const isSame = title === undefined && written !== undefined && sameText(written.body, from.body)
    const surface = type === 'page' ? confluence.pages : confluence.blogPosts
    const now = isSame
      ? from
      : await surface.update(
          id,
          {
            from,
            body: written?.body ?? from.body,
            ...(title !== undefined && { title }),
            ...(versionMessage !== undefined && { message: versionMessage }),
          },
          { signal },
        )
    const { number } = now.version
    const [url, name] = [addressOf(now, site.url), oneLine(now.title)]
    return {
      text: isSame
        ? `The text is what ${type} ${id} "${name}" has already: nothing was changed, it stays at version ${number}: ${url}`
        : `Changed ${type} ${id} "${name}", now version ${number}: ${url}`,
      data: { id, title: name, version: number, url, snapshotToken: snapshotToken(id, number) },
      notes,
    }
  },
})

type Bodied = Extract<Content<'atlas_doc_format'>, { readonly type: 'page' | 'blogpost' }>

/** The content as one whose text can be written. */
function bodied(content: Content<'atlas_doc_format'>): Bodied {
  if (content.type === 'page' || content.type === 'blogpost') return content
  throw new ToolError({
    code: 'unsupported',
    message: `A ${content.type} cannot be changed by this tool.`,
    next: 'Find the page with searchConfluence.',
  })
}

/** Unchanged blocks are the very same, so equal documents are equal as text. */
function sameText(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
