import { parseJqlQueries } from '@telamon/jira/operations'
import {
  type Field,
  type Node,
  type Operand,
  parseJql,
  type Predicate,
  print,
  type Query,
} from '@telamon/query'

import { type Call, serve, type Served } from '../http/call.ts'
import { jiraError } from '../http/errors.ts'
import { ok, type Reply } from '../http/reply.ts'
import { asList } from '../http/value.ts'
import { findIssues } from '../query/jql.ts'
import { bodyOf, refuseBinding } from './body.ts'

/** The structure of a query as `jql/parse` writes it (documented). */
function structure(query: Query): Record<string, unknown> {
  return {
    ...(query.where && { where: nodeView(query.where) }),
    ...(query.orderBy.length > 0 && {
      orderBy: {
        fields: query.orderBy.map(({ field, direction }) => ({
          field: fieldView(field),
          ...(direction !== undefined && { direction }),
        })),
      },
    }),
  }
}

/** A text in quotes where the query language needs them. */
function encoded(text: string): string {
  return /^[\w.:-]+$/.test(text) ? text : `"${text.replaceAll(/["\\]/g, (letter) => `\\${letter}`)}"`
}

function fieldView({ name, properties }: Field): Record<string, unknown> {
  return {
    name,
    encodedName: encoded(name),
    ...(properties.length > 0 && {
      property: properties.map(({ key, path }) => ({ entity: 'issue', key, path })),
    }),
  }
}

/** An operand as text, as it stands in `encodedValue` and `encodedOperand`. */
function encodedOperand(operand: Operand): string {
  if (operand.type === 'value') return encoded(operand.value)
  if (operand.type === 'empty') return 'empty'
  const inner = operand.type === 'call' ? operand.args.map(encodedOperand) : operand.items.map(encodedOperand)
  return `${operand.type === 'call' ? operand.name : ''}(${inner.join(', ')})`
}

function operandView(operand: Operand): Record<string, unknown> {
  const text = encodedOperand(operand)
  if (operand.type === 'value') return { value: operand.value, encodedValue: text }
  if (operand.type === 'empty') return { keyword: 'empty', encodedOperand: text }
  if (operand.type === 'list') return { values: operand.items.map(operandView), encodedOperand: text }
  return { function: operand.name, arguments: operand.args.map(({ value }) => value), encodedOperand: text }
}

const predicateView = ({ kind, operand }: Predicate): Record<string, unknown> => ({
  operator: kind,
  operand: operandView(operand),
})

function nodeView(node: Node): Record<string, unknown> {
  if (node.type === 'not') return { operator: 'not', clauses: [nodeView(node.clause)] }
  if (node.type !== 'clause') return { operator: node.type, clauses: node.clauses.map(nodeView) }
  const { field, operator, operand, predicates } = node
  return {
    field: fieldView(field),
    operator,
    ...(operand && { operand: operandView(operand) }),
    ...(/^(was|changed)/.test(operator) && { predicates: predicates.map(predicateView) }),
  }
}

/**
 * One query judged: `none` looks at its form alone, the others at its meaning as well; `strict` gives no structure of a
 * query with a mistake. Values that are not there are warnings, all else is an error (documented).
 */
function judge(call: Call, text: string, validation: string): Record<string, unknown> {
  if (validation === 'none') {
    const { query, errors } = parseJql(text)
    const messages = errors.map(({ message }) => message)
    return messages.length > 0
      ? { query: text, errors: messages }
      : { query: print(query), structure: structure(query) }
  }
  const found = findIssues(call, text)
  if (!found.ok) return { query: text, errors: [found.error.message] }
  const messages = (severity: 'error' | 'warning'): readonly string[] =>
    found.problems.filter((problem) => problem.severity === severity).map(({ message }) => message)
  const [errors, warnings] = [messages('error'), messages('warning')]
  const structured = validation === 'warn' || found.problems.length === 0
  return {
    query: text,
    ...(structured && { structure: structure(found.query) }),
    ...(errors.length > 0 && { errors }),
    ...(warnings.length > 0 && { warnings }),
  }
}

function parse(call: Call): Reply {
  const validation = call.query.text('validation') ?? 'strict'
  if (!['strict', 'warn', 'none'].includes(validation)) {
    return jiraError(400, [`The validation '${validation}' is not known. Use strict, warn or none.`])
  }
  const queries = asList(bodyOf(call)['queries']) ?? refuseBinding()
  return ok({
    queries: queries.map((text) =>
      judge(call, typeof text === 'string' ? text : refuseBinding(), validation),
    ),
  })
}

export const jqlParseHandlers: readonly Served[] = [serve(parseJqlQueries, ['validation'], parse)]
