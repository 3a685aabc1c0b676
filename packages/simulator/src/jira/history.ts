import { nextId } from '../world/ids.ts'
import type { Change, ChangeItem, Issue } from '../world/jira-model.ts'
import type { FieldSpec, Trace } from './fields/spec.ts'
import { fieldsOf } from './fields/table.ts'
import { timeOf, userView, type View } from './view.ts'

/** What the changelog would say of an issue as it is now, by field. */
export type Traces = ReadonlyMap<string, readonly Trace[]>

export function traceOf(view: View, issue: Issue): Traces {
  const traces = new Map<string, readonly Trace[]>()
  for (const field of fieldsOf(view.site).values()) {
    if (field.trace) traces.set(field.id, field.trace(view, issue))
  }
  return traces
}

function item(field: FieldSpec, from: Trace | undefined, to: Trace | undefined): ChangeItem {
  return {
    field: field.changeName ?? (field.custom ? field.name : field.id),
    fieldtype: field.custom ? 'custom' : 'jira',
    fieldId: field.id,
    from: from?.id ?? null,
    fromString: from?.text ?? null,
    to: to?.id ?? null,
    toString: to?.text ?? null,
  }
}

const same = (one: Trace | undefined, other: Trace | undefined): boolean =>
  one?.id === other?.id && one?.text === other?.text

function differences(
  field: FieldSpec,
  before: readonly Trace[],
  after: readonly Trace[],
): readonly ChangeItem[] {
  if (!field.several) {
    return same(before[0], after[0]) ? [] : [item(field, before[0], after[0])]
  }
  const gone = before.filter((one) => !after.some((other) => same(one, other)))
  const come = after.filter((one) => !before.some((other) => same(one, other)))
  return [
    ...gone.map((one) => item(field, one, undefined)),
    ...come.map((one) => item(field, undefined, one)),
  ]
}

/** Writes down what has changed since `before`. False when nothing has. */
export function recordChanges(
  view: View,
  issue: Issue,
  { before, now }: { readonly before: Traces; readonly now: number },
): boolean {
  const after = traceOf(view, issue)
  const items = [...fieldsOf(view.site).values()].flatMap((field) =>
    differences(field, before.get(field.id) ?? [], after.get(field.id) ?? []),
  )
  if (items.length === 0) return false
  addChange(view, issue, { items, now })
  return true
}

/** Adds an entry to the changelog, in the name of the caller. */
export function addChange(
  view: View,
  issue: Issue,
  { items, now }: { readonly items: readonly ChangeItem[]; readonly now: number },
): void {
  issue.history.push({
    id: nextId(view.world, 'change', view.site.cloudId),
    authorId: view.caller.person?.accountId ?? null,
    created: now,
    items,
  })
  issue.updated = now
}

/** An entry of the changelog (recorded, F-ISS-14). */
export function changeView(view: View, { id, authorId, created, items }: Change): Record<string, unknown> {
  const author = userView(view, authorId)
  return { id, ...(author && { author }), created: timeOf(view, created), items }
}
