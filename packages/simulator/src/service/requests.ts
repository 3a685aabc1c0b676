import {
  addRequestParticipants,
  createCustomerRequest,
  deleteFeedback,
  getCustomerRequestByIdOrKey,
  getCustomerRequests,
  getCustomerTransitions,
  getFeedback,
  getRequestParticipants,
  getSubscriptionStatus,
  performCustomerTransition,
  postFeedback,
  removeRequestParticipants,
  subscribe,
  unsubscribe,
} from '@telamon/jira/service-management'

import { type Call, serve, type Served } from '../http/call.ts'
import { empty, json, ok, type Reply } from '../http/reply.ts'
import { asId, asInteger, asObject, asText } from '../http/value.ts'
import { recordChanges, traceOf } from '../jira/history.ts'
import { moveTo } from '../jira/transitions.ts'
import type { Transition } from '../world/jira-model.ts'
import type { Feedback, ServiceRequest } from '../world/service-model.ts'
import {
  answeredRequestOf,
  isCustomerOf,
  partsIn,
  type CustomerRequest,
  requestOf,
  visibleRequests,
} from './access.ts'
import { askerOf, refuseService, serviceBody, servicePage } from './answers.ts'
import { canAnswer } from './approvals.ts'
import { addRequestComment } from './comments.ts'
import { accountsIn } from './desks.ts'
import { raise } from './raise.ts'
import { requestView } from './request-view.ts'
import { byName, personView } from './values.ts'

/** What is asked for when nothing is stated (documented). */
const usualOwnership = ['OWNED_REQUESTS', 'PARTICIPATED_REQUESTS', 'ALL_ORGANIZATIONS']

/** Whether a request fits one of the ways to have to do with it (documented). */
function fitsOwnership(call: Call, found: CustomerRequest, ways: readonly string[]): boolean {
  const accountId = askerOf(call)
  const { owns, participates, shares, approves } = partsIn(call, found, accountId)
  const { query } = call
  const byWay: Readonly<Record<string, () => boolean>> = {
    OWNED_REQUESTS: () => owns,
    PARTICIPATED_REQUESTS: () => participates,
    ALL_ORGANIZATIONS: () => shares,
    ORGANIZATION: () => {
      const id = query.text('organizationId') ?? refuseService(400, 'ORGANIZATION needs an organizationId.')
      return (
        found.request.organizationIds.has(id) &&
        call.site.service.organizations.get(id)?.members.has(accountId) === true
      )
    },
    APPROVER: () => {
      const status = query.text('approvalStatus')
      const pending = found.request.approvals.some((approval) => canAnswer(approval, accountId))
      return approves && (status === undefined || (status === 'MY_PENDING_APPROVAL') === pending)
    },
    ALL_REQUESTS: () => true,
  }
  return ways.some((way) => byWay[way]?.() ?? refuseService(400, `The ownership '${way}' is not known.`))
}

/** Whether a request is open or closed, as asked. */
function fitsStatus({ site, query }: Call, { issue }: CustomerRequest): boolean {
  const wanted = query.text('requestStatus') ?? 'ALL_REQUESTS'
  if (wanted === 'ALL_REQUESTS') return true
  const isClosed = site.jira.statuses.get(issue.statusId)?.category === 'done'
  return wanted === (isClosed ? 'CLOSED_REQUESTS' : 'OPEN_REQUESTS')
}

/**
 * Words with `*` and `?` for what is not known (documented). All ways to read the term go through the text together, so
 * that no term takes long.
 */
function termTest(term: string | undefined): (text: string) => boolean {
  if (term === undefined) return () => true
  const pattern = Array.from(term.toLowerCase().replaceAll(/\*+/g, '*'))
  /** What follows when a star stands for nothing. */
  const skipped = (at: number): readonly number[] => (pattern[at] === '*' ? [at, at + 1] : [at])
  return (text) => {
    let places = new Set<number>()
    for (const char of Array.from(text.toLowerCase()).concat('')) {
      for (const place of skipped(0)) places.add(place)
      if (places.has(pattern.length)) return true
      const isGap = char === '' || /\s/.test(char)
      const after = new Set<number>()
      for (const place of places) {
        const wanted = pattern[place]
        if (wanted === '*' && !isGap) for (const next of skipped(place)) after.add(next)
        const fits = wanted === '?' ? !isGap : wanted === char && wanted !== '*'
        if (fits) for (const next of skipped(place + 1)) after.add(next)
      }
      places = after
    }
    return false
  }
}

/** Requests of the caller, the latest activity first (documented). */
function list(call: Call): Reply {
  const { query } = call
  askerOf(call)
  const asked = query.list('requestOwnership')
  const ways = asked.length === 0 ? usualOwnership : asked
  const [deskId, typeId] = [query.text('serviceDeskId'), query.text('requestTypeId')]
  if (typeId !== undefined && deskId === undefined) {
    return refuseService(400, 'requestTypeId is only valid with serviceDeskId.')
  }
  const fitsTerm = termTest(query.text('searchTerm'))
  const found = visibleRequests(call)
    .filter((one) => deskId === undefined || one.desk.id === deskId)
    .filter((one) => typeId === undefined || one.type?.id === typeId)
    .filter((one) => fitsTerm(one.issue.summary) && fitsStatus(call, one) && fitsOwnership(call, one, ways))
    .toSorted(
      (one, other) =>
        other.issue.updated - one.issue.updated || Number(other.issue.id) - Number(one.issue.id),
    )
  return ok(servicePage(call, found, (one) => requestView(call, one)))
}

function participants(call: Call, { request }: Pick<CustomerRequest, 'request'>): Reply {
  return ok(servicePage(call, byName(call, request.participants), (accountId) => personView(call, accountId)))
}

