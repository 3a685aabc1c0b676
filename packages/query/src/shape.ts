import type { Node, Span } from './ast.ts'

/** The condition that everything meets. It never stays inside a tree. */
export const everything: Node = { type: 'and', clauses: [], span: { start: 0, end: 0 } }

/** Whether a condition restricts nothing. */
export function isEverything(node: Node): boolean {
  return node.type === 'and' && node.clauses.length === 0
}

/** Joins conditions so that equal meaning has one shape: nothing nested in its like, nothing alone in a list. */
export function join(type: 'and' | 'or', nodes: readonly Node[], span: Span): Node {
  if (type === 'or' && nodes.some(isEverything)) return everything
  const clauses = nodes.flatMap((node) => (node.type === type ? node.clauses : [node]))
  const [only] = clauses
  return clauses.length === 1 && only !== undefined ? only : { type, clauses, span }
}
