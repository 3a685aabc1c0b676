import type { Clause, Node, Query } from '../ast.ts'
import { clauseTest, isNegative } from './clause.ts'
import type { Context } from './context.ts'
import type { Dialect } from './dialect.ts'
import { findFields } from './dialect.ts'
import type { FieldDef } from './field-def.ts'
import { type Need, needsOf } from './needs.ts'
import type { Comparator } from './order.ts'
import { comparatorOf, noteUnknownField } from './order.ts'
import type { Problem } from './problem.ts'
import type { Session } from './session.ts'
import { createSession, lookupOf, note } from './session.ts'
import type { Test } from './tests.ts'

/** A query as functions over items. */
export interface Compiled<Item> {
  /** Whether an item fits. Permissions are the caller's business: hand in what the person may see, and nothing else. */
  readonly test: Test<Item>
  /** The order that ORDER BY asks for, then `tie`. 0 without either. */
  readonly compare: Comparator<Item>
  /** What is wrong with its meaning, in the order met, at most 100. */
  readonly problems: readonly Problem[]
  /** What every item that fits has, for whoever keeps an index. */
  readonly needs: readonly Need[]
}

/**
 * Turns a query into functions. Everything relative is computed here, so compile again for another time or person.
 *
 * JQL's rules: a clause with an unknown field, value or function, an operator that does not fit, or a date that cannot
 * be read matches nothing (recorded), also under NOT (inferred); NOT is pushed down to the clauses, so that a negative
 * operator never matches an empty field (documented). In CQL a negative operator is the whole opposite.
 */
export function compile<Item>(query: Query, dialect: Dialect<Item>, context: Context): Compiled<Item> {
  return compileIn(createSession(query.language, dialect, { context }), query)
}

/** The same within a session. */
export function compileIn<Item>(session: Session<Item>, query: Query): Compiled<Item> {
  if (query.language === 'cql' && query.where) checkFirst(session, query.where)
  const test = query.where ? nodeTest(session, query.where, false) : () => true
  const compare = comparatorOf(session, query.orderBy)
  const needs = needsOf(session, query.where)
  return { test, compare, problems: session.problems, needs }
}

/** CQL cannot begin with what is not (documented). */
function checkFirst<Item>(session: Session<Item>, node: Node): void {
  if (node.type === 'not' || (node.type === 'clause' && isNegative(node.operator))) {
    note(session, { code: 'negative-first', span: node.span })
  } else if (node.type !== 'clause' && node.clauses[0]) checkFirst(session, node.clauses[0])
}

function nodeTest<Item>(session: Session<Item>, node: Node, negated: boolean): Test<Item> {
  if (node.type === 'clause') return clauseOnFields(session, node, negated) ?? (() => false)
  if (node.type === 'not') return nodeTest(session, node.clause, !negated)
  const tests = node.clauses.map((clause) => nodeTest(session, clause, negated))
  return (node.type === 'and') === negated ? anyOf(tests) : allOf(tests)
}

function allOf<Item>(tests: readonly Test<Item>[]): Test<Item> {
  return (item) => {
    for (const test of tests) if (!test(item)) return false
    return true
  }
}

function anyOf<Item>(tests: readonly Test<Item>[]): Test<Item> {
  return (item) => {
    for (const test of tests) if (test(item)) return true
    return false
  }
}

/** A name that fits several fields matches by any of them; only when all fail is there a problem. */
function clauseOnFields<Item>(
  session: Session<Item>,
  clause: Clause,
  negated: boolean,
): Test<Item> | undefined {
  const fields = findFields(session.dialect.fields, clause.field)
  if (fields.length === 0) return noteUnknownField(session, clause.field)
  const tries = fields.map((field) => {
    const attempt = { ...session, problems: [] }
    const compileClause = field.type === 'query' && field.expand ? savedQueryTest : clauseTest
    return { test: compileClause(attempt, field, { clause, negated }), problems: attempt.problems }
  })
  const best = tries.find(({ problems }) => problems.length === 0) ?? tries[0]
  session.problems.push(...(best?.problems ?? []))
  const tests = tries.flatMap(({ test }) => (test ? [test] : []))
  return tests.length === 0 ? undefined : anyOf(tests)
}

const maxDepth = 10

/** A clause such as `filter = 10001`: the saved query itself, or its opposite. */
function savedQueryTest<Item>(
  session: Session<Item>,
  field: FieldDef<Item>,
  { clause, negated }: { readonly clause: Clause; readonly negated: boolean },
): Test<Item> | undefined {
  const { operator, operand, span } = clause
  const operands = operand?.type === 'list' ? operand.items : operand ? [operand] : []
  const tests: Test<Item>[] = []
  for (const each of operands) {
    if (each.type !== 'value') {
      return note(session, { code: 'unsupported-operand', field: field.name, operator, span, operand: each })
    }
    const { value, number } = each
    const about = { field: field.name, value, span: each.span }
    const query = field.expand?.(value, lookupOf(session, field, number))
    if (!query) return note(session, { code: 'unknown-value', ...about, isId: number !== undefined })
    if (session.depth === maxDepth) return note(session, { code: 'too-deep', ...about })
    const inner = { ...session, depth: session.depth + 1, problems: [] }
    tests.push(compileIn(inner, query).test)
    if (inner.problems.some(({ code }: Problem) => code === 'too-deep')) {
      return note(session, { code: 'too-deep', ...about })
    }
  }
  const matches = anyOf(tests)
  const opposite = (operator === '!=' || operator === 'not in') !== negated
  return opposite ? (item) => !matches(item) : matches
}
