import { answerApproval, getApprovalById, getApprovals } from '@telamon/jira/service-management'

import { type Call, serve, type Served } from '../http/call.ts'
import { ok, type Reply } from '../http/reply.ts'
import { recordChanges, traceOf } from '../jira/history.ts'
import { moveTo } from '../jira/transitions.ts'
import type { View } from '../jira/view.ts'
import type { Approval } from '../world/service-model.ts'
import { type CustomerRequest, requestOf } from './access.ts'
import { askerOf, refuseService, serviceAddress, serviceBody, servicePage } from './answers.ts'
import { dateView, personView } from './values.ts'

/** Whether a person can still say yes or no. */
export function canAnswer({ finalDecision, answers }: Approval, accountId: string): boolean {
  return finalDecision === 'pending' && answers.get(accountId) === 'pending'
}

/** An approval with what each approver has said (documented). */
function approvalView(
  view: View,
  { issue }: Pick<CustomerRequest, 'issue'>,
  approval: Approval,
): Record<string, unknown> {
  const { id, name, finalDecision, answers, createdAt, completedAt } = approval
  return {
    id,
    name,
    finalDecision,
    canAnswerApproval: canAnswer(approval, view.caller.person?.accountId ?? ''),
    approvers: [...answers].map(([accountId, approverDecision]) => ({
      approver: personView(view, accountId),
      approverDecision,
    })),
    createdDate: dateView(view, createdAt),
    ...(completedAt !== null && { completedDate: dateView(view, completedAt) }),
    _links: { self: serviceAddress(view, `request/${issue.id}/approval/${id}`) },
  }
}

/**
 * Writes down what an approver says. One who declines ends the approval, and so does the last yes that was needed; either
 * way the issue goes on to the status that the step names (documented).
 */
export function decide(
  view: View,
  { issue, type, project }: CustomerRequest,
  { approval, decision }: { readonly approval: Approval; readonly decision: 'approved' | 'declined' },
): void {
  const now = view.clock.now()
  approval.answers.set(view.caller.person?.accountId ?? '', decision)
  const step = type?.approval
  const yes = [...approval.answers.values()].filter((said) => said === 'approved').length
  if (decision === 'approved' && yes < (step?.needed ?? 1)) return
  approval.finalDecision = decision
  approval.completedAt = now
  const wanted = decision === 'approved' ? step?.approvedTransitionId : step?.declinedTransitionId
  const transition = project.transitions.find(({ id }) => id === wanted)
  if (!transition) return
  const before = traceOf(view, issue)
  moveTo(view, issue, { statusId: transition.to, now })
  recordChanges(view, issue, { before, now })
}

function approvalOf(call: Call): { readonly request: CustomerRequest; readonly approval: Approval } {
  const request = requestOf(call)
  const approval = request.request.approvals.find(({ id }) => id === call.path['approvalId'])
  return approval
    ? { request, approval }
    : refuseService(404, `No approval exists with id '${call.path['approvalId']}'.`)
}

function answer(call: Call): Reply {
  const { request, approval } = approvalOf(call)
  const { decision } = serviceBody(call)
  if (decision !== 'approve' && decision !== 'decline') {
    return refuseService(400, "The decision has to be 'approve' or 'decline'.")
  }
  const accountId = askerOf(call)
  if (!approval.answers.has(accountId)) {
    return refuseService(403, 'Only an approver of this approval can answer it.')
  }
  if (!canAnswer(approval, accountId)) {
    return refuseService(409, 'You have answered already, or the approval is completed.')
  }
  decide(call, request, { approval, decision: decision === 'approve' ? 'approved' : 'declined' })
  return ok(approvalView(call, request, approval))
}

export const approvalHandlers: readonly Served[] = [
  serve(getApprovals, ['start', 'limit'], (call) => {
    const found = requestOf(call)
    return ok(servicePage(call, found.request.approvals, (approval) => approvalView(call, found, approval)))
  }),
  serve(getApprovalById, [], (call) => {
    const { request, approval } = approvalOf(call)
    return ok(approvalView(call, request, approval))
  }),
  serve(answerApproval, [], answer),
]
