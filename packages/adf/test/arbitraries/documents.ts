import * as fc from 'fast-check'

import type { AdfDocument, AdfMark, AdfNode } from '../../src/index.ts'
import { marksAllowed, nodes, ruleOf } from '../../src/model/nodes.ts'
import { markOf, nodeAttrs } from './attributes.ts'
import { text } from './texts.ts'

const formatted = [
  'link',
  'em',
  'strong',
  'strike',
  'subsup',
  'underline',
  'textColor',
  'annotation',
  'backgroundColor',
]

const anyMarks: fc.Arbitrary<readonly AdfMark[]> = fc.oneof(
  fc.shuffledSubarray(formatted, { maxLength: 3 }).chain((types) => fc.tuple(...types.map(markOf))),
  fc
    .shuffledSubarray(['code', 'link', 'annotation'], { minLength: 1 })
    .chain((types) => fc.tuple(...types.map(markOf))),
)

const simpleMarks: fc.Arbitrary<readonly AdfMark[]> = fc
  .subarray(['em', 'strong', 'strike'])
  .map((types) => types.map((type) => ({ type })))

const bareText: fc.Arbitrary<AdfNode> = text.map((value) => ({ type: 'text', text: value }))

function marked(marks: fc.Arbitrary<readonly AdfMark[]>): fc.Arbitrary<AdfNode> {
  return fc.record({ type: fc.constant('text'), text, marks }, { noNullPrototype: true })
}

const textNode: fc.Arbitrary<AdfNode> = fc.oneof(
  { weight: 4, arbitrary: bareText },
  { weight: 3, arbitrary: marked(simpleMarks) },
  { weight: 3, arbitrary: marked(anyMarks) },
)

const cache = new Map<string, fc.Arbitrary<AdfNode>>()

/** A valid node of a type, as it may stand in a parent, so many levels deep. */
function nodeOf(type: string, parent: string, depth: number): fc.Arbitrary<AdfNode> {
  const key = `${type} ${parent} ${depth}`
  const known = cache.get(key)
  if (known) return known
  const made = makeNode(type, parent, depth)
  cache.set(key, made)
  return made
}

function makeNode(type: string, parent: string, depth: number): fc.Arbitrary<AdfNode> {
  if (type === 'text') return parent === 'codeBlock' ? bareText : textNode
  const content = ruleOf(type)?.children ? contentOf(type, depth) : fc.constant(undefined)
  const parts = fc.tuple(nodeAttrs(type), content, blockMarks(type, parent))
  return parts.map(([attrs, children, marks]) => nodeWith(type, { attrs, content: children, marks }))
}

interface Parts {
  readonly attrs: Record<string, unknown> | undefined
  readonly content: readonly AdfNode[] | undefined
  readonly marks?: readonly AdfMark[] | undefined
}

/** A node without the members that are undefined. */
function nodeWith(type: string, { attrs, content, marks }: Parts): AdfNode {
  const named = attrs ? { type, attrs } : { type }
  const filled = content ? { ...named, content } : named
  return marks ? { ...filled, marks } : filled
}

function blockMarks(type: string, parent: string): fc.Arbitrary<readonly AdfMark[] | undefined> {
  const allowed = marksAllowed(parent, type) ?? []
  if (allowed.length === 0) return fc.constant(undefined)
  const types = fc
    .subarray([...allowed])
    .filter((list) => !(list.includes('alignment') && list.includes('indentation')))
  return fc.option(
    types.chain((list) => fc.tuple(...list.map(markOf))),
    { nil: undefined, freq: 2 },
  )
}

const shallow: ReadonlySet<string> = new Set(
  'layoutColumn listItem mediaGroup mediaSingle tableCell tableHeader tableRow'.split(' '),
)

/** Whether a node can be made without going deeper. */
function isShallow(type: string): boolean {
  return ruleOf(type)?.children?.['text'] !== undefined || shallow.has(type) || !ruleOf(type)?.children
}

function weightOf(child: string): number {
  return child === 'text' ? 20 : child === 'paragraph' ? 4 : 1
}

function contentOf(type: string, depth: number): fc.Arbitrary<readonly AdfNode[] | undefined> {
  const rule = nodes[type]
  if (type === 'mediaSingle') return mediaContent
  if (type === 'table')
    return fc.oneof(fc.array(nodeOf('tableRow', 'table', depth - 1), { minLength: 1, maxLength: 3 }), grids)
  const children = Object.keys(rule?.children ?? {}).filter(
    (child) => rule?.children?.[child] && (depth > 0 || isShallow(child)),
  )
  const { min = 0, max = 3 } = rule ?? {}
  const kinds = children.map((child) => ({ weight: weightOf(child), arbitrary: fc.constant(child) }))
  const child = fc.oneof(...kinds).chain((kind) => nodeOf(kind, type, depth - 1))
  const list = fc.array(child, { minLength: min, maxLength: Math.max(min, Math.min(max, 3)) })
  return rule?.min === undefined ? fc.option(list, { nil: undefined, freq: 8 }) : list
}

const mediaContent: fc.Arbitrary<readonly AdfNode[]> = fc
  .tuple(
    nodeOf('media', 'mediaSingle', 0),
    fc.option(nodeOf('caption', 'mediaSingle', 0), { nil: undefined }),
  )
  .map(([media, caption]) => (caption ? [media, caption] : [media]))

interface Layout {
  readonly rows: number
  readonly columns: number
  readonly header: boolean
  readonly first: boolean
}

/** Tables that bars can say come about too rarely by chance. */
const grids: fc.Arbitrary<readonly AdfNode[]> = fc
  .record({
    rows: fc.integer({ min: 1, max: 3 }),
    columns: fc.integer({ min: 1, max: 3 }),
    header: fc.boolean(),
    first: fc.boolean(),
  })
  .chain((layout) => fc.tuple(...Array.from({ length: layout.rows }, (_, row) => gridRow(layout, row))))

function gridRow({ columns, header, first }: Layout, row: number): fc.Arbitrary<AdfNode> {
  const cells = Array.from({ length: columns }, (_, column) =>
    gridCell((header && row === 0) || (first && column === 0) ? 'tableHeader' : 'tableCell'),
  )
  return fc.tuple(...cells).map((content) => ({ type: 'tableRow', content }))
}

function gridCell(type: string): fc.Arbitrary<AdfNode> {
  const parts = fc.tuple(nodeOf('paragraph', 'tableCell', 0), nodeAttrs('tableCell'))
  return parts.map(([paragraph, attrs]) => {
    const own = attrs && 'colspan' in attrs ? undefined : attrs
    return nodeWith(type, { attrs: own, content: [paragraph] })
  })
}

/** Whole valid documents with nodes of every type, four levels deep. */
export const documents: fc.Arbitrary<AdfDocument> = fc
  .array(
    fc.constantFrom(...Object.keys(nodes['doc']?.children ?? {})).chain((type) => nodeOf(type, 'doc', 3)),
    { maxLength: 4 },
  )
  .map((content) => ({ type: 'doc', version: 1, content }))
