import { wikiToAdf } from '@telamon/adf'

import type { Call } from '../http/call.ts'
import { asId, asList, asObject, asText, type JsonObject } from '../http/value.ts'
import { draftIssue } from '../jira/lifecycle.ts'
import { parseEdits } from '../jira/write.ts'
import type { IssueType, Project } from '../world/jira-model.ts'
import type { RequestType, ServiceDesk, ServiceRequest } from '../world/service-model.ts'
import { deskOf, isAgentOf, isCustomerOf, projectOfDesk, type CustomerRequest } from './access.ts'
import { askerOf, refuseService, serviceBody } from './answers.ts'
import { noteArrival } from './arrival.ts'

/** Fields whose values are texts with formatting. */
const richFields = new Set(['description', 'environment'])

/** What a customer wrote, in the form of the platform: texts in wiki notation become documents (documented: `isAdfRequest`). */
function platformValues(values: JsonObject, isAdf: boolean): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([fieldId, value]) => {
      const isText = richFields.has(fieldId) && typeof value === 'string' && !isAdf
      return [fieldId, isText ? wikiToAdf(value).doc : value]
    }),
  )
}

/** Complains of the first field that is missing or that the type does not ask for. */
function checkFields({ fields, name }: RequestType, values: JsonObject): void {
  const missing = fields.find(
    ({ fieldId, required, hidden }) => required && hidden !== true && (values[fieldId] ?? '') === '',
  )
  if (missing) refuseService(400, `The field '${missing.fieldId}' (${missing.label}) is required.`)
  const known = new Set(fields.filter(({ hidden }) => hidden !== true).map(({ fieldId }) => fieldId))
  const strange = Object.keys(values).find((fieldId) => !known.has(fieldId))
  if (strange !== undefined) {
    refuseService(400, `The request type '${name}' does not ask for the field '${strange}'.`)
  }
}

interface Wanted {
  readonly desk: ServiceDesk
  readonly project: Project
  readonly type: RequestType
  readonly issueType: IssueType
}

/** The desk and the type of a body; a type has to belong to the desk. */
function wantedIn(call: Call, body: JsonObject): Wanted {
  const desk = deskOf(call, asId(body['serviceDeskId']) ?? '')
  const type = call.site.service.requestTypes.get(asId(body['requestTypeId']) ?? '')
  if (type?.deskId !== desk.id) {
    return refuseService(400, 'The request type does not exist, or does not belong to the service desk.')
  }
  const project = projectOfDesk(call, desk)
  const issueType = call.site.jira.issueTypes.get(type.issueTypeId)
  return project && issueType
    ? { desk, project, type, issueType }
    : refuseService(400, 'The request type has no issue type.')
}

/** Accounts that only an agent may name. */
function othersIn(
  call: Call,
  { desk }: Wanted,
  { accountIds, what }: { readonly accountIds: readonly string[]; readonly what: string },
): readonly string[] {
  if (accountIds.length === 0) return []
  if (!isAgentOf(call, desk)) return refuseService(403, `Only an agent can ${what}.`)
  const stranger = accountIds.find((accountId) => !isCustomerOf(call, desk, accountId))
  return stranger === undefined
    ? accountIds
    : refuseService(400, `The account '${stranger}' is not a customer of the service desk.`)
}

/** What a request begins with, besides its issue. */
export function newRequest(typeId: string): ServiceRequest {
  return {
    requestTypeId: typeId,
    participants: new Set(),
    organizationIds: new Set(),
    unsubscribed: new Set(),
    subscribed: new Set(),
    approvals: [],
    feedback: null,
  }
}

/**
 * Raises a request: an issue of the type's kind, in the name of the customer. Agents may raise it for another and name
 * participants (documented). Nothing is made before all of it was understood.
 */
export function raise(call: Call): CustomerRequest {
  const body = serviceBody(call)
  const wanted = wantedIn(call, body)
  const { desk, project, type, issueType } = wanted
  const values = asObject(body['requestFieldValues']) ?? {}
  const behalf = asText(body['raiseOnBehalfOf'])
  const [reporterId = askerOf(call)] = othersIn(call, wanted, {
    accountIds: behalf === undefined ? [] : [behalf],
    what: 'raise requests for others',
  })
  const names = (asList(body['requestParticipants']) ?? []).filter((one) => typeof one === 'string')
  const participants = othersIn(call, wanted, { accountIds: names, what: 'name participants' })
  checkFields(type, values)
  const fields = platformValues(values, body['isAdfRequest'] === true)
  const edits = parseEdits(call, { fields }, { project, type: issueType, screen: 'create' })
  const [fault] = Object.entries(edits.errors)
  if (fault) return refuseService(400, `The field '${fault[0]}': ${fault[1]}`)
  const issue = draftIssue(call, { project, type: issueType })
  if (type.firstStatusId !== undefined) issue.statusId = type.firstStatusId
  issue.reporterId = reporterId
  edits.apply(issue)
  const request = newRequest(type.id)
  for (const accountId of participants) request.participants.add(accountId)
  for (const id of sharedBy(call, desk, reporterId)) request.organizationIds.add(id)
  call.site.service.requests.set(issue.id, request)
  noteArrival(call, issue, call.clock.now())
  return { issue, request, desk, project, type }
}

/** A request of somebody in one organization of the desk is shared with it; of several, nobody knows which (reported). */
function sharedBy(call: Call, { organizationIds }: ServiceDesk, accountId: string): readonly string[] {
  const mine = [...organizationIds].filter((id) =>
    call.site.service.organizations.get(id)?.members.has(accountId),
  )
  return mine.length === 1 ? mine : []
}
