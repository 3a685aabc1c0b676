import type { Call } from '../http/call.ts'
import { rest } from '../jira/view.ts'
import type { CustomerRequest } from './access.ts'
import { serviceAddress } from './answers.ts'

/** The addresses of a request: here, as an issue, on the portal, and for agents (documented). */
export function requestLinks(
  view: Pick<Call, 'links'>,
  { issue, desk }: Pick<CustomerRequest, 'issue' | 'desk'>,
): Record<string, string> {
  return {
    self: serviceAddress(view, `request/${issue.id}`),
    jiraRest: rest(view, `issue/${issue.id}`).replace('/rest/api/3/', '/rest/api/2/'),
    web: `${view.links.site}/servicedesk/customer/portal/${desk.id}/${issue.key}`,
    agent: `${view.links.site}/browse/${issue.key}`,
  }
}
