import { Parser } from 'htmlparser2'

import { AdfError } from '../error.ts'
import { markdownParser } from '../from-markdown/parser.ts'
import { table } from '../table.ts'

/** An element of storage format. */
export interface XmlElement {
  readonly kind: 'element'
  /** With its prefix, such as `ac:link`. */
  readonly name: string
  /** Decoded values by name. */
  readonly attrs: Readonly<Record<string, string>>
  readonly children: XmlNode[]
  /** Where it stands in the source, so that it can be kept letter by letter. */
  readonly start: number
  end: number
}

/** Text as it stands in the source, with its entities, or from CDATA, where it is exact. */
interface XmlText {
  readonly kind: 'cdata' | 'text'
  text: string
}

/** What stands in an element. */
export type XmlNode = XmlElement | XmlText

/** A storage body as a tree. */
export interface XmlDocument {
  readonly source: string
  readonly children: readonly XmlNode[]
  /** Whether everything that was opened was closed, in order. */
  readonly isWellFormed: boolean
}

const deepest = 600

/** Elements beyond which a body is refused: as many as a document may have nodes, of which each makes three or more. */
const most = 300_000

/**
 * Parses storage format. It is XML without declared prefixes and with the named entities of HTML; read as HTML it would
 * lose CDATA sections and gain implied ends. What is not closed is closed where its parent ends.
 */
export function parseXml(source: string): XmlDocument {
  const root: XmlElement = {
    kind: 'element',
    name: '',
    attrs: {},
    children: [],
    start: 0,
    end: source.length,
  }
  const open: XmlElement[] = [root]
  let isWellFormed = true
  let count = 0
  let isCdata = false
  const top = (): XmlElement => open.at(-1) ?? root
  const parser = new Parser(
    {
      onopentag(name, attribs) {
        if (open.length > deepest)
          throw new AdfError('too_deep', `The body is nested deeper than ${deepest} elements: flatten it.`)
        count += 1
        if (count > most)
          throw new AdfError('too_large', `The body has more than ${most} elements: split it into several.`)
        const attrs: Record<string, string> = {}
        for (const [key, value] of Object.entries(attribs)) attrs[key] = decodeEntities(value)
        const element: XmlElement = {
          kind: 'element',
          name,
          attrs,
          children: [],
          start: parser.startIndex,
          end: parser.endIndex + 1,
        }
        top().children.push(element)
        open.push(element)
      },
      onclosetag(_name, isImplied) {
        // A self-closing tag is reported as implied too; its end is that of its beginning.
        const element = open.length > 1 ? open.pop() : undefined
        if (!element) return
        element.end = parser.endIndex + 1
        if (isImplied && source.charAt(element.end - 2) !== '/') isWellFormed = false
      },
      oncdatastart() {
        isCdata = true
      },
      oncdataend() {
        isCdata = false
      },
      ontext(text) {
        const kind = isCdata ? 'cdata' : 'text'
        const last = top().children.at(-1)
        // A section that would hold its own end is stored as two.
        if (last?.kind === kind) last.text += text
        else top().children.push({ kind, text })
      },
    },
    { xmlMode: true, decodeEntities: false },
  )
  parser.write(source)
  parser.end()
  return { source, children: root.children, isWellFormed }
}

/** Decodes `&nbsp;`, `&amp;`, `&#233;` and the like. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  const { unescapeAll } = markdownParser().utils
  return text.replaceAll(/&(?:#[xX]?[0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});/g, (entity) =>
    unescapeAll(entity),
  )
}

/** Writes the value of an attribute. */
export function encodeAttribute(text: string): string {
  return clean(text).replaceAll(/[&<>"\n\r\t]/g, (character) => entities[character] ?? character)
}

/**
 * Writes text for between tags. Spaces that a reader would collapse or trim are written as numbers: those that follow
 * another one or stand at the edge of a line.
 */
export function encodeText(text: string, edges: { readonly start: boolean; readonly end: boolean }): string {
  const encoded = clean(text).replaceAll(
    /[&<>\n\r\t]|(?<= ) /g,
    (character) => entities[character] ?? character,
  )
  const started = edges.start && encoded.startsWith(' ') ? `&#32;${encoded.slice(1)}` : encoded
  return edges.end && started.endsWith(' ') ? `${started.slice(0, -1)}&#32;` : started
}

/** Leaves out what no XML can hold: most control characters, halves of characters, two that are none. */
function clean(text: string): string {
  return text.toWellFormed().replaceAll(unwritable, '')
}

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

const entities = table<string>({
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
  ' ': '&#32;',
})

/** Writes a CDATA section; its own end within it is split over two. */
export function encodeCdata(text: string): string {
  return `<![CDATA[${clean(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}

/** Writes a node again, with everything closed. */
export function formatXml(node: XmlNode): string {
  if (node.kind !== 'element') {
    if (node.kind === 'cdata') return encodeCdata(node.text)
    return clean(node.text)
      .replaceAll('<', '&lt;')
      .replaceAll(/&(?![A-Za-z0-9#]+;)/g, '&amp;')
  }
  const attrs = Object.entries(node.attrs).map(([name, value]) => ` ${name}="${encodeAttribute(value)}"`)
  const open = `<${node.name}${attrs.join('')}`
  if (node.children.length === 0) return `${open} />`
  return `${open}>${node.children.map(formatXml).join('')}</${node.name}>`
}

/** The first child element of a name. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find(
    (child): child is XmlElement => child.kind === 'element' && child.name === name,
  )
}

/** The child elements. */
export function elementsOf(element: XmlElement): readonly XmlElement[] {
  return element.children.filter((child): child is XmlElement => child.kind === 'element')
}

/** All text within an element, decoded and not collapsed. */
export function textOf(element: XmlElement): string {
  let text = ''
  for (const child of element.children) {
    if (child.kind === 'element') text += textOf(child)
    else text += child.kind === 'cdata' ? child.text : decodeEntities(child.text)
  }
  return text
}
