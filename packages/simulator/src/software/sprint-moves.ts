import { recordChanges, traceOf } from '../jira/history.ts'
import type { View } from '../jira/view.ts'
import type { Issue } from '../world/jira-model.ts'
import { sprintFieldId, writeSprint } from './membership.ts'

/** Moves an issue into an open sprint, or out of it, and writes it into the changelog. */
export function moveToSprint(
  view: View,
  issue: Issue,
  { sprintId, now }: { readonly sprintId: string | null; readonly now: number },
): void {
  const before = traceOf(view, issue)
  writeSprint(view.site, issue, sprintId)
  recordChanges(view, issue, { before, now })
}

/** Takes a sprint that is going away out of the lists of all issues. */
export function forgetSprint(view: View, sprintId: string, now: number): void {
  for (const issue of view.site.jira.issues.values()) {
    const held = issue.custom.get(sprintFieldId)
    if (!Array.isArray(held) || !held.includes(sprintId)) continue
    const before = traceOf(view, issue)
    const left = held.filter((id) => id !== sprintId)
    if (left.length === 0) issue.custom.delete(sprintFieldId)
    else issue.custom.set(sprintFieldId, left)
    recordChanges(view, issue, { before, now })
  }
}
