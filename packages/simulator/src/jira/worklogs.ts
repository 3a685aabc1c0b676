import { addWorklog, deleteWorklog, getIssueWorklog, getWorklog } from '@telamon/jira/operations'

import { readDocument } from '../content/document.ts'
import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, json, ok, refuse, type Reply } from '../http/reply.ts'
import { asInteger, asText } from '../http/value.ts'
import { nextId } from '../world/ids.ts'
import type { Issue, Worklog } from '../world/jira-model.ts'
import { may } from '../world/permissions.ts'
import { readDuration } from '../world/time.ts'
import { bodyOf } from './body.ts'
import { issueOf } from './find.ts'
import { recordChanges, traceOf } from './history.ts'
import { cut, windowOf } from './page.ts'
import { worklogView } from './worklog-view.ts'

function list(call: Call): Reply {
  const { issue } = issueOf(call, call.path['issueIdOrKey'])
  const after = call.query.integer('startedAfter', 0)
  const before = call.query.integer('startedBefore', Number.MAX_SAFE_INTEGER)
  const worklogs = issue.worklogs.filter(({ started }) => started >= after && started < before)
  const window = windowOf(call, 5000)
  return ok({
    ...window,
    total: worklogs.length,
    worklogs: cut(worklogs, window).map((worklog) => worklogView(call, issue, worklog)),
  })
}

/** Jira's own date-time, with an offset that may lack its colon. */
function readStarted(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const instant = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  return Number.isNaN(instant)
    ? refuse(jiraError(400, [], { started: 'The date-time has an invalid format.' }))
    : instant
}

/** Logging time lowers the remaining estimate by as much, unless it is to be left (documented: `auto`, `leave`). */
function adjust(call: Call, issue: Issue, seconds: number): void {
  if (call.query.text('adjustEstimate') === 'leave' || issue.remainingEstimate === null) return
  issue.remainingEstimate = Math.max(0, issue.remainingEstimate - seconds)
}

function add(call: Call): Reply {
  const { issue, project } = issueOf(call, call.path['issueIdOrKey'])
  const body = bodyOf(call)
  const authorId = call.caller.person?.accountId
  if (authorId === undefined || !may(call.caller, 'WORK_ON_ISSUES', { site: call.site, project, issue })) {
    return jiraError(400, ['You do not have permission to log work on this issue.'])
  }
  const seconds = asInteger(body['timeSpentSeconds']) ?? readDuration(asText(body['timeSpent']) ?? '')
  if (seconds === undefined || seconds < 60) {
    return jiraError(400, [], { timeLogged: 'Invalid time duration entered.' })
  }
  const given = body['comment']
  const comment = given === undefined ? undefined : readDocument(given)
  if (comment && !comment.ok) return jiraError(400, [], { comment: comment.error })
  const now = call.clock.now()
  const worklog: Worklog = {
    id: nextId(call.world, 'worklog', call.site.cloudId),
    authorId,
    ...(comment && { comment: comment.document }),
    created: now,
    updated: now,
    started: readStarted(asText(body['started'])) ?? now,
    seconds,
  }
  const before = traceOf(call, issue)
  issue.worklogs.push(worklog)
  adjust(call, issue, seconds)
  recordChanges(call, issue, { before, now })
  issue.updated = now
  return json(201, worklogView(call, issue, worklog))
}

function worklogOf(call: Call): { readonly issue: Issue; readonly worklog: Worklog } {
  const { issue } = issueOf(call, call.path['issueIdOrKey'])
  const worklog = issue.worklogs.find(({ id }) => id === call.path['id'])
  return worklog
    ? { issue, worklog }
    : refuse(jiraError(404, [`Cannot find worklog with id: '${call.path['id']}'.`]))
}

export const worklogHandlers: readonly Served[] = [
  serve(getIssueWorklog, ['startAt', 'maxResults', 'startedAfter', 'startedBefore'], list),
  serve(getWorklog, [], (call) => {
    const { issue, worklog } = worklogOf(call)
    return ok(worklogView(call, issue, worklog))
  }),
  serve(addWorklog, ['notifyUsers', 'adjustEstimate'], add),
  serve(deleteWorklog, ['notifyUsers', 'adjustEstimate'], (call) => {
    const { issue, worklog } = worklogOf(call)
    if (worklog.authorId !== call.caller.person?.accountId) {
      return jiraError(400, ['You do not have permission to delete this worklog.'])
    }
    issue.worklogs.splice(issue.worklogs.indexOf(worklog), 1)
    return empty()
  }),
]
