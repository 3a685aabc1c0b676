import {
  createStatuses,
  deleteStatusesById,
  getProjectUsagesForStatus,
  getStatus,
  getStatusCategories,
  getStatusCategory,
  getStatuses,
  getStatusesById,
  getStatusesByName,
  getWorkflowUsagesForStatus,
  search,
  updateStatuses,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, ok, refuse, type Reply } from '../http/reply.ts'
import { asId, asList, asObject, asText } from '../http/value.ts'
import { nextId } from '../world/ids.ts'
import type { Project, Status, StatusCategory } from '../world/jira-model.ts'
import { bodyOf, refuseBinding } from './body.ts'
import { visibleProjects } from './find.ts'
import { pageBean, windowOf } from './page.ts'
import { administer, signedIn } from './rights.ts'
import { categories, categoryView, listedStatusView } from './view.ts'
import { workflowIdOf } from './workflow-view.ts'

/** The statuses of projects that the caller may see. */
function visibleStatuses(call: Call): readonly Status[] {
  const ids = new Set(visibleProjects(call).flatMap(({ statusIds }) => statusIds))
  return [...call.site.jira.statuses.values()].filter(({ id }) => ids.has(id))
}

/** The names of the categories in the newer operations (documented). */
const categoryNames: Readonly<Record<StatusCategory['key'], string>> = {
  new: 'TODO',
  indeterminate: 'IN_PROGRESS',
  done: 'DONE',
}

function categoryNamed(name: unknown): StatusCategory['key'] {
  const [found] = Object.entries(categoryNames).find(([, each]) => each === name) ?? []
  return found === 'new' || found === 'indeterminate' || found === 'done'
    ? found
    : refuse(
        jiraError(400, [`The status category has to be one of ${Object.values(categoryNames).join(', ')}.`]),
      )
}

/** A status as the newer operations show it (documented). */
export function scopedStatusView({
  id,
  name,
  description,
  category,
  projectId,
}: Status): Record<string, unknown> {
  return {
    id,
    name,
    statusCategory: categoryNames[category],
    scope: projectId === undefined ? { type: 'GLOBAL' } : { type: 'PROJECT', project: { id: projectId } },
    description,
  }
}

const mostAtATime = 50

/** The ones that a list names; those that are not there are left out (documented). */
function named(call: Call, parameter: 'id' | 'name'): Reply {
  signedIn(call)
  const wanted = call.query.list(parameter)
  if (wanted.length === 0 || wanted.length > mostAtATime) {
    return jiraError(400, [`Between 1 and ${mostAtATime} statuses have to be named.`])
  }
  const projectId = call.query.text('projectId')
  const found = [...call.site.jira.statuses.values()]
    .filter((status) => wanted.includes(status[parameter]))
    .filter((status) => projectId === undefined || status.projectId === projectId)
  return ok(found.map(scopedStatusView))
}

function find(call: Call): Reply {
  signedIn(call)
  const { query, site } = call
  const projectId = query.text('projectId')
  const words = query.text('searchString')?.toLowerCase() ?? ''
  const wanted = query.text('statusCategory')
  const category = wanted === undefined ? undefined : categoryNamed(wanted)
  const global = query.flag('includeGlobalStatuses') || projectId === undefined
  const found = [...site.jira.statuses.values()]
    .filter((status) =>
      status.projectId === undefined ? global : projectId === undefined || status.projectId === projectId,
    )
    .filter(({ name }) => name.toLowerCase().includes(words))
    .filter((status) => category === undefined || status.category === category)
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
  const path = '/rest/api/3/statuses/search'
  return ok(pageBean(call, found, { path, window: windowOf(call, 200), view: scopedStatusView }))
}

/** Whether another status of the same scope has the name. */
function checkName(
  { site }: Call,
  name: string,
  scope: { readonly projectId?: string; readonly self?: Status },
): void {
  if (name === '') refuse(jiraError(400, ['The status name must not be empty.']))
  if (name.length > 255) refuse(jiraError(400, ['The status name is longer than 255 characters.']))
  const taken = [...site.jira.statuses.values()].some(
    (one) =>
      one !== scope.self &&
      one.projectId === scope.projectId &&
      one.name.toLowerCase() === name.toLowerCase(),
  )
  if (taken) refuse(jiraError(409, [`A status with the name '${name}' already exists.`]))
}

