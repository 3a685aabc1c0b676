import type { AdfMark, AdfNode } from '../document.ts'
import { isMark, isRecord } from '../document.ts'
import { isValidMark } from '../model/marks.ts'
import { markable, type NodeRule, ruleOf, shapeOf } from '../model/nodes.ts'
import { fits, fitsShape, type ValueRule } from '../model/values.ts'
import type { Decoration } from '../notation.ts'
import type { Reading } from './reading.ts'

/** Attributes given as text, in the kinds that the node wants. What it does not know or take is left out. */
export function typedAttrs(
  type: string,
  given: Readonly<Record<string, unknown>>,
  reading: Reading,
): Record<string, unknown> {
  const rule = ruleOf(type)
  if (!rule) return {}
  const shape = shapeOf(rule, given)
  const attrs: Record<string, unknown> = {}
  for (const [name, text] of Object.entries(given)) {
    const known = Object.hasOwn(shape, name) ? shape[name] : undefined
    const value = known && typed(text, known.rule)
    if (known && fits(value, known.rule)) attrs[name] = value
    else
      reading.warn(
        type,
        `The attribute ${name.slice(0, 40)} of a ${type} was left out: it is unknown or not of the right kind.`,
      )
  }
  return attrs
}

function typed(value: unknown, rule: ValueRule): unknown {
  if (typeof value !== 'string') return value
  if (rule.kind === 'number') return value.trim() === '' ? value : Number(value)
  if (rule.kind === 'boolean') return value === 'true' ? true : value === 'false' ? false : value
  return value
}

/** Sets what a decoration says; what does not go with the node is left out with a warning. */
export function decorate(node: AdfNode, decoration: Decoration | undefined, reading: Reading): AdfNode {
  if (!decoration) return node
  const rule = ruleOf(node.type)
  let { attrs, content } = node
  if (decoration.attrs === null) attrs = rule && canLackAttrs(rule) ? undefined : attrs
  else if (isRecord(decoration.attrs) && rule?.attrs) attrs = mergeAttrs(node, decoration.attrs, reading)
  if (decoration.content === null && content?.length === 0 && rule?.min === undefined) content = undefined
  const marks = decoratedMarks(node, decoration, reading)
  const { attrs: _attrs, content: _content, marks: _marks, ...bare } = node
  return { ...bare, ...(attrs && { attrs }), ...(content && { content }), ...(marks && { marks }) }
}

function canLackAttrs(rule: NodeRule): boolean {
  if (rule.attrsOptional) return true
  return !rule.attrsRequired && Object.values(shapeOf(rule, {})).every(({ required }) => !required)
}

function mergeAttrs(
  node: AdfNode,
  given: Readonly<Record<string, unknown>>,
  reading: Reading,
): Readonly<Record<string, unknown>> | undefined {
  const merged: Record<string, unknown> = { ...node.attrs }
  for (const [name, value] of Object.entries(given)) {
    if (value === null) delete merged[name] // eslint-disable-line typescript/no-dynamic-delete -- a record of our own
    else merged[name] = value
  }
  const rule = ruleOf(node.type)
  if (!rule) return merged
  const shape = shapeOf(rule, merged)
  for (const name of Object.keys(merged)) {
    const known = Object.hasOwn(shape, name) ? shape[name] : undefined
    if (known && fits(merged[name], known.rule)) continue
    if (Object.hasOwn(node.attrs ?? {}, name)) merged[name] = node.attrs?.[name]
    else delete merged[name] // eslint-disable-line typescript/no-dynamic-delete -- a record of our own
    reading.warn(
      node.type,
      `A decoration for ${name.slice(0, 40)} does not go with a ${node.type} and was left out.`,
    )
  }
  for (const [name, { required }] of Object.entries(shape)) {
    if (required && merged[name] === undefined) merged[name] = node.attrs?.[name]
  }
  if (fitsShape(merged, shape)) return merged
  reading.warn(node.type, `A decoration of a ${node.type} was left out: its attributes do not go together.`)
  return node.attrs
}

function decoratedMarks(
  node: AdfNode,
  decoration: Decoration,
  reading: Reading,
): readonly AdfMark[] | undefined {
  const given: unknown = decoration.marks
  if (!Array.isArray(given) || !markable.has(node.type)) return node.marks
  const list: readonly unknown[] = given
  const marks = list.filter((mark): mark is AdfMark => isMark(mark) && isValidMark(mark))
  if (marks.length < list.length)
    reading.warn(node.type, `A mark of a ${node.type} was left out: it is not valid.`)
  return marks
}
