import {
  addCustomers,
  addOrganization,
  createCustomer,
  getCustomers,
  getInfo,
  getIssuesInQueue,
  getQueue,
  getQueues,
  getServiceDeskById,
  getServiceDeskOrganizations,
  getServiceDesks,
  removeCustomers,
  removeOrganization,
  revokePortalOnlyAccessForUser,
} from '@telamon/jira/service-management'

import { type Call, serve, type Served } from '../http/call.ts'
import { empty, json, ok, type Reply } from '../http/reply.ts'
import { asId, asList, asText, type JsonObject } from '../http/value.ts'
import { issueView, selectFields } from '../jira/issue-view.ts'
import { findIssues } from '../query/jql.ts'
import type { Issue } from '../world/jira-model.ts'
import type { Person } from '../world/model.ts'
import type { Queue, ServiceDesk } from '../world/service-model.ts'
import { administeredDeskOf, agentDeskOf, deskOf, entersDesk, isSiteAdmin, projectOfDesk } from './access.ts'
import { askerOf, refuseService, serviceAddress, serviceBody, serviceError, servicePage } from './answers.ts'
import { organizationView } from './organization-view.ts'
import { byName, dateView, personView } from './values.ts'

/** A service desk (documented). */
export function deskView(call: Call, desk: ServiceDesk): Record<string, unknown> {
  const project = projectOfDesk(call, desk)
  return {
    id: desk.id,
    projectId: desk.projectId,
    projectName: project?.name ?? '',
    projectKey: project?.key ?? '',
    projectTypeKey: project?.type ?? '',
    _links: { self: serviceAddress(call, `servicedesk/${desk.id}`) },
  }
}

/** The accounts in a body. */
export function accountsIn(call: Call, body: JsonObject): readonly string[] {
  const accountIds = (asList(body['accountIds']) ?? []).map((one) => asText(one) ?? '')
  if (accountIds.length === 0) return refuseService(400, 'Name accounts in accountIds.')
  const unknown = accountIds.find((accountId) => !call.world.people.has(accountId))
  return unknown === undefined ? accountIds : refuseService(400, `The account '${unknown}' does not exist.`)
}

/** The customers of a desk: its own, and the members of its organizations. */
function customersOf(call: Call, desk: ServiceDesk): readonly string[] {
  const { organizations } = call.site.service
  const all = new Set(desk.customers)
  for (const id of desk.organizationIds)
    for (const member of organizations.get(id)?.members ?? []) all.add(member)
  return byName(call, all)
}

function listCustomers(call: Call): Reply {
  const desk = agentDeskOf(call)
  const words = call.query.text('query')?.toLowerCase() ?? ''
  const found = customersOf(call, desk).filter((accountId) => {
    const person = call.world.people.get(accountId)
    const texts = [person?.displayName ?? '', person?.emailHidden ? '' : (person?.email ?? '')]
    return texts.some((text) => text.toLowerCase().includes(words))
  })
  return ok(servicePage(call, found, (accountId) => personView(call, accountId)))
}

/** Only a closed desk has customers to take away (documented). */
function dropCustomers(call: Call): Reply {
  const desk = administeredDeskOf(call)
  if (desk.open) return refuseService(400, 'The service desk is open to everyone.')
  for (const accountId of accountsIn(call, serviceBody(call))) desk.customers.delete(accountId)
  return empty()
}

/** A new account that only knows the portal. A known address is 400, or 409 on demand (documented). */
function newCustomer(call: Call): Reply {
  if (!isSiteAdmin(call)) return refuseService(403, 'Only an administrator of Jira can create customers.')
  const body = serviceBody(call)
  const email = asText(body['email'])?.trim() ?? ''
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) return refuseService(400, `'${email}' is not an e-mail address.`)
  if ([...call.world.people.values()].some((person) => person.email.toLowerCase() === email.toLowerCase())) {
    const status = call.query.flag('strictConflictStatusCode') ? 409 : 400
    return serviceError(status, 'An account already exists for this e-mail address.')
  }
  const accountId = `qm:${call.random.uuid('customer')}:${call.random.uuid('customer')}`
  const person: Person = {
    accountId,
    handle: accountId,
    email,
    displayName: asText(body['displayName']) ?? asText(body['fullName']) ?? email,
    about: '',
    timeZone: call.site.timeZone,
    emailHidden: false,
    accountType: 'customer',
    active: true,
    locale: 'en_GB',
    canSignIn: false,
  }
  call.world.people.set(accountId, person)
  call.site.service.customers.add(accountId)
  return json(201, personView(call, accountId))
}

