import { type AdfMark, type AdfNode, textOf } from '../document.ts'
import { isEqual } from '../equal.ts'
import { isScript } from '../escape.ts'
import { isAllowedHref } from '../from-markdown/links.ts'
import { isValidMark, marksOfText } from '../model/marks.ts'
import { formatBraces } from '../notation.ts'
import { isUnspeakable } from './characters.ts'
import { escapeInline, type Leaf, writeLeaf } from './leaves.ts'
import { note, type Writer } from './writer.ts'

/** A piece of a line: text with its marks, something written already, a break, or the border between two equal texts. */
export type Item =
  | { readonly kind: 'text'; readonly text: string; readonly marks: readonly AdfMark[] }
  | Leaf
  | { readonly kind: 'border'; readonly marks: readonly AdfMark[] }

/** Marks that a reader of plain text does without. */
const decorative: ReadonlySet<string> = new Set(['annotation', 'backgroundColor', 'textColor', 'underline'])

/**
 * Marks that nobody sees on white space. Those written with delimiters cannot have any at their inner edges; colour goes
 * with them, since it only clutters the text there.
 */
const unseen: ReadonlySet<string> = new Set(['em', 'strike', 'strong', 'textColor'])

/** Turns inline nodes into pieces. What Markdown cannot say has become an escape, or in plain text its nearest words. */
export function itemsOf(nodes: readonly AdfNode[], writer: Writer): readonly Item[] {
  const items: Item[] = []
  const isAmidWords = nodes.some((node) => node.type === 'text' && (node.text ?? '').trim() !== '')
  for (const node of nodes) {
    if (node.type === 'text') addText(items, node, writer)
    else {
      const leaf = writeLeaf({ node, isAmidWords }, writer)
      if (leaf.kind === 'text') addPiece(items, leaf, writer)
      else items.push(leaf)
    }
  }
  return writer.mode === 'lossless' ? items : tidy(items)
}

function addText(items: Item[], node: AdfNode, writer: Writer): void {
  const { text = '', marks = [] } = node
  if (writer.mode === 'lossless') {
    if (isSayable(node)) addPiece(items, { kind: 'text', text, marks }, writer)
    else items.push(escapeInline(node, writer))
    return
  }
  const kept = marks.filter((mark) => isKept(mark, writer))
  if (text === '') return
  const { marks: _marks, ...bare } = node
  const unmarked: AdfNode = kept.length > 0 ? { ...bare, marks: unique(kept) } : bare
  if (writer.mode === 'plain') {
    addPiece(
      items,
      {
        kind: 'text',
        text: text.replaceAll(/[\0\v]/g, ' ').toWellFormed(),
        marks: codeLast(unmarked.marks ?? []),
      },
      writer,
    )
  } else if (isSayable(unmarked)) addPiece(items, { kind: 'text', text, marks: unmarked.marks ?? [] }, writer)
  else items.push(escapeInline(node, writer))
}

function isKept(mark: AdfMark, writer: Writer): boolean {
  if (writer.mode === 'edit') return mark.type !== 'annotation'
  const dropped =
    decorative.has(mark.type) ||
    !isValidMark(mark) ||
    (mark.type === 'link' && isScript(textOf(mark.attrs?.['href'])))
  if (dropped)
    note(writer, {
      code: 'lost',
      subject: mark.type,
      message: `The mark ${mark.type} is not shown in plain text.`,
    })
  return !dropped
}

function unique(marks: readonly AdfMark[]): readonly AdfMark[] {
  const seen = new Set<string>()
  return marks.filter((mark) => !seen.has(mark.type) && seen.add(mark.type))
}

function codeLast(marks: readonly AdfMark[]): readonly AdfMark[] {
  const code = marks.find((mark) => mark.type === 'code')
  return code ? [...marks.filter((mark) => mark.type === 'link'), code] : marks
}

/** Beyond this, brackets around a text would nest deeper than a reader looks. */
const mostMarks = 16

