import type { FieldSpec } from '../jira/fields/spec.ts'
import { statusView, userView, type View } from '../jira/view.ts'
import type { Issue } from '../world/jira-model.ts'
import { requestOfIssue } from './access.ts'
import { requestLinks } from './request-links.ts'
import { requestTypeView } from './request-type-view.ts'
import { slaView } from './sla-view.ts'
import { metricsOf } from './sla.ts'

const custom = { custom: true, orderable: true, navigable: true, searchable: true } as const

const service = 'com.atlassian.servicedesk'

/** What a field of service management is, besides what it shows. */
function field(
  name: string,
  customId: number,
  { type, items, plugin }: { readonly type: string; readonly items?: string; readonly plugin: string },
): Pick<
  FieldSpec,
  'id' | 'name' | 'clauseNames' | 'schema' | 'custom' | 'orderable' | 'navigable' | 'searchable'
> {
  return {
    ...custom,
    id: `customfield_${customId}`,
    name,
    clauseNames: [`cf[${customId}]`, name],
    schema: { type, ...(items !== undefined && { items }), custom: `${service}:${plugin}`, customId },
  }
}

const requestOf = ({ site }: Pick<View, 'site'>, issue: Issue): ReturnType<typeof requestOfIssue> =>
  requestOfIssue({ site }, issue)

/** A promise as a field: the cycles of the metric that the desk measures under it. */
function slaField(name: string, customId: number): FieldSpec {
  const about = field(name, customId, { type: 'sd-servicelevelagreement', plugin: 'sd-sla-field' })
  return {
    ...about,
    show(view, issue) {
      const metric = metricsOf(view.site, issue).find(({ fieldId }) => fieldId === about.id)
      return metric ? slaView(view, issue, metric) : null
    },
  }
}

/** The custom fields that come with Jira Service Management. None of them is written as a field. */
export const serviceFields: readonly FieldSpec[] = [
  {
    ...field('Organizations', 10_002, {
      type: 'array',
      items: 'sd-customerorganization',
      plugin: 'sd-customer-organizations',
    }),
    show: (view, issue) =>
      [...(requestOf(view, issue)?.request.organizationIds ?? [])].flatMap((id) => {
        const organization = view.site.service.organizations.get(id)
        const self = `${view.links.rest}/rest/servicedeskapi/organization/${id}`
        return organization ? [{ id, name: organization.name, _links: { self } }] : []
      }),
  },
  {
    ...field('Request Type', 10_010, { type: 'sd-customerrequesttype', plugin: 'vp-origin' }),
    show(view, issue) {
      const request = requestOf(view, issue)
      const status = view.site.jira.statuses.get(issue.statusId)
      if (!request?.type || !status) return null
      return {
        _links: requestLinks(view, request),
        requestType: requestTypeView(view, request.type),
        currentStatus: {
          status: request.type.statusNames.get(status.id) ?? statusView(view, status)['name'],
        },
      }
    },
  },
  {
    ...field('Request participants', 10_026, {
      type: 'array',
      items: 'user',
      plugin: 'sd-request-participants',
    }),
    show: (view, issue) =>
      [...(requestOf(view, issue)?.request.participants ?? [])].map((accountId) => userView(view, accountId)),
  },
  {
    ...field('Satisfaction', 10_027, { type: 'sd-feedback', plugin: 'sd-request-feedback' }),
    show(view, issue) {
      const feedback = requestOf(view, issue)?.request.feedback
      return feedback ? { rating: feedback.rating } : null
    },
  },
  {
    ...field('Approvals', 10_028, { type: 'sd-approvals', plugin: 'sd-approvals' }),
    show: (view, issue) =>
      requestOf(view, issue)?.request.approvals.map(({ id, name, finalDecision, answers }) => ({
        id,
        name,
        finalDecision,
        approvers: [...answers].map(([accountId, approverDecision]) => ({
          approver: userView(view, accountId),
          approverDecision,
        })),
      })) ?? null,
  },
  slaField('Time to resolution', 10_030),
  slaField('Time to first response', 10_031),
]
