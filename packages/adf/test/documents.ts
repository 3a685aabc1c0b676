import * as fc from 'fast-check'

import type { AdfDocument, AdfMark, AdfNode } from '../src/index.ts'
import { marks as markShapes } from '../src/model/marks.ts'
import { marksAllowed, nodes, ruleOf, shapeOf } from '../src/model/nodes.ts'
import type { Shape, ValueRule } from '../src/model/values.ts'

/** Pieces that mean something to Markdown, to the notations of this package, to XML, or to nobody. */
const pieces = [
  ...'abcxyzéß漢😀',
  ...'*_`[]()<>&!|~#+-=.:;{}"\'\\/@^$%,?',
  ...'0123456789',
  ' ',
  '  ',
  '\n',
  '\t',
  '\r',
  '\u00A0',
  '\u200B',
  '\u200F',
  '\u2028',
  '\uFEFF',
  '\v',
  '\f',
  '\0',
  '\u0001',
  '\u0085',
  '\uD83D',
  '\uFFFD',
  '**',
  '__',
  '~~',
  '***',
  '``',
  '```',
  '~~~',
  '---',
  '===',
  ':::',
  '::',
  '](',
  '![',
  '[ ] ',
  '[x] ',
  '[!NOTE]',
  '<!> ',
  '- ',
  '1. ',
  '# ',
  '> ',
  '|-|',
  '| --- |',
  ':--',
  '&amp;',
  '&#32;',
  '&lt;',
  '<br>',
  '</u>',
  '<u>',
  '<b',
  '<!--',
  '-->',
  '<!---->',
  '<!-- adf {"attrs":{}} -->',
  ':smile:',
  ':status[',
  ':color[',
  ':adf`',
  ':adf',
  ':::panel',
  ':::',
  '::card{url="x"}',
  'https://x.y',
  'http:',
  '//',
  'https://a.b/c_d*e*',
  'accountid:',
  '[a]: b',
  '[a](b)',
  '{a=b}',
  '{#ff0000}',
  ']]>',
  '<![CDATA[',
  '&nbsp;',
  'word',
  'two words',
  'snake_case',
  'a * b',
  ' ',
]

/** Text of at least one character, as hostile as it gets. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(''))

/** Text as people write it. */
const calmText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom('plain', 'words', 'and', 'Ünïcode', 'x'), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(' '))

const text = fc.oneof({ weight: 2, arbitrary: hostileText }, { weight: 3, arbitrary: calmText })

const json: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, 1, 'a', '-->', '`', ']]>', '|'),
  fc.array(hostileText, { maxLength: 2 }),
  fc.dictionary(fc.constantFrom('a', 'macroParams', 'b c'), text, { maxKeys: 2, noNullPrototype: true }),
)

const href = fc.oneof(
  fc.constantFrom(
    'https://x.y/a_b',
    'https://x.y/(a)',
    'mailto:a@b.c',
    '#x',
    '/wiki/a b',
    'https://x.y/?a=b&amp;c',
    'accountid:1',
    'attachment:a b',
    'ftp://x',
    'foo',
    '',
  ),
  hostileText.map((part) => `https://x.y/${part}`),
)

function valueOf(rule: ValueRule): fc.Arbitrary<unknown> {
  switch (rule.kind) {
    case 'any':
      return json
    case 'boolean':
      return fc.boolean()
    case 'string':
      return rule.min
        ? text
        : fc.oneof({ weight: 9, arbitrary: text }, { weight: 1, arbitrary: fc.constant('') })
    case 'number': {
      const { min = 0, max = 1000 } = rule
      return fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min, max }) },
        { weight: 1, arbitrary: fc.constant(Math.min(max, min + 0.5)) },
      )
    }
    case 'one':
      return fc.constantFrom(...rule.of)
    case 'pattern':
      return rule.says.startsWith('neutral')
        ? fc.constantFrom('neutral', 'purple', '#ff5630')
        : fc.constantFrom('#ff5630', '#091E42')
    case 'numbers':
      return fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 2 })
    case 'strings':
      return fc.array(text, { minLength: 1, maxLength: 2 })
    case 'list':
      return fc.array(valueOf(rule.of), { minLength: 1, maxLength: 2 })
    case 'object':
      return attrsOf(rule.shape, 'object')
  }
}

