import { type AdfNode, isNode, textAttr } from '../document.ts'
import { table } from '../table.ts'
import { writeInlines } from './inlines.ts'
import { escapeLabel } from './leaves.ts'
import { addLine, addText, note, within, type Writer } from './writer.ts'

type WriteBlocks = (nodes: readonly AdfNode[], writer: Writer) => void

const callouts = table<string>({
  info: 'NOTE',
  note: 'IMPORTANT',
  tip: 'TIP',
  warning: 'WARNING',
  error: 'CAUTION',
  success: 'SUCCESS',
})

/** Writes the blocks that a reader is given in fewer words, and says whether the node is one of them. */
export function writePlainBlock(node: AdfNode, writer: Writer, writeBlocks: WriteBlocks): boolean {
  const content = node.content ?? []
  switch (node.type) {
    case 'panel':
      within(writer, { lead: '> ', prefix: '> ' }, () => {
        addLine(writer, `[!${callouts[textAttr(node, 'panelType')] ?? 'NOTE'}]`)
        writeBlocks(content, writer)
      })
      return true
    case 'expand':
    case 'nestedExpand':
      writeTitle(textAttr(node, 'title'), writer)
      writeBlocks(content, writer)
      return true
    case 'layoutSection':
    case 'layoutColumn':
    case 'bodiedSyncBlock':
      writeBlocks(content, writer)
      return true
    case 'bodiedExtension':
    case 'extension':
      lose(node, writer, 'Macros are shown by their name alone.')
      addLine(writer, `[macro: ${escapeLabel(textAttr(node, 'extensionKey'))}]`)
      writer.blank = content.length > 0
      writeBlocks(content, writer)
      return true
    case 'syncBlock':
      lose(node, writer, 'The content of a synced block is not in the document.')
      addLine(writer, '[synced block]')
      return true
    case 'blockCard':
    case 'embedCard':
      writeCard(node, writer)
      return true
    case 'mediaSingle':
      writeMedia(content.filter(isNode), writer)
      return true
    case 'mediaGroup':
      addLine(
        writer,
        content
          .filter(isNode)
          .map((media) => mediaText(media, 'file', writer))
          .join(' '),
      )
      return true
    default:
      return false
  }
}

function lose(node: AdfNode, writer: Writer, message: string): void {
  note(writer, { code: 'lost', subject: node.type, message })
}

function writeTitle(title: string, writer: Writer): void {
  if (title === '') return
  addText(writer, writeInlines([{ type: 'text', text: title, marks: [{ type: 'strong' }] }], writer))
  writer.blank = true
}

function writeCard(node: AdfNode, writer: Writer): void {
  const url = textAttr(node, 'url')
  addLine(writer, /^https?:\/\/[^\s<>]+$/.test(url) ? `<${url}>` : '[card]')
}

function writeMedia([media, caption]: readonly AdfNode[], writer: Writer): void {
  if (media) addLine(writer, mediaText(media, 'image', writer))
  const text = caption ? writeInlines(caption.content ?? [], writer) : ''
  if (text !== '') {
    writer.blank = true
    addText(writer, text)
  }
}

function mediaText(media: AdfNode, kind: 'file' | 'image', writer: Writer): string {
  const alt = textAttr(media, 'alt')
  const url = textAttr(media, 'url')
  if (/^https?:\/\/[^\s<>()]+$/.test(url)) return `![${escapeLabel(alt)}](${url})`
  const id = textAttr(media, 'id')
  return `[${kind}: ${escapeLabel(alt || writer.options.resolveMedia?.(id) || id || 'without a name')}]`
}
