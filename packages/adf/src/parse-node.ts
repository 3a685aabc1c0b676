import { type AdfNode, isMark, isNode, isRecord } from './document.ts'
import { AdfError } from './error.ts'
import { guardJson } from './guard.ts'

/**
 * Takes a value from outside as a tree of nodes: within the limits, and with members of the right kinds all the way down.
 * Children that are no nodes are left out, and members of other kinds; what is a node and only not valid stays. The usual
 * case copies nothing. Throws an `AdfError` when the value itself is no node.
 */
export function parseNode(value: unknown): AdfNode {
  guardJson(value)
  const node = shaped(value)
  if (!node) throw new AdfError('not_adf', 'This is no ADF: give a document, a node, or nothing.')
  return node
}

function shaped(value: unknown): AdfNode | undefined {
  if (!isNode(value)) return reshaped(value)
  if (value.content === undefined) return value
  const { content } = value
  let copy: AdfNode[] | undefined
  for (const [index, child] of content.entries()) {
    const kept = shaped(child)
    if (kept === undefined || kept !== child) copy ??= content.slice(0, index)
    if (copy && kept) copy.push(kept)
  }
  return copy ? { ...value, content: copy } : value
}

/** A node of the members that are of the right kinds; undefined when not even the type is. */
function reshaped(value: unknown): AdfNode | undefined {
  if (!isRecord(value) || typeof value['type'] !== 'string') return undefined
  const { type, attrs, content, marks, text, ...others } = value
  const list: readonly unknown[] = Array.isArray(content) ? content : []
  const given: readonly unknown[] = Array.isArray(marks) ? marks : []
  return {
    ...others,
    type,
    ...(isRecord(attrs) && { attrs }),
    ...(Array.isArray(content) && { content: list.map(shaped).filter((child) => child !== undefined) }),
    ...(Array.isArray(marks) && { marks: given.filter(isMark) }),
    ...(typeof text === 'string' && { text }),
  }
}
