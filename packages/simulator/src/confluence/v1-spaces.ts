import {
  addCustomContentPermissions,
  addLabelsToSpace,
  addPermissionToSpace,
  createPrivateSpace,
  createSpace,
  deleteLabelFromSpace,
  deleteSpace,
  getLabelsForSpace,
  getSpaceSettings,
  removePermission,
  updateSpace,
  updateSpaceSettings,
} from '@telamon/confluence/v1'

import { type Call, serve, type Served } from '../http/call.ts'
import { empty, json, ok, type Reply } from '../http/reply.ts'
import { asList, asObject, asText, type JsonObject } from '../http/value.ts'
import type { Space, SpacePermission } from '../world/confluence-model.ts'
import { nextId } from '../world/ids.ts'
import { mayAround } from './find.ts'
import { addLabel } from './lifecycle.ts'
import { startTask } from './long-tasks.ts'
import { addSpace, isSpaceKey, purgeSpace, spaceByKey } from './space-creating.ts'
import { bodyOfV1, listReplyV1, ownSpaceV1, refuseInputV1, refuseMissingV1, spaceV1 } from './v1-answers.ts'
import { readLabels } from './v1-labels.ts'
import { labelView, spaceView } from './v1-view.ts'
import { visibleLabels } from './view.ts'

const describe = (body: JsonObject): string | undefined =>
  asText(asObject(asObject(body['description'])?.['plain'])?.['value'])

function create(call: Call, isPrivate: boolean): Reply {
  const body = bodyOfV1(call)
  const name = asText(body['name'])?.trim() ?? ''
  const key = asText(body['key']) ?? asText(body['alias']) ?? ''
  if (name === '' || name.length > 200) return refuseInputV1('A space needs a name of at most 200 characters')
  if (!isSpaceKey(key)) return refuseInputV1('The key of a space consists of letters and digits')
  if (spaceByKey(call.site, key)) return refuseInputV1(`A space already exists with key ${key}`)
  const space = addSpace(call, { key, name, description: describe(body) ?? '', isPrivate })
  return ok(spaceView(call, space))
}

const statuses = ['current', 'archived'] as const

function update(call: Call): Reply {
  const space = ownSpaceV1(call, call.path['spaceKey'])
  const body = bodyOfV1(call)
  const name = asText(body['name'])?.trim()
  if (name === '') return refuseInputV1('A space needs a name')
  const home = asText(asObject(body['homepage'])?.['id'])
  if (home !== undefined && call.site.confluence.contents.get(home)?.spaceId !== space.id) {
    return refuseInputV1('The home page has to be a page of the space')
  }
  const status = statuses.find((one) => one === asText(body['status'])?.toLowerCase())
  if (body['status'] !== undefined && !status)
    return refuseInputV1('The status is one of current and archived')
  Object.assign(space, {
    name: name ?? space.name,
    description: describe(body) ?? space.description,
    homepageId: home ?? space.homepageId,
    status: status ?? space.status,
  })
  return ok(spaceView(call, space))
}

/** For good, and without the trash, as work that goes on for a while (documented). */
function remove(call: Call): Reply {
  const space = spaceV1(call, call.path['spaceKey'])
  if (!mayAround(call, { spaceId: space.id }, { key: 'administer', target: 'space' })) {
    return refuseMissingV1('You do not have permission to delete this space')
  }
  purgeSpace(call.site, space)
  const { id } = startTask(call, { name: 'space.deletion' })
  return json(202, {
    ari: `ari:cloud:confluence::longtask/${id}`,
    id,
    links: { status: `/rest/api/longtask/${id}` },
  })
}

/** Somebody of the site, or a group by id or name. */
function readSubject({ site }: Call, given: unknown): SpacePermission['principal'] {
  const subject = asObject(given)
  const [type, identifier] = [subject?.['type'], asText(subject?.['identifier']) ?? '']
  if (type === 'user' && site.members.has(identifier)) return { type, id: identifier }
  const group = [...site.groups.values()].find(({ id, name }) => id === identifier || name === identifier)
  if (type === 'group' && group) return { type, id: group.id }
  return refuseInputV1(`There is no ${asText(type) ?? 'subject'} ${identifier}`)
}

const isSame = (one: SpacePermission['principal'], other: SpacePermission['principal']): boolean =>
  one.type === other.type && one.id === other.id