/** Attributes that are usual, so that the short forms are met as often as the long ones. */
const usual: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'date.timestamp': fc.oneof(fc.constantFrom('1767312000000', '1767312000001', '-1', 'soon'), text),
  'emoji.shortName': fc.oneof(
    fc.constantFrom(':smile:', ':+1:', ':Growth_purple:', ':a::b:', 'smile', ':50:'),
    text,
  ),
  'heading.level': fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 1, max: 6 }) },
    { weight: 1, arbitrary: fc.constant(1.5) },
  ),
  'link.href': href,
  'inlineCard.url': href,
  'blockCard.url': href,
  'embedCard.url': href,
  'media.url': href,
  'codeBlock.language': fc.oneof(fc.constantFrom('js', 'c++', 'adf', 'a b', ''), text),
  'mention.text': fc.oneof(fc.constantFrom('@Ann', '', 'Bob'), text),
  'decisionItem.state': fc.constantFrom('DECIDED', 'UNDECIDED'),
  'tableCell.colspan': fc.constantFrom(1, 2),
  'tableCell.rowspan': fc.constantFrom(1, 2),
  'orderedList.order': fc.constantFrom(0, 1, 3, 10, 1.5, 1e9),
}

function attrsOf(shape: Shape, type: string): fc.Arbitrary<Record<string, unknown>> {
  const record: Record<string, fc.Arbitrary<unknown>> = {}
  const required: string[] = []
  for (const [name, { rule, required: isRequired }] of Object.entries(shape)) {
    const value = usual[`${type}.${name}`] ?? valueOf(rule)
    record[name] = value
    if (isRequired) required.push(name)
  }
  return fc.record(record, { requiredKeys: required, noNullPrototype: true }).chain((full) =>
    fc.boolean().map((isFull) => {
      if (isFull) return full
      return Object.fromEntries(Object.entries(full).filter(([name]) => required.includes(name)))
    }),
  )
}

function markOf(type: string): fc.Arbitrary<AdfMark> {
  const shape = markShapes[type]
  return shape ? attrsOf(shape, type).map((attrs) => ({ type, attrs })) : fc.constant({ type })
}

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

const textMarks: fc.Arbitrary<readonly AdfMark[]> = fc.oneof(
  fc.shuffledSubarray(formatted, { maxLength: 3 }).chain((types) => fc.tuple(...types.map(markOf))),
  fc
    .shuffledSubarray(['code', 'link', 'annotation'], { minLength: 1 })
    .chain((types) => fc.tuple(...types.map(markOf))),
)

const simpleMarks: fc.Arbitrary<readonly AdfMark[]> = fc
  .subarray(['em', 'strong', 'strike'])
  .map((types) => types.map((type) => ({ type })))

const textNode: fc.Arbitrary<AdfNode> = fc.oneof(
  { weight: 4, arbitrary: text.map((value) => ({ type: 'text', text: value })) },
  {
    weight: 3,
    arbitrary: fc.tuple(text, simpleMarks).map(([value, marks]) => ({ type: 'text', text: value, marks })),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(text, textMarks).map(([value, marks]) => ({ type: 'text', text: value, marks })),
  },
)

const cache = new Map<string, fc.Arbitrary<AdfNode>>()

/** A valid node of a type, as it may stand in a parent. */
export function nodeOf(type: string, parent: string, depth: number): fc.Arbitrary<AdfNode> {
  const key = `${type} ${parent} ${depth}`
  const known = cache.get(key)
  if (known) return known
  const made =
    type === 'text'
      ? parent === 'codeBlock'
        ? text.map((value) => ({ type, text: value }))
        : textNode
      : makeNode(type, parent, depth)
  cache.set(key, made)
  return made
}

function makeNode(type: string, parent: string, depth: number): fc.Arbitrary<AdfNode> {
  const rule = ruleOf(type)
  if (!rule) throw new Error(`no rule for ${type}`)
  const attrs = variantsOf(type)
  const content = rule.children ? contentOf(type, depth) : fc.constant(undefined)
  const allowed = marksAllowed(parent, type) ?? []
  const marks =
    allowed.length > 0
      ? fc.option(
          fc
            .subarray([...allowed])
            .filter((list) => !(list.includes('alignment') && list.includes('indentation')))
            .chain((types) => fc.tuple(...types.map(markOf))),
          { nil: undefined, freq: 2 },
        )
      : fc.constant(undefined)
  return fc.tuple(attrs, content, marks).map(([ownAttrs, ownContent, ownMarks]) => ({
    type,
    ...(ownAttrs && { attrs: ownAttrs }),
    ...(ownContent && { content: ownContent }),
    ...(ownMarks && { marks: ownMarks }),
  }))
}

const variants: Readonly<Record<string, readonly Record<string, unknown>[]>> = {
  media: [{ type: 'external' }, { type: 'file' }],
  mediaSingle: [{ widthType: 'pixel' }, {}],
  inlineCard: [{}, { data: {} }],
  blockCard: [{}, { data: {} }, { datasource: {} }],
}

