import type { Clause, Operand, Predicate } from '../ast.ts'
import type { Moment } from './dates.ts'
import { dayAround, readMoment } from './dates.ts'
import type { FieldChange, FieldDef, FieldHistory, FieldValue } from './field-def.ts'
import { callFunction, resolveOperand, resolvePeople } from './resolve.ts'
import type { Session } from './session.ts'
import { note } from './session.ts'
import type { Test } from './tests.ts'
import { equalsAny } from './tests.ts'

/** A time during which a field held the same. */
interface Stretch {
  readonly from: number
  readonly to: number
  readonly by: string | undefined
  readonly values: readonly FieldValue[]
}

/** What narrows a look into the past: once for how long something was so, once for the moment it changed. */
interface Narrowing {
  readonly stretch: (stretch: Stretch) => boolean
  readonly change: (change: FieldChange) => boolean
}

/** WAS, WAS NOT, WAS IN, WAS NOT IN, CHANGED; undefined when a part of it is unknown. */
export function historyTest<Item>(
  session: Session<Item>,
  field: FieldDef<Item>,
  clause: Clause,
): Test<Item> | undefined {
  const { operator, operand, predicates } = clause
  const { history } = field
  if (!history) {
    return session.judging
      ? checkOnly(session, field, clause)
      : note(session, { code: 'no-history', field: field.name, span: clause.field.span })
  }
  const narrowings = readPredicates(session, field, predicates)
  if (narrowings === undefined) return undefined
  if (operator === 'changed') {
    return (item) =>
      history(item).changes.some((change) => narrowings.every((narrowing) => narrowing.change(change)))
  }
  const wanted = operand && wantedValues(session, field, operand)
  if (wanted === undefined) return undefined
  const { get } = field
  const was: Test<Item> = (item) =>
    stretchesOf(history(item), get(item)).some(
      (stretch) => wanted(stretch.values) && narrowings.every((narrowing) => narrowing.stretch(stretch)),
    )
  return operator.includes('not') ? (item) => !was(item) : was
}

/** Judges what can be judged where there are no items. */
function checkOnly<Item>(session: Session<Item>, field: FieldDef<Item>, clause: Clause): undefined {
  readPredicates(session, field, clause.predicates)
  if (clause.operand) wantedValues(session, field, clause.operand)
  return undefined
}

function readPredicates<Item>(
  session: Session<Item>,
  field: FieldDef<Item>,
  predicates: readonly Predicate[],
): readonly Narrowing[] | undefined {
  const narrowings = predicates.map((predicate) => narrowingOf(session, field, predicate))
  return narrowings.every((narrowing) => narrowing !== undefined) ? narrowings : undefined
}

/** Whether some values of the past are among those asked for. */
function wantedValues<Item>(
  session: Session<Item>,
  field: FieldDef<Item>,
  operand: Operand,
): ((values: readonly FieldValue[]) => boolean) | undefined {
  const { elements, empty, unknown } = resolveOperand(session, field, operand)
  if (unknown) return undefined
  const equals = equalsAny(field, elements)
  return (values) => (values.length === 0 ? empty : values.some(equals))
}

function narrowingOf<Item>(
  session: Session<Item>,
  field: FieldDef<Item>,
  predicate: Predicate,
): Narrowing | undefined {
  const { kind, operand, span } = predicate
  if (kind === 'from' || kind === 'to') {
    const wanted = wantedValues(session, field, operand)
    return wanted && { stretch: () => true, change: (change) => wanted(change[kind]) }
  }
  if (kind === 'by') {
    const people = resolvePeople(session, field, operand)
    if (people === undefined) return undefined
    const isOneOf = ({ by }: { readonly by?: string | undefined }): boolean =>
      by !== undefined && people.includes(by)
    return { stretch: isOneOf, change: isOneOf }
  }
  const items = kind === 'during' && operand.type === 'list' ? operand.items : [operand]
  if (items.length !== (kind === 'during' ? 2 : 1)) {
    return note(session, { code: 'bad-predicate', operator: kind, span })
  }
  const moments = items.map((item) => momentOf(session, field, item))
  const [first, second = first] = moments
  if (first === undefined || second === undefined) return undefined
  if (kind === 'before') return narrowTo(-Infinity, first.start)
  if (kind === 'after') return narrowTo(first.start + 1, Infinity)
  if (kind === 'during') return narrowTo(first.start, second.start + 1)
  const day = first.end - first.start === 1 ? dayAround(first.start, session.context) : first
  return narrowTo(day.start, day.end)
}

/** From an instant to just before another. A stretch has to touch it, a change to lie in it. */
function narrowTo(start: number, end: number): Narrowing {
  return {
    stretch: ({ from, to }) => from < end && to > start,
    change: ({ at }) => at >= start && at < end,
  }
}

function momentOf<Item>(session: Session<Item>, field: FieldDef<Item>, operand: Operand): Moment | undefined {
  if (operand.type === 'call') {
    const dated: FieldDef<Item> = { ...field, type: 'datetime' }
    const [instant] = callFunction(session, dated, operand) ?? []
    return typeof instant === 'number' ? { start: instant, end: instant + 1 } : undefined
  }
  if (operand.type !== 'value') {
    return note(session, { code: 'bad-predicate', operator: operand.type, span: operand.span })
  }
  const moment = readMoment(operand.value, session.context)
  if (moment) return moment
  const { value, span } = operand
  return note(session, { code: 'bad-date', field: field.name, value, span })
}

function stretchesOf(
  { created, createdBy, changes }: FieldHistory,
  held: ReturnType<FieldDef<never>['get']>,
): readonly Stretch[] {
  const [first] = changes
  if (first === undefined) return [{ from: created, to: Infinity, by: createdBy, values: valuesOf(held) }]
  const stretches: Stretch[] = [{ from: created, to: first.at, by: createdBy, values: first.from }]
  for (const [index, { at, by, to }] of changes.entries()) {
    stretches.push({ from: at, to: changes[index + 1]?.at ?? Infinity, by, values: to })
  }
  return stretches
}

function valuesOf(held: ReturnType<FieldDef<never>['get']>): readonly FieldValue[] {
  if (held === undefined || held === null || held === '') return []
  const list = Array.isArray(held) ? held : [held]
  return list.filter((value) => typeof value !== 'object')
}
