import { type AdfMark, type AdfNode, textOf } from '../document.ts'
import { isEqual } from '../equal.ts'
import { table } from '../table.ts'
import { readInlineEscape } from './escapes.ts'
import { isImageLine, readImage } from './images.ts'
import { isAllowedHref } from './links.ts'
import { readDirective, readMention } from './nodes.ts'
import type { Reading } from './reading.ts'
import type { Token } from './tokens.ts'
import { attributeOf } from './tokens.ts'

/** A mark that is open, and what closes it. */
interface Open {
  readonly key: string
  readonly mark: AdfMark
}

interface Line {
  readonly reading: Reading
  readonly tokens: readonly Token[]
  /** Positions of the tags that are marks. */
  readonly tags: ReadonlySet<number>
  readonly nodes: AdfNode[]
  readonly open: Open[]
  /** Text that has been read and not been put into a node. */
  text: string
  /** Whether the next text must not join the node before it. */
  cut: boolean
}

const simpleMarks = table<AdfMark>({
  em_open: { type: 'em' },
  strong_open: { type: 'strong' },
  s_open: { type: 'strike' },
})

const closings = table<string>({
  em_close: 'em',
  strong_close: 'strong',
  s_close: 'strike',
})

/** Tags that are taken as marks; every other tag stays text. */
const tagMarks = table<AdfMark>({
  u: { type: 'underline' },
  ins: { type: 'underline' },
  sub: { type: 'subsup', attrs: { type: 'sub' } },
  sup: { type: 'subsup', attrs: { type: 'sup' } },
  strong: { type: 'strong' },
  b: { type: 'strong' },
  em: { type: 'em' },
  i: { type: 'em' },
  del: { type: 'strike' },
  s: { type: 'strike' },
  code: { type: 'code' },
})

/**
 * Reads the text of one block. The nodes may be `mediaSingle`, when a line holds images and nothing else; all others
 * are inline.
 */
export function readInlines(source: string, reading: Reading): readonly AdfNode[] {
  if (source === '') return []
  if (!special.test(source)) return [{ type: 'text', text: source }]
  const tokens = reading.inline.parse(source)
  if (source.includes('![') && isImageLine(tokens)) {
    return tokens.flatMap((token, index) => readImage({ tokens, token, index, alone: true }, reading))
  }
  const tags = source.includes('<') ? pairTags(tokens) : noTags
  const line: Line = { reading, tokens, tags, nodes: [], open: [], text: '', cut: false }
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token) index = readToken(line, token, index)
  }
  flush(line)
  return line.nodes
}

