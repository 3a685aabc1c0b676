import {
  assignIssue,
  createIssues,
  getCommentsByIds,
  getIssuePickerResource,
  notify,
  searchForIssuesUsingJql,
  searchForIssuesUsingJqlPost,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, json, ok, Refusal, refuse, type Reply } from '../http/reply.ts'
import { asId, asList, asObject, asText } from '../http/value.ts'
import { findIssues } from '../query/jql.ts'
import type { Issue } from '../world/jira-model.ts'
import { may } from '../world/permissions.ts'
import { bodyOf, refuseBinding } from './body.ts'
import { commentView } from './comment-view.ts'
import { inForm } from './error-forms.ts'
import { fieldsOf } from './fields/table.ts'
import { issueOf } from './find.ts'
import { highlighted } from './highlight.ts'
import { recordChanges, traceOf } from './history.ts'
import { makeIssue } from './issues.ts'
import { findComment } from './property-owners.ts'
import { permittedIssue } from './rights.ts'
import { issueTypeView, rest } from './view.ts'

/** At most this many issues are made at a time (documented). */
const mostMade = 50

/**
 * Makes several issues. One that is refused keeps none of the others back; when all are, the answer is 400
 * (documented).
 */
function createSeveral(call: Call): Reply {
  const updates = asList(bodyOf(call)['issueUpdates']) ?? refuseBinding()
  if (updates.length > mostMade) {
    return jiraError(400, [`At most ${mostMade} issues can be created at a time.`])
  }
  const issues: unknown[] = []
  const errors: unknown[] = []
  for (const [place, update] of updates.entries()) {
    try {
      const { id, key } = makeIssue(call, asObject(update) ?? {})
      issues.push({ id, key, self: rest(call, `issue/${id}`) })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const { status, body } = error.reply
      errors.push({ status, elementErrors: body, failedElementNumber: place })
    }
  }
  return json(issues.length === 0 && errors.length > 0 ? 400 : 201, { issues, errors })
}

/** `null` takes the assignee out, `-1` stands for whoever usually has new issues (documented). */
function assign(call: Call): Reply {
  const { issue, project } = issueOf(call, call.path['issueIdOrKey'])
  const type = call.site.jira.issueTypes.get(issue.typeId)
  const given = bodyOf(call)['accountId']
  const accountId = given === '-1' ? (project.assigneeType === 'PROJECT_LEAD' ? project.leadId : null) : given
  const edit = fieldsOf(call.site).get('assignee')?.edit
  if (!type || !edit) return jiraError(404, ['Issue does not exist or you do not have permission to see it.'])
  const now = call.clock.now()
  const parsed = edit.set(accountId === null ? null : { accountId }, { ...call, project, type, issue, now })
  if (!parsed.ok) return jiraError(400, [], { assignee: parsed.error })
  const before = traceOf(call, issue)
  parsed.apply(issue)
  recordChanges(call, issue, { before, now })
  return empty()
}

/** Whom a message is for: the people of the issue, and those who are named, as far as they may see it (documented). */
function recipients(call: Call, issue: Issue, to: unknown): readonly string[] {
  const given = asObject(to) ?? {}
  const { site } = call
  const named = new Set([
    ...(asList(given['groupIds']) ?? []),
    ...(asList(given['groups']) ?? []).map((one) => asObject(one)?.['name']),
  ])
  const users = (asList(given['users']) ?? []).map((one) => asText(asObject(one)?.['accountId']) ?? '')
  const groups = [...site.groups.values()].filter(({ id, name }) => named.has(id) || named.has(name))
  const all = new Set([
    ...(given['reporter'] === true && issue.reporterId !== null ? [issue.reporterId] : []),
    ...(given['assignee'] === true && issue.assigneeId !== null ? [issue.assigneeId] : []),
    ...(given['watchers'] === true ? issue.watchers : []),
    ...(given['voters'] === true ? issue.votes : []),
    ...groups.flatMap(({ members }) => Array.from(members)),
    ...users,
  ])
  const project = site.jira.projects.get(issue.projectId)
  return [...all].filter((accountId) => {
    const person = call.world.people.get(accountId)
    return person && project && may({ person, via: 'basic' }, 'BROWSE_PROJECTS', { site, project, issue })
  })
}

