import { asId } from '../http/value.ts'
import { accepted, type Editing, type FieldSpec, refused } from '../jira/fields/spec.ts'
import { recordChanges, traceOf } from '../jira/history.ts'
import type { View } from '../jira/view.ts'
import type { Issue } from '../world/jira-model.ts'
import type { Site } from '../world/model.ts'
import type { Sprint } from '../world/software-model.ts'
import { day } from './sprint-view.ts'

/** The custom field that holds the sprints of an issue. */
export const sprintFieldId = 'customfield_10020'

/** The sentence about a sprint that is over (reported). */
export const closedSprintSentence = 'Issue can be assigned only active or future sprints.'

/** A subtask is where its parent is (reported). */
export function bearer({ jira }: Site, issue: Issue): Issue {
  const level = jira.issueTypes.get(issue.typeId)?.level ?? 0
  return (level < 0 ? jira.issues.get(issue.parentId ?? '') : undefined) ?? issue
}

/** The sprints that an issue is and was in, in the order it came into them. */
export function sprintsOf(site: Site, issue: Issue): readonly Sprint[] {
  const held = bearer(site, issue).custom.get(sprintFieldId)
  const ids: readonly unknown[] = Array.isArray(held) ? held : []
  return ids.flatMap((id) => site.software.sprints.get(String(id)) ?? [])
}

/** The sprint that is under way or planned; an issue is in one of those at most. */
export function openSprintOf(site: Site, issue: Issue): Sprint | undefined {
  return sprintsOf(site, issue).find(({ state }) => state !== 'closed')
}

/** Writes the open sprint of an issue; what is closed stays in its list (reported). */
function writeSprint(site: Site, issue: Issue, sprintId: string | null): void {
  const closed = sprintsOf(site, issue).filter(({ state }) => state === 'closed')
  const ids = [...closed.map(({ id }) => id), ...(sprintId === null ? [] : [sprintId])]
  if (ids.length === 0) issue.custom.delete(sprintFieldId)
  else issue.custom.set(sprintFieldId, ids)
}

/** Moves an issue into an open sprint, or out of it, and writes it into the changelog. */
export function moveToSprint(
  view: View,
  issue: Issue,
  { sprintId, now }: { readonly sprintId: string | null; readonly now: number },
): void {
  const before = traceOf(view, issue)
  writeSprint(view.site, issue, sprintId)
  recordChanges(view, issue, { before, now })
}

/** Takes a sprint that is going away out of the lists of all issues. */
export function forgetSprint(view: View, sprintId: string, now: number): void {
  for (const issue of view.site.jira.issues.values()) {
    const held = issue.custom.get(sprintFieldId)
    if (!Array.isArray(held) || !held.includes(sprintId)) continue
    const before = traceOf(view, issue)
    const left = held.filter((id) => id !== sprintId)
    if (left.length === 0) issue.custom.delete(sprintFieldId)
    else issue.custom.set(sprintFieldId, left)
    recordChanges(view, issue, { before, now })
  }
}

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
