import {
  checkRequestTypePermissions,
  createRequestType,
  deleteRequestType,
  deleteRequestTypeProperty,
  getAllRequestTypes,
  getRequestTypeById,
  getRequestTypeFields,
  getRequestTypeGroups,
  getRequestTypePropertiesKeys,
  getRequestTypeProperty,
  getRequestTypes,
  setRequestTypeProperty,
} from '@telamon/jira/service-management'

import { type Call, serve, type Served } from '../http/call.ts'
import { empty, ok, type Reply } from '../http/reply.ts'
import { asId, asList, asText } from '../http/value.ts'
import { propertyHandlers } from '../properties/entity-properties.ts'
import { nextId } from '../world/ids.ts'
import type { RequestType, ServiceDesk } from '../world/service-model.ts'
import { administeredDeskOf, administersDesk, deskOf, entersDesk, isAgentOf, isCustomerOf } from './access.ts'
import { askerOf, refuseService, serviceAddress, serviceBody, serviceError, servicePage } from './answers.ts'
import { listedRequestTypeView, requestFieldsView } from './request-fields.ts'

const typesOf = ({ site }: Pick<Call, 'site'>, desk: ServiceDesk): readonly RequestType[] =>
  [...site.service.requestTypes.values()].filter(({ deskId }) => deskId === desk.id)

/** Narrows request types by words; those that are hidden on the portal are found by their words only on demand (documented). */
function matching(call: Call, types: readonly RequestType[]): readonly RequestType[] {
  const { query } = call
  const words = query.text('searchQuery')?.toLowerCase()
  const restriction = query.text('restrictionStatus')?.toLowerCase()
  if (restriction !== undefined && restriction !== 'open' && restriction !== 'restricted') {
    return refuseService(400, "The restriction status has to be 'open' or 'restricted'.")
  }
  const withHidden = words === undefined || query.flag('includeHiddenRequestTypesInSearch')
  return types
    .filter(() => restriction !== 'restricted')
    .filter(({ groupIds }) => withHidden || groupIds.length > 0)
    .filter(
      ({ name, description }) =>
        words === undefined || [name, description].some((text) => text.toLowerCase().includes(words)),
    )
}

/** The request type in the path, with its desk. */
function typeOf(call: Call, desk = deskOf(call)): { readonly desk: ServiceDesk; readonly type: RequestType } {
  const type = call.site.service.requestTypes.get(call.path['requestTypeId'] ?? '')
  return type?.deskId === desk.id
    ? { desk, type }
    : refuseService(404, `No request type exists with id '${call.path['requestTypeId']}'.`)
}

/** Every request type of the desks that the caller may enter. */
function listAll(call: Call): Reply {
  askerOf(call)
  const wanted = call.query.list('serviceDeskId')
  const desks = [...call.site.service.desks.values()]
    .filter((desk) => entersDesk(call, desk))
    .filter(({ id }) => wanted.length === 0 || wanted.includes(id))
  const all = desks.flatMap((desk) => typesOf(call, desk).map((type) => ({ desk, type })))
  const fitting = new Set(
    matching(
      call,
      all.map(({ type }) => type),
    ),
  )
  const found = all.filter(({ type }) => fitting.has(type))
  return ok(servicePage(call, found, ({ desk, type }) => listedRequestTypeView(call, desk, type)))
}

function list(call: Call): Reply {
  const desk = deskOf(call)
  const groupId = call.query.text('groupId')
  const types = matching(call, typesOf(call, desk)).filter(
    ({ groupIds }) => groupId === undefined || groupIds.includes(groupId),
  )
  return ok(servicePage(call, types, (type) => listedRequestTypeView(call, desk, type)))
}

