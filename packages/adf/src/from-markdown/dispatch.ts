import type { MarkdownIt, StateInline } from 'markdown-it'

type Rule = (state: StateInline, silent: boolean) => boolean

/** The characters that a rule of lines begins with, and the rules that are tried there, in their order. */
const rulesAt: Readonly<Record<string, readonly string[]>> = {
  ':': ['colon', 'linkify'],
  '\n': ['newline'],
  '\\': ['escape'],
  '`': ['backticks'],
  '~': ['strikethrough'],
  '*': ['emphasis'],
  _: ['emphasis'],
  '[': ['link'],
  '!': ['image'],
  '<': ['autolink', 'html_inline'],
  '&': ['entity'],
  '{': ['braces'],
  // No rule begins with it, but the label of a link ends there.
  ']': [],
}

/**
 * Lets the parser go from one character that could begin something to the next, and try the rules of that character alone.
 * markdown-it stops at every punctuation mark and tries all rules at each.
 */
export function dispatchLines({ inline, options: { maxNesting } }: MarkdownIt): void {
  const byCode: (readonly Rule[] | undefined)[] = Array.from({ length: 128 })
  for (const [character, names] of Object.entries(rulesAt)) {
    inline.ruler.enableOnly([...names])
    byCode[character.charCodeAt(0)] = inline.ruler.getRules('')
  }
  inline.ruler.enable(Object.values(rulesAt).flat())

  /** The first character from here on that could begin something. */
  const nextStart = (src: string, from: number, end: number): number => {
    let pos = from
    while (pos < end && byCode[src.charCodeAt(pos)] === undefined) pos += 1
    return pos
  }

  const apply = (state: StateInline, silent: boolean): boolean => {
    for (const rule of byCode[state.src.charCodeAt(state.pos)] ?? []) if (rule(state, silent)) return true
    return false
  }

  inline.tokenize = (state) => {
    const { posMax: end } = state
    while (state.pos < end) {
      const { src, pos } = state
      const start = nextStart(src, pos, end)
      if (start > pos) {
        state.pending += src.slice(pos, start)
        state.pos = start
      } else if (state.level >= maxNesting || !apply(state, false)) {
        state.pending += src.charAt(pos)
        state.pos = pos + 1
      }
    }
    if (state.pending !== '') state.pushPending()
  }

  inline.skipToken = (state) => {
    const { pos, cache, src, posMax } = state
    const known = cache[pos]
    if (known !== undefined) {
      state.pos = known
      return
    }
    const start = nextStart(src, pos, posMax)
    if (start > pos) state.pos = start
    else if (state.level >= maxNesting) state.pos = posMax
    else {
      state.level += 1
      const isRead = apply(state, true)
      state.level -= 1
      if (!isRead) state.pos = pos + 1
    }
    cache[pos] = state.pos
  }
}