/** Nothing leaves the simulator: the message is kept in the world, where a test can read it. */
function tell(call: Call): Reply {
  const { issue } = permittedIssue(call, call.path['issueIdOrKey'], 'BROWSE_PROJECTS')
  const body = bodyOf(call)
  const people = recipients(call, issue, body['to'])
  if (people.length === 0) return jiraError(400, ['No recipients were defined for notification.'])
  call.site.jira.outbox.push({
    issueId: issue.id,
    sent: call.clock.now(),
    subject: asText(body['subject']) ?? `${issue.key}: ${issue.summary}`,
    text: asText(body['textBody']) ?? asText(body['htmlBody']) ?? '',
    recipients: people,
  })
  return empty()
}

/** Comments of several issues by their ids; those that are not visible are left out (documented). */
function commentsByIds(call: Call): Reply {
  const ids = asList(bodyOf(call)['ids']) ?? refuseBinding()
  if (ids.length > 1000) return jiraError(400, ['At most 1000 comments can be asked for.'])
  const values = ids.flatMap((given) => {
    const found = findComment(call, asId(given) ?? '')
    return found ? [commentView.one(call, found.issue, found.comment)] : []
  })
  return ok({ maxResults: 1048576, startAt: 0, total: values.length, isLast: true, values })
}

const suggestedAtMost = 20

/** Issues whose key or summary has the words, those of a query first (documented: the sections `hs` and `cs`). */
function pick(call: Call): Reply {
  const { query, site } = call
  const words = (query.text('query') ?? '').toLowerCase()
  const current = query.text('currentIssueKey')?.toUpperCase()
  const projectId = query.text('currentProjectId')
  const found = findIssues(call, query.text('currentJQL') ?? '')
  if (!found.ok) return jiraError(400, [found.error.message])
  const fits = (issue: Issue): boolean =>
    issue.key !== current &&
    (projectId === undefined || issue.projectId === projectId) &&
    (query.flag('showSubTasks', true) || (site.jira.issueTypes.get(issue.typeId)?.level ?? 0) >= 0) &&
    (issue.key.toLowerCase().includes(words) || issue.summary.toLowerCase().includes(words))
  const view = (issue: Issue): Record<string, unknown> => {
    const type = site.jira.issueTypes.get(issue.typeId)
    return {
      id: Number(issue.id),
      key: issue.key,
      keyHtml: highlighted(issue.key, words),
      img: type ? String(issueTypeView(call, type)['iconUrl']) : '',
      summary: highlighted(issue.summary, words),
      summaryText: issue.summary,
    }
  }
  const all = found.issues.filter(fits)
  const shown = all.slice(0, suggestedAtMost)
  const sub = `Showing ${shown.length} of ${all.length} matching issues`
  const section = { label: 'Current Search', id: 'cs', sub, issues: shown.map(view) }
  return ok({ sections: words === '' && query.text('currentJQL') === undefined ? [] : [section] })
}

/** The search that was taken away in 2025 (recorded, F-410-01). */
const removed = jiraError(410, [
  'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046',
])

export const issueActionHandlers: readonly Served[] = [
  inForm(serve(createIssues, [], createSeveral), 'created'),
  serve(assignIssue, [], assign),
  serve(notify, [], tell),
  serve(getCommentsByIds, ['expand'], commentsByIds),
  serve(
    getIssuePickerResource,
    ['query', 'currentJQL', 'currentIssueKey', 'currentProjectId', 'showSubTasks', 'showSubTaskParent'],
    pick,
  ),
  serve(
    searchForIssuesUsingJql,
    [
      ...(['jql', 'startAt', 'maxResults', 'validateQuery', 'fields', 'expand'] as const),
      ...(['properties', 'fieldsByKeys', 'failFast'] as const),
    ],
    () => refuse(removed),
  ),
  serve(searchForIssuesUsingJqlPost, [], () => refuse(removed)),
]
