import { documentHtml } from '../content/document.ts'
import { documentToWiki } from '../content/wiki.ts'
import type { Call } from '../http/call.ts'
import { fieldsOf } from '../jira/fields/table.ts'
import type { RequestField } from '../world/service-model.ts'
import { isAgentOf, type CustomerRequest } from './access.ts'
import { innerPage } from './answers.ts'
import { commentView, readableComments } from './comments.ts'
import { deskView } from './desks.ts'
import { requestLinks } from './request-links.ts'
import { requestTypeView } from './request-type-view.ts'
import { slaView } from './sla-view.ts'
import { metricsOf } from './sla.ts'
import { statusViews } from './status.ts'
import { byName, dateView, personView } from './values.ts'

const expandable = 'participant,status,sla,requestType,serviceDesk,attachment,action,comment'.split(',')

/** What a customer wrote into a field, under the label of the request type. Texts are in wiki notation (documented). */
function valueView(
  call: Call,
  { issue }: CustomerRequest,
  { fieldId, label }: RequestField,
): Record<string, unknown>[] {
  if (fieldId === 'description') {
    const { description } = issue
    if (!description) return []
    return [
      {
        fieldId,
        label,
        value: documentToWiki(description),
        renderedValue: { html: documentHtml(description) },
      },
    ]
  }
  const value = fieldsOf(call.site).get(fieldId)?.show?.(call, issue) ?? null
  return value === null ? [] : [{ fieldId, label, value }]
}

/** The parts of a request that are shown on demand, by the name that asks for them (documented). */
const expansions: Readonly<
  Record<string, (call: Call, request: CustomerRequest) => Record<string, unknown>>
> = {
  serviceDesk: (call, { desk }) => ({ serviceDesk: deskView(call, desk) }),
  requestType: (call, { type }) => (type ? { requestType: requestTypeView(call, type) } : {}),
  participant: (call, { issue, request }) => ({
    participants: innerPage(call, byName(call, request.participants), {
      path: `request/${issue.id}/participant`,
      view: (accountId) => personView(call, accountId),
    }),
  }),
  status: (call, request) => ({
    status: innerPage(call, statusViews(call, request), {
      path: `request/${request.issue.id}/status`,
      view: (shown) => shown,
    }),
  }),
  sla: (call, { issue, desk }) => {
    if (!isAgentOf(call, desk)) return {}
    const path = `request/${issue.id}/sla`
    return {
      sla: innerPage(call, metricsOf(call.site, issue), {
        path,
        view: (metric) => slaView(call, issue, metric),
      }),
    }
  },
  comment: (call, request) => {
    const { issue } = request
    const rendered = call.query.list('expand').includes('comment.renderedBody')
    return {
      comments: innerPage(call, readableComments(call, request), {
        path: `request/${issue.id}/comment`,
        view: (comment) => commentView(call, { issue, rendered }, comment),
      }),
    }
  },
  action: (call, { desk }) => {
    const allowed = isAgentOf(call, desk)
    return {
      actions: {
        addAttachment: { allowed: true },
        addComment: { allowed: true },
        addParticipant: { allowed },
        removeParticipant: { allowed },
      },
    }
  },
}

/** A request as its customer sees it (documented). */
export function requestView(call: Call, found: CustomerRequest): Record<string, unknown> {
  const { issue, type, desk } = found
  const expand = call.query.list('expand')
  const reporter = personView(call, issue.reporterId)
  const shown = expand.map((name) => expansions[name]?.(call, found) ?? {})
  return Object.assign(
    {
      _expands: expandable,
      issueId: issue.id,
      issueKey: issue.key,
      summary: issue.summary,
      ...(type && { requestTypeId: type.id }),
      serviceDeskId: desk.id,
      createdDate: dateView(call, issue.created),
      ...(reporter && { reporter }),
      requestFieldValues: (type?.fields ?? [])
        .filter(({ hidden }) => hidden !== true)
        .flatMap((field) => valueView(call, found, field)),
      currentStatus: statusViews(call, found)[0],
      _links: requestLinks(call, found),
    },
    ...shown,
  )
}
