import { type AdfNode, createNode } from '../document.ts'
import { isInline, marksAllowed } from '../model/nodes.ts'
import { table } from '../table.ts'
import { type Fitting, isAtHome } from './fitting.ts'
import { onlyInline } from './inline.ts'

const listOf = table<string>({
  listItem: 'bulletList',
  taskItem: 'taskList',
  blockTaskItem: 'taskList',
  decisionItem: 'decisionList',
})

/** Sorts the children of a list into lists of one kind each; what is no item stands between them. */
export function settleList(
  node: AdfNode,
  children: readonly AdfNode[],
  fitting: Fitting,
): readonly AdfNode[] {
  const out: AdfNode[] = []
  let group: { readonly type: string; readonly content: AdfNode[] } | undefined
  let counted = 0
  const own = node.type === 'orderedList' || node.type === 'bulletList' ? node.type : 'bulletList'
  for (const child of children) {
    let type = child.type === 'listItem' ? own : listOf[child.type]
    if (child.type === 'taskList' && (group?.type === 'taskList' || node.type === 'taskList'))
      type = 'taskList'
    if (type === undefined) {
      group = undefined
      out.push(child)
    } else {
      if (group?.type !== type) {
        group = { type, content: [] }
        out.push({
          type,
          ...listAttrs({ node, type, counted, first: counted === 0 }, fitting),
          content: group.content,
        })
      }
      group.content.push(child)
      counted += 1
    }
  }
  return out
}

interface ListStart {
  readonly node: AdfNode
  readonly type: string
  readonly counted: number
  readonly first: boolean
}

function listAttrs(
  { node, type, counted, first }: ListStart,
  fitting: Fitting,
): { attrs?: Record<string, unknown> } {
  const localId = first && type === node.type ? node.attrs?.['localId'] : undefined
  const named = localId === undefined ? {} : { localId }
  if (type === 'taskList' || type === 'decisionList')
    return { attrs: { localId: localId ?? fitting.newId() } }
  if (type !== 'orderedList') return localId === undefined ? {} : { attrs: named }
  const order = node.attrs?.['order']
  return { attrs: { ...named, order: (typeof order === 'number' ? order : 1) + counted } }
}

/** A task or decision is one line: paragraphs are joined, lists of tasks and everything else follow it. */
export function settleItem(
  node: AdfNode,
  children: readonly AdfNode[],
  fitting: Fitting,
): readonly AdfNode[] {
  const line: AdfNode[] = []
  const rest: AdfNode[] = []
  const item = node.type === 'blockTaskItem' ? 'taskItem' : node.type
  for (const child of children) {
    if (isInline(child.type)) line.push(child)
    else if (rest.length === 0 && (child.type === 'paragraph' || child.type === 'heading')) {
      if (line.length > 0) line.push({ type: 'hardBreak' })
      line.push(...(child.content ?? []))
    } else rest.push(child)
  }
  const isFine = line.every((child) => isAtHome(child, item, fitting))
  return [{ ...node, type: item, content: isFine ? line : onlyInline(line, item) }, ...rest]
}

/** A list around a loose item, or its content where no list may stand. */
export function wrapItem(item: AdfNode, parent: string, fitting: Fitting): readonly AdfNode[] {
  const type = listOf[item.type] ?? 'bulletList'
  if (!marksAllowed(parent, type)) return item.content ?? []
  const attrs = type === 'bulletList' ? {} : { attrs: { localId: fitting.newId() } }
  return [createNode(type, { ...attrs, content: [item] })]
}
