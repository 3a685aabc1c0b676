import type { Links } from '../http/call.ts'
import type { Issue } from '../world/jira-model.ts'
import type { Site } from '../world/model.ts'
import { markOf, plainMark } from './membership.ts'
import { agile } from './sprint-view.ts'

/** An epic by itself (documented). */
export function epicView(
  view: { readonly links: Links; readonly site: Site },
  epic: Issue,
): Record<string, unknown> {
  const { name, color, done } = markOf(view.site, epic)
  const { id, key, summary } = epic
  return {
    id: Number(id),
    key,
    self: agile(view, `epic/${id}`),
    name: name ?? summary,
    summary,
    color: { key: color },
    // Only the name of the colour an epic begins with is known (recorded).
    ...(color === plainMark.color && { issueColor: { key: 'purple' } }),
    done,
  }
}
