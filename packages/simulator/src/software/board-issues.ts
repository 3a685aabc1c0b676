import type { Call } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { refuse } from '../http/reply.ts'
import { sees } from '../query/jql-values.ts'
import { findIssues } from '../query/jql.ts'
import type { Issue } from '../world/jira-model.ts'
import type { Site } from '../world/model.ts'
import type { Board } from '../world/software-model.ts'
import { hasSprints } from './boards-in-sight.ts'
import { isEpic, openSprintOf } from './membership.ts'

/** By rank, and by id where two have the same. */
export function byRank(one: Issue, other: Issue): number {
  if (one.rank !== other.rank) return one.rank < other.rank ? -1 : 1
  return Number(one.id) - Number(other.id)
}

const matching = (call: Call, jql: string): readonly Issue[] => {
  const found = findIssues(call, jql)
  return found.ok ? found.issues : []
}

/** The statuses of the last column that has any: what stands there is done (documented). */
function doneStatuses({ columns }: Board): readonly string[] {
  return columns.findLast(({ statusIds }) => statusIds.length > 0)?.statusIds ?? []
}

/**
 * The issues of a board in the order of their ranks: those of its filter whose status is in a column. Epics are not on
 * boards with sprints, and a kanban board may show less than its filter (documented).
 */
export function issuesOnBoard(call: Call, board: Board): readonly Issue[] {
  const { site } = call
  const filter = site.jira.filters.get(board.filterId)
  const shown = new Set(board.columns.flatMap(({ statusIds }) => statusIds))
  const kept = board.subQuery === null ? undefined : new Set(matching(call, board.subQuery))
  if (!filter) return []
  return matching(call, filter.jql)
    .filter((issue) => shown.has(issue.statusId) && kept?.has(issue) !== false)
    .filter((issue) => !hasSprints(board) || !isEpic(site, issue))
    .toSorted(byRank)
}

/** Whether an issue of a board is in its backlog: not done and in no open sprint; for kanban, in the first column (documented). */
export function isInBacklog(site: Site, board: Board, issue: Issue): boolean {
  if (hasSprints(board))
    return !doneStatuses(board).includes(issue.statusId) && openSprintOf(site, issue) === undefined
  return board.kanbanBacklog && board.columns[0]?.statusIds.includes(issue.statusId) === true
}

export function backlogOf(call: Call, board: Board): readonly Issue[] {
  return issuesOnBoard(call, board).filter((issue) => isInBacklog(call.site, board, issue))
}

/** All issues that the caller sees and that fit, by rank. */
export function visibleByRank(call: Call, fits: (issue: Issue) => boolean): readonly Issue[] {
  return [...call.site.jira.issues.values()]
    .filter((issue) => fits(issue) && sees(call, issue))
    .toSorted(byRank)
}

/**
 * Narrows a list by the query of a request. Its own order wins over the rank; its mistakes are refused, unless it is not
 * to be judged (documented: `validateQuery`).
 */
export function narrowed(call: Call, issues: readonly Issue[]): readonly Issue[] {
  const jql = call.query.text('jql')
  if (jql === undefined) return issues
  const found = findIssues(call, jql)
  if (!found.ok) return refuse(jiraError(400, [found.error.message]))
  if (found.problems.length > 0 && call.query.flag('validateQuery', true)) {
    return refuse(
      jiraError(
        400,
        found.problems.map(({ message }) => message),
      ),
    )
  }
  if (found.query.orderBy.length === 0) return issues.filter((issue) => found.matches(issue))
  const wanted = new Set(issues)
  return found.issues.filter((issue) => wanted.has(issue))
}
