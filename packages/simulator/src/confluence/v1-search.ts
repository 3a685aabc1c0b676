import { searchByCql, searchContentByCql, searchUser } from '@telamon/confluence/v1'
import { print } from '@telamon/query'

import { type Call, serve, type Served } from '../http/call.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import { confluenceV1Error } from '../http/errors.ts'
import { ok, refuse, type Reply } from '../http/reply.ts'
import { asList, asObject, asText } from '../http/value.ts'
import type { CqlContext } from '../query/cql-functions.ts'
import { factsOf, type Hit, hitText } from '../query/cql-hits.ts'
import { type CqlScope, findHits } from '../query/cql.ts'
import { excerpt } from '../query/excerpt.ts'
import { dayOf } from '../world/time.ts'
import { attachmentView, commentView, contentView } from './v1-content.ts'
import { spaceView, userView } from './v1-view.ts'
import { timeOf, titleOf, webui } from './view.ts'

const invalid = (sentence: string): never => refuse(confluenceV1Error(400, sentence, { authorized: false }))

/** Where the asker searches from, as JSON in the query (documented). */
function readContext({ query }: Call): CqlContext {
  const text = query.text('cqlcontext')
  if (text === undefined) return {}
  const given = parseObject(text) ?? invalid('Could not parse cqlcontext')
  const [spaceKey, contentId] = [asText(given['spaceKey']), asText(given['contentId'])]
  const statuses = asList(given['contentStatuses'])?.flatMap((status) => asText(status) ?? [])
  return {
    ...(spaceKey !== undefined && { spaceKey }),
    ...(contentId !== undefined && { contentId }),
    ...(statuses && statuses.length > 0 && { contentStatuses: statuses }),
  }
}

function parseObject(text: string): ReturnType<typeof asObject> {
  try {
    return asObject(JSON.parse(text))
  } catch {
    return undefined
  }
}

interface Found {
  readonly items: readonly Hit[]
  readonly cqlQuery: string
}

/** What a query finds, or the refusal in the form of version 1 (recorded, F-C1-01). */
function find(call: Call, scope: CqlScope = {}): Found {
  const text = call.query.text('cql') ?? ''
  const result = findHits(call, text, {
    archivedSpaces: call.query.flag('includeArchivedSpaces'),
    currentSpaces: !call.query.flag('excludeCurrentSpaces'),
    context: readContext(call),
    ...scope,
  })
  return result.ok ? { items: result.hits, cqlQuery: print(result.query) } : invalid(result.sentence)
}

function urlOf({ site }: Call, hit: Hit): string {
  if (hit.kind === 'space') return `/spaces/${hit.space.key}`
  if (hit.kind === 'user') return `/people/${hit.person.accountId}`
  if (hit.kind === 'attachment') return `/pages/viewpageattachments.action?pageId=${hit.content.id}`
  const address = webui(site, hit.content)
  return hit.kind === 'content' ? address : `${address}?focusedCommentId=${hit.comment.id}`
}

/** The thing itself, as content, as a space or as a person. */
function subjectOf(call: Call, hit: Hit): Record<string, unknown> {
  const expand = new Set(call.query.list('expand').flatMap((name) => [name, name.replace(/^content\./, '')]))
  if (hit.kind === 'space') return { space: spaceView(call, hit.space) }
  if (hit.kind === 'user') return { user: userView(call, hit.person) }
  return { content: contentOf(call, hit, expand) }
}

function contentOf(
  call: Call,
  hit: Exclude<Hit, { kind: 'space' | 'user' }>,
  expand: ReadonlySet<string>,
): Record<string, unknown> {
  if (hit.kind === 'comment') return commentView(call, hit, expand)
  if (hit.kind === 'attachment') return attachmentView(call, hit.attachment)
  return contentView(call, hit.content, expand)
}

/** How an excerpt is to be made: whether words are marked, and whether it is HTML (documented). */
const styles: Readonly<Record<string, { readonly marked: boolean; readonly escaped: boolean }>> = {
  highlight: { marked: true, escaped: true },
  indexed: { marked: false, escaped: true },
  highlight_unescaped: { marked: true, escaped: false },
  indexed_unescaped: { marked: false, escaped: false },
}

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function excerptOf(call: Call, hit: Hit, words: readonly string[]): string {
  const asked = call.query.text('excerpt') ?? 'highlight'
  const style = styles[asked]
  if (asked === 'none' || hit.kind === 'user') return ''
  if (!style) return invalid(`Unsupported value for excerpt : ${asked}`)
  const text = excerpt(hitText(hit).text, { words, marked: style.marked })
  return style.escaped ? escapeText(text) : text
}