/** What a text needs to be more than text. */
const special = /[\n\\`*_[<&~:]/

const noTags: ReadonlySet<number> = new Set()

/** Reads one token and says at which one it stopped. */
function readToken(line: Line, token: Token, index: number): number {
  switch (token.type) {
    case 'text':
    case 'text_special':
      line.text += token.content
      return index
    case 'softbreak':
      line.text += ' '
      return index
    case 'hardbreak':
      push(line, { type: 'hardBreak' })
      return index
    case 'code_inline':
      readCode(line, token.content)
      return index
    case 'html_inline':
      readTag(line, token, index)
      return index
    case 'link_open':
      return openLink(line, token, index)
    case 'link_close':
      close(line, 'link')
      return index
    case 'mark_open':
      openDirective(line, token)
      return index
    case 'mark_close':
      close(line, token.info)
      return index
    case 'directive':
      for (const node of readDirective(token, line.reading)) addRead(line, node)
      return index
    case 'escape':
      add(line, readInlineEscape(token.content, line.reading))
      return index
    case 'image':
      for (const node of readImage({ tokens: line.tokens, token, index, alone: false }, line.reading))
        add(line, node)
      return index
    default:
      return readMarkToken(line, token, index)
  }
}

function readMarkToken(line: Line, token: Token, index: number): number {
  const mark = simpleMarks[token.type]
  if (mark) open(line, mark.type, mark)
  else if (token.nesting === -1) close(line, closings[token.type] ?? '')
  return index
}

function open(line: Line, key: string, mark: AdfMark): void {
  flush(line)
  line.open.push({ key, mark })
}

function close(line: Line, key: string): void {
  flush(line)
  const index = line.open.findLastIndex((entry) => entry.key === key)
  if (index !== -1) line.open.splice(index, 1)
}

/** The marks in force, outermost first: of two of one type the inner one counts, except for comments. */
function marksOf(line: Line): readonly AdfMark[] | undefined {
  if (line.open.length === 0) return undefined
  const marks: AdfMark[] = []
  for (const { mark } of line.open) {
    const index = mark.type === 'annotation' ? -1 : marks.findIndex((other) => other.type === mark.type)
    if (index === -1) marks.push(mark)
    else marks[index] = mark
  }
  const code = marks.find((mark) => mark.type === 'code')
  return code ? codeMarks(marks, code) : marks
}

function codeMarks(marks: readonly AdfMark[], code: AdfMark): readonly AdfMark[] {
  return [...marks.filter((mark) => mark.type === 'link' || mark.type === 'annotation'), code]
}

function flush(line: Line): void {
  if (line.text === '') return
  pushText(line, line.text, marksOf(line))
  line.text = ''
}

function pushText(line: Line, text: string, marks: readonly AdfMark[] | undefined): void {
  const last = line.nodes.at(-1)
  if (!line.cut && last?.type === 'text' && isEqual(last.marks ?? [], marks ?? [])) {
    line.nodes[line.nodes.length - 1] = { ...last, text: (last.text ?? '') + text }
  } else {
    line.nodes.push(marks ? { type: 'text', text, marks } : { type: 'text', text })
  }
  line.cut = false
}

function push(line: Line, node: AdfNode): void {
  flush(line)
  line.nodes.push(node)
  line.cut = false
}

/** Adds what a notation was read as; the text of one that could not be read goes on with the line. */
function addRead(line: Line, node: AdfNode): void {
  if (node.type === 'text' && !node.marks) line.text += node.text ?? ''
  else add(line, node)
}

/** Adds a node that a notation stands for; one without marks of its own takes those in force if it is text. */
function add(line: Line, node: AdfNode): void {
  flush(line)
  if (node.type === 'text' && !node.marks && line.open.length > 0)
    pushText(line, node.text ?? '', marksOf(line))
  else {
    line.nodes.push(node)
    line.cut = node.type === 'text'
  }
}

function readCode(line: Line, text: string): void {
  flush(line)
  if (text !== '') pushText(line, text, codeMarks(marksOf(line) ?? [], { type: 'code' }))
}

function openLink(line: Line, token: Token, index: number): number {
  const { tokens } = line
  const href = attributeOf(token, 'href') ?? ''
  const end = endOfLink(tokens, index)
  if (href.startsWith('accountid:')) {
    flush(line)
    for (const node of readMention({ tokens, start: index, end, href }, line.reading)) addRead(line, node)
    return end
  }
  if (token.markup === 'autolink' && /^https?:/i.test(href)) {
    push(line, { type: 'inlineCard', attrs: { url: href } })
    return end
  }
  if (!isAllowedHref(href)) {
    line.reading.note(
      'refused',
      'link',
      'A link was kept as text: use http, https, mailto, # or a path that begins with /.',
    )
    line.text += token.markup === 'autolink' ? `<${href}>` : `${inner(tokens, index, end)} (${href})`
    return end
  }
  const title = attributeOf(token, 'title')
  const more = tokens[end + 1]?.type === 'braces' ? tokens[end + 1]?.meta?.['attrs'] : undefined
  const attrs = { href, ...(title !== undefined && { title }), ...linkAttrs(more) }
  open(line, 'link', { type: 'link', attrs })
  return index
}

const linkNames: ReadonlySet<string> = new Set(['title', 'id', 'collection', 'occurrenceKey'])

function linkAttrs(given: unknown): Record<string, string> {
  const attrs: Record<string, string> = {}
  if (typeof given !== 'object' || given === null) return attrs
  for (const [name, value] of Object.entries(given)) {
    if (linkNames.has(name)) attrs[name] = textOf(value)
  }
  return attrs
}

function inner(tokens: readonly Token[], start: number, end: number): string {
  return tokens
    .slice(start + 1, end)
    .map((token) => token.content)
    .join('')
}

/** Links do not nest, so the next closing is the right one. */
function endOfLink(tokens: readonly Token[], start: number): number {
  let index = start + 1
  while (index < tokens.length && tokens[index]?.type !== 'link_close') index += 1
  return index
}

function openDirective(line: Line, token: Token): void {
  const attrs: unknown = token.meta?.['attrs']
  const given =
    typeof attrs === 'object' && attrs !== null ? new Map(Object.entries(attrs)) : new Map<string, unknown>()
  const color = textOf(given.get('color'))
  if (token.info === 'comment') {
    open(line, token.info, {
      type: 'annotation',
      attrs: { id: textOf(given.get('id')), annotationType: 'inlineComment' },
    })
    return
  }
  const full = /^#[0-9a-fA-F]{3}$/.test(color) ? color.replaceAll(/[0-9a-fA-F]/g, '$&$&') : color
  if (/^#[0-9a-fA-F]{6}$/.test(full)) {
    open(line, token.info, {
      type: token.info === 'bg' ? 'backgroundColor' : 'textColor',
      attrs: { color: full },
    })
  } else line.reading.note('repaired', 'textColor', 'A colour was left out: write it as #ff5630.')
}

const tag = /^<(\/?)([a-z]+)\s*\/?>$/i

/** The tags that open or close a mark and have their counterpart in the line. */
function pairTags(tokens: readonly Token[]): ReadonlySet<number> {
  const paired = new Set<number>()
  const opened = new Map<string, number[]>()
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'html_inline') continue
    const found = tag.exec(token.content)
    const name = found?.[2]?.toLowerCase() ?? ''
    if (!Object.hasOwn(tagMarks, name)) continue
    if (found?.[1] === '/') {
      const start = opened.get(name)?.pop()
      if (start !== undefined) paired.add(start).add(index)
    } else {
      const starts = opened.get(name) ?? []
      starts.push(index)
      opened.set(name, starts)
    }
  }
  return paired
}

function readTag(line: Line, token: Token, index: number): void {
  const { content } = token
  if (content.startsWith('<!--')) {
    flush(line)
    line.cut = true
    if (/\w/.test(content))
      line.reading.note('lost', 'comment', 'A comment of HTML has no place in ADF and was left out.')
    return
  }
  const found = tag.exec(content)
  const name = found?.[2]?.toLowerCase() ?? ''
  const mark = tagMarks[name]
  if (name === 'br') push(line, { type: 'hardBreak' })
  else if (!mark || !line.tags.has(index)) line.text += content
  else if (found?.[1] === '/') close(line, `<${name}>`)
  else open(line, `<${name}>`, mark)
}
