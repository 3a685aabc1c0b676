import { estimateIssueForBoard, getIssueEstimationForBoard } from '@telamon/jira/software'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { ok, type Reply } from '../http/reply.ts'
import { asId } from '../http/value.ts'
import { bodyOf } from '../jira/body.ts'
import { issueOf } from '../jira/find.ts'
import { recordChanges, traceOf } from '../jira/history.ts'
import type { Issue } from '../world/jira-model.ts'
import { may } from '../world/permissions.ts'
import { readDuration } from '../world/time.ts'
import { boardOf } from './boards-in-sight.ts'
import { refuseAgile } from './refuse.ts'

/** How one kind of field estimates: what it holds, and how a value is written to it. */
interface Estimate {
  readonly read: (issue: Issue) => number | null
  readonly parse: (text: string) => number | undefined
  readonly write: (issue: Issue, value: number | null) => void
}

const time: Estimate = {
  read: (issue) => issue.originalEstimate,
  parse: readDuration,
  write(issue, value) {
    issue.originalEstimate = value
    issue.remainingEstimate ??= value
  },
}

const points = (fieldId: string): Estimate => ({
  read(issue) {
    const value = issue.custom.get(fieldId)
    return typeof value === 'number' ? value : null
  },
  parse: (text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined),
  write(issue, value) {
    if (value === null) issue.custom.delete(fieldId)
    else issue.custom.set(fieldId, value)
  },
})

/** The field that the board in the query estimates with. */
function fieldOf(call: Call): { readonly fieldId: string; readonly estimate: Estimate } {
  const boardId = call.query.text('boardId') ?? refuseAgile(400, 'The parameter boardId is required.')
  const fieldId =
    boardOf(call, boardId).estimationFieldId ?? refuseAgile(400, 'Nothing is estimated on this board.')
  return { fieldId, estimate: fieldId === 'timeoriginalestimate' ? time : points(fieldId) }
}

/** The value is a number, of seconds where time is estimated (reported; the document's example has a text). */
function shown(issue: Issue, { fieldId, estimate }: ReturnType<typeof fieldOf>): Reply {
  const value = estimate.read(issue)
  return ok({ fieldId, ...(value !== null && { value }) })
}

/** Writes whatever screens the field is on (documented); a value of nothing takes the estimate away. */
function write(call: Call): Reply {
  const { issue, project } = issueOf(call, call.path['issueIdOrKey'])
  const field = fieldOf(call)
  const given = bodyOf(call)['value']
  if (!may(call.caller, 'EDIT_ISSUES', { site: call.site, project, issue })) {
    return refuseAgile(403, `You do not have permission to estimate the issue ${issue.key}.`)
  }
  const text =
    given === undefined || given === null || given === '' ? null : (asId(given) ?? JSON.stringify(given))
  const value = text === null ? null : field.estimate.parse(text)
  if (value === undefined) return jiraError(400, [], { [field.fieldId]: `'${text}' is not an estimate.` })
  const before = traceOf(call, issue)
  field.estimate.write(issue, value)
  recordChanges(call, issue, { before, now: call.clock.now() })
  return shown(issue, field)
}

export const estimationHandlers: readonly Served[] = [
  serve(getIssueEstimationForBoard, ['boardId'], (call) =>
    shown(issueOf(call, call.path['issueIdOrKey']).issue, fieldOf(call)),
  ),
  serve(estimateIssueForBoard, ['boardId'], write),
]
