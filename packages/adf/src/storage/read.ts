import { type AdfDocument, type AdfMark, type AdfNode, textAttr, type Warning } from '../document.ts'
import { AdfError } from '../error.ts'
import { settle } from '../fit/settle.ts'
import { guardJson, guardSource } from '../guard.ts'
import { table } from '../table.ts'
import { layouts, markElements, numberOf, styleOf } from './names.ts'
import { readExtensionNode } from './read-adf-extension.ts'
import { readLine } from './read-inlines.ts'
import { isInlineMacro, keepElement, readBlockMacro } from './read-macros.ts'
import { readImage } from './read-media.ts'
import { readTable } from './read-tables.ts'
import { createStorageReading, type FromStorageOptions, make, type StorageReading } from './reading.ts'
import { childOf, elementsOf, parseXml, textOf, type XmlElement, type XmlNode } from './xml.ts'

/** What `storageToAdf` gives. */
export interface FromStorageResult {
  /** Always valid ADF. */
  readonly doc: AdfDocument
  readonly warnings: readonly Warning[]
}

/**
 * Reads Confluence's storage format. Macros become the extensions that Confluence itself makes of them; elements without
 * a node are kept as extensions with their XML, which `adfToStorage` writes again. Throws an `AdfError` for a body beyond
 * the limits; XML that is not closed is read as far as it goes, with a warning.
 */
export function storageToAdf(xml: string, options: FromStorageOptions = {}): FromStorageResult {
  if (typeof xml !== 'string') throw new AdfError('not_adf', 'Give the storage body as a string.')
  guardSource(xml)
  const document = parseXml(xml)
  const reading = createStorageReading(document, options)
  if (!document.isWellFormed)
    reading.warn('xml', 'The XML does not close what it opens: check what became of the end.')
  const root: XmlElement = {
    kind: 'element',
    name: '',
    attrs: {},
    children: [...document.children],
    start: 0,
    end: xml.length,
  }
  const [settled] = settle({ type: 'doc', content: readBlocks(root, reading) }, reading)
  guardJson(settled)
  return {
    doc: { type: 'doc', version: 1, content: settled?.content ?? [] },
    warnings: [...reading.warnings.values()],
  }
}

/** Elements that are blocks; everything else between them is gathered into paragraphs. */
const blockReaders = table<(element: XmlElement, reading: StorageReading) => readonly AdfNode[]>({
  p: readParagraph,
  h1: readHeading,
  h2: readHeading,
  h3: readHeading,
  h4: readHeading,
  h5: readHeading,
  h6: readHeading,
  ul: (element, reading) => make('bulletList', { content: readBlocks(element, reading) }, reading),
  ol: (element, reading) =>
    make(
      'orderedList',
      { attrs: { order: numberOf(element.attrs['start']) ?? 1 }, content: readBlocks(element, reading) },
      reading,
    ),
  li: (element, reading) => make('listItem', { content: readBlocks(element, reading) }, reading),
  blockquote: (element, reading) => make('blockquote', { content: readBlocks(element, reading) }, reading),
  pre: readPre,
  hr: () => [{ type: 'rule' }],
  div: readBlocks,
  section: readBlocks,
  table: (element, reading) => readTable(element, reading, readBlocks),
  'ac:structured-macro': (element, reading) => readBlockMacro(element, reading, readBlocks),
  'ac:image': (element, reading) => readImage(element, reading, readLine),
  'ac:task-list': readTasks,
  'ac:layout': readBlocks,
  'ac:layout-section': readSection,
  'ac:layout-cell': readBlocks,
  'ac:adf-extension': (element, reading) => {
    const node = childOf(element, 'ac:adf-node')
    return (
      (node && readExtensionNode(node, reading, readBlocks)) ?? [keepElement(element, 'extension', reading)]
    )
  },
})

function isBlock(node: XmlNode): node is XmlElement {
  if (node.kind !== 'element') return false
  if (node.name === 'a') return cardTypes[node.attrs['data-card-appearance'] ?? ''] !== undefined
  if (node.name === 'ac:structured-macro') return !isInlineMacro(node)
  if (node.name === 'ac:image') return node.attrs['ac:inline'] !== 'true'
  if (Object.hasOwn(blockReaders, node.name)) return true
  // Of other elements, what is in them says what they are.
  return !node.name.includes(':') && !inlineNames.has(node.name) && elementsOf(node).some(isBlock)
}

const inlineNames: ReadonlySet<string> = new Set([
  ...markElements.map(([name]) => name),
  'a',
  'br',
  'span',
  'time',
])

const cardTypes = table<string>({ block: 'blockCard', embed: 'embedCard' })

/** Reads the children of an element as blocks. */
function readBlocks(element: XmlElement, reading: StorageReading): readonly AdfNode[] {
  const blocks: AdfNode[] = []
  let line: XmlNode[] = []
  const endLine = (): void => {
    const content = readLine(line, reading)
    line = []
    if (content.length > 0) blocks.push({ type: 'paragraph', content })
  }
  const isAmidText = element.children.some((child) => child.kind !== 'element' && child.text.trim() !== '')
  for (const child of element.children) {
    if (isBlock(child) && !(isAmidText && joinsText(child))) {
      endLine()
      blocks.push(...readBlock(child, reading))
    } else line.push(child)
  }
  endLine()
  return blocks
}

