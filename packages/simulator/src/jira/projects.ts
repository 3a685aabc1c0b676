import {
  getAllProjects,
  getAllStatuses,
  getHierarchy,
  getProject,
  getProjectComponents,
  getProjectVersions,
  getProjectVersionsPaginated,
  getRecent,
  searchProjects,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { ok, type Reply } from '../http/reply.ts'
import type { Project, ProjectPermission, Version } from '../world/jira-model.ts'
import { administersJira, may } from '../world/permissions.ts'
import { uuidOf } from '../world/random.ts'
import { projectOf, visibleProjects } from './find.ts'
import { pageBean, windowOf } from './page.ts'
import { fullProject, listedProject } from './project-full-view.ts'
import { fullComponent, fullVersion } from './project-view.ts'
import { propertiesOf } from './property-store.ts'
import { signedIn } from './rights.ts'
import { personalOf } from './sharing.ts'
import { issueTypesOf, listedStatusView, rest } from './view.ts'

const sortKeys: Readonly<Record<string, (project: Project) => string | number>> = {
  key: ({ key }) => key,
  name: ({ name }) => name.toLowerCase(),
  owner: ({ leadId }) => leadId,
  category: ({ categoryId }) => categoryId ?? '',
  archivedDate: ({ closed }) => closed?.at ?? 0,
  deletedDate: ({ closed }) => closed?.at ?? 0,
}

const actions: Readonly<Record<string, ProjectPermission>> = {
  view: 'BROWSE_PROJECTS',
  browse: 'BROWSE_PROJECTS',
  edit: 'ADMINISTER_PROJECTS',
  create: 'CREATE_ISSUES',
}

/** The projects of the states asked for: open ones, archived ones, and for administrators those in the trash. */
function withStatus(call: Call): readonly Project[] {
  const { query, site, caller } = call
  const statuses = query.list('status')
  const wants = (name: string): boolean => statuses.includes(name)
  const closed = [...site.jira.projects.values()].filter((project) => {
    if (project.closed?.as === 'archived') {
      return wants('archived') && may(caller, 'BROWSE_PROJECTS', { site, project })
    }
    return project.closed !== undefined && wants('deleted') && administersJira(caller, site)
  })
  const open = statuses.length === 0 || wants('live') ? visibleProjects(call) : []
  const permission = actions[query.text('action') ?? 'view'] ?? 'BROWSE_PROJECTS'
  return [...open.filter((project) => may(caller, permission, { site, project })), ...closed]
}

function search(call: Call): Reply {
  const { query, site } = call
  const words = query.text('query')?.toLowerCase() ?? ''
  const [ids, keys] = [query.list('id'), query.list('keys').map((key) => key.toUpperCase())]
  const order = query.text('orderBy') ?? 'key'
  const keyOf = sortKeys[order.replace(/^[+-]/, '')] ?? (({ key }: Project): string => key)
  const categoryId = query.text('categoryId')
  const wanted = query.list('properties')
  const found = withStatus(call)
    .filter(({ name, key }) => name.toLowerCase().includes(words) || key.toLowerCase().includes(words))
    .filter(
      ({ id, key }) => (ids.length === 0 || ids.includes(id)) && (keys.length === 0 || keys.includes(key)),
    )
    .filter(({ type }) => query.text('typeKey')?.split(',').includes(type) ?? true)
    .filter((project) => categoryId === undefined || project.categoryId === categoryId)
    .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
  const view = (project: Project): Record<string, unknown> => {
    const properties = [...propertiesOf(site, 'project', project.id)].filter(([key]) => wanted.includes(key))
    return { ...listedProject(call, project), properties: Object.fromEntries(properties) }
  }
  const path = '/rest/api/3/project/search'
  const values = order.startsWith('-') ? found.toReversed() : found
  return ok(pageBean(call, values, { path, window: windowOf(call, 50, 100), view }))
}

const statusesOfVersion: Readonly<Record<string, (version: Version) => boolean>> = {
  released: ({ released, archived }) => released && !archived,
  unreleased: ({ released, archived }) => !released && !archived,
  archived: ({ archived }) => archived,
}

const versionKeys: Readonly<Record<string, (version: Version, place: number) => string | number>> = {
  sequence: (_, place) => place,
  name: ({ name }) => name.toLowerCase(),
  description: ({ description }) => description,
  startDate: ({ startDate }) => startDate ?? '',
  releaseDate: ({ releaseDate }) => releaseDate ?? '',
}

function versions(call: Call): Reply {
  const project = projectOf(call, call.path['projectIdOrKey'])
  const words = call.query.text('query')?.toLowerCase() ?? ''
  const statuses = call.query.list('status')
  const order = call.query.text('orderBy') ?? 'sequence'
  const keyOf = versionKeys[order.replace(/^[+-]/, '')] ?? ((_: Version, place: number): number => place)
  const found = project.versions
    .map((version, place) => ({ version, key: keyOf(version, place) }))
    .toSorted((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ version }) => version)
    .filter(({ name, description }) => `${name} ${description}`.toLowerCase().includes(words))
    .filter(
      (version) =>
        statuses.length === 0 || statuses.some((name) => statusesOfVersion[name]?.(version) === true),
    )
  const path = `/rest/api/3/project/${project.key}/version`
  const values = order.startsWith('-') ? found.toReversed() : found
  const view = (version: Version): unknown => fullVersion(call, project, version)
  return ok(pageBean(call, values, { path, window: windowOf(call, 50), view }))
}