/** Whether a text and its marks can be written so that reading gives the very same node. */
function isSayable(node: AdfNode): boolean {
  const { text = '', marks } = node
  if (text === '' || isUnspeakable(text) || Object.keys(node).length > (marks ? 3 : 2)) return false
  if (!marks) return node.attrs === undefined
  if (marks.length === 0) return false
  if (marks.length > mostMarks) return false
  const allowed = marksOfText(marks)
  const seen = new Set<string>()
  for (const [index, mark] of marks.entries()) {
    if (!allowed.has(mark.type) || !isValidMark(mark) || !isSayableMark(mark)) return false
    if (seen.has(mark.type) && mark.type !== 'annotation') return false
    seen.add(mark.type)
    if (mark.type === 'code' && (index !== marks.length - 1 || /[\n\r]/.test(text))) return false
  }
  return true
}

function isSayableMark(mark: AdfMark): boolean {
  if (mark.type === 'annotation') return formatBraces({ id: textOf(mark.attrs?.['id']) }) !== undefined
  if (mark.type !== 'link') return true
  const { href, title, ...more } = mark.attrs ?? {}
  return (
    typeof href === 'string' &&
    isAllowedHref(href) &&
    // eslint-disable-next-line no-control-regex -- line breaks and the like cannot stand in an address or title
    !/[\u0000-\u001f\u007f]/.test(`${href}${textOf(title)}`) &&
    formatBraces(linkBraces(more)) !== undefined
  )
}

/** The attributes of a link besides address and title. An empty title has to be said too. */
export function linkBraces(more: Readonly<Record<string, unknown>>): Record<string, string> {
  const braces: Record<string, string> = {}
  for (const [name, value] of Object.entries(more)) if (value !== undefined) braces[name] = textOf(value)
  return braces
}

function addPiece(items: Item[], piece: Extract<Item, { kind: 'text' }>, writer: Writer): void {
  const last = items.at(-1)
  if (last?.kind === 'text' && isEqual(last.marks, piece.marks)) {
    if (writer.mode === 'lossless') items.push({ kind: 'border', marks: piece.marks }, piece)
    else items[items.length - 1] = { ...last, text: last.text + piece.text }
  } else items.push(piece)
}

/** Moves white space at the edges of bold and the like outside, where delimiters can be written around the rest. */
function tidy(items: readonly Item[]): readonly Item[] {
  const result: Item[] = []
  for (const [index, item] of items.entries()) {
    if (item.kind !== 'text' || !item.marks.some((mark) => unseen.has(mark.type))) {
      push(result, item)
      continue
    }
    const { text, marks } = item
    const before = wordsBeside(items, index, -1)
    const after = wordsBeside(items, index, 1)
    const body = text.trim()
    if (body === '') {
      const isShared = (mark: AdfMark): boolean => holds(before, mark) && holds(after, mark)
      push(result, { ...item, marks: marks.filter((mark) => !unseen.has(mark.type) || isShared(mark)) })
      continue
    }
    const within = (neighbour: readonly AdfMark[]): readonly AdfMark[] =>
      marks.filter((mark) => !unseen.has(mark.type) || holds(neighbour, mark))
    const start = text.indexOf(body)
    push(result, { ...item, text: text.slice(0, start), marks: within(before) })
    push(result, { ...item, text: body })
    push(result, { ...item, text: text.slice(start + body.length), marks: within(after) })
  }
  return result
}

function holds(marks: readonly AdfMark[], mark: AdfMark): boolean {
  return marks.some((other) => isEqual(other, mark))
}

/** The marks of the nearest text on one side that is more than white space; none when something else comes first. */
function wordsBeside(items: readonly Item[], from: number, step: -1 | 1): readonly AdfMark[] {
  let index = from + step
  let item = items[index]
  while (item?.kind === 'text' && item.text.trim() === '') {
    index += step
    item = items[index]
  }
  return item?.kind === 'text' ? item.marks : []
}

function push(items: Item[], item: Item): void {
  if (item.kind === 'text' && item.text === '') return
  const last = items.at(-1)
  if (item.kind === 'text' && last?.kind === 'text' && isEqual(last.marks, item.marks)) {
    items[items.length - 1] = { ...last, text: last.text + item.text }
  } else items.push(item)
}
