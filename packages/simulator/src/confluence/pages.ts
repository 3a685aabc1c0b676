import { getPageById, getPages, getPagesInSpace } from '@telamon/confluence/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { ok, type Reply } from '../http/reply.ts'
import type { Content, ContentVersion, Space } from '../world/confluence-model.ts'
import { mayUpdate } from '../world/permissions.ts'
import { contentOf, spaceOf, visibleContents } from './find.ts'
import { includesOf } from './includes.ts'
import { formatOf } from './inputs.ts'
import { kinds } from './kinds.ts'
import { listReply, type Sortable, sorted } from './list.ts'
import { operationsOn } from './operations.ts'
import { refuseMissing } from './refuse.ts'
import { isFavourite } from './relations.ts'
import { childrenOf, childView } from './tree.ts'
import { versionedContent, versionViews } from './versions.ts'
import { contentView, newest, titleOf } from './view.ts'

const describeContent = (content: Content): Sortable => ({
  id: content.id,
  title: titleOf(content),
  createdAt: content.createdAt,
  modifiedAt: newest(content).createdAt,
})

/** A list of pages or blog posts in the order asked for, in the spaces that the query names. */
export function contentListOf(call: Call, contents: readonly Content[]): Reply {
  const format = formatOf(call, true)
  const spaceIds = call.query.list('space-id')
  const found = contents.filter(({ spaceId }) => spaceIds.length === 0 || spaceIds.includes(spaceId))
  return listReply(call, sorted(call, found, describeContent), (content) =>
    contentView(call, content, { format, single: false }),
  )
}

/** A list of pages or blog posts, narrowed by what the query says. */
export function contentList(call: Call, type: 'page' | 'blogpost', space?: Space): Reply {
  const { query } = call
  const [ids, title, subtype] = [query.list('id'), query.text('title'), query.text('subtype')]
  const asked = query.list('status')
  const statuses = asked.length === 0 ? ['current', 'archived'] : asked
  const rootOnly = query.text('depth') === 'root'
  const found = visibleContents(call, type)
    .filter(({ status }) => statuses.includes(status))
    .filter(({ spaceId }) => !space || spaceId === space.id)
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .filter((content) => title === undefined || titleOf(content) === title)
    .filter((content) => subtype === undefined || (content.subtype ?? 'page') === subtype)
    .filter(({ parentId }) => !rootOnly || parentId === null)
  return contentListOf(call, found)
}

/** The version that `version` names, or the newest. */
function versionOf(content: Content, number: number): ContentVersion | undefined {
  return number === 0 ? newest(content) : content.versions.find((version) => version.number === number)
}

/** One page or blog post, with the lists that were asked for. */
export function singleContent(call: Call, type: 'page' | 'blogpost'): Reply {
  const { query, path } = call
  const asked = query.list('status')
  const wantsDraft = query.flag('get-draft')
  const statuses = [
    ...(asked.length === 0 ? ['current', 'archived'] : asked),
    ...(wantsDraft ? ['draft'] : []),
  ]
  const content = contentOf(call, path['id'], { type, statuses })
  const format = formatOf(call, false)
  const draft = wantsDraft && mayUpdate(call.caller, call.site, content) ? content.draft : undefined
  const version =
    draft ??
    versionOf(content, query.integer('version', 0)) ??
    refuseMissing('Version', query.text('version'))
  const shown = contentView(call, content, { format, single: true, version, draft: draft !== undefined })
  if (!query.flag('include-version', true)) delete shown['version']
  return ok({
    ...shown,
    ...includesOf(call, {
      ...content,
      path: `/${kinds[type].path}/${content.id}`,
      versionViews: () => versionViews(versionedContent(content), format),
      operations: () => operationsOn(call, content),
      children: () => childrenOf(call, content).map((child) => childView(child, true)),
      isFavourite: () => isFavourite(call, `content/${content.id}`),
    }),
  })
}

/** The parameters of lists and of single things, which pages and blog posts have in common. */
export const listNames = ['sort', 'status', 'title', 'body-format', 'cursor', 'limit'] as const
export const singleNames = [
  'body-format',
  'get-draft',
  'status',
  'version',
  'include-labels',
  'include-properties',
  'include-operations',
  'include-likes',
  'include-versions',
  'include-version',
  'include-collaborators',
  'include-favorited-by-current-user-status',
] as const

export const pageHandlers: readonly Served[] = [
  serve(getPages, [...listNames, 'id', 'space-id', 'subtype'], (call) => contentList(call, 'page')),
  serve(getPagesInSpace, [...listNames, 'depth'], (call) =>
    contentList(call, 'page', spaceOf(call, call.path['id'])),
  ),
  serve(getPageById, [...singleNames, 'include-direct-children'], (call) => singleContent(call, 'page')),
]
