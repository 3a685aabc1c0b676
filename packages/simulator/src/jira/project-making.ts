import type { Call } from '../http/call.ts'
import { issueTypes } from '../seeds/jira-basics.ts'
import { nextId } from '../world/ids.ts'
import type {
  Holder,
  IssueType,
  PermissionScheme,
  Project,
  ProjectPermission,
  Status,
} from '../world/jira-model.ts'
import { numberGrants } from './permission-grants.ts'

/** What a new project is to be. */
export interface NewProject extends Pick<
  Project,
  'key' | 'name' | 'description' | 'leadId' | 'style' | 'type'
> {
  readonly schemeId?: string
}

const administrators: Holder = { type: 'role', role: 'Administrators' }
const members: Holder = { type: 'role', role: 'Members' }
const licensed: Holder = { type: 'licensed' }

const ofAdministrators: readonly ProjectPermission[] = [
  ...(['ADMINISTER_PROJECTS', 'ARCHIVE_ISSUES', 'DELETE_ALL_ATTACHMENTS', 'DELETE_ALL_COMMENTS'] as const),
  ...(['DELETE_ALL_WORKLOGS', 'DELETE_ISSUES', 'EDIT_ALL_COMMENTS', 'EDIT_ALL_WORKLOGS'] as const),
  ...(['MANAGE_SPRINTS_PERMISSION', 'MANAGE_WATCHERS', 'MODIFY_REPORTER', 'UNARCHIVE_ISSUES'] as const),
]
const ofEveryone: readonly ProjectPermission[] = [
  ...(['ADD_COMMENTS', 'ASSIGNABLE_USER', 'ASSIGN_ISSUES', 'BROWSE_PROJECTS', 'CLOSE_ISSUES'] as const),
  ...(['CREATE_ATTACHMENTS', 'CREATE_ISSUES', 'DELETE_OWN_ATTACHMENTS', 'DELETE_OWN_COMMENTS'] as const),
  ...(['DELETE_OWN_WORKLOGS', 'EDIT_ISSUES', 'EDIT_OWN_COMMENTS', 'EDIT_OWN_WORKLOGS'] as const),
  ...(['LINK_ISSUES', 'MOVE_ISSUES', 'RESOLVE_ISSUES', 'SCHEDULE_ISSUES', 'SET_ISSUE_SECURITY'] as const),
  ...(['TRANSITION_ISSUES', 'VIEW_DEV_TOOLS', 'VIEW_READONLY_WORKFLOW'] as const),
  ...(['VIEW_VOTERS_AND_WATCHERS', 'WORK_ON_ISSUES'] as const),
]

/** What the service gives new projects: everyone with Jira works in it, administrators do the rest (inferred). */
function makeScheme(call: Call, name: string): PermissionScheme {
  const scheme: PermissionScheme = {
    id: nextId(call.world, 'part', call.site.cloudId),
    name: `${name} permission scheme`,
    grants: numberGrants(call, [
      ...ofEveryone.map((permission): [ProjectPermission, readonly Holder[]] => [
        permission,
        [licensed, members, administrators],
      ]),
      ...ofAdministrators.map((permission): [ProjectPermission, readonly Holder[]] => [
        permission,
        [administrators],
      ]),
    ]),
  }
  call.site.jira.schemes.set(scheme.id, scheme)
  return scheme
}

const firstStatuses = [
  { name: 'To Do', category: 'new' },
  { name: 'In Progress', category: 'indeterminate' },
  { name: 'Done', category: 'done' },
] as const

/** Makes a project with types, statuses, steps, roles and permissions of its own. */
export function makeProject(call: Call, wanted: NewProject): Project {
  const { world, site } = call
  const { jira, cloudId } = site
  const part = (): string => nextId(world, 'part', cloudId)
  const id = nextId(world, 'project', cloudId)
  const own = wanted.style === 'next-gen' ? { projectId: id } : {}
  const types = Object.entries(issueTypes).map(([name, about]): IssueType =>
    Object.assign({ id: part(), name }, about, own),
  )
  const statuses = firstStatuses.map((status): Status =>
    Object.assign({ id: part(), description: '' }, status, own),
  )
  for (const type of types) jira.issueTypes.set(type.id, type)
  for (const status of statuses) jira.statuses.set(status.id, status)
  const project: Project = {
    ...wanted,
    id,
    uuid: call.random.uuid('project'),
    avatarId: 10_400 + (jira.projects.size % 24),
    issueTypeIds: types.map((type) => type.id),
    statusIds: statuses.map((status) => status.id),
    transitions: statuses.map((status, index) => ({
      id: String(11 + index * 10),
      name: status.name,
      to: status.id,
    })),
    roles: new Map(
      Array.from(jira.roles.values(), (role) => [
        role.name,
        { people: new Set(role.people), groups: new Set(role.groups) },
      ]),
    ),
    schemeId: wanted.schemeId ?? makeScheme(call, wanted.key).id,
    components: [],
    versions: [],
    counter: 0,
  }
  project.roles.get('Administrators')?.people.add(wanted.leadId)
  jira.projects.set(id, project)
  return project
}
