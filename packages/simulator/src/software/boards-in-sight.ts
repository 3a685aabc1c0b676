import type { Call } from '../http/call.ts'
import type { Project } from '../world/jira-model.ts'
import { may } from '../world/permissions.ts'
import type { Board } from '../world/software-model.ts'
import { refuseAgile } from './refuse.ts'

type Asked = Pick<Call, 'site' | 'caller'>

/** The project that a board lives in. */
export function homeOf({ site }: Pick<Call, 'site'>, { location }: Board): Project | undefined {
  return location.type === 'project' ? site.jira.projects.get(location.projectId) : undefined
}

/** Whether the caller sees a board: its project, or that it is the caller's own (inferred). */
export function seesBoard(asked: Asked, board: Board): boolean {
  const { site, caller } = asked
  if (board.location.type === 'user') return board.location.accountId === caller.person?.accountId
  const project = homeOf(asked, board)
  return project !== undefined && may(caller, 'BROWSE_PROJECTS', { site, project })
}

/** The boards that the caller sees, by id. */
export function visibleBoards(asked: Asked): readonly Board[] {
  return [...asked.site.software.boards.values()].filter((board) => seesBoard(asked, board))
}

/** Whether the caller may change a board: who made it, who administers its project or the site (documented). */
export function administersBoard(asked: Asked, board: Board): boolean {
  const { site, caller } = asked
  const accountId = caller.person?.accountId
  if (accountId === undefined) return false
  if (board.createdBy === accountId || site.members.get(accountId)?.admin === true) return true
  const project = homeOf(asked, board)
  return project !== undefined && may(caller, 'ADMINISTER_PROJECTS', { site, project })
}

/** The board in the path, if the caller sees it. Hidden and missing are one answer (reported). */
export function boardOf(call: Call, id = call.path['boardId']): Board {
  const board = call.site.software.boards.get(id ?? '')
  if (board && seesBoard(call, board)) return board
  return refuseAgile(
    404,
    'The requested board cannot be viewed because it either does not exist or you do not have permission to view it.',
  )
}

/** Whether work on a board goes in sprints. */
export function hasSprints({ type, features }: Board): boolean {
  return type === 'scrum' || (type === 'simple' && features.get('SPRINTS') === true)
}

/** A board that has sprints; others are refused in the reported words. */
export function sprintBoardOf(call: Call, id?: string): Board {
  const board = boardOf(call, id)
  return hasSprints(board) ? board : refuseAgile(400, 'The board does not support sprints')
}
