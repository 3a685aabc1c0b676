import { searchByCql, searchContentByCql, searchUser } from '@telamon/confluence/v1'
import { print } from '@telamon/query'

import { type Call, serve, type Served } from '../http/call.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import { confluenceV1Error } from '../http/errors.ts'
import { ok, refuse, type Reply } from '../http/reply.ts'
import { createdOf, type Hit, hitText, hitTitle, modifiedOf, spaceIdOf, typeOf } from '../query/cql-fields.ts'
import { findHits } from '../query/cql.ts'
import { excerpt } from '../query/excerpt.ts'
import type { Person } from '../world/model.ts'
import { dayOf } from '../world/time.ts'
import { commentView, contentView } from './v1-content.ts'
import { spaceView, userView } from './v1-view.ts'
import { timeOf, webui } from './view.ts'

/** What a query finds, or the refusal in the form of version 1 (recorded, F-C1-01). */
function find(call: Call): { readonly items: readonly Hit[]; readonly cqlQuery: string } {
  const text = call.query.text('cql') ?? ''
  const result = findHits(call, text, call.query.flag('includeArchivedSpaces'))
  if (result.ok) return { items: result.hits, cqlQuery: print(result.query) }
  return refuse(confluenceV1Error(400, result.sentence, { authorized: false }))
}

function urlOf({ site }: Call, hit: Hit): string {
  if (hit.kind === 'space') return `/spaces/${hit.space.key}`
  const address = webui(site, hit.content)
  return hit.kind === 'content' ? address : `${address}?focusedCommentId=${hit.comment.id}`
}

function subjectOf(call: Call, hit: Hit): Record<string, unknown> {
  const expand = new Set(call.query.list('expand').flatMap((name) => [name, name.replace(/^content\./, '')]))
  if (hit.kind === 'space') return { space: spaceView(call, hit.space) }
  const { content } = hit
  return {
    content: hit.kind === 'content' ? contentView(call, content, expand) : commentView(call, hit, expand),
  }
}

const icons: Readonly<Record<string, string>> = {
  page: 'aui-icon content-type-page',
  blogpost: 'aui-icon content-type-blogpost',
  comment: 'aui-icon content-type-comment',
  space: 'aui-icon content-type-space',
}

/** A hit: the thing itself, wrapped in what a list of results shows of it (documented, F-C1-06). */
function hitView(call: Call, hit: Hit): Record<string, unknown> {
  const space = call.site.confluence.spaces.get(spaceIdOf(hit))
  const style = call.query.text('excerpt') ?? 'highlight'
  const zone = call.caller.person?.timeZone ?? call.site.timeZone
  return {
    ...subjectOf(call, hit),
    title: hitTitle(hit),
    excerpt:
      style === 'none'
        ? ''
        : excerpt(hitText(hit).text, { words: wordsOf(call), marked: style === 'highlight' }),
    url: urlOf(call, hit),
    ...(space &&
      hit.kind !== 'space' && {
        resultGlobalContainer: { title: space.name, displayUrl: `/spaces/${space.key}` },
      }),
    breadcrumbs: [],
    entityType: hit.kind === 'space' ? 'space' : 'content',
    iconCssClass: icons[typeOf(hit)] ?? 'aui-icon content-type-page',
    lastModified: timeOf(modifiedOf(hit)),
    friendlyLastModified: dayOf(modifiedOf(hit) || createdOf(hit), zone),
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
  const next = `/rest/api/${path}?next=true&cursor=_t_${writeCursor(end, subject)}&limit=${limit}&start=${end}&cql=${encodeURIComponent(cqlQuery)}`
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
      ...(end < items.length && { next }),
      self: `${links.site}/wiki/rest/api/${path}?cql=${encodeURIComponent(cqlQuery)}`,
    },
  })
}

/** People by `user.fullname ~ "…"` or `user.accountid = "…"`, in the forms that are in use (documented). */
function users(call: Call): Reply {
  const cql = call.query.text('cql') ?? ''
  const match =
    /^\s*(?:type\s*=\s*"?user"?\s+and\s+)?user(?:\.(fullname|accountid))?\s*(=|~|in)\s*(?:"([^"]*)"|\(([^)]*)\)|([\w.:-]+))\s*$/i.exec(
      cql,
    )
  if (!match) return confluenceV1Error(400, `Could not parse cql : ${cql}`, { authorized: false })
  const [, field = 'accountid', , quoted, listed, bare] = match
  const wanted = (quoted ?? listed ?? bare ?? '')
    .split(',')
    .map((text) => text.trim().replaceAll('"', '').toLowerCase())
  const fits = ({ displayName, accountId }: Person): boolean =>
    field.toLowerCase() === 'fullname'
      ? wanted.every((words) =>
          words.split(/\s+/).every((word) =>
            displayName
              .toLowerCase()
              .split(/\s+/)
              .some((name) => name.startsWith(word.replace(/\*$/, ''))),
          ),
        )
      : wanted.includes(accountId.toLowerCase())
  const people = [...call.site.members.keys()]
    .flatMap((accountId) => call.world.people.get(accountId) ?? [])
    .filter((person) => person.accountType === 'atlassian' && fits(person))
  const view = (person: Person): unknown => ({
    user: userView(call, person),
    title: person.displayName,
    excerpt: '',
    url: `/people/${person.accountId}`,
    breadcrumbs: [],
    entityType: 'user',
    iconCssClass: 'aui-icon content-type-profile',
    lastModified: timeOf(call.world.createdAt),
    score: 0,
  })
  return pageReply(call, { items: people, cqlQuery: cql, view }, 'search/user')
}

export const searchHandlers: readonly Served[] = [
  serve(
    searchByCql,
    ['cql', 'cursor', 'next', 'prev', 'limit', 'start', 'excerpt', 'expand', 'includeArchivedSpaces'],
    (call) => pageReply(call, { ...find(call), view: (hit) => hitView(call, hit) }, 'search'),
  ),
  serve(searchContentByCql, ['cql', 'expand', 'cursor', 'limit'], (call) => {
    const { items, cqlQuery } = find(call)
    const contents = items.filter((hit) => hit.kind !== 'space')
    const expand = new Set(call.query.list('expand'))
    const view = (hit: (typeof contents)[number]): unknown =>
      hit.kind === 'content' ? contentView(call, hit.content, expand) : commentView(call, hit, expand)
    return pageReply(call, { items: contents, cqlQuery, view }, 'content/search')
  }),
  serve(searchUser, ['cql', 'start', 'limit', 'expand'], users),
]
