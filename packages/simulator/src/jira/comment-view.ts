import type { Comment, Issue } from '../world/jira-model.ts'
import { mayReadComment } from '../world/permissions.ts'
import { rest, timeOf, userView, type View } from './view.ts'
import { visibilityView } from './visibility.ts'

/** The comments of an issue that the caller may read, oldest first. */
function visible(view: View, issue: Issue): readonly Comment[] {
  const project = view.site.jira.projects.get(issue.projectId)
  return project
    ? issue.comments.filter((comment) => mayReadComment(view.caller, comment, { site: view.site, project }))
    : []
}

/** A comment (recorded, F-ISS-10). */
function one(view: View, issue: Issue, comment: Comment): Record<string, unknown> {
  const { id, visibility } = comment
  return {
    self: rest(view, `issue/${issue.id}/comment/${id}`),
    id,
    author: userView(view, comment.authorId),
    body: comment.body,
    updateAuthor: userView(view, comment.updateAuthorId),
    created: timeOf(view, comment.created),
    updated: timeOf(view, comment.updated),
    ...(visibility && { visibility: visibilityView(view, visibility) }),
    jsdPublic: comment.internal !== true,
  }
}

export const commentView = { visible, one }