function revoke(call: Call): Reply {
  const accountId = call.path['accountId'] ?? ''
  if (!isSiteAdmin(call)) return refuseService(403, 'Only an administrator of the site can do this.')
  return call.site.service.customers.delete(accountId)
    ? empty()
    : refuseService(400, `The account '${accountId}' is not a portal-only customer.`)
}

function queueOf(call: Call): Queue {
  const queue = agentDeskOf(call).queues.find(({ id }) => id === call.path['queueId'])
  return queue ?? refuseService(404, `No queue exists with id '${call.path['queueId']}'.`)
}

function issuesOf(call: Call, { jql }: Queue): readonly Issue[] {
  const found = findIssues(call, jql)
  return found.ok ? found.issues : []
}

/** A queue, with the number of its issues where that is asked for (documented). */
function queueView(call: Call, queue: Queue): Record<string, unknown> {
  const { id, name, jql, fields } = queue
  return {
    id,
    name,
    jql,
    fields,
    ...(call.query.flag('includeCount') && { issueCount: issuesOf(call, queue).length }),
    _links: { self: serviceAddress(call, `servicedesk/${deskOf(call).id}/queue/${id}`) },
  }
}

function organizationIn(call: Call): string {
  const id = asId(serviceBody(call)['organizationId']) ?? ''
  return call.site.service.organizations.has(id)
    ? id
    : refuseService(404, `No organization exists with id '${id}'.`)
}

export const deskHandlers: readonly Served[] = [
  serve(getInfo, [], (call) =>
    ok({
      _links: { self: serviceAddress(call, 'info') },
      version: '1001.0.0-SNAPSHOT',
      platformVersion: '1001.0.0-SNAPSHOT',
      buildDate: dateView(call, call.world.createdAt),
      buildChangeSet: '0000000000000000000000000000000000000000',
      isLicensedForUse: true,
    }),
  ),
  serve(getServiceDesks, ['start', 'limit'], (call) => {
    askerOf(call)
    const desks = [...call.site.service.desks.values()].filter((desk) => entersDesk(call, desk))
    return ok(servicePage(call, desks, (desk) => deskView(call, desk)))
  }),
  serve(getServiceDeskById, [], (call) => ok(deskView(call, deskOf(call)))),
  serve(getCustomers, ['query', 'start', 'limit'], listCustomers),
  serve(addCustomers, [], (call) => {
    const { customers } = administeredDeskOf(call)
    for (const accountId of accountsIn(call, serviceBody(call))) customers.add(accountId)
    return empty()
  }),
  serve(removeCustomers, [], dropCustomers),
  serve(createCustomer, ['strictConflictStatusCode'], newCustomer),
  serve(revokePortalOnlyAccessForUser, [], revoke),
  serve(getServiceDeskOrganizations, ['start', 'limit', 'accountId'], (call) => {
    const { organizationIds } = agentDeskOf(call)
    const accountId = call.query.text('accountId')
    const found = [...call.site.service.organizations.values()].filter(
      ({ id, members }) => organizationIds.has(id) && (accountId === undefined || members.has(accountId)),
    )
    return ok(servicePage(call, found, (organization) => organizationView(call, organization)))
  }),
  serve(addOrganization, [], (call) => {
    const { organizationIds } = agentDeskOf(call)
    organizationIds.add(organizationIn(call))
    return empty()
  }),
  serve(removeOrganization, [], (call) => {
    const { organizationIds } = agentDeskOf(call)
    organizationIds.delete(organizationIn(call))
    return empty()
  }),
  serve(getQueues, ['includeCount', 'start', 'limit'], (call) =>
    ok(servicePage(call, agentDeskOf(call).queues, (queue) => queueView(call, queue))),
  ),
  serve(getQueue, ['includeCount'], (call) => ok(queueView(call, queueOf(call)))),
  serve(getIssuesInQueue, ['start', 'limit'], (call) => {
    const queue = queueOf(call)
    const selection = selectFields(call, queue.fields, [])
    return ok(servicePage(call, issuesOf(call, queue), (issue) => issueView(call, issue, selection)))
  }),
]
