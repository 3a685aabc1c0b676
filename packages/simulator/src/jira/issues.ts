import {
  bulkFetchIssues,
  createIssue,
  deleteIssue,
  editIssue,
  getChangeLogs,
  getEditIssueMeta,
  getIssue,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, json, ok, type Reply } from '../http/reply.ts'
import { asId, asList, asObject, asText } from '../http/value.ts'
import { issuesBelow } from '../world/indexes.ts'
import type { Issue, IssueType } from '../world/jira-model.ts'
import { may } from '../world/permissions.ts'
import { bodyOf, refuseBinding } from './body.ts'
import { pick } from './fields/choice-fields.ts'
import { findIssue, findProject, issueOf, visibleProjects } from './find.ts'
import { changeView, recordChanges, traceOf } from './history.ts'
import { editMetadata, issueView, selectFields } from './issue-view.ts'
import { draftIssue, removeIssue } from './lifecycle.ts'
import { pageBean, windowOf } from './page.ts'
import { rest } from './view.ts'
import { parseEdits, unknownField } from './write.ts'

function get(call: Call): Reply {
  const { issue } = issueOf(call, call.path['issueIdOrKey'])
  return ok(issueView(call, issue, selectFields(call, call.query.list('fields'), call.query.list('expand'))))
}

/** The order of complaints is recorded: no body, no JSON, project, type, then the fields (F-400-01 to 04). */
function create(call: Call): Reply {
  const body = bodyOf(call, 'No Issue Create payload supplied')
  const fields = asObject(body['fields'])
  const given = asObject(fields?.['project'])
  const project = findProject(call.site, asText(given?.['key']) ?? asId(given?.['id']) ?? '')
  if (!project || !visibleProjects(call).includes(project)) {
    return jiraError(400, [], { project: 'Specify a valid project ID or key' })
  }
  if (!may(call.caller, 'CREATE_ISSUES', { site: call.site, project })) {
    return jiraError(400, [], { project: 'You do not have permission to create issues in this project.' })
  }
  const types = [...call.site.jira.issueTypes.values()].filter(({ id }) => project.issueTypeIds.includes(id))
  const type = pick(types, fields?.['issuetype'])
  if (!type) return jiraError(400, [], { issuetype: 'Specify an issue type' })
  const edits = parseEdits(call, body, { project, type, screen: 'create' })
  const errors = { ...missingFields(type, fields ?? {}), ...edits.errors }
  if (Object.keys(errors).length > 0) return jiraError(400, [], errors)
  const issue = draftIssue(call, { project, type })
  edits.apply(issue)
  return json(201, { id: issue.id, key: issue.key, self: rest(call, `issue/${issue.id}`) })
}

function missingFields(type: IssueType, fields: Readonly<Record<string, unknown>>): Record<string, string> {
  return {
    ...(fields['summary'] === undefined && { summary: 'You must specify a summary of the issue.' }),
    ...(type.level < 0 &&
      fields['parent'] === undefined && {
        parent: 'Issue type is a sub-task but parent issue key or id not specified.',
      }),
  }
}

/** A caller who may not edit meets the rules of fields, and not a 403 (recorded, F-400-08). */
function edit(call: Call): Reply {
  const { issue, project } = issueOf(call, call.path['issueIdOrKey'])
  const body = bodyOf(call)
  const type = call.site.jira.issueTypes.get(issue.typeId)
  const asked = { ...asObject(body['fields']), ...asObject(body['update']) }
  if (!type || !may(call.caller, 'EDIT_ISSUES', { site: call.site, project, issue })) {
    const errors = Object.fromEntries(Object.keys(asked).map((id) => [id, unknownField(id)]))
    return { ...jiraError(400, [], errors), headers: { 'cache-control': 'no-store, no-cache' } }
  }
  const edits = parseEdits(call, body, { project, type, issue, screen: 'edit' })
  if (Object.keys(edits.errors).length > 0) return jiraError(400, [], edits.errors)
  const now = call.clock.now()
  const before = traceOf(call, issue)
  edits.apply(issue)
  if (recordChanges(call, issue, { before, now }) || Object.keys(asked).length > 0) issue.updated = now
  return call.query.flag('returnIssue')
    ? ok(issueView(call, issue, selectFields(call, [], call.query.list('expand'))))
    : empty()
}

function remove(call: Call): Reply {
  const { issue, project } = issueOf(call, call.path['issueIdOrKey'])
  if (!may(call.caller, 'DELETE_ISSUES', { site: call.site, project, issue })) {
    return jiraError(403, ['You do not have permission to delete issues in this project.'])
  }
  const { issueTypes } = call.site.jira
  const subtasks = issuesBelow(call.site, issue.id).filter(
    ({ typeId }) => issueTypes.get(typeId)?.level === -1,
  )
  if (subtasks.length > 0 && !call.query.flag('deleteSubtasks')) {
    return jiraError(400, [
      `The issue '${issue.key}' has subtasks. You must specify the 'deleteSubtasks' parameter to delete this issue and all its subtasks.`,
    ])
  }
  for (const doomed of [...subtasks, issue]) removeIssue(call.site, doomed)
  return empty()
}

/** Found issues in the order of their ids; of the others nothing is told apart (documented). */
function bulkFetch(call: Call): Reply {
  const body = bodyOf(call)
  const asked = (asList(body['issueIdsOrKeys']) ?? refuseBinding()).map((one) => asId(one) ?? '')
  if (asked.length > 100) return jiraError(400, ['A maximum of 100 issues can be fetched at a time.'])
  const texts = (name: string): readonly string[] =>
    (asList(body[name]) ?? []).filter((one) => typeof one === 'string')
  const selection = selectFields(call, texts('fields'), texts('expand'))
  const isVisible = (issue: Issue): boolean => {
    const project = call.site.jira.projects.get(issue.projectId)
    return project !== undefined && may(call.caller, 'BROWSE_PROJECTS', { site: call.site, project, issue })
  }
  const found = new Set<Issue>()
  const lost: string[] = []
  for (const name of asked) {
    const issue = findIssue(call.site, name)
    if (issue && isVisible(issue)) found.add(issue)
    else lost.push(name)
  }
  const issues = [...found].toSorted((one, other) => Number(one.id) - Number(other.id))
  return ok({
    issues: issues.map((issue) => issueView(call, issue, selection)),
    issueErrors: lost.map((id) => ({
      id,
      errorMessage: 'Issue does not exist or you do not have permission to see it.',
    })),
  })
}

export const issueHandlers: readonly Served[] = [
  serve(getIssue, ['fields', 'expand', 'fieldsByKeys', 'updateHistory', 'failFast'], get),
  serve(createIssue, ['updateHistory'], create),
  serve(editIssue, ['notifyUsers', 'returnIssue', 'expand'], edit),
  serve(deleteIssue, ['deleteSubtasks'], remove),
  serve(bulkFetchIssues, [], bulkFetch),
  serve(getEditIssueMeta, [], (call) => {
    const { issue, project } = issueOf(call, call.path['issueIdOrKey'])
    const allowed = may(call.caller, 'EDIT_ISSUES', { site: call.site, project, issue })
    return ok(allowed ? editMetadata(call, issue, project) : { fields: {} })
  }),
  serve(getChangeLogs, ['startAt', 'maxResults'], (call) => {
    const { issue } = issueOf(call, call.path['issueIdOrKey'])
    const path = `/rest/api/3/issue/${issue.key}/changelog`
    const window = windowOf(call, 100)
    return ok(pageBean(call, issue.history, { path, window, view: (change) => changeView(call, change) }))
  }),
]
