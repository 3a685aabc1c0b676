import type { Call } from '../http/call.ts'
import { sees } from '../query/jql-values.ts'
import { may } from '../world/permissions.ts'
import type { Board, Sprint } from '../world/software-model.ts'
import { issuesOnBoard } from './board-issues.ts'
import { projectsOfBoard } from './board-projects.ts'
import { seesBoard } from './boards-in-sight.ts'
import { sprintsOf } from './membership.ts'
import { refuseAgile } from './refuse.ts'

/** A sprint is seen by who sees the board it was made on, or one of its issues (documented). */
function seesSprint(call: Call, sprint: Sprint): boolean {
  const board = call.site.software.boards.get(sprint.boardId)
  if (board && seesBoard(call, board)) return true
  return [...call.site.jira.issues.values()].some(
    (issue) => sprintsOf(call.site, issue).includes(sprint) && sees(call, issue),
  )
}

/** The sprint in the path, if the caller sees it (the sentence is reported). */
export function sprintOf(call: Call, id = call.path['sprintId']): Sprint {
  const sprint = call.site.software.sprints.get(id ?? '')
  return sprint && seesSprint(call, sprint) ? sprint : refuseAgile(404, 'We could not find the sprint')
}

/** A sprint is changed by who may manage sprints in every project of its board (documented). */
export function managesSprints(
  { site, caller }: Pick<Call, 'site' | 'caller'>,
  board: Board | undefined,
): boolean {
  const projects = board ? projectsOfBoard(site, board) : []
  return (
    projects.length > 0 &&
    projects.every((project) => may(caller, 'MANAGE_SPRINTS_PERMISSION', { site, project }))
  )
}

/** The sprint in the path, for a caller who may change it. */
export function managedSprintOf(call: Call): Sprint {
  const sprint = sprintOf(call)
  return managesSprints(call, call.site.software.boards.get(sprint.boardId))
    ? sprint
    : refuseAgile(403, 'You do not have permission to manage this sprint.')
}

/** The sprints of a board: its own, and those of others that hold issues of it (reported). Those that are over first. */
export function sprintsOfBoard(call: Call, board: Board): readonly Sprint[] {
  const shown = new Set(issuesOnBoard(call, board).flatMap((issue) => sprintsOf(call.site, issue)))
  return [...call.site.software.sprints.values()]
    .filter((sprint) => sprint.boardId === board.id || shown.has(sprint))
    .toSorted((one, other) => places[one.state] - places[other.state] || one.position - other.position)
}

const places: Readonly<Record<Sprint['state'], number>> = { closed: 0, active: 1, future: 2 }
