import { asId } from '../http/value.ts'
import { accepted, type Editing, type FieldSpec, refused } from '../jira/fields/spec.ts'
import type { Sprint } from '../world/software-model.ts'
import { sprintFieldId, sprintsOf, writeSprint } from './membership.ts'
import { day } from './sprint-view.ts'

/** The sentence about a sprint that is over (reported). */
export const closedSprintSentence = 'Issue can be assigned only active or future sprints.'

/** A sprint as it stands in the custom field (reported). */
function fieldView({ id, name, state, boardId, goal, ...sprint }: Sprint): Record<string, unknown> {
  return {
    id: Number(id),
    name,
    state,
    boardId: Number(boardId),
    goal,
    ...(sprint.startAt !== null && { startDate: day(sprint.startAt) }),
    ...(sprint.endAt !== null && { endDate: day(sprint.endAt) }),
    ...(sprint.completedAt !== null && { completeDate: day(sprint.completedAt) }),
  }
}

const editing: Editing = {
  operations: ['set'],
  screens: 'both',
  set(value, { site, type }) {
    if (value === null) return accepted((issue) => writeSprint(site, issue, null))
    const sprint = site.software.sprints.get(asId(value) ?? '')
    if (!sprint) return refused('We could not find the sprint')
    if (sprint.state === 'closed') return refused(closedSprintSentence)
    if (type.level !== 0) return refused('Only standard issues can be in a sprint.')
    return accepted((issue) => writeSprint(site, issue, sprint.id))
  },
}

/** The sprints of an issue as a field: what is shown, written and remembered. */
export const sprintField: FieldSpec = {
  id: sprintFieldId,
  name: 'Sprint',
  clauseNames: ['cf[10020]', 'Sprint'],
  schema: { type: 'array', items: 'json', custom: 'com.pyxis.greenhopper.jira:gh-sprint', customId: 10_020 },
  custom: true,
  orderable: true,
  navigable: true,
  searchable: true,
  show({ site }, issue) {
    const sprints = sprintsOf(site, issue)
    return sprints.length === 0 ? null : sprints.map(fieldView)
  },
  trace({ site }, issue) {
    const sprints = sprintsOf(site, issue)
    if (sprints.length === 0) return [{ id: '', text: '' }]
    const join = (read: (sprint: Sprint) => string): string => sprints.map(read).join(', ')
    return [{ id: join(({ id }) => id), text: join(({ name }) => name) }]
  },
  edit: editing,
}
