import { getEpic, getEpics, partiallyUpdateEpic } from '@telamon/jira/software'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { ok, refuse, type Reply } from '../http/reply.ts'
import { asObject, asText, type JsonObject } from '../http/value.ts'
import { bodyOf } from '../jira/body.ts'
import { recordChanges, traceOf } from '../jira/history.ts'
import { parseEdits } from '../jira/write.ts'
import type { Issue } from '../world/jira-model.ts'
import { may } from '../world/permissions.ts'
import { agilePage } from './agile-page.ts'
import { visibleByRank } from './board-issues.ts'
import { projectsOfBoard } from './board-projects.ts'
import { boardOf } from './boards-in-sight.ts'
import { epicView } from './epic-view.ts'
import { companyEpicOf } from './epics-in-sight.ts'
import { isEpic, markOf } from './membership.ts'
import { refuseAgile } from './refuse.ts'

const colors = new Set(Array.from({ length: 14 }, (_, index) => `color_${index + 1}`))

function colorIn(body: JsonObject): string | undefined {
  const given = asObject(body['color'])?.['key']
  if (given === undefined) return undefined
  return typeof given === 'string' && colors.has(given)
    ? given
    : refuseAgile(400, 'The colour of an epic is one of color_1 to color_14.')
}

/** The summary goes through the rules of the field, and into the changelog. */
function writeSummary(call: Call, epic: Issue, summary: string): void {
  const { projects, issueTypes } = call.site.jira
  const [project, type] = [projects.get(epic.projectId), issueTypes.get(epic.typeId)]
  if (!project || !type) return
  const edits = parseEdits(call, { fields: { summary } }, { project, type, issue: epic, screen: 'edit' })
  if (Object.keys(edits.errors).length > 0) refuse(jiraError(400, [], edits.errors))
  const before = traceOf(call, epic)
  edits.apply(epic)
  recordChanges(call, epic, { before, now: call.clock.now() })
}

/** What is not stated stays (documented). */
function update(call: Call): Reply {
  const epic = companyEpicOf(call, call.path['epicIdOrKey'])
  const { site } = call
  const project = site.jira.projects.get(epic.projectId)
  if (!project || !may(call.caller, 'EDIT_ISSUES', { site, project, issue: epic })) {
    return refuseAgile(403, `You do not have permission to edit the epic ${epic.key}.`)
  }
  const body = bodyOf(call)
  const color = colorIn(body)
  const summary = asText(body['summary'])
  if (summary !== undefined) writeSummary(call, epic, summary)
  const mark = markOf(site, epic)
  const { done } = body
  site.software.epics.set(epic.id, {
    name: asText(body['name']) ?? mark.name,
    color: color ?? mark.color,
    done: typeof done === 'boolean' ? done : mark.done,
  })
  return ok(epicView(call, epic))
}

/** The epics of the projects that a board stays within. */
function ofBoard(call: Call): Reply {
  const board = boardOf(call)
  const projects = new Set(projectsOfBoard(call.site, board).map(({ id }) => id))
  const wanted = call.query.text('done')
  const epics = visibleByRank(
    call,
    (issue) => projects.has(issue.projectId) && isEpic(call.site, issue),
  ).filter((epic) => wanted === undefined || markOf(call.site, epic).done === call.query.flag('done'))
  return ok(agilePage(call, epics, (epic) => epicView(call, epic)))
}

export const epicHandlers: readonly Served[] = [
  serve(getEpics, ['startAt', 'maxResults', 'done'], ofBoard),
  serve(getEpic, [], (call) => ok(epicView(call, companyEpicOf(call, call.path['epicIdOrKey'])))),
  serve(partiallyUpdateEpic, [], update),
]
