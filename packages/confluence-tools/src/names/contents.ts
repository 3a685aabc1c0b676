import type { BodyFormat, Content, ContentType, SearchHit } from '@telamon/confluence'
import * as operations from '@telamon/confluence/operations'
import { searchByCql } from '@telamon/confluence/v1'
import { cql } from '@telamon/query'
import { isAtlassianError } from '@telamon/rest'
import { fence, oneLine, ToolError } from '@telamon/tool-registry'

import type { Asking } from '../define.ts'
import { meantBy } from './addresses.ts'
import type { Meant } from './addresses.ts'
import { spaceMeant, spaceOperations } from './spaces.ts'
import { fold, quoted } from './words.ts'

/** The operations that finding out which content is meant may call. */
export const meantOperations = [operations.getPages, searchByCql, ...spaceOperations] as const

/** The operations that reading any content may call. */
export const readOperations = [
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
] as const

/** A content of which the id is known, and perhaps the type. */
export interface KnownContent {
  readonly id: string
  readonly type?: ContentType
}

/**
 * The content that a caller means, by id, address or title. `space` says where a title is looked for.
 *
 * @throws ToolError with what there is when none or several fit. Nothing is written then.
 */
export async function contentMeant(text: string, asking: Asking, space?: string): Promise<KnownContent> {
  const meant: Meant = meantBy(text, asking.site)
  if ('id' in meant) return meant
  if ('homeOf' in meant) return homeOf(meant.homeOf, asking)
  return titled(meant.title, asking, meant.spaceKey ?? space)
}

async function homeOf(key: string, asking: Asking): Promise<KnownContent> {
  const { homepageId } = await spaceMeant(key, asking)
  if (homepageId) return { id: homepageId, type: 'page' }
  throw new ToolError({
    code: 'not_found',
    message: `The space ${quoted(key)} has no home page.`,
    next: 'Find a page in it with searchConfluence.',
  })
}

/** The list of pages knows the newest ones, and only whole titles; the search knows parts of them, some time later. */
async function titled(title: string, asking: Asking, space: string | undefined): Promise<KnownContent> {
  const { confluence, signal } = asking
  const home = space === undefined ? undefined : await spaceMeant(space, asking)
  const { items } = await confluence.pages
    .list({ title, status: ['current'], ...(home && { spaceIds: [home.id] }) })
    .page({ size: 10, signal })
  const [page, ...others] = items
  if (page && others.length === 0) return { id: page.id, type: 'page' }
  const words = cql`type in ("page", "blogpost") AND title ~ ${cql.text(title)}`
  const query = home ? cql.and(cql`space = ${home.key}`, words) : words
  const hits = (await confluence.search(query, { excerpt: 'none' }).page({ size: 10, signal })).items
  const exact = hits.filter((hit) => fold(hit.title) === fold(title))
  const [hit] = exact
  if (hit?.id !== undefined && exact.length === 1) return { id: hit.id }
  throw new ToolError({
    code: exact.length > 1 ? 'ambiguous' : 'not_found',
    message:
      exact.length > 1
        ? `Several have the title ${quoted(title)}:\n${candidates(exact)}`
        : `There is no page with the title ${quoted(title)}, or this person may not see it.${hits.length > 0 ? ` Near:\n${candidates(hits)}` : ''}`,
    next:
      hits.length > 0
        ? 'Call again with the id of one of these.'
        : `Call searchConfluence with {"cql": ${JSON.stringify(cql`text ~ ${cql.text(title)}`.text)}}.`,
  })
}

function candidates(hits: readonly SearchHit[]): string {
  const lines = hits.map(
    ({ id = '', type, title, space }) => `${id} ${type} "${oneLine(title)}" in ${space?.key ?? 'no space'}`,
  )
  return fence(lines.join('\n'), { source: 'Confluence search' })
}

/**
 * Reads a content. Where the type is not known it is taken for a page, which most are, and looked up when it is none.
 *
 * @throws AtlassianError with the code `not_found` when it is not there, or this person may not see it.
 */
export async function readContent<const Format extends BodyFormat | undefined = undefined>(
  { id, type }: KnownContent,
  { confluence, signal }: Pick<Asking, 'confluence' | 'signal'>,
  body?: Format,
): Promise<Content<Format>> {
  const options = { signal, ...(body !== undefined && { body }) }
  if (type !== undefined) return confluence.content.get(id, { ...options, type })
  try {
    return await confluence.content.get(id, { ...options, type: 'page' })
  } catch (error) {
    if (!isAtlassianError(error, 'not_found')) throw error
    return confluence.content.get(id, options)
  }
}
