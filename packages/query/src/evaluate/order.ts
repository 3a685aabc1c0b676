import type { Field, Sort } from '../ast.ts'
import { findFields } from './dialect.ts'
import type { FieldDef, FieldValue } from './field-def.ts'
import type { Session } from './session.ts'
import { note } from './session.ts'
import { holdsNothing, naturalOrder, stored } from './tests.ts'

/** Puts two items in order. */
export type Comparator<Item> = (a: Item, b: Item) => number

/** As many as the service takes (documented). */
const maxSorts = 7

/** ORDER BY as a comparison. An unknown field is noted and passed over, as the service does (recorded). */
export function comparatorOf<Item>(session: Session<Item>, sorts: readonly Sort[]): Comparator<Item> {
  const { tie } = session.dialect
  const last = sorts[maxSorts]
  if (last) note(session, { code: 'too-many-sorts', span: last.span })
  const comparators = sorts.slice(0, maxSorts).flatMap((sort) => sortBy(session, sort))
  if (tie) comparators.push(tie)
  return (a, b) => {
    for (const compare of comparators) {
      const order = compare(a, b)
      if (order !== 0) return order
    }
    return 0
  }
}

function sortBy<Item>(session: Session<Item>, { field, direction }: Sort): readonly Comparator<Item>[] {
  const [found] = findFields(session.dialect.fields, field)
  if (!found) {
    noteUnknownField(session, field)
    return []
  }
  const dated = found.type === 'date' || found.type === 'datetime'
  const descending = direction === undefined ? (found.descending ?? dated) : direction === 'desc'
  return [fieldComparator(session, found, descending)]
}

/** An item without a value comes last when ascending, and first when descending. */
function fieldComparator<Item>(
  { context }: Session<Item>,
  field: FieldDef<Item>,
  descending: boolean,
): Comparator<Item> {
  const order = field.order ?? (field.type === 'date' ? naturalOrder : textOrder(context.locale))
  const sign = descending ? -1 : 1
  return (itemA, itemB) => {
    const a = sortValue(field, itemA)
    const b = sortValue(field, itemB)
    if (a === undefined) return b === undefined ? 0 : sign
    return b === undefined ? -sign : sign * (order(a, b) || 0)
  }
}

function sortValue<Item>({ get }: FieldDef<Item>, item: Item): FieldValue | undefined {
  const held = get(item)
  if (holdsNothing(held) || held === undefined || held === null) return undefined
  const [first] = Array.isArray(held) ? held : [held]
  return first === undefined ? undefined : stored(first)
}

function textOrder(locale = 'en'): (a: FieldValue, b: FieldValue) => number {
  const { compare } = new Intl.Collator(locale, { sensitivity: 'accent' })
  return (a, b) => (typeof a === 'string' && typeof b === 'string' ? compare(a, b) : naturalOrder(a, b))
}

/** Notes a field that is not there, with the names of those that are, where they are a list. */
export function noteUnknownField<Item>(session: Session<Item>, { name, span }: Field): undefined {
  const { fields } = session.dialect
  const known = typeof fields === 'function' ? [] : fields
  const candidates = known.flatMap((field) => field.aliases ?? []).concat(known.map((field) => field.name))
  return note(session, { code: 'unknown-field', field: name, span, candidates })
}
