import type { Links } from '../http/call.ts'
import type { Issue } from '../world/jira-model.ts'
import type { Site } from '../world/model.ts'
import type { EpicMark } from '../world/software-model.ts'
import { agile } from './sprint-view.ts'

/** What an epic has before anybody named or coloured it (recorded). */
const plain: EpicMark = { name: null, color: 'color_13', done: false }

/** What an epic has besides its fields. */
export function markOf({ software }: Site, { id }: Issue): EpicMark {
  return software.epics.get(id) ?? plain
}

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
    ...(color === plain.color && { issueColor: { key: 'purple' } }),
    done,
  }
}
