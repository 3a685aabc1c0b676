import {
  addUsersToOrganization,
  createOrganization,
  deleteOrganization,
  deleteProperty,
  getOrganization,
  getOrganizations,
  getPropertiesKeys,
  getProperty,
  getUsersInOrganization,
  removeUsersFromOrganization,
  setProperty,
} from '@telamon/jira/service-management'

import { type Call, serve, type Served } from '../http/call.ts'
import { empty, json, ok, type Reply } from '../http/reply.ts'
import { asText } from '../http/value.ts'
import { propertyHandlers } from '../properties/entity-properties.ts'
import { nextId } from '../world/ids.ts'
import type { Organization } from '../world/service-model.ts'
import { isAgent, isSiteAdmin } from './access.ts'
import { askerOf, refuseService, serviceAddress, serviceBody, serviceError, servicePage } from './answers.ts'
import { accountsIn } from './desks.ts'
import { organizationView } from './organization-view.ts'
import { byName, personView } from './values.ts'

/** Agents see all organizations; customers see those that they belong to (documented). */
function visible(call: Call): readonly Organization[] {
  const accountId = askerOf(call)
  const all = isAgent(call)
  return [...call.site.service.organizations.values()].filter(({ members }) => all || members.has(accountId))
}

function organizationOf(call: Call): Organization {
  const found = visible(call).find(({ id }) => id === call.path['organizationId'])
  return found ?? refuseService(404, `No organization exists with id '${call.path['organizationId']}'.`)
}

/** The organization in the path, for a caller who may change it. */
function managedOrganizationOf(call: Call): Organization {
  const found = organizationOf(call)
  return isAgent(call) ? found : refuseService(403, 'You must be an agent of a service desk to do this.')
}

function list(call: Call): Reply {
  const accountId = call.query.text('accountId')
  if (accountId !== undefined && !isAgent(call)) {
    return refuseService(403, 'Only an agent can ask for the organizations of an account.')
  }
  const found = visible(call).filter(({ members }) => accountId === undefined || members.has(accountId))
  return ok(servicePage(call, found, (organization) => organizationView(call, organization)))
}

function create(call: Call): Reply {
  askerOf(call)
  if (!isAgent(call)) return refuseService(403, 'You must be an agent of a service desk to do this.')
  const name = asText(serviceBody(call)['name'])?.trim() ?? ''
  if (name === '') return refuseService(400, 'An organization needs a name.')
  const id = nextId(call.world, 'organization', call.site.cloudId)
  const organization: Organization = {
    id,
    uuid: call.random.uuid('organization'),
    name,
    createdAt: call.clock.now(),
    members: new Set(),
    properties: new Map(),
  }
  call.site.service.organizations.set(id, organization)
  return json(201, organizationView(call, organization))
}

/** It goes out of desks and requests as well (documented: whatever it is associated with). */
function remove(call: Call): Reply {
  const { id } = organizationOf(call)
  if (!isSiteAdmin(call)) return refuseService(403, 'Only an administrator of Jira can delete organizations.')
  const { organizations, desks, requests } = call.site.service
  organizations.delete(id)
  for (const { organizationIds } of [...desks.values(), ...requests.values()]) organizationIds.delete(id)
  return empty()
}

export const organizationHandlers: readonly Served[] = [
  serve(getOrganizations, ['start', 'limit', 'accountId'], list),
  serve(createOrganization, [], create),
  serve(getOrganization, [], (call) => ok(organizationView(call, organizationOf(call)))),
  serve(deleteOrganization, [], remove),
  serve(getUsersInOrganization, ['start', 'limit'], (call) => {
    const { members } = managedOrganizationOf(call)
    return ok(servicePage(call, byName(call, members), (accountId) => personView(call, accountId)))
  }),
  serve(addUsersToOrganization, [], (call) => {
    const { members } = managedOrganizationOf(call)
    for (const accountId of accountsIn(call, serviceBody(call))) members.add(accountId)
    return empty()
  }),
  serve(removeUsersFromOrganization, [], (call) => {
    const { members } = managedOrganizationOf(call)
    for (const accountId of accountsIn(call, serviceBody(call))) members.delete(accountId)
    return empty()
  }),
  ...propertyHandlers(
    { list: getPropertiesKeys, get: getProperty, set: setProperty, remove: deleteProperty },
    {
      error: serviceError,
      holderOf(call, access) {
        const { id, properties } = access === 'read' ? organizationOf(call) : managedOrganizationOf(call)
        return { properties, address: serviceAddress(call, `organization/${id}/property`) }
      },
    },
  ),
]
