import {
  createIssueType,
  deleteIssueType,
  getAllIssueTypeSchemes,
  getAlternativeIssueTypes,
  getIssueAllTypes,
  getIssueType,
  getIssueTypeSchemeForProjects,
  getIssueTypeSchemesMapping,
  getIssueTypesForProject,
  updateIssueType,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, json, ok, refuse, type Reply } from '../http/reply.ts'
import { asInteger, asText } from '../http/value.ts'
import { nextId } from '../world/ids.ts'
import type { IssueType, Project } from '../world/jira-model.ts'
import { bodyOf } from './body.ts'
import { projectOf, visibleProjects } from './find.ts'
import { pageBean, windowOf } from './page.ts'
import { freeName } from './ranked.ts'
import { administer, signedIn } from './rights.ts'
import { issueTypesOf, listedTypeView } from './view.ts'

/** The types of projects that the caller may see, and those that no project has yet. */
function visibleTypes(call: Call): readonly IssueType[] {
  const { projects, issueTypes } = call.site.jira
  const seen = new Set(visibleProjects(call).flatMap(({ issueTypeIds }) => issueTypeIds))
  const used = new Set([...projects.values()].flatMap(({ issueTypeIds }) => issueTypeIds))
  return [...issueTypes.values()].filter(({ id }) => seen.has(id) || !used.has(id))
}

function typeOf(call: Call): IssueType {
  const id = call.path['id'] ?? ''
  const found = visibleTypes(call).find((type) => type.id === id)
  return found ?? refuse(jiraError(404, ['The issue type was not found. Perhaps it has been deleted?']))
}

/** Types of a project of its own have names of their own. */
const peersOf = ({ site }: Call, projectId: string | undefined): readonly IssueType[] =>
  [...site.jira.issueTypes.values()].filter((type) => type.projectId === projectId)

function create(call: Call): Reply {
  administer(call)
  const body = bodyOf(call)
  const level = asInteger(body['hierarchyLevel']) ?? (body['type'] === 'subtask' ? -1 : 0)
  if (level !== 0 && level !== -1) {
    return jiraError(400, [], { hierarchyLevel: 'The level has to be 0 or -1.' })
  }
  const type: IssueType = {
    name: freeName([], body),
    description: asText(body['description']) ?? '',
    avatarId: level < 0 ? 10_316 : 10_300,
    level,
    id: nextId(call.world, 'part', call.site.cloudId),
  }
  call.site.jira.issueTypes.set(type.id, type)
  return json(201, listedTypeView(call, type))
}

function update(call: Call): Reply {
  administer(call)
  const type = typeOf(call)
  const body = bodyOf(call)
  type.name = freeName(type.projectId === undefined ? [] : peersOf(call, type.projectId), body, type)
  type.description = asText(body['description']) ?? type.description
  type.avatarId = asInteger(body['avatarId']) ?? type.avatarId
  return ok(listedTypeView(call, type))
}

/** Types of the same level in the same projects can take the issues over (documented). */
function alternatives(call: Call, type: IssueType): readonly IssueType[] {
  const homes = [...call.site.jira.projects.values()].filter(({ issueTypeIds }) =>
    issueTypeIds.includes(type.id),
  )
  return visibleTypes(call).filter(
    (other) =>
      other !== type &&
      other.level === type.level &&
      other.projectId === type.projectId &&
      homes.every(({ issueTypeIds }) => issueTypeIds.includes(other.id)),
  )
}

function remove(call: Call): Reply {
  administer(call)
  const type = typeOf(call)
  const { issues, issueTypes, projects } = call.site.jira
  const wanted = call.query.text('alternativeIssueTypeId')
  const other = alternatives(call, type).find(({ id }) => id === wanted)
  const used = [...issues.values()].filter(({ typeId }) => typeId === type.id)
  if (wanted !== undefined && !other) return jiraError(400, ['The alternative issue type is not suitable.'])
  if (used.length > 0 && !other) {
    return jiraError(409, ['The issue type is in use. Name another one with alternativeIssueTypeId.'])
  }
  for (const issue of used) issue.typeId = other?.id ?? issue.typeId
  for (const project of projects.values()) {
    project.issueTypeIds = project.issueTypeIds.filter((id) => id !== type.id)
  }
  issueTypes.delete(type.id)
  return empty()
}

/** An issue type scheme for each company-managed project (inferred: the simulator has no others). */
const schemeView = ({ id, key, issueTypeIds: [first = ''] }: Project): Record<string, unknown> => ({
  id,
  name: `${key}: Issue Type Scheme`,
  description: '',
  defaultIssueTypeId: first,
  isDefault: false,
})

const usageView = (project: Project): Record<string, unknown> => ({
  issueTypeScheme: schemeView(project),
  projectIds: [project.id],
})

const withSchemes = ({ site }: Call): readonly Project[] =>
  [...site.jira.projects.values()].filter(({ style }) => style === 'classic')

export const issueTypeHandlers: readonly Served[] = [
  serve(getIssueAllTypes, [], (call) => ok(visibleTypes(call).map((type) => listedTypeView(call, type)))),
  serve(getIssueTypesForProject, ['projectId', 'level'], (call) => {
    const project = projectOf(call, call.query.text('projectId'))
    const level = call.query.text('level')
    const types = issueTypesOf(call, project).filter(
      (type) => level === undefined || String(type.level) === level,
    )
    return ok(types.map((type) => listedTypeView(call, type)))
  }),
  serve(getIssueType, [], (call) => ok(listedTypeView(call, typeOf(call)))),
  serve(createIssueType, [], create),
  serve(updateIssueType, [], update),
  serve(deleteIssueType, ['alternativeIssueTypeId'], remove),
  serve(getAlternativeIssueTypes, [], (call) => {
    signedIn(call)
    return ok(alternatives(call, typeOf(call)).map((type) => listedTypeView(call, type)))
  }),
  serve(
    getAllIssueTypeSchemes,
    ['startAt', 'maxResults', 'id', 'orderBy', 'expand', 'queryString'],
    (call) => {
      administer(call)
      const ids = call.query.list('id')
      const words = call.query.text('queryString')?.toLowerCase() ?? ''
      const found = withSchemes(call).filter(
        ({ id, key }) => (ids.length === 0 || ids.includes(id)) && key.toLowerCase().includes(words),
      )
      const path = '/rest/api/3/issuetypescheme'
      return ok(pageBean(call, found, { path, window: windowOf(call, 50), view: schemeView }))
    },
  ),
  serve(getIssueTypeSchemesMapping, ['startAt', 'maxResults', 'issueTypeSchemeId'], (call) => {
    administer(call)
    const ids = call.query.list('issueTypeSchemeId')
    const pairs = withSchemes(call)
      .filter(({ id }) => ids.length === 0 || ids.includes(id))
      .flatMap(({ id, issueTypeIds }) =>
        issueTypeIds.map((issueTypeId) => ({ issueTypeSchemeId: id, issueTypeId })),
      )
    const path = '/rest/api/3/issuetypescheme/mapping'
    return ok(pageBean(call, pairs, { path, window: windowOf(call, 50), view: (pair) => pair }))
  }),
  serve(getIssueTypeSchemeForProjects, ['startAt', 'maxResults', 'projectId'], (call) => {
    administer(call)
    const ids = call.query.list('projectId')
    const found = withSchemes(call).filter(({ id }) => ids.includes(id))
    const path = '/rest/api/3/issuetypescheme/project'
    return ok(pageBean(call, found, { path, window: windowOf(call, 50), view: usageView }))
  }),
]