/** A new type has no group, so that it is hidden on the portal, and asks for a summary (documented). */
function create(call: Call): Reply {
  const desk = administeredDeskOf(call)
  const body = serviceBody(call)
  const name = asText(body['name'])?.trim() ?? ''
  const issueTypeId = asId(body['issueTypeId']) ?? ''
  if (name === '') return refuseService(400, 'A request type needs a name.')
  if (call.site.jira.projects.get(desk.projectId)?.issueTypeIds.includes(issueTypeId) !== true) {
    return refuseService(400, `The issue type '${issueTypeId}' does not belong to the service desk.`)
  }
  if (typesOf(call, desk).some((type) => type.name.toLowerCase() === name.toLowerCase())) {
    return refuseService(400, `There is a request type with the name '${name}' already.`)
  }
  const type: RequestType = {
    id: nextId(call.world, 'requestType', call.site.cloudId),
    deskId: desk.id,
    name,
    description: asText(body['description']) ?? '',
    helpText: asText(body['helpText']) ?? '',
    issueTypeId,
    groupIds: [],
    iconId: '10527',
    fields: [{ fieldId: 'summary', label: 'Summary', description: '', required: true }],
    statusNames: new Map(),
    properties: new Map(),
  }
  call.site.service.requestTypes.set(type.id, type)
  return ok(listedRequestTypeView(call, desk, type))
}

/** Requests of a deleted type stay, without it (documented). */
function remove(call: Call): Reply {
  const { type } = typeOf(call, administeredDeskOf(call))
  const { requestTypes, requests } = call.site.service
  requestTypes.delete(type.id)
  for (const request of requests.values()) if (request.requestTypeId === type.id) request.requestTypeId = null
  return empty()
}

/** At most so many request types are checked at a time (documented). */
const mostChecked = 50

/** For which of some request types an account may do what; unknown ids are passed over (documented). */
function check(call: Call): Reply {
  const desk = deskOf(call)
  const body = serviceBody(call)
  const permissions = asList(body['permissions']) ?? []
  const ids = (asList(body['requestTypeIds']) ?? []).map((id) => asId(id) ?? '')
  if (permissions.length === 0) return refuseService(400, 'Name the permissions to be checked.')
  if (ids.length > mostChecked)
    return refuseService(400, `At most ${mostChecked} request types can be checked.`)
  const accountId = asText(body['accountId']) ?? askerOf(call)
  const person = call.world.people.get(accountId)
  if (!person) return refuseService(400, `The account '${accountId}' does not exist.`)
  if (accountId !== askerOf(call) && !administersDesk(call, desk)) {
    return refuseService(401, 'Only an administrator can check the permissions of others.')
  }
  const known = typesOf(call, desk).filter(({ id }) => ids.includes(id))
  const asked = { site: call.site, caller: { person, via: 'basic' as const } }
  const numbers = (fits: boolean): readonly number[] => (fits ? known.map(({ id }) => Number(id)) : [])
  return ok({
    ...(permissions.includes('canCreateRequest') && {
      canCreateRequest: numbers(isCustomerOf(call, desk, accountId) || isAgentOf(asked, desk)),
    }),
    ...(permissions.includes('canAdminister') && { canAdminister: numbers(administersDesk(asked, desk)) }),
  })
}

const filters = [
  'searchQuery',
  'start',
  'limit',
  'expand',
  'includeHiddenRequestTypesInSearch',
  'restrictionStatus',
] as const

export const requestTypeHandlers: readonly Served[] = [
  serve(getAllRequestTypes, [...filters, 'serviceDeskId'], listAll),
  serve(getRequestTypes, [...filters, 'groupId'], list),
  serve(getRequestTypeById, ['expand'], (call) => {
    const { desk, type } = typeOf(call)
    return ok(listedRequestTypeView(call, desk, type))
  }),
  serve(getRequestTypeFields, ['expand'], (call) => {
    const { desk, type } = typeOf(call)
    return ok(requestFieldsView(call, desk, type))
  }),
  serve(getRequestTypeGroups, ['start', 'limit'], (call) =>
    ok(servicePage(call, deskOf(call).groups, ({ id, name }) => ({ id, name }))),
  ),
  serve(createRequestType, [], create),
  serve(deleteRequestType, [], remove),
  serve(checkRequestTypePermissions, [], check),
  ...propertyHandlers(
    {
      list: getRequestTypePropertiesKeys,
      get: getRequestTypeProperty,
      set: setRequestTypeProperty,
      remove: deleteRequestTypeProperty,
    },
    {
      error: serviceError,
      holderOf(call, access) {
        const { desk, type } = typeOf(call, access === 'read' ? deskOf(call) : administeredDeskOf(call))
        const address = serviceAddress(call, `servicedesk/${desk.id}/requesttype/${type.id}/property`)
        return { properties: type.properties, address }
      },
    },
  ),
]
