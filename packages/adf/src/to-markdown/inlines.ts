import { type AdfMark, type AdfNode, textOf } from '../document.ts'
import { isEqual } from '../equal.ts'
import { formatBraces } from '../notation.ts'
import { table } from '../table.ts'
import { type CharacterClass, firstClass, isAlphanumeric, lastClass } from './characters.ts'
import { type Item, itemsOf, linkBraces } from './inline-items.ts'
import { formatAddress } from './leaves.ts'
import { escapeText } from './text.ts'
import type { Writer } from './writer.ts'

/** Where a line of inline nodes stands. */
export interface LinePlace {
  /** Breaks are written as tags, since the block is one line: headings and cells of tables. */
  readonly oneLine?: boolean
  readonly heading?: boolean
}

/** A mark that has been opened. */
interface Open {
  readonly mark: AdfMark
  readonly close: string
  /** The character of its delimiter when it is one of emphasis, and the item at whose end it closes. */
  readonly delimiter: string
  readonly end: number
}

interface Line {
  readonly items: readonly Item[]
  readonly bodies: readonly string[]
  readonly open: Open[]
  readonly isOneLine: boolean
  out: string
  /** The last two code units of it. */
  tail: string
  /** The last character when it is a delimiter of emphasis: another one beside it would be read as one run. */
  lastDelimiter: string
}

/** Writes inline nodes as the text of one block. Lines of it are parted by `\n`. */
export function writeInlines(nodes: readonly AdfNode[], writer: Writer, place: LinePlace = {}): string {
  const items = itemsOf(nodes, writer)
  const only = items.length === 1 ? items[0] : undefined
  const isOneLine = place.oneLine === true
  if (only?.kind === 'text' && only.marks.length === 0) return bodyOf(items, 0, place)
  const line: Line = {
    items,
    bodies: items.map((_, index) => bodyOf(items, index, place)),
    open: [],
    isOneLine,
    out: '',
    tail: '',
    lastDelimiter: '',
  }
  for (let index = 0; index < items.length; index += 1) writeItem(line, index)
  closeTo(line, 0)
  return isOneLine || !line.out.includes(']:') ? line.out : line.out.replaceAll(definition, '$1<!---->')
}

/** The start of a line that would be read as the definition of a link: code in its label is not seen to be code there. */
const definition = /(^|\n)(?=\[(?:[^\\[\]\n]|\\.)*\]:)/g

function writeItem(line: Line, index: number): void {
  const item = line.items[index]
  if (item?.kind === 'text' && isBareLink(line, index)) {
    closeTo(line, 0)
    emit(line, item.text)
  } else if (item?.kind === 'text') {
    openMarks(line, index, item.marks)
    emit(line, line.bodies[index] ?? '')
  } else if (item?.kind === 'border') emit(line, '<!---->')
  else {
    closeTo(line, 0)
    const short = item?.kind === 'source' ? item.short : undefined
    const isFree = short !== undefined && !joins(line.tail.slice(-1)) && !joins(startAfter(line, index))
    emit(line, isFree ? short : (line.bodies[index] ?? ''))
  }
}

/** Whether a character would join a short form that it touches. */
function joins(character: string): boolean {
  return character === ':' || isAlphanumeric(character.charCodeAt(0))
}

/** What the source after a leaf begins with, as far as it could join the leaf. */
function startAfter(line: Line, index: number): string {
  const next = line.items[index + 1]
  const [mark] = next?.kind === 'text' ? next.marks : []
  if (mark) return mark.type !== 'link' && bracketed.has(mark.type) ? ':' : ''
  return (line.bodies[index + 1] ?? '').slice(0, 1)
}

function emit(line: Line, source: string, delimiter = ''): void {
  if (source === '') return
  line.out += source
  line.tail = source.length > 1 ? source.slice(-2) : (line.tail + source).slice(-2)
  line.lastDelimiter = delimiter
}

