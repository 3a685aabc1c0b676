import type { Call } from '../http/call.ts'
import { issuesIn } from '../world/indexes.ts'
import type { Project } from '../world/jira-model.ts'
import { fullComponent, fullVersion } from './project-view.ts'
import { propertiesOf } from './property-store.ts'
import {
  issueTypesOf,
  listedTypeView,
  projectAvatarUrls,
  rest,
  roleAddress,
  timeOf,
  userView,
} from './view.ts'

const expandable = 'description,lead,issueTypes,url,projectKeys,permissions,insight'

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

/** What is said of projects that are archived or in the trash (documented). */
function closedView(call: Call, { closed }: Project): Record<string, unknown> {
  if (!closed) return {}
  const [by, date] = [userView(call, closed.by), timeOf(call, closed.at)]
  return closed.as === 'archived'
    ? { archived: true, archivedDate: date, ...(by && { archivedBy: by }) }
    : { deleted: true, deletedDate: date, ...(by && { deletedBy: by }) }
}

/** The category of a project, if it has one. */
function categoryMember(call: Call, { categoryId }: Project): Record<string, unknown> {
  const category = call.site.jira.projectCategories.get(categoryId ?? '')
  if (!category) return {}
  const { id, name, description } = category
  return { projectCategory: { self: rest(call, `projectCategory/${id}`), id, name, description } }
}

const types = (call: Call, project: Project): readonly unknown[] =>
  issueTypesOf(call, project).map((type) => listedTypeView(call, type))

/** A project in the list of projects (recorded, F-ISS-20). */
export function listedProject(call: Call, project: Project): Record<string, unknown> {
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
    ...(expand.includes('url') && project.url !== undefined && { url: project.url }),
    ...(expand.includes('projectKeys') && { projectKeys: [project.key] }),
    ...(expand.includes('issueTypes') && { issueTypes: types(call, project) }),
    ...categoryMember(call, project),
    projectTypeKey: project.type,
    simplified: project.style === 'next-gen',
    style: project.style,
    isPrivate: !isOpen(call, project),
    properties: {},
    ...(project.style === 'next-gen' && { entityId: project.uuid, uuid: project.uuid }),
    ...(expand.includes('insight') && { insight: insightOf(call, project) }),
    ...closedView(call, project),
  }
}

/** A project by itself (documented). */
export function fullProject(call: Call, project: Project): Record<string, unknown> {
  const { jira } = call.site
  const wanted = call.query.list('properties')
  const expand = call.query.list('expand')
  const properties = [...propertiesOf(call.site, 'project', project.id)].filter(([key]) =>
    wanted.includes(key),
  )
  const roles = [...jira.roles.values()].filter(({ name }) => project.roles.has(name))
  return {
    expand: expandable,
    self: rest(call, `project/${project.id}`),
    id: project.id,
    key: project.key,
    description: project.description,
    lead: userView(call, project.leadId),
    components: project.components.map((component) => fullComponent(call, project, component)),
    issueTypes: types(call, project),
    ...(project.url !== undefined && { url: project.url }),
    assigneeType: project.assigneeType ?? 'UNASSIGNED',
    versions: project.versions.map((version) => fullVersion(call, project, version)),
    name: project.name,
    roles: Object.fromEntries(roles.map(({ id, name }) => [name, roleAddress(call, project, id)])),
    avatarUrls: projectAvatarUrls(call, project),
    ...(expand.includes('projectKeys') && { projectKeys: [project.key] }),
    ...categoryMember(call, project),
    projectTypeKey: project.type,
    simplified: project.style === 'next-gen',
    style: project.style,
    isPrivate: !isOpen(call, project),
    properties: Object.fromEntries(properties),
    ...(expand.includes('insight') && { insight: insightOf(call, project) }),
    ...(project.style === 'next-gen' && { entityId: project.uuid, uuid: project.uuid }),
    ...closedView(call, project),
  }
}
