import {
  createCustomContent,
  deleteCustomContent,
  getChildCustomContent,
  getCustomContentById,
  getCustomContentByType,
  getCustomContentByTypeInBlogPost,
  getCustomContentByTypeInPage,
  getCustomContentByTypeInSpace,
  updateCustomContent,
} from '@telamon/confluence/operations'

import type { BodyFormat } from '../content/body.ts'
import { type Call, serve, type Served } from '../http/call.ts'
import { empty, json, ok, type Reply } from '../http/reply.ts'
import { asId, asText, type JsonObject } from '../http/value.ts'
import type { Content, Space } from '../world/confluence-model.ts'
import { mayUpdate } from '../world/permissions.ts'
import { contentOf, mayAround, spaceOf, subjectId, visibleContents } from './find.ts'
import { includesOf } from './includes.ts'
import { formatOf, readContent, readTitle, readVersion } from './inputs.ts'
import { addContent, addVersion, purgeContent } from './lifecycle.ts'
import { listReply, type Sortable, sorted } from './list.ts'
import { operationsOn } from './operations.ts'
import { bodyOf, refuseInput, refuseMissing, refuseUnpermitted } from './refuse.ts'
import { versionedContent, versionViews } from './versions.ts'
import { bodyView, newest, timeOf, titleOf, versionView, webui } from './view.ts'

/** What custom content can be in, and the member that names it (documented). */
const holders = { page: 'pageId', blogpost: 'blogPostId', custom: 'customContentId' } as const

interface Shape {
  readonly format?: BodyFormat | undefined
  readonly single: boolean
}

/** Custom content (documented). */
function view(call: Call, content: Content, { format, single }: Shape): Record<string, unknown> {
  const version = newest(content)
  const parent = call.site.confluence.contents.get(content.parentId ?? '')
  const holder = parent && Object.entries(holders).find(([type]) => type === parent.type)?.[1]
  return {
    id: content.id,
    type: content.customType ?? '',
    status: content.status,
    title: version.title,
    spaceId: content.spaceId,
    ...(holder !== undefined && parent && { [holder]: parent.id }),
    authorId: content.authorId,
    createdAt: timeOf(content.createdAt),
    version: versionView(version),
    body: bodyView(version, format),
    _links: { webui: webui(call.site, content), ...(single && { base: `${call.links.site}/wiki` }) },
  }
}

const describe = (content: Content): Sortable => ({
  id: content.id,
  title: titleOf(content),
  createdAt: content.createdAt,
  modifiedAt: newest(content).createdAt,
})

/** Custom content of the type that has to be named (documented). */
function list(call: Call, wanted: (content: Content) => boolean): Reply {
  const { query } = call
  const type = query.text('type') ?? refuseInput('The type of the custom content is missing')
  const [ids, spaceIds] = [query.list('id'), query.list('space-id')]
  const format = formatOf(call, true)
  const found = visibleContents(call, 'custom')
    .filter(({ customType, status }) => customType === type && status === 'current')
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .filter(({ spaceId }) => spaceIds.length === 0 || spaceIds.includes(spaceId))
    .filter(wanted)
  return listReply(call, sorted(call, found, describe), (content) =>
    view(call, content, { format, single: false }),
  )
}

/** Where new custom content goes: a space, or something in one. */
function placeOf(
  call: Call,
  body: JsonObject,
): { readonly space: Space; readonly parentId: string | null } | undefined {
  for (const [type, member] of Object.entries(holders)) {
    const id = asId(body[member])
    if (id === undefined) continue
    const parent = contentOf(call, id, { type: type === 'page' || type === 'blogpost' ? type : 'custom' })
    return { space: spaceOf(call, parent.spaceId), parentId: parent.id }
  }
  const spaceId = asId(body['spaceId'])
  return spaceId === undefined ? undefined : { space: spaceOf(call, spaceId), parentId: null }
}

function create(call: Call): Reply {
  const body = bodyOf(call)
  const customType = asText(body['type']) ?? ''
  if (!/^(?:ac|forge):[^:\s]+:[^:\s]+$/.test(customType)) {
    return refuseInput('The type of custom content is written ac:APP:MODULE or forge:APP:MODULE')
  }
  const place =
    placeOf(call, body) ?? refuseInput('One of spaceId, pageId, blogPostId and customContentId is needed')
  if (!mayAround(call, { spaceId: place.space.id }, { key: 'create', target: 'page' })) {
    return refuseUnpermitted('You do not have permission to create custom content in this space')
  }
  const title = readTitle(call, body['title'], { type: 'custom', space: place.space })
  const written = readContent(body['body'] ?? {}, newBody, 'custom')
  const status = body['status'] === 'draft' ? 'draft' : 'current'
  const made = addContent(call, { type: 'custom', ...place, customType, status, title, body: written })
  return json(201, view(call, made, { format: written.representation, single: true }))
}

