import type { Node, Query } from './ast.ts'
import { isCompound, printNode, printOrderBy } from './print.ts'

/**
 * Writes a query for people: on one line while it fits, else one condition a line, indented by depth. Reading it again
 * gives the same tree.
 *
 * `width` is counted in UTF-16 units; a single long condition stays whole. Default: 80.
 */
export function format(query: Query, { width = 80 }: { readonly width?: number } = {}): string {
  const sorts = printOrderBy(query.orderBy)
  if (!query.where) return sorts
  const line = printNode(query.where)
  const whole = sorts === '' ? line : `${line} ${sorts}`
  if (whole.length <= width) return whole
  const lines = layOut(query.where, '', width)
  return (sorts === '' ? lines : [...lines, sorts]).join('\n')
}

function layOut(node: Node, indent: string, width: number): readonly string[] {
  const line = printNode(node)
  if (node.type === 'clause' || indent.length + line.length <= width) return [`${indent}${line}`]
  if (node.type === 'not') {
    if (!isCompound(node.clause)) return [`${indent}${line}`]
    return [`${indent}NOT (`, ...layOut(node.clause, `${indent}  `, width), `${indent})`]
  }
  const word = node.type.toUpperCase()
  return node.clauses.flatMap((clause, index) => {
    const lead = index === 0 ? '' : `${word} `
    const text = printNode(clause)
    const bare = node.type === 'or' || clause.type !== 'or'
    const short = `${indent}${lead}${bare ? text : `(${text})`}`
    if (short.length <= width || clause.type === 'clause') return [short]
    if (clause.type === 'not') return indented(layOut(clause, indent, width), indent, lead)
    return [`${indent}${lead}(`, ...layOut(clause, `${indent}  `, width), `${indent})`]
  })
}

/** Puts a word in front of the first of several lines. */
function indented(lines: readonly string[], indent: string, lead: string): readonly string[] {
  const [first = '', ...rest] = lines
  return [`${indent}${lead}${first.slice(indent.length)}`, ...rest]
}
