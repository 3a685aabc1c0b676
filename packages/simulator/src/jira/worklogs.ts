import {
  addWorklog,
  bulkDeleteWorklogs,
  bulkMoveWorklogs,
  deleteWorklog,
  getIdsOfWorklogsDeletedSince,
  getIdsOfWorklogsModifiedSince,
  getIssueWorklog,
  getWorklog,
  getWorklogsForIds,
  updateWorklog,
} from '@telamon/jira/operations'

import { readDocument } from '../content/document.ts'
import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, json, ok, refuse, type Reply } from '../http/reply.ts'
import { asId, asInteger, asList, asText, type JsonObject } from '../http/value.ts'
import { nextId } from '../world/ids.ts'
import type { Issue, Project, Worklog } from '../world/jira-model.ts'
import { may, mayReadComment } from '../world/permissions.ts'
import { readDuration } from '../world/time.ts'
import { bodyOf, refuseBinding } from './body.ts'
import { adjustEstimate } from './estimates.ts'
import { issueOf } from './find.ts'
import { recordChanges, traceOf } from './history.ts'
import { cut, windowOf } from './page.ts'
import { readVisibility } from './visibility.ts'
import { worklogView } from './worklog-view.ts'

interface Place {
  readonly issue: Issue
  readonly project: Project
}

/** The worklogs of an issue that the caller may read. */
function readable(call: Call, { issue, project }: Place): readonly Worklog[] {
  return issue.worklogs.filter((worklog) =>
    mayReadComment(call.caller, worklog, { site: call.site, project, issue }),
  )
}

