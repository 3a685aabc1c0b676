import {
  moveIssuesToBacklog,
  moveIssuesToBacklogForBoard,
  moveIssuesToBoard,
  moveIssuesToEpic,
  moveIssuesToSprintAndRank,
  rankEpics,
  rankIssues as rankIssuesOperation,
  removeIssuesFromEpic,
} from '@telamon/jira/software'

import { type Call, serve, type Served } from '../http/call.ts'
import { empty, json, type Reply } from '../http/reply.ts'
import { asId, asList, type JsonObject } from '../http/value.ts'
import { bodyOf } from '../jira/body.ts'
import { findIssue } from '../jira/find.ts'
import { recordChanges, traceOf } from '../jira/history.ts'
import { moveTo } from '../jira/transitions.ts'
import { sees } from '../query/jql-values.ts'
import type { Issue, ProjectPermission } from '../world/jira-model.ts'
import { may } from '../world/permissions.ts'
import { isInBacklog, issuesOnBoard } from './board-issues.ts'
import { boardOf, hasSprints } from './boards-in-sight.ts'
import { companyEpicOf, refuseTeamManaged } from './epics-in-sight.ts'
import { isEpic } from './membership.ts'
import { rankIssues, type RankPlace } from './rank.ts'
import { refuseAgile } from './refuse.ts'
import { closedSprintSentence } from './sprint-field.ts'
import { moveToSprint } from './sprint-moves.ts'
import { sprintOf } from './sprints-in-sight.ts'

/** At most so many issues move at a time (documented). */
const most = 50

/** Moves answer 204 as text/html (recorded, F-AG-02). */
const moved = empty(204, { 'content-type': 'text/html;charset=UTF-8' })

const unseen = 'Issue does not exist or you do not have permission to see it.'

/** The issues of a body, in its order; undefined for one that the caller does not see. */
function named(
  call: Call,
  body: JsonObject,
): readonly { readonly name: string; readonly issue: Issue | undefined }[] {
  const names = (asList(body['issues']) ?? []).map((one) => asId(one) ?? '')
  if (names.length === 0) return refuseAgile(400, 'The list of issues is empty.')
  if (names.length > most) return refuseAgile(400, `At most ${most} issues can be moved in one operation.`)
  return names.map((name) => {
    const issue = findIssue(call.site, name)
    return { name, issue: issue && sees(call, issue) ? issue : undefined }
  })
}

function holds({ site, caller }: Call, issue: Issue, permission: ProjectPermission): boolean {
  const project = site.jira.projects.get(issue.projectId)
  return project !== undefined && may(caller, permission, { site, project, issue })
}

/** The issues of a body, all of which the caller has to see and may change in this way. */
function movable(call: Call, body: JsonObject, permission: ProjectPermission): readonly Issue[] {
  return named(call, body).map(({ issue }) => {
    if (!issue) return refuseAgile(400, unseen)
    return holds(call, issue, permission)
      ? issue
      : refuseAgile(403, `You do not have permission to move the issue ${issue.key}.`)
  })
}

/** Where a body wants its issues; undefined where it says nothing. */
function placeIn(
  call: Call,
  body: JsonObject,
  [before, after]: readonly [string, string] = ['rankBeforeIssue', 'rankAfterIssue'],
): RankPlace | undefined {
  const [type, name] =
    body[before] === undefined ? (['after', body[after]] as const) : (['before', body[before]] as const)
  if (name === undefined) return undefined
  const issue = findIssue(call.site, asId(name) ?? '')
  return issue && sees(call, issue) ? { type, issue } : refuseAgile(400, unseen)
}

/** Ranks what may be ranked. When some may not, 207 says what became of each (documented). */
function rank(call: Call, body: JsonObject, place: RankPlace | undefined): Reply {
  const entries = named(call, body).map(({ name, issue }): Entry => {
    if (!issue) return { name, issue, status: 404, errors: [unseen] }
    const fits = holds(call, issue, 'SCHEDULE_ISSUES')
    if (fits && place?.issue === issue) {
      return { name, issue, status: 400, errors: ['An issue cannot be ranked against itself.'] }
    }
    return fits
      ? { name, issue, status: 200, errors: [] }
      : { name, issue, status: 403, errors: ['You do not have permission to rank this issue.'] }
  })
  const good = entries.flatMap(({ issue, status }) => (issue && status === 200 ? [issue] : []))
  if (place) rankIssues(call, good, place)
  if (good.length === entries.length) return moved
  return json(207, { entries: entries.map(entryView) })
}

/** What became of one issue. */
interface Entry {
  readonly name: string
  readonly issue: Issue | undefined
  readonly status: number
  readonly errors: readonly string[]
}

const entryView = ({ name, issue, status, errors }: Entry): Record<string, unknown> => ({
  ...(issue ? { issueId: Number(issue.id), issueKey: issue.key } : { issueKey: name }),
  status,
  ...(errors.length > 0 && { errors }),
})

function rankAll(call: Call): Reply {
  const body = bodyOf(call)
  const place = placeIn(call, body)
  return place
    ? rank(call, body, place)
    : refuseAgile(400, 'Either rankBeforeIssue or rankAfterIssue has to be given.')
}

