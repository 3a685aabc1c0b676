import {
  createPriority,
  deletePriority,
  getPriorities,
  getPriority,
  movePriorities,
  searchPriorities,
  setDefaultPriority,
  updatePriority,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, json, ok, refuse, type Reply } from '../http/reply.ts'
import { asId, asText, type JsonObject } from '../http/value.ts'
import { nextId } from '../world/ids.ts'
import type { Priority } from '../world/jira-model.ts'
import { bodyOf } from './body.ts'
import { pageBean, windowOf } from './page.ts'
import { byId, freeName, reorder } from './ranked.ts'
import { administer } from './rights.ts'
import { taskView } from './task-handlers.ts'
import { submitTask, taskAddress } from './tasks.ts'
import { fullPriorityView } from './view.ts'

const missing = 'The priority was not found. Perhaps it has been deleted?'

function colorIn(body: JsonObject): string | undefined {
  const color = asText(body['statusColor'])
  if (color === undefined || /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(color)) return color
  return refuse(jiraError(400, [], { statusColor: 'The colour has to be written as #RGB or #RRGGBB.' }))
}

/** The picture's name, from its address on the site. */
const iconIn = (body: JsonObject): string | undefined =>
  asText(body['iconUrl'])
    ?.split('/')
    .at(-1)
    ?.replace(/\.\w+$/, '')

function create(call: Call): Reply {
  administer(call)
  const { priorities } = call.site.jira
  const body = bodyOf(call)
  const color = colorIn(body)
  if (color === undefined) return jiraError(400, [], { statusColor: 'The colour has to be given.' })
  const priority: Priority = {
    name: freeName(priorities.values(), body),
    description: asText(body['description']) ?? '',
    color,
    icon: iconIn(body) ?? 'medium_new',
    id: nextId(call.world, 'part', call.site.cloudId),
  }
  priorities.set(priority.id, priority)
  return json(201, { id: priority.id })
}

function update(call: Call): Reply {
  administer(call)
  const { priorities } = call.site.jira
  const priority = byId(priorities, call, missing)
  const body = bodyOf(call)
  const color = colorIn(body)
  priority.name = freeName(priorities.values(), body, priority)
  priority.description = asText(body['description']) ?? priority.description
  priority.color = color ?? priority.color
  priority.icon = iconIn(body) ?? priority.icon
  return empty()
}

/** Its issues get the usual priority, in a task (documented: 303; which priority is inferred). */
function remove(call: Call): Reply {
  administer(call)
  const { id } = byId(call.site.jira.priorities, call, missing)
  if (id === call.site.jira.defaults.priorityId) {
    return jiraError(409, ['The default priority cannot be deleted.'])
  }
  const items = [{ kind: 'deletePriority', id }]
  const task = submitTask(call, { description: 'Delete priority', items })
  return json(303, taskView(call, task), { location: taskAddress(call, task) })
}

function search(call: Call): Reply {
  const { query, site } = call
  const [ids, name] = [query.list('id'), query.text('priorityName')?.toLowerCase() ?? '']
  const isDefault = ({ id }: Priority): boolean => id === site.jira.defaults.priorityId
  const found = [...site.jira.priorities.values()]
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .filter((priority) => priority.name.toLowerCase().includes(name))
    .filter((priority) => !query.flag('onlyDefault') || isDefault(priority))
  const page = pageBean(call, found, {
    path: '/rest/api/3/priority/search',
    window: windowOf(call, 50),
    view: (priority) => ({ ...fullPriorityView(call, priority), isDefault: isDefault(priority) }),
  })
  const { self: _, ...withoutSelf } = page
  return ok(withoutSelf)
}

export const priorityHandlers: readonly Served[] = [
  serve(getPriorities, [], (call) =>
    ok([...call.site.jira.priorities.values()].map((priority) => fullPriorityView(call, priority))),
  ),
  serve(getPriority, [], (call) =>
    ok(fullPriorityView(call, byId(call.site.jira.priorities, call, missing))),
  ),
  serve(
    searchPriorities,
    ['startAt', 'maxResults', 'id', 'projectId', 'priorityName', 'onlyDefault', 'expand'],
    search,
  ),
  serve(createPriority, [], create),
  serve(updatePriority, [], update),
  serve(deletePriority, [], remove),
  serve(movePriorities, [], (call) => {
    administer(call)
    reorder(call.site.jira.priorities, bodyOf(call))
    return empty()
  }),
  serve(setDefaultPriority, [], (call) => {
    administer(call)
    const id = asId(bodyOf(call)['id']) ?? ''
    if (!call.site.jira.priorities.has(id)) return jiraError(404, [missing])
    call.site.jira.defaults.priorityId = id
    return empty()
  }),
]