/** An image or a macro without a body between words belongs to the words. */
function joinsText(element: XmlElement): boolean {
  if (element.name !== 'ac:structured-macro') return element.name === 'ac:image'
  return !childOf(element, 'ac:rich-text-body') && !childOf(element, 'ac:plain-text-body')
}

function readBlock(element: XmlElement, reading: StorageReading): readonly AdfNode[] {
  if (element.name === 'a') return readCard(element, reading)
  const read = blockReaders[element.name]
  return read ? read(element, reading) : readBlocks(element, reading)
}

function readCard(element: XmlElement, reading: StorageReading): readonly AdfNode[] {
  const type = cardTypes[element.attrs['data-card-appearance'] ?? ''] ?? 'blockCard'
  const { href: url = '', 'data-layout': layout = 'center' } = element.attrs
  const attrs = {
    url,
    ...(type === 'embedCard' && {
      layout,
      width: numberOf(element.attrs['data-width']),
      originalHeight: numberOf(element.attrs['data-original-height']),
      originalWidth: numberOf(element.attrs['data-original-width']),
    }),
  }
  return make(type, { attrs }, reading)
}

function blockMarks(element: XmlElement): readonly AdfMark[] {
  const style = styleOf(element.attrs['style'])
  const align = style.get('text-align')
  const indent = numberOf(style.get('margin-left'))
  if (align === 'center') return [{ type: 'alignment', attrs: { align: 'center' } }]
  if (align === 'right' || align === 'end') return [{ type: 'alignment', attrs: { align: 'end' } }]
  if (indent === undefined || indent < 30) return []
  return [{ type: 'indentation', attrs: { level: Math.min(6, Math.round(indent / 30)) } }]
}

/** A paragraph; images and other blocks in it stand beside its text. */
function readParagraph(element: XmlElement, reading: StorageReading): readonly AdfNode[] {
  const marks = blockMarks(element)
  const localId = element.attrs['local-id'] || element.attrs['ac:local-id'] || undefined
  if (
    element.children.some((child) => isBlock(child) && child.name !== 'ac:structured-macro') &&
    !hasWords(element)
  ) {
    return readBlocks(element, reading)
  }
  return make(
    'paragraph',
    { attrs: { localId }, content: readLine(element.children, reading), marks },
    reading,
  )
}

/** Whether an element holds text of its own, beside its elements. */
function hasWords(element: XmlElement): boolean {
  return element.children.some((child) => child.kind !== 'element' && child.text.trim() !== '')
}

function readHeading(element: XmlElement, reading: StorageReading): readonly AdfNode[] {
  const level = Number(element.name.slice(1))
  const localId = element.attrs['local-id'] || element.attrs['ac:local-id'] || undefined
  return make(
    'heading',
    { attrs: { level, localId }, content: readLine(element.children, reading), marks: blockMarks(element) },
    reading,
  )
}

function readPre(element: XmlElement, reading: StorageReading): readonly AdfNode[] {
  const text = textOf(element)
  return make('codeBlock', { content: text === '' ? [] : [{ type: 'text', text }] }, reading)
}

function readTasks(element: XmlElement, reading: StorageReading): readonly AdfNode[] {
  const items = elementsOf(element).flatMap((child) => {
    if (child.name === 'ac:task-list') return readTasks(child, reading)
    if (child.name !== 'ac:task') return []
    const status = childOf(child, 'ac:task-status')
    const id = childOf(child, 'ac:task-uuid') ?? childOf(child, 'ac:task-id')
    const body = childOf(child, 'ac:task-body')
    const localId = id ? textOf(id).trim() : ''
    const attrs = {
      localId: localId === '' ? reading.newId() : localId,
      state: status && textOf(status).trim() === 'complete' ? 'DONE' : 'TODO',
    }
    return make('taskItem', { attrs, content: body ? readBlocks(body, reading) : [] }, reading)
  })
  // Lists of tasks have no id in storage format: one that follows from the first task stays the same at each reading.
  const [first] = items
  const localId = first ? `${textAttr(first, 'localId')}-list` : reading.newId()
  return make('taskList', { attrs: { localId }, content: items }, reading)
}

/** A section with one cell is no layout in ADF: its content stands by itself. */
function readSection(element: XmlElement, reading: StorageReading): readonly AdfNode[] {
  const cells = elementsOf(element).filter((child) => child.name === 'ac:layout-cell')
  if (cells.length < 2) return cells.flatMap((cell) => readBlocks(cell, reading))
  const widths = layouts.find(([type]) => type === element.attrs['ac:type'])?.[1] ?? []
  const columns = cells.flatMap((cell, index) => {
    const width = widths[index] ?? Math.round(10_000 / cells.length) / 100
    return make('layoutColumn', { attrs: { width }, content: readBlocks(cell, reading) }, reading)
  })
  const mode = element.attrs['ac:breakout-mode']
  const width = numberOf(element.attrs['ac:breakout-width'])
  const marks = mode === undefined ? [] : [{ type: 'breakout', attrs: { mode, ...(width && { width }) } }]
  return make('layoutSection', { content: columns, marks }, reading)
}
