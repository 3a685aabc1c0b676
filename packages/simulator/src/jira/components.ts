import {
  createComponent,
  deleteComponent,
  findComponentsForProjects,
  getComponent,
  getComponentRelatedIssues,
  getProjectComponentsPaginated,
  updateComponent,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, json, ok, refuse, type Reply } from '../http/reply.ts'
import { asText, type JsonObject } from '../http/value.ts'
import { nextId } from '../world/ids.ts'
import type { Component, Issue, Project } from '../world/jira-model.ts'
import { may } from '../world/permissions.ts'
import { bodyOf } from './body.ts'
import { projectOf, visibleIssue, visibleProjects } from './find.ts'
import { recordChanges, traceOf } from './history.ts'
import { pageBean, windowOf } from './page.ts'
import { fullComponent } from './project-view.ts'
import { administeredProject, mayRun } from './rights.ts'
import { rest } from './view.ts'

interface Place {
  readonly component: Component
  readonly project: Project
}

function componentOf(call: Call, purpose: 'read' | 'write' = 'read'): Place {
  const { site, caller } = call
  const id = call.path['id'] ?? ''
  for (const project of site.jira.projects.values()) {
    const component = project.components.find((one) => one.id === id)
    if (!component || !may(caller, 'BROWSE_PROJECTS', { site, project })) continue
    if (purpose === 'read' || mayRun(call, project)) return { component, project }
    break
  }
  return refuse(jiraError(404, [`The component with id ${id} does not exist.`]))
}

const assigneeTypes = ['PROJECT_DEFAULT', 'COMPONENT_LEAD', 'PROJECT_LEAD', 'UNASSIGNED'] as const

function changesIn({ site }: Call, body: JsonObject): Partial<Component> {
  const leadId = body['leadAccountId'] === null ? null : asText(body['leadAccountId'])
  if (leadId && !site.members.has(leadId)) {
    refuse(jiraError(400, [], { leadAccountId: 'The component lead is not a valid user.' }))
  }
  const given = body['assigneeType']
  const assigneeType = assigneeTypes.find((one) => one === given)
  if (given !== undefined && assigneeType === undefined) {
    refuse(jiraError(400, [], { assigneeType: `The type has to be one of ${assigneeTypes.join(', ')}.` }))
  }
  const description = asText(body['description'])
  return {
    ...(description !== undefined && { description }),
    ...(leadId !== undefined && { leadId }),
    ...(assigneeType && { assigneeType }),
  }
}

function checkName(project: Project, name: string, self?: Component): string {
  if (name.trim() === '')
    refuse(
      jiraError(400, [], { name: 'The component name specified is invalid - cannot be an empty string.' }),
    )
  const taken = project.components.some(
    (one) => one !== self && one.name.toLowerCase() === name.toLowerCase(),
  )
  return taken
    ? refuse(
        jiraError(400, [], { name: `A component with the name ${name} already exists in this project.` }),
      )
    : name
}

const issuesWith = ({ site }: Call, { id }: Component): readonly Issue[] =>
  [...site.jira.issues.values()].filter(({ componentIds }) => componentIds.includes(id))

function create(call: Call): Reply {
  const body = bodyOf(call)
  const key = asText(body['project'])
  if (key === undefined)
    return jiraError(400, [], { project: 'The project of the component has to be given.' })
  const project = administeredProject(call, key)
  const component: Component = {
    id: nextId(call.world, 'part', call.site.cloudId),
    name: checkName(project, asText(body['name']) ?? ''),
    description: '',
    ...changesIn(call, body),
  }
  project.components.push(component)
  return json(201, fullComponent(call, project, component))
}

function remove(call: Call): Reply {
  const { component, project } = componentOf(call, 'write')
  const target = call.query.text('moveIssuesTo')
  const by = project.components.find((one) => one.id === target && one !== component)
  if (target !== undefined && !by) {
    return jiraError(404, [`The component with id ${target} does not exist.`])
  }
  const now = call.clock.now()
  for (const issue of issuesWith(call, component)) {
    const before = traceOf(call, issue)
    const others = issue.componentIds.filter((id) => id !== component.id && id !== by?.id)
    issue.componentIds = by ? [...others, by.id] : others
    recordChanges(call, issue, { before, now })
  }
  project.components.splice(project.components.indexOf(component), 1)
  return empty()
}

/** The components whose name or description has the words, in the order asked for. */
function arranged<Item extends { readonly component: Component }>(
  call: Call,
  items: readonly Item[],
): readonly Item[] {
  const words = call.query.text('query')?.toLowerCase() ?? ''
  const order = call.query.text('orderBy') ?? 'name'
  const name = order.replace(/^[+-]/, '')
  const keyOf = ({ component }: Item): string | number => {
    if (name === 'description') return component.description
    if (name === 'lead') return component.leadId ?? ''
    return name === 'issueCount' ? issuesWith(call, component).length : component.name.toLowerCase()
  }
  const found = items
    .filter(({ component }) => `${component.name} ${component.description}`.toLowerCase().includes(words))
    .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
  return order.startsWith('-') ? found.toReversed() : found
}

const placesIn = (project: Project): readonly Place[] =>
  project.components.map((component) => ({ component, project }))

export const componentHandlers: readonly Served[] = [
  serve(createComponent, [], create),
  serve(getComponent, [], (call) => {
    const { component, project } = componentOf(call)
    return ok(fullComponent(call, project, component))
  }),
  serve(updateComponent, [], (call) => {
    const { component, project } = componentOf(call, 'write')
    const body = bodyOf(call)
    const changes = changesIn(call, body)
    const name = asText(body['name'])
    if (name !== undefined) component.name = checkName(project, name, component)
    return ok(fullComponent(call, project, Object.assign(component, changes)))
  }),
  serve(deleteComponent, ['moveIssuesTo'], remove),
  serve(getComponentRelatedIssues, [], (call) => {
    const { component } = componentOf(call)
    const visible = issuesWith(call, component).filter(({ id }) => visibleIssue(call, id))
    return ok({ self: rest(call, `component/${component.id}`), issueCount: visible.length })
  }),
  serve(
    getProjectComponentsPaginated,
    ['startAt', 'maxResults', 'orderBy', 'componentSource', 'query'],
    (call) => {
      const project = projectOf(call, call.path['projectIdOrKey'])
      const path = `/rest/api/3/project/${project.key}/component`
      const view = ({ component }: Place): Record<string, unknown> => ({
        ...fullComponent(call, project, component),
        issueCount: issuesWith(call, component).length,
      })
      return ok(pageBean(call, arranged(call, placesIn(project)), { path, window: windowOf(call, 50), view }))
    },
  ),
  serve(
    findComponentsForProjects,
    ['projectIdsOrKeys', 'startAt', 'maxResults', 'orderBy', 'query'],
    (call) => {
      const names = call.query.list('projectIdsOrKeys')
      const projects = visibleProjects(call).filter(
        ({ id, key }) => names.length === 0 || names.includes(id) || names.includes(key),
      )
      const path = '/rest/api/3/component'
      const view = ({ component: { id, name, description } }: Place): Record<string, unknown> => ({
        self: rest(call, `component/${id}`),
        id,
        name,
        description,
        ari: `ari:cloud:compass:${call.site.cloudId}:component/${id}`,
        metadata: {},
      })
      const found = arranged(call, projects.flatMap(placesIn))
      return ok(pageBean(call, found, { path, window: windowOf(call, 50), view }))
    },
  ),
]
