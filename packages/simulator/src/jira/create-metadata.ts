import {
  getCreateIssueMeta,
  getCreateIssueMetaIssueTypeId,
  getCreateIssueMetaIssueTypes,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { ok, refuse, type Reply } from '../http/reply.ts'
import type { IssueType, Project } from '../world/jira-model.ts'
import { may } from '../world/permissions.ts'
import { projectOf, visibleProjects } from './find.ts'
import { fieldMetadata } from './metadata.ts'
import { cut, windowOf } from './page.ts'
import { createTypeView, projectAvatarUrls, rest } from './view.ts'
import { fieldsOn } from './write.ts'

/** A project in which the caller may make issues; others look as if they were not there (inferred). */
function creatable(call: Call): Project {
  const project = projectOf(call, call.path['projectIdOrKey'])
  if (may(call.caller, 'CREATE_ISSUES', { site: call.site, project })) return project
  return refuse(jiraError(400, ['You do not have permission to create issues in this project.']))
}

function typesOf({ site }: Call, project: Project): readonly IssueType[] {
  return project.issueTypeIds.flatMap((id) => site.jira.issueTypes.get(id) ?? [])
}

function fields(
  call: Call,
  project: Project,
  type: IssueType,
): readonly (readonly [string, Record<string, unknown>])[] {
  return fieldsOn('create', { site: call.site, project, typeId: type.id })
    .filter(({ id }) => id !== 'parent' || type.level < 1)
    .map((field) => {
      const place = field.id === 'parent' ? { project, type, required: type.level < 0 } : { project, type }
      return [field.id, fieldMetadata(call, field, place)]
    })
}

function issueTypes(call: Call): Reply {
  const project = creatable(call)
  const types = typesOf(call, project)
  const window = windowOf(call, 50, 200)
  return ok({
    ...window,
    total: types.length,
    issueTypes: cut(types, window).map((type) => createTypeView(call, type)),
  })
}

function issueType(call: Call): Reply {
  const project = creatable(call)
  const type = typesOf(call, project).find(({ id }) => id === call.path['issueTypeId'])
  if (!type) return jiraError(400, ['The issue type does not belong to the project.'])
  const window = windowOf(call, 50, 200)
  const all = fields(call, project, type)
  const list = cut(all, window).map(([fieldId, metadata]) => Object.assign(metadata, { fieldId }))
  return ok({ ...window, total: all.length, fields: list })
}

/** The old form, everything in one answer, with a warning in its header (recorded, F-META-01, F-HDR-15). */
function everything(call: Call): Reply {
  const { query } = call
  const [keys, ids] = [query.list('projectKeys'), query.list('projectIds')]
  const [typeIds, typeNames] = [query.list('issuetypeIds'), query.list('issuetypeNames')]
  const withFields = query.list('expand').includes('projects.issuetypes.fields')
  const wanted = visibleProjects(call)
    .filter((project) => may(call.caller, 'CREATE_ISSUES', { site: call.site, project }))
    .filter(({ key }) => keys.length === 0 || keys.includes(key))
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
  const typeView = (project: Project, type: IssueType): Record<string, unknown> => ({
    ...createTypeView(call, type),
    ...(withFields && { expand: 'fields', fields: Object.fromEntries(fields(call, project, type)) }),
  })
  const projectView = (project: Project): Record<string, unknown> => ({
    ...(withFields && { expand: 'issuetypes' }),
    self: rest(call, `project/${project.id}`),
    id: project.id,
    key: project.key,
    name: project.name,
    avatarUrls: projectAvatarUrls(call, project),
    issuetypes: typesOf(call, project)
      .filter(({ id }) => typeIds.length === 0 || typeIds.includes(id))
      .filter(({ name }) => typeNames.length === 0 || typeNames.includes(name))
      .map((type) => typeView(project, type)),
  })
  const projects = wanted.map(projectView)
  const warning =
    'The issue create meta endpoint has been deprecated. (Deprecation start date: June 03, 2024)'
  return { ...ok({ expand: 'projects', projects }), headers: { warning } }
}

export const createMetadataHandlers: readonly Served[] = [
  serve(getCreateIssueMetaIssueTypes, ['startAt', 'maxResults'], issueTypes),
  serve(getCreateIssueMetaIssueTypeId, ['startAt', 'maxResults'], issueType),
  serve(
    getCreateIssueMeta,
    ['projectIds', 'projectKeys', 'issuetypeIds', 'issuetypeNames', 'expand'],
    everything,
  ),
]
