import type { StateBlock } from 'markdown-it'

import { parseBraces } from '../notation.ts'
import { table } from '../table.ts'

/** What a container line says. */
interface Opening {
  readonly name: string
  readonly attrs: Readonly<Record<string, unknown>>
  /** Words after the name, which become the first line in bold. */
  readonly title: string
}

/** The names of containers and what they stand for: the node's type, and attributes that the name implies. */
export const containers = table<{ readonly type: string; readonly attrs?: Readonly<Record<string, string>> }>(
  {
    panel: { type: 'panel' },
    info: { type: 'panel', attrs: { type: 'info' } },
    note: { type: 'panel', attrs: { type: 'note' } },
    tip: { type: 'panel', attrs: { type: 'tip' } },
    success: { type: 'panel', attrs: { type: 'success' } },
    warning: { type: 'panel', attrs: { type: 'warning' } },
    caution: { type: 'panel', attrs: { type: 'error' } },
    danger: { type: 'panel', attrs: { type: 'error' } },
    error: { type: 'panel', attrs: { type: 'error' } },
    important: { type: 'panel', attrs: { type: 'note' } },
    expand: { type: 'expand' },
    details: { type: 'expand' },
    layout: { type: 'layoutSection' },
    column: { type: 'layoutColumn' },
    table: { type: 'table' },
    tr: { type: 'tableRow' },
    th: { type: 'tableHeader' },
    td: { type: 'tableCell' },
    bodiedExtension: { type: 'bodiedExtension' },
    bodiedSyncBlock: { type: 'bodiedSyncBlock' },
  },
)

/** Leaves: a node of its own in one line, such as `::card{url="…"}`. */
const leaves = table<string>({ card: 'blockCard', embed: 'embedCard' })

const colon = 58
const opener = /^(:{3,})[ \t]*([A-Za-z]+)[ \t]*([^\n]*)$/
const closer = /^(:{3,})[ \t]*$/
const leaf = /^::([a-z]+)(\{[^\n]*)$/

function lineAt(state: StateBlock, line: number): string {
  const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0)
  return state.src.slice(start, state.eMarks[line])
}

function startsWithColons(state: StateBlock, line: number, count: number): boolean {
  const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0)
  for (let index = 0; index < count; index += 1)
    if (state.src.charCodeAt(start + index) !== colon) return false
  return indentOf(state, line) < 4
}

function indentOf(state: StateBlock, line: number): number {
  return (state.sCount[line] ?? 0) - state.blkIndent
}

/** Reads a line such as `:::panel{type=info}`; undefined when it opens no known container. */
function parseOpening(text: string): { readonly colons: number; readonly opening: Opening } | undefined {
  const found = opener.exec(text)
  if (!found) return undefined
  const [, colons = '', name = '', tail = ''] = found
  if (!Object.hasOwn(containers, name)) return undefined
  const rest = tail.trimEnd()
  if (!rest.startsWith('{')) return { colons: colons.length, opening: { name, attrs: {}, title: rest } }
  const attrs = parseAttrs(rest)
  return attrs && { colons: colons.length, opening: { name, attrs, title: '' } }
}

/** Braces that take the whole rest of the line: our own notation, or JSON where values are not plain. */
function parseAttrs(rest: string): Readonly<Record<string, unknown>> | undefined {
  if (rest === '{}') return {}
  const braces = parseBraces(rest, 0, rest.length)
  if (braces?.end === rest.length) return braces.attrs
  if (!rest.startsWith('{"')) return undefined
  try {
    const parsed: unknown = JSON.parse(rest)
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : undefined
  } catch {
    // No JSON either: the line is text.
    return undefined
  }
}

/** Block rule for `:::name` … `:::`. A container that is not closed ends with what holds it. */
// eslint-disable-next-line max-params -- the signature of a rule of markdown-it
export function containerRule(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  if (!startsWithColons(state, startLine, 3)) return false
  const found = parseOpening(lineAt(state, startLine))
  if (!found) return false
  if (silent) return true
  const end = findEnd(state, { startLine, endLine, colons: found.colons })
  const open = state.push('container_open', '', 1)
  open.map = [startLine, end.line]
  open.meta = { opening: found.opening, closed: end.closed }
  const { parentType, lineMax } = state
  state.parentType = 'container'
  state.lineMax = end.line
  state.md.block.tokenize(state, startLine + 1, end.line)
  state.parentType = parentType
  state.lineMax = lineMax
  state.push('container_close', '', -1)
  state.line = end.line + (end.closed ? 1 : 0)
  return true
}

interface Search {
  readonly startLine: number
  readonly endLine: number
  readonly colons: number
}

/** The line that closes a container. Fences are stepped over, and inner containers are counted. */
function findEnd(state: StateBlock, search: Search): { readonly line: number; readonly closed: boolean } {
  const open = [search.colons]
  let fence = ''
  const indent = state.sCount[search.startLine] ?? 0
  for (let line = search.startLine + 1; line < search.endLine; line += 1) {
    if (state.isEmpty(line)) continue
    if ((state.sCount[line] ?? 0) < state.blkIndent) return { line, closed: false }
    // What is indented further belongs to a list item, fences included.
    if ((state.sCount[line] ?? 0) >= indent + 2) continue
    const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0)
    const first = state.src.charCodeAt(start)
    if (fence !== '') {
      if (state.src.startsWith(fence, start) && isFenceEnd(lineAt(state, line), fence)) fence = ''
    } else if (first === 96 || first === 126) {
      fence = fenceOf(lineAt(state, line))
    } else if (first === colon && startsWithColons(state, line, 3)) {
      const text = lineAt(state, line)
      const closing = closer.exec(text)?.[1]?.length
      if (closing === undefined) {
        const inner = parseOpening(text)
        if (inner) open.push(inner.colons)
      } else {
        const index = open.lastIndexOf(closing)
        if (index !== -1) open.length = index
        if (open.length === 0) return { line, closed: true }
      }
    }
  }
  return { line: search.endLine, closed: false }
}

function fenceOf(text: string): string {
  const fence = /^(?:`{3,}(?=[^`]*$)|~{3,})/.exec(text)?.[0]
  return fence ?? ''
}

function isFenceEnd(text: string, fence: string): boolean {
  const mark = fence[0] ?? ''
  let index = 0
  while (text[index] === mark) index += 1
  return index >= fence.length && text.slice(index).trim() === ''
}

/** Block rule for leaves such as `::card{url="…"}`. */
// eslint-disable-next-line max-params -- the signature of a rule of markdown-it
export function leafRule(state: StateBlock, startLine: number, _endLine: number, silent: boolean): boolean {
  if (!startsWithColons(state, startLine, 2)) return false
  const [, name = '', rest = ''] = leaf.exec(lineAt(state, startLine)) ?? []
  if (!Object.hasOwn(leaves, name)) return false
  const attrs = parseAttrs(rest.trimEnd())
  if (!attrs) return false
  if (silent) return true
  const token = state.push('leaf', '', 0)
  token.map = [startLine, startLine + 1]
  token.meta = { type: leaves[name], attrs }
  state.line = startLine + 1
  return true
}
