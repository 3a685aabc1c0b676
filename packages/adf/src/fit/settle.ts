import { type AdfNode, createNode } from '../document.ts'
import { isInline, marksAllowed, ruleOf } from '../model/nodes.ts'
import { inlineText } from '../plain-text.ts'
import { table } from '../table.ts'
import { refusalOf } from '../targets.ts'
import { convert, simpler, takeApart } from './convert.ts'
import {
  a,
  emptyParagraph,
  type Fitting,
  isAtHome,
  textOnly,
  withMarks,
  without,
  withoutId,
} from './fitting.ts'
import { onlyInline } from './inline.ts'
import { settleItem, settleList } from './lists.ts'

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
  return (
    node.type !== 'mediaSingle' ||
    children.every((child, index) => (child.type === 'media') === (index === 0))
  )
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
    for (const piece of simpler(child, { parent: node.type, fitting, settle })) place(piece, placing)
    return
  }
  if (marksAllowed(node.type, child.type)) {
    fitting.warn(
      child.type,
      `Not all marks of ${a(child.type)} can stand in ${a(node.type)}: some were left out.`,
    )
    assembly.part.push(withMarks(child, marksAllowed(node.type, child.type) ?? []))
    return
  }
  const converted = convert(child, { parent: node.type, fitting, settle })
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
    `There can be no ${child.type} in ${a(node.type)}: it was put ${way === 'split' ? 'between its parts' : 'after it'}.`,
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