/** A hit: the thing itself, wrapped in what a list of results shows of it (documented, F-C1-06). */
function hitView(call: Call, hit: Hit, words: readonly string[]): Record<string, unknown> {
  const { type, title, spaceId, modified, created } = factsOf(hit)
  const space = call.site.confluence.spaces.get(spaceId)
  const zone = call.caller.person?.timeZone ?? call.site.timeZone
  const isInside = hit.kind === 'comment' || hit.kind === 'attachment'
  return {
    ...subjectOf(call, hit),
    title,
    excerpt: excerptOf(call, hit, words),
    url: urlOf(call, hit),
    ...(isInside && {
      resultParentContainer: { title: titleOf(hit.content), displayUrl: webui(call.site, hit.content) },
    }),
    ...(space &&
      hit.kind !== 'space' && {
        resultGlobalContainer: { title: space.name, displayUrl: `/spaces/${space.key}` },
      }),
    breadcrumbs: [],
    entityType: hit.kind === 'space' || hit.kind === 'user' ? hit.kind : 'content',
    iconCssClass: `aui-icon content-type-${hit.kind === 'user' ? 'profile' : type}`,
    lastModified: timeOf(modified || call.world.createdAt),
    friendlyLastModified: dayOf(modified || created || call.world.createdAt, zone),
    score: 0,
  }
}

/** The words that a query searches for, to be marked in excerpts. */
function wordsOf({ query }: Call): readonly string[] {
  const searches = (query.text('cql') ?? '').matchAll(/~\s*(?:"((?:[^"\\]|\\.)*)"|([\w*?]+))/g)
  return [...searches].flatMap(([, quoted, bare]) => (quoted ?? bare ?? '').match(/[\p{L}\p{N}]+/gu) ?? [])
}

interface Page<Item> {
  readonly items: readonly Item[]
  readonly cqlQuery: string
  readonly view: (item: Item) => unknown
}

/** Parameters that say where in the results a page is, and so are made anew for the next one. */
const placeNames = new Set(['cql', 'cursor', 'next', 'prev', 'start', 'limit'])

/** A page of results. The next one is reached by a cursor inside of an address (documented, F-C1-05, 07). */
function pageReply<Item>(call: Call, { items, cqlQuery, view }: Page<Item>, path: string): Reply {
  const { query, links } = call
  const limit = Math.max(1, Math.min(250, query.integer('limit', 25)))
  const subject = `${path} ${cqlQuery}`
  const cursor = query.text('cursor')
  const start =
    cursor === undefined ? query.integer('start', 0) : readCursor(cursor.replace(/^_t_/, ''), subject)
  if (start === undefined) return confluenceV1Error(400, 'The cursor is not valid', { authorized: false })
  const end = start + limit
  const shown = items.slice(start, end)
  const asked = query.names
    .filter((name) => !placeNames.has(name))
    .map((name) => `&${name}=${encodeURIComponent(query.text(name) ?? '')}`)
    .join('')
  const to = (kind: 'next' | 'prev', place: number): string =>
    `/rest/api/${path}?${kind}=true&cursor=_t_${writeCursor(place, subject)}&limit=${limit}&start=${place}&cql=${encodeURIComponent(cqlQuery)}${asked}`
  return ok({
    results: shown.map(view),
    start,
    limit,
    size: shown.length,
    totalSize: items.length,
    cqlQuery,
    searchDuration: 1,
    archivedResultCount: 0,
    _links: {
      base: `${links.site}/wiki`,
      context: '/wiki',
      ...(end < items.length && { next: to('next', end) }),
      ...(start > 0 && { prev: to('prev', Math.max(0, start - limit)) }),
      self: `${links.site}/wiki/rest/api/${path}?cql=${encodeURIComponent(cqlQuery)}`,
    },
  })
}

function search(call: Call, path: string, scope: CqlScope): Reply {
  const words = wordsOf(call)
  const found = find(call, scope)
  // Nobody in this world is a guest, so asking for guests finds nobody (documented filter).
  const wantsGuests = call.query.text('sitePermissionTypeFilter') === 'externalCollaborator'
  const items = wantsGuests ? found.items.filter(({ kind }) => kind !== 'user') : found.items
  return pageReply(call, { ...found, items, view: (hit) => hitView(call, hit, words) }, path)
}

/** Content without the wrapping, and neither spaces nor people (reported, F-C1-06). */
function searchContent(call: Call): Reply {
  const { items, cqlQuery } = find(call)
  const contents = items.filter((hit) => hit.kind !== 'space' && hit.kind !== 'user')
  const expand = new Set(call.query.list('expand'))
  return pageReply(
    call,
    { items: contents, cqlQuery, view: (hit) => contentOf(call, hit, expand) },
    'content/search',
  )
}

export const searchHandlers: readonly Served[] = [
  serve(
    searchByCql,
    [
      'cql',
      'cqlcontext',
      'cursor',
      'next',
      'prev',
      'limit',
      'start',
      'excerpt',
      'expand',
      'includeArchivedSpaces',
      'excludeCurrentSpaces',
      'sitePermissionTypeFilter',
      '_',
    ],
    (call) => search(call, 'search', {}),
  ),
  serve(searchContentByCql, ['cql', 'cqlcontext', 'expand', 'cursor', 'limit'], searchContent),
  serve(searchUser, ['cql', 'start', 'limit', 'expand', 'sitePermissionTypeFilter'], (call) =>
    search(call, 'search/user', { peopleOnly: true }),
  ),
]
