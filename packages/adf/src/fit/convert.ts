import { type AdfNode, createNode, textAttr } from '../document.ts'
import { marksAllowed } from '../model/nodes.ts'
import { nodeText } from '../plain-text.ts'
import { a, type Fitting, type Settle, strongLine, textOnly } from './fitting.ts'
import { strengthen } from './inline.ts'
import { wrapItem } from './lists.ts'

/** Where a child is to stand, and how what is made of it is settled. */
export interface Place {
  readonly parent: string
  readonly fitting: Fitting
  readonly settle: Settle
}

/** The form a child takes in a parent that cannot hold it as it is; undefined when there is none. */
export function convert(child: AdfNode, place: Place): readonly AdfNode[] | undefined {
  const { parent, fitting, settle } = place
  const content = child.content ?? []
  switch (child.type) {
    case 'heading':
      fitting.warn('heading', `There is no heading in ${a(parent)}: it became a paragraph in bold.`)
      return [createNode('paragraph', { content: content.map(strengthen) })]
    case 'blockquote':
      if (parent !== 'listItem' && parent !== 'blockquote') return undefined
      fitting.warn('blockquote', `There is no quote in ${a(parent)}: its paragraphs were kept.`)
      return content
    case 'expand':
      return marksAllowed(parent, 'nestedExpand')
        ? settle({ type: 'nestedExpand', attrs: { title: '', ...child.attrs }, content }, fitting)
        : undefined
    case 'nestedExpand':
      return marksAllowed(parent, 'expand') ? settle(asExpand(child, content), fitting) : undefined
    case 'media':
      return marksAllowed(parent, 'mediaSingle')
        ? settle({ type: 'mediaSingle', attrs: { layout: 'center' }, content: [child] }, fitting)
        : undefined
    case 'caption':
      return [createNode('paragraph', { content })]
    case 'tableRow':
      return marksAllowed(parent, 'table') ? [{ type: 'table', content: [child] }] : content
    case 'tableCell':
    case 'tableHeader':
      return parent === 'table' ? [{ type: 'tableRow', content: [child] }] : content
    case 'layoutColumn':
    case 'doc':
      return content
    case 'listItem':
    case 'taskItem':
    case 'blockTaskItem':
    case 'decisionItem':
      return wrapItem(child, parent, fitting)
    default:
      return wrapInTable(child, place)
  }
}

function asExpand({ attrs }: AdfNode, content: readonly AdfNode[]): AdfNode {
  return createNode('expand', { ...(attrs && Object.keys(attrs).length > 0 && { attrs }), content })
}

function wrapInTable(child: AdfNode, { parent, fitting, settle }: Place): readonly AdfNode[] | undefined {
  if (parent !== 'tableRow' && parent !== 'table') return undefined
  const cells = settle({ type: 'tableCell', content: [child] }, fitting)
  return parent === 'tableRow' ? cells : [{ type: 'tableRow', content: cells }]
}

/** The parts of a node whose frame cannot be kept, in order. */
export function takeApart(node: AdfNode, fitting: Fitting): readonly AdfNode[] {
  const content = node.content ?? []
  if (content.length > 0) {
    fitting.warn(node.type, `What was in ${a(node.type)} was kept without it: it cannot stand here.`)
    const title = nodeText(node)
    return title === '' ? content : [strongLine(title), ...content]
  }
  const url = textAttr(node, 'url')
  if (url !== '') return [createNode('paragraph', { content: [{ type: 'inlineCard', attrs: { url } }] })]
  const text = nodeText(node)
  fitting.warn(
    node.type,
    `There can be no ${node.type} here: ${text === '' ? 'it was left out' : 'its text was kept'}.`,
  )
  return text === '' ? [] : [createNode('paragraph', { content: textOnly(text) })]
}

/** What a product is given instead of a node that it refuses. */
export function simpler(node: AdfNode, { fitting, settle }: Place): readonly AdfNode[] {
  const content = node.content ?? []
  if (node.type === 'nestedExpand' || node.type === 'expand') {
    const title = textAttr(node, 'title')
    const inner = title === '' ? content : [strongLine(title), ...content]
    return settle({ type: 'panel', attrs: { panelType: 'info' }, content: inner }, fitting)
  }
  return content.flatMap((child) => (child.type === 'layoutColumn' ? (child.content ?? []) : [child]))
}
