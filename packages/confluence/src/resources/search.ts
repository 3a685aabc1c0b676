import type { Query } from '@telamon/query'
import type { Rest } from '@telamon/rest'
import { type List, type ListOptions, listOf } from '@telamon/rest/surface'

import { searchByCql } from '../generated/v1/operations.gen.ts'
import type { SearchByCqlData, SearchResult } from '../generated/v1/types.gen.ts'

/** A query in CQL, as text or as the `cql` template built it. */
export type CqlQuery = string | Query

/** What a search may be told. */
export interface SearchOptions extends ListOptions {
  /** The text around what was found, or the beginning. Default: around what was found. */
  readonly excerpt?: 'found' | 'beginning' | 'none'
  /** Default: false. */
  readonly archivedSpaces?: boolean
  /** Members of the content that come along, such as `content.version`. Default: `content.space`. */
  readonly expand?: readonly string[]
}

/** Something that was found. */
export interface SearchHit {
  /** Content has an id; spaces and people have none. */
  readonly id?: string
  /** `page`, `blogpost`, `comment`, `attachment`, `whiteboard`, `database`, `folder`, `space`, `user` and whatever else there is. */
  readonly type: string
  readonly title: string
  /** Plain text, which people wrote. */
  readonly excerpt: string
  /** Relative to the site; `confluenceUrls` makes an address of it. */
  readonly path: string
  readonly space?: { readonly key?: string; readonly name: string }
  /** Such as `2026-11-23T09:30:00.000Z`. */
  readonly lastModified: string
  /** As it came. */
  readonly result: SearchResult
}

/** Finds content, spaces and people. What the person may not see is left out, silently. */
export type Search = (query: CqlQuery, options?: SearchOptions) => List<SearchHit>

const excerpts: Readonly<
  Record<NonNullable<SearchOptions['excerpt']>, NonNullable<SearchByCqlData['query']['excerpt']>>
> = {
  found: 'highlight_unescaped',
  beginning: 'indexed_unescaped',
  none: 'none',
}

/** Binds the search to a connection. `searchByCql` */
export const search =
  (rest: Rest): Search =>
  (query, { excerpt = 'found', archivedSpaces, expand = ['content.space'], ...options } = {}) => {
    const asked = {
      cql: typeof query === 'string' ? query : query.text,
      excerpt: excerpts[excerpt],
      ...(archivedSpaces !== undefined && { includeArchivedSpaces: archivedSpaces }),
      ...(expand.length > 0 && { expand }),
    }
    return listOf(
      rest,
      { operation: searchByCql, input: { query: asked }, map: hitOf, largest: 100 },
      options,
    )
  }

function hitOf(result: SearchResult): SearchHit {
  const { content, space, resultGlobalContainer: container } = result
  const home = spaceOf(content?.space ?? space, container)
  return {
    ...(content?.id !== undefined && { id: content.id }),
    type: content?.type ?? result.entityType,
    title: unmarked(result.title),
    excerpt: unmarked(result.excerpt ?? ''),
    path: result.url,
    ...(home && { space: home }),
    lastModified: result.lastModified,
    result,
  }
}

/** The space of a content, or the one that was found; else what the result says about where it is. */
function spaceOf(
  space: { readonly key?: string; readonly name?: string } | null | undefined,
  container: SearchResult['resultGlobalContainer'],
): SearchHit['space'] {
  const name = space?.name ?? container?.title
  if (name === undefined) return undefined
  const key = space?.key ?? /\/(?:spaces|display)\/([^/?]+)/.exec(container?.displayUrl ?? '')?.[1]
  return { ...(key !== undefined && { key: decodeURIComponent(key) }), name }
}

/** Confluence marks what it found in titles and excerpts (recorded by others: `@@@hl@@@`). */
const unmarked = (text: string): string => text.replaceAll(/@@@(?:end)?hl@@@/g, '')
