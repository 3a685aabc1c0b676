import { asId, asObject, asText } from '../../http/value.ts'
import type { Component, Issue, Version } from '../../world/jira-model.ts'
import { componentView, versionView } from '../project-view.ts'
import {
  categoryView,
  issueTypeView,
  priorityView,
  projectView,
  resolutionView,
  statusView,
  type View,
} from '../view.ts'
import { accepted, type Editing, type FieldSpec, refused, type Target } from './spec.ts'

/** Finds one of several by the `id` or `name` of a value such as `{ "id": "3" }`. */
export function pick<Item extends { readonly id: string; readonly name: string }>(
  items: Iterable<Item>,
  value: unknown,
): Item | undefined {
  const given = asObject(value)
  const id = asId(given?.['id'])
  const name = asText(given?.['name'])?.toLowerCase()
  for (const item of items)
    if (id === undefined ? item.name.toLowerCase() === name : item.id === id) return item
  return undefined
}

const named = (value: unknown): string => {
  const given = asObject(value)
  return asText(given?.['name']) ?? asId(given?.['id']) ?? ''
}

const projectOf = ({ site }: Pick<View, 'site'>, issue: Issue): ReturnType<typeof site.jira.projects.get> =>
  site.jira.projects.get(issue.projectId)

/** Components and versions: lists of things that belong to the project. */
function listField<Item extends Component | Version>(kind: {
  readonly id: string
  readonly name: string
  readonly clauseNames: readonly string[]
  readonly items: 'component' | 'version'
  readonly changeName: string
  readonly all: (target: Pick<Target, 'project'>) => readonly Item[]
  readonly view: (view: View, item: Item) => unknown
  readonly read: (issue: Issue) => readonly string[]
  readonly write: (issue: Issue, ids: readonly string[]) => void
}): FieldSpec {
  const find = (target: Target, value: unknown): Item | string =>
    pick(kind.all(target), value) ?? `${kind.name} name '${named(value)}' is not valid`
  const itemsOf = (view: View, issue: Issue): readonly Item[] => {
    const project = projectOf(view, issue)
    const ids = kind.read(issue)
    return project ? kind.all({ project }).filter(({ id }) => ids.includes(id)) : []
  }
  return {
    id: kind.id,
    name: kind.name,
    clauseNames: kind.clauseNames,
    schema: { type: 'array', items: kind.items, system: kind.id },
    orderable: true,
    navigable: true,
    searchable: true,
    changeName: kind.changeName,
    several: true,
    show: (view, issue) => itemsOf(view, issue).map((item) => kind.view(view, item)),
    trace: (view, issue) => itemsOf(view, issue).map(({ id, name }) => ({ id, text: name })),
    edit: {
      operations: ['add', 'set', 'remove'],
      screens: 'both',
      allowed: (target) => kind.all(target).map((item) => kind.view(target, item)),
      set(value, target) {
        if (value !== null && !Array.isArray(value)) return refused('data was not an array')
        const ids: string[] = []
        for (const one of value ?? []) {
          const item = find(target, one)
          if (typeof item === 'string') return refused(item)
          ids.push(item.id)
        }
        return accepted((issue) => kind.write(issue, ids))
      },
      change(operation, value, target) {
        const item = find(target, value)
        if (typeof item === 'string') return refused(item)
        return accepted((issue) => {
          const others = kind.read(issue).filter((id) => id !== item.id)
          kind.write(issue, operation === 'add' ? [...others, item.id] : others)
        })
      },
    },
  }
}

const typeEditing: Editing = {
  operations: [],
  required: true,
  screens: 'both',
  allowed: (target) => [issueTypeView(target, target.type)],
  set(value, { project, site, issue }) {
    const type = pick(
      [...site.jira.issueTypes.values()].filter(({ id }) => project.issueTypeIds.includes(id)),
      value,
    )
    if (!type) return refused('Specify a valid issue type')
    const level = issue && site.jira.issueTypes.get(issue.typeId)?.level
    if (level !== undefined && level !== type.level) return refused('The issue type selected is invalid.')
    return accepted((changed) => {
      changed.typeId = type.id
    })
  },
}

const priorityEditing: Editing = {
  operations: ['set'],
  hasDefault: true,
  screens: 'both',
  allowed: (target) =>
    [...target.site.jira.priorities.values()].map((priority) => priorityView(target, priority)),
  set(value, { site }) {
    const priority = pick(site.jira.priorities.values(), value)
    if (!priority) return refused('The priority selected is invalid.')
    return accepted((issue) => {
      issue.priorityId = priority.id
    })
  },
}