const newBody = { representation: 'storage', value: '' } as const

function read(call: Call): Reply {
  const content = contentOf(call, subjectId(call), { type: 'custom' })
  const format = formatOf(call, false)
  const number = call.query.integer('version', 0)
  const version = number === 0 ? newest(content) : content.versions.find((one) => one.number === number)
  if (!version) return refuseMissing('Version', String(number))
  const shown = view(call, { ...content, versions: [version] }, { format, single: true })
  if (!call.query.flag('include-version', true)) delete shown['version']
  return ok({
    ...shown,
    ...includesOf(call, {
      id: content.id,
      path: `/custom-content/${content.id}`,
      versions: content.versions,
      labels: content.labels,
      versionViews: () => versionViews(versionedContent(content), format),
      operations: () => operationsOn(call, content),
    }),
  })
}

function update(call: Call): Reply {
  const content = contentOf(call, subjectId(call), { type: 'custom' })
  if (!mayUpdate(call.caller, call.site, content)) {
    return refuseUnpermitted('You do not have permission to edit this custom content')
  }
  const body = bodyOf(call)
  if (asId(body['id']) !== content.id) return refuseInput('The id in the body does not match the address')
  if (body['type'] !== content.customType) {
    return refuseInput('The type of custom content cannot be changed')
  }
  const message = readVersion(content, body)
  const place = placeOf(call, body)
  if (place && place.space.id !== content.spaceId) {
    return refuseInput('Custom content cannot be moved to another space')
  }
  const space = spaceOf(call, content.spaceId)
  const title = readTitle(call, body['title'], { type: 'custom', space, self: content })
  const written = readContent(body['body'], newest(content).body, 'custom')
  if (place?.parentId !== undefined && place.parentId !== null) content.parentId = place.parentId
  addVersion(call, content, { title, body: written, message })
  return ok(view(call, content, { format: written.representation, single: true }))
}

/** Into the trash, and with `purge` out of it for good (documented). */
function remove(call: Call): Reply {
  const content = contentOf(call, subjectId(call), { type: 'custom', statuses: ['current', 'trashed'] })
  if (!mayAround(call, content, { key: 'delete', target: 'page' })) {
    return refuseUnpermitted('You do not have permission to delete this custom content')
  }
  if (call.query.flag('purge')) {
    if (content.status !== 'trashed') return refuseInput('Only content in the trash can be purged')
    if (!mayAround(call, content, { key: 'administer', target: 'space' })) {
      return refuseUnpermitted('Purging takes the permission to administer the space')
    }
    purgeContent(call.site, content)
  } else if (content.status === 'trashed') {
    return refuseMissing('Custom content', content.id)
  } else {
    content.status = 'trashed'
  }
  return empty()
}

const listNames = ['type', 'cursor', 'limit', 'body-format'] as const

function listIn(call: Call, type: Content['type']): Reply {
  const { id } = contentOf(call, subjectId(call), { type })
  return list(call, ({ parentId }) => parentId === id)
}

export const customContentHandlers: readonly Served[] = [
  serve(getCustomContentByType, [...listNames, 'sort', 'id', 'space-id'], (call) => list(call, () => true)),
  serve(getCustomContentByTypeInPage, [...listNames, 'sort'], (call) => listIn(call, 'page')),
  serve(getCustomContentByTypeInBlogPost, [...listNames, 'sort'], (call) => listIn(call, 'blogpost')),
  serve(getCustomContentByTypeInSpace, listNames, (call) => {
    const space = spaceOf(call, subjectId(call))
    return list(call, ({ spaceId }) => spaceId === space.id)
  }),
  serve(getChildCustomContent, ['cursor', 'limit', 'sort'], (call) => {
    const parent = contentOf(call, subjectId(call), { type: 'custom' })
    const children = visibleContents(call, 'custom').filter(
      ({ parentId, status }) => parentId === parent.id && status === 'current',
    )
    return listReply(call, sorted(call, children, describe), (child) => ({
      id: child.id,
      status: child.status,
      title: titleOf(child),
      type: child.customType ?? '',
      spaceId: child.spaceId,
    }))
  }),
  serve(createCustomContent, [], create),
  serve(
    getCustomContentById,
    [
      'body-format',
      'version',
      'include-labels',
      'include-properties',
      'include-operations',
      'include-versions',
      'include-version',
      'include-collaborators',
    ],
    read,
  ),
  serve(updateCustomContent, [], update),
  serve(deleteCustomContent, ['purge'], remove),
]
