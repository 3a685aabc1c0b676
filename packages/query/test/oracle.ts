import type {
  Argument,
  AstNode,
  Clause as TheirClause,
  Field as TheirField,
  Operand as TheirOperand,
  Position,
} from '@atlaskit/jql-ast'
import { JastBuilder } from '@atlaskit/jql-ast'

import type { Field, Node, Operand, Query } from '../src/index.ts'

/** What both readers have to find in a query, with where it stands. */
type Tree = readonly unknown[]

/** Their reader says on the debug channel that nobody has set feature flags. */
// eslint-disable-next-line no-console -- it is theirs
console.debug = () => undefined

/**
 * What Atlassian's reader of JQL makes of a text; undefined when it refuses it. A builder reads a text rightly once, so
 * each gets its own.
 */
export function theirTree(text: string): Tree | undefined {
  const { query, errors } = new JastBuilder().build(text)
  if (errors.length > 0) return undefined
  const sorts = query?.orderBy ? query.orderBy.fields : []
  return inUnits(text, [
    query?.where ? theirNode(query.where) : undefined,
    sorts.map(({ field, direction }) => [
      theirField(field),
      direction ? direction.value.toLowerCase() : undefined,
    ]),
  ])
}

/** The pieces that their reader takes for paths into properties, in the order written. */
export function theirPaths(text: string): readonly string[] {
  const paths: string[] = []
  const collect = (node: AstNode): void => {
    if ('path' in node && Array.isArray(node.path))
      paths.push(...node.path.map(({ text: path }: Argument) => path))
    for (const child of node.getChildren()) collect(child)
  }
  const { query } = new JastBuilder().build(text)
  if (query) collect(query)
  return paths
}

/** Places counted in UTF-16 units, as ours are: theirs are counted in characters. */
function inUnits(text: string, tree: Tree): Tree {
  if (!/[\u{10000}-\u{10FFFF}]/u.test(text)) return tree
  const units = [0]
  for (const character of text) units.push((units.at(-1) ?? 0) + character.length)
  const convert = (value: unknown): unknown => {
    if (!Array.isArray(value)) return value
    const isPlace = value.length === 2 && value.every((item) => typeof item === 'number')
    return value.map((item: unknown) => (isPlace ? units[Number(item)] : convert(item)))
  }
  return tree.map(convert)
}

/** The same of ours. */
export function ourTree({ where, orderBy }: Query): Tree {
  return [where && ourNode(where), orderBy.map(({ field, direction }) => [ourField(field), direction])]
}

/** Joins what stands in a group of its own kind with the group around it, as both readers see the same meaning there. */
function join(type: string, nodes: readonly Tree[]): Tree {
  return [
    type,
    nodes.flatMap((node) => (node[0] === type && Array.isArray(node[1]) ? (node[1] as Tree) : [node])),
  ] // eslint-disable-line typescript/no-unsafe-type-assertion -- made below
}

function theirNode(node: TheirClause): Tree {
  if (node.clauseType === 'compound') return join(node.operator.value, node.clauses.map(theirNode))
  if (node.clauseType === 'not') return ['not', theirNode(node.clause)]
  return [
    'clause',
    theirField(node.field),
    node.operator ? node.operator.value : undefined,
    node.operand ? theirOperand(node.operand) : undefined,
    node.predicates.map(({ operator, operand }) => [
      operator.value,
      operand ? theirOperand(operand) : undefined,
    ]),
    placeOf(node.position),
  ]
}

function ourNode(node: Node): Tree {
  if (node.type === 'not') return ['not', ourNode(node.clause)]
  if (node.type !== 'clause') return join(node.type, node.clauses.map(ourNode))
  const { field, operator, operand, predicates, span } = node
  return [
    'clause',
    ourField(field),
    operator,
    operand && ourOperand(operand),
    predicates.map(({ kind, operand: value }) => [kind, ourOperand(value)]),
    [span.start, span.end],
  ]
}

function theirField({ text, properties, position }: TheirField): Tree {
  const steps = (properties || []).map(({ key, path }) => [
    key ? decode(key.text) : undefined,
    (path || []).map((argument: Argument) => decode(argument.text)).join(''),
  ])
  // Of a custom field their text is the whole field, with its properties.
  const custom = /^cf\s*\[\s*(\d+)\s*\]/i.exec(text)?.[1]
  return [custom === undefined ? decode(text) : `cf[${Number(custom)}]`, steps, placeOf(position)]
}

function ourField({ name, properties, span }: Field): Tree {
  const steps = properties.map(({ key, path }) => [key, path === '' ? '' : `.${path}`])
  return [name, steps, [span.start, span.end]]
}

function theirOperand(operand: TheirOperand): Tree {
  const place = placeOf(operand.position)
  switch (operand.operandType) {
    case 'value':
      return ['value', decode(operand.text), place]
    case 'keyword':
      return ['empty', place]
    case 'list':
      return ['list', operand.values.map(theirOperand), place]
    case 'function':
    default:
      return ['call', decode(operand.function.text), operand.arguments.map(({ text }) => decode(text)), place]
  }
}

function ourOperand(operand: Operand): Tree {
  const place = [operand.span.start, operand.span.end]
  switch (operand.type) {
    case 'value':
      return ['value', operand.value, place]
    case 'empty':
      return ['empty', place]
    case 'list':
      return ['list', operand.items.map(ourOperand), place]
    case 'call':
    default:
      return ['call', operand.name, operand.args.map(({ value }) => value), place]
  }
}

function placeOf(position: Position | null): Position | undefined {
  return position ?? undefined
}

const escaped: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

/** A text as it is meant. Their own values leave the backslashes out and decode nothing. */
function decode(text: string): string {
  const inner = /^(["']).*\1$/s.test(text) ? text.slice(1, -1) : text
  return inner.replaceAll(/\\(?:u([\dA-Fa-f]{4})|(.))/gs, (_all, code: string | undefined, letter: string) =>
    code === undefined ? (escaped[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
  )
}
