import { type AdfMark, type AdfNode, isRecord, textAttr } from '../document.ts'
import { ruleOf, shapeOf } from '../model/nodes.ts'
import { fitsShape } from '../model/values.ts'
import { formatBraces } from '../notation.ts'
import { dayOf, nodeText, timestampOf } from '../plain-text.ts'
import { isUnspeakable } from './characters.ts'
import { escapeText } from './text.ts'
import { note, type Writer } from './writer.ts'

/** An inline node as a piece of a line. */
export type Leaf =
  | { readonly kind: 'break' }
  | {
      readonly kind: 'source'
      readonly source: string
      /** A shorter form, that holds where no letter, digit or colon touches it. */
      readonly short?: string
    }
  | { readonly kind: 'text'; readonly text: string; readonly marks: readonly AdfMark[] }

/** A leaf and its line, on which the form of a file depends. */
export interface LeafPlace {
  readonly node: AdfNode
  /** Whether there are words in the line, so that an image in it is not taken for a block. */
  readonly isAmidWords: boolean
}

/** Writes an inline node that is no text. */
export function writeLeaf(place: LeafPlace, writer: Writer): Leaf {
  const { node } = place
  if (writer.mode === 'plain') return plainLeaf(node, writer)
  if (writer.mode === 'edit') return sourceOf(place, writer) ?? escapeInline(node, writer)
  const rule = ruleOf(node.type)
  const isRegular =
    rule &&
    Object.keys(node).length === (node.attrs ? 2 : 1) &&
    fitsShape(node.attrs ?? {}, shapeOf(rule, node.attrs ?? {}))
  return (isRegular ? sourceOf(place, writer) : undefined) ?? escapeInline(node, writer)
}

/** The form that a reader turns into the same node; undefined when there is none. */
function sourceOf(place: LeafPlace, writer: Writer): Leaf | undefined {
  const { node } = place
  switch (node.type) {
    case 'hardBreak':
      return node.attrs && writer.mode === 'lossless' ? undefined : { kind: 'break' }
    case 'mention':
      return mention(node, writer)
    case 'status':
      return directive(
        'status',
        textAttr(node, 'text'),
        rest(node, { said: ['text'], always: ['color'] }, writer),
      )
    case 'date':
      return date(node, writer)
    case 'emoji':
      return emoji(node, writer)
    case 'placeholder':
      return directive('placeholder', textAttr(node, 'text'), rest(node, { said: ['text'] }, writer))
    case 'inlineCard':
      return card(node, writer)
    case 'mediaInline':
      return media(place, writer)
    default:
      return undefined
  }
}

type Braces = Readonly<Record<string, number | string | undefined>>

/** Attributes that are told otherwise than in braces, and those that go into braces even in the mode `edit`. */
interface Told {
  readonly said: readonly string[]
  readonly always?: readonly string[]
}

/**
 * The attributes that go into braces: in the mode `edit` only those that are always said. Undefined when one is neither
 * text nor number.
 */
function rest(node: AdfNode, { said, always = [] }: Told, writer: Writer): Braces | undefined {
  const braces: Record<string, number | string | undefined> = {}
  for (const [name, value] of Object.entries(node.attrs ?? {})) {
    if (said.includes(name) || value === undefined) continue
    if (writer.mode === 'edit' && !always.includes(name)) continue
    // What `data` holds can be of any kind, which braces would not tell apart.
    if ((typeof value !== 'string' && typeof value !== 'number') || name === 'data') return undefined
    braces[name] = value
  }
  return braces
}

const label = {
  start: false,
  marker: false,
  end: false,
  label: true,
  link: true,
  heading: false,
  bracketNext: false,
}

/** Text in square brackets of ours. */
export function escapeLabel(text: string): string {
  return escapeText(text, label)
}

function directive(name: string, text: string, braces: Braces | undefined): Leaf | undefined {
  const suffix = braces && formatBraces(braces)
  if (suffix === undefined || isUnspeakable(text)) return undefined
  return { kind: 'source', source: `:${name}[${escapeLabel(text)}]${suffix}` }
}

function mention(node: AdfNode, writer: Writer): Leaf | undefined {
  const id = textAttr(node, 'id')
  const given = node.attrs?.['text']
  const known = given === undefined && writer.mode === 'edit' ? writer.options.resolveUser?.(id) : undefined
  const text = typeof given === 'string' ? given : known === undefined ? '' : `@${known}`
  const suffix = formatBraces({
    ...rest(node, { said: ['id', 'text'] }, writer),
    ...(given === '' && { text: '' }),
  })
  // eslint-disable-next-line no-control-regex -- line breaks and the like cannot stand in an address
  if (suffix === undefined || id === '' || isUnspeakable(text) || /[\u0000-\u0020\u007f]/.test(id))
    return undefined
  return { kind: 'source', source: `[${escapeLabel(text)}](${formatAddress(`accountid:${id}`)})${suffix}` }
}

