/**
 * The small notations that extend Markdown, told in one place for reader and writer:
 *
 * - attributes in braces, `{type=info title="Two words"}`, in which `\"` and `\\` are the only escapes, and `{#ff5630}`;
 * - decorations, `<!-- adf {"attrs":{…}} -->` before a block, which say what Markdown cannot say about it;
 * - escapes, a fence with the info string `adf` and the node's type, or `` :adf`{…}` `` in a line, with the node as JSON.
 */

/** Attributes read from braces, and the position after them. */
export interface Braces {
  readonly attrs: Readonly<Record<string, string>>
  readonly end: number
}

const key = /[A-Za-z][\w-]*/y
const bare = /[^\s"'`{}<>=|\\[\]]+/y
const tag = /#[0-9a-fA-F]{3,8}/y

/** Reads `{…}` at a position; undefined when there is none, or when it is not closed on the same line. */
export function parseBraces(source: string, start: number, max: number): Braces | undefined {
  if (source[start] !== '{') return undefined
  const attrs: Record<string, string> = {}
  let pos = start + 1
  while (pos < max) {
    const character = source[pos]
    if (character === '}') return pos === start + 1 ? undefined : { attrs, end: pos + 1 }
    if (character === ' ') {
      pos += 1
      continue
    }
    const read = character === '#' ? parseTag(source, pos) : parsePair(source, pos, max)
    if (!read || read.end > max) return undefined
    attrs[read.name] = read.value
    pos = read.end
  }
  return undefined
}

interface Pair {
  readonly name: string
  readonly value: string
  readonly end: number
}

function parseTag(source: string, start: number): Pair | undefined {
  const value = match(tag, source, start)
  return value === undefined ? undefined : { name: 'color', value, end: start + value.length }
}

function parsePair(source: string, start: number, max: number): Pair | undefined {
  const name = match(key, source, start)
  if (name === undefined || source[start + name.length] !== '=') return undefined
  const from = start + name.length + 1
  if (source[from] === '"') {
    let value = ''
    for (let pos = from + 1; pos < max; pos += 1) {
      const character = source[pos] ?? ''
      if (character === '"') return { name, value, end: pos + 1 }
      if (character === '\n') return undefined
      const next = source[pos + 1]
      if (character === '\\' && (next === '"' || next === '\\')) {
        value += next
        pos += 1
      } else value += character
    }
    return undefined
  }
  const value = match(bare, source, from)
  return value === undefined ? undefined : { name, value, end: from + value.length }
}

function match(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0]
}

const plainValue = /^[^\s"'`{}<>=|\\[\]]+$/
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const unspeakable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/

/** Writes attributes in braces; empty when there are none, undefined when a value cannot stand in one line. */
export function formatBraces(
  attrs: Readonly<Record<string, number | string | undefined>>,
): string | undefined {
  const parts: string[] = []
  for (const [name, value] of Object.entries(attrs)) {
    if (value === undefined) continue
    const text = String(value)
    if (unspeakable.test(text)) return undefined
    parts.push(`${name}=${plainValue.test(text) ? text : `"${text.replaceAll(/["\\]/g, '\\$&')}"`}`)
  }
  return parts.length === 0 ? '' : `{${parts.join(' ')}}`
}

/** What a decoration says: members to set on the next block, `null` for those that are to be absent. */
export interface Decoration {
  readonly attrs?: Readonly<Record<string, unknown>> | null
  readonly marks?: readonly unknown[]
  /** `null` when the block has no content at all. */
  readonly content?: null
  /** The list item in which the decoration is the first thing. */
  readonly item?: Decoration
  /** Tables: the first row is one of headers although it is empty; an empty one is otherwise left out. */
  readonly headerRow?: true
  /** Tables: the first cell of each row is a header. */
  readonly headerColumn?: true
  /** Tables: decorations of rows, and of cells by row. */
  readonly rows?: readonly (Decoration | null)[]
  readonly cells?: readonly (readonly (Decoration | null)[] | null)[]
  /** Cells: the paragraph in it. */
  readonly p?: Decoration
  /** A whole node, for what has nothing to show, such as an empty paragraph. */
  readonly node?: unknown
}

/** How a decoration begins. */
export const decorationOpen = '<!-- adf '
/** How a decoration ends. */
export const decorationClose = ' -->'

/** Writes a decoration as a comment that no text in it can close. */
export function formatDecoration(decoration: Decoration): string {
  return decorationOpen + JSON.stringify(decoration).replaceAll('>', String.raw`\u003e`) + decorationClose
}
