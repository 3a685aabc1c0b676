import { type AdfMark, type AdfNode, createNode } from '../document.ts'
import { markable, marksAllowed } from '../model/nodes.ts'
import { refusalOf, type Target } from '../targets.ts'

/** What fitting needs to know and to tell. */
export interface Fitting {
  readonly target: Target | undefined
  /** Nodes outside the model that the caller vouches for: they may stand anywhere. */
  readonly trusted: WeakSet<AdfNode>
  /** An identifier for a task or decision that has none. */
  newId(): string
  warn(subject: string, message: string): void
}

/** Makes a node fit the content model; see `settle`. */
export type Settle = (node: AdfNode, fitting: Fitting) => readonly AdfNode[]

/** What stands where something has to and there is nothing. */
export const emptyParagraph: AdfNode = { type: 'paragraph', content: [] }

/** A word with its article, for sentences about nodes. */
export function a(word: string): string {
  return `${/^[aeio]/.test(word) ? 'an' : 'a'} ${word}`
}

/** Whether a child may stand in a parent as it is, marks and product included. */
export function isAtHome(child: AdfNode, parent: string, fitting: Fitting): boolean {
  if (fitting.trusted.has(child)) return true
  const allowed = marksAllowed(parent, child.type)
  if (!allowed || (fitting.target && refusalOf(fitting.target, child.type, parent))) return false
  return child.marks === undefined || child.type === 'text'
    ? child.marks === undefined || parent !== 'codeBlock'
    : markable.has(child.type) &&
        child.marks.every((mark) => allowed.includes(mark.type)) &&
        !isTwofold(child.marks)
}

function isTwofold(marks: readonly AdfMark[]): boolean {
  return marks.some((mark) => mark.type === 'alignment') && marks.some((mark) => mark.type === 'indentation')
}

/** A node without the marks that are not allowed. */
export function withMarks(node: AdfNode, allowed: readonly string[]): AdfNode {
  let marks = markable.has(node.type) ? (node.marks ?? []).filter((mark) => allowed.includes(mark.type)) : []
  if (isTwofold(marks)) marks = marks.filter((mark) => mark.type !== 'indentation')
  return marks.length > 0 ? { ...node, marks } : without(node, 'marks')
}

/** A node without its local id, which belongs to one node alone. */
export function withoutId(node: AdfNode): AdfNode {
  if (node.attrs?.['localId'] === undefined) return node
  const { localId: _id, ...attrs } = node.attrs
  return Object.keys(attrs).length > 0 ? { ...node, attrs } : without(node, 'attrs')
}

/** A node without a member. */
export function without(node: AdfNode, member: 'attrs' | 'content' | 'marks'): AdfNode {
  const { [member]: _left, ...rest } = node
  return rest
}

/** A paragraph in bold, such as a title becomes. */
export function strongLine(text: string): AdfNode {
  return createNode('paragraph', { content: [{ type: 'text', text, marks: [{ type: 'strong' }] }] })
}

/** A text node, or none where there is no text. */
export function textOnly(text: string): readonly AdfNode[] {
  return text === '' ? [] : [{ type: 'text', text }]
}
