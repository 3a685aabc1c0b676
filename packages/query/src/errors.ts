import type { Language, Span } from './ast.ts'
import type { Grammar } from './languages/language.ts'
import { hex } from './quote.ts'

/** What kind of mistake the parser met. */
export type QueryErrorCode =
  | 'field'
  | 'operator'
  | 'operand'
  | 'logic'
  | 'parenthesis'
  | 'list'
  | 'argument'
  | 'property'
  | 'custom-field'
  | 'order'
  | 'reserved-word'
  | 'control-character'
  | 'reserved-character'
  | 'escape'
  | 'string'
  | 'depth'
  | 'size'
  | 'hole'

/** A mistake in the form of a query. */
export interface QueryError {
  readonly code: QueryErrorCode
  /** As the service words it, where that is recorded; else by the same pattern. */
  readonly message: string
  /** The sentence alone, without the service's beginning and without the position. */
  readonly reason: string
  readonly span: Span
  /** Counted from 1. */
  readonly line: number
  /** Counted from 1, in UTF-16 units. */
  readonly character: number
}

/** What a sentence is made of. `got` is absent at the end of the query. */
export interface Mistake {
  readonly code: QueryErrorCode
  readonly got?: string
  /** What was expected, where the code alone does not say it. */
  readonly expected?: string
}

type Sentence = (mistake: Mistake, grammar: Grammar) => string

const operators = ({ extended }: Grammar): string =>
  `The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', ${extended ? "'IN', 'NOT IN', 'IS' and 'IS NOT'" : "'IN' and 'NOT IN'"}.`

const surround = (got: string, as: string): string =>
  `You must surround '${got}' in quotation marks to use it as ${as}.`

const expecting: Sentence = ({ expected, got }) =>
  got === undefined
    ? `Expecting ${expected} before the end of the query.`
    : `Expecting ${expected} but got '${got}'.`

const asValue =
  (what: string): Sentence =>
  ({ got }) =>
    got === undefined
      ? `Expecting ${what} before the end of the query.`
      : `Expecting ${what} but got '${got}'. ${surround(got, 'a value')}`

/**
 * The service's sentences. Recorded: `field` at the end, `parenthesis` at the end, `logic`, `string`, `operand`.
 * Documented: `operator`. Reported: `reserved-character`. The rest follows their pattern and is inferred.
 */
const sentences: Readonly<Record<QueryErrorCode, Sentence>> = {
  field: ({ got }) =>
    got === undefined
      ? 'Expecting a field name at the end of the query.'
      : `Expecting a field name but got '${got}'. ${surround(got, 'a field name')}`,
  operator: ({ got }, grammar) =>
    `${expecting({ code: 'operator', expected: 'operator', ...(got !== undefined && { got }) }, grammar)} ${operators(grammar)}`,
  operand: asValue('either a value, list or function'),
  logic: ({ got }) => `Expecting either 'OR' or 'AND' but got '${got}'.`,
  parenthesis: expecting,
  list: expecting,
  argument: asValue('a function argument'),
  property: asValue('a property id'),
  'custom-field': expecting,
  order: expecting,
  'reserved-word': ({ got }, { label }) =>
    `'${got}' is a reserved ${label} word. You must surround it in quotation marks to use it in a query.`,
  'reserved-character': ({ got = '' }, { label }) =>
    `The character '${got}' is a reserved ${label} character. You must enclose it in a string or use the escape '\\u${hex(got)}' instead.`,
  'control-character': ({ got = '' }, { label }) =>
    `The character '\\u${hex(got)}' must not stand in a ${label} query. You must use the escape '\\u${hex(got)}' instead.`,
  escape: ({ got }, { label }) =>
    `'${got}' is an illegal ${label} escape sequence. The valid escape sequences are \\', \\", \\t, \\n, \\r, \\\\, '\\ ' and \\uXXXX.`,
  string: ({ got }) => `The quoted string '${got}' has not been completed.`,
  depth: () => 'The query is nested too deeply: 100 levels are allowed.',
  size: ({ expected }) => `The query is too long: ${expected} are allowed.`,
  hole: ({ expected = '' }) => expected,
}

/** Words a mistake as the service of that language does, and places it. */
export function queryError(mistake: Mistake, span: Span, { text, grammar }: ErrorSource): QueryError {
  const reason = sentences[mistake.code](mistake, grammar)
  const { line, character } = place(text, span.start)
  const position = mistake.got === undefined ? '' : ` (line ${line}, character ${character})`
  const message = beginnings[grammar.language](`${reason}${position}`, mistake.code, text)
  return { code: mistake.code, message, reason, span, line, character }
}

/** What an error is about. */
export interface ErrorSource {
  readonly text: string
  readonly grammar: Grammar
}

/**
 * JQL begins sentences about operands without "the" (recorded). Of CQL's answers only their beginning is reported,
 * and the query follows it.
 */
const beginnings: Readonly<
  Record<Language, (sentence: string, code: QueryErrorCode, text: string) => string>
> = {
  jql: (sentence, code) =>
    `${code === 'operand' ? 'Error in JQL Query:' : 'Error in the JQL Query:'} ${sentence}`,
  cql: (_sentence, _code, text) => `Could not parse cql : ${text}`,
}

/** Line and character of an offset, both counted from 1. */
export function place(text: string, offset: number): { line: number; character: number } {
  let line = 1
  let from = 0
  for (const { index, 0: end } of text.slice(0, offset).matchAll(/\r\n|[\r\n]/g)) {
    line += 1
    from = index + end.length
  }
  return { line, character: offset - from + 1 }
}
