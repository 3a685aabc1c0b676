import { type AdfNode, createNode } from '../document.ts'
import { isRecord } from '../document.ts'
import { isInline } from '../model/nodes.ts'
import type { Decoration } from '../notation.ts'
import { decorationClose, decorationOpen } from '../notation.ts'
import type { Reading } from './reading.ts'

/** Reads the JSON of an escape; undefined when it is none. */
function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    // The caller says so in a warning and keeps the text.
    return undefined
  }
}

/** A node from an escape in a line; kept as code when it is not let through. */
export function readInlineEscape(json: string, reading: Reading): AdfNode {
  const admitted = reading.gate.admit(parseJson(json), 'paragraph')
  if ('node' in admitted && (admitted.trusted || isInline(admitted.node.type))) {
    if (admitted.trusted) reading.trusted.add(admitted.node)
    return admitted.node
  }
  const reason = 'reason' in admitted ? admitted.reason : 'it is no inline node'
  reading.note('refused', 'adf', `An escape was kept as text: ${reason}.`)
  return { type: 'text', text: json, marks: [{ type: 'code' }] }
}

/** A node from a fenced escape; kept as a block of code when it is not let through. */
export function readBlockEscape(json: string, parent: string, reading: Reading): AdfNode {
  const node = readNode(parseJson(json), parent, reading)
  if (typeof node !== 'string') return node
  reading.note('refused', 'adf', `An escape was kept as a block of code: ${node}.`)
  const text = json.trim()
  return createNode('codeBlock', {
    attrs: { language: 'json' },
    content: text === '' ? [] : [{ type: 'text', text }],
  })
}

/** The node of a value, or why it is refused. */
export function readNode(value: unknown, parent: string, reading: Reading): AdfNode | string {
  const admitted = reading.gate.admit(value, parent)
  if ('reason' in admitted) return admitted.reason
  if (admitted.trusted) reading.trusted.add(admitted.node)
  return admitted.node
}

/** The decoration in a comment; undefined for a comment that is none. */
export function readDecoration(comment: string): Decoration | undefined {
  if (!comment.startsWith(decorationOpen) || !comment.endsWith(decorationClose)) return undefined
  const value = parseJson(comment.slice(decorationOpen.length, -decorationClose.length))
  return isRecord(value) ? value : undefined
}
