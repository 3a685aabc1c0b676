import { table } from './table.ts'
import { type AdfMark, type AdfNode, createNode, textAttr } from './document.ts'
import { isInline, markable, marksAllowed, ruleOf } from './model/nodes.ts'
import { inlineText, nodeText } from './plain-text.ts'
import { refusalOf, type Target } from './targets.ts'

/** What fitting needs to know and to tell. */
export interface Fitting {
  readonly target: Target | undefined
  /** Nodes outside the model that the caller vouches for: they may stand anywhere. */
  readonly trusted: WeakSet<AdfNode>
  /** An identifier for a task or decision that has none. */
  newId(): string
  warn(subject: string, message: string): void
}

/** Where a child goes that its parent cannot hold. The default is to take it apart in place. */
const elsewhere = table<'after' | 'split'>({
  listItem: 'split',
  blockquote: 'split',
  panel: 'split',
  expand: 'after',
  nestedExpand: 'after',
  bodiedExtension: 'after',
  bodiedSyncBlock: 'after',
  mediaGroup: 'after',
})

const listOf = table<string>({
  listItem: 'bulletList',
  taskItem: 'taskList',
  blockTaskItem: 'taskList',
  decisionItem: 'decisionList',
})

export const emptyParagraph: AdfNode = { type: 'paragraph', content: [] }

/**
 * Makes a node whose children are settled already into nodes that keep to the content model: itself when all is well,
 * several when a child had to be put beside it, none when nothing is left. What was changed is told to `warn`.
 */
export function settle(node: AdfNode, fitting: Fitting): readonly AdfNode[] {
  const rule = ruleOf(node.type)
  if (!rule) return fitting.trusted.has(node) ? [node] : takeApart(node, fitting)
  if (!rule.children) return [node.content ? without(node, 'content') : node]
  const children = node.content ?? []
  if (isSettled(node, children, fitting)) return [node]
  switch (node.type) {
    case 'bulletList':
    case 'orderedList':
    case 'taskList':
    case 'decisionList':
      return settleList(node, children, fitting)
    case 'taskItem':
    case 'decisionItem':
    case 'blockTaskItem':
      return settleItem(node, children, fitting)
    case 'codeBlock':
      return [{ ...node, content: textOnly(inlineText(children)) }]
    case 'mediaSingle':
      return settleMedia(node, children, fitting)
    case 'layoutSection':
      fitting.warn(node.type, 'A layout has two or three columns: the content was put one after the other.')
      return children.flatMap((child) => (child.type === 'layoutColumn' ? (child.content ?? []) : [child]))
    default:
      return rule.children['text']
        ? [{ ...node, content: onlyInline(children, node.type) }]
        : settleBlocks(node, children, fitting)
  }
}

/** Whether nothing has to be done: the usual case, so it is looked at first and copies nothing. */
function isSettled(node: AdfNode, children: readonly AdfNode[], fitting: Fitting): boolean {
  const rule = ruleOf(node.type)
  if (children.length < (rule?.min ?? 0) || children.length > (rule?.max ?? Infinity)) return false
  if (rule?.min !== undefined && !node.content) return false
  for (const child of children) if (!isAtHome(child, node.type, fitting)) return false
  return node.type !== 'mediaSingle' || children.every((child, index) => (child.type === 'media') === (index === 0))
}