function create(call: Call): Reply {
  administer(call)
  const body = bodyOf(call)
  const scope = asObject(body['scope']) ?? refuseBinding()
  const given = asList(body['statuses']) ?? refuseBinding()
  const projectId = scope['type'] === 'PROJECT' ? asId(asObject(scope['project'])?.['id']) : undefined
  if (scope['type'] === 'PROJECT' && !call.site.jira.projects.has(projectId ?? '')) {
    return jiraError(400, ['The project of the scope does not exist.'])
  }
  const wanted = given.map((one) => {
    const about = asObject(one) ?? refuseBinding()
    const name = asText(about['name'])?.trim() ?? ''
    checkName(call, name, { ...(projectId !== undefined && { projectId }) })
    return {
      name,
      description: asText(about['description']) ?? '',
      category: categoryNamed(about['statusCategory']),
    }
  })
  const own = projectId === undefined ? {} : { projectId }
  const made = wanted.map((about): Status =>
    Object.assign(about, own, { id: nextId(call.world, 'part', call.site.cloudId) }),
  )
  for (const status of made) call.site.jira.statuses.set(status.id, status)
  return ok(made.map(scopedStatusView))
}

function update(call: Call): Reply {
  administer(call)
  const given = asList(bodyOf(call)['statuses']) ?? refuseBinding()
  const changes = given.map((one) => {
    const about = asObject(one) ?? refuseBinding()
    const status = call.site.jira.statuses.get(asId(about['id']) ?? '')
    if (!status) return refuse(jiraError(400, ['One of the statuses does not exist.']))
    const name = asText(about['name'])?.trim() ?? status.name
    checkName(call, name, {
      ...(status.projectId !== undefined && { projectId: status.projectId }),
      self: status,
    })
    const category = categoryNamed(about['statusCategory'] ?? categoryNames[status.category])
    return {
      status,
      changed: { name, category, description: asText(about['description']) ?? status.description },
    }
  })
  for (const { status, changed } of changes) Object.assign(status, changed)
  return empty()
}

const usedBy = ({ site }: Call, statusId: string): readonly Project[] =>
  [...site.jira.projects.values()].filter(({ statusIds }) => statusIds.includes(statusId))

/** Statuses that a workflow has stay (documented: 400). */
function remove(call: Call): Reply {
  administer(call)
  const ids = call.query.list('id')
  const { statuses } = call.site.jira
  if (ids.some((id) => !statuses.has(id))) return jiraError(400, ['One of the statuses does not exist.'])
  if (ids.some((id) => usedBy(call, id).length > 0)) {
    return jiraError(400, ['A status that is used by a workflow cannot be deleted.'])
  }
  for (const id of ids) statuses.delete(id)
  return empty()
}

function usages(call: Call, name: 'projects' | 'workflows', idOf: (project: Project) => string): Reply {
  signedIn(call)
  const statusId = call.path['statusId'] ?? ''
  if (!call.site.jira.statuses.has(statusId)) return jiraError(404, ['The status does not exist.'])
  const values = usedBy(call, statusId).map((project) => ({ id: idOf(project) }))
  return ok({ statusId, [name]: { values } })
}

export const statusHandlers: readonly Served[] = [
  serve(getStatuses, [], (call) => ok(visibleStatuses(call).map((status) => listedStatusView(call, status)))),
  serve(getStatus, [], (call) => {
    const wanted = call.path['idOrName'] ?? ''
    const found = visibleStatuses(call).find(
      ({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase(),
    )
    if (found) return ok(listedStatusView(call, found))
    return jiraError(404, [`The status '${wanted}' does not exist, or you cannot see it.`])
  }),
  serve(getStatusCategories, [], (call) =>
    ok(Object.values(categories).map(({ key }) => categoryView(call, key))),
  ),
  serve(getStatusCategory, [], (call) => {
    const wanted = call.path['idOrKey'] ?? ''
    const found = Object.values(categories).find(({ id, key }) => String(id) === wanted || key === wanted)
    return found
      ? ok(categoryView(call, found.key))
      : jiraError(404, [`The status category '${wanted}' does not exist.`])
  }),
  serve(getStatusesById, ['id'], (call) => named(call, 'id')),
  serve(getStatusesByName, ['name', 'projectId'], (call) => named(call, 'name')),
  serve(
    search,
    ['projectId', 'startAt', 'maxResults', 'searchString', 'statusCategory', 'includeGlobalStatuses'],
    find,
  ),
  serve(createStatuses, [], create),
  serve(updateStatuses, [], update),
  serve(deleteStatusesById, ['id'], remove),
  serve(getProjectUsagesForStatus, ['nextPageToken', 'maxResults'], (call) =>
    usages(call, 'projects', ({ id }) => id),
  ),
  serve(getWorkflowUsagesForStatus, ['nextPageToken', 'maxResults'], (call) =>
    usages(call, 'workflows', (project) => workflowIdOf(call.site, project)),
  ),
]
