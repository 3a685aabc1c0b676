import { createSpace, getSpaceById, getSpaces } from '@telamon/confluence/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { json, ok, type Reply } from '../http/reply.ts'
import { asId, asList, asObject, asText } from '../http/value.ts'
import type { Space } from '../world/confluence-model.ts'
import { mayAround, spaceOf, subjectId, visibleSpaces } from './find.ts'
import { everybody, grant } from './grants.ts'
import { listReply, nested } from './list.ts'
import { operationsInSpace } from './operations.ts'
import { propertiesOf, spacePropertyView } from './properties.ts'
import { bodyOf, refuseInput, refuseUnpermitted } from './refuse.ts'
import { favouritesOf } from './relations.ts'
import { addSpace, isSpaceKey, spaceByKey } from './space-creating.ts'
import { assignRoles, assignmentView } from './space-roles.ts'
import { labelView, timeOf, visibleLabels } from './view.ts'

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

function single(call: Call): Reply {
  const space = spaceOf(call, subjectId(call))
  const path = `/spaces/${space.id}`
  const asked = (name: string): boolean => call.query.flag(`include-${name}`)
  return ok({
    ...view(call, space, true),
    ...(asked('labels') && {
      labels: nested(`${path}/labels`, visibleLabels(call, space.labels).map(labelView)),
    }),
    ...(asked('operations') && { operations: nested(`${path}/operations`, operationsInSpace(call, space)) }),
    ...(asked('properties') && {
      properties: nested(
        `${path}/properties`,
        propertiesOf(call, `space/${space.id}`).map(spacePropertyView),
      ),
    }),
    ...(asked('permissions') && { permissions: nested(`${path}/permissions`, space.permissions) }),
    ...(asked('role-assignments') && {
      roleAssignments: nested(`${path}/role-assignments`, space.roles.map(assignmentView)),
    }),
  })
}

const sorters: Readonly<Record<string, (space: Space) => string | number>> = {
  id: ({ id }) => Number(id),
  key: ({ key }) => key,
  name: ({ name }) => name.toLowerCase(),
}

/** Whether a space is among what somebody keeps at hand, or not; everything is when nobody is named. */
function isKeptBy(call: Call, name: 'favorited-by' | 'not-favorited-by'): (space: Space) => boolean {
  const accountId = call.query.text(name)
  if (accountId === undefined) return () => true
  const kept = favouritesOf(call, accountId)
  return ({ key }) => kept.has(`space/${key}`) === (name === 'favorited-by')
}

function list(call: Call): Reply {
  const { query } = call
  const [ids, keys, labels] = [query.list('ids'), query.list('keys'), query.list('labels')]
  const [type, status] = [query.text('type'), query.text('status')]
  const sort = query.text('sort') ?? 'id'
  const key =
    sorters[sort.replace(/^-/, '')] ??
    refuseInput(`Provided value {${sort}} for 'sort' is not the correct type`)
  const sign = sort.startsWith('-') ? -1 : 1
  const hasLabel = (space: Space): boolean =>
    visibleLabels(call, space.labels).some(({ name }) => labels.includes(name))
  const found = visibleSpaces(call)
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .filter((space) => keys.length === 0 || keys.includes(space.key))
    .filter((space) => labels.length === 0 || hasLabel(space))
    .filter((space) => type === undefined || space.type === type)
    .filter((space) => status === undefined || space.status === status)
    .filter(isKeptBy(call, 'favorited-by'))
    .filter(isKeptBy(call, 'not-favorited-by'))
    .toSorted((one, other) => (key(one) < key(other) ? -sign : sign))
  return listReply(call, found, (space) => view(call, space, false))
}

/** Anybody who may enter Confluence may make spaces, as on a site that was never changed (inferred). */
function create(call: Call): Reply {
  const body = bodyOf(call)
  const name = asText(body['name'])?.trim() ?? ''
  if (name === '' || name.length > 200) return refuseInput('A space needs a name of at most 200 characters')
  const key = asText(body['key']) ?? asText(body['alias'])
  if (key === undefined) return refuseInput('One of key and alias is needed')
  if (!isSpaceKey(key)) return refuseInput('The key of a space consists of letters and digits')
  if (spaceByKey(call.site, key)) return refuseInput(`A space with the key ${key} already exists`)
  const isPrivate = body['createPrivateSpace'] === true
  const copied = asId(body['copySpaceAccessConfiguration'])
  const source = copied === undefined ? undefined : spaceOf(call, copied)
  if (source && !mayAround(call, { spaceId: source.id }, { key: 'administer', target: 'space' })) {
    return refuseUnpermitted('You do not have permission to see who may enter that space')
  }
  const description = asText(asObject(body['description'])?.['value']) ?? ''
  const space = addSpace(call, { key, name, description, isPrivate: isPrivate || source !== undefined })
  if (source) {
    for (const { principal, operation } of source.permissions) {
      if (principal.type !== 'user') grant(call, space, { principal, to: [operation] })
    }
    space.roles = source.roles
  }
  const assignments = asList(body['roleAssignments'])
  if (assignments) {
    space.permissions = space.permissions.filter(({ principal }) => principal.type !== everybody.type)
    assignRoles(call, space, assignments)
  }
  return json(201, view(call, space, true))
}

export const spaceHandlers: readonly Served[] = [
  serve(
    getSpaces,
    [
      'ids',
      'keys',
      'type',
      'status',
      'labels',
      'favorited-by',
      'not-favorited-by',
      'sort',
      'description-format',
      'include-icon',
      'cursor',
      'limit',
    ],
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
      'include-role-assignments',
      'include-labels',
    ],
    single,
  ),
  serve(createSpace, [], create),
]
