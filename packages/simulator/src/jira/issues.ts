import {
  bulkFetchIssues,
  createIssue,
  deleteIssue,
  editIssue,
  getEditIssueMeta,
  getIssue,
} from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { empty, json, ok, refuse, type Reply } from '../http/reply.ts'
import { asId, asList, asObject, asText, type JsonObject } from '../http/value.ts'
import { issuesBelow } from '../world/indexes.ts'
import type { Issue, IssueType, Project } from '../world/jira-model.ts'
import { may } from '../world/permissions.ts'
import { bodyOf, refuseBinding } from './body.ts'
import { pick } from './fields/choice-fields.ts'
import { findIssue, findProject, issueOf, visibleProjects } from './find.ts'
import { recordChanges, traceOf } from './history.ts'
import { editMetadata, issueView, selectFields } from './issue-view.ts'
import { draftIssue, removeIssue } from './lifecycle.ts'
import { setProperty } from './property-store.ts'
import { personalOf } from './sharing.ts'
import { rest } from './view.ts'
import { parseEdits, unknownField } from './write.ts'

function get(call: Call): Reply {
  const { issue, project } = issueOf(call, call.path['issueIdOrKey'])
  if (call.query.flag('updateHistory') && call.caller.person) {
    const { issuesSeen, projectsSeen } = personalOf(call.site, call.caller.person.accountId)
    issuesSeen.set(issue.id, call.clock.now())
    projectsSeen.set(project.id, call.clock.now())
  }
  const { query } = call
  const selection = selectFields(call, query.list('fields'), query.list('expand'))
  return ok(issueView(call, issue, { ...selection, properties: query.list('properties') }))
}

/**
 * Makes an issue, or ends the call with what is wrong with it. of complaints is recorded: no body, no JSON,
 * project, type, then the fields (F-400-01 to 04).
 */
export function makeIssue(call: Call, body: JsonObject): Issue {
  const fields = asObject(body['fields'])
  const given = asObject(fields?.['project'])
  const project = findProject(call.site, asText(given?.['key']) ?? asId(given?.['id']) ?? '')
  if (!project || !visibleProjects(call).includes(project)) {
    return refuse(jiraError(400, [], { project: 'Specify a valid project ID or key' }))
  }
  if (!may(call.caller, 'CREATE_ISSUES', { site: call.site, project })) {
    return refuse(
      jiraError(400, [], { project: 'You do not have permission to create issues in this project.' }),
    )
  }
  const types = [...call.site.jira.issueTypes.values()].filter(({ id }) => project.issueTypeIds.includes(id))
  const type = pick(types, fields?.['issuetype'])
  if (!type) return refuse(jiraError(400, [], { issuetype: 'Specify an issue type' }))
  const edits = parseEdits(call, body, { project, type, screen: 'create' })
  const errors = { ...missingFields(type, fields ?? {}), ...edits.errors }
  if (Object.keys(errors).length > 0) return refuse(jiraError(400, [], errors))
  const issue = draftIssue(call, { project, type })
  issue.securityLevelId =
    call.site.jira.securitySchemes.get(project.securitySchemeId ?? '')?.defaultLevelId ?? null
  edits.apply(issue)
  if (fields?.['assignee'] === undefined) issue.assigneeId = usualAssignee(project, issue)
  setProperties(call, issue, body)
  return issue
}

/** Writes the properties that came along with an issue (documented). */
function setProperties({ site }: Call, { id }: Issue, body: JsonObject): void {
  for (const one of asList(body['properties']) ?? []) {
    const { key, value } = asObject(one) ?? {}
    if (typeof key === 'string') setProperty(site, { kind: 'issue', id, key }, value)
  }
}

/** Who has a new issue when nobody is named: the lead of its component or of the project, or nobody (documented). */
function usualAssignee(project: Project, { componentIds }: Issue): string | null {
  const component = project.components.find(({ id }) => componentIds.includes(id))
  if (component?.assigneeType === 'COMPONENT_LEAD' && component.leadId) return component.leadId
  return project.assigneeType === 'PROJECT_LEAD' ? project.leadId : null
}