function variantsOf(type: string): fc.Arbitrary<Record<string, unknown> | undefined> {
  const rule = ruleOf(type)
  if (!rule?.attrs) return fc.constant(undefined)
  const all = (variants[type] ?? [{}]).map((given) => attrsOf(shapeOf(rule, given), type))
  const some: fc.Arbitrary<Record<string, unknown>> = fc.oneof(...all)
  const isNeeded =
    rule.attrsRequired === true || Object.values(shapeOf(rule, {})).some(({ required }) => required)
  const optional = isNeeded && type !== 'mediaSingle' ? some : fc.option(some, { nil: undefined, freq: 1 })
  return optional
}

function contentOf(type: string, depth: number): fc.Arbitrary<readonly AdfNode[] | undefined> {
  const rule = nodes[type]
  const children = Object.keys(rule?.children ?? {}).filter(
    (child) => rule?.children?.[child] && (depth > 0 || isShallow(child)),
  )
  const min = rule?.min ?? 0
  const max = Math.min(rule?.max ?? 3, 3)
  if (type === 'mediaSingle') {
    return fc
      .tuple(nodeOf('media', type, 0), fc.option(nodeOf('caption', type, 0), { nil: undefined }))
      .map(([media, caption]) => (caption ? [media, caption] : [media]))
  }
  if (type === 'table') return tableContent(depth)
  const weighted = children.map((child) => ({
    weight: child === 'text' ? 20 : child === 'paragraph' ? 4 : 1,
    arbitrary: fc.constant(child),
  }))
  const list = fc.array(
    fc.oneof(...weighted).chain((child) => nodeOf(child, type, depth - 1)),
    { minLength: min, maxLength: Math.max(min, max) },
  )
  return rule?.min === undefined ? fc.option(list, { nil: undefined, freq: 8 }) : list
}

/** Tables that bars can say come about too rarely by chance. */
function tableContent(depth: number): fc.Arbitrary<readonly AdfNode[]> {
  const any = fc.array(nodeOf('tableRow', 'table', depth - 1), { minLength: 1, maxLength: 3 })
  const paragraph = nodeOf('paragraph', 'tableCell', 0)
  const grid = fc
    .record({
      rows: fc.integer({ min: 1, max: 3 }),
      columns: fc.integer({ min: 1, max: 3 }),
      header: fc.boolean(),
      first: fc.boolean(),
    })
    .chain(({ rows, columns, header, first }) =>
      fc.tuple(
        ...Array.from({ length: rows }, (_, row) =>
          fc
            .tuple(
              ...Array.from({ length: columns }, (_cell, column) =>
                fc.tuple(paragraph, variantsOf('tableCell')).map(([inner, attrs]): AdfNode => ({
                  type: (header && row === 0) || (first && column === 0) ? 'tableHeader' : 'tableCell',
                  ...(attrs && !('colspan' in attrs) && { attrs }),
                  content: [inner],
                })),
              ),
            )
            .map((cells): AdfNode => ({ type: 'tableRow', content: cells })),
        ),
      ),
    )
  return fc.oneof(any, grid)
}

const shallow: ReadonlySet<string> = new Set([
  'layoutColumn',
  'listItem',
  'mediaGroup',
  'mediaSingle',
  'tableCell',
  'tableHeader',
  'tableRow',
])

/** Whether a node can be made without going deeper. */
function isShallow(type: string): boolean {
  return ruleOf(type)?.children?.['text'] !== undefined || shallow.has(type) || !ruleOf(type)?.children
}

/** Whole valid documents with nodes of every type, four levels deep. */
export const documents: fc.Arbitrary<AdfDocument> = fc
  .array(
    fc.constantFrom(...Object.keys(nodes['doc']?.children ?? {})).chain((type) => nodeOf(type, 'doc', 3)),
    { maxLength: 4 },
  )
  .map((content) => ({ type: 'doc', version: 1, content }))

/** Markdown with everything in it, right or wrong. */
export const markdowns: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      hostileText,
      fc.constantFrom(
        '\n',
        '\n\n',
        '  ',
        '\n- ',
        '\n  - ',
        '\n> ',
        '\n1. ',
        '\n:::',
        '\n```\n',
        '\n| a | b |\n|---|---|\n| ',
        '\n- [ ] ',
        '\n:::panel{type=info}\n',
        '\n:::layout\n',
        '\n:::column\n',
        '\n```adf extension\n',
        '<details><summary>',
        '</details>',
        '\n#',
      ),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''))
