import { cancelTask, getBulkOperationProgress, getTask } from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { ok, type Reply } from '../http/reply.ts'
import type { Task } from '../world/jira/task-model.ts'
import { inForm } from './error-forms.ts'
import { cancel, lookAt, taskAddress } from './tasks.ts'
import { timeOf, userView } from './view.ts'

const percent = ({ done, items }: Task): number =>
  items.length === 0 ? 100 : Math.floor((done * 100) / items.length)

/** The service's own number of an account, which callers meet nowhere else: its place among the members. */
function numberOf({ site }: Call, accountId: string | null): number {
  return 10_000 + [...site.members.keys()].indexOf(accountId ?? '')
}

/** A task (documented). */
export function taskView(call: Call, task: Task): Record<string, unknown> {
  const { id, description, status, submitted, started, finished, updated, failures } = task
  return {
    self: taskAddress(call, task),
    id,
    description,
    status,
    ...(task.message !== null && { message: task.message }),
    ...(status === 'COMPLETE' && {
      result: failures.size === 0 ? 'Done' : `Not done: ${[...failures.keys()].join(', ')}`,
    }),
    submittedBy: numberOf(call, task.submittedBy),
    progress: percent(task),
    elapsedRuntime: started === null ? 0 : (finished ?? call.clock.now()) - started,
    submitted,
    ...(started !== null && { started }),
    ...(finished !== null && { finished }),
    lastUpdate: updated,
  }
}

/** The progress of work on several issues (documented). */
function bulkView(call: Call, task: Task): Record<string, unknown> {
  const { id, status, submitted, started, updated, processed, failures } = task
  return {
    taskId: id,
    status,
    progressPercent: percent(task),
    submittedBy: userView(call, task.submittedBy),
    created: timeOf(call, submitted),
    ...(started !== null && { started: timeOf(call, started) }),
    updated: timeOf(call, updated),
    processedAccessibleIssues: processed.map(Number),
    failedAccessibleIssues: Object.fromEntries(failures),
    invalidOrInaccessibleIssueCount: task.unreachable,
    totalIssueCount: task.items.length + task.unreachable,
  }
}

const looked =
  (view: (call: Call, task: Task) => Record<string, unknown>) =>
  (call: Call): Reply =>
    ok(view(call, lookAt(call, call.path['taskId'])))

export const taskHandlers: readonly Served[] = [
  serve(getTask, [], looked(taskView)),
  serve(getBulkOperationProgress, [], looked(bulkView)),
  inForm(
    serve(cancelTask, [], (call) => {
      cancel(call, call.path['taskId'])
      return { status: 202 }
    }),
    'list',
  ),
]
