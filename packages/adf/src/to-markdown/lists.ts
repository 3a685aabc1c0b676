import { type AdfNode, isNode, numberAttr, textAttr } from '../document.ts'
import { onlyInline } from '../fit/inline.ts'
import { type Decoration, formatDecoration } from '../notation.ts'
import { table } from '../table.ts'
import { addDecoration, decorationOf, escapeBlock, isRegular } from './decorate.ts'
import { writeInlines } from './inlines.ts'
import { addLine, addText, within, type Writer } from './writer.ts'

type WriteBlocks = (nodes: readonly AdfNode[], writer: Writer) => void

const families = table<string>({
  bulletList: '-',
  taskList: '-',
  decisionList: '-',
  orderedList: '1.',
})

/** The marker that a node's lines begin with, when it is a list. */
export function familyOf(node: AdfNode): string {
  return families[node.type] ?? ''
}

/** Writes a list. Items are not parted by blank lines; a nested list begins right after the text of its item. */
export function writeList(node: AdfNode, writer: Writer, writeBlocks: WriteBlocks): void {
  const items = (node.content ?? []).filter(isNode)
  if (writer.mode !== 'plain' && !isWritable(node, items)) {
    escapeBlock(node, writer)
    return
  }
  const start = orderOf(node)
  addDecoration(writer, decorationOf(node, saidOf(node, start)))
  for (const [index, item] of items.entries()) {
    const marker = node.type === 'orderedList' ? `${start + index}. ` : '- '
    if (item.type === 'taskList') writeNested(item, writer, writeBlocks)
    else {
      const indent = ' '.repeat(marker.length)
      within(writer, { lead: marker, prefix: indent }, () => writeItem(item, writer, writeBlocks))
    }
    writer.blank = false
  }
}

function orderOf(node: AdfNode): number {
  const order = numberAttr(node, 'order') ?? 1
  return Number.isInteger(order) && order >= 0 && order < 999_000_000 ? order : 1
}

/** Ids of tasks and decisions have to be there and can be made anew; that of other lists cannot be guessed. */
function saidOf(node: AdfNode, start: number): { readonly attrs?: Readonly<Record<string, unknown>> } {
  if (node.type === 'orderedList') return { attrs: { order: start } }
  return node.type === 'bulletList' ? {} : { attrs: { localId: undefined } }
}

/** Whether the items can be written so that they are read as items of this list. */
function isWritable(node: AdfNode, items: readonly AdfNode[]): boolean {
  if (items.length === 0) return false
  switch (node.type) {
    case 'taskList':
      return items.every((item, index) => {
        if (item.type === 'taskItem') return true
        return item.type === 'taskList' && items[index - 1]?.type === 'taskItem'
      })
    case 'decisionList':
      return items.every((item) => item.type === 'decisionItem')
    default:
      return items.every((item) => item.type === 'listItem' && (item.content?.length ?? 0) > 0)
  }
}

/** A list of tasks within another stands after the item that it belongs to, and is indented under it. */
function writeNested(list: AdfNode, writer: Writer, writeBlocks: WriteBlocks): void {
  const { prefix } = writer
  writer.prefix = `${prefix}  `
  writer.blank = false
  writeBlocks([list], writer)
  writer.prefix = prefix
}

function writeItem(item: AdfNode, writer: Writer, writeBlocks: WriteBlocks): void {
  switch (item.type) {
    case 'taskItem':
    case 'blockTaskItem':
      addText(writer, `[${textAttr(item, 'state') === 'DONE' ? 'x' : ' '}] ${lineOf(item, writer)}`.trimEnd())
      return
    case 'decisionItem':
      addText(writer, `<!> ${lineOf(item, writer)}`.trimEnd())
      return
    default:
      writeListItem(item, writer, writeBlocks)
  }
}

function lineOf(item: AdfNode, writer: Writer): string {
  const content =
    item.type === 'blockTaskItem' ? onlyInline(item.content ?? [], 'taskItem') : (item.content ?? [])
  const text = writeInlines(content, writer)
  if (writer.mode !== 'lossless') return text
  const state = item.type === 'taskItem' ? (textAttr(item, 'state') === 'DONE' ? 'DONE' : 'TODO') : 'DECIDED'
  const decoration = decorationOf(item, { attrs: { state } })
  return decoration ? formatDecoration(decoration) + text : text
}

function writeListItem(item: AdfNode, writer: Writer, writeBlocks: WriteBlocks): void {
  // Empty paragraphs are not written, but for the mode lossless, which says them in comments.
  const all = item.content ?? []
  const content = writer.mode === 'lossless' ? all : all.filter(isSeen)
  const [first, second] = content
  const own: Decoration | undefined =
    writer.mode === 'lossless' && isRegular(item) ? decorationOf(item) : undefined
  if (own) addLine(writer, formatDecoration({ item: own }))
  if (
    first?.type === 'paragraph' &&
    (first.content?.length ?? 0) === 0 &&
    content.length === 1 &&
    isBareEmpty(first, writer)
  )
    return
  if (first?.type === 'paragraph' && second && isTight(second, writer)) {
    writeBlocks([first], writer)
    writer.blank = false
    writeBlocks(content.slice(1), writer)
  } else writeBlocks(content, writer)
}

function isSeen(node: AdfNode): boolean {
  return node.type !== 'paragraph' || (node.content?.length ?? 0) > 0
}

/** An item with nothing but a plain empty paragraph is written as its bare marker. */
function isBareEmpty(paragraph: AdfNode, writer: Writer): boolean {
  return writer.mode !== 'lossless' || decorationOf(paragraph) === undefined
}

/** Whether a list may follow a line of text without a blank line: one that begins with 1 and has text in its first item. */
function isTight(node: AdfNode, writer: Writer): boolean {
  if (
    node.type === 'orderedList' ? orderOf(node) !== 1 : node.type !== 'bulletList' && node.type !== 'taskList'
  )
    return false
  const [item] = node.content ?? []
  if (item?.type === 'taskItem') return true
  const first = writer.mode === 'lossless' ? item?.content?.[0] : item?.content?.find(isSeen)
  return first !== undefined && first.type === 'paragraph' && isSeen(first)
}
