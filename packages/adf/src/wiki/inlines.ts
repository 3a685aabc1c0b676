import type { AdfMark, AdfNode } from '../document.ts'
import { isAllowedHref } from '../from-markdown/links.ts'
import { table } from '../table.ts'
import type { WikiReading } from './reading.ts'

/** Marks by the character around the text. */
const delimiters = table<AdfMark>({
  '*': { type: 'strong' },
  _: { type: 'em' },
  '-': { type: 'strike' },
  '+': { type: 'underline' },
  '^': { type: 'subsup', attrs: { type: 'sup' } },
  '~': { type: 'subsup', attrs: { type: 'sub' } },
})

interface Line {
  readonly text: string
  readonly nodes: AdfNode[]
  readonly reading: WikiReading
  /** For each delimiter, from where on no closing one was found, so that it is looked for once. */
  readonly vain: Map<string, number>
  pending: string
}

/** Reads the text of a block. A line break in wiki markup is a line break. */
export function readWikiLine(
  text: string,
  reading: WikiReading,
  marks: readonly AdfMark[] = [],
): readonly AdfNode[] {
  const line: Line = { text, nodes: [], reading, vain: new Map(), pending: '' }
  let index = 0
  while (index < text.length) index = step(line, index, marks)
  flush(line, marks)
  return line.nodes
}

function flush(line: Line, marks: readonly AdfMark[]): void {
  if (line.pending === '') return
  line.nodes.push(textNode(line.pending, marks))
  line.pending = ''
}

function textNode(text: string, marks: readonly AdfMark[]): AdfNode {
  return marks.length > 0 ? { type: 'text', text, marks } : { type: 'text', text }
}

/** Reads what stands at a position, and says where to go on. */
function step(line: Line, index: number, marks: readonly AdfMark[]): number {
  const { text } = line
  const character = text.charAt(index)
  switch (character) {
    case '\n':
      return put(line, marks, { nodes: [{ type: 'hardBreak' }], end: index + 1 })
    case '\\':
      return readBackslash(line, index, marks)
    case '{':
      return readBraces(line, index, marks)
    case '[':
      return readLink(line, index, marks)
    case '!':
      return readImage(line, index, marks)
    case 'h':
      return readAddress(line, index, marks)
    default:
      return Object.hasOwn(delimiters, character) ? readDelimited(line, index, marks) : plain(line, index)
  }
}