function isAtHome(child: AdfNode, parent: string, fitting: Fitting): boolean {
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

interface Assembly {
  readonly out: AdfNode[]
  readonly after: AdfNode[]
  part: AdfNode[]
  line: AdfNode[]
}

function settleBlocks(node: AdfNode, children: readonly AdfNode[], fitting: Fitting): readonly AdfNode[] {
  const assembly: Assembly = { out: [], after: [], part: [], line: [] }
  for (const child of children) place(child, { node, assembly, fitting })
  endLine({ node, assembly, fitting })
  endPart(node, assembly)
  if (assembly.out.length === 0 && assembly.after.length === 0 && ruleOf(node.type)?.min !== undefined) {
    return marksAllowed(node.type, 'paragraph') ? [{ ...node, content: [emptyParagraph] }] : emptied(node)
  }
  return [...assembly.out, ...assembly.after]
}

/** A row may be empty; a table or group without anything in it is left out. */
function emptied(node: AdfNode): readonly AdfNode[] {
  return ruleOf(node.type)?.min === 0 ? [{ ...node, content: [] }] : []
}

interface Placing {
  readonly node: AdfNode
  readonly assembly: Assembly
  readonly fitting: Fitting
}

function place(child: AdfNode, placing: Placing): void {
  const { node, assembly, fitting } = placing
  if (isInline(child.type) && !fitting.trusted.has(child)) {
    assembly.line.push(child)
    return
  }
  endLine(placing)
  if (isAtHome(child, node.type, fitting)) {
    assembly.part.push(child)
    return
  }
  const refusal = refusalOf(fitting.target, child.type, node.type)
  if (refusal) {
    fitting.warn(
      child.type,
      `${fitting.target ?? ''} takes no ${child.type} here: its content was kept. ${refusal.hint}`,
    )
    for (const piece of simpler(child, fitting)) place(piece, placing)
    return
  }
  if (marksAllowed(node.type, child.type)) {
    fitting.warn(
      child.type,
      `A ${child.type} in a ${node.type} cannot have all of its marks: some were left out.`,
    )
    assembly.part.push(withMarks(child, marksAllowed(node.type, child.type) ?? []))
    return
  }
  const converted = convert(child, node.type, fitting)
  if (converted) {
    for (const piece of converted) place(piece, placing)
    return
  }
  const way = elsewhere[node.type]
  if (way === undefined) {
    for (const piece of takeApart(child, fitting)) place(piece, placing)
    return
  }
  fitting.warn(
    child.type,
    `A ${child.type} cannot stand in a ${node.type}: it was put ${way === 'split' ? 'between its parts' : 'after it'}.`,
  )
  if (way === 'after') assembly.after.push(child)
  else {
    endPart(node, assembly)
    assembly.out.push(child)
  }
}

function endLine(placing: Placing): void {
  const { assembly } = placing
  if (assembly.line.length === 0) return
  const paragraph = createNode('paragraph', { content: assembly.line })
  assembly.line = []
  for (const settled of settle(paragraph, placing.fitting)) place(settled, placing)
}

function endPart(node: AdfNode, assembly: Assembly): void {
  if (assembly.part.length === 0) return
  const first = assembly.out.every((done) => done.type !== node.type)
  assembly.out.push({ ...(first ? node : withoutId(node)), content: assembly.part })
  assembly.part = []
}

/** The form a child takes in a parent that cannot hold it as it is; undefined when there is none. */
function convert(child: AdfNode, parent: string, fitting: Fitting): readonly AdfNode[] | undefined {
  const content = child.content ?? []
  switch (child.type) {
    case 'heading':
      fitting.warn('heading', `A ${parent} holds no heading: it became a paragraph in bold.`)
      return [createNode('paragraph', { content: content.map(strengthen) })]
    case 'blockquote':
      if (parent !== 'listItem' && parent !== 'blockquote') return undefined
      fitting.warn('blockquote', `A ${parent} holds no quote: its paragraphs were kept.`)
      return content
    case 'expand':
      return marksAllowed(parent, 'nestedExpand')
        ? settle({ type: 'nestedExpand', attrs: { title: '', ...child.attrs }, content }, fitting)
        : undefined
    case 'nestedExpand':
      return marksAllowed(parent, 'expand')
        ? settle(asExpand(child, content), fitting)
        : undefined
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
      return wrapInTable(child, parent, fitting)
  }
}

function asExpand({ attrs }: AdfNode, content: readonly AdfNode[]): AdfNode {
  return createNode('expand', { ...(attrs && Object.keys(attrs).length > 0 && { attrs }), content })
}

/** A list around a loose item, or its content where no list may stand. */
function wrapItem(item: AdfNode, parent: string, fitting: Fitting): readonly AdfNode[] {
  const type = listOf[item.type] ?? 'bulletList'
  if (!marksAllowed(parent, type)) return item.content ?? []
  const attrs = type === 'bulletList' ? {} : { attrs: { localId: fitting.newId() } }
  return [createNode(type, { ...attrs, content: [item] })]
}

function wrapInTable(child: AdfNode, parent: string, fitting: Fitting): readonly AdfNode[] | undefined {
  if (parent !== 'tableRow' && parent !== 'table') return undefined
  const cells = settle({ type: 'tableCell', content: [child] }, fitting)
  return parent === 'tableRow' ? cells : [{ type: 'tableRow', content: cells }]
}

/** The parts of a node whose frame cannot be kept, in order. */
export function takeApart(node: AdfNode, fitting: Fitting): readonly AdfNode[] {
  const content = node.content ?? []
  if (content.length > 0) {
    fitting.warn(node.type, `A ${node.type} cannot be kept here: its content was.`)
    const title = nodeText(node)
    return title === '' ? content : [strongLine(title), ...content]
  }
  const url = textAttr(node, 'url')
  if (url !== '') return [createNode('paragraph', { content: [{ type: 'inlineCard', attrs: { url } }] })]
  const text = nodeText(node)
  fitting.warn(
    node.type,
    `A ${node.type} cannot stand here: ${text === '' ? 'it was left out' : 'its text was kept'}.`,
  )
  return text === '' ? [] : [createNode('paragraph', { content: textOnly(text) })]
}

/** What a product is given instead of a node that it refuses. */
function simpler(node: AdfNode, fitting: Fitting): readonly AdfNode[] {
  const content = node.content ?? []
  if (node.type === 'nestedExpand' || node.type === 'expand') {
    const title = textAttr(node, 'title')
    const inner = title === '' ? content : [strongLine(title), ...content]
    return settle({ type: 'panel', attrs: { panelType: 'info' }, content: inner }, fitting)
  }
  return content.flatMap((child) => (child.type === 'layoutColumn' ? (child.content ?? []) : [child]))
}

function settleList(node: AdfNode, children: readonly AdfNode[], fitting: Fitting): readonly AdfNode[] {
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
      fitting.warn(child.type, `A ${child.type} cannot stand in a ${node.type}: the list goes on after it.`)
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
function settleItem(node: AdfNode, children: readonly AdfNode[], fitting: Fitting): readonly AdfNode[] {
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

function settleMedia(node: AdfNode, children: readonly AdfNode[], fitting: Fitting): readonly AdfNode[] {
  const media = children.find((child) => child.type === 'media')
  const caption = children.find((child) => child.type === 'caption')
  const rest = children.filter((child) => child !== media && child !== caption)
  if (!media) return caption ? [createNode('paragraph', { content: caption.content ?? [] }), ...rest] : rest
  if (rest.length > 0)
    fitting.warn('mediaSingle', 'A mediaSingle holds one media and a caption: the rest follows it.')
  const kept = media.marks ? withMarks(media, marksAllowed('mediaSingle', 'media') ?? []) : media
  return [{ ...node, content: caption ? [kept, caption] : [kept] }, ...rest]
}

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

function strongLine(text: string): AdfNode {
  return createNode('paragraph', { content: [{ type: 'text', text, marks: [{ type: 'strong' }] }] })
}

function strengthen(node: AdfNode): AdfNode {
  const marks = node.marks ?? []
  if (node.type !== 'text' || marks.some((mark) => mark.type === 'strong' || mark.type === 'code'))
    return node
  return { ...node, marks: [...marks, { type: 'strong' }] }
}

function textOnly(text: string): readonly AdfNode[] {
  return text === '' ? [] : [{ type: 'text', text }]
}

function withMarks(node: AdfNode, allowed: readonly string[]): AdfNode {
  let marks = markable.has(node.type) ? (node.marks ?? []).filter((mark) => allowed.includes(mark.type)) : []
  if (isTwofold(marks)) marks = marks.filter((mark) => mark.type !== 'indentation')
  return marks.length > 0 ? { ...node, marks } : without(node, 'marks')
}

function withoutId(node: AdfNode): AdfNode {
  if (node.attrs?.['localId'] === undefined) return node
  const { localId: _id, ...attrs } = node.attrs
  return Object.keys(attrs).length > 0 ? { ...node, attrs } : without(node, 'attrs')
}

function without(node: AdfNode, member: 'attrs' | 'content' | 'marks'): AdfNode {
  const { [member]: _left, ...rest } = node
  return rest
}
