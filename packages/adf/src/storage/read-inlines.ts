import type { AdfMark, AdfNode } from '../document.ts'
import { isEqual } from '../equal.ts'
import { isAllowedHref } from '../from-markdown/links.ts'
import { isValidMark } from '../model/marks.ts'
import { timestampOf } from '../plain-text.ts'
import { hexOf, markElements, styleOf } from './names.ts'
import { keepElement, readInlineMacro } from './read-macros.ts'
import { readInlineImage } from './read-media.ts'
import type { StorageReading } from './reading.ts'
import { childOf, decodeEntities, elementsOf, textOf, type XmlElement, type XmlNode } from './xml.ts'

/** Reads nodes as a line of text. White space is collapsed as in HTML; what was written as a number is not. */
export function readLine(nodes: readonly XmlNode[], reading: StorageReading): readonly AdfNode[] {
  const line: AdfNode[] = []
  addAll(nodes, line, reading)
  trimLine(line)
  return line.map(decoded).filter((node) => node.type !== 'text' || node.text !== '')
}

function addAll(nodes: readonly XmlNode[], line: AdfNode[], reading: StorageReading): void {
  for (const node of nodes) {
    if (node.kind === 'element') addElement(node, line, reading)
    else addText(node.kind === 'cdata' ? escapeText(node.text) : node.text, line, reading.marks)
  }
}

/** Text is kept with its entities until the line is whole, so that written numbers are not taken for white space. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;')
}

function addText(source: string, line: AdfNode[], marks: readonly AdfMark[]): void {
  const last = line.at(-1)
  // A single space is left alone: matching each would take ten times the memory of a long text.
  let text = source.replaceAll(/[\t\n\r][ \t\n\r]*| [ \t\n\r]+/g, ' ')
  const isAfterSpace =
    last === undefined || last.type === 'hardBreak' || (last.type === 'text' && last.text?.endsWith(' '))
  if (isAfterSpace && text.startsWith(' ')) text = text.slice(1)
  if (text === '') return
  const ownMarks = marksOfText(marks)
  if (last?.type === 'text' && isEqual(last.marks ?? [], ownMarks)) {
    line[line.length - 1] = { ...last, text: (last.text ?? '') + text }
  } else line.push(ownMarks.length > 0 ? { type: 'text', text, marks: ownMarks } : { type: 'text', text })
}

function marksOfText(marks: readonly AdfMark[]): readonly AdfMark[] {
  const code = marks.find((mark) => mark.type === 'code')
  return code ? [...marks.filter((mark) => mark.type === 'link' || mark.type === 'annotation'), code] : marks
}

/** White space at the end of a line is for the eye of whoever wrote the XML. */
function trimLine(line: AdfNode[]): void {
  const last = line.at(-1)
  if (last?.type !== 'text' || !last.text?.endsWith(' ')) return
  line[line.length - 1] = { ...last, text: last.text.slice(0, -1) }
}

function decoded(node: AdfNode): AdfNode {
  return node.type === 'text' ? { ...node, text: decodeEntities(node.text ?? '') } : node
}

const elementMarks: ReadonlyMap<string, AdfMark> = new Map(
  markElements.map(([name, type, attr]) => [
    name,
    attr === undefined ? { type } : { type, attrs: { type: attr } },
  ]),
)

function addElement(element: XmlElement, line: AdfNode[], reading: StorageReading): void {
  const mark = elementMarks.get(element.name)
  if (mark) addMarked(element, [mark], { line, reading })
  else readers(element, line, reading)
}

interface Place {
  readonly line: AdfNode[]
  readonly reading: StorageReading
}

function addMarked(element: XmlElement, added: readonly AdfMark[], { line, reading }: Place): void {
  const outer = reading.marks.filter(
    (mark) => mark.type === 'annotation' || !added.some((other) => other.type === mark.type),
  )
  addAll(element.children, line, { ...reading, marks: [...outer, ...added.filter(isValidMark)] })
}

function readers(element: XmlElement, line: AdfNode[], reading: StorageReading): void {
  const place = { line, reading }
  switch (element.name) {
    case 'br':
      trimLine(line)
      line.push({ type: 'hardBreak' })
      return
    case 'a':
      addAnchor(element, place)
      return
    case 'span':
      addMarked(element, spanMarks(element), place)
      return
    case 'ac:inline-comment-marker':
      addMarked(
        element,
        [
          {
            type: 'annotation',
            attrs: { id: element.attrs['ac:ref'] ?? '', annotationType: 'inlineComment' },
          },
        ],
        place,
      )
      return
    case 'ac:link':
      addLink(element, place)
      return
    case 'ac:structured-macro':
      line.push(...readInlineMacro(element, reading))
      return
    case 'ac:emoticon':
      line.push(emoticon(element))
      return
    case 'time':
      addTime(element, place)
      return
    case 'ac:placeholder':
      line.push({ type: 'placeholder', attrs: { text: textOf(element) } })
      return
    case 'ac:image':
      for (const node of readInlineImage(element, reading)) {
        line.push(node.type === 'text' ? { ...node, text: escapeText(node.text ?? '') } : node)
      }
      return
    default:
      if (element.name.includes(':')) line.push(keepElement(element, 'inlineExtension', reading))
      else {
        reading.lose(
          element.name,
          `The element ${element.name.slice(0, 40)} has no place in ADF: its text was kept.`,
        )
        addAll(element.children, line, reading)
      }
  }
}