const bareAddress = /^https?:\/\/[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}(?:\/[\w/%=?&#+~.-]*)?(?<![?&#+~.%=-])$/

/** Whether a link is its own text and stands apart, so that it is found without brackets. */
function isBareLink(line: Line, index: number): boolean {
  const item = line.items[index]
  const before = line.items[index - 1]
  const after = line.items[index + 1]
  if (item?.kind !== 'text' || item.marks.length !== 1) return false
  const { type, attrs } = item.marks[0] ?? {}
  if (type !== 'link' || attrs?.['href'] !== item.text || Object.keys(attrs).length > 1) return false
  return isApart(before, true) && isApart(after, false) && bareAddress.test(item.text)
}

function isApart(neighbour: Item | undefined, atEnd: boolean): boolean {
  if (neighbour === undefined) return true
  if (neighbour.kind !== 'text' || neighbour.marks.length > 0) return false
  return neighbour.text.charAt(atEnd ? neighbour.text.length - 1 : 0) === ' '
}

/** The source of an item without its marks. */
function bodyOf(items: readonly Item[], index: number, place: LinePlace): string {
  const item = items[index]
  if (!item || item.kind === 'border') return ''
  if (item.kind === 'source') return item.source
  if (item.kind === 'break') return place.oneLine === true || index === items.length - 1 ? '<br>' : '\\\n'
  const marks = item.marks
  if (marks.at(-1)?.type === 'code') return codeSpan(item.text)
  const before = items[index - 1]
  const after = items[index + 1]
  const isBare = marks.length === 0
  return escapeText(item.text, {
    start: isBare && isLineEdge(before, place),
    marker: isBare && isLineEdge(before, place) && place.oneLine !== true,
    end: isBare && isLineEdge(after, place),
    label: marks.some((mark) => bracketed.has(mark.type)),
    link: isLinked(item) && !isLinked(before) && !isLinked(after),
    heading: place.heading === true && after === undefined,
    bracketNext: opensBracket(after),
  })
}

function isLineEdge(neighbour: Item | undefined, place: LinePlace): boolean {
  return neighbour === undefined || (neighbour.kind === 'break' && place.oneLine !== true)
}

const bracketed: ReadonlySet<string> = new Set(['annotation', 'backgroundColor', 'link', 'textColor'])

function isLinked(item: Item | undefined): boolean {
  return (item?.kind === 'text' || item?.kind === 'border') && item.marks.some((mark) => mark.type === 'link')
}

function opensBracket(item: Item | undefined): boolean {
  if (item?.kind === 'source') return item.source.startsWith('[')
  return item?.kind === 'text' && item.marks.some((mark) => mark.type === 'link')
}

function codeSpan(text: string): string {
  let longest = 0
  for (const run of text.match(/`+/g) ?? []) longest = Math.max(longest, run.length)
  const fence = '`'.repeat(longest + 1)
  const isTrimmed = text.startsWith(' ') && text.endsWith(' ') && /[^ ]/.test(text)
  const isPadded = isTrimmed || text.startsWith('`') || text.endsWith('`')
  const pad = isPadded ? ' ' : ''
  return fence + pad + text + pad + fence
}

function openMarks(line: Line, index: number, marks: readonly AdfMark[]): void {
  let common = 0
  while (common < line.open.length && isEqual(line.open[common]?.mark, marks[common])) common += 1
  closeTo(line, common)
  for (let depth = common; depth < marks.length; depth += 1) {
    const mark = marks[depth]
    if (mark && mark.type !== 'code') depth += openMark(line, { index, depth, mark, marks })
  }
}

function closeTo(line: Line, depth: number): void {
  while (line.open.length > depth) {
    const { close, delimiter } = line.open.pop() ?? { close: '', delimiter: '' }
    emit(line, close, delimiter)
  }
}

interface Opening {
  readonly index: number
  readonly depth: number
  readonly mark: AdfMark
  readonly marks: readonly AdfMark[]
}

/** Opens a mark, and says how many more it has opened along with it. */
function openMark(line: Line, opening: Opening): number {
  const { mark } = opening
  const attrs = mark.attrs ?? {}
  switch (mark.type) {
    case 'link': {
      const { href, title, ...more } = attrs
      const quoted = title === undefined ? '' : ` "${textOf(title).replaceAll(/["\\&]/g, '\\$&')}"`
      const address = formatAddress(textOf(href))
      const suffix = formatBraces(linkBraces(title === '' ? { ...more, title } : more)) ?? ''
      push(line, opening, ['[', `](${address}${title === '' ? '' : quoted})${suffix}`])
      return 0
    }
    case 'textColor':
      push(line, opening, [':color[', `]{${textOf(attrs['color'])}}`])
      return 0
    case 'backgroundColor':
      push(line, opening, [':bg[', `]{${textOf(attrs['color'])}}`])
      return 0
    case 'annotation':
      push(line, opening, [':comment[', `]${formatBraces({ id: textOf(attrs['id']) }) ?? ''}`])
      return 0
    case 'underline':
      push(line, opening, ['<u>', '</u>'])
      return 0
    case 'subsup': {
      const tag = attrs['type'] === 'sub' ? 'sub' : 'sup'
      push(line, opening, [`<${tag}>`, `</${tag}>`])
      return 0
    }
    default:
      return openEmphasis(line, opening)
  }
}

type Pair = readonly [open: string, close: string]

function push(line: Line, { index, depth, mark, marks }: Opening, [open, close]: Pair): void {
  emit(line, open, delimiterOf(open))
  line.open.push({ mark, close, delimiter: delimiterOf(open), end: endOf(line, { index, depth, marks }) })
}

function delimiterOf(open: string): string {
  const first = open.charAt(0)
  return first === '*' || first === '_' || first === '~' ? first : ''
}

/** The last item up to which the marks of an item hold, down to one of them. */
function endOf(line: Line, { index, depth, marks }: Pick<Opening, 'depth' | 'index' | 'marks'>): number {
  let end = index
  for (;;) {
    const next = line.items[end + 1]
    if (next?.kind !== 'text' && next?.kind !== 'border') return end
    for (let level = 0; level <= depth; level += 1) if (!isEqual(next.marks[level], marks[level])) return end
    end += 1
  }
}

const emphasis = table<{ readonly delimiters: readonly string[]; readonly tag: string }>({
  strong: { delimiters: ['**', '__'], tag: 'strong' },
  em: { delimiters: ['*', '_'], tag: 'em' },
  strike: { delimiters: ['~~'], tag: 'del' },
})

/** Opens bold, italics or strikethrough: with a delimiter where it is certain to be read as one, with a tag elsewhere. */
function openEmphasis(line: Line, opening: Opening): number {
  const { marks, depth, mark } = opening
  const end = endOf(line, opening)
  const next = marks[depth + 1]
  const isBoth =
    mark.type === 'em' && next?.type === 'strong' && endOf(line, { ...opening, depth: depth + 1 }) === end
  if (isBoth && isSafe(line, { opening, end, delimiter: '*', innermost: depth + 1 })) {
    emit(line, '***', '*')
    line.open.push(
      { mark, close: '*', delimiter: '*', end },
      { mark: next, close: '**', delimiter: '*', end },
    )
    return 1
  }
  const { delimiters = [], tag = 'em' } = emphasis[mark.type] ?? {}
  for (const delimiter of delimiters) {
    if (isSafe(line, { opening, end, delimiter: delimiter.charAt(0), innermost: depth })) {
      push(line, opening, [delimiter, delimiter])
      return 0
    }
  }
  push(line, opening, [`<${tag}>`, `</${tag}>`])
  return 0
}

interface Candidate {
  readonly opening: Opening
  readonly end: number
  readonly delimiter: string
  /** The depth of the innermost mark that the delimiter stands for. */
  readonly innermost: number
}

/** Whether a delimiter opens here and closes at the end, by the rules of CommonMark about what is beside it. */
function isSafe(line: Line, { opening, end, delimiter, innermost }: Candidate): boolean {
  const { depth } = opening
  if (line.lastDelimiter === delimiter) return false
  if (line.open.some((other) => other.delimiter === delimiter && other.end === end)) return false
  const before = lastClass(line.tail)
  const after = classAfter(line, end, depth)
  const isOpen = flanks(innerClass(line, opening.index, { depth: innermost, isStart: true }), before)
  const isClosed = flanks(innerClass(line, end, { depth: innermost, isStart: false }), after)
  return isOpen && isClosed && (delimiter !== '_' || (before !== 'word' && after !== 'word'))
}

function flanks(inner: CharacterClass, outer: CharacterClass): boolean {
  return inner === 'word' || (inner === 'punctuation' && outer !== 'word')
}

function innerClass(
  line: Line,
  index: number,
  { depth, isStart }: { readonly depth: number; readonly isStart: boolean },
): CharacterClass {
  const item = line.items[index]
  if (item?.kind === 'text' && item.marks.length <= depth + 1) {
    const body = line.bodies[index] ?? ''
    return isStart ? firstClass(body) : lastClass(body)
  }
  return 'punctuation'
}

function classAfter(line: Line, end: number, depth: number): CharacterClass {
  const next = line.items[end + 1]
  if (next === undefined) return depth > 0 ? 'punctuation' : 'space'
  const current = line.items[end]
  const marks = current?.kind === 'text' || current?.kind === 'border' ? current.marks : []
  if (next.kind === 'text' || next.kind === 'border') {
    for (let level = 0; level < depth; level += 1)
      if (!isEqual(next.marks[level], marks[level])) return 'punctuation'
    if (next.kind === 'border' || next.marks.length > depth) return 'punctuation'
    return firstClass(line.bodies[end + 1] ?? '')
  }
  if (depth > 0) return 'punctuation'
  return next.kind === 'break' && !line.isOneLine ? 'punctuation' : firstClass(line.bodies[end + 1] ?? '')
}
