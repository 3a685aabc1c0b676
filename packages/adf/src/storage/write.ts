import {
  type AdfMark,
  type AdfNode,
  isNode,
  isRecord,
  numberAttr,
  textAttr,
  type Warning,
} from '../document.ts'
import { isInline } from '../model/nodes.ts'
import { parseNode } from '../parse-node.ts'
import { nodeText } from '../plain-text.ts'
import { layouts, macroOfPanel } from './names.ts'
import { macro, writeLine } from './write-inlines.ts'
import { writeMacro } from './write-macros.ts'
import { writeImage } from './write-media.ts'
import { writeTable } from './write-tables.ts'
import { createStorageWriter, element, lose, type StorageWriter, type ToStorageOptions } from './writing.ts'
import { encodeCdata, encodeText } from './xml.ts'

/** What `adfToStorage` gives. */
export interface ToStorageResult {
  /** Well-formed XML in Confluence's storage format. */
  readonly xml: string
  /** What storage format has no place for; one entry for each kind of thing. */
  readonly warnings: readonly Warning[]
}

/**
 * Writes a document in Confluence's storage format. Extensions become the macros they stand for, and what `storageToAdf`
 * kept is written as it was. Throws an `AdfError` when the value is no document or beyond the limits.
 */
export function adfToStorage(document: unknown, options: ToStorageOptions = {}): ToStorageResult {
  if (document === null || document === undefined) return { xml: '', warnings: [] }
  const root = parseNode(document)
  const writer = createStorageWriter(options)
  const content = root.type === 'doc' ? (root.content ?? []) : [root]
  const hasLayout = content.some((node) => node.type === 'layoutSection')
  const xml = hasLayout ? writeLayout(content, writer) : writeBlocks(content, writer)
  return { xml, warnings: [...writer.warnings.values()] }
}

function writeBlocks(nodes: readonly AdfNode[], writer: StorageWriter): string {
  let xml = ''
  for (const node of nodes) if (isNode(node)) xml += writeBlock(node, writer)
  return xml
}

/** Once a page has a layout, everything on it stands in one: what is between sections gets sections of one cell. */
function writeLayout(nodes: readonly AdfNode[], writer: StorageWriter): string {
  let sections = ''
  let between: AdfNode[] = []
  const endBetween = (): void => {
    if (between.length > 0) {
      sections += element(
        'ac:layout-section',
        { 'ac:type': 'fixed-width' },
        element('ac:layout-cell', {}, writeBlocks(between, writer)),
      )
    }
    between = []
  }
  for (const node of nodes) {
    if (node.type === 'layoutSection') {
      endBetween()
      sections += writeSection(node, writer)
    } else between.push(node)
  }
  endBetween()
  return element('ac:layout', {}, sections)
}

function writeSection(node: AdfNode, writer: StorageWriter): string {
  const columns = (node.content ?? []).filter(isNode)
  const widths = columns.map((column) => numberAttr(column, 'width') ?? 0)
  const [type] = layouts.find(([, known]) => isNear(known, widths)) ?? [
    columns.length === 3 ? 'three_equal' : 'two_equal',
  ]
  const breakout = node.marks?.find((mark) => mark.type === 'breakout')
  const width = breakout?.attrs?.['width']
  const cells = columns
    .map((column) => element('ac:layout-cell', {}, writeBlocks(column.content ?? [], writer)))
    .join('')
  return element(
    'ac:layout-section',
    {
      'ac:type': type,
      'ac:breakout-mode': breakout ? textAttr(breakout, 'mode') : undefined,
      'ac:breakout-width': typeof width === 'number' ? width : undefined,
    },
    cells,
  )
}

function isNear(known: readonly number[], widths: readonly number[]): boolean {
  return (
    known.length === widths.length &&
    known.every((width, index) => Math.abs(width - (widths[index] ?? 0)) < 1)
  )
}

