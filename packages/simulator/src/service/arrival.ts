import { nextId } from '../world/ids.ts'
import type { Issue } from '../world/jira-model.ts'
import type { Site, World } from '../world/model.ts'

/** Asks for an approval when a request comes to the status that waits for one. */
export function noteArrival(
  { world, site }: { readonly world: World; readonly site: Site },
  issue: Issue,
  now: number,
): void {
  const request = site.service.requests.get(issue.id)
  const step = site.service.requestTypes.get(request?.requestTypeId ?? '')?.approval
  if (!request || step?.statusId !== issue.statusId) return
  if (request.approvals.some(({ finalDecision }) => finalDecision === 'pending')) return
  request.approvals.push({
    id: nextId(world, 'approval', site.cloudId),
    name: step.name,
    createdAt: now,
    completedAt: null,
    answers: new Map(step.approverIds.map((accountId) => [accountId, 'pending'])),
    finalDecision: 'pending',
  })
}
