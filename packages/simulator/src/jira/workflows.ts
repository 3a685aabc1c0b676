import {
  getAllWorkflowSchemes,
  getDefaultWorkflow,
  getWorkflowScheme,
  getWorkflowSchemeProjectAssociations,
  getWorkflowsPaginated,
  readWorkflows,
  searchWorkflows,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { ok, refuse, type Reply } from '../http/reply.ts'
import { asId, asList, asObject } from '../http/value.ts'
import type { Project } from '../world/jira-model.ts'
import { bodyOf } from './body.ts'
import { pageBean, windowOf } from './page.ts'
import { administer, mayRun, signedIn } from './rights.ts'
import { scopedStatusView } from './statuses.ts'
import { rest } from './view.ts'
import { workflowIdOf, workflowName, workflowView } from './workflow-view.ts'

/** The projects whose workflows the caller may look at: those the caller runs (documented). */
function runBy(call: Call): readonly Project[] {
  signedIn(call)
  return [...call.site.jira.projects.values()].filter((project) => !project.closed && mayRun(call, project))
}

/** The statuses of workflows, each once, by the references that the workflows use. */
function statusesOf({ site }: Call, projects: readonly Project[]): readonly unknown[] {
  const ids = new Set(projects.flatMap(({ statusIds }) => statusIds))
  return [...ids].flatMap((id) => {
    const status = site.jira.statuses.get(id)
    return status ? [{ ...scopedStatusView(status), statusReference: id }] : []
  })
}

const scopes: Readonly<Record<string, Project['style']>> = { PROJECT: 'next-gen', GLOBAL: 'classic' }

function find(call: Call): Reply {
  const { query } = call
  const words = query.text('queryString')?.toLowerCase() ?? ''
  const scope = query.text('scope')
  const projectId = query.text('projectId')
  const found = runBy(call)
    .filter((project) => workflowName(project).toLowerCase().includes(words))
    .filter(({ style }) => scope === undefined || scopes[scope] === style)
    .filter(({ id }) => projectId === undefined || id === projectId)
    .filter(() => query.flag('isActive', true))
  const page = pageBean(call, found, {
    path: '/rest/api/3/workflows/search',
    window: windowOf(call, 50, 200),
    view: (project) => workflowView(call, project),
  })
  return ok({ ...page, statuses: statusesOf(call, found) })
}

function read(call: Call): Reply {
  const body = bodyOf(call)
  const texts = (name: string): readonly string[] => (asList(body[name]) ?? []).map(String)
  const pairs = (asList(body['projectAndIssueTypes']) ?? []).map((pair) => asObject(pair) ?? {})
  const [ids, names] = [texts('workflowIds'), texts('workflowNames')]
  const found = runBy(call).filter(
    (project) =>
      ids.includes(workflowIdOf(call.site, project)) ||
      names.includes(workflowName(project)) ||
      pairs.some(
        ({ projectId, issueTypeId }) =>
          asId(projectId) === project.id && project.issueTypeIds.includes(asId(issueTypeId) ?? ''),
      ),
  )
  return ok({
    statuses: statusesOf(call, found),
    workflows: found.map((project) => workflowView(call, project)),
  })
}

/** The older form of the search (deprecated). */
function oldView(call: Call, project: Project): Record<string, unknown> {
  const { statuses } = call.site.jira
  return {
    id: { name: workflowName(project), entityId: workflowIdOf(call.site, project) },
    description: '',
    transitions: project.transitions.map(({ id, name, from = [], to }) => ({
      id,
      name,
      description: '',
      from,
      to,
      type: from.length === 0 ? 'global' : 'directed',
    })),
    statuses: project.statusIds.map((id) => ({ id, name: statuses.get(id)?.name ?? '', properties: {} })),
    isDefault: false,
  }
}

/** A workflow scheme for each project, with the project's own number (inferred: the simulator has no others). */
function schemeView(call: Call, project: Project): Record<string, unknown> {
  return {
    id: Number(project.id),
    name: `${project.key}: Software Simplified Workflow Scheme`,
    description: '',
    defaultWorkflow: workflowName(project),
    issueTypeMappings: {},
    self: rest(call, `workflowscheme/${project.id}`),
  }
}

/** Schemes belong to company-managed projects only (documented). */
const withSchemes = ({ site }: Call): readonly Project[] =>
  [...site.jira.projects.values()].filter(({ style }) => style === 'classic')

function schemeOf(call: Call): Project {
  administer(call)
  const id = call.path['id'] ?? ''
  const found = withSchemes(call).find((project) => project.id === id)
  return found ?? refuse(jiraError(404, [`The workflow scheme with id ${id} was not found.`]))
}

export const workflowHandlers: readonly Served[] = [
  serve(
    searchWorkflows,
    [
      ...(['startAt', 'maxResults', 'expand', 'queryString', 'orderBy'] as const),
      ...(['scope', 'isActive', 'projectId'] as const),
    ],
    find,
  ),
  serve(readWorkflows, [], read),
  serve(
    getWorkflowsPaginated,
    ['startAt', 'maxResults', 'workflowName', 'expand', 'queryString', 'orderBy', 'isActive'],
    (call) => {
      administer(call)
      const names = call.query.list('workflowName')
      const words = call.query.text('queryString')?.toLowerCase() ?? ''
      const found = withSchemes(call)
        .filter((project) => names.length === 0 || names.includes(workflowName(project)))
        .filter((project) => workflowName(project).toLowerCase().includes(words))
      const path = '/rest/api/3/workflow/search'
      const view = (project: Project): unknown => oldView(call, project)
      return ok(pageBean(call, found, { path, window: windowOf(call, 50), view }))
    },
  ),
  serve(getAllWorkflowSchemes, ['startAt', 'maxResults'], (call) => {
    administer(call)
    const path = '/rest/api/3/workflowscheme'
    const view = (project: Project): unknown => schemeView(call, project)
    return ok(pageBean(call, withSchemes(call), { path, window: windowOf(call, 50), view }))
  }),
  serve(getWorkflowScheme, ['returnDraftIfExists'], (call) => ok(schemeView(call, schemeOf(call)))),
  serve(getDefaultWorkflow, ['returnDraftIfExists'], (call) =>
    ok({ workflow: workflowName(schemeOf(call)) }),
  ),
  serve(getWorkflowSchemeProjectAssociations, ['projectId'], (call) => {
    administer(call)
    const ids = call.query.list('projectId')
    const found = withSchemes(call).filter(({ id }) => ids.includes(id))
    return ok({
      values: found.map((project) => ({
        projectIds: [project.id],
        workflowScheme: schemeView(call, project),
      })),
    })
  }),
]
