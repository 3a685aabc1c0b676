import type { FieldChange, FieldHistory, FieldValue } from '@telamon/query'

import type { Change, Issue } from '../world/jira-model.ts'

function changeOf(
  { authorId, created }: Pick<Change, 'authorId' | 'created'>,
  from: readonly FieldValue[],
  to: readonly FieldValue[],
): FieldChange {
  return { at: created, ...(authorId !== null && { by: authorId }), from, to }
}

/** The past of a field with one value, from the changelog. */
export function historyOf(issue: Issue, fieldId: string): FieldHistory {
  const changes = issue.history.flatMap(({ authorId, created, items }) =>
    items
      .filter((item) => item.fieldId === fieldId)
      .map(({ from, to }) =>
        changeOf({ authorId, created }, from === null ? [] : [from], to === null ? [] : [to]),
      ),
  )
  return { created: issue.created, ...(issue.creatorId !== null && { createdBy: issue.creatorId }), changes }
}

/** The past of a field with several values: each entry of the changelog adds or takes away one. */
export function listHistoryOf(issue: Issue, fieldId: string, now: readonly FieldValue[]): FieldHistory {
  let held: readonly FieldValue[] = now
  const changes: FieldChange[] = []
  for (const { authorId, created, items } of issue.history.toReversed()) {
    const mine = items.filter((item) => item.fieldId === fieldId)
    if (mine.length === 0) continue
    const come = new Set<FieldValue>(mine.flatMap(({ to }) => to ?? []))
    const gone = mine.flatMap(({ from }) => from ?? [])
    const before = [...held.filter((value) => !come.has(value)), ...gone]
    changes.unshift(changeOf({ authorId, created }, before, held))
    held = before
  }
  return { created: issue.created, ...(issue.creatorId !== null && { createdBy: issue.creatorId }), changes }
}