function statusesByType(call: Call): Reply {
  const project = projectOf(call, call.path['projectIdOrKey'])
  const all = project.statusIds.flatMap((id) => call.site.jira.statuses.get(id) ?? [])
  const shown = all.map((status) => listedStatusView(call, status))
  return ok(
    issueTypesOf(call, project).map(({ id, name, level }) => ({
      self: rest(call, `issuetype/${id}`),
      id,
      name,
      subtask: level < 0,
      statuses: shown,
    })),
  )
}

const levelNames: Readonly<Record<number, string>> = { [-1]: 'Subtask', 0: 'Base', 1: 'Epic' }

/** The levels of a project, the lowest first (documented). */
function hierarchy(call: Call): Reply {
  const project = projectOf(call, call.path['projectId'])
  const types = issueTypesOf(call, project)
  const levels = [...new Set(types.map(({ level }) => level))].toSorted((one, other) => one - other)
  return ok({
    projectId: Number(project.id),
    hierarchy: levels.map((level) => ({
      entityId: uuidOf(`level ${call.site.cloudId} ${level}`),
      level,
      name: levelNames[level] ?? '',
      issueTypes: types
        .filter((type) => type.level === level)
        .map(({ id, name, avatarId }) => ({ id: Number(id), name, avatarId })),
    })),
  })
}

/** At most this many (documented). */
const recentAtMost = 20

/** The projects that the caller has looked at, the last one first. */
function recent(call: Call): readonly Project[] {
  const { projectsSeen } = personalOf(call.site, signedIn(call).accountId)
  return visibleProjects(call)
    .filter(({ id }) => projectsSeen.has(id))
    .toSorted((one, other) => (projectsSeen.get(other.id) ?? 0) - (projectsSeen.get(one.id) ?? 0))
    .slice(0, recentAtMost)
}

export const projectHandlers: readonly Served[] = [
  serve(
    searchProjects,
    [
      ...(['startAt', 'maxResults', 'orderBy', 'id', 'keys', 'query', 'typeKey'] as const),
      ...(['categoryId', 'action', 'expand', 'status', 'properties'] as const),
    ],
    search,
  ),
  serve(getAllProjects, ['expand', 'recent', 'properties'], (call) => {
    const count = call.query.integer('recent', 0)
    const projects = count > 0 ? recent(call).slice(0, count) : visibleProjects(call)
    return ok(projects.map((project) => listedProject(call, project)))
  }),
  serve(getRecent, ['expand', 'properties'], (call) =>
    ok(recent(call).map((project) => listedProject(call, project))),
  ),
  serve(getProject, ['expand', 'properties'], (call) =>
    ok(fullProject(call, projectOf(call, call.path['projectIdOrKey']))),
  ),
  serve(getAllStatuses, [], statusesByType),
  serve(getHierarchy, [], hierarchy),
  serve(getProjectComponents, ['componentSource'], (call) => {
    const project = projectOf(call, call.path['projectIdOrKey'])
    return ok(project.components.map((component) => fullComponent(call, project, component)))
  }),
  serve(getProjectVersions, ['expand'], (call) => {
    const project = projectOf(call, call.path['projectIdOrKey'])
    return ok(project.versions.map((version) => fullVersion(call, project, version)))
  }),
  serve(
    getProjectVersionsPaginated,
    ['startAt', 'maxResults', 'orderBy', 'query', 'status', 'expand'],
    versions,
  ),
]