function intoSprint(call: Call): Reply {
  const sprint = sprintOf(call)
  const body = bodyOf(call)
  const place = placeIn(call, body)
  const issues = movable(call, body, 'SCHEDULE_ISSUES')
  if (sprint.state === 'closed') return refuseAgile(400, closedSprintSentence)
  const wrong = issues.find(({ typeId }) => call.site.jira.issueTypes.get(typeId)?.level !== 0)
  if (wrong)
    return refuseAgile(
      400,
      `The issue ${wrong.key} is an epic or a subtask, which cannot be put into a sprint.`,
    )
  const now = call.clock.now()
  for (const issue of issues) moveToSprint(call, issue, { sprintId: sprint.id, now })
  if (place) rankIssues(call, issues, place)
  return moved
}

function intoBacklog(call: Call): Reply {
  const issues = movable(call, bodyOf(call), 'SCHEDULE_ISSUES')
  const now = call.clock.now()
  for (const issue of issues) moveToSprint(call, issue, { sprintId: null, now })
  return moved
}

function toStatus(call: Call, issue: Issue, statusId: string): void {
  if (issue.statusId === statusId) return
  const now = call.clock.now()
  const before = traceOf(call, issue)
  moveTo(call, issue, { statusId, now })
  recordChanges(call, issue, { before, now })
}

/** Out of the sprint, or, on a kanban board, into the first column (documented). */
function intoBacklogOfBoard(call: Call): Reply {
  const board = boardOf(call)
  const body = bodyOf(call)
  const place = placeIn(call, body)
  const onBoard = new Set(issuesOnBoard(call, board))
  const issues = movable(call, body, 'SCHEDULE_ISSUES')
  const stranger = issues.find((issue) => !onBoard.has(issue))
  if (stranger) return refuseAgile(400, `The issue ${stranger.key} is not on the board.`)
  const first = board.columns[0]?.statusIds[0]
  if (!hasSprints(board) && (!board.kanbanBacklog || first === undefined)) {
    return refuseAgile(400, 'The board has no backlog.')
  }
  for (const issue of issues) {
    if (hasSprints(board)) moveToSprint(call, issue, { sprintId: null, now: call.clock.now() })
    else if (first !== undefined) toStatus(call, issue, first)
  }
  return place ? rank(call, body, place) : moved
}

/** From the backlog of a kanban board into its first column of work (documented). */
function ontoBoard(call: Call): Reply {
  const board = boardOf(call)
  const body = bodyOf(call)
  const place = placeIn(call, body)
  const target = board.kanbanBacklog ? board.columns[1]?.statusIds[0] : undefined
  if (hasSprints(board) || target === undefined) {
    return refuseAgile(
      400,
      'Only a kanban board with a backlog takes issues in this way. Move them into a sprint.',
    )
  }
  const onBoard = new Set(issuesOnBoard(call, board))
  const issues = movable(call, body, 'SCHEDULE_ISSUES')
  const stranger = issues.find((issue) => !onBoard.has(issue) || !isInBacklog(call.site, board, issue))
  if (stranger) return refuseAgile(400, `The issue ${stranger.key} is not in the backlog of the board.`)
  for (const issue of issues) toStatus(call, issue, target)
  return place ? rank(call, body, place) : moved
}

/** Gives issues another epic, or none. Issues of team-managed projects are refused (documented). */
function setEpic(call: Call, epic: Issue | null): Reply {
  const issues = movable(call, bodyOf(call), 'EDIT_ISSUES')
  for (const issue of issues) {
    refuseTeamManaged(call.site.jira.projects.get(issue.projectId))
    const level = call.site.jira.issueTypes.get(issue.typeId)?.level
    if (level !== 0)
      refuseAgile(400, `The issue ${issue.key} is an epic or a subtask, which cannot be put into an epic.`)
  }
  const now = call.clock.now()
  for (const issue of issues) {
    const before = traceOf(call, issue)
    issue.parentId = epic?.id ?? null
    recordChanges(call, issue, { before, now })
  }
  return moved
}

function intoEpic(call: Call): Reply {
  const epic = companyEpicOf(call, call.path['epicIdOrKey'])
  return holds(call, epic, 'EDIT_ISSUES')
    ? setEpic(call, epic)
    : refuseAgile(403, `You do not have permission to edit the epic ${epic.key}.`)
}

function rankEpic(call: Call): Reply {
  const epic = companyEpicOf(call, call.path['epicIdOrKey'])
  const place = placeIn(call, bodyOf(call), ['rankBeforeEpic', 'rankAfterEpic'])
  if (!place || !isEpic(call.site, place.issue) || place.issue === epic) {
    return refuseAgile(400, 'Either rankBeforeEpic or rankAfterEpic has to name another epic.')
  }
  if (!holds(call, epic, 'SCHEDULE_ISSUES')) {
    return refuseAgile(403, `You do not have permission to rank the epic ${epic.key}.`)
  }
  rankIssues(call, [epic], place)
  return moved
}

export const movingHandlers: readonly Served[] = [
  serve(rankIssuesOperation, [], rankAll),
  serve(moveIssuesToSprintAndRank, [], intoSprint),
  serve(moveIssuesToBacklog, [], intoBacklog),
  serve(moveIssuesToBacklogForBoard, [], intoBacklogOfBoard),
  serve(moveIssuesToBoard, [], ontoBoard),
  serve(moveIssuesToEpic, [], intoEpic),
  serve(removeIssuesFromEpic, [], (call) => setEpic(call, null)),
  serve(rankEpics, [], rankEpic),
]
