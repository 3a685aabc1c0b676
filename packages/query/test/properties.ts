import { deepStrictEqual, ok } from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'

import * as fc from 'fast-check'

import type { Node, Query } from '../src/index.ts'
import { cql, format, jql, parseCql, parseJql, print } from '../src/index.ts'
import { allowedDifferences } from './allowed-differences.ts'
import { brokenJql, cqlText, hostile, jqlText } from './arbitraries.ts'
import { ourTree, theirTree } from './oracle.ts'
import { shapeOf } from './shape.ts'

/** How often a property is tried, and from which seed. */
export interface Run {
  readonly numRuns: number
  readonly seed: number
}

/** Tries a property; throws with the smallest example against it. */
type Check = (run: Run) => void

function always<Values extends [unknown, ...unknown[]]>(property: fc.IPropertyWithHooks<Values>): Check {
  return (run) => fc.assert(property, run)
}

/** What two readers say about one text, and which allowed difference explains it if they differ. */
export function difference(text: string): {
  readonly differs: boolean
  readonly explained: string | undefined
} {
  const { query, errors } = parseJql(text)
  const theirs = theirTree(text)
  const taken = errors.length > 0 ? 'theirs' : theirs ? 'both' : 'ours'
  if (taken === 'theirs' && !theirs) return { differs: false, explained: undefined }
  if (taken === 'both' && isDeepStrictEqual(ourTree(query), theirs))
    return { differs: false, explained: undefined }
  const found = allowedDifferences.find((allowed) => allowed.taken === taken && allowed.explains(text, query))
  return { differs: true, explained: found?.name }
}

function agrees(text: string): void {
  const { differs, explained } = difference(text)
  if (differs) ok(explained, `Atlassian's reader sees something else in ${JSON.stringify(text)}`)
}

/** Everything about a query but its texts. */
function shapeWithoutText(query: Query): unknown {
  return JSON.stringify(shapeOf(query))
    .replaceAll(/"(?:value|name)":"(?:[^"\\]|\\.)*"/g, '""')
    .replaceAll(/"quoted":(?:true|false)/g, '""')
}

/** The values of a query, in the order written. */
function valuesOf(node: Node | undefined): readonly string[] {
  if (node === undefined) return []
  if (node.type === 'not') return valuesOf(node.clause)
  if (node.type !== 'clause') return node.clauses.flatMap(valuesOf)
  const items = node.operand?.type === 'list' ? node.operand.items : [node.operand]
  return items.flatMap((operand) => (operand?.type === 'value' ? [operand.value] : []))
}

/** One text in each kind of hole. */
function built(text: string): readonly Query[] {
  return [
    jql`a = 1 AND b ~ ${text} AND c IN ${[text, 'x']} AND project = X`,
    jql`a IN ${jql.fn('f', text, 'x')} AND ${jql.field(`x${text}`)} = 1 ORDER BY ${jql.orderBy(`x${text}`, 'asc')}`,
    jql`a ~ ${jql.text(text)} AND (b ~ ${jql.phrase(text)} OR ${jql`c = ${text} OR d = 1`})`,
    cql`space = ${text} AND title ~ ${cql.phrase(text)} OR label IN ${[text]}`,
  ]
}

const shapes = built('x y').map(shapeWithoutText)

/** What holds for all queries and texts. A test tries each a few times, a fuzzer as often as it likes. */
export const properties: Readonly<Record<string, Check>> = {
  "Atlassian's own reader gives the same verdict and sees the same tree": always(
    fc.property(fc.oneof(jqlText, brokenJql), agrees),
  ),
  'printing and reading again is the identity': always(
    fc.property(jqlText, (text) => {
      const { query, errors } = parseJql(text)
      const printed = print(query)
      deepStrictEqual(errors, [])
      deepStrictEqual(shapeOf(parseJql(printed).query), shapeOf(query))
      deepStrictEqual(print(parseJql(printed).query), printed)
      agrees(printed)
    }),
  ),
  'printing and reading CQL again is the identity': always(
    fc.property(cqlText, (text) => {
      const { query, errors } = parseCql(text)
      deepStrictEqual(errors, [])
      deepStrictEqual(shapeOf(parseCql(print(query)).query), shapeOf(query))
    }),
  ),
  'formatting changes nothing but white space, at every width': always(
    fc.property(jqlText, fc.integer({ min: 1, max: 120 }), (text, width) => {
      const { query } = parseJql(text)
      const formatted = parseJql(format(query, { width }))
      deepStrictEqual(formatted.errors, [])
      deepStrictEqual(shapeOf(formatted.query), shapeOf(query))
    }),
  ),
  'a text in a hole never changes the shape of the query': always(
    fc.property(hostile, (text) => {
      const queries = built(text)
      deepStrictEqual(queries.map(shapeWithoutText), shapes)
      deepStrictEqual(valuesOf(queries[0]?.where), ['1', text, text, 'x', 'X'])
      for (const query of queries) {
        const { query: again } = query.language === 'jql' ? parseJql(query.text) : parseCql(query.text)
        deepStrictEqual(shapeOf(again), shapeOf(query))
      }
    }),
  ),
  "what was built around a text is read as it was meant by Atlassian's reader too": always(
    fc.property(hostile, (text) => {
      for (const query of built(text)) {
        if (query.language === 'jql') deepStrictEqual(theirTree(query.text), ourTree(query))
      }
    }),
  ),
  'whatever is read, nothing is thrown, and what is refused is explained': always(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), brokenJql, hostile), (source) => {
      for (const { query, errors } of [parseJql(source), parseCql(source)]) {
        ok(errors.length <= 20)
        for (const { message, span } of errors) {
          ok(message !== '')
          ok(span.start <= span.end && span.end <= source.length)
        }
        ok(typeof print(query) === 'string')
      }
    }),
  ),
}
