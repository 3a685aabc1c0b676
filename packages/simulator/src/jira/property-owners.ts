import type { Call } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { refuse } from '../http/reply.ts'
import type { Comment, Issue, Project } from '../world/jira-model.ts'
import { administersJira, may, mayReadComment } from '../world/permissions.ts'
import { issueOf, projectOf } from './find.ts'
import { administer, administeredProject, permittedIssue, signedIn } from './rights.ts'
import { dashboardOf } from './sharing.ts'

/** Who carries properties, for those who may read or change them; otherwise the call ends. */

type Purpose = 'read' | 'write'

export function issueOwner(call: Call, purpose: Purpose): string {
  const name = call.path['issueIdOrKey']
  return (purpose === 'read' ? issueOf(call, name) : permittedIssue(call, name, 'EDIT_ISSUES')).issue.id
}

/** A comment by its id alone, of an issue that the caller may see. */
export function findComment(
  call: Pick<Call, 'site' | 'caller'>,
  id: string,
): { readonly comment: Comment; readonly issue: Issue; readonly project: Project } | undefined {
  for (const issue of call.site.jira.issues.values()) {
    const comment = issue.comments.find((one) => one.id === id)
    const project = call.site.jira.projects.get(issue.projectId)
    if (!comment || !project) continue
    const place = { site: call.site, project, issue }
    const visible = may(call.caller, 'BROWSE_PROJECTS', place) && mayReadComment(call.caller, comment, place)
    return visible ? { comment, issue, project } : undefined
  }
  return undefined
}

export function commentOwner(call: Call, purpose: Purpose): string {
  const id = call.path['commentId'] ?? ''
  const found = findComment(call, id)
  if (!found) return refuse(jiraError(404, [`Can not find a comment for the id: ${id}.`]))
  const { comment, issue, project } = found
  const place = { site: call.site, project, issue }
  const own = comment.authorId === call.caller.person?.accountId && comment.authorId !== null
  const allowed =
    purpose === 'read' ||
    may(call.caller, 'EDIT_ALL_COMMENTS', place) ||
    (own && may(call.caller, 'EDIT_OWN_COMMENTS', place))
  return allowed ? id : refuse(jiraError(403, ['You do not have the permission to edit this comment.']))
}

export function worklogOwner(call: Call, purpose: Purpose): string {
  const { issue, project } = issueOf(call, call.path['issueIdOrKey'])
  const id = call.path['worklogId'] ?? ''
  const place = { site: call.site, project, issue }
  const worklog = issue.worklogs.find((one) => one.id === id && mayReadComment(call.caller, one, place))
  if (!worklog) return refuse(jiraError(404, [`Cannot find worklog with id: '${id}'.`]))
  const own = worklog.authorId === call.caller.person?.accountId
  const allowed =
    purpose === 'read' ||
    may(call.caller, 'EDIT_ALL_WORKLOGS', place) ||
    (own && may(call.caller, 'EDIT_OWN_WORKLOGS', place))
  return allowed ? id : refuse(jiraError(403, ['You do not have the permission to edit this worklog.']))
}

export function projectOwner(call: Call, purpose: Purpose): string {
  const name = call.path['projectIdOrKey']
  return (purpose === 'read' ? projectOf(call, name) : administeredProject(call, name)).id
}

export function typeOwner(call: Call, purpose: Purpose): string {
  if (purpose === 'write') administer(call)
  const id = call.path['issueTypeId'] ?? ''
  if (call.site.jira.issueTypes.has(id)) return id
  return refuse(jiraError(404, [`The issue type with id '${id}' does not exist.`]))
}

/** People have properties of their own; administrators see and set those of others (documented). */
export function userOwner(call: Call): string {
  const { accountId } = signedIn(call)
  const wanted = call.query.text('accountId') ?? accountId
  if (wanted !== accountId && !administersJira(call.caller, call.site)) {
    return refuse(jiraError(403, ['You do not have permission to access the properties of this user.']))
  }
  if (call.site.members.has(wanted)) return wanted
  return refuse(jiraError(404, ['The user does not exist.']))
}

export function dashboardItemOwner(call: Call, purpose: Purpose): string {
  const dashboard = dashboardOf(call, call.path['dashboardId'], purpose)
  const id = call.path['itemId'] ?? ''
  if (dashboard.gadgets.some((gadget) => gadget.id === id)) return id
  return refuse(jiraError(404, [`The dashboard item with id '${id}' does not exist.`]))
}