function list(call: Call): Reply {
  const found = issueOf(call, call.path['issueIdOrKey'])
  const after = call.query.integer('startedAfter', 0)
  const before = call.query.integer('startedBefore', Number.MAX_SAFE_INTEGER)
  const worklogs = readable(call, found).filter(({ started }) => started >= after && started < before)
  const window = windowOf(call, 5000)
  return ok({
    ...window,
    total: worklogs.length,
    worklogs: cut(worklogs, window).map((worklog) => worklogView(call, found.issue, worklog)),
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

/** The time that was spent, as seconds or in words; at least a minute. */
function readSpent(body: JsonObject): number | undefined {
  const words = asText(body['timeSpent'])
  const seconds =
    asInteger(body['timeSpentSeconds']) ?? (words === undefined ? undefined : (readDuration(words) ?? 0))
  if (seconds !== undefined && seconds < 60) {
    refuse(jiraError(400, [], { timeLogged: 'Invalid time duration entered.' }))
  }
  return seconds
}

function readComment(body: JsonObject): Worklog['comment'] {
  const given = body['comment']
  if (given === undefined || given === null) return undefined
  const read = readDocument(given)
  return read.ok ? read.document : refuse(jiraError(400, [], { comment: read.error }))
}

function add(call: Call): Reply {
  const { issue, project } = issueOf(call, call.path['issueIdOrKey'])
  const body = bodyOf(call)
  const authorId = call.caller.person?.accountId
  if (authorId === undefined || !may(call.caller, 'WORK_ON_ISSUES', { site: call.site, project, issue })) {
    return jiraError(400, ['You do not have permission to log work on this issue.'])
  }
  const seconds = readSpent(body)
  if (seconds === undefined)
    return jiraError(400, [], { timeLogged: 'You must indicate the time spent working.' })
  const comment = readComment(body)
  const visibility = readVisibility(call, body, { issue, project })
  const now = call.clock.now()
  const started = readStarted(asText(body['started'])) ?? now
  const before = traceOf(call, issue)
  adjustEstimate(call, issue, { spent: seconds, lowersBy: 'reduceBy' })
  const worklog: Worklog = {
    id: nextId(call.world, 'worklog', call.site.cloudId),
    authorId,
    ...(comment && { comment }),
    created: now,
    updated: now,
    started,
    seconds,
    ...(visibility && { visibility }),
  }
  issue.worklogs.push(worklog)
  recordChanges(call, issue, { before, now })
  issue.updated = now
  return json(201, worklogView(call, issue, worklog))
}

function worklogOf(call: Call): Place & { readonly worklog: Worklog } {
  const found = issueOf(call, call.path['issueIdOrKey'])
  const worklog = readable(call, found).find(({ id }) => id === call.path['id'])
  return worklog
    ? { ...found, worklog }
    : refuse(jiraError(404, [`Cannot find worklog with id: '${call.path['id']}'.`]))
}

/** Whether the caller may change or delete: all worklogs, or the caller's own (documented). */
function mayTouch(
  call: Call,
  { issue, project, worklog }: Place & { readonly worklog: Worklog },
  verb: 'EDIT' | 'DELETE',
): boolean {
  const place = { site: call.site, project, issue }
  const own = worklog.authorId === call.caller.person?.accountId
  return (
    may(call.caller, `${verb}_ALL_WORKLOGS`, place) ||
    (own && may(call.caller, `${verb}_OWN_WORKLOGS`, place))
  )
}

function update(call: Call): Reply {
  const found = worklogOf(call)
  const body = bodyOf(call)
  if (!mayTouch(call, found, 'EDIT'))
    return jiraError(400, ['You do not have permission to edit this worklog.'])
  const { issue, worklog } = found
  const seconds = readSpent(body) ?? worklog.seconds
  const comment = readComment(body)
  const visibility = readVisibility(call, body, found)
  const started = readStarted(asText(body['started'])) ?? worklog.started
  const now = call.clock.now()
  const before = traceOf(call, issue)
  adjustEstimate(call, issue, { spent: seconds - worklog.seconds })
  Object.assign(worklog, {
    seconds,
    started,
    updated: now,
    updateAuthorId: call.caller.person?.accountId ?? worklog.authorId,
    ...(comment && { comment }),
    ...(visibility && { visibility }),
  })
  recordChanges(call, issue, { before, now })
  issue.updated = now
  return ok(worklogView(call, issue, worklog))
}

/** Takes worklogs from an issue; the remaining time grows by what was logged, unless it is to be left. */
function take(call: Call, { issue }: Place, worklogs: readonly Worklog[]): void {
  const now = call.clock.now()
  const before = traceOf(call, issue)
  for (const worklog of worklogs) {
    adjustEstimate(call, issue, { spent: -worklog.seconds, raisesBy: 'increaseBy' })
    issue.worklogs.splice(issue.worklogs.indexOf(worklog), 1)
  }
  recordChanges(call, issue, { before, now })
  issue.updated = now
}

function remove(call: Call, found: Place, worklogs: readonly Worklog[]): void {
  if (!worklogs.every((worklog) => mayTouch(call, { ...found, worklog }, 'DELETE'))) {
    refuse(jiraError(400, ['You do not have permission to delete this worklog.']))
  }
  take(call, found, worklogs)
  const { properties, deletedWorklogs } = call.site.jira
  for (const { id } of worklogs) {
    deletedWorklogs.push({ id, deleted: call.clock.now() })
    properties.delete(`worklog/${id}`)
  }
}

/** The worklogs of the issue in the address that a body names. */
function namedOn(call: Call): {
  readonly found: Place
  readonly worklogs: readonly Worklog[]
  readonly all: boolean
} {
  const found = issueOf(call, call.path['issueIdOrKey'])
  const ids = new Set(
    (asList(bodyOf(call)['ids']) ?? refuseBinding()).map((id) => asId(id) ?? refuseBinding()),
  )
  const worklogs = readable(call, found).filter(({ id }) => ids.has(id))
  return { found, worklogs, all: worklogs.length === ids.size }
}

/** Moves worklogs to another issue, estimates included where they are not to be left (documented). */
function moveTo(call: Call): Reply {
  const { found, worklogs, all } = namedOn(call)
  const target = issueOf(call, asId(bodyOf(call)['issueIdOrKey']))
  const allowed =
    worklogs.every((worklog) => mayTouch(call, { ...found, worklog }, 'DELETE')) &&
    may(call.caller, 'WORK_ON_ISSUES', { site: call.site, ...target })
  if (!allowed) return jiraError(400, ['You do not have permission to move these worklogs.'])
  take(call, found, worklogs)
  target.issue.worklogs.push(...worklogs)
  return all ? empty() : ok({ message: 'Some of the worklogs were not found.' })
}

/** All worklogs that the caller may read, with their issues. */
function everyWorklog(call: Call): readonly { readonly issue: Issue; readonly worklog: Worklog }[] {
  const { issues, projects } = call.site.jira
  return [...issues.values()].flatMap((issue) => {
    const project = projects.get(issue.projectId)
    const visible = project && may(call.caller, 'BROWSE_PROJECTS', { site: call.site, project, issue })
    return visible ? readable(call, { issue, project }).map((worklog) => ({ issue, worklog })) : []
  })
}

const mostChanged = 1000

/** Ids of worklogs that changed or went after a moment, oldest first, in pages of a thousand (documented). */
function changesSince(
  call: Call,
  path: string,
  changes: readonly { readonly id: string; readonly at: number }[],
): Reply {
  const since = call.query.integer('since', 0)
  const later = changes.filter(({ at }) => at > since).toSorted((one, other) => one.at - other.at)
  const page = later.slice(0, mostChanged)
  const until = page.at(-1)?.at ?? call.clock.now()
  const address = (from: number): string => `${call.links.rest}/rest/api/3/worklog/${path}?since=${from}`
  const lastPage = page.length === later.length
  return ok({
    values: page.map(({ id, at }) => ({ worklogId: Number(id), updatedTime: at, properties: [] })),
    since,
    until,
    self: address(since),
    ...(!lastPage && { nextPage: address(until) }),
    lastPage,
  })
}

export const worklogHandlers: readonly Served[] = [
  serve(getIssueWorklog, ['startAt', 'maxResults', 'startedAfter', 'startedBefore', 'expand'], list),
  serve(getWorklog, ['expand'], (call) => {
    const { issue, worklog } = worklogOf(call)
    return ok(worklogView(call, issue, worklog))
  }),
  serve(addWorklog, ['notifyUsers', 'adjustEstimate', 'newEstimate', 'reduceBy', 'expand'], add),
  serve(updateWorklog, ['notifyUsers', 'adjustEstimate', 'newEstimate', 'expand'], update),
  serve(deleteWorklog, ['notifyUsers', 'adjustEstimate', 'newEstimate', 'increaseBy'], (call) => {
    const found = worklogOf(call)
    remove(call, found, [found.worklog])
    return empty()
  }),
  serve(bulkDeleteWorklogs, ['adjustEstimate'], (call) => {
    const { found, worklogs, all } = namedOn(call)
    remove(call, found, worklogs)
    return all ? empty() : ok({ message: 'Some of the worklogs were not found.' })
  }),
  serve(bulkMoveWorklogs, ['adjustEstimate'], moveTo),
  serve(getIdsOfWorklogsModifiedSince, ['since', 'expand'], (call) =>
    changesSince(
      call,
      'updated',
      everyWorklog(call).map(({ worklog }) => ({ id: worklog.id, at: worklog.updated })),
    ),
  ),
  serve(getIdsOfWorklogsDeletedSince, ['since'], (call) =>
    changesSince(
      call,
      'deleted',
      call.site.jira.deletedWorklogs.map(({ id, deleted }) => ({ id, at: deleted })),
    ),
  ),
  serve(getWorklogsForIds, ['expand'], (call) => {
    const ids = (asList(bodyOf(call)['ids']) ?? refuseBinding()).map((id) => asId(id) ?? refuseBinding())
    if (ids.length > mostChanged) return jiraError(400, [`At most ${mostChanged} worklogs can be asked for.`])
    const found = everyWorklog(call).filter(({ worklog }) => ids.includes(worklog.id))
    return ok(found.map(({ issue, worklog }) => worklogView(call, issue, worklog)))
  }),
]
