import type { AdfNode } from '../document.ts'
import { isInline, marksAllowed } from '../model/nodes.ts'
import { nodeText } from '../plain-text.ts'
import { textOnly, withMarks } from './fitting.ts'

/** The lines of any nodes as one line of inline nodes, parted by breaks. */
export function onlyInline(children: readonly AdfNode[], parent: string): readonly AdfNode[] {
  const line: AdfNode[] = []
  for (const child of children) {
    const allowed = isInline(child.type) ? marksAllowed(parent, child.type) : undefined
    if (allowed) {
      line.push(child.marks && child.type !== 'text' ? withMarks(child, allowed) : child)
    } else if (child.content) {
      const inner = onlyInline(child.content, parent)
      if (inner.length > 0 && line.length > 0) line.push({ type: 'hardBreak' })
      line.push(...inner)
    } else line.push(...textOnly(nodeText(child)))
  }
  return line
}

/** A text in bold, unless it is code. */
export function strengthen(node: AdfNode): AdfNode {
  const marks = node.marks ?? []
  if (node.type !== 'text' || marks.some((mark) => mark.type === 'strong' || mark.type === 'code'))
    return node
  return { ...node, marks: [...marks, { type: 'strong' }] }
}
