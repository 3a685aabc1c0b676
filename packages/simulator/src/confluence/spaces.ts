import { getSpaceById, getSpaces } from '@telamon/confluence/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { ok, type Reply } from '../http/reply.ts'
import type { Space, SpaceOperation } from '../world/confluence-model.ts'
import { mayInSpace } from '../world/permissions.ts'
import { spaceOf, visibleSpaces } from './find.ts'
import { listReply, nested } from './list.ts'
import { refuseInput } from './refuse.ts'
import { timeOf } from './view.ts'

/** A space (recorded, F-CF-14). */
function view(call: Call, space: Space, withBase: boolean): Record<string, unknown> {
  const format = call.query.text('description-format')
  const { id, key, name, type, status, authorId, createdAt, homepageId, description } = space
  return {
    spaceOwnerId: authorId,
    homepageId,
    createdAt: timeOf(createdAt),
    authorId,
    ...(call.query.flag('include-icon') && { icon: iconOf(space) }),
    name,
    key,
    id,
    type,
    description: format === undefined ? {} : { [format]: { representation: format, value: description } },
    status,
    _links: { webui: `/spaces/${key}`, ...(withBase && { base: `${call.links.site}/wiki` }) },
    currentActiveAlias: key,
  }
}

function iconOf({ id, key }: Space): Record<string, string> {
  return {
    path: `/wiki/download/attachments/${id}/${key}-default?version=1&api=v2`,
    apiDownloadLink: `/wiki/rest/api/content/${id}/child/attachment/att${id}/download`,
  }
}

function operationsOf({ site, caller }: Call, space: Space): readonly unknown[] {
  const seen = new Set<string>()
  return space.permissions
    .map(({ operation }): SpaceOperation => operation)
    .filter(({ key, targetType }) => mayInSpace(caller, site, { space, key, target: targetType }))
    .filter(({ key, targetType }) => !seen.has(`${key} ${targetType}`) && seen.add(`${key} ${targetType}`))
    .map(({ key, targetType }) => ({ operation: key, targetType }))
}

function single(call: Call): Reply {
  const space = spaceOf(call, call.path['id'])
  const path = `/spaces/${space.id}`
  const asked = (name: string): boolean => call.query.flag(`include-${name}`)
  return ok({
    ...view(call, space, true),
    ...(asked('labels') && { labels: nested(`${path}/labels`, []) }),
    ...(asked('operations') && { operations: nested(`${path}/operations`, operationsOf(call, space)) }),
    ...(asked('properties') && { properties: nested(`${path}/properties`, []) }),
    ...(asked('permissions') && { permissions: nested(`${path}/permissions`, space.permissions) }),
  })
}

const sorters: Readonly<Record<string, (space: Space) => string | number>> = {
  id: ({ id }) => Number(id),
  key: ({ key }) => key,
  name: ({ name }) => name.toLowerCase(),
}

function list(call: Call): Reply {
  const { query } = call
  const [ids, keys, type, status] = [
    query.list('ids'),
    query.list('keys'),
    query.text('type'),
    query.text('status'),
  ]
  const sort = query.text('sort') ?? 'id'
  const key =
    sorters[sort.replace(/^-/, '')] ??
    refuseInput(`Provided value {${sort}} for 'sort' is not the correct type`)
  const sign = sort.startsWith('-') ? -1 : 1
  const found = visibleSpaces(call)
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .filter((space) => keys.length === 0 || keys.includes(space.key))
    .filter((space) => type === undefined || space.type === type)
    .filter((space) => status === undefined || space.status === status)
    .toSorted((one, other) => (key(one) < key(other) ? -sign : sign))
  return listReply(call, found, (space) => view(call, space, false))
}

export const spaceHandlers: readonly Served[] = [
  serve(
    getSpaces,
    ['ids', 'keys', 'type', 'status', 'sort', 'description-format', 'include-icon', 'cursor', 'limit'],
    list,
  ),
  serve(
    getSpaceById,
    [
      'description-format',
      'include-icon',
      'include-operations',
      'include-properties',
      'include-permissions',
      'include-labels',
    ],
    single,
  ),
]
