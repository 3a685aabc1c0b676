import {
  getPageById,
  getPageLabels,
  getPages,
  getPagesInSpace,
  getPageVersionDetails,
  getPageVersions,
} from '@telamon/confluence/operations'

import { type BodyFormat, bodyFormats } from '../content/body.ts'
import { type Call, serve, type Served } from '../http/call.ts'
import { ok, type Reply } from '../http/reply.ts'
import type { Content, ContentVersion, Space } from '../world/confluence-model.ts'
import { contentOf, spaceOf, visibleContents } from './find.ts'
import { includesOf } from './includes.ts'
import { listReply, type Sortable, sorted } from './list.ts'
import { refuseInput, refuseMissing } from './refuse.ts'
import { bodyView, contentView, labelView, newest, timeOf, titleOf, versionView } from './view.ts'

/** Reads `body-format`; lists know two of them (documented). */
export function formatOf({ query }: Call, inList: boolean): BodyFormat | undefined {
  const asked = query.text('body-format')
  if (asked === undefined) return undefined
  const known = (inList ? bodyFormats.slice(0, 2) : bodyFormats).find((format) => format === asked)
  return known ?? refuseInput(`Provided value {${asked}} for 'body-format' is not the correct type`)
}

const describeContent = (content: Content): Sortable => ({
  id: content.id,
  title: titleOf(content),
  createdAt: content.createdAt,
  modifiedAt: newest(content).createdAt,
})

/** A list of pages or blog posts, narrowed by what the query says. */
export function contentList(call: Call, type: 'page' | 'blogpost', space?: Space): Reply {
  const { query } = call
  const [ids, spaceIds, title] = [query.list('id'), query.list('space-id'), query.text('title')]
  const asked = query.list('status')
  const statuses = asked.length === 0 ? ['current', 'archived'] : asked
  const format = formatOf(call, true)
  const rootOnly = query.text('depth') === 'root'
  const found = visibleContents(call, type)
    .filter(({ status }) => statuses.includes(status))
    .filter(({ spaceId }) =>
      space ? spaceId === space.id : spaceIds.length === 0 || spaceIds.includes(spaceId),
    )
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .filter((content) => title === undefined || titleOf(content) === title)
    .filter(({ parentId }) => !rootOnly || parentId === null)
  return listReply(call, sorted(call, found, describeContent), (content) =>
    contentView(call, content, { format, single: false }),
  )
}

/** The version that `version` names, or the newest. */
function versionOf(content: Content, number: number): ContentVersion | undefined {
  return number === 0 ? newest(content) : content.versions.find((version) => version.number === number)
}

/** One page or blog post, with the lists that were asked for. */
export function singleContent(call: Call, type: 'page' | 'blogpost'): Reply {
  const { query, path } = call
  const asked = query.list('status')
  const drafts = query.flag('get-draft') ? ['draft'] : []
  const statuses = [...(asked.length === 0 ? ['current', 'archived'] : asked), ...drafts]
  const content = contentOf(call, path['id'], { type, statuses })
  const format = formatOf(call, false)
  const version =
    versionOf(content, query.integer('version', 0)) ?? refuseMissing('Version', query.text('version'))
  return ok({
    ...contentView(call, content, { format, single: true, version }),
    ...includesOf(call, content, format),
  })
}

function versions(call: Call): Reply {
  const page = contentOf(call, call.path['id'], { type: 'page' })
  const format = formatOf(call, true)
  const list = call.query.text('sort') === 'modified-date' ? page.versions : page.versions.toReversed()
  return listReply(call, list, (version) =>
    versionView(version, { page: { body: bodyView(version, format), title: version.title, id: page.id } }),
  )
}

/** One version (documented). */
function versionDetails(call: Call): Reply {
  const page = contentOf(call, call.path['page-id'], { type: 'page' })
  const wanted = call.path['version-number']
  const index = page.versions.findIndex(({ number }) => String(number) === wanted)
  const version = page.versions[index]
  if (!version) return refuseMissing('Version', wanted)
  const { number, authorId, message, createdAt, minorEdit } = version
  const [previous, next] = [page.versions[index - 1], page.versions[index + 1]]
  return ok({
    number,
    authorId,
    message,
    createdAt: timeOf(createdAt),
    minorEdit,
    contentTypeModified: false,
    collaborators: [authorId],
    prevVersion: previous?.number ?? null,
    nextVersion: next?.number ?? null,
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
] as const

export const pageHandlers: readonly Served[] = [
  serve(getPages, [...listNames, 'id', 'space-id'], (call) => contentList(call, 'page')),
  serve(getPagesInSpace, [...listNames, 'depth'], (call) =>
    contentList(call, 'page', spaceOf(call, call.path['id'])),
  ),
  serve(getPageById, singleNames, (call) => singleContent(call, 'page')),
  serve(getPageVersions, ['body-format', 'cursor', 'limit', 'sort'], versions),
  serve(getPageVersionDetails, [], versionDetails),
  serve(getPageLabels, ['prefix', 'cursor', 'limit'], (call) => {
    const page = contentOf(call, call.path['id'], { type: 'page' })
    const prefix = call.query.text('prefix')
    const found = page.labels.filter((label) => prefix === undefined || label.prefix === prefix)
    return listReply(call, found, labelView)
  }),
]
