import type { AdfNode } from '../document.ts'
import { hexOf, keptType, macroType, panelOfMacro, statusColours } from './names.ts'
import { make, sourceOf, type StorageReading } from './reading.ts'
import { childOf, elementsOf, textOf, type XmlElement } from './xml.ts'

/** Reads the blocks within an element. Handed in, since blocks and macros hold each other. */
export type ReadBlocks = (element: XmlElement, reading: StorageReading) => readonly AdfNode[]

/** A macro with its parameters read. */
interface Macro {
  readonly element: XmlElement
  readonly name: string
  readonly params: Readonly<Record<string, string>>
  readonly body: XmlElement | undefined
  readonly text: string | undefined
}

/** Reads a macro that stands among blocks. */
export function readBlockMacro(
  element: XmlElement,
  reading: StorageReading,
  readBlocks: ReadBlocks,
): readonly AdfNode[] {
  const macro = parseMacro(element)
  const { name, params, body } = macro
  const content = (): readonly AdfNode[] => (body ? readBlocks(body, reading) : [])
  const panelType = panelOfMacro[name]
  if (panelType !== undefined && body)
    return make('panel', { attrs: { panelType }, content: titled(macro, content()) }, reading)
  switch (name) {
    case 'code':
      return readCode(macro, reading)
    case 'panel':
      return body
        ? make('panel', { attrs: customPanel(params), content: titled(macro, content()) }, reading)
        : kept(macro, reading)
    case 'expand':
      return body
        ? make('expand', { attrs: { title: params['title'] }, content: content() }, reading)
        : kept(macro, reading)
    case 'status':
      return [{ type: 'paragraph', content: readStatus(macro, reading) }]
    default:
      return body
        ? make('bodiedExtension', { attrs: extensionAttrs(macro, reading), content: content() }, reading)
        : kept(macro, reading)
  }
}

/** Reads a macro that stands in a line. */
export function readInlineMacro(element: XmlElement, reading: StorageReading): readonly AdfNode[] {
  const macro = parseMacro(element)
  if (macro.name === 'status') return readStatus(macro, reading)
  return [{ type: 'inlineExtension', attrs: extensionAttrs(macro, reading) }]
}

/** Whether a macro belongs into a line wherever it stands. */
export function isInlineMacro(element: XmlElement): boolean {
  return element.attrs['ac:name'] === 'status'
}

function parseMacro(element: XmlElement): Macro {
  const params: Record<string, string> = {}
  for (const child of elementsOf(element)) {
    if (child.name === 'ac:parameter') params[child.attrs['ac:name'] ?? ''] = textOf(child)
  }
  const text = childOf(element, 'ac:plain-text-body')
  return {
    element,
    name: element.attrs['ac:name'] ?? '',
    params,
    body: childOf(element, 'ac:rich-text-body'),
    text: text && textOf(text),
  }
}

function titled({ params }: Macro, content: readonly AdfNode[]): readonly AdfNode[] {
  const title = params['title'] ?? ''
  if (title === '') return content
  return [
    { type: 'paragraph', content: [{ type: 'text', text: title, marks: [{ type: 'strong' }] }] },
    ...content,
  ]
}

function readCode({ params, text = '' }: Macro, reading: StorageReading): readonly AdfNode[] {
  const { language, linenumbers, breakoutMode, breakoutWidth, ...rest } = params
  if (Object.keys(rest).length > 0) {
    reading.lose(
      'code',
      `Blocks of code have no ${Object.keys(rest).join(', ').slice(0, 80)} in ADF: that was left out.`,
    )
  }
  const width = Number(breakoutWidth)
  const marks =
    breakoutMode === undefined
      ? []
      : [{ type: 'breakout', attrs: { mode: breakoutMode, ...(width > 0 && { width }) } }]
  return make(
    'codeBlock',
    {
      attrs: { language, ...(linenumbers === 'false' && { hideLineNumbers: true }) },
      content: text === '' ? [] : [{ type: 'text', text }],
      marks,
    },
    reading,
  )
}

function customPanel(params: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const { panelIcon, panelIconId, panelIconText, bgColor } = params
  const panelColor = bgColor === undefined ? undefined : (hexOf(bgColor) ?? bgColor)
  return { panelType: 'custom', panelIcon, panelIconId, panelIconText, panelColor }
}

function readStatus({ params }: Macro, reading: StorageReading): readonly AdfNode[] {
  const colour = (params['colour'] ?? params['color'] ?? '').toLowerCase()
  const color =
    statusColours.find(([macro]) => macro.toLowerCase() === colour)?.[1] ?? hexOf(colour) ?? 'neutral'
  const text = params['title'] ?? ''
  if (text === '') {
    reading.lose('status', 'A status without a title was left out.')
    return []
  }
  return [{ type: 'status', attrs: { text, color } }]
}

function kept(macro: Macro, reading: StorageReading): readonly AdfNode[] {
  return [{ type: 'extension', attrs: extensionAttrs(macro, reading) }]
}

const plainAttrs: ReadonlySet<string> = new Set([
  'ac:name',
  'ac:schema-version',
  'ac:macro-id',
  'ac:local-id',
  'data-layout',
])
const plainChildren: ReadonlySet<string> = new Set([
  'ac:parameter',
  'ac:plain-text-body',
  'ac:rich-text-body',
])

/** The attributes of an extension in the form that Confluence itself gives to macros in ADF. */
function extensionAttrs(macro: Macro, reading: StorageReading): Readonly<Record<string, unknown>> {
  const { element, name, params, text } = macro
  const macroParams: Record<string, { readonly value: string }> = {}
  for (const [key, value] of Object.entries(params)) macroParams[key] = { value }
  if (text !== undefined) macroParams['__bodyContent'] = { value: text }
  const id = element.attrs['ac:macro-id']
  const version = element.attrs['ac:schema-version']
  const macroMetadata = {
    ...(id !== undefined && { macroId: { value: id } }),
    ...(version !== undefined && { schemaVersion: { value: version } }),
  }
  const localId = element.attrs['ac:local-id']
  return {
    extensionType: macroType,
    extensionKey: name === '' ? 'unknown' : name,
    parameters: {
      macroParams,
      macroMetadata,
      ...(!isPlain(element) && !macro.body && { storageXml: sourceOf(element, reading) }),
    },
    ...(localId !== undefined && localId !== '' && { localId }),
  }
}

/** Whether everything in a macro has its place in the extension, so that its XML can be made again. */
function isPlain(element: XmlElement): boolean {
  if (Object.keys(element.attrs).some((name) => !plainAttrs.has(name))) return false
  return elementsOf(element).every(
    (child) =>
      plainChildren.has(child.name) && (child.name !== 'ac:parameter' || elementsOf(child).length === 0),
  )
}

/** Keeps an element that ADF has no node for, letter by letter, in an extension. */
export function keepElement(
  element: XmlElement,
  type: 'extension' | 'inlineExtension',
  reading: StorageReading,
): AdfNode {
  const parameters = { storageXml: sourceOf(element, reading) }
  return { type, attrs: { extensionType: keptType, extensionKey: element.name, parameters } }
}
