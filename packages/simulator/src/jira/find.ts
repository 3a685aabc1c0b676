import type { Call } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { refuse } from '../http/reply.ts'
import type { Issue, Project } from '../world/jira-model.ts'
import type { Site } from '../world/model.ts'
import { may } from '../world/permissions.ts'

/** An issue by key or id, whoever may see it. Keys do not care for case. */
export function findIssue({ jira }: Site, keyOrId: string): Issue | undefined {
  return jira.issues.get(keyOrId) ?? jira.issues.get(jira.keys.get(keyOrId.toUpperCase()) ?? '')
}

/** A project by key or id, whoever may see it. */
export function findProject({ jira }: Site, keyOrId: string): Project | undefined {
  const key = keyOrId.toUpperCase()
  return jira.projects.get(keyOrId) ?? [...jira.projects.values()].find((project) => project.key === key)
}

/** An issue that the caller may see, with its project. What is hidden is not there (recorded, F-404-01). */
export function issueOf(
  { site, caller }: Pick<Call, 'site' | 'caller'>,
  keyOrId: string | undefined,
): { readonly issue: Issue; readonly project: Project } {
  const issue = findIssue(site, keyOrId ?? '')
  const project = issue && site.jira.projects.get(issue.projectId)
  if (!issue || !project || !may(caller, 'BROWSE_PROJECTS', { site, project, issue })) {
    return refuse(jiraError(404, ['Issue does not exist or you do not have permission to see it.']))
  }
  return { issue, project }
}

/** An issue by key or id, if the caller may see it. */
export function visibleIssue(
  { site, caller }: Pick<Call, 'site' | 'caller'>,
  keyOrId: string,
): Issue | undefined {
  const issue = findIssue(site, keyOrId)
  const project = issue && site.jira.projects.get(issue.projectId)
  return issue && project && may(caller, 'BROWSE_PROJECTS', { site, project, issue }) ? issue : undefined
}

/** A project that the caller may see (recorded, F-404-02; the sentence for an id is inferred). */
export function projectOf(
  { site, caller }: Pick<Call, 'site' | 'caller'>,
  keyOrId: string | undefined,
): Project {
  const given = keyOrId ?? ''
  const project = findProject(site, given)
  if (project && may(caller, 'BROWSE_PROJECTS', { site, project })) return project
  const kind = /^\d+$/.test(given) ? 'id' : 'key'
  return refuse(jiraError(404, [`No project could be found with ${kind} '${given}'.`]))
}

/** The open projects that the caller may see, in the order of their keys. */
export function visibleProjects({ site, caller }: Pick<Call, 'site' | 'caller'>): readonly Project[] {
  return [...site.jira.projects.values()]
    .filter((project) => !project.closed && may(caller, 'BROWSE_PROJECTS', { site, project }))
    .toSorted((one, other) => (one.key < other.key ? -1 : 1))
}
