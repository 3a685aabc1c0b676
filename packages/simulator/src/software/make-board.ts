import type { Call } from '../http/call.ts'
import { asId, asObject, asText } from '../http/value.ts'
import { bodyOf } from '../jira/body.ts'
import { findProject } from '../jira/find.ts'
import { maySee } from '../jira/share-permissions.ts'
import type { View } from '../jira/view.ts'
import { nextId } from '../world/ids.ts'
import type { Project } from '../world/jira-model.ts'
import type { Site } from '../world/model.ts'
import { may } from '../world/permissions.ts'
import type { Board, BoardColumn, BoardLocation } from '../world/software-model.ts'
import { projectsOfBoard } from './board-projects.ts'
import { refuseAgile } from './refuse.ts'

/** What a new board is made from. */
export type WantedBoard = Pick<Board, 'name' | 'type' | 'filterId' | 'location'> &
  Partial<Pick<Board, 'columns' | 'kanbanBacklog' | 'constraintType' | 'quickFilters'>>

/** A column for each status of the projects, in the order of their workflows: what a new board begins with (inferred). */
function columnsOf(site: Site, projects: readonly Project[]): readonly BoardColumn[] {
  const columns = new Map<string, string[]>()
  for (const statusId of projects.flatMap(({ statusIds }) => statusIds)) {
    const name = site.jira.statuses.get(statusId)?.name ?? ''
    columns.set(name, [...(columns.get(name) ?? []), statusId])
  }
  return [...columns].map(([name, statusIds]) => ({ name, statusIds: [...new Set(statusIds)] }))
}

/** Puts a board into the world. Boards with sprints estimate in points. */
export function makeBoard(
  view: Pick<View, 'world' | 'site' | 'caller'>,
  { name, type, filterId, location, ...more }: WantedBoard,
): Board {
  const { columns, kanbanBacklog = false, constraintType = 'none', quickFilters = [] } = more
  const { site, world, caller } = view
  const points = [...site.jira.customFields.values()].find((field) => field.type === 'number')?.id ?? null
  const board: Board = {
    id: nextId(world, 'board', site.cloudId),
    name,
    type,
    filterId,
    location,
    createdBy: caller.person?.accountId ?? '',
    columns: columns ?? [],
    constraintType,
    subQuery: null,
    kanbanBacklog,
    estimationFieldId: type === 'kanban' ? null : points,
    quickFilters,
    features: new Map(),
    properties: new Map(),
    parallelSprints: false,
  }
  const whole = columns ? board : { ...board, columns: columnsOf(site, projectsOfBoard(site, board)) }
  site.software.boards.set(whole.id, whole)
  return whole
}

/** The place of a new board: a project that the caller administers, or the caller (documented). */
function locationIn(call: Call, given: unknown): BoardLocation {
  const location = asObject(given)
  const accountId = call.caller.person?.accountId ?? refuseAgile(401, 'Sign in to make a board.')
  if (location === undefined || location['type'] === 'user') return { type: 'user', accountId }
  if (location['type'] !== 'project')
    return refuseAgile(400, 'The location of a board is a project or a user.')
  const name = asId(location['projectKeyOrId']) ?? ''
  const project = findProject(call.site, name)
  if (!project || !may(call.caller, 'BROWSE_PROJECTS', { site: call.site, project })) {
    return refuseAgile(400, `No project could be found with key or id '${name}'.`)
  }
  return may(call.caller, 'ADMINISTER_PROJECTS', { site: call.site, project })
    ? { type: 'project', projectId: project.id }
    : refuseAgile(403, 'You do not have permission to make a board in this project.')
}

/** Reads what a board is to be: its name, its type and its filter have to be there (documented). */
export function wantedBoard(call: Call): WantedBoard {
  const body = bodyOf(call)
  const name = asText(body['name'])?.trim() ?? ''
  if (name === '' || name.length >= 255) {
    return refuseAgile(400, 'The name of a board must have between 1 and 254 characters.')
  }
  const { type } = body
  if (type !== 'scrum' && type !== 'kanban')
    return refuseAgile(400, 'The type of a board is scrum or kanban.')
  const filterId = asId(body['filterId']) ?? ''
  const filter = call.site.jira.filters.get(filterId)
  if (!filter || !maySee(call, filter)) {
    return refuseAgile(
      400,
      'The selected filter is not available to you, perhaps it has been deleted or had its permissions changed.',
    )
  }
  return { name, type, filterId, location: locationIn(call, body['location']) }
}
