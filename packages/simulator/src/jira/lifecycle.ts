import type { Ground } from '../ground.ts'
import type { Caller } from '../http/call.ts'
import { nextId } from '../world/ids.ts'
import { issuesBelow, linksAt } from '../world/indexes.ts'
import type { Issue, IssueType, Project } from '../world/jira-model.ts'
import type { Site } from '../world/model.ts'

/** Who makes an issue, when and where. */
export interface Maker extends Pick<Ground, 'world' | 'clock'> {
  readonly site: Site
  readonly caller: Caller
}

/** The next place in the order of the backlog, in the form of a LexoRank (recorded: `0|i00007:`). */
export function nextRank({ world, site }: Maker): string {
  return `0|i${Number(nextId(world, 'rank', site.cloudId))
    .toString(36)
    .padStart(5, '0')}:`
}

/** A new issue with nothing but what follows from project, type and person. It is in the world at once. */
export function draftIssue(
  maker: Maker,
  { project, type }: { readonly project: Project; readonly type: IssueType },
): Issue {
  const { world, site, clock, caller } = maker
  const now = clock.now()
  const accountId = caller.person?.accountId ?? null
  project.counter += 1
  const issue: Issue = {
    id: nextId(world, 'issue', site.cloudId),
    key: `${project.key}-${project.counter}`,
    projectId: project.id,
    typeId: type.id,
    statusId: project.statusIds[0] ?? '',
    summary: '',
    description: null,
    environment: null,
    priorityId: site.jira.defaults.priorityId,
    resolutionId: null,
    resolved: null,
    assigneeId: null,
    reporterId: accountId,
    creatorId: accountId,
    labels: [],
    componentIds: [],
    fixVersionIds: [],
    versionIds: [],
    parentId: null,
    dueDate: null,
    originalEstimate: null,
    remainingEstimate: null,
    created: now,
    updated: now,
    categoryChanged: now,
    rank: nextRank(maker),
    custom: new Map(),
    watchers: new Set(accountId === null ? [] : [accountId]),
    votes: new Set(),
    comments: [],
    worklogs: [],
    remoteLinks: [],
    attachments: [],
    securityLevelId: null,
    archived: null,
    history: [],
  }
  site.jira.issues.set(issue.id, issue)
  site.jira.keys.set(issue.key, issue.id)
  return issue
}

/** Takes an issue out of the world, with its links. Its number is not given out again. */
export function removeIssue(site: Site, issue: Issue): void {
  const { jira, software, service } = site
  for (const { id } of linksAt(site, issue.id)) jira.links.delete(id)
  for (const child of issuesBelow(site, issue.id)) child.parentId = null
  software.epics.delete(issue.id)
  service.requests.delete(issue.id)
  jira.issues.delete(issue.id)
  for (const [key, id] of jira.keys) if (id === issue.id) jira.keys.delete(key)
  const gone = [
    `issue/${issue.id}`,
    ...issue.comments.map(({ id }) => `comment/${id}`),
    ...issue.worklogs.map(({ id }) => `worklog/${id}`),
  ]
  for (const name of gone) jira.properties.delete(name)
  for (const { id } of issue.attachments) jira.files.delete(id)
}
