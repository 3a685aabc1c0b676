import type { Call, Operand, Value } from '../ast.ts'
import { dayOf, readDuration, readMoment } from './dates.ts'
import type { FieldDef, FieldType, FieldValue } from './field-def.ts'
import type { Session } from './session.ts'
import { lookupOf, note } from './session.ts'

/** One value an operand stands for. With an `end` it is a span, from the value to just before the end. */
export interface Element {
  readonly value: FieldValue
  readonly end?: number
}

/** What an operand stands for. */
export interface Resolved {
  readonly elements: readonly Element[]
  /** Whether EMPTY is in it. */
  readonly empty: boolean
  /** Whether something in it is unknown, and has been noted as a problem. */
  readonly unknown: boolean
}

/** Whether a field's texts are compared by their letters, whatever their case. */
export function isFolded<Item>({ resolve, type }: FieldDef<Item>): boolean {
  return resolve === undefined && (type === 'option' || type === 'ordered' || type === 'text')
}

/** Finds the stored values behind an operand. Unknown ones are noted and left out. */
export function resolveOperand<Item>(
  session: Session<Item>,
  field: FieldDef<Item>,
  operand: Operand,
): Resolved {
  if (operand.type === 'empty' || isEmptyName(field, operand)) {
    return { elements: [], empty: true, unknown: false }
  }
  if (operand.type === 'list') {
    const all = operand.items.map((item) => resolveOperand(session, field, item))
    return {
      elements: all.flatMap(({ elements }) => elements),
      empty: all.some(({ empty }) => empty),
      unknown: all.some(({ unknown }) => unknown),
    }
  }
  const elements =
    operand.type === 'call' ? resolveCall(session, field, operand) : resolveValue(session, field, operand)
  return { elements: elements ?? [], empty: false, unknown: elements === undefined }
}

function isEmptyName<Item>({ emptyNames = [] }: FieldDef<Item>, operand: Operand): boolean {
  if (operand.type !== 'value') return false
  const name = operand.value.toLowerCase()
  return emptyNames.some((each) => each.toLowerCase() === name)
}

type Elements = readonly Element[] | undefined

type Reader = <Item>(session: Session<Item>, field: FieldDef<Item>, operand: Value) => Elements

const readers: Readonly<Record<FieldType, Reader>> = {
  text: resolveName,
  option: resolveName,
  ordered: resolveName,
  query: resolveName,
  date: resolveDate,
  datetime: resolveDate,
  number: resolveNumber,
  duration: resolveNumber,
}

function resolveValue<Item>(session: Session<Item>, field: FieldDef<Item>, operand: Value): Elements {
  return readers[field.type](session, field, operand)
}

/** A bare whole number is an instant in milliseconds since 1970. */
function resolveDate<Item>(session: Session<Item>, field: FieldDef<Item>, operand: Value): Elements {
  const { value, number, span } = operand
  const moment =
    number === undefined ? readMoment(value, session.context) : { start: number, end: number + 1 }
  if (moment) return [atMoment(session, field, moment)]
  return note(session, { code: 'bad-date', field: field.name, value, span })
}

function resolveNumber<Item>(session: Session<Item>, field: FieldDef<Item>, operand: Value): Elements {
  const { value, span } = operand
  const found = field.type === 'duration' ? readDuration(value) : Number(value.trim() || Number.NaN)
  if (found !== undefined && Number.isFinite(found)) return [{ value: found }]
  return note(session, { code: 'bad-number', field: field.name, value, span })
}

function resolveName<Item>(session: Session<Item>, field: FieldDef<Item>, operand: Value): Elements {
  const { value, number, span } = operand
  if (!field.resolve) return [{ value: value.toLowerCase() }]
  const found = field.resolve(value, lookupOf(session, field, number))
  if (found !== undefined) return toList(found).map((each) => ({ value: each }))
  const isId = number !== undefined
  const known = field.values && { candidates: field.values, allowed: field.values }
  return note(session, { code: 'unknown-value', field: field.name, value, span, isId, ...known })
}

function atMoment<Item>(
  { context }: Session<Item>,
  field: FieldDef<Item>,
  moment: { readonly start: number; readonly end: number },
): Element {
  return field.type === 'date'
    ? { value: dayOf(moment.start, context) }
    : { value: moment.start, end: moment.end }
}

function resolveCall<Item>(session: Session<Item>, field: FieldDef<Item>, operand: Call): Elements {
  const values = callFunction(session, field, operand)
  if (values === undefined) return undefined
  const dated = field.type === 'date' || field.type === 'datetime'
  return values.map((value) => {
    if (dated && typeof value === 'number') {
      return atMoment(session, field, { start: value, end: value + 1 })
    }
    return { value: isFolded(field) && typeof value === 'string' ? value.toLowerCase() : value }
  })
}

/** The values a function stands for; undefined when it is unknown or cannot be used like that, which is noted. */
export function callFunction<Item>(
  session: Session<Item>,
  field: FieldDef<Item>,
  { name, args, span }: Call,
): readonly FieldValue[] | undefined {
  const about = { field: field.name, value: name, span }
  const found = session.functions.get(name.toLowerCase())
  if (!found) {
    if (session.anyFunction) return []
    const candidates = Array.from(session.functions.values(), (each) => each.name)
    return note(session, { code: 'unknown-function', ...about, candidates })
  }
  if (found.types && !found.types.includes(field.type)) {
    return note(session, { code: 'unsupported-function', ...about })
  }
  const texts = args.map(({ value }) => value)
  const result = found.call(texts, lookupOf(session, field, undefined))
  if (isRefusal(result)) return note(session, { code: 'bad-arguments', ...about, reason: result.problem })
  return result === undefined ? [] : toList(result)
}

function isRefusal(
  result: FieldValue | readonly FieldValue[] | { readonly problem: string } | undefined,
): result is { readonly problem: string } {
  return typeof result === 'object' && 'problem' in result
}

function toList(values: FieldValue | readonly FieldValue[]): readonly FieldValue[] {
  return typeof values === 'object' ? values : [values]
}

/** The account ids behind the operand of BY. */
export function resolvePeople<Item>(
  session: Session<Item>,
  field: FieldDef<Item>,
  operand: Operand,
): readonly FieldValue[] | undefined {
  if (operand.type === 'empty') return []
  if (operand.type === 'call') return callFunction(session, field, operand)
  if (operand.type === 'list') {
    const all = operand.items.map((item) => resolvePeople(session, field, item))
    return all.every((each) => each !== undefined) ? all.flat() : undefined
  }
  const { value, number, span } = operand
  const { person } = session.dialect
  const found = person ? person(value, lookupOf(session, field, number)) : value
  if (found !== undefined) return toList(found)
  return note(session, { code: 'unknown-value', field: field.name, value, span })
}
