import type { AdfNode } from '../document.ts'
import { isEqual } from '../equal.ts'
import { ruleOf, shapeOf } from '../model/nodes.ts'
import { fitsShape } from '../model/values.ts'
import { type Decoration, formatDecoration } from '../notation.ts'
import { addLine, note, type Writer } from './writer.ts'

const members: ReadonlySet<string> = new Set(['type', 'attrs', 'content', 'marks', 'text'])

/** Whether a node is one of the model with members and attributes of the right kinds, so that a reader can make it. */
export function isRegular(node: AdfNode): boolean {
  const rule = ruleOf(node.type)
  if (!rule || Object.keys(node).some((key) => !members.has(key))) return false
  if (node.attrs === undefined) return true
  return rule.attrs !== undefined && fitsShape(node.attrs, shapeOf(rule, node.attrs))
}

/** What the Markdown of a node says about it by itself. */
export interface Said {
  readonly attrs?: Readonly<Record<string, unknown>>
  readonly marks?: readonly unknown[]
}

/** What a reader would not know from the Markdown alone; undefined when it would know all. */
export function decorationOf(node: AdfNode, said: Said = {}): Decoration | undefined {
  const attrs = attrsBeyond(node.attrs, said.attrs)
  const isBare = node.content === undefined && ruleOf(node.type)?.children !== undefined
  const decoration: Decoration = {
    ...(attrs !== undefined && { attrs }),
    ...(!isEqual(node.marks, said.marks) && { marks: node.marks ?? [] }),
    ...(isBare && { content: null }),
  }
  return Object.keys(decoration).length > 0 ? decoration : undefined
}

function attrsBeyond(
  attrs: Readonly<Record<string, unknown>> | undefined,
  said: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, unknown>> | null | undefined {
  if (attrs === undefined) return said === undefined ? undefined : null
  const beyond: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(attrs)) {
    if (value !== undefined && !isEqual(value, said?.[name])) beyond[name] = value
  }
  for (const name of Object.keys(said ?? {})) if (attrs[name] === undefined) beyond[name] = null
  return Object.keys(beyond).length > 0 || said === undefined ? beyond : undefined
}

/** Writes what the Markdown of the next block does not say. Only for the mode `lossless`. */
export function addDecoration(writer: Writer, decoration: Decoration | undefined): void {
  if (decoration && writer.mode === 'lossless') addLine(writer, formatDecoration(decoration))
}

/** Writes a node as a fenced escape. */
export function escapeBlock(node: AdfNode, writer: Writer): void {
  note(writer, {
    code: 'escaped',
    subject: node.type,
    message: `Nodes of the type ${node.type} are kept as adf escapes: leave them as they are, or move them whole.`,
  })
  const json = JSON.stringify(node)
  addLine(writer, `\`\`\`adf ${/^\w+$/.test(node.type) ? node.type : 'node'}`)
  addLine(writer, json)
  addLine(writer, '```')
}

/** Writes a node that shows nothing, such as an empty paragraph, as a comment. Other modes leave it out. */
export function escapeUnseen(node: AdfNode, writer: Writer): void {
  if (writer.mode === 'lossless') addLine(writer, formatDecoration({ node }))
}
