import type { Clause, Node, Operand, Operator, Predicate, Query, Sort } from './ast.ts'
import type { Cursor, Holes } from './cursor.ts'
import { createCursor } from './cursor.ts'
import type { QueryError } from './errors.ts'
import { queryError } from './errors.ts'
import { cqlGrammar } from './languages/cql.ts'
import { jqlGrammar } from './languages/jql.ts'
import type { Grammar } from './languages/language.ts'
import type { Token } from './lexer.ts'
import { lex } from './lexer.ts'
import { parseField, parseOperand } from './operands.ts'
import { createQuery } from './query.ts'
import { everything, isEverything, join } from './shape.ts'

/** What a parser found. Without errors the query is whole; with errors it holds the clauses that could be read. */
export interface Parsed {
  readonly query: Query
  /** The first is what the service would say; the others are what is left when the first is passed over. At most 20. */
  readonly errors: readonly QueryError[]
}

const maxLength = 100_000
const maxTokens = 10_000

/**
 * Reads JQL. Never throws: time and memory are bounded at 100,000 characters, 10,000 tokens and 100 levels.
 *
 * Like the service, and unlike Atlassian's own parser for editors, any operand is taken after any operator: what
 * `status IS Open` means is judged later.
 */
export function parseJql(text: string): Parsed {
  return parseText(text, jqlGrammar)
}

/** Reads CQL, with the same bounds. */
export function parseCql(text: string): Parsed {
  return parseText(text, cqlGrammar)
}

function parseText(text: string, grammar: Grammar): Parsed {
  if (text.length > maxLength) return tooLong(text, grammar, '100,000 characters')
  const tokens = lex(text, grammar, { limit: maxTokens + 1 })
  if (tokens.length > maxTokens) return tooLong(text, grammar, '10,000 words and signs')
  return parseTokens(tokens, { text, grammar })
}

function tooLong(text: string, grammar: Grammar, expected: string): Parsed {
  const source = { text: text.slice(0, 200), grammar }
  const query = createQuery(
    { language: grammar.language, where: undefined, orderBy: [], text: source.text },
    false,
  )
  return { query, errors: [queryError({ code: 'size', expected }, query.span, source)] }
}

/** Reads tokens, with values for the holes among them. */
export function parseTokens(
  tokens: readonly Token[],
  source: { readonly text: string; readonly grammar: Grammar },
  holes?: Holes,
): Parsed {
  const cursor = createCursor(tokens, source, holes)
  const where = parseWhere(cursor)
  const orderBy = cursor.takeIf('order') ? parseOrderBy(cursor) : []
  const { language } = source.grammar
  const sound = cursor.errors.length === 0
  return { query: createQuery({ language, where, orderBy, text: source.text }, sound), errors: cursor.errors }
}

function parseWhere(cursor: Cursor): Node | undefined {
  const { start } = cursor.token()
  const nodes: Node[] = []
  while (!atEnd(cursor)) {
    const node = parseOr(cursor)
    if (node) nodes.push(node)
    if (atEnd(cursor)) break
    cursor.fail('logic')
    skip(cursor)
    if (cursor.token().keyword === 'and' || cursor.token().keyword === 'or') cursor.take()
    else if (cursor.token().keyword === ')') cursor.take()
  }
  const where = nodes.length === 0 ? everything : join('and', nodes, cursor.spanFrom(start))
  return isEverything(where) ? undefined : where
}

function atEnd(cursor: Cursor): boolean {
  return cursor.token().kind === 'end' || cursor.token().keyword === 'order'
}

function parseOr(cursor: Cursor): Node | undefined {
  return parseSeries(cursor, 'or', parseAnd)
}

function parseAnd(cursor: Cursor): Node | undefined {
  return parseSeries(cursor, 'and', parseNot)
}

function parseSeries(
  cursor: Cursor,
  type: 'and' | 'or',
  parse: (cursor: Cursor) => Node | undefined,
): Node | undefined {
  const { start } = cursor.token()
  const nodes: Node[] = []
  do {
    const node = parse(cursor)
    if (node) nodes.push(node)
  } while (cursor.takeIf(type))
  return nodes.length === 0 ? undefined : join(type, nodes, cursor.spanFrom(start))
}