function addPermission(call: Call): Reply {
  const space = ownSpaceV1(call, call.path['spaceKey'])
  const body = bodyOfV1(call)
  const principal = readSubject(call, body['subject'])
  const operation = asObject(body['operation'])
  const [key, targetType] = [asText(operation?.['key']), asText(operation?.['target'])]
  if (key === undefined || targetType === undefined) return refuseInputV1('The operation is missing')
  const held = space.permissions.filter((one) => isSame(one.principal, principal))
  const has = (wanted: string, target: string): boolean =>
    held.some(({ operation: one }) => one.key === wanted && one.targetType === target)
  if (has(key, targetType)) return refuseInputV1('This permission exists already')
  if (!has('read', 'space') && (key !== 'read' || targetType !== 'space')) {
    return refuseInputV1('The permission to read the space has to be there first')
  }
  const id = nextId(call.world, 'permission', call.site.cloudId)
  space.permissions = [...space.permissions, { id, principal, operation: { key, targetType } }]
  return ok({
    id: Number(id),
    subject: { type: principal.type, identifier: principal.id },
    operation: { key, target: targetType },
    _links: { self: `/rest/api/space/${space.key}/permission/${id}` },
  })
}

/** Permissions on the custom content of apps (documented); what is not given access is taken away. */
function setCustomPermissions(call: Call): Reply {
  const space = ownSpaceV1(call, call.path['spaceKey'])
  const body = bodyOfV1(call)
  const principal = readSubject(call, body['subject'])
  for (const given of asList(body['operations']) ?? refuseInputV1('The operations are missing')) {
    const operation = asObject(given)
    const [key, targetType] = [asText(operation?.['key']), asText(operation?.['target'])]
    if (key === undefined || targetType === undefined) return refuseInputV1('The operation is missing')
    const others = space.permissions.filter(
      (one) =>
        !isSame(one.principal, principal) ||
        one.operation.key !== key ||
        one.operation.targetType !== targetType,
    )
    const id = nextId(call.world, 'permission', call.site.cloudId)
    const added = { id, principal, operation: { key, targetType } }
    space.permissions = operation?.['access'] === true ? [...others, added] : others
  }
  return { status: 200 }
}

/** Without the permission to read, none of the others is left (documented). */
function takePermission(call: Call): Reply {
  const space = ownSpaceV1(call, call.path['spaceKey'])
  const id = call.path['id']
  const taken = space.permissions.find((one) => one.id === id)
  if (!taken) return refuseMissingV1(`No permission found with id: ${id ?? ''}`)
  const isEntrance = taken.operation.key === 'read' && taken.operation.targetType === 'space'
  space.permissions = space.permissions.filter(
    (one) => one !== taken && !(isEntrance && isSame(one.principal, taken.principal)),
  )
  return empty()
}

function settings({ links }: Call, { key, routeOverride }: Space): Reply {
  return ok({
    routeOverrideEnabled: routeOverride,
    editor: { page: 'v2', blogpost: 'v2', default: 'v2' },
    spaceKey: key,
    _links: { base: `${links.site}/wiki`, context: '/wiki', self: `/rest/api/space/${key}/settings` },
  })
}

function labels(call: Call, space: Space): Reply {
  const prefix = call.query.text('prefix')
  const found = visibleLabels(call, space.labels).filter((label) => (prefix ?? label.prefix) === label.prefix)
  return listReplyV1(call, found, { view: labelView, limit: 200 })
}

export const spaceHandlersV1: readonly Served[] = [
  serve(createSpace, [], (call) => create(call, false)),
  serve(createPrivateSpace, [], (call) => create(call, true)),
  serve(updateSpace, [], update),
  serve(deleteSpace, [], remove),
  serve(addPermissionToSpace, [], addPermission),
  serve(addCustomContentPermissions, [], setCustomPermissions),
  serve(removePermission, [], takePermission),
  serve(getSpaceSettings, [], (call) => settings(call, spaceV1(call, call.path['spaceKey']))),
  serve(updateSpaceSettings, [], (call) => {
    const space = ownSpaceV1(call, call.path['spaceKey'])
    const wanted = bodyOfV1(call)['routeOverrideEnabled']
    if (typeof wanted === 'boolean') space.routeOverride = wanted
    return settings(call, space)
  }),
  serve(getLabelsForSpace, ['prefix', 'start', 'limit'], (call) =>
    labels(call, spaceV1(call, call.path['spaceKey'])),
  ),
  serve(addLabelsToSpace, [], (call) => {
    const space = ownSpaceV1(call, call.path['spaceKey'])
    for (const label of readLabels(call)) addLabel(call, space, label)
    return labels(call, space)
  }),
  serve(deleteLabelFromSpace, ['name', 'prefix'], (call) => {
    const space = ownSpaceV1(call, call.path['spaceKey'])
    const [name, prefix] = [call.query.text('name'), call.query.text('prefix')]
    const at = visibleLabels(call, space.labels).find(
      (label) => label.name === name && (prefix ?? label.prefix) === label.prefix,
    )
    if (at) space.labels.splice(space.labels.indexOf(at), 1)
    return empty()
  }),
]