function writeBlock(node: AdfNode, writer: StorageWriter): string {
  const content = node.content ?? []
  switch (node.type) {
    case 'paragraph':
      return element('p', textAttrs(node, writer), writeLine(content, writer))
    case 'heading':
      return element(
        `h${Math.min(6, Math.max(1, Math.trunc(numberAttr(node, 'level') ?? 1)))}`,
        textAttrs(node, writer),
        writeLine(content, writer),
      )
    case 'bulletList':
      return element('ul', {}, writeBlocks(content, writer))
    case 'orderedList': {
      const order = numberAttr(node, 'order') ?? 1
      return element('ol', { start: order === 1 ? undefined : order }, writeBlocks(content, writer))
    }
    case 'listItem':
      return element('li', {}, writeBlocks(content, writer))
    case 'taskList':
      return writeTasks(node, writer)
    case 'decisionList':
      return writeDecisions(node, writer)
    case 'codeBlock':
      return writeCode(node)
    case 'blockquote':
      return element('blockquote', {}, writeBlocks(content, writer))
    case 'rule':
      return '<hr />'
    case 'panel':
      return writePanel(node, writer)
    case 'expand':
    case 'nestedExpand':
      return macro('expand', { title: { value: textAttr(node, 'title') } }, richText(content, writer))
    case 'table':
      return writeTable(node, writer, writeBlocks)
    case 'mediaSingle':
      return writeSingle(node, writer)
    case 'mediaGroup':
      return content.map((media) => writeImage({ media }, writer)).join('')
    case 'blockCard':
    case 'embedCard':
      return writeCard(node, writer)
    case 'extension':
      return writeMacro(node, '')
    case 'bodiedExtension':
      return writeMacro(node, writeBlocks(content, writer))
    default:
      return writeOther(node, writer)
  }
}

function writeOther(node: AdfNode, writer: StorageWriter): string {
  if (isInline(node.type)) return element('p', {}, writeLine([node], writer))
  if (node.type !== 'layoutSection' && node.type !== 'layoutColumn') {
    lose(writer, node.type, `A ${node.type} has no place in storage format: its content was kept.`)
  }
  const content = node.content ?? []
  if (content.some((child) => isNode(child) && isInline(child.type)))
    return element('p', {}, writeLine(content, writer))
  const text = nodeText(node)
  return (
    (text === '' ? '' : element('p', {}, encodeText(text, { start: true, end: true }))) +
    writeBlocks(content, writer)
  )
}

function textAttrs(node: AdfNode, writer: StorageWriter): Readonly<Record<string, string | undefined>> {
  const declarations = (node.marks ?? [])
    .map((mark) => declaration(mark, writer))
    .filter((text) => text !== '')
  const localId = textAttr(node, 'localId')
  return {
    style: declarations.length > 0 ? declarations.join(' ') : undefined,
    'local-id': localId === '' ? undefined : localId,
  }
}

function declaration(mark: AdfMark, writer: StorageWriter): string {
  if (mark.type === 'alignment')
    return `text-align: ${mark.attrs?.['align'] === 'center' ? 'center' : 'right'};`
  if (mark.type === 'indentation') return `margin-left: ${(numberAttr(mark, 'level') ?? 1) * 30}.0px;`
  lose(writer, mark.type, `The mark ${mark.type} has no place in storage format.`)
  return ''
}

function richText(content: readonly AdfNode[], writer: StorageWriter): string {
  return element('ac:rich-text-body', {}, writeBlocks(content, writer) || '<p />')
}

function writeCode(node: AdfNode): string {
  const text = (node.content ?? []).map((child) => (isNode(child) ? (child.text ?? '') : '')).join('')
  const language = textAttr(node, 'language')
  const breakout = node.marks?.find((mark) => mark.type === 'breakout')
  const width = breakout?.attrs?.['width']
  const params = {
    ...(language !== '' && { language: { value: language } }),
    ...(node.attrs?.['hideLineNumbers'] === true && { linenumbers: { value: 'false' } }),
    ...(breakout && { breakoutMode: { value: textAttr(breakout, 'mode') } }),
    ...(typeof width === 'number' && { breakoutWidth: { value: String(width) } }),
  }
  return macro('code', params, `<ac:plain-text-body>${encodeCdata(text)}</ac:plain-text-body>`)
}

