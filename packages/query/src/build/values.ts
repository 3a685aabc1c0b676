import type { Operand, Span, Value } from '../ast.ts'
import { wholeNumber } from '../languages/bare.ts'
import { isQuery } from '../query.ts'
import { localTime, minuteText } from '../zone.ts'
import { QueryBuildError } from './build-error.ts'
import type { Part } from './part.ts'
import { readPart } from './part.ts'

/** Of built trees. The text is printed and read again, and then they have true ones. */
export const nowhere: Span = { start: 0, end: 0 }

/** A text as an operand: always in quotes, so that it can never mean anything but itself. */
export function textValue(value: string): Value {
  if (value === '') throw missing('an empty text')
  if (!value.isWellFormed()) {
    throw new QueryBuildError('not-well-formed', 'The text holds half a character (a lone surrogate).')
  }
  return { type: 'value', value, quoted: true, span: nowhere }
}

/** A number as an operand. */
export function numberValue(value: number | bigint): Value {
  const text = String(value)
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) {
    throw new QueryBuildError('not-a-number', `${text} cannot be written with digits alone.`)
  }
  const whole = wholeNumber.test(text) ? { number: Number(value) } : {}
  return { type: 'value', value: text, quoted: false, ...whole, span: nowhere }
}

/** Any value of a hole as an operand. */
export function operandOf(value: unknown, timeZone: string | undefined): Operand {
  if (Array.isArray(value)) return listOf(value, timeZone)
  if (typeof value === 'string') return textValue(value)
  if (typeof value === 'number' || typeof value === 'bigint') return numberValue(value)
  if (value instanceof Date) return dateValue(value, timeZone)
  const part = readPart(value)
  if (part?.kind === 'operand') return part.operand
  throw part || isQuery(value) ? misplaced(part) : missing(nameOf(value))
}

function listOf(values: readonly unknown[], timeZone: string | undefined): Operand {
  if (values.length === 0) {
    throw new QueryBuildError(
      'empty-list',
      'The list is empty. Leave the clause out, or use `none` on purpose.',
    )
  }
  const items = values.map((value) => operandOf(value, timeZone))
  return { type: 'list', items, span: nowhere }
}

function dateValue(date: Date, timeZone: string | undefined): Operand {
  if (timeZone === undefined) {
    throw new QueryBuildError('no-time-zone', 'A date needs a time zone: use `with({ timeZone })`.')
  }
  if (Number.isNaN(date.getTime())) throw new QueryBuildError('not-a-number', 'The date is invalid.')
  return textValue(minuteText(localTime(date.getTime(), timeZone)))
}

function misplaced(part: Part | undefined): QueryBuildError {
  const what = part ? `A ${part.kind}` : 'A query'
  return new QueryBuildError('misplaced', `${what} cannot stand where a value belongs.`)
}

function missing(what: string): QueryBuildError {
  return new QueryBuildError(
    'missing-value',
    `There is no value, but ${what}. To look for fields without a value, use \`jql.empty\`.`,
  )
}

function nameOf(value: unknown): string {
  if (value === null || typeof value !== 'object') return String(value)
  return 'an object that is neither a value nor made by this package'
}
