import {
  createUserProperty,
  deleteUserProperty,
  getUserProperties,
  getUserProperty,
  updateUserProperty,
} from '@telamon/confluence/v1'

import { type Call, serve, type Served } from '../http/call.ts'
import { empty, ok, type Reply } from '../http/reply.ts'
import { asObject } from '../http/value.ts'
import type { EntityProperty } from '../world/confluence-model.ts'
import { nextId } from '../world/ids.ts'
import { propertiesOf } from './properties.ts'
import { bodyOfV1, listReplyV1, refuseConflictV1, refuseInputV1, refuseMissingV1 } from './v1-answers.ts'
import { timeOf } from './view.ts'

/** Where the properties of the person that the path names are kept. */
function ownerAt({ site, path }: Call): string {
  const accountId = path['userId'] ?? ''
  return site.members.has(accountId)
    ? `user/${accountId}`
    : refuseMissingV1(`No user found with account id: ${accountId}`)
}

function propertyAt(call: Call): EntityProperty {
  const key = call.path['key']
  const found = propertiesOf(call, ownerAt(call)).find((property) => property.key === key)
  return found ?? refuseMissingV1(`No property found with key: ${key ?? ''}`)
}

function readValue(call: Call): unknown {
  return asObject(bodyOfV1(call)['value']) ?? refuseInputV1('The value of a user property is an object')
}

function create(call: Call): Reply {
  const owner = ownerAt(call)
  const key = call.path['key'] ?? ''
  const there = propertiesOf(call, owner)
  if (key.length > 127) return refuseInputV1('The key of a property has at most 127 characters')
  const value = readValue(call)
  if (there.some((property) => property.key === key)) {
    return refuseConflictV1(`A property with the key ${key} already exists`)
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
  call.site.confluence.properties.set(owner, [...there, property])
  return { status: 201 }
}

function update(call: Call): Reply {
  const property = propertyAt(call)
  property.value = readValue(call)
  const authorId = call.caller.person?.accountId ?? ''
  const number = property.version.number + 1
  property.version = { number, message: '', authorId, createdAt: call.clock.now() }
  return empty()
}

export const userPropertyHandlers: readonly Served[] = [
  serve(getUserProperties, ['start', 'limit'], (call) =>
    listReplyV1(call, propertiesOf(call, ownerAt(call)), { view: ({ key }) => ({ key }), limit: 5 }),
  ),
  serve(getUserProperty, [], (call) => {
    const { id, key, value, version, createdAt } = propertyAt(call)
    return ok({
      key,
      value,
      id,
      lastModifiedDate: timeOf(version.createdAt),
      createdDate: timeOf(createdAt),
      _links: { self: call.pathname.replace(/^\/wiki/, '') },
    })
  }),
  serve(createUserProperty, [], create),
  serve(updateUserProperty, [], update),
  serve(deleteUserProperty, [], (call) => {
    const property = propertyAt(call)
    const owner = ownerAt(call)
    call.site.confluence.properties.set(
      owner,
      propertiesOf(call, owner).filter((one) => one !== property),
    )
    return empty()
  }),
]