function parseNot(cursor: Cursor): Node | undefined {
  const { start, kind, hole } = cursor.token()
  if (cursor.takeIf('not') ?? cursor.takeIf('!')) {
    const clause = cursor.deeper(() => parseNot(cursor))
    if (clause && isEverything(clause)) return nothing(cursor.source.grammar)
    return clause && { type: 'not', clause, span: cursor.spanFrom(start) }
  }
  if (cursor.takeIf('(')) {
    const node = cursor.deeper(() => parseOr(cursor))
    if (!cursor.takeIf(')')) {
      cursor.fail('parenthesis', cursor.token().kind === 'end' ? "')'" : "either ')', 'AND' or 'OR'")
      skip(cursor)
      cursor.takeIf(')')
    }
    return node
  }
  const fragment = kind === 'hole' ? cursor.holes?.condition(hole) : undefined
  if (fragment) {
    cursor.take()
    return fragment
  }
  const clause = parseClause(cursor)
  if (clause === undefined) skip(cursor)
  return clause
}

/** The condition that nothing meets. */
export function nothing(grammar: Grammar): Node | undefined {
  return parseText(grammar.nothing, grammar).query.where
}

/** Goes on to where a new clause may begin, or where this one must end: AND, OR, ORDER, an unmatched parenthesis. */
function skip(cursor: Cursor): void {
  for (let open = 0; ; cursor.take()) {
    const { keyword, kind } = cursor.token()
    if (kind === 'end' || keyword === 'order') return
    if (open === 0 && (keyword === 'and' || keyword === 'or' || keyword === ')')) return
    if (keyword === '(') open += 1
    if (keyword === ')') open -= 1
  }
}

function parseClause(cursor: Cursor): Clause | undefined {
  const { start } = cursor.token()
  const field = parseField(cursor)
  if (field === undefined) return undefined
  const operator = parseOperator(cursor)
  if (operator === undefined) return undefined
  let operand: Operand | undefined
  if (operator !== 'changed') {
    operand = parseOperand(cursor)
    if (operand === undefined) return undefined
  }
  const predicates = parsePredicates(cursor, operator)
  if (predicates === undefined) return undefined
  return {
    type: 'clause',
    field,
    operator,
    ...(operand && { operand }),
    predicates,
    span: cursor.spanFrom(start),
  }
}

const comparisons = new Set<string>(['=', '!=', '<', '>', '<=', '>=', '~', '!~'] satisfies Operator[])

function isComparison(keyword: string): keyword is Operator {
  return comparisons.has(keyword)
}

function parseOperator(cursor: Cursor): Operator | undefined {
  const { keyword } = cursor.token()
  if (isComparison(keyword)) {
    cursor.take()
    return keyword
  }
  if (cursor.takeIf('in')) return 'in'
  if (cursor.takeIf('not')) return cursor.takeIf('in') ? 'not in' : cursor.fail('operator')
  if (cursor.takeIf('is')) return cursor.takeIf('not') ? 'is not' : 'is'
  if (cursor.takeIf('was')) {
    const not = cursor.takeIf('not')
    if (cursor.takeIf('in')) return not ? 'was not in' : 'was in'
    return not ? 'was not' : 'was'
  }
  return cursor.takeIf('changed') ? 'changed' : cursor.fail('operator')
}

const narrowing: Readonly<Record<string, Predicate['kind']>> = {
  before: 'before',
  after: 'after',
  on: 'on',
  during: 'during',
  by: 'by',
}

const movement: Readonly<Record<string, Predicate['kind']>> = { ...narrowing, from: 'from', to: 'to' }

function parsePredicates(cursor: Cursor, operator: Operator): readonly Predicate[] | undefined {
  const predicates: Predicate[] = []
  if (operator !== 'changed' && !operator.startsWith('was')) return predicates
  const kinds = operator === 'changed' ? movement : narrowing
  for (;;) {
    const { keyword, start } = cursor.token()
    const kind = kinds[keyword]
    if (kind === undefined) return predicates
    cursor.take()
    const operand = parseOperand(cursor)
    if (operand === undefined) return undefined
    predicates.push({ kind, operand, span: cursor.spanFrom(start) })
  }
}

function parseOrderBy(cursor: Cursor): readonly Sort[] {
  const sorts: Sort[] = []
  if (!cursor.takeIf('by')) {
    cursor.fail('order', "'BY'")
    return sorts
  }
  do {
    const { start, kind, hole } = cursor.token()
    if (kind === 'hole' && cursor.holes) {
      cursor.take()
      sorts.push(...cursor.holes.sorts(hole))
      continue
    }
    const field = parseField(cursor)
    if (field === undefined) return sorts
    const keyword = cursor.takeIf('asc') ?? cursor.takeIf('desc')
    const direction = keyword?.keyword === 'desc' ? 'desc' : 'asc'
    sorts.push({ field, ...(keyword && { direction }), span: cursor.spanFrom(start) })
  } while (cursor.takeIf(','))
  if (cursor.token().kind !== 'end') cursor.fail('order', "either ',', 'ASC' or 'DESC'")
  return sorts
}
