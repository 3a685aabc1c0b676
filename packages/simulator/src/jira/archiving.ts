import { archiveIssues, archiveIssuesAsync, unarchiveIssues } from '@telamon/jira/operations'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { json, ok, type Reply } from '../http/reply.ts'
import { asId, asList, asText } from '../http/value.ts'
import { findIssues } from '../query/jql.ts'
import { issuesBelow } from '../world/indexes.ts'
import type { Issue } from '../world/jira-model.ts'
import { administersJira, may } from '../world/permissions.ts'
import { bodyOf, refuseBinding } from './body.ts'
import { visibleIssue } from './find.ts'
import { administer, signedIn } from './rights.ts'
import { submitTask, taskAddress } from './tasks.ts'

/** Why an issue cannot be archived or brought back, as the answer names it (documented). */
const reasons = {
  issuesNotFound: 'Issue not found.',
  issueIsSubtask: 'Subtasks cannot be archived or restored by themselves.',
  issuesInArchivedProjects: 'Issues of archived projects cannot be archived or restored.',
  userDoesNotHavePermission: 'You do not have permission to do this in the project.',
}

type Reason = keyof typeof reasons

const mostIssues = 1000

/** Why this issue is left alone; undefined when nothing stands in the way. */
function obstacle(
  call: Call,
  issue: Issue | undefined,
  permission: 'ARCHIVE_ISSUES' | 'UNARCHIVE_ISSUES',
): Reason | undefined {
  const { site, caller } = call
  const project = issue && site.jira.projects.get(issue.projectId)
  if (!issue || !project) return 'issuesNotFound'
  if (project.closed) return 'issuesInArchivedProjects'
  if ((site.jira.issueTypes.get(issue.typeId)?.level ?? 0) < 0) return 'issueIsSubtask'
  const allowed = administersJira(caller, site) || may(caller, permission, { site, project, issue })
  return allowed ? undefined : 'userDoesNotHavePermission'
}

/** Archives an issue, with its subtasks, or brings them back. */
export function setArchived(
  call: Pick<Call, 'site' | 'caller' | 'clock'>,
  issue: Issue,
  archived: boolean,
): void {
  const { issueTypes } = call.site.jira
  const by = call.caller.person?.accountId ?? null
  const subtasks = issuesBelow(call.site, issue.id).filter(
    ({ typeId }) => (issueTypes.get(typeId)?.level ?? 0) < 0,
  )
  for (const one of [issue, ...subtasks]) one.archived = archived ? { at: call.clock.now(), by } : null
}

/** What can be done is done, and the rest is listed by reason (documented). */
function change(call: Call, archived: boolean): Reply {
  signedIn(call)
  const given = asList(bodyOf(call)['issueIdsOrKeys']) ?? refuseBinding()
  const names = new Set(given.map((name) => asId(name) ?? ''))
  if (names.size > mostIssues) return jiraError(400, [`At most ${mostIssues} issues can be named.`])
  const failed = new Map<Reason, string[]>()
  let updated = 0
  for (const name of names) {
    const issue = visibleIssue(call, name)
    const reason = obstacle(call, issue, archived ? 'ARCHIVE_ISSUES' : 'UNARCHIVE_ISSUES')
    if (reason !== undefined) failed.set(reason, [...(failed.get(reason) ?? []), name])
    else if (issue) {
      setArchived(call, issue, archived)
      updated += 1
    }
  }
  const errors = Object.fromEntries(
    Array.from(failed, ([reason, issueIdsOrKeys]) => [
      reason,
      { count: issueIdsOrKeys.length, issueIdsOrKeys, message: reasons[reason] },
    ]),
  )
  return ok({ numberOfIssuesUpdated: updated, errors })
}

/** Archives what a query finds, as a task; the answer is its address (documented: 202). */
function archiveFound(call: Call): Reply {
  administer(call)
  const found = findIssues(call, asText(bodyOf(call)['jql']) ?? refuseBinding())
  if (!found.ok) return jiraError(400, [found.error.message])
  const tops = found.issues.filter(({ typeId }) => (call.site.jira.issueTypes.get(typeId)?.level ?? 0) >= 0)
  const task = submitTask(call, {
    description: 'Archive issues',
    items: tops.map(({ id }) => ({ kind: 'archive', id })),
  })
  return json(202, taskAddress(call, task))
}

export const archivingHandlers: readonly Served[] = [
  serve(archiveIssues, [], (call) => change(call, true)),
  serve(unarchiveIssues, [], (call) => change(call, false)),
  serve(archiveIssuesAsync, [], archiveFound),
]
