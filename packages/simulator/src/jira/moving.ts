import type { Call } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { refuse } from '../http/reply.ts'
import { asObject, type JsonObject } from '../http/value.ts'
import type { ChangeItem, Issue, IssueType, Project } from '../world/jira-model.ts'
import { may } from '../world/permissions.ts'
import { addChange, recordChanges, traceOf } from './history.ts'
import { moveTo } from './transitions.ts'

/** Where an issue is to go. */
export interface Destination {
  readonly project: Project
  readonly type: IssueType
  /** Statuses of the source → status of the destination; others become the first one, or the one of the same name. */
  readonly statuses: JsonObject
}

/** The status an issue has at its destination: the mapped one, one of the same name, or the first. */
function statusAt(
  { site }: Call,
  issue: Issue,
  { project, statuses }: Pick<Destination, 'project' | 'statuses'>,
): string {
  const here = project.statusIds
  const mapped = statuses[issue.statusId]
  if (typeof mapped === 'string' && here.includes(mapped)) return mapped
  if (here.includes(issue.statusId)) return issue.statusId
  const name = site.jira.statuses.get(issue.statusId)?.name
  return here.find((id) => site.jira.statuses.get(id)?.name === name) ?? here[0] ?? issue.statusId
}

/**
 * Moves an issue to another project or type. It gets a key of its new project, the old one still leads to it, and what
 * belonged to the old project stays there (documented; the changelog's items are inferred).
 */
export function moveIssue(call: Call, issue: Issue, destination: Destination): void {
  const { project, type } = destination
  const { jira } = call.site
  const home = jira.projects.get(issue.projectId)
  if (!home || !may(call.caller, 'MOVE_ISSUES', { site: call.site, project: home, issue })) {
    return refuse(jiraError(403, ['You do not have permission to move this issue.']))
  }
  if (!may(call.caller, 'CREATE_ISSUES', { site: call.site, project })) {
    return refuse(jiraError(403, ['You do not have permission to create issues in the target project.']))
  }
  if ((jira.issueTypes.get(issue.typeId)?.level ?? 0) !== type.level) {
    return refuse(jiraError(400, ['The issue type of the destination is of another level.']))
  }
  const now = call.clock.now()
  const before = traceOf(call, issue)
  const statusId = statusAt(call, issue, destination)
  issue.typeId = type.id
  if (statusId !== issue.statusId) moveTo(call, issue, { statusId, now })
  if (home.id !== project.id) changeProject(call, issue, { home, project })
  recordChanges(call, issue, { before, now })
}

type Side = { readonly id: string; readonly text: string }

const item = (field: string, from: Side, to: Side): ChangeItem => ({
  field,
  fieldtype: 'jira',
  ...(field === 'project' && { fieldId: field }),
  from: from.id,
  fromString: from.text,
  to: to.id,
  toString: to.text,
})

/** Gives an issue a place and a key in another project, and its subtasks after it. */
function changeProject(
  call: Call,
  issue: Issue,
  { home, project }: { readonly home: Project; readonly project: Project },
): void {
  const { issues, issueTypes, keys } = call.site.jira
  const oldKey = issue.key
  project.counter += 1
  issue.projectId = project.id
  issue.key = `${project.key}-${project.counter}`
  keys.set(issue.key, issue.id)
  issue.componentIds = []
  issue.fixVersionIds = []
  issue.versionIds = []
  issue.securityLevelId = null
  const items = [
    item('project', { id: home.id, text: home.name }, { id: project.id, text: project.name }),
    item('Key', { id: '', text: oldKey }, { id: '', text: issue.key }),
  ]
  addChange(call, issue, { items, now: call.clock.now() })
  const parent = issues.get(issue.parentId ?? '')
  if (parent && parent.projectId !== project.id) issue.parentId = null
  const subtask = project.issueTypeIds
    .flatMap((id) => issueTypes.get(id) ?? [])
    .find(({ level }) => level < 0)
  for (const child of issues.values()) {
    if (child.parentId !== issue.id || (issueTypes.get(child.typeId)?.level ?? 0) >= 0) continue
    if (subtask) child.typeId = subtask.id
    child.statusId = statusAt(call, child, { project, statuses: {} })
    changeProject(call, child, { home, project })
  }
}

/** The mapping of statuses that a body gives: by the status of the destination, the ones it takes in. */
export function readStatuses(value: unknown): JsonObject {
  const pairs = Object.entries(asObject(value) ?? {}).flatMap(([target, sources]) =>
    Array.isArray(sources) ? sources.map((source): [string, string] => [String(source), target]) : [],
  )
  return Object.fromEntries(pairs)
}