const resolutionEditing: Editing = {
  operations: ['set'],
  screens: 'transition',
  allowed: (target) =>
    [...target.site.jira.resolutions.values()].map((resolution) => resolutionView(target, resolution)),
  set(value, { site, now }) {
    const resolution = value === null ? null : pick(site.jira.resolutions.values(), value)
    if (resolution === undefined) return refused('The resolution selected is invalid.')
    return accepted((issue) => {
      issue.resolutionId = resolution?.id ?? null
      issue.resolved = resolution === null ? null : now
    })
  },
}

const shown = { navigable: true, searchable: true } as const

export const choiceFields: readonly FieldSpec[] = [
  {
    ...shown,
    id: 'issuetype',
    name: 'Issue Type',
    clauseNames: ['issuetype', 'type'],
    schema: { type: 'issuetype', system: 'issuetype' },
    orderable: true,
    show(view, issue) {
      const type = view.site.jira.issueTypes.get(issue.typeId)
      return type ? issueTypeView(view, type) : null
    },
    trace: ({ site }, { typeId }) => [{ id: typeId, text: site.jira.issueTypes.get(typeId)?.name ?? null }],
    edit: typeEditing,
  },
  {
    ...shown,
    id: 'project',
    name: 'Project',
    clauseNames: ['project'],
    schema: { type: 'project', system: 'project' },
    show(view, issue) {
      const project = projectOf(view, issue)
      return project ? projectView(view, project) : null
    },
    edit: {
      operations: ['set'],
      required: true,
      screens: 'create',
      allowed: (target) => [projectView(target, target.project)],
      // The project was found before all other fields, since they depend on it.
      set: () => accepted(() => undefined),
    },
  },
  {
    ...shown,
    id: 'priority',
    name: 'Priority',
    clauseNames: ['priority'],
    schema: { type: 'priority', system: 'priority' },
    orderable: true,
    show(view, issue) {
      const priority = view.site.jira.priorities.get(issue.priorityId)
      return priority ? priorityView(view, priority) : null
    },
    trace: ({ site }, { priorityId }) => [
      { id: priorityId, text: site.jira.priorities.get(priorityId)?.name ?? null },
    ],
    edit: priorityEditing,
  },
  {
    ...shown,
    id: 'status',
    name: 'Status',
    clauseNames: ['status'],
    schema: { type: 'status', system: 'status' },
    show(view, issue) {
      const status = view.site.jira.statuses.get(issue.statusId)
      return status ? statusView(view, status) : null
    },
    trace: ({ site }, { statusId }) => [
      { id: statusId, text: site.jira.statuses.get(statusId)?.name ?? null },
    ],
  },
  {
    ...shown,
    id: 'statusCategory',
    name: 'Status Category',
    clauseNames: ['statusCategory'],
    schema: { type: 'statusCategory', system: 'statusCategory' },
    show(view, issue) {
      const status = view.site.jira.statuses.get(issue.statusId)
      return status ? categoryView(view, status.category) : null
    },
  },
  {
    ...shown,
    id: 'resolution',
    name: 'Resolution',
    clauseNames: ['resolution'],
    schema: { type: 'resolution', system: 'resolution' },
    orderable: true,
    show(view, issue) {
      const resolution = view.site.jira.resolutions.get(issue.resolutionId ?? '')
      return resolution ? resolutionView(view, resolution) : null
    },
    trace: ({ site }, { resolutionId }) =>
      resolutionId === null
        ? []
        : [{ id: resolutionId, text: site.jira.resolutions.get(resolutionId)?.name ?? null }],
    edit: resolutionEditing,
  },
  listField({
    id: 'components',
    name: 'Components',
    clauseNames: ['component'],
    items: 'component',
    changeName: 'Component',
    all: ({ project }) => project.components,
    view: componentView,
    read: (issue) => issue.componentIds,
    write: (issue, ids) => {
      issue.componentIds = ids
    },
  }),
  listField({
    id: 'fixVersions',
    name: 'Fix versions',
    clauseNames: ['fixVersion'],
    items: 'version',
    changeName: 'Fix Version',
    all: ({ project }) => project.versions,
    view: versionView,
    read: (issue) => issue.fixVersionIds,
    write: (issue, ids) => {
      issue.fixVersionIds = ids
    },
  }),
  listField({
    id: 'versions',
    name: 'Affects versions',
    clauseNames: ['affectedVersion'],
    items: 'version',
    changeName: 'Version',
    all: ({ project }) => project.versions,
    view: versionView,
    read: (issue) => issue.versionIds,
    write: (issue, ids) => {
      issue.versionIds = ids
    },
  }),
]
