import type { Content } from './confluence-model.ts'
import { createIndex } from './index-of.ts'
import type { Issue, IssueLink } from './jira-model.ts'
import type { Site } from './model.ts'

const orNone = (id: string | null): readonly string[] => (id === null ? [] : [id])

/** Issues by what a query can name, under the names of its fields. */
export const issueIndexes = {
  project: createIndex<Issue>(({ projectId }) => [projectId]),
  parent: createIndex<Issue>(({ parentId }) => orNone(parentId)),
  assignee: createIndex<Issue>(({ assigneeId }) => orNone(assigneeId)),
  reporter: createIndex<Issue>(({ reporterId }) => orNone(reporterId)),
  status: createIndex<Issue>(({ statusId }) => [statusId]),
} as const

const byEnd = createIndex<IssueLink>(({ fromId, toId }) => (fromId === toId ? [fromId] : [fromId, toId]))
const byPlace = createIndex<Content>(({ parentId }) => orNone(parentId))

/** The issues directly below an issue. */
export const issuesBelow = ({ jira }: Site, issueId: string): readonly Issue[] =>
  issueIndexes.parent.all(jira.issues, issueId)

/** The issues of a project. */
export const issuesIn = ({ jira }: Site, projectId: string): readonly Issue[] =>
  issueIndexes.project.all(jira.issues, projectId)

/** The links at either end of which an issue is, oldest first. */
export const linksAt = ({ jira }: Site, issueId: string): readonly IssueLink[] =>
  byEnd.all(jira.links, issueId)

/** The content directly below a piece of content, in whatever state. */
export const contentBelow = ({ confluence }: Site, contentId: string): readonly Content[] =>
  byPlace.all(confluence.contents, contentId)
