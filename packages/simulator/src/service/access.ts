import type { Call } from '../http/call.ts'
import { findIssue, findProject } from '../jira/find.ts'
import type { Issue, Project } from '../world/jira-model.ts'
import { hasRole, may } from '../world/permissions.ts'
import type { RequestType, ServiceDesk, ServiceRequest } from '../world/service-model.ts'
import { askerOf, refuseService } from './answers.ts'

type Asked = Pick<Call, 'site' | 'caller'>

/** The role whose members answer customers. */
export const agentRole = 'Service Desk Team'

export function projectOfDesk({ site }: Pick<Call, 'site'>, { projectId }: ServiceDesk): Project | undefined {
  return site.jira.projects.get(projectId)
}

/** Whether the caller administers a service desk. */
export function administersDesk(asked: Asked, desk: ServiceDesk): boolean {
  const project = projectOfDesk(asked, desk)
  return project !== undefined && may(asked.caller, 'ADMINISTER_PROJECTS', { site: asked.site, project })
}

/** Whether the caller answers customers of a service desk: has Jira, and the role or its administration. */
export function isAgentOf(asked: Asked, desk: ServiceDesk): boolean {
  const { site, caller } = asked
  const accountId = caller.person?.accountId
  const project = projectOfDesk(asked, desk)
  if (accountId === undefined || !project || !may(caller, 'BROWSE_PROJECTS', { site, project })) return false
  return hasRole(site, project, { role: agentRole, accountId }) || administersDesk(asked, desk)
}

/** Whether the caller is an agent anywhere, as organizations ask (documented). */
export function isAgent(asked: Asked): boolean {
  return [...asked.site.service.desks.values()].some((desk) => isAgentOf(asked, desk))
}

export function isSiteAdmin({ site, caller }: Asked): boolean {
  return site.members.get(caller.person?.accountId ?? '')?.admin === true
}

/** Whether an account may raise requests: an open desk takes everyone, a closed one its customers (documented). */
export function isCustomerOf({ site }: Pick<Call, 'site'>, desk: ServiceDesk, accountId: string): boolean {
  if (desk.open) return site.members.has(accountId) || site.service.customers.has(accountId)
  if (desk.customers.has(accountId)) return true
  return [...desk.organizationIds].some((id) => site.service.organizations.get(id)?.members.has(accountId))
}

/** Whether the caller may enter a desk, as customer or agent. */
export function entersDesk(asked: Asked, desk: ServiceDesk): boolean {
  const accountId = asked.caller.person?.accountId
  return accountId !== undefined && (isCustomerOf(asked, desk, accountId) || isAgentOf(asked, desk))
}

/** The desk in the path, by its id or its project's key or id, if the caller may enter it. */
export function deskOf(call: Call, given = call.path['serviceDeskId'] ?? ''): ServiceDesk {
  askerOf(call)
  const { desks } = call.site.service
  const project = findProject(call.site, given)
  const desk = desks.get(given) ?? [...desks.values()].find(({ projectId }) => projectId === project?.id)
  return desk && entersDesk(call, desk)
    ? desk
    : refuseService(404, `No service desk exists with id '${given}'.`)
}

/** The desk in the path, for an agent of it. */
export function agentDeskOf(call: Call): ServiceDesk {
  const desk = deskOf(call)
  return isAgentOf(call, desk)
    ? desk
    : refuseService(403, 'You must be an agent of this service desk to do this.')
}

/** The desk in the path, for an administrator of it. */
export function administeredDeskOf(call: Call): ServiceDesk {
  const desk = deskOf(call)
  return administersDesk(call, desk)
    ? desk
    : refuseService(403, 'You must be an administrator of this service desk to do this.')
}

/** A request with all that belongs to it. */
export interface CustomerRequest {
  readonly issue: Issue
  readonly request: ServiceRequest
  readonly desk: ServiceDesk
  readonly project: Project
  /** Undefined after it was deleted. */
  readonly type: RequestType | undefined
}

/** An issue as a request, whoever may see it; undefined when no customer raised it. */
export function requestOfIssue({ site }: Pick<Call, 'site'>, issue: Issue): CustomerRequest | undefined {
  const { requests, desks, requestTypes } = site.service
  const request = requests.get(issue.id)
  if (!request) return undefined
  const desk = [...desks.values()].find(({ projectId }) => projectId === issue.projectId)
  const project = site.jira.projects.get(issue.projectId)
  if (!desk || !project) return undefined
  return { issue, request, desk, project, type: requestTypes.get(request.requestTypeId ?? '') }
}

/** What an account has to do with a request besides answering it. */
export function partsIn(
  { site }: Pick<Call, 'site'>,
  { issue, request }: CustomerRequest,
  accountId: string,
): {
  readonly owns: boolean
  readonly participates: boolean
  readonly shares: boolean
  readonly approves: boolean
} {
  return {
    owns: issue.reporterId === accountId,
    participates: request.participants.has(accountId),
    shares: [...request.organizationIds].some((id) =>
      site.service.organizations.get(id)?.members.has(accountId),
    ),
    approves: request.approvals.some(({ answers }) => answers.has(accountId)),
  }
}

/** Whether the caller sees a request: as agent, or because of the part the caller has in it (documented). */
export function seesRequest(asked: Asked, request: CustomerRequest): boolean {
  const accountId = asked.caller.person?.accountId
  if (accountId === undefined) return false
  const place = { site: asked.site, project: request.project, issue: request.issue }
  if (isAgentOf(asked, request.desk) && may(asked.caller, 'BROWSE_PROJECTS', place)) return true
  const { owns, participates, shares, approves } = partsIn(asked, request, accountId)
  return owns || participates || shares || approves
}

/** Every request that the caller sees. */
export function visibleRequests(asked: Asked): readonly CustomerRequest[] {
  return [...asked.site.service.requests.keys()].flatMap((id) => {
    const issue = asked.site.jira.issues.get(id)
    const request = issue && requestOfIssue(asked, issue)
    return request && seesRequest(asked, request) ? [request] : []
  })
}

/** The request in the path, if the caller sees it. Hidden, missing and not a request are one answer (inferred). */
export function findRequest(call: Call): CustomerRequest | undefined {
  askerOf(call)
  const issue = findIssue(call.site, call.path['issueIdOrKey'] ?? call.path['requestIdOrKey'] ?? '')
  const request = issue && requestOfIssue(call, issue)
  return request && seesRequest(call, request) ? request : undefined
}

export function requestOf(call: Call): CustomerRequest {
  return (
    findRequest(call) ??
    refuseService(404, 'The request does not exist, or you do not have permission to see it.')
  )
}

/** The request in the path, for an agent of its desk. */
export function answeredRequestOf(call: Call): CustomerRequest {
  const request = requestOf(call)
  return isAgentOf(call, request.desk)
    ? request
    : refuseService(403, 'You must be an agent of this service desk to do this.')
}
