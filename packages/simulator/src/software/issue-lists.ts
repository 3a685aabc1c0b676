import {
  getApproximateIssueCountForBacklog,
  getApproximateIssueCountForBoard,
  getBoardIssuesForEpic,
  getBoardIssuesForEpicJsis,
  getBoardIssuesForSprint,
  getBoardIssuesForSprintJsis,
  getIssue,
  getIssuesForBacklog,
  getIssuesForBacklogJsis,
  getIssuesForBoard,
  getIssuesForBoardJsis,
  getIssuesForEpic,
  getIssuesForEpicJsis,
  getIssuesForSprint,
  getIssuesForSprintJsis,
  getIssuesWithoutEpic,
  getIssuesWithoutEpicForBoard,
  getIssuesWithoutEpicForBoardJsis,
  getIssuesWithoutEpicJsis,
} from '@telamon/jira/software'

import { type Call, serve, type Served } from '../http/call.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import { jiraError } from '../http/errors.ts'
import { ok, type Reply } from '../http/reply.ts'
import { issueOf } from '../jira/find.ts'
import { cut, windowOf } from '../jira/page.ts'
import type { Issue } from '../world/jira-model.ts'
import { type AgileSelection, agileIssueView, agileSelection } from './agile-issue.ts'
import { backlogOf, issuesOnBoard, narrowed, visibleByRank } from './board-issues.ts'
import { boardOf, sprintBoardOf } from './boards-in-sight.ts'
import { agileEpicOf, companyEpicOf } from './epics-in-sight.ts'
import { epicOf, isEpic, sprintsOf } from './membership.ts'
import { sprintOf } from './sprints-in-sight.ts'

/** Where the issues of a list come from, before the query of the request narrows them. */
type Source = (call: Call) => readonly Issue[]

const inSprint = (call: Call, sprintId: string, issue: Issue): boolean =>
  sprintsOf(call.site, issue).some(({ id }) => id === sprintId)

const sources = {
  backlog: (call) => backlogOf(call, boardOf(call)),
  board: (call) => issuesOnBoard(call, boardOf(call)),
  boardSprint: (call) => {
    const board = sprintBoardOf(call)
    const { id } = sprintOf(call)
    return issuesOnBoard(call, board).filter((issue) => inSprint(call, id, issue))
  },
  boardEpic: (call) => {
    const board = boardOf(call)
    const epic = agileEpicOf(call, call.path['epicId'])
    return issuesOnBoard(call, board).filter((issue) => epicOf(call.site, issue) === epic)
  },
  boardWithoutEpic: (call) =>
    issuesOnBoard(call, boardOf(call)).filter(
      (issue) => !isEpic(call.site, issue) && epicOf(call.site, issue) === undefined,
    ),
  epic: (call) => {
    const epic = companyEpicOf(call, call.path['epicIdOrKey'])
    return visibleByRank(call, (issue) => issue.parentId === epic.id)
  },
  withoutEpic: (call) =>
    visibleByRank(call, (issue) => !isEpic(call.site, issue) && epicOf(call.site, issue) === undefined),
  sprint: (call) => {
    const { id } = sprintOf(call)
    return visibleByRank(call, (issue) => inSprint(call, id, issue))
  },
} satisfies Readonly<Record<string, Source>>

/** Names and types of the fields that are shown, where they are asked for. */
function described({ expand, fields }: AgileSelection): Record<string, unknown> {
  const byId = (read: (field: (typeof fields)[number]) => unknown): Record<string, unknown> =>
    Object.fromEntries(
      fields.flatMap((field) => (read(field) === undefined ? [] : [[field.id, read(field)]])),
    )
  return {
    ...(expand.has('names') && { names: byId(({ name }) => name) }),
    ...(expand.has('schema') && { schema: byId(({ schema }) => schema) }),
  }
}

/** What is expanded once for the whole list is not repeated in every issue. */
function selected(call: Call): {
  readonly selection: AgileSelection
  readonly about: Record<string, unknown>
} {
  const selection = agileSelection(call)
  const expand = new Set([...selection.expand].filter((name) => name !== 'names' && name !== 'schema'))
  return { selection: { ...selection, expand }, about: described(selection) }
}

