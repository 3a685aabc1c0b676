import { getTask, getTasks } from '@telamon/confluence/v1'

import { type Call, serve, type Served } from '../http/call.ts'
import { ok } from '../http/reply.ts'
import type { LongTask } from '../world/confluence-model.ts'
import { lookAt } from './long-tasks.ts'
import { listReplyV1, refuseMissingV1 } from './v1-answers.ts'

/** How far work is (documented). */
function view({ clock }: Call, task: LongTask): Record<string, unknown> {
  const now = clock.now()
  const finished = lookAt(task, now)
  const { id, name, startedAt, successful, messages, details } = task
  const failed = finished && !successful
  const sentences = messages.map((translation) => ({ translation, args: [] }))
  return {
    ari: `ari:cloud:confluence::longtask/${id}`,
    id,
    name: { key: `com.atlassian.confluence.longtask.${name}`, args: [] },
    elapsedTime: Math.max(0, now - startedAt),
    percentageComplete: finished ? 100 : 60,
    successful: finished && successful,
    finished,
    messages: failed ? [] : sentences,
    status: finished ? (successful ? 'Complete' : 'Failed') : 'In progress',
    errors: failed ? sentences : [],
    ...(details && { additionalDetails: details }),
  }
}

/** Work is for whoever handed it in to look at (documented: permission to view the task). */
function isOwn({ caller }: Call, { ownerId }: LongTask): boolean {
  return ownerId === caller.person?.accountId
}

export const longTaskHandlers: readonly Served[] = [
  serve(getTasks, ['key', 'start', 'limit'], (call) => {
    const key = call.query.text('key')
    const found = [...call.site.confluence.longTasks.values()].filter(
      (task) => isOwn(call, task) && (key === undefined || task.name === key),
    )
    return listReplyV1(call, found, { view: (task) => view(call, task), limit: 100 })
  }),
  serve(getTask, [], (call) => {
    const id = call.path['id']
    const task = call.site.confluence.longTasks.get(id ?? '')
    if (!task || !isOwn(call, task)) return refuseMissingV1(`No task found with id: ${id ?? ''}`)
    return ok({ ...view(call, task), _links: { self: `/rest/api/longtask/${task.id}` } })
  }),
]
