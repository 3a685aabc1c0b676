import { numberGrants } from '../jira/permission-grants.ts'
import type { Holder, PermissionScheme, Project, ProjectPermission, Transition } from '../world/jira-model.ts'
import { uuidOf } from '../world/random.ts'
import { issueTypes } from './jira-basics.ts'
import { teamRole } from './plant-desk.ts'
import type { Planting } from './planting.ts'
import type { ProjectStory } from './story.ts'

const administrators: Holder = { type: 'role', role: 'Administrators' }
const membersOf = ({ kind = 'software' }: ProjectStory): Holder => ({ type: 'role', role: teamRole(kind) })

function readersOf(story: ProjectStory): readonly Holder[] {
  if (story.open === 'members') return [administrators, membersOf(story)]
  return [{ type: story.open }]
}

const ofMembers: readonly ProjectPermission[] = [
  ...(['CREATE_ISSUES', 'EDIT_ISSUES', 'TRANSITION_ISSUES', 'ASSIGN_ISSUES', 'ASSIGNABLE_USER'] as const),
  ...(['LINK_ISSUES', 'WORK_ON_ISSUES', 'VIEW_VOTERS_AND_WATCHERS', 'SCHEDULE_ISSUES'] as const),
  ...(['CLOSE_ISSUES', 'RESOLVE_ISSUES', 'MOVE_ISSUES', 'SET_ISSUE_SECURITY'] as const),
  ...(['CREATE_ATTACHMENTS', 'DELETE_OWN_ATTACHMENTS', 'VIEW_DEV_TOOLS'] as const),
  ...(['DELETE_OWN_WORKLOGS', 'EDIT_OWN_WORKLOGS', 'VIEW_READONLY_WORKFLOW'] as const),
  'MANAGE_SPRINTS_PERMISSION',
]
const ofAdministrators: readonly ProjectPermission[] = [
  ...(['ADMINISTER_PROJECTS', 'DELETE_ISSUES', 'DELETE_ALL_COMMENTS', 'EDIT_ALL_COMMENTS'] as const),
  ...(['MANAGE_WATCHERS', 'MODIFY_REPORTER', 'DELETE_ALL_ATTACHMENTS'] as const),
  ...(['DELETE_ALL_WORKLOGS', 'EDIT_ALL_WORKLOGS'] as const),
  ...(['ARCHIVE_ISSUES', 'UNARCHIVE_ISSUES'] as const),
]
const ofReaders: readonly ProjectPermission[] = ['ADD_COMMENTS', 'EDIT_OWN_COMMENTS', 'DELETE_OWN_COMMENTS']

/** Who may do what: readers comment, members work, administrators do the rest. On an open project, signed-in people read. */
function schemeOf(planting: Planting, id: string, story: ProjectStory): PermissionScheme {
  const { key, open } = story
  const readers = readersOf(story)
  const signedIn: readonly Holder[] = open === 'anyone' ? [{ type: 'licensed' }] : readers
  const entries: [ProjectPermission, readonly Holder[]][] = [
    ['BROWSE_PROJECTS', readers],
    ...ofReaders.map((permission): [ProjectPermission, readonly Holder[]] => [permission, signedIn]),
    ...ofMembers.map((permission): [ProjectPermission, readonly Holder[]] => [
      permission,
      [administrators, membersOf(story)],
    ]),
    ...ofAdministrators.map((permission): [ProjectPermission, readonly Holder[]] => [
      permission,
      [administrators],
    ]),
  ]
  return { id, name: `${key} permission scheme`, grants: numberGrants(planting, entries) }
}

/** Team-managed: from anywhere to anywhere. Company-managed: forward and back, and the last step asks for a resolution. */
function transitionsOf(
  { style, steps }: ProjectStory,
  statuses: readonly { readonly id: string; readonly name: string }[],
): readonly Transition[] {
  const idOf = (name: string): string => statuses.find((status) => status.name === name)?.id ?? ''
  if (steps) {
    return steps.map(({ from, to, ...step }, index) => {
      const id = String(11 + index * 10)
      return Object.assign(step, { id, from: from.map(idOf), to: idOf(to) })
    })
  }
  if (style === 'next-gen') {
    return statuses.map(({ id, name }, index) => ({ id: String(11 + index * 10), name, to: id }))
  }
  return statuses.flatMap(({ id, name }, index): readonly Transition[] => {
    const from = statuses.filter((_, other) => Math.abs(other - index) === 1).map((status) => status.id)
    const last = index === statuses.length - 1
    const screen = last ? { screen: [{ fieldId: 'resolution', required: true }] } : {}
    return [{ id: String(11 + index * 10), name: `Move to ${name}`, from, to: id, ...screen }]
  })
}

/** Numbers for what projects bring along; the same story gives the same numbers. */
function numbers(planting: Planting): (kind: string) => string {
  const { jira } = planting.site
  const first = 10_000 + jira.projects.size * 100
  const used = new Map<string, number>()
  return (kind) => {
    const next = (used.get(kind) ?? 0) + 1
    used.set(kind, next)
    return String(first + next)
  }
}

/** A project with its types, statuses, steps, roles and permissions, and no issues yet. */
export function plantProject(planting: Planting, story: ProjectStory): Project {
  const { jira, cloudId } = planting.site
  const number = numbers(planting)
  const id = String(10_000 + jira.projects.size)
  const own = story.style === 'next-gen' ? { projectId: id } : {}
  const types = story.types.map((name) => ({ id: number('type'), name, ...issueTypes[name], ...own }))
  const statuses = story.statuses.map(({ name, category }) => ({
    id: number('status'),
    name,
    description: '',
    category,
    ...own,
  }))
  for (const type of types) jira.issueTypes.set(type.id, type)
  for (const status of statuses) jira.statuses.set(status.id, status)
  const scheme = schemeOf(planting, number('scheme'), story)
  jira.schemes.set(scheme.id, scheme)
  const role = (handles: readonly string[]): { people: Set<string>; groups: Set<string> } => ({
    people: new Set(planting.ids(handles)),
    groups: new Set(),
  })
  const project: Project = {
    id,
    key: story.key,
    type: story.kind ?? 'software',
    uuid: uuidOf(`project ${cloudId} ${story.key}`),
    name: story.name,
    description: story.description,
    style: story.style,
    leadId: planting.person(story.lead).accountId,
    avatarId: 10_400 + jira.projects.size,
    issueTypeIds: types.map((type) => type.id),
    statusIds: statuses.map((status) => status.id),
    transitions: transitionsOf(story, statuses),
    roles: new Map([
      ['Administrators', role(story.administrators)],
      [teamRole(story.kind ?? 'software'), role(story.members)],
    ]),
    schemeId: scheme.id,
    components: (story.components ?? []).map((name) => ({ id: number('component'), name, description: '' })),
    versions: (story.versions ?? []).map(({ name, released, due }) => ({
      id: number('version'),
      name,
      description: '',
      released,
      archived: false,
      releaseDate: planting.calendar.date(due),
    })),
    counter: 0,
  }
  jira.projects.set(id, project)
  return project
}
