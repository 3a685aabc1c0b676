import type { FieldChange, FieldHistory, FieldValue } from '@telamon/query'

import type { Issue } from '../world/jira-model.ts'

/** The past of a field with one value, from the changelog. */
export function historyOf(issue: Issue, fieldId: string): FieldHistory {
  const changes = issue.history.flatMap(({ authorId, created, items }) =>
    items
      .filter((item) => item.fieldId === fieldId)
      .map((item): FieldChange => ({
        at: created,
        ...(authorId !== null && { by: authorId }),
        from: item.from === null ? [] : [item.from],
        to: item.to === null ? [] : [item.to],
      })),
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
    const come = mine.flatMap(({ to }) => to ?? [])
    const gone = mine.flatMap(({ from }) => from ?? [])
    const before = [...held.filter((value) => !come.includes(String(value))), ...gone]
    changes.unshift({ at: created, ...(authorId !== null && { by: authorId }), from: before, to: held })
    held = before
  }
  return { created: issue.created, ...(issue.creatorId !== null && { createdBy: issue.creatorId }), changes }
}