function writePanel(node: AdfNode, writer: StorageWriter): string {
  const type = textAttr(node, 'panelType')
  const name = macroOfPanel[type]
  const content = node.content ?? []
  if (name !== undefined) return macro(name, {}, richText(content, writer))
  if (type === 'custom') {
    const { panelIcon, panelIconId, panelIconText, panelColor } = node.attrs ?? {}
    const given = Object.entries({ panelIcon, panelIconId, panelIconText, bgColor: panelColor })
    const params = Object.fromEntries(
      given.flatMap(([key, value]) => (typeof value === 'string' ? [[key, { value }]] : [])),
    )
    return macro('panel', params, richText(content, writer))
  }
  return element(
    'ac:adf-extension',
    {},
    adfNode('panel', { 'panel-type': type }, element('ac:adf-content', {}, writeBlocks(content, writer))),
  )
}

function adfNode(type: string, attrs: Readonly<Record<string, string>>, inner: string): string {
  const own = Object.entries(attrs)
    .map(([key, value]) =>
      element('ac:adf-attribute', { key }, encodeText(value, { start: false, end: false })),
    )
    .join('')
  return element('ac:adf-node', { type }, own + inner)
}

function writeTasks(node: AdfNode, writer: StorageWriter): string {
  let tasks = ''
  for (const item of (node.content ?? []).filter(isNode)) {
    if (item.type === 'taskList') {
      tasks += writeTasks(item, writer)
      continue
    }
    writer.tasks += 1
    const id = textAttr(item, 'localId')
    const isNumber = /^\d+$/.test(id)
    const status = textAttr(item, 'state') === 'DONE' ? 'complete' : 'incomplete'
    const inner = (item.content ?? []).filter(isNode)
    const body = inner.some((child) => !isInline(child.type))
      ? writeBlocks(inner, writer)
      : inlineTask(writeLine(inner, writer))
    tasks += element(
      'ac:task',
      {},
      `<ac:task-id>${isNumber ? id : writer.tasks}</ac:task-id>` +
        (isNumber || id === ''
          ? ''
          : element('ac:task-uuid', {}, encodeText(id, { start: true, end: true }))) +
        `<ac:task-status>${status}</ac:task-status>` +
        element('ac:task-body', {}, body),
    )
  }
  return element('ac:task-list', {}, tasks)
}

/** The text of a task stands in a span, as Confluence writes it; so a macro in it is seen to be part of a line. */
function inlineTask(line: string): string {
  return line === '' ? '' : element('span', { class: 'placeholder-inline-tasks' }, line)
}

function writeDecisions(node: AdfNode, writer: StorageWriter): string {
  const items = (node.content ?? []).filter(isNode).map((item) => {
    const body = element('ac:adf-content', {}, writeLine(item.content ?? [], writer))
    return adfNode(
      'decision-item',
      { 'local-id': textAttr(item, 'localId'), state: textAttr(item, 'state', 'DECIDED') },
      body,
    )
  })
  return element(
    'ac:adf-extension',
    {},
    adfNode('decision-list', { 'local-id': textAttr(node, 'localId') }, items.join('')),
  )
}

function writeSingle(node: AdfNode, writer: StorageWriter): string {
  const media = (node.content ?? []).find((child) => isNode(child) && child.type === 'media')
  const caption = (node.content ?? []).find((child) => isNode(child) && child.type === 'caption')
  const words = caption ? { caption: writeLine(caption.content ?? [], writer) } : {}
  if (media) return writeImage({ media, single: node, ...words }, writer)
  lose(writer, 'mediaSingle', 'An image without a file was left out.')
  return ''
}

function writeCard(node: AdfNode, writer: StorageWriter): string {
  const url = textAttr(node, 'url')
  const { data, datasource } = node.attrs ?? {}
  if (isRecord(data) || isRecord(datasource))
    lose(writer, node.type, 'The data of a card has no place in storage format: its address was kept.')
  const isEmbed = node.type === 'embedCard'
  const attrs = {
    href: url,
    'data-card-appearance': isEmbed ? 'embed' : 'block',
    'data-layout': isEmbed ? textAttr(node, 'layout') : undefined,
    'data-width': isEmbed ? numberAttr(node, 'width') : undefined,
    'data-original-height': numberAttr(node, 'originalHeight'),
    'data-original-width': numberAttr(node, 'originalWidth'),
  }
  return element('a', attrs, encodeText(url, { start: false, end: false }))
}
