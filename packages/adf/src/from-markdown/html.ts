import type { StateBlock } from 'markdown-it'

/** From which line on, up to which end, a closing was looked for in vain; so that it is looked for once. */
interface Vain {
  readonly from: number
  readonly to: number
}

function isVain(state: StateBlock, what: string, [from, to]: readonly [number, number]): boolean {
  const vain = state.env[what] as Vain | undefined // eslint-disable-line typescript/no-unsafe-type-assertion -- set below alone
  return vain !== undefined && from >= vain.from && to <= vain.to
}

function startOf(state: StateBlock, line: number): number {
  return (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0)
}

function isIndentedCode(state: StateBlock, line: number): boolean {
  return (state.sCount[line] ?? 0) - state.blkIndent >= 4
}

/** Block rule for comments that stand alone. Other HTML is no block. */
// eslint-disable-next-line max-params -- the signature of a rule of markdown-it
export function commentRule(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = startOf(state, startLine)
  if (state.src.charCodeAt(start) !== 60 || !state.src.startsWith('<!--', start)) return false
  if (isIndentedCode(state, startLine) || isVain(state, 'comment', [startLine, endLine])) return false
  let line = startLine
  let from = start + 4
  let close = -1
  for (; line < endLine; line += 1) {
    const max = state.eMarks[line] ?? 0
    if (line > startLine) {
      if ((state.sCount[line] ?? 0) < state.blkIndent && !state.isEmpty(line)) break
      from = state.bMarks[line] ?? 0
    }
    close = state.src.slice(from, max).indexOf('-->')
    if (close !== -1) break
  }
  if (close === -1) {
    state.env['comment'] = { from: startLine, to: endLine } satisfies Vain
    return false
  }
  if (state.src.slice(from + close + 3, state.eMarks[line]).trim() !== '') return false
  if (silent) return true
  const token = state.push('comment', '', 0)
  token.map = [startLine, line + 1]
  token.content = state.src.slice(start, from + close + 3)
  state.line = line + 1
  return true
}

const details = /^<details(?:\s[^>]*)?>\s*/i
const summary = /^\s*<summary>([^\n]*)<\/summary>\s*/i

/** Block rule for `<details>` with a `<summary>`: what stands between them is Markdown again. */
// eslint-disable-next-line max-params -- the signature of a rule of markdown-it
export function detailsRule(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = startOf(state, startLine)
  if (state.src.charCodeAt(start) !== 60 || isIndentedCode(state, startLine)) return false
  const first = state.src.slice(start, state.eMarks[startLine])
  const head = details.exec(first)?.[0]
  if (head === undefined || isVain(state, 'details', [startLine, endLine])) return false
  const end = findClose(state, startLine, endLine)
  if (!end) {
    state.env['details'] = { from: startLine, to: endLine } satisfies Vain
    return false
  }
  if (silent) return true
  const token = state.push('details_open', '', 1)
  token.map = [startLine, end.line + 1]
  let { line, from } = { line: startLine, from: start + head.length }
  if (from >= (state.eMarks[line] ?? 0) && line < end.line) {
    line += 1
    from = startOf(state, line)
  }
  const title = summary.exec(state.src.slice(from, line === end.line ? end.at : state.eMarks[line]))
  if (title) from += title[0].length
  token.meta = { title: (title?.[1] ?? '').trim() }
  tokenizeBetween(state, { line, from, end })
  state.push('details_close', '', -1)
  state.line = end.line + 1
  return true
}

interface Position {
  readonly line: number
  readonly at: number
}

/** Where the matching `</details>` begins. It has to be the last thing on its line. */
function findClose(state: StateBlock, startLine: number, endLine: number): Position | undefined {
  let depth = 0
  for (let line = startLine; line < endLine; line += 1) {
    if ((state.sCount[line] ?? 0) < state.blkIndent && !state.isEmpty(line)) return undefined
    const start = startOf(state, line)
    const text = state.src.slice(start, state.eMarks[line])
    if (!text.includes('details')) continue
    for (const found of text.matchAll(/<(\/?)details[\s>]/gi)) {
      depth += found[1] === '/' ? -1 : 1
      if (depth === 0) {
        const at = start + found.index
        return state.src.slice(at, state.eMarks[line]).trimEnd().length === '</details>'.length
          ? { line, at }
          : undefined
      }
    }
  }
  return undefined
}

/** Reads a range that begins and ends within lines, by moving the marks of those lines for the time being. */
function tokenizeBetween(
  state: StateBlock,
  range: { readonly line: number; readonly from: number; readonly end: Position },
): void {
  const { line, from, end } = range
  const { lineMax, parentType } = state
  const saved = {
    b: state.bMarks[line] ?? 0,
    t: state.tShift[line] ?? 0,
    s: state.sCount[line] ?? 0,
    e: state.eMarks[end.line] ?? 0,
  }
  const moved = from !== saved.b + saved.t
  if (moved) {
    state.bMarks[line] = from
    state.tShift[line] = 0
    state.sCount[line] = state.blkIndent
  }
  state.eMarks[end.line] = Math.max(end.at, startOf(state, end.line))
  state.lineMax = end.line + 1
  state.parentType = 'container'
  state.md.block.tokenize(state, line, end.line + 1)
  state.parentType = parentType
  state.lineMax = lineMax
  state.eMarks[end.line] = saved.e
  state.bMarks[line] = saved.b
  state.tShift[line] = saved.t
  state.sCount[line] = saved.s
}
