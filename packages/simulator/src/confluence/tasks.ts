import { getTaskById, getTasks, updateTask } from '@telamon/confluence/operations'

import { type BodyFormat, bodyAs } from '../content/body.ts'
import { type Checkbox, checkboxesIn, withCheckbox } from '../content/checkboxes.ts'
import { type Call, serve, type Served } from '../http/call.ts'
import { ok, type Reply } from '../http/reply.ts'
import type { Content, ContentTask } from '../world/confluence-model.ts'
import { mayUpdate } from '../world/permissions.ts'
import { sees, subjectId } from './find.ts'
import { formatOf } from './inputs.ts'
import { settleBody } from './lifecycle.ts'
import { listReply } from './list.ts'
import { bodyOf, refuseInput, refuseMissing, refuseUnpermitted } from './refuse.ts'
import { newest, timeOf } from './view.ts'

/** A task with the content and the checkbox that it comes from. */
interface FoundTask {
  readonly task: ContentTask
  readonly content: Content
  readonly checkbox: Checkbox
}

/** Every task of content that the caller sees. A body is read once for all of its tasks. */
function tasksSeen(call: Call): readonly FoundTask[] {
  const { tasks, contents } = call.site.confluence
  const read = new Map<string, readonly Checkbox[]>()
  return [...tasks.values()].flatMap((task) => {
    const content = contents.get(task.contentId)
    if (!content || content.status === 'trashed' || !sees(call, content)) return []
    const checkboxes = read.get(content.id) ?? checkboxesIn(newest(content).body)
    read.set(content.id, checkboxes)
    const checkbox = checkboxes.find(({ localId }) => localId === task.localId)
    return checkbox ? [{ task, content, checkbox }] : []
  })
}

function bodyOfTask({ document }: Checkbox, format: BodyFormat | undefined): unknown {
  if (format === undefined) return {}
  const body = { representation: 'atlas_doc_format', value: JSON.stringify(document) } as const
  return { [format]: bodyAs(body, format) }
}

const timeOrNull = (instant: number | undefined): string | null =>
  instant === undefined ? null : timeOf(instant)

/** A task (documented). */
function view({ task, content, checkbox }: FoundTask, format: BodyFormat | undefined): unknown {
  return {
    id: task.id,
    localId: task.localId,
    spaceId: content.spaceId,
    [content.type === 'blogpost' ? 'blogPostId' : 'pageId']: content.id,
    status: task.done ? 'complete' : 'incomplete',
    body: bodyOfTask(checkbox, format),
    createdBy: task.createdBy,
    assignedTo: checkbox.assigneeId ?? null,
    completedBy: task.completedBy ?? null,
    createdAt: timeOf(task.createdAt),
    updatedAt: timeOf(task.updatedAt),
    dueAt: timeOrNull(checkbox.dueAt),
    completedAt: timeOrNull(task.completedAt),
  }
}

/** What a list of tasks can be narrowed by: names that are repeated, and the value that has to be among them. */
const choices: Readonly<Record<string, (found: FoundTask) => string | undefined>> = {
  'task-id': ({ task }) => task.id,
  'space-id': ({ content }) => content.spaceId,
  'page-id': ({ content }) => (content.type === 'page' ? content.id : undefined),
  'blogpost-id': ({ content }) => (content.type === 'blogpost' ? content.id : undefined),
  'created-by': ({ task }) => task.createdBy,
  'assigned-to': ({ checkbox }) => checkbox.assigneeId,
  'completed-by': ({ task }) => task.completedBy,
}

/** And instants that lie between two, in milliseconds since 1970. */
const instants: Readonly<Record<string, (found: FoundTask) => number | undefined>> = {
  'created-at': ({ task }) => task.createdAt,
  'due-at': ({ checkbox }) => checkbox.dueAt,
  'completed-at': ({ task }) => task.completedAt,
}

function fits(call: Call, found: FoundTask): boolean {
  const { query } = call
  const status = query.text('status')
  if (status !== undefined && (status === 'complete') !== found.task.done) return false
  if (!query.flag('include-blank-tasks', true) && found.checkbox.text.trim() === '') return false
  const chosen = Object.entries(choices).every(([name, value]) => {
    const wanted = query.list(name)
    return wanted.length === 0 || wanted.includes(value(found) ?? '')
  })
  const between = Object.entries(instants).every(([name, value]) => {
    const instant = value(found)
    const [from, to] = [query.integer(`${name}-from`, 0), query.integer(`${name}-to`, 0)]
    if (from === 0 && to === 0) return true
    return instant !== undefined && instant >= from && (to === 0 || instant <= to)
  })
  return chosen && between
}

function find(call: Call): FoundTask {
  const id = subjectId(call)
  return tasksSeen(call).find(({ task }) => task.id === id) ?? refuseMissing('Task', id)
}

/** Ticks the checkbox in the body itself, which gets no new version by that (inferred). */
function update(call: Call): Reply {
  const found = find(call)
  const { task, content } = found
  const { status } = bodyOf(call)
  if (status !== 'complete' && status !== 'incomplete') return refuseInput('The status is missing')
  if (!mayUpdate(call.caller, call.site, content)) {
    return refuseUnpermitted('You do not have permission to edit the content of this task')
  }
  const version = newest(content)
  const body = withCheckbox(version.body, task.localId, status === 'complete')
  content.versions[content.versions.length - 1] = { ...version, body }
  settleBody(call, content)
  return ok(view(find(call), formatOf(call, true)))
}

export const taskHandlers: readonly Served[] = [
  serve(
    getTasks,
    [
      'body-format',
      'include-blank-tasks',
      'status',
      'task-id',
      'space-id',
      'page-id',
      'blogpost-id',
      'created-by',
      'assigned-to',
      'completed-by',
      'created-at-from',
      'created-at-to',
      'due-at-from',
      'due-at-to',
      'completed-at-from',
      'completed-at-to',
      'cursor',
      'limit',
    ],
    (call) => {
      const format = formatOf(call, true)
      const found = tasksSeen(call).filter((task) => fits(call, task))
      return listReply(call, found, (task) => view(task, format))
    },
  ),
  serve(getTaskById, ['body-format'], (call) => ok(view(find(call), formatOf(call, true)))),
  serve(updateTask, ['body-format'], update),
]
