import type { StateInline } from 'markdown-it'

import { parseBraces } from '../notation.ts'

/** Directives that stand for a node, and those that mark the text in their brackets. */
const leafDirectives: ReadonlySet<string> = new Set(['date', 'emoji', 'media', 'placeholder', 'status'])
const markDirectives: ReadonlySet<string> = new Set(['bg', 'color', 'comment'])

const name = /[a-z]+(?=[[`])/y
const emoji = /:(?:[a-z0-9_+-]*[a-z][a-z0-9_+-]*|[+-]1|100|1234):(?![A-Za-z0-9:])/y

/** Inline rule for everything that begins with a colon: `:status[…]{…}`, `:color[…]{…}`, `` :adf`{…}` ``, `:smile:`. */
export function colonRule(state: StateInline, silent: boolean): boolean {
  const { pos, src } = state
  if (src.charCodeAt(pos) !== 58 || hasFailed(state, silent)) return false
  name.lastIndex = pos + 1
  const found = name.exec(src)?.[0]
  if (found !== undefined) {
    const open = pos + 1 + found.length
    if (src.charCodeAt(open) === 96) return found === 'adf' && readEscape(state, open, silent)
    if (leafDirectives.has(found)) return readLeaf(state, { found, open }, silent)
    if (markDirectives.has(found)) return readMark(state, { found, open }, silent)
  }
  if (pos > 0 && /[A-Za-z0-9:]/.test(src[pos - 1] ?? '')) return false
  emoji.lastIndex = pos
  const short = emoji.exec(src)?.[0]
  if (short === undefined || pos + short.length > state.posMax) return false
  if (!silent) state.push('directive', '', 0).meta = { name: 'emoji', label: short, attrs: {} }
  state.pos = pos + short.length
  return true
}

/**
 * Whether no rule matched here when the brackets around were looked through, which the parser remembers as a step of one
 * character. Without this, every bracket that is never closed would be looked through to the end of the text again.
 */
function hasFailed(state: StateInline, silent: boolean): boolean {
  return !silent && state.cache[state.pos] === state.pos + 1
}

function readEscape(state: StateInline, open: number, silent: boolean): boolean {
  const close = state.src.indexOf('`', open + 1)
  if (close === -1 || close >= state.posMax || state.src.charCodeAt(open + 1) !== 123) return false
  if (!silent) state.push('escape', '', 0).content = state.src.slice(open + 1, close)
  state.pos = close + 1
  return true
}

interface Head {
  readonly found: string
  readonly open: number
}

function readLeaf(state: StateInline, { found, open }: Head, silent: boolean): boolean {
  const close = state.md.helpers.parseLinkLabel(state, open)
  if (close < 0) return false
  const braces = parseBraces(state.src, close + 1, state.posMax)
  if (!silent) {
    const label = state.md.utils.unescapeAll(state.src.slice(open + 1, close))
    const token = state.push('directive', '', 0)
    token.meta = { name: found, label, attrs: braces?.attrs ?? {} }
  }
  state.pos = braces?.end ?? close + 1
  return true
}

function readMark(state: StateInline, { found, open }: Head, silent: boolean): boolean {
  const close = state.md.helpers.parseLinkLabel(state, open)
  if (close < 0) return false
  const braces = parseBraces(state.src, close + 1, state.posMax)
  if (!braces) return false
  if (!silent) {
    const max = state.posMax
    state.pos = open + 1
    state.posMax = close
    const token = state.push('mark_open', '', 1)
    token.info = found
    token.meta = { attrs: braces.attrs }
    state.md.inline.tokenize(state)
    state.push('mark_close', '', -1).info = found
    state.posMax = max
  }
  state.pos = braces.end
  return true
}

/** Inline rule for `![alt](address "title")`. The description is taken as text, so that images cannot nest without end. */
export function imageRule(state: StateInline, silent: boolean): boolean {
  const { src, posMax: max } = state
  if (src.charCodeAt(state.pos) !== 33 || src.charCodeAt(state.pos + 1) !== 91) return false
  if (hasFailed(state, silent)) return false
  const start = state.pos + 2
  const close = state.md.helpers.parseLinkLabel(state, state.pos + 1)
  if (close < 0) return false
  const target =
    src.charCodeAt(close + 1) === 40 ? readTarget(state, close + 2) : readReference(state, start, close)
  if (!target || target.end > max) return false
  if (!silent) {
    const token = state.push('image', 'img', 0)
    token.content = state.md.utils.unescapeAll(src.slice(start, close))
    token.meta = { source: target.href, title: target.title }
  }
  state.pos = target.end
  return true
}

interface Address {
  readonly href: string
  readonly title: string
  readonly end: number
}

function readTarget(state: StateInline, start: number): Address | undefined {
  const { src, posMax: max } = state
  const { parseLinkDestination, parseLinkTitle } = state.md.helpers
  let pos = skipSpace(src, start, max)
  const destination = parseLinkDestination(src, pos, max)
  if (destination.ok) pos = destination.pos
  const gap = skipSpace(src, pos, max)
  const title = gap > pos ? parseLinkTitle(src, gap, max) : undefined
  pos = title?.ok ? skipSpace(src, title.pos, max) : gap
  if (src.charCodeAt(pos) !== 41) return undefined
  return { href: destination.ok ? destination.str : '', title: title?.ok ? title.str : '', end: pos + 1 }
}

function readReference(state: StateInline, start: number, close: number): Address | undefined {
  const { references } = state.env
  if (!references) return undefined
  let label = state.src.slice(start, close)
  let end = close + 1
  if (state.src.charCodeAt(end) === 91) {
    const inner = state.md.helpers.parseLinkLabel(state, end)
    if (inner >= 0) {
      label = state.src.slice(end + 1, inner) || label
      end = inner + 1
    }
  }
  const found = references[state.md.utils.normalizeReference(label)]
  return found && { href: found.href, title: found.title, end }
}

function skipSpace(source: string, start: number, max: number): number {
  let pos = start
  while (pos < max && (source[pos] === ' ' || source[pos] === '\n' || source[pos] === '\t')) pos += 1
  return pos
}

/** Inline rule for attributes that follow a link or an image: `[@Ann](accountid:1){accessLevel=CONTAINER}`. */
export function bracesRule(state: StateInline, silent: boolean): boolean {
  const { pos, src } = state
  if (src.charCodeAt(pos) !== 123 || pos === 0 || src.charCodeAt(pos - 1) !== 41) return false
  const braces = parseBraces(src, pos, state.posMax)
  if (!braces) return false
  if (!silent) {
    const last = state.tokens.at(-1)
    if (state.pending !== '' || (last?.type !== 'link_close' && last?.type !== 'image')) return false
    state.push('braces', '', 0).meta = { attrs: braces.attrs }
  }
  state.pos = braces.end
  return true
}