/** Where something could begin. */
const start = /[\n\\{[!h*_\-+^~]/g

/** Takes the character and all up to where something could begin. */
function plain(line: Line, index: number): number {
  start.lastIndex = index + 1
  const end = start.exec(line.text)?.index ?? line.text.length
  line.pending += line.text.slice(index, end)
  return end
}

interface Found {
  readonly nodes: readonly AdfNode[]
  readonly end: number
}

function put(line: Line, marks: readonly AdfMark[], { nodes, end }: Found): number {
  flush(line, marks)
  line.nodes.push(...nodes)
  return end
}

function readBackslash(line: Line, index: number, marks: readonly AdfMark[]): number {
  const next = line.text.charAt(index + 1)
  if (next === '\\') {
    const end = line.text.charAt(index + 2) === '\n' ? index + 3 : index + 2
    return put(line, marks, { nodes: [{ type: 'hardBreak' }], end })
  }
  if (/[{}[\]*_+^~!|\-#?]/.test(next)) {
    line.pending += next
    return index + 2
  }
  return plain(line, index)
}

/** Where a closing text is, or -1; one that was looked for in vain is not looked for again. */
function find(line: Line, closing: string, from: number): number {
  if ((line.vain.get(closing) ?? Infinity) <= from) return -1
  const index = line.text.indexOf(closing, from)
  if (index === -1) line.vain.set(closing, from)
  return index
}

function readBraces(line: Line, index: number, marks: readonly AdfMark[]): number {
  const { text, reading } = line
  if (text.startsWith('{{', index)) {
    const end = find(line, '}}', index + 2)
    if (end <= index + 2) return plain(line, index)
    const kept = marks.filter((mark) => mark.type === 'link')
    const code = textNode(text.slice(index + 2, end).replaceAll('\n', ' '), [...kept, { type: 'code' }])
    return put(line, marks, { nodes: [code], end: end + 2 })
  }
  if (text.startsWith('{color:', index)) {
    const open = find(line, '}', index)
    const close = open === -1 ? -1 : find(line, '{color}', open)
    if (close === -1) return plain(line, index)
    const color = reading.colourOf(text.slice(index + '{color:'.length, open))
    const others = marks.filter((mark) => mark.type !== 'textColor')
    const added = color === undefined ? marks : [...others, { type: 'textColor', attrs: { color } }]
    return put(line, marks, {
      nodes: readWikiLine(text.slice(open + 1, close), reading, added),
      end: close + '{color}'.length,
    })
  }
  // `{*}bold{*}` joins marks to words.
  const delimiter = text.charAt(index + 1)
  if (text.charAt(index + 2) === '}' && Object.hasOwn(delimiters, delimiter)) {
    const close = find(line, `{${delimiter}}`, index + 3)
    if (close > index + 3)
      return readMarked(line, { from: index + 3, to: close, end: close + 3, delimiter }, marks)
  }
  const anchor = text.startsWith('{anchor:', index) ? find(line, '}', index) : -1
  return anchor === -1 ? plain(line, index) : anchor + 1
}

interface Stretch {
  readonly from: number
  readonly to: number
  readonly end: number
  readonly delimiter: string
}

function readMarked(line: Line, { from, to, end, delimiter }: Stretch, marks: readonly AdfMark[]): number {
  const mark = delimiters[delimiter]
  if (!mark || marks.some((other) => other.type === mark.type)) return plain(line, from - 1)
  return put(line, marks, {
    nodes: readWikiLine(line.text.slice(from, to), line.reading, [...marks, mark]),
    end,
  })
}

const word = /[\p{L}\p{N}]/u

function readDelimited(line: Line, index: number, marks: readonly AdfMark[]): number {
  const { text } = line
  const delimiter = text.charAt(index)
  const mark = delimiters[delimiter]
  const isOpen =
    !word.test(text.charAt(index - 1)) &&
    /\S/.test(text.charAt(index + 1)) &&
    text.charAt(index + 1) !== delimiter
  if (!mark || !isOpen || marks.some((other) => other.type === mark.type)) return plain(line, index)
  if ((line.vain.get(delimiter) ?? Infinity) <= index) return plain(line, index)
  for (
    let close = text.indexOf(delimiter, index + 2);
    close !== -1;
    close = text.indexOf(delimiter, close + 1)
  ) {
    if (text.slice(index, close).includes('\n')) break
    const isClose =
      /\S/.test(text.charAt(close - 1)) &&
      !word.test(text.charAt(close + 1)) &&
      text.charAt(close - 1) !== '\\'
    if (isClose) return readMarked(line, { from: index + 1, to: close, end: close + 1, delimiter }, marks)
  }
  const lineEnd = text.indexOf('\n', index)
  if (lineEnd === -1) line.vain.set(delimiter, index)
  return plain(line, index)
}

/** `[words|address]`, `[address]`, `[~name]`, `[^file]`. */
function readLink(line: Line, index: number, marks: readonly AdfMark[]): number {
  const { text, reading } = line
  const close = find(line, ']', index + 1)
  const inside = close === -1 ? '' : text.slice(index + 1, close)
  if (inside === '' || inside === '^' || inside.includes('\n')) return plain(line, index)
  const end = close + 1
  if (inside.startsWith('~')) return put(line, marks, { nodes: [mention(inside.slice(1), reading)], end })
  const bar = inside.lastIndexOf('|')
  const words = bar > 0 ? inside.slice(0, inside.indexOf('|')) : ''
  const target = words === '' ? inside : (inside.slice(words.length + 1).split('|')[0] ?? '')
  const href = target.startsWith('^')
    ? `attachment:${encodeURIComponent(target.slice(1).toWellFormed())}`
    : target.trim()
  const isBare = words === '' && !target.startsWith('^')
  if (!isAllowedHref(href) || (isBare && !/^(?:https?:|mailto:|#)/i.test(href))) return plain(line, index)
  const linked = [...marks.filter((mark) => mark.type !== 'link'), { type: 'link', attrs: { href } }]
  const label =
    words === '' ? [textNode(target.replace(/^\^/, ''), linked)] : readWikiLine(words, reading, linked)
  return put(line, marks, { nodes: label, end })
}

function mention(name: string, reading: WikiReading): AdfNode {
  const id = name.replace(/^accountid:/, '')
  const found = reading.options.resolveUser?.(id)
  return { type: 'mention', attrs: { id: found?.id ?? id, text: `@${found?.name ?? id}` } }
}

const image = /!([^\s!|]+)(?:\|[^!\n]*)?!/y

function readImage(line: Line, index: number, marks: readonly AdfMark[]): number {
  image.lastIndex = index
  const [whole, source = ''] = image.exec(line.text) ?? []
  if (whole === undefined || !/[.:/]/.test(source)) return plain(line, index)
  return put(line, marks, { nodes: [line.reading.imageOf(source)], end: index + whole.length })
}

const address = /https?:\/\/[^\s|\]})>"]+/y

function readAddress(line: Line, index: number, marks: readonly AdfMark[]): number {
  address.lastIndex = index
  const found = word.test(line.text.charAt(index - 1)) ? undefined : address.exec(line.text)?.[0]
  const href = found?.replace(/[.,;:!?'*_]+$/, '') ?? ''
  if (href.length < 'http://a'.length || marks.some((mark) => mark.type === 'link')) return plain(line, index)
  return put(line, marks, {
    nodes: [textNode(href, [...marks, { type: 'link', attrs: { href } }])],
    end: index + href.length,
  })
}