/** A list by offset, with its total (recorded, F-AG-01). */
const byOffset =
  (source: Source) =>
  (call: Call): Reply => {
    const issues = narrowed(call, source(call))
    const window = windowOf(call, 50, mostIssues)
    const { selection, about } = selected(call)
    return ok({
      expand: 'schema,names',
      ...window,
      total: issues.length,
      ...about,
      issues: cut(issues, window).map((issue) => agileIssueView(call, issue, selection)),
    })
  }

/** As many as the service hands out at a time (reported). */
const mostIssues = 5000

/** The same list by token, without a total, as the newer API pages (documented). */
const byToken =
  (source: Source) =>
  (call: Call): Reply => {
    const size = call.query.integer('maxResults', 50)
    const most = mostIssues.toLocaleString('en')
    if (size < 1 || size > mostIssues)
      return jiraError(400, [`The max results parameter has to be between 1 and ${most}.`])
    const issues = narrowed(call, source(call))
    const subject = `${call.site.cloudId} ${call.caller.person?.accountId ?? ''} ${call.pathname} ${call.query.text('jql') ?? ''}`
    const token = call.query.text('nextPageToken')
    const start = token === undefined ? 0 : readCursor(token, subject)
    if (start === undefined) return jiraError(400, ['The provided next page token is invalid or expired.'])
    const { selection, about } = selected(call)
    const end = start + size
    const more = end < issues.length
    return ok({
      expand: 'schema,names',
      ...about,
      issues: issues.slice(start, end).map((issue) => agileIssueView(call, issue, selection)),
      ...(more && { nextPageToken: writeCursor(end, subject) }),
      isLast: !more,
    })
  }

const offset = ['startAt', 'maxResults', 'jql', 'validateQuery', 'fields', 'expand'] as const
const token = [
  ...([
    'nextPageToken',
    'maxResults',
    'jql',
    'validateQuery',
    'fields',
    'expand',
    'reconcileIssues',
  ] as const),
] as const

const counted =
  (source: Source) =>
  (call: Call): Reply =>
    ok({ count: narrowed(call, source(call)).length })

/** The lists of issues: each source under its old address by offset, and under its new one by token. */
export const issueListHandlers: readonly Served[] = [
  serve(getIssuesForBacklog, offset, byOffset(sources.backlog)),
  serve(getIssuesForBoard, offset, byOffset(sources.board)),
  serve(getBoardIssuesForSprint, offset, byOffset(sources.boardSprint)),
  serve(getBoardIssuesForEpic, offset, byOffset(sources.boardEpic)),
  serve(getIssuesWithoutEpicForBoard, offset, byOffset(sources.boardWithoutEpic)),
  serve(getIssuesForEpic, offset, byOffset(sources.epic)),
  serve(getIssuesWithoutEpic, offset, byOffset(sources.withoutEpic)),
  serve(getIssuesForSprint, offset, byOffset(sources.sprint)),
  serve(getIssuesForBacklogJsis, token, byToken(sources.backlog)),
  serve(getIssuesForBoardJsis, token, byToken(sources.board)),
  serve(getBoardIssuesForSprintJsis, token, byToken(sources.boardSprint)),
  serve(getBoardIssuesForEpicJsis, token, byToken(sources.boardEpic)),
  serve(getIssuesWithoutEpicForBoardJsis, token, byToken(sources.boardWithoutEpic)),
  serve(getIssuesForEpicJsis, token, byToken(sources.epic)),
  serve(getIssuesWithoutEpicJsis, token, byToken(sources.withoutEpic)),
  serve(getIssuesForSprintJsis, token, byToken(sources.sprint)),
  serve(getApproximateIssueCountForBacklog, ['jql'], counted(sources.backlog)),
  serve(getApproximateIssueCountForBoard, ['jql'], counted(sources.board)),
  serve(getIssue, ['fields', 'expand', 'updateHistory'], (call) => {
    const { issue } = issueOf(call, call.path['issueIdOrKey'])
    return ok(agileIssueView(call, issue, agileSelection(call)))
  }),
]
