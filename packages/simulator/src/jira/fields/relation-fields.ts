import { issuesBelow, linksAt } from '../../world/indexes.ts'
import type { Issue, IssueLink } from '../../world/jira-model.ts'
import type { SecurityLevel } from '../../world/jira/site-model.ts'
import { mayReadComment } from '../../world/permissions.ts'
import { attachmentView } from '../attachment-view.ts'
import { commentView } from '../comment-view.ts'
import { securityLevelView } from '../security-levels.ts'
import { issueTypeView, linkTypeView, priorityView, rest, statusView, type View } from '../view.ts'
import { worklogView } from '../worklog-view.ts'
import {
  attachmentEditing,
  commentEditing,
  linkEditing,
  parentEditing,
  securityEditing,
  sees,
} from './relation-editing.ts'
import type { FieldSpec } from './spec.ts'

/** An issue inside of another one: as parent, subtask or the other end of a link. */
export function relatedView(view: View, issue: Issue): Record<string, unknown> {
  const { jira } = view.site
  const status = jira.statuses.get(issue.statusId)
  const priority = jira.priorities.get(issue.priorityId)
  const type = jira.issueTypes.get(issue.typeId)
  return {
    id: issue.id,
    key: issue.key,
    self: rest(view, `issue/${issue.id}`),
    fields: {
      summary: issue.summary,
      ...(status && { status: statusView(view, status) }),
      ...(priority && { priority: priorityView(view, priority) }),
      ...(type && { issuetype: issueTypeView(view, type) }),
    },
  }
}

/** A link as it looks from one of its issues; undefined when the other end is not visible. */
function linkView(view: View, issue: Issue, link: IssueLink): Record<string, unknown> | undefined {
  const type = view.site.jira.linkTypes.get(link.typeId)
  const outward = link.fromId === issue.id
  const other = view.site.jira.issues.get(outward ? link.toId : link.fromId)
  if (!type || !sees(view, other)) return undefined
  return {
    id: link.id,
    self: rest(view, `issueLink/${link.id}`),
    type: linkTypeView(view, type),
    [outward ? 'outwardIssue' : 'inwardIssue']: relatedView(view, other),
  }
}

function levelOf({ site }: Pick<View, 'site'>, issue: Issue): SecurityLevel | undefined {
  const project = site.jira.projects.get(issue.projectId)
  const scheme = site.jira.securitySchemes.get(project?.securitySchemeId ?? '')
  return scheme?.levels.find(({ id }) => id === issue.securityLevelId)
}

/** At most this many worklogs stand inside of an issue (recorded). */
const embeddedWorklogs = 20

export const relationFields: readonly FieldSpec[] = [
  {
    id: 'parent',
    name: 'Parent',
    clauseNames: ['parent'],
    orderable: true,
    navigable: true,
    searchable: true,
    changeName: 'IssueParentAssociation',
    show(view, issue) {
      const parent = view.site.jira.issues.get(issue.parentId ?? '')
      return sees(view, parent) ? relatedView(view, parent) : undefined
    },
    trace: ({ site }, { parentId }) =>
      parentId === null ? [] : [{ id: parentId, text: site.jira.issues.get(parentId)?.key ?? null }],
    edit: parentEditing,
  },
  {
    id: 'subtasks',
    name: 'Sub-tasks',
    clauseNames: ['subtasks'],
    schema: { type: 'array', items: 'issuelinks', system: 'subtasks' },
    navigable: true,
    show: (view, issue) =>
      issuesBelow(view.site, issue.id)
        .filter((child) => view.site.jira.issueTypes.get(child.typeId)?.level === -1)
        .map((child) => relatedView(view, child)),
  },
  {
    id: 'issuelinks',
    name: 'Linked Issues',
    clauseNames: ['issueLink', 'workItemLink'],
    schema: { type: 'array', items: 'issuelinks', system: 'issuelinks' },
    orderable: true,
    navigable: true,
    searchable: true,
    show: (view, issue) =>
      linksAt(view.site, issue.id).flatMap((link) => {
        const shown = linkView(view, issue, link)
        return shown ? [shown] : []
      }),
    edit: linkEditing,
  },
  {
    id: 'watches',
    name: 'Watchers',
    clauseNames: ['watchers'],
    schema: { type: 'watches', system: 'watches' },
    navigable: true,
    show: (view, { key, watchers }) => ({
      self: rest(view, `issue/${key}/watchers`),
      watchCount: watchers.size,
      isWatching: watchers.has(view.caller.person?.accountId ?? ''),
    }),
  },
  {
    id: 'votes',
    name: 'Votes',
    clauseNames: ['votes'],
    schema: { type: 'votes', system: 'votes' },
    navigable: true,
    show: (view, { key, votes }) => ({
      self: rest(view, `issue/${key}/votes`),
      votes: votes.size,
      hasVoted: votes.has(view.caller.person?.accountId ?? ''),
    }),
  },
  {
    id: 'comment',
    name: 'Comment',
    clauseNames: ['comment'],
    schema: { type: 'comments-page', system: 'comment' },
    orderable: true,
    searchable: true,
    show(view, issue) {
      const comments = commentView.visible(view, issue)
      return {
        comments: comments.map((comment) => commentView.one(view, issue, comment)),
        self: rest(view, `issue/${issue.id}/comment`),
        maxResults: comments.length,
        total: comments.length,
        startAt: 0,
      }
    },
    edit: commentEditing,
  },
  {
    id: 'worklog',
    name: 'Log Work',
    clauseNames: [],
    schema: { type: 'array', items: 'worklog', system: 'worklog' },
    orderable: true,
    searchable: true,
    show(view, issue) {
      const project = view.site.jira.projects.get(issue.projectId)
      const worklogs = issue.worklogs.filter(
        (worklog) => project && mayReadComment(view.caller, worklog, { site: view.site, project, issue }),
      )
      return {
        startAt: 0,
        maxResults: embeddedWorklogs,
        total: worklogs.length,
        worklogs: worklogs.slice(0, embeddedWorklogs).map((worklog) => worklogView(view, issue, worklog)),
      }
    },
  },
  {
    id: 'attachment',
    name: 'Attachment',
    clauseNames: ['attachments'],
    schema: { type: 'array', items: 'attachment', system: 'attachment' },
    orderable: true,
    searchable: true,
    show: (view, issue) => issue.attachments.map((attachment) => attachmentView(view, attachment)),
    edit: attachmentEditing,
  },
  {
    id: 'security',
    name: 'Security Level',
    clauseNames: ['level'],
    schema: { type: 'securitylevel', system: 'security' },
    orderable: true,
    navigable: true,
    searchable: true,
    show(view, issue) {
      const level = levelOf(view, issue)
      return level ? securityLevelView(view, level) : null
    },
    trace(view, issue) {
      const level = levelOf(view, issue)
      return level ? [{ id: level.id, text: level.name }] : []
    },
    edit: securityEditing,
  },
  {
    id: 'issuerestriction',
    name: 'Restrict to',
    clauseNames: [],
    schema: { type: 'issuerestriction', system: 'issuerestriction' },
    orderable: true,
    searchable: true,
    show: () => ({ issuerestrictions: {}, shouldDisplay: true }),
  },
  {
    id: 'issuekey',
    name: 'Key',
    clauseNames: ['id', 'issue', 'issuekey', 'key', 'workItem', 'workItemKey'],
    navigable: true,
  },
  { id: 'thumbnail', name: 'Images', clauseNames: [], navigable: true },
]
