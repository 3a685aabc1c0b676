import { type AdfMark, type AdfNode, isNode, isRecord, textAttr, textOf } from '../document.ts'
import { isEqual } from '../equal.ts'
import { dayOf, nodeText } from '../plain-text.ts'
import { markElements, rgbOf, statusColours } from './names.ts'
import { writeMacro } from './write-macros.ts'
import { writeImage } from './write-media.ts'
import { attributes, element, lose, openTag, type StorageWriter } from './writing.ts'
import { encodeText } from './xml.ts'

/** Writes inline nodes. Marks are opened once for a run of texts that share them. */
export function writeLine(nodes: readonly AdfNode[], writer: StorageWriter): string {
  const open: { readonly mark: AdfMark; readonly close: string }[] = []
  let out = ''
  let isAfterSpace = true
  const closeTo = (depth: number): void => {
    while (open.length > depth) out += open.pop()?.close ?? ''
  }
  const list = nodes.filter(isNode)
  for (const [index, node] of list.entries()) {
    if (node.type !== 'text') {
      closeTo(0)
      out += writeLeaf(node, writer)
      isAfterSpace = node.type === 'hardBreak'
      continue
    }
    const marks = (node.marks ?? []).filter((mark) => pairOf(mark, writer) !== undefined)
    let common = 0
    while (common < open.length && isEqual(open[common]?.mark, marks[common])) common += 1
    closeTo(common)
    for (const mark of marks.slice(common)) {
      const [start = '', close = ''] = pairOf(mark, writer) ?? []
      out += start
      open.push({ mark, close })
    }
    const next = list[index + 1]
    const text = node.text ?? ''
    out += encodeText(text, { start: isAfterSpace, end: next === undefined || next.type === 'hardBreak' })
    isAfterSpace = text.endsWith(' ')
  }
  closeTo(0)
  return out
}

const simple: ReadonlyMap<string, string> = new Map(
  markElements.map(([name, type, attr]): [string, string] => [`${type} ${attr ?? ''}`, name]).toReversed(),
)

/** The tags of a mark; undefined when it has none. */
function pairOf(mark: AdfMark, writer: StorageWriter): readonly [string, string] | undefined {
  const name = simple.get(`${mark.type} ${mark.type === 'subsup' ? textAttr(mark, 'type') : ''}`)
  if (name !== undefined) return [`<${name}>`, `</${name}>`]
  switch (mark.type) {
    case 'textColor':
      return around('span', { style: `color: ${rgbOf(textAttr(mark, 'color'))};` })
    case 'backgroundColor':
      return around('span', { style: `background-color: ${rgbOf(textAttr(mark, 'color'))};` })
    case 'annotation':
      return around('ac:inline-comment-marker', { 'ac:ref': textAttr(mark, 'id') })
    case 'link':
      return linkPair(textAttr(mark, 'href'), mark.attrs?.['title'])
    default:
      lose(writer, mark.type, `The mark ${mark.type} has no place in storage format.`)
      return undefined
  }
}

function around(
  name: string,
  attrs: Readonly<Record<string, string | undefined>>,
): readonly [string, string] {
  return [openTag(name, attrs), `</${name}>`]
}

/** Links whose address says a page or a file are links within Confluence. */
function linkPair(href: string, title: unknown): readonly [string, string] {
  const resource = resourceOf(href)
  if (resource === undefined) return around('a', { href, ...(typeof title === 'string' && { title }) })
  return [`<ac:link${resource.anchor}>${resource.xml}<ac:link-body>`, '</ac:link-body></ac:link>']
}

function resourceOf(href: string): { readonly xml: string; readonly anchor: string } | undefined {
  const [, kind = '', path = '', fragment] = /^(page|attachment):([^#]*)(?:#(.*))?$/s.exec(href) ?? []
  const anchor = fragment === undefined ? '' : attributes({ 'ac:anchor': decoded(fragment) })
  if (kind === 'attachment')
    return { xml: element('ri:attachment', { 'ri:filename': decoded(path) }), anchor }
  if (kind !== 'page') return undefined
  const slash = path.indexOf('/')
  const space = slash === -1 ? undefined : decoded(path.slice(0, slash))
  return {
    xml: element('ri:page', { 'ri:space-key': space, 'ri:content-title': decoded(path.slice(slash + 1)) }),
    anchor,
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // It was not encoded: take it as it stands.
    return text
  }
}

function writeLeaf(node: AdfNode, writer: StorageWriter): string {
  switch (node.type) {
    case 'hardBreak':
      return '<br />'
    case 'mention':
      return `<ac:link>${element('ri:user', { 'ri:account-id': textAttr(node, 'id') })}</ac:link>`
    case 'emoji':
      return writeEmoji(node)
    case 'date': {
      const day = dayOf(textAttr(node, 'timestamp'))
      return day === undefined
        ? encodeText(nodeText(node), { start: false, end: false })
        : element('time', { datetime: day })
    }
    case 'status':
      return writeStatus(node)
    case 'inlineCard':
      return writeInlineCard(node)
    case 'placeholder':
      return element('ac:placeholder', {}, encodeText(textAttr(node, 'text'), { start: false, end: false }))
    case 'mediaInline':
      return writeImage({ media: node, isInline: true }, writer)
    case 'inlineExtension':
      return writeMacro(node, '')
    default:
      lose(writer, node.type, `A ${node.type} has no place in storage format: its text was kept.`)
      return node.content
        ? writeLine(node.content, writer)
        : encodeText(nodeText(node), { start: false, end: false })
  }
}

function writeEmoji(node: AdfNode): string {
  const shortName = textAttr(node, 'shortName')
  const id = node.attrs?.['id']
  const text = node.attrs?.['text']
  return element('ac:emoticon', {
    'ac:name': shortName.replaceAll(':', '') || 'smile',
    'ac:emoji-shortname': shortName,
    'ac:emoji-id': typeof id === 'string' ? id : undefined,
    'ac:emoji-fallback': typeof text === 'string' ? text : undefined,
  })
}

function writeStatus(node: AdfNode): string {
  const color = textAttr(node, 'color', 'neutral')
  const colour = statusColours.find(([, name]) => name === color)?.[0] ?? color
  const params = {
    title: { value: textAttr(node, 'text') },
    ...(colour !== 'Grey' && { colour: { value: colour } }),
  }
  return macro('status', params)
}

/** A macro that holds parameters and nothing else. */
export function macro(
  name: string,
  params: Readonly<Record<string, { readonly value: string }>>,
  body = '',
): string {
  const parameters = Object.entries(params)
    .map(([key, { value }]) =>
      element('ac:parameter', { 'ac:name': key }, encodeText(value, { start: false, end: false })),
    )
    .join('')
  return element('ac:structured-macro', { 'ac:name': name, 'ac:schema-version': '1' }, parameters + body)
}

function writeInlineCard(node: AdfNode): string {
  const { data } = node.attrs ?? {}
  const url = textAttr(node, 'url') || (isRecord(data) ? textOf(data['url']) : '')
  return element(
    'a',
    { href: url, 'data-card-appearance': 'inline' },
    encodeText(url, { start: false, end: false }),
  )
}
