import { type AdfNode, isNode, numberAttr, textAttr } from '../document.ts'
import { isInline } from '../model/nodes.ts'
import { plainText } from '../plain-text.ts'
import { writeContainer, writeLeafBlock } from './containers.ts'
import { addDecoration, decorationOf, escapeBlock, escapeUnseen, isRegular } from './decorate.ts'
import { writeInlines } from './inlines.ts'
import { familyOf, writeList } from './lists.ts'
import { writeMediaGroup, writeMediaSingle } from './media.ts'
import { writePlainBlock } from './plain.ts'
import { writeTable } from './tables.ts'
import { addLine, addText, note, within, type Writer } from './writer.ts'

/** Told of each block: the node, its first line counted from 1, and the line after its last. */
type Written = (node: AdfNode, from: number, to: number) => void

/** Writes blocks one after the other, with a blank line between them. */
export function writeBlocks(nodes: readonly AdfNode[], writer: Writer, written?: Written): void {
  let family = ''
  for (const node of nodes) {
    if (!isNode(node)) continue
    const before = writer.lines.length
    const isPending = writer.blank
    const own = familyOf(node)
    // Two lists with the same marker would be read as one.
    if (own !== '' && own === family && writer.mode !== 'plain') {
      addLine(writer, '<!-- -->')
      writer.blank = true
    }
    const start = writer.lines.length
    const gap = writer.blank ? 1 : 0
    writeBlock(node, writer)
    written?.(node, writer.lines.length > start ? start + gap + 1 : start + 1, writer.lines.length + 1)
    if (writer.lines.length > start) {
      family = own
      writer.blank = true
    } else if (start > before) {
      writer.lines.length = before
      writer.blank = isPending
    }
  }
}

/** Writes one block. It may turn out to have no lines. */
export function writeBlock(node: AdfNode, writer: Writer): void {
  if (writer.mode === 'lossless' && !isRegular(node)) {
    escapeBlock(node, writer)
    return
  }
  if (writer.mode === 'plain' && writePlainBlock(node, writer, writeBlocks)) return
  switch (node.type) {
    case 'paragraph':
      writeParagraph(node, writer)
      return
    case 'heading':
      writeHeading(node, writer)
      return
    case 'bulletList':
    case 'orderedList':
    case 'taskList':
    case 'decisionList':
      writeList(node, writer, writeBlocks)
      return
    case 'codeBlock':
      writeCode(node, writer)
      return
    case 'blockquote':
      if ((node.content ?? []).length === 0) {
        escapeBlock(node, writer)
        return
      }
      addDecoration(writer, decorationOf(node))
      within(writer, { lead: '> ', prefix: '> ' }, () => writeBlocks(node.content ?? [], writer))
      return
    case 'rule':
      addDecoration(writer, decorationOf(node))
      addLine(writer, '---')
      return
    case 'table':
      writeTable(node, writer, writeBlocks)
      return
    case 'mediaSingle':
      writeMediaSingle(node, writer)
      return
    case 'mediaGroup':
      writeMediaGroup(node, writer)
      return
    default:
      if (!writeContainer(node, writer, writeBlocks) && !writeLeafBlock(node, writer))
        writeOther(node, writer)
  }
}

function writeParagraph(node: AdfNode, writer: Writer): void {
  const text = writeInlines(node.content ?? [], writer)
  if (text === '') {
    escapeUnseen(node, writer)
    return
  }
  addDecoration(writer, decorationOf(node))
  addText(writer, text)
}

function writeHeading(node: AdfNode, writer: Writer): void {
  const level = numberAttr(node, 'level') ?? 1
  if (!Number.isInteger(level) || level < 1 || level > 6) {
    escapeBlock(node, writer)
    return
  }
  const text = writeInlines(node.content ?? [], writer, { oneLine: true, heading: true })
  if (text === '' && writer.mode === 'plain') return
  addDecoration(writer, decorationOf(node, { attrs: { level } }))
  addLine(writer, `${'#'.repeat(level)} ${text}`.trimEnd())
}

/** The first word of the info string; what is no such word goes into the decoration. */
const plainLanguage = /^[\w+#.-]+$/

function writeCode(node: AdfNode, writer: Writer): void {
  const content = node.content ?? []
  const [first] = content
  const written = content.map((child) => child.text ?? '').join('')
  const language = textAttr(node, 'language')
  const isSaid = plainLanguage.test(language) && language !== 'adf'
  const isPlain = content.every((child) => child.type === 'text' && child.marks === undefined)
  // A reader replaces zeros and carriage returns.
  const isKept = !written.includes('\0') && !written.includes('\r') && written.isWellFormed()
  const isExact = isPlain && content.length < 2 && first?.text !== '' && isKept
  if (!isExact && writer.mode === 'lossless') {
    escapeBlock(node, writer)
    return
  }
  addDecoration(writer, decorationOf(node, isSaid ? { attrs: { language } } : {}))
  // What a reader makes of line ends and zeros.
  const text = written.replaceAll(/\r\n?/g, '\n').replaceAll('\0', '\ufffd')
  const fence = fenceFor(text)
  addLine(writer, isSaid ? fence + language : fence)
  if (text !== '') addText(writer, text)
  addLine(writer, fence)
}

function fenceFor(text: string): string {
  let longest = 2
  for (const run of text.match(/`{3,}/g) ?? []) longest = Math.max(longest, run.length)
  return '`'.repeat(longest + 1)
}

function writeOther(node: AdfNode, writer: Writer): void {
  if (writer.mode !== 'plain') {
    escapeBlock(node, writer)
    return
  }
  if (node.content?.some((child) => isNode(child) && !isInline(child.type))) {
    writeBlocks(node.content, writer)
    return
  }
  const text = isInline(node.type)
    ? writeInlines([node], writer)
    : node.content
      ? writeInlines(node.content, writer)
      : plainText(node)
  note(writer, { code: 'lost', subject: node.type, message: `Of a ${node.type} only the text is shown.` })
  if (text !== '') addText(writer, text)
}
