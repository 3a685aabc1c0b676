import type { Field, Operand, Query, Value } from '../ast.ts'
import { needsQuotes } from '../languages/bare.ts'
import type { Grammar } from '../languages/language.ts'
import { nothing } from '../parser.ts'
import { exactPhrase, plainWords } from '../quote.ts'
import { everything, isEverything, join } from '../shape.ts'
import { assemble, conditionOf, finish } from './assemble.ts'
import { QueryBuildError } from './build-error.ts'
import type { Part, QueryPart } from './part.ts'
import { createPart, readPart } from './part.ts'
import { nowhere, numberValue, textValue } from './values.ts'

/** What may stand in a hole. `null`, `undefined`, truth values, empty texts and empty lists may not. */
export type Hole = string | number | bigint | Date | Query | QueryPart | readonly Hole[]

/** What a tag knows besides the template. */
export interface TagOptions {
  /** The caller's IANA time zone, in which dates are written. Without it a date is refused. */
  readonly timeZone?: string
  /** Custom fields by name: the number in `cf[…]`, or an id such as `customfield_10016`. */
  readonly fields?: Readonly<Record<string, number | string>>
}

/** Which way to sort. */
export type Direction = 'asc' | 'desc'

/** What both languages can do. A hole holds a value, a field or a whole condition, and never syntax. */
export interface QueryTag {
  (strings: TemplateStringsArray, ...holes: readonly Hole[]): Query
  /** A field by its name, or a custom field by its number. */
  readonly field: (name: string | number) => QueryPart
  /** A function call. Arguments are texts and numbers. */
  readonly fn: (name: string, ...args: readonly (string | number)[]) => QueryPart
  /** A value for `~` that means these words, whatever signs are among them. */
  readonly text: (words: string) => QueryPart
  /** A value for `~` that means these words in this order. */
  readonly phrase: (words: string) => QueryPart
  /** For holes after ORDER BY, alone or in a list. */
  readonly orderBy: (field: string | QueryPart, direction?: Direction) => QueryPart
  /** Restricts nothing: dropped from AND. */
  readonly all: Query
  /** Matches nothing. */
  readonly none: Query
  /** All of these. None at all restricts nothing. */
  readonly and: (...queries: readonly Query[]) => Query
  /** Any of these. None at all matches nothing. */
  readonly or: (...queries: readonly Query[]) => Query
}

/** Makes what both tags have. */
export function createTag(grammar: Grammar, options: TagOptions): QueryTag {
  const { language } = grammar
  const { timeZone, fields = {} } = options
  const tag = (strings: TemplateStringsArray, ...holes: readonly Hole[]): Query => {
    if (!Array.isArray(strings))
      throw new QueryBuildError('syntax', `Write ${language} in front of a template.`)
    return assemble(strings, holes, { grammar, timeZone })
  }
  const queryOf = (where = everything): Query =>
    finish({ language, orderBy: [], ...(!isEverything(where) && { where }) })
  const combine = (type: 'and' | 'or', queries: readonly Query[]): Query => {
    if (type === 'or' && queries.length === 0) return queryOf(nothing(grammar))
    const conditions = queries.map((query) => conditionOf(query, language))
    return queryOf(join(type, conditions, nowhere))
  }
  return Object.assign(tag, {
    field: (name: string | number) => createPart({ kind: 'field', field: fieldNamed(name, fields) }),
    fn: (name: string, ...args: readonly (string | number)[]) => operandPart(call(name, args)),
    text: (words: string) => operandPart(textValue(plainWords(words))),
    phrase: (words: string) => operandPart(textValue(words === '' ? '' : exactPhrase(words))),
    orderBy: (field: string | QueryPart, direction?: Direction) =>
      createPart(sortBy(typeof field === 'string' ? fieldNamed(field, fields) : field, direction)),
    all: queryOf(),
    none: queryOf(nothing(grammar)),
    and: (...queries: readonly Query[]) => combine('and', queries),
    or: (...queries: readonly Query[]) => combine('or', queries),
  })
}

/** An operand as something for a hole. */
export function operandPart(operand: Operand): QueryPart {
  return createPart({ kind: 'operand', operand })
}

function fieldNamed(name: string | number, fields: NonNullable<TagOptions['fields']>): Field {
  const mapped = typeof name === 'string' && Object.hasOwn(fields, name) ? fields[name] : name
  const number = typeof mapped === 'number' ? mapped : Number(/^customfield_(\d+)$/.exec(mapped ?? '')?.[1])
  if (Number.isSafeInteger(number) && number >= 0) {
    return { name: `cf[${number}]`, quoted: false, customId: number, properties: [], span: nowhere }
  }
  const { value } = textValue(String(mapped))
  return { name: value, quoted: needsQuotes(value), properties: [], span: nowhere }
}

/** A function call as an operand. */
export function call(name: string, args: readonly (string | number)[]): Operand {
  const values = args.map((value): Value =>
    typeof value === 'number' ? numberValue(value) : textValue(value),
  )
  return { type: 'call', name: textValue(name).value, args: values, span: nowhere }
}

function sortBy(field: Field | QueryPart, direction: Direction | undefined): Part {
  const target = 'kind' in field ? readPart(field) : ({ kind: 'field', field } as const)
  if (target?.kind !== 'field') throw new QueryBuildError('misplaced', 'Sort by a name, or by `field(name)`.')
  return { kind: 'sort', sort: { field: target.field, ...(direction && { direction }), span: nowhere } }
}
