import type { AdfDocument, AdfNode, Warning } from '../document.ts'
import { AdfError } from '../error.ts'
import { settle } from '../fit/settle.ts'
import { guardJson, guardSource } from '../guard.ts'
import { table } from '../table.ts'
import { readWikiLine } from './inlines.ts'
import { createWikiReading, type FromWikiOptions, type WikiReading } from './reading.ts'
import { itemMarker, readList, readRows } from './rows.ts'

/** What `wikiToAdf` gives. */
export interface FromWikiResult {
  /** Always valid ADF. */
  readonly doc: AdfDocument
  readonly warnings: readonly Warning[]
}

/** Characters. A field of Jira holds 32,767 unless its owner allows more. */
const limit = 1_000_000

/**
 * Reads wiki markup, the rich text of Jira's API version 2 and of Data Center. Macros other than code, quote, panel, expand
 * and colour stay as text. Throws an `AdfError` for texts beyond 1,000,000 characters.
 */
export function wikiToAdf(markup: string, options: FromWikiOptions = {}): FromWikiResult {
  if (typeof markup !== 'string') throw new AdfError('not_adf', 'Give the wiki markup as a string.')
  guardSource(markup, limit)
  const reading = createWikiReading(markup, options)
  const lines = markup.replaceAll(/\r\n?/g, '\n').split('\n')
  const [settled] = settle({ type: 'doc', content: readBlocks(lines, reading, 0) }, reading)
  guardJson(settled)
  return {
    doc: { type: 'doc', version: 1, content: settled?.content ?? [] },
    warnings: [...reading.warnings.values()],
  }
}

/** Macros around blocks, and the panel that each becomes; the empty ones are read in ways of their own. */
const macros = table<string>({
  code: '',
  noformat: '',
  quote: '',
  expand: '',
  panel: 'info',
  info: 'info',
  note: 'note',
  tip: 'tip',
  warning: 'warning',
})

const opening = /^\s*\{([a-z]+)(?::([^}\n]*))?\}/
const deepest = 20

interface Cursor {
  readonly lines: readonly string[]
  readonly reading: WikiReading
  readonly depth: number
  readonly blocks: AdfNode[]
  /** Macros whose closing was looked for in vain. */
  readonly vain: Set<string>
  at: number
}

function readBlocks(lines: readonly string[], reading: WikiReading, depth: number): readonly AdfNode[] {
  const cursor: Cursor = { lines, reading, depth, blocks: [], vain: new Set(), at: 0 }
  while (cursor.at < lines.length) readBlock(cursor)
  return cursor.blocks
}

function readBlock(cursor: Cursor): void {
  const { lines, reading, blocks } = cursor
  const line = lines[cursor.at] ?? ''
  if (line.trim() === '') {
    cursor.at += 1
  } else if (readMacro(cursor, line)) {
    // The macro has moved the cursor.
  } else if (/^\s*-{4,}\s*$/.test(line)) {
    cursor.at += 1
    blocks.push({ type: 'rule' })
  } else if (/^\s*h[1-6]\.\s/.test(line)) {
    cursor.at += 1
    const [, level = '1', text = ''] = /^\s*h([1-6])\.\s+([^\n]*)$/.exec(line) ?? []
    blocks.push({
      type: 'heading',
      attrs: { level: Number(level) },
      content: readWikiLine(text.trimEnd(), reading),
    })
  } else if (/^\s*bq\.\s/.test(line)) {
    cursor.at += 1
    const content = readWikiLine(line.replace(/^\s*bq\.\s+/, ''), reading)
    blocks.push(...settle({ type: 'blockquote', content: [{ type: 'paragraph', content }] }, reading))
  } else if (itemMarker(line) !== undefined) {
    blocks.push(
      ...readList(
        take(cursor, (next) => next.trim() !== '' && !isBlock(next, false)),
        reading,
      ),
    )
  } else if (/^\s*\|/.test(line)) {
    blocks.push(
      ...readRows(
        take(cursor, (next) => /^\s*\|/.test(next)),
        reading,
      ),
    )
  } else {
    const text = take(cursor, (next) => next.trim() !== '' && !isBlock(next, true))
      .map((part) => part.trim())
      .join('\n')
    blocks.push(...settle({ type: 'paragraph', content: readWikiLine(text, reading) }, reading))
  }
}

