import * as fc from 'fast-check'

import type { AdfMark } from '../../src/index.ts'
import { marks as markShapes } from '../../src/model/marks.ts'
import { ruleOf, shapeOf } from '../../src/model/nodes.ts'
import type { Shape, ValueRule } from '../../src/model/values.ts'
import { href, json, text } from './texts.ts'

type Kind<Name extends ValueRule['kind']> = Extract<ValueRule, { kind: Name }>

function numbers({ min = 0, max = 1000 }: Kind<'number'>): fc.Arbitrary<unknown> {
  const whole = fc.integer({ min, max })
  return fc.oneof(
    { weight: 9, arbitrary: whole },
    { weight: 1, arbitrary: fc.constant(Math.min(max, min + 0.5)) },
  )
}

function valueOf(rule: ValueRule): fc.Arbitrary<unknown> {
  if (rule.kind === 'boolean') return fc.boolean()
  if (rule.kind === 'string')
    return rule.min
      ? text
      : fc.oneof({ weight: 9, arbitrary: text }, { weight: 1, arbitrary: fc.constant('') })
  if (rule.kind === 'number') return numbers(rule)
  if (rule.kind === 'one') return fc.constantFrom(...rule.of)
  if (rule.kind === 'pattern')
    return fc.constantFrom(
      ...(rule.says.startsWith('neutral') ? ['neutral', 'purple', '#ff5630'] : ['#ff5630', '#091E42']),
    )
  if (rule.kind === 'numbers') return fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 2 })
  if (rule.kind === 'strings') return fc.array(text, { minLength: 1, maxLength: 2 })
  if (rule.kind === 'list') return fc.array(valueOf(rule.of), { minLength: 1, maxLength: 2 })
  return rule.kind === 'object' ? attrsOf(rule.shape, 'object') : json
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

/** Valid attributes: all that there are, or those alone that have to be there. */
function attrsOf(shape: Shape, type: string): fc.Arbitrary<Record<string, unknown>> {
  const record: Record<string, fc.Arbitrary<unknown>> = {}
  const required: string[] = []
  for (const [name, { rule, required: isRequired }] of Object.entries(shape)) {
    record[name] = usual[`${type}.${name}`] ?? valueOf(rule)
    if (isRequired) required.push(name)
  }
  const full = fc.record(record, { requiredKeys: required, noNullPrototype: true })
  return fc.tuple(full, fc.boolean()).map(([attrs, isFull]) => {
    if (isFull) return attrs
    return Object.fromEntries(Object.entries(attrs).filter(([name]) => required.includes(name)))
  })
}

/** A valid mark of a type. */
export function markOf(type: string): fc.Arbitrary<AdfMark> {
  const shape = markShapes[type]
  return shape ? attrsOf(shape, type).map((attrs) => ({ type, attrs })) : fc.constant({ type })
}

/** What is given first decides which attributes a node may have. */
const variants: Readonly<Record<string, readonly Record<string, unknown>[]>> = {
  media: [{ type: 'external' }, { type: 'file' }],
  mediaSingle: [{ widthType: 'pixel' }, {}],
  inlineCard: [{}, { data: {} }],
  blockCard: [{}, { data: {} }, { datasource: {} }],
}

/** Valid attributes of a node, or none where none are needed. */
export function nodeAttrs(type: string): fc.Arbitrary<Record<string, unknown> | undefined> {
  const rule = ruleOf(type)
  if (!rule?.attrs) return fc.constant(undefined)
  const some = fc.oneof(...(variants[type] ?? [{}]).map((given) => attrsOf(shapeOf(rule, given), type)))
  const isNeeded =
    rule.attrsRequired === true || Object.values(shapeOf(rule, {})).some(({ required }) => required)
  return isNeeded && !rule.attrsOptional ? some : fc.option(some, { nil: undefined, freq: 1 })
}