function create(call: Call): Reply {
  const { id, key } = makeIssue(call, bodyOf(call, 'No Issue Create payload supplied'))
  return json(201, { id, key, self: rest(call, `issue/${id}`) })
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

/**
 * Changes an issue, or ends the call with what is wrong. A caller who may not edit meets the rules of fields, and not a
 * 403 (recorded, F-400-08).
 */
export function changeIssue(
  call: Call,
  { issue, project }: { readonly issue: Issue; readonly project: Project },
  body: JsonObject,
): void {
  const type = call.site.jira.issueTypes.get(issue.typeId)
  const asked = { ...asObject(body['fields']), ...asObject(body['update']) }
  if (!type || !may(call.caller, 'EDIT_ISSUES', { site: call.site, project, issue })) {
    const errors = Object.fromEntries(Object.keys(asked).map((id) => [id, unknownField(id)]))
    return refuse({ ...jiraError(400, [], errors), headers: { 'cache-control': 'no-store, no-cache' } })
  }
  const edits = parseEdits(call, body, { project, type, issue, screen: 'edit' })
  if (Object.keys(edits.errors).length > 0) refuse(jiraError(400, [], edits.errors))
  const now = call.clock.now()
  const before = traceOf(call, issue)
  edits.apply(issue)
  setProperties(call, issue, body)
  if (recordChanges(call, issue, { before, now }) || Object.keys(asked).length > 0) issue.updated = now
}

function edit(call: Call): Reply {
  const found = issueOf(call, call.path['issueIdOrKey'])
  changeIssue(call, found, bodyOf(call))
  return call.query.flag('returnIssue')
    ? ok(issueView(call, found.issue, selectFields(call, [], call.query.list('expand'))))
    : empty()
}

/** Takes an issue away, with its subtasks where that is wanted, or ends the call with what stands in the way. */
export function deleteWhole(
  call: Call,
  { issue, project }: { readonly issue: Issue; readonly project: Project },
  withSubtasks: boolean,
): void {
  if (!may(call.caller, 'DELETE_ISSUES', { site: call.site, project, issue })) {
    refuse(jiraError(403, ['You do not have permission to delete issues in this project.']))
  }
  const { issueTypes } = call.site.jira
  const subtasks = issuesBelow(call.site, issue.id).filter(
    ({ typeId }) => issueTypes.get(typeId)?.level === -1,
  )
  if (subtasks.length > 0 && !withSubtasks) {
    refuse(
      jiraError(400, [
        `The issue '${issue.key}' has subtasks. You must specify the 'deleteSubtasks' parameter to delete this issue and all its subtasks.`,
      ]),
    )
  }
  for (const doomed of [...subtasks, issue]) removeIssue(call.site, doomed)
}

/** Found issues in the order of their ids; of the others nothing is told apart (documented). */
function bulkFetch(call: Call): Reply {
  const body = bodyOf(call)
  const asked = (asList(body['issueIdsOrKeys']) ?? refuseBinding()).map((one) => asId(one) ?? '')
  if (asked.length > 100) return jiraError(400, ['A maximum of 100 issues can be fetched at a time.'])
  const texts = (name: string): readonly string[] =>
    (asList(body[name]) ?? []).filter((one) => typeof one === 'string')
  const selection = {
    ...selectFields(call, texts('fields'), texts('expand')),
    properties: texts('properties'),
  }
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
  {
    ...serve(getIssue, ['fields', 'expand', 'fieldsByKeys', 'properties', 'updateHistory', 'failFast'], get),
    writes: ({ query }) => query.flag('updateHistory'),
  },
  serve(createIssue, ['updateHistory'], create),
  serve(editIssue, ['notifyUsers', 'returnIssue', 'expand'], edit),
  serve(deleteIssue, ['deleteSubtasks'], (call) => {
    deleteWhole(call, issueOf(call, call.path['issueIdOrKey']), call.query.flag('deleteSubtasks'))
    return empty()
  }),
  serve(bulkFetchIssues, [], bulkFetch),
  serve(getEditIssueMeta, [], (call) => {
    const { issue, project } = issueOf(call, call.path['issueIdOrKey'])
    const allowed = may(call.caller, 'EDIT_ISSUES', { site: call.site, project, issue })
    return ok(allowed ? editMetadata(call, issue, project) : { fields: {} })
  }),
]