/** The present line, and those after it that pass. */
function take(cursor: Cursor, passes: (line: string) => boolean): readonly string[] {
  const start = cursor.at
  cursor.at += 1
  while (cursor.at < cursor.lines.length && passes(cursor.lines[cursor.at] ?? '')) cursor.at += 1
  return cursor.lines.slice(start, cursor.at)
}

function isBlock(line: string, withItems: boolean): boolean {
  if (/^\s*(?:h[1-6]\.\s|bq\.\s|-{4,}\s*$|\|)/.test(line)) return true
  if (withItems && itemMarker(line) !== undefined) return true
  const name = opening.exec(line)?.[1]
  return name !== undefined && Object.hasOwn(macros, name)
}

/** Reads a macro that begins on the present line, if it is closed on this or a later one. */
function readMacro(cursor: Cursor, line: string): boolean {
  const [head, name = '', given = ''] = opening.exec(line) ?? []
  if (head === undefined || !Object.hasOwn(macros, name) || cursor.vain.has(name) || cursor.depth >= deepest)
    return false
  const closing = `{${name}}`
  let end = cursor.at
  let at = line.indexOf(closing, head.length)
  while (at === -1 && end + 1 < cursor.lines.length) {
    end += 1
    at = (cursor.lines[end] ?? '').indexOf(closing)
  }
  if (at === -1) {
    cursor.vain.add(name)
    return false
  }
  const last = cursor.lines[end] ?? ''
  const body =
    end === cursor.at
      ? [line.slice(head.length, at)]
      : [line.slice(head.length), ...cursor.lines.slice(cursor.at + 1, end), last.slice(0, at)]
  cursor.at = end + 1
  cursor.blocks.push(...macroNodes({ name, given, body }, cursor))
  const after = last.slice(at + closing.length)
  if (after.trim() !== '') cursor.blocks.push(...readBlocks([after], cursor.reading, cursor.depth + 1))
  return true
}

interface Macro {
  readonly name: string
  readonly given: string
  readonly body: readonly string[]
}

function macroNodes({ name, given, body }: Macro, { reading, depth }: Cursor): readonly AdfNode[] {
  const params = paramsOf(given)
  if (name === 'code' || name === 'noformat') {
    const lines = trimLines(body)
    const language = name === 'code' ? (params.get('') ?? params.get('language') ?? '') : ''
    const text = lines.join('\n')
    return [
      {
        type: 'codeBlock',
        ...(language !== '' && { attrs: { language } }),
        content: text === '' ? [] : [{ type: 'text', text }],
      },
    ]
  }
  const content = readBlocks(body, reading, depth + 1)
  const title = params.get('title') ?? params.get('') ?? ''
  if (name === 'quote') return settle({ type: 'blockquote', content }, reading)
  if (name === 'expand') return settle({ type: 'expand', attrs: { title }, content }, reading)
  const head: readonly AdfNode[] =
    title === ''
      ? []
      : [{ type: 'paragraph', content: [{ type: 'text', text: title, marks: [{ type: 'strong' }] }] }]
  return settle(
    { type: 'panel', attrs: { panelType: macros[name] ?? 'info' }, content: [...head, ...content] },
    reading,
  )
}

/** `java|title=Main.java`: a value without a name stands under the empty one. */
function paramsOf(given: string): ReadonlyMap<string, string> {
  const params = new Map<string, string>()
  for (const part of given.split('|')) {
    const sign = part.indexOf('=')
    if (sign === -1) params.set('', part.trim())
    else params.set(part.slice(0, sign).trim(), part.slice(sign + 1).trim())
  }
  return params
}

/** The lines of a block of code without the empty ones that the tags leave at its edges. */
function trimLines(lines: readonly string[]): readonly string[] {
  const start = lines[0]?.trim() === '' ? 1 : 0
  const end = lines.length > start && lines.at(-1)?.trim() === '' ? lines.length - 1 : lines.length
  return lines.slice(start, end)
}