/** Participants are managed by agents and the reporter; they have to be customers (documented, the latter inferred). */
function managedParticipants(call: Call): CustomerRequest {
  const found = requestOf(call)
  return found.issue.reporterId === askerOf(call) ? found : answeredRequestOf(call)
}

function addParticipants(call: Call): Reply {
  const found = managedParticipants(call)
  const accountIds = accountsIn(call, serviceBody(call))
  const stranger = accountIds.find((accountId) => !isCustomerOf(call, found.desk, accountId))
  if (stranger !== undefined) {
    return refuseService(400, `The account '${stranger}' is not a customer of the service desk.`)
  }
  for (const accountId of accountIds) found.request.participants.add(accountId)
  found.issue.updated = call.clock.now()
  return participants(call, found)
}

function removeParticipants(call: Call): Reply {
  const found = managedParticipants(call)
  for (const accountId of accountsIn(call, serviceBody(call))) found.request.participants.delete(accountId)
  found.issue.updated = call.clock.now()
  return participants(call, found)
}

/** Reporter and participants are told of news unless they do not want it; others only when they do (inferred). */
function isSubscribed(call: Call, found: CustomerRequest): boolean {
  const accountId = askerOf(call)
  const { owns, participates } = partsIn(call, found, accountId)
  const { unsubscribed, subscribed } = found.request
  return subscribed.has(accountId) || ((owns || participates) && !unsubscribed.has(accountId))
}

function setSubscription(
  call: Call,
  [into, out]: readonly ['subscribed' | 'unsubscribed', 'subscribed' | 'unsubscribed'],
): Reply {
  const { request } = requestOf(call)
  const accountId = askerOf(call)
  request[into].add(accountId)
  request[out].delete(accountId)
  return empty()
}

/** The steps that the portal offers from where a request stands. */
function portalTransitions({ issue, project }: CustomerRequest): readonly Transition[] {
  return project.transitions.filter(
    ({ portal, from }) => portal && (from === undefined || from.includes(issue.statusId)),
  )
}

function move(call: Call): Reply {
  const found = requestOf(call)
  const body = serviceBody(call)
  const chosen = portalTransitions(found).find(({ id }) => id === asId(body['id']))
  if (!chosen)
    return refuseService(400, `The transition '${asId(body['id']) ?? ''}' cannot be taken from here.`)
  const text = asText(asObject(body['additionalComment'])?.['body'])?.trim()
  const now = call.clock.now()
  const before = traceOf(call, found.issue)
  moveTo(call, found.issue, { statusId: chosen.to, now })
  recordChanges(call, found.issue, { before, now })
  if (text !== undefined && text !== '') addRequestComment(call, found, { text, isPublic: true })
  return empty()
}

const feedbackView = ({ rating, comment }: Feedback): Record<string, unknown> => ({
  type: 'csat',
  rating,
  ...(comment !== null && { comment: { body: comment } }),
})

/** The request in the path, for its reporter, who alone may rate it (documented). */
function ratedRequest(call: Call): ServiceRequest {
  const { issue, request } = requestOf(call)
  return issue.reporterId === askerOf(call)
    ? request
    : refuseService(403, 'Only the reporter can rate a request.')
}

function rate(call: Call): Reply {
  const request = ratedRequest(call)
  const body = serviceBody(call)
  const rating = asInteger(body['rating'])
  if (rating === undefined || rating < 1 || rating > 5)
    return refuseService(400, 'The rating goes from 1 to 5.')
  if ((body['type'] ?? 'csat') !== 'csat') return refuseService(400, "The type of feedback is 'csat'.")
  request.feedback = { rating, comment: asText(asObject(body['comment'])?.['body']) ?? null }
  return json(201, feedbackView(request.feedback))
}

const unrated = 'The request has no feedback.'

export const requestHandlers: readonly Served[] = [
  serve(
    getCustomerRequests,
    [
      ...(['searchTerm', 'requestOwnership', 'requestStatus', 'approvalStatus', 'organizationId'] as const),
      ...(['serviceDeskId', 'requestTypeId', 'expand', 'start', 'limit'] as const),
    ],
    list,
  ),
  serve(createCustomerRequest, [], (call) => json(201, requestView(call, raise(call)))),
  serve(getCustomerRequestByIdOrKey, ['expand'], (call) => ok(requestView(call, requestOf(call)))),
  serve(getRequestParticipants, ['start', 'limit'], (call) => participants(call, requestOf(call))),
  serve(addRequestParticipants, [], addParticipants),
  serve(removeRequestParticipants, [], removeParticipants),
  serve(getSubscriptionStatus, [], (call) => ok({ subscribed: isSubscribed(call, requestOf(call)) })),
  serve(subscribe, [], (call) => setSubscription(call, ['subscribed', 'unsubscribed'])),
  serve(unsubscribe, [], (call) => setSubscription(call, ['unsubscribed', 'subscribed'])),
  serve(getCustomerTransitions, ['start', 'limit'], (call) =>
    ok(servicePage(call, portalTransitions(requestOf(call)), ({ id, name }) => ({ id, name }))),
  ),
  serve(performCustomerTransition, [], move),
  serve(getFeedback, [], (call) => {
    const { feedback } = requestOf(call).request
    return feedback ? ok(feedbackView(feedback)) : refuseService(404, unrated)
  }),
  serve(postFeedback, [], rate),
  serve(deleteFeedback, [], (call) => {
    const request = ratedRequest(call)
    if (!request.feedback) return refuseService(404, unrated)
    request.feedback = null
    return empty()
  }),
]
