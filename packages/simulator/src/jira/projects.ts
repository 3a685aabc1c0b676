import {
  getAllStatuses,
  getProject,
  getProjectComponents,
  getProjectVersions,
  getProjectVersionsPaginated,
  searchProjects,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { ok, type Reply } from '../http/reply.ts'
import { issuesIn } from '../world/indexes.ts'
import type { Component, Project, ProjectPermission, Version } from '../world/jira-model.ts'
import { may } from '../world/permissions.ts'
import { projectOf, visibleProjects } from './find.ts'
import { pageBean, windowOf } from './page.ts'
import { componentView, versionView } from './project-view.ts'
import { listedStatusView, listedTypeView, projectAvatarUrls, rest, userView } from './view.ts'

const expandable = 'description,lead,issueTypes,url,projectKeys,permissions,insight'

/** A project in the list of projects (recorded, F-ISS-20). */
function listed(call: Call, project: Project): Record<string, unknown> {
  const expand = call.query.list('expand')
  return {
    expand: expandable,
    self: rest(call, `project/${project.id}`),
    id: project.id,
    key: project.key,
    ...(expand.includes('description') && { description: project.description }),
    ...(expand.includes('lead') && { lead: userView(call, project.leadId) }),
    name: project.name,
    avatarUrls: projectAvatarUrls(call, project),
    ...(expand.includes('projectKeys') && { projectKeys: [project.key] }),
    ...(expand.includes('issueTypes') && { issueTypes: typesOf(call, project) }),
    projectTypeKey: project.type,
    simplified: project.style === 'next-gen',
    style: project.style,
    isPrivate: !isOpen(call, project),
    properties: {},
    ...(project.style === 'next-gen' && { entityId: project.uuid, uuid: project.uuid }),
    ...(expand.includes('insight') && { insight: insightOf(call, project) }),
  }
}

const typesOf = (call: Call, project: Project): readonly unknown[] =>
  project.issueTypeIds.flatMap((id) => {
    const type = call.site.jira.issueTypes.get(id)
    return type ? [listedTypeView(call, type)] : []
  })

/** Whether everyone with Jira may see it. */
function isOpen({ site }: Call, project: Project): boolean {
  const holders = site.jira.schemes.get(project.schemeId)?.grants.get('BROWSE_PROJECTS') ?? []
  return holders.some(({ type }) => type === 'anyone' || type === 'licensed')
}

function insightOf({ site }: Call, project: Project): Record<string, unknown> {
  const issues = issuesIn(site, project.id)
  const newest = issues.reduce((latest, { updated }) => Math.max(latest, updated), 0)
  return {
    totalIssueCount: issues.length,
    ...(newest > 0 && { lastIssueUpdateTime: new Date(newest).toISOString() }),
  }
}

const sortKeys: Readonly<Record<string, (project: Project) => string>> = {
  key: ({ key }) => key,
  name: ({ name }) => name.toLowerCase(),
  owner: ({ leadId }) => leadId,
}

const actions: Readonly<Record<string, ProjectPermission>> = {
  view: 'BROWSE_PROJECTS',
  browse: 'BROWSE_PROJECTS',
  edit: 'ADMINISTER_PROJECTS',
  create: 'CREATE_ISSUES',
}

function search(call: Call): Reply {
  const { query, site, caller } = call
  const words = query.text('query')?.toLowerCase() ?? ''
  const [ids, keys] = [query.list('id'), query.list('keys').map((key) => key.toUpperCase())]
  const permission = actions[query.text('action') ?? 'view'] ?? 'BROWSE_PROJECTS'
  const order = query.text('orderBy') ?? 'key'
  const keyOf = sortKeys[order.replace(/^[+-]/, '')] ?? (({ key }: Project): string => key)
  const found = visibleProjects(call)
    .filter((project) => may(caller, permission, { site, project }))
    .filter(({ name, key }) => name.toLowerCase().includes(words) || key.toLowerCase().includes(words))
    .filter(
      ({ id, key }) => (ids.length === 0 || ids.includes(id)) && (keys.length === 0 || keys.includes(key)),
    )
    .filter(({ type }) => query.text('typeKey')?.split(',').includes(type) ?? true)
    .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
  const path = '/rest/api/3/project/search'
  const window = windowOf(call, 50, 100)
  const values = order.startsWith('-') ? found.toReversed() : found
  return ok(pageBean(call, values, { path, window, view: (project) => listed(call, project) }))
}

/** A project by itself (documented). */
function get(call: Call): Reply {
  const project = projectOf(call, call.path['projectIdOrKey'])
  return ok({
    expand: expandable,
    self: rest(call, `project/${project.id}`),
    id: project.id,
    key: project.key,
    description: project.description,
    lead: userView(call, project.leadId),
    components: project.components.map((component) => fullComponent(call, project, component)),
    issueTypes: typesOf(call, project),
    assigneeType: 'UNASSIGNED',
    versions: project.versions.map((version) => fullVersion(call, project, version)),
    name: project.name,
    roles: Object.fromEntries(
      [...project.roles.keys()].map((role, index) => [
        role,
        rest(call, `project/${project.id}/role/${10_002 + index}`),
      ]),
    ),
    avatarUrls: projectAvatarUrls(call, project),
    projectTypeKey: project.type,
    simplified: project.style === 'next-gen',
    style: project.style,
    isPrivate: !isOpen(call, project),
    properties: {},
    ...(project.style === 'next-gen' && { entityId: project.uuid, uuid: project.uuid }),
  })
}

function fullComponent(call: Call, project: Project, component: Component): Record<string, unknown> {
  return {
    ...componentView(call, component),
    assigneeType: 'PROJECT_DEFAULT',
    isAssigneeTypeValid: false,
    project: project.key,
    projectId: Number(project.id),
  }
}

function fullVersion(call: Call, project: Project, version: Version): Record<string, unknown> {
  return { ...versionView(call, version), projectId: Number(project.id) }
}

function versions(call: Call): Reply {
  const project = projectOf(call, call.path['projectIdOrKey'])
  const words = call.query.text('query')?.toLowerCase() ?? ''
  const found = project.versions.filter(({ name }) => name.toLowerCase().includes(words))
  const path = `/rest/api/3/project/${project.key}/version`
  const window = windowOf(call, 50)
  return ok(pageBean(call, found, { path, window, view: (version) => fullVersion(call, project, version) }))
}

export const projectHandlers: readonly Served[] = [
  serve(
    searchProjects,
    ['startAt', 'maxResults', 'orderBy', 'id', 'keys', 'query', 'typeKey', 'action', 'expand'],
    search,
  ),
  serve(getProject, ['expand'], get),
  serve(getAllStatuses, [], (call) => {
    const project = projectOf(call, call.path['projectIdOrKey'])
    const statuses = project.statusIds.flatMap((id) => {
      const status = call.site.jira.statuses.get(id)
      return status ? [listedStatusView(call, status)] : []
    })
    return ok(
      project.issueTypeIds.flatMap((id) => {
        const type = call.site.jira.issueTypes.get(id)
        if (!type) return []
        return [
          { self: rest(call, `issuetype/${id}`), id, name: type.name, subtask: type.level < 0, statuses },
        ]
      }),
    )
  }),
  serve(getProjectComponents, [], (call) => {
    const project = projectOf(call, call.path['projectIdOrKey'])
    return ok(project.components.map((component) => fullComponent(call, project, component)))
  }),
  serve(getProjectVersions, [], (call) => {
    const project = projectOf(call, call.path['projectIdOrKey'])
    return ok(project.versions.map((version) => fullVersion(call, project, version)))
  }),
  serve(getProjectVersionsPaginated, ['startAt', 'maxResults', 'query'], versions),
]
