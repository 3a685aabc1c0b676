import type { Call } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { json, refuse } from '../http/reply.ts'
import type { Issue, Project, ProjectPermission } from '../world/jira-model.ts'
import type { Person } from '../world/model.ts'
import { administersJira, may } from '../world/permissions.ts'
import { issueOf, projectOf } from './find.ts'

/** The person who asks; callers without credentials are refused (recorded for other operations). */
export function signedIn({ caller }: Pick<Call, 'caller'>): Person {
  return (
    caller.person ??
    refuse(
      json(401, { message: 'Client must be authenticated to access this resource.', 'status-code': 401 }),
    )
  )
}

/** Ends the call of everybody who does not administer Jira (documented; the sentence is inferred). */
export function administer(call: Call): Person {
  const person = signedIn(call)
  if (administersJira(call.caller, call.site)) return person
  return refuse(
    jiraError(403, ['You do not have the necessary permission. Only Jira administrators can do that.']),
  )
}

/** A project that the caller administers, by its roles or as administrator of Jira (documented). */
export function administeredProject(call: Call, keyOrId: string | undefined): Project {
  const project = projectOf(call, keyOrId)
  signedIn(call)
  if (mayRun(call, project)) return project
  return refuse(jiraError(403, ['You do not have permission to administer this project.']))
}

/** Whether the caller administers a project. */
export function mayRun({ site, caller }: Pick<Call, 'site' | 'caller'>, project: Project): boolean {
  return administersJira(caller, site) || may(caller, 'ADMINISTER_PROJECTS', { site, project })
}

/** An issue on which the caller has a permission; otherwise the call ends with 403. */
export function permittedIssue(
  call: Call,
  keyOrId: string | undefined,
  permission: ProjectPermission,
): { readonly issue: Issue; readonly project: Project } {
  const found = issueOf(call, keyOrId)
  if (may(call.caller, permission, { site: call.site, ...found })) return found
  return refuse(jiraError(403, ['You do not have permission to perform this operation on this issue.']))
}
