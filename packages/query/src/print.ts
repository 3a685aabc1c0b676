import type { Clause, Field, Node, Operand, Query, Sort, Value } from './ast.ts'
import { needsQuotes, wholeNumber } from './languages/bare.ts'
import { quote } from './quote.ts'

/**
 * Writes a query in its one canonical form: keywords in capitals, single spaces, parentheses where precedence needs
 * them, quotes where a value had or needs them. Reading it again gives the same tree.
 */
export function print(query: Query): string {
  const where = query.where && printNode(query.where)
  const orderBy = printOrderBy(query.orderBy)
  return where && orderBy ? `${where} ${orderBy}` : (where ?? orderBy)
}

/** ORDER BY and its fields; empty when there are none. */
export function printOrderBy(sorts: readonly Sort[]): string {
  return sorts.length === 0 ? '' : `ORDER BY ${sorts.map(printSort).join(', ')}`
}

function printSort({ field, direction }: Sort): string {
  return direction ? `${printField(field)} ${direction.toUpperCase()}` : printField(field)
}

/** One condition on one line. */
export function printNode(node: Node): string {
  if (node.type === 'clause') return printClause(node)
  if (node.type === 'not') return `NOT ${enclose(node.clause, isCompound(node.clause))}`
  if (node.type === 'or') return node.clauses.map(printNode).join(' OR ')
  return node.clauses.map((clause) => enclose(clause, clause.type === 'or')).join(' AND ')
}

/** Whether a condition under NOT needs parentheses. */
export function isCompound({ type }: Node): boolean {
  return type === 'and' || type === 'or'
}

function enclose(node: Node, needed: boolean): string {
  return needed ? `(${printNode(node)})` : printNode(node)
}

function printClause({ field, operator, operand, predicates }: Clause): string {
  const parts = [printField(field), operator.toUpperCase()]
  if (operand) parts.push(printOperand(operand))
  for (const { kind, operand: by } of predicates) parts.push(kind.toUpperCase(), printOperand(by))
  return parts.join(' ')
}

/** A field's name as it stands in a query. */
export function printField({ name, quoted, customId, properties }: Field): string {
  const steps = properties.map(({ key, path }) => `[${printName(key)}]${printPath(path)}`)
  const own = customId === undefined ? (quoted ? quote(name) : printName(name)) : `cf[${customId}]`
  return `${own}${steps.join('')}`
}

function printPath(path: string): string {
  if (path === '') return ''
  return needsQuotes(`.${path}`) ? `.${quote(path)}` : `.${path}`
}

function printName(name: string): string {
  return needsQuotes(name) ? quote(name) : name
}

/** An operand as it stands in a query. */
export function printOperand(operand: Operand): string {
  if (operand.type === 'value') return printValue(operand)
  if (operand.type === 'empty') return 'EMPTY'
  if (operand.type === 'list') return `(${operand.items.map(printOperand).join(', ')})`
  return `${printName(operand.name)}(${operand.args.map(printValue).join(', ')})`
}

function printValue({ value, quoted, number }: Value): string {
  if (number !== undefined) return value
  return quoted || needsQuotes(value) || wholeNumber.test(value) ? quote(value) : value
}
