import type { Issue } from '../world/jira-model.ts'
import type { Site } from '../world/model.ts'
import type { EpicMark, Sprint } from '../world/software-model.ts'

/** The custom field that holds the sprints of an issue. */
export const sprintFieldId = 'customfield_10020'

/** The custom fields of epics. */
export const epicNameId = 'customfield_10011'
export const epicLinkId = 'customfield_10014'

/** A subtask is where its parent is (reported). */
export function bearer({ jira }: Site, issue: Issue): Issue {
  const level = jira.issueTypes.get(issue.typeId)?.level ?? 0
  return (level < 0 ? jira.issues.get(issue.parentId ?? '') : undefined) ?? issue
}

/** The sprints that an issue is and was in, in the order it came into them. */
export function sprintsOf(site: Site, issue: Issue): readonly Sprint[] {
  const held = bearer(site, issue).custom.get(sprintFieldId)
  const ids: readonly unknown[] = Array.isArray(held) ? held : []
  return ids.flatMap((id) => site.software.sprints.get(String(id)) ?? [])
}

/** The sprint that is under way or planned; an issue is in one of those at most. */
export function openSprintOf(site: Site, issue: Issue): Sprint | undefined {
  return sprintsOf(site, issue).find(({ state }) => state !== 'closed')
}

/** Writes the open sprint of an issue; what is closed stays in its list (reported). */
export function writeSprint(site: Site, issue: Issue, sprintId: string | null): void {
  const closed = sprintsOf(site, issue).filter(({ state }) => state === 'closed')
  const ids = [...closed.map(({ id }) => id), ...(sprintId === null ? [] : [sprintId])]
  if (ids.length === 0) issue.custom.delete(sprintFieldId)
  else issue.custom.set(sprintFieldId, ids)
}

/** Whether an issue stands above the others, as epics do. */
export function isEpic({ jira }: Site, { typeId }: Issue): boolean {
  return (jira.issueTypes.get(typeId)?.level ?? 0) > 0
}

/** The epic above an issue: its parent, or the parent of that. */
export function epicOf(site: Site, issue: Issue): Issue | undefined {
  const parent = site.jira.issues.get(issue.parentId ?? '')
  if (!parent) return undefined
  return isEpic(site, parent) ? parent : epicOf(site, parent)
}

/** What an epic has before anybody named or coloured it (recorded). */
export const plainMark: EpicMark = { name: null, color: 'color_13', done: false }

/** What an epic has besides its fields. */
export function markOf({ software }: Site, { id }: Issue): EpicMark {
  return software.epics.get(id) ?? plainMark
}