function spanMarks(element: XmlElement): readonly AdfMark[] {
  const style = styleOf(element.attrs['style'])
  const color = hexOf(style.get('color') ?? '')
  const background = hexOf(style.get('background-color') ?? '')
  return [
    ...(color === undefined ? [] : [{ type: 'textColor', attrs: { color } }]),
    ...(background === undefined ? [] : [{ type: 'backgroundColor', attrs: { color: background } }]),
  ]
}

function addAnchor(element: XmlElement, place: Place): void {
  const { href = '', title } = element.attrs
  if (element.attrs['data-card-appearance'] !== undefined && href !== '') {
    place.line.push({ type: 'inlineCard', attrs: { url: href } })
  } else if (isAllowedHref(href)) {
    addMarked(element, [{ type: 'link', attrs: { href, ...(title !== undefined && { title }) } }], place)
  } else {
    if (href !== '')
      place.reading.lose('a', 'A link was left out: its address is of no kind that is taken over.')
    addAll(element.children, place.line, place.reading)
  }
}

/** Links to people become mentions; those to pages and files are links whose address says which. */
function addLink(element: XmlElement, place: Place): void {
  const { line, reading } = place
  const user = childOf(element, 'ri:user')
  const body = childOf(element, 'ac:link-body') ?? childOf(element, 'ac:plain-text-link-body')
  if (user) {
    const id = user.attrs['ri:account-id'] ?? user.attrs['ri:userkey'] ?? ''
    const name = reading.options.resolveUser?.(id)
    line.push({ type: 'mention', attrs: { id, ...(name !== undefined && { text: `@${name}` }) } })
    return
  }
  const href = linkAddress(element)
  if (href === undefined) {
    line.push(keepElement(element, 'inlineExtension', reading))
    return
  }
  const before = line.length
  if (body) addMarked(body, [{ type: 'link', attrs: { href } }], place)
  if (line.length === before && !body) {
    const marks = [...reading.marks.filter((mark) => mark.type !== 'link'), { type: 'link', attrs: { href } }]
    addText(
      escapeText(decodeURI(href.replace(/^(?:page|attachment):/, '')) || href),
      line,
      marksOfText(marks),
    )
  }
}

function linkAddress(element: XmlElement): string | undefined {
  const anchor = element.attrs['ac:anchor']
  const suffix = anchor === undefined ? '' : `#${encodeURIComponent(anchor.toWellFormed())}`
  const resources = elementsOf(element).filter((child) => child.name.startsWith('ri:'))
  const [resource] = resources
  if (!resource) return suffix === '' ? undefined : suffix
  // What has more to say than its name is kept as it is.
  const { 'ri:version-at-save': _version, ...attrs } = resource.attrs
  if (resources.length > 1 || elementsOf(resource).length > 0) return undefined
  if (resource.name === 'ri:page') {
    const { 'ri:content-title': title = '', 'ri:space-key': space, ...others } = attrs
    if (title === '' || Object.keys(others).length > 0) return undefined
    return `page:${space === undefined ? '' : `${encodeURIComponent(space.toWellFormed())}/`}${encodeURIComponent(title.toWellFormed())}${suffix}`
  }
  if (resource.name === 'ri:attachment') {
    const { 'ri:filename': name = '', ...others } = attrs
    return name === '' || Object.keys(others).length > 0
      ? undefined
      : `attachment:${encodeURIComponent(name.toWellFormed())}`
  }
  return undefined
}

function decodeURI(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // It was not encoded: take it as it stands.
    return text
  }
}

function emoticon(element: XmlElement): AdfNode {
  const {
    'ac:emoji-shortname': shortName,
    'ac:emoji-id': id,
    'ac:emoji-fallback': text,
    'ac:name': name = '',
  } = element.attrs
  return {
    type: 'emoji',
    attrs: {
      shortName: shortName ?? `:${name}:`,
      ...(id !== undefined && { id }),
      ...(text !== undefined && { text }),
    },
  }
}

function addTime(element: XmlElement, { line, reading }: Place): void {
  const timestamp = timestampOf((element.attrs['datetime'] ?? '').slice(0, 10))
  if (timestamp === undefined) line.push(keepElement(element, 'inlineExtension', reading))
  else line.push({ type: 'date', attrs: { timestamp } })
}
