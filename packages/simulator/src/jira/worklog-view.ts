import type { Issue, Worklog } from '../world/jira-model.ts'
import { jiraDuration } from '../world/time.ts'
import { rest, timeOf, userView, type View } from './view.ts'
import { visibilityView } from './visibility.ts'

/** A worklog (recorded, F-ISS-12). */
export function worklogView(view: View, issue: Issue, worklog: Worklog): Record<string, unknown> {
  const author = userView(view, worklog.authorId)
  return {
    self: rest(view, `issue/${issue.id}/worklog/${worklog.id}`),
    author,
    updateAuthor: userView(view, worklog.updateAuthorId ?? worklog.authorId),
    ...(worklog.comment && { comment: worklog.comment }),
    created: timeOf(view, worklog.created),
    updated: timeOf(view, worklog.updated),
    started: timeOf(view, worklog.started),
    timeSpent: jiraDuration(worklog.seconds),
    timeSpentSeconds: worklog.seconds,
    id: worklog.id,
    issueId: issue.id,
    ...(worklog.visibility && { visibility: visibilityView(view, worklog.visibility) }),
  }
}
