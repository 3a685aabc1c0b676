import type { Field, Node, Query, Sort } from '../ast.ts'
import type { Holes } from '../cursor.ts'
import type { Grammar } from '../languages/language.ts'
import type { Token } from '../lexer.ts'
import { endToken, holeToken, lex } from '../lexer.ts'
import { parseCql, parseJql, parseTokens } from '../parser.ts'
import { print } from '../print.ts'
import { createQuery, isQuery } from '../query.ts'
import { everything } from '../shape.ts'
import { QueryBuildError } from './build-error.ts'
import { readPart } from './part.ts'
import { operandOf } from './values.ts'

/** Puts values into the holes of a template and reads it, holes and all, by the grammar. */
export function assemble(
  strings: TemplateStringsArray,
  values: readonly unknown[],
  { grammar, timeZone }: { readonly grammar: Grammar; readonly timeZone: string | undefined },
): Query {
  const { tokens, text } = tokensOf(strings, grammar)
  const { query, errors } = parseTokens(tokens, { text, grammar }, holesOf(values, grammar, timeZone))
  const [error] = errors
  if (error) throw new QueryBuildError('syntax', error.message)
  return finish(query)
}

/**
 * Prints a built tree and reads it again: that gives true positions, and a tree that would print as something else
 * could not come through unnoticed.
 */
export function finish({ language, where, orderBy }: Pick<Query, 'language' | 'where' | 'orderBy'>): Query {
  const text = print(createQuery({ language, where, orderBy, text: '' }, false))
  const { query, errors } = language === 'jql' ? parseJql(text) : parseCql(text)
  const [error] = errors
  if (error) throw new QueryBuildError('syntax', error.message)
  return query
}

interface Template {
  readonly tokens: readonly Token[]
  readonly text: string
}

const templates = new WeakMap<Grammar, WeakMap<TemplateStringsArray, Template>>()

/** The tokens of a template, found once for each place in the code. */
function tokensOf(strings: TemplateStringsArray, grammar: Grammar): Template {
  let known = templates.get(grammar)
  if (!known) {
    known = new WeakMap()
    templates.set(grammar, known)
  }
  let template = known.get(strings)
  if (!template) {
    template = readTemplate(strings, grammar)
    known.set(strings, template)
  }
  return template
}

function readTemplate(strings: TemplateStringsArray, grammar: Grammar): Template {
  const tokens: Token[] = []
  let text = ''
  for (const [index, part] of strings.entries()) {
    if (part === undefined)
      throw new QueryBuildError('syntax', 'The template holds an illegal escape sequence.')
    const found = lex(part, grammar, { offset: text.length })
    const isLast = index === strings.length - 1
    if (!isLast && found.at(-1)?.fault === 'string') {
      throw new QueryBuildError('misplaced', 'It stands inside quotes. Leave the quotes out.', index + 1)
    }
    tokens.push(...found)
    text += part
    if (isLast) break
    const mark = `\${${index + 1}}`
    tokens.push(holeToken(index, text.length, text.length + mark.length))
    text += mark
  }
  tokens.push(endToken(text.length))
  return { tokens, text }
}

function holesOf(values: readonly unknown[], grammar: Grammar, timeZone: string | undefined): Holes {
  const { language } = grammar
  const at = <Result>(hole: number, read: (value: unknown) => Result): Result => {
    try {
      return read(values[hole])
    } catch (error) {
      throw error instanceof QueryBuildError
        ? new QueryBuildError(error.code, error.message, hole + 1)
        : error
    }
  }
  return {
    condition: (hole) => at(hole, (value) => (isQuery(value) ? conditionOf(value, language) : undefined)),
    field: (hole) => at(hole, fieldOf),
    operand: (hole) => at(hole, (value) => operandOf(value, timeZone)),
    argument: (hole) =>
      at(hole, (value) => {
        const operand = operandOf(value, timeZone)
        if (operand.type === 'value') return operand
        throw new QueryBuildError('misplaced', 'Functions take texts and numbers.')
      }),
    sorts: (hole) => at(hole, sortsOf),
  }
}

/** The condition of a fragment of the same language. */
export function conditionOf(query: Query, language: Query['language']): Node {
  if (query.language !== language) {
    throw new QueryBuildError('misplaced', `A fragment of ${query.language} does not fit into ${language}.`)
  }
  if (query.orderBy.length > 0) {
    throw new QueryBuildError(
      'misplaced',
      'The fragment has an ORDER BY. Put it at the end of the whole query.',
    )
  }
  return query.where ?? everything
}

function fieldOf(value: unknown): Field {
  const part = readPart(value)
  if (part?.kind === 'field') return part.field
  throw new QueryBuildError(
    'misplaced',
    'Here a field or a fragment belongs. Name fields by `field(name)`; a text is always a value.',
  )
}

function sortsOf(value: unknown): readonly Sort[] {
  if (Array.isArray(value) && value.length > 0) return value.flatMap(sortsOf)
  const part = readPart(value)
  if (part?.kind === 'sort') return [part.sort]
  if (part?.kind === 'field') return [{ field: part.field, span: part.field.span }]
  throw new QueryBuildError('misplaced', 'Here `orderBy(field, direction)` belongs, or a list of them.')
}