/** An address as Markdown takes it between round brackets. */
export function formatAddress(address: string): string {
  if (/^[\w:/?#@!$'*+,;=.~%-]+$/.test(address)) return address
  return `<${address.replaceAll(/[\\<>&]/g, '\\$&')}>`
}

function date(node: AdfNode, writer: Writer): Leaf | undefined {
  const timestamp = textAttr(node, 'timestamp')
  const day = dayOf(timestamp)
  if (day === undefined) return undefined
  const isMidnight = timestampOf(day) === timestamp
  return directive(
    'date',
    day,
    rest(node, { said: isMidnight ? ['timestamp'] : [], always: ['timestamp'] }, writer),
  )
}

const shortForm = /^:(?:[a-z0-9_+-]*[a-z][a-z0-9_+-]*|[+-]1|100|1234):$/

function emoji(node: AdfNode, writer: Writer): Leaf | undefined {
  const shortName = textAttr(node, 'shortName')
  const braces = rest(node, { said: ['shortName'] }, writer)
  if (!braces) return undefined
  const long = directive('emoji', shortName, shortName.includes(':') ? braces : { shortName, ...braces })
  const isShort = long?.kind === 'source' && shortForm.test(shortName) && Object.keys(braces).length === 0
  return isShort ? { ...long, short: shortName } : long
}

function card(node: AdfNode, writer: Writer): Leaf | undefined {
  const url = textAttr(node, 'url')
  const isAlone = Object.keys(node.attrs ?? {}).every((name) => name === 'url' || writer.mode === 'edit')
  // eslint-disable-next-line no-control-regex -- no white space or control character can stand in an autolink
  if (!isAlone || !/^https?:[^<>\u0000-\u0020]*$/i.test(url) || !url.isWellFormed()) return undefined
  return { kind: 'source', source: `<${url}>` }
}

function media({ node, isAmidWords }: LeafPlace, writer: Writer): Leaf | undefined {
  const braces = rest(node, { said: ['id', 'alt'] }, writer)
  const alt = textAttr(node, 'alt')
  const id = textAttr(node, 'id')
  if (!braces || node.marks || isUnspeakable(alt)) return undefined
  const all = { ...braces, ...(node.attrs?.['alt'] === '' && { alt: '' }) }
  // eslint-disable-next-line no-control-regex -- line breaks and the like cannot stand in an address
  if (!isAmidWords || /[\u0000-\u0020\u007f]/.test(id)) return directive('media', alt, { id, ...all })
  const suffix = formatBraces(all)
  return suffix === undefined
    ? undefined
    : { kind: 'source', source: `![${escapeLabel(alt)}](${formatAddress(`attachment:${id}`)})${suffix}` }
}

/** The escape of an inline node: its JSON between backticks, of which it holds none. */
export function escapeInline(node: AdfNode, writer: Writer): Leaf {
  if (writer.mode === 'plain') return { kind: 'text', text: nodeText(node), marks: [] }
  note(writer, {
    code: 'escaped',
    subject: node.type,
    message: `Nodes of the type ${node.type} are kept as adf escapes: leave them as they are, or move them whole.`,
  })
  return { kind: 'source', source: `:adf\`${JSON.stringify(node).replaceAll('`', String.raw`\u0060`)}\`` }
}

function plainLeaf(node: AdfNode, writer: Writer): Leaf {
  if (node.type === 'hardBreak') return { kind: 'break' }
  if (node.type === 'inlineCard' && /^https?:\/\/[^\s<>]+$/.test(textAttr(node, 'url'))) {
    return { kind: 'source', source: `<${textAttr(node, 'url')}>` }
  }
  const shortName = textAttr(node, 'shortName')
  if (node.type === 'emoji' && textAttr(node, 'text') === '' && shortForm.test(shortName)) {
    return { kind: 'source', source: `:emoji[${shortName}]`, short: shortName }
  }
  return { kind: 'text', text: plainLeafText(node, writer), marks: [] }
}

function plainLeafText(node: AdfNode, writer: Writer): string {
  const { resolveMedia, resolveUser } = writer.options
  switch (node.type) {
    case 'mention': {
      const id = textAttr(node, 'id')
      const text = textAttr(node, 'text') || resolveUser?.(id) || id
      return text.startsWith('@') ? text : `@${text}`
    }
    case 'inlineCard': {
      const { data } = node.attrs ?? {}
      return (
        textAttr(node, 'url') ||
        (isRecord(data) && typeof data['name'] === 'string' ? data['name'] : '[card]')
      )
    }
    case 'mediaInline':
      return `[file: ${textAttr(node, 'alt') || resolveMedia?.(textAttr(node, 'id')) || textAttr(node, 'id')}]`
    case 'inlineExtension':
      note(writer, { code: 'lost', subject: node.type, message: 'Macros are shown by their name alone.' })
      return textAttr(node, 'text') || `[macro: ${textAttr(node, 'extensionKey')}]`
    case 'placeholder':
      return `[${textAttr(node, 'text')}]`
    default:
      return nodeText(node)
  }
}
