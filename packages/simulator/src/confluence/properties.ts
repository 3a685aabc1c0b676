import type { Operation } from '@telamon/rest'

import { type Call, serve, type Served } from '../http/call.ts'
import { confluenceV2Error } from '../http/errors.ts'
import { empty, json, ok, refuse, type Reply } from '../http/reply.ts'
import { asInteger, asObject, asText, type JsonObject } from '../http/value.ts'
import type { EntityProperty } from '../world/confluence-model.ts'
import { nextId } from '../world/ids.ts'
import { listReply, type Sortable, sorted } from './list.ts'
import { bodyOf, refuseInput, refuseMissing, refuseUnpermitted } from './refuse.ts'
import { timeOf, versionView } from './view.ts'

/** What properties are kept with. */
export interface PropertyOwner {
  /** The key of its properties in the world. */
  readonly id: string
  readonly mayWrite: boolean
}

/** The five operations on the properties of one kind of thing. */
export interface PropertyFamily {
  readonly list: Operation<ListInput, unknown>
  readonly create: Operation<unknown, unknown>
  readonly get: Operation<unknown, unknown>
  readonly update: Operation<unknown, unknown>
  readonly remove: Operation<unknown, unknown>
  /** Finds the owner that the path names, or refuses. */
  readonly owner: (call: Call) => PropertyOwner
  /** Default: a property of content (recorded, F-CF-16). */
  readonly view?: (property: EntityProperty) => unknown
  /** How making one is answered. Default: 200 (recorded, F-CF-16). */
  readonly status?: 200 | 201
}

interface ListInput {
  readonly query?: {
    readonly key?: unknown
    readonly sort?: unknown
    readonly cursor?: string
    readonly limit?: number
  }
}

const longestKey = 255
const largestValue = 32_768

export function propertyView({ id, key, value, version }: EntityProperty): Record<string, unknown> {
  return { version: versionView({ ...version, minorEdit: false }), value, key, id }
}

/** A property of a space says who made it and when (documented). */
export function spacePropertyView(property: EntityProperty): Record<string, unknown> {
  const { id, key, value, version, createdAt, createdBy } = property
  const { number, message } = version
  return {
    id,
    key,
    value,
    createdAt: timeOf(createdAt),
    createdBy,
    version: { createdAt: timeOf(version.createdAt), createdBy: version.authorId, message, number },
  }
}

export function propertiesOf({ site }: Pick<Call, 'site'>, ownerId: string): readonly EntityProperty[] {
  return site.confluence.properties.get(ownerId) ?? []
}

/** The value of a body, which may be any JSON but has to be there. */
function readValue(body: JsonObject): unknown {
  const value = body['value']
  if (value === undefined) return refuseInput('The value of the property is missing')
  if (JSON.stringify(value).length > largestValue) {
    return refuseInput(`The value of a property cannot be longer than ${largestValue} characters`)
  }
  return value
}

function create(call: Call, { owner, view = propertyView, status = 200 }: PropertyFamily): Reply {
  const { id: ownerId, mayWrite } = owner(call)
  const body = bodyOf(call)
  const key = asText(body['key'])
  if (key === undefined || key === '' || key.length > longestKey) {
    return refuseInput(`A property needs a key of at most ${longestKey} characters`)
  }
  if (!mayWrite) refuseUnpermitted('You do not have permission to change the properties of this content')
  const value = readValue(body)
  const { properties } = call.site.confluence
  const there = properties.get(ownerId) ?? []
  if (there.some((property) => property.key === key)) {
    return confluenceV2Error(409, `A property with the key ${key} already exists`)
  }
  const [authorId, createdAt] = [call.caller.person?.accountId ?? '', call.clock.now()]
  const property: EntityProperty = {
    id: nextId(call.world, 'entityProperty', call.site.cloudId),
    key,
    value,
    version: { number: 1, message: '', authorId, createdAt },
    createdAt,
    createdBy: authorId,
  }
  properties.set(ownerId, [...there, property])
  return json(status, view(property))
}

/** The property that the path names, with its owner. */
function find(
  call: Call,
  { owner }: PropertyFamily,
): { readonly owner: PropertyOwner; readonly property: EntityProperty } {
  const found = owner(call)
  const id = call.path['property-id']
  const property = propertiesOf(call, found.id).find((one) => one.id === id)
  return property ? { owner: found, property } : refuseMissing('Property', id)
}

function update(call: Call, family: PropertyFamily): Reply {
  const { owner, property } = find(call, family)
  const body = bodyOf(call)
  if (!owner.mayWrite)
    refuseUnpermitted('You do not have permission to change the properties of this content')
  const key = asText(body['key'])
  if (key !== undefined && key !== property.key) return refuseInput('The key of a property cannot be changed')
  const version = asObject(body['version'])
  const { number } = property.version
  if (asInteger(version?.['number']) !== number + 1) {
    return refuse(
      confluenceV2Error(409, `Version must be incremented on update. Current version is: ${number}`),
    )
  }
  property.value = readValue(body)
  property.version = {
    number: number + 1,
    message: asText(version?.['message']) ?? '',
    authorId: call.caller.person?.accountId ?? '',
    createdAt: call.clock.now(),
  }
  return ok((family.view ?? propertyView)(property))
}

function remove(call: Call, family: PropertyFamily): Reply {
  const { owner, property } = find(call, family)
  if (!owner.mayWrite)
    refuseUnpermitted('You do not have permission to change the properties of this content')
  const { properties } = call.site.confluence
  properties.set(
    owner.id,
    propertiesOf(call, owner.id).filter((one) => one !== property),
  )
  return empty()
}

const describe = ({ id, key, createdAt, version }: EntityProperty): Sortable => ({
  id,
  title: key,
  createdAt,
  modifiedAt: version.createdAt,
})

function list(call: Call, { owner, view = propertyView }: PropertyFamily): Reply {
  const keys = call.query.list('key')
  const found = propertiesOf(call, owner(call).id).filter(
    ({ key }) => keys.length === 0 || keys.includes(key),
  )
  return listReply(call, sorted(call, found, describe), view)
}

/** Serves the properties of one kind of thing. */
export function serveProperties(family: PropertyFamily): readonly Served[] {
  return [
    serve(family.list, ['key', 'sort', 'cursor', 'limit'], (call) => list(call, family)),
    serve(family.create, [], (call) => create(call, family)),
    serve(family.get, [], (call) => ok((family.view ?? propertyView)(find(call, family).property))),
    serve(family.update, [], (call) => update(call, family)),
    serve(family.remove, [], (call) => remove(call, family)),
  ]
}
