import { getCustomerRequestStatus } from '@telamon/jira/service-management'

import { type Call, serve, type Served } from '../http/call.ts'
import { ok } from '../http/reply.ts'
import type { StatusCategory } from '../world/jira-model.ts'
import { type CustomerRequest, requestOf } from './access.ts'
import { servicePage } from './answers.ts'
import { statusesOf } from './sla.ts'
import { dateView } from './values.ts'

const categories: Readonly<Record<StatusCategory['key'], string>> = {
  new: 'NEW',
  indeterminate: 'INDETERMINATE',
  done: 'DONE',
}

/** A status that a request came to, by the name that customers read (documented). */
function statusView(
  view: Pick<Call, 'site' | 'caller' | 'clock'>,
  { type }: Pick<CustomerRequest, 'type'>,
  { id, at }: { readonly id: string; readonly at: number },
): Record<string, unknown> {
  const status = view.site.jira.statuses.get(id)
  return {
    status: type?.statusNames.get(id) ?? status?.name ?? '',
    statusCategory: status ? categories[status.category] : 'UNDEFINED',
    statusDate: dateView(view, at),
  }
}

/** All statuses of a request, the current one first (documented). */
export function statusViews(
  view: Pick<Call, 'site' | 'caller' | 'clock'>,
  request: Pick<CustomerRequest, 'issue' | 'type'>,
): readonly Record<string, unknown>[] {
  return statusesOf(request.issue)
    .toReversed()
    .map((one) => statusView(view, request, one))
}

export const statusHandlers: readonly Served[] = [
  serve(getCustomerRequestStatus, ['start', 'limit'], (call) =>
    ok(servicePage(call, statusViews(call, requestOf(call)), (shown) => shown)),
  ),
]
