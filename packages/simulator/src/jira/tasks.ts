import type { Call, Caller, Handler, Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { Refusal, refuse } from '../http/reply.ts'
import { nextId } from '../world/ids.ts'
import type { Task, TaskItem } from '../world/jira/task-model.ts'
import { sentencesOf } from './error-forms.ts'
import { rest } from './view.ts'

/** What a task is to do. */
export interface Work {
  readonly description: string
  readonly items: readonly TaskItem[]
  /** How many of the things that were asked for cannot be worked on at all. Default: 0. */
  readonly unreachable?: number
}

/** Does one item, or refuses it. */
export type Worker = (call: Call, item: TaskItem) => void

/** One item takes this long, in milliseconds of the simulator's clock (inferred). */
const itemMilliseconds = 20

/** Puts work into the queue. Nothing of it is done yet. */
export function submitTask(call: Call, { description, items, unreachable = 0 }: Work): Task {
  const now = call.clock.now()
  const task: Task = {
    id: nextId(call.world, 'task', call.site.cloudId),
    description,
    submittedBy: call.caller.person?.accountId ?? null,
    submitted: now,
    started: null,
    finished: null,
    updated: now,
    status: 'ENQUEUED',
    items,
    done: 0,
    looks: 0,
    processed: [],
    failures: new Map(),
    unreachable,
    message: null,
  }
  call.site.jira.tasks.set(task.id, task)
  return task
}

/** Where a task can be looked at. */
export function taskAddress(call: Pick<Call, 'links'>, { id }: Task): string {
  return rest(call, `task/${id}`)
}

const isOver = ({ status }: Task): boolean => ['COMPLETE', 'CANCELLED', 'FAILED', 'DEAD'].includes(status)

/** Does an item in the name of whoever submitted the task. */
function run(
  call: Call,
  { task, item }: { readonly task: Task; readonly item: TaskItem },
  work: Worker,
): void {
  const person = task.submittedBy === null ? undefined : call.world.people.get(task.submittedBy)
  const caller: Caller = { person, via: 'basic' }
  try {
    work({ ...call, caller }, item)
    task.processed.push(item.id)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    task.failures.set(item.id, sentencesOf(error.reply))
  }
}

/** Does what is due of a task: as many items as time has passed for, and half of them with each look. */
function advance(call: Call, task: Task, workers: Readonly<Record<string, Worker>>): void {
  const now = call.clock.now()
  const { items } = task
  if (task.status === 'CANCEL_REQUESTED') {
    Object.assign(task, { status: 'CANCELLED', finished: now, updated: now })
    return
  }
  const byTime = Math.floor((now - task.submitted) / itemMilliseconds)
  const byLooks = task.looks * Math.ceil(items.length / 2)
  const due = Math.min(items.length, Math.max(byTime, byLooks))
  if (due === task.done && (items.length > 0 || task.looks === 0)) return
  task.started ??= now
  task.updated = now
  for (const item of items.slice(task.done, due)) {
    const work = workers[item.kind]
    if (work) run(call, { task, item }, work)
    task.done += 1
  }
  task.status = task.done === items.length ? 'COMPLETE' : 'RUNNING'
  if (task.status === 'COMPLETE') task.finished = now
}

/** Lets the tasks of the site go on before a request is answered, so that time passes for them too. */
export function withTasks(served: Served, workers: Readonly<Record<string, Worker>>): Served {
  const handler: Handler = (call) => {
    if (hasWork(call))
      for (const task of call.site.jira.tasks.values()) if (!isOver(task)) advance(call, task, workers)
    return served.run(call)
  }
  return { ...served, run: handler, writes: (call) => hasWork(call) || served.writes?.(call) === true }
}

/** Whether there is a task that is not over. */
function hasWork({ site }: Pick<Call, 'site'>): boolean {
  for (const task of site.jira.tasks.values()) if (!isOver(task)) return true
  return false
}

/** A task, looked at: for whoever submitted it, and for administrators (documented). */
export function lookAt(call: Call, id: string | undefined): Task {
  const task = call.site.jira.tasks.get(id ?? '')
  const accountId = call.caller.person?.accountId
  const allowed =
    task !== undefined &&
    (task.submittedBy === accountId || call.site.members.get(accountId ?? '')?.admin === true)
  if (!allowed) return refuse(jiraError(404, ['The task was not found.']))
  task.looks += 1
  return task
}

/** Ends a task early. What is done stays done. */
export function cancel(call: Call, id: string | undefined): void {
  const task = lookAt(call, id)
  if (isOver(task)) refuse(jiraError(400, ['The task is over and cannot be cancelled.']))
  task.status = 'CANCEL_REQUESTED'
  task.updated = call.clock.now()
}
