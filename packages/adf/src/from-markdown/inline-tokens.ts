import type { StateInline } from 'markdown-it'

import { markdownParser, maxBrackets, maxNesting } from './parser.ts'
import { lighten, type Token } from './tokens.ts'

/** Lines begin this deep, so that the limit of the parser, which is that of blocks, is that of brackets for them. */
const firstLevel = maxNesting - maxBrackets

/** One state for all the lines of a text: making it anew for each takes longer than reading a short line. */
export interface InlineParser {
  parse(source: string): readonly Token[]
}

/** The part of markdown-it that reads lines, over a state that is used again. `env` holds the definitions of links. */
export function createInlineParser(env: Record<string, unknown>): InlineParser {
  let state: StateInline | undefined
  return {
    parse(source) {
      const parser = markdownParser()
      const tokens: StateInline['tokens'] = []
      if (state) reset(state, source, tokens)
      else {
        state = lighten(new parser.inline.State(source, parser, env, tokens))
        state.level = firstLevel
      }
      parser.inline.tokenize(state)
      for (const rule of parser.inline.ruler2.getRules('')) rule(state)
      return tokens
    },
  }
}

/** Sets every member that its constructor sets, but those that stay. */
function reset(state: StateInline, source: string, tokens: StateInline['tokens']): void {
  state.src = source
  state.tokens = tokens
  state.tokens_meta = []
  state.pos = 0
  state.posMax = source.length
  state.level = firstLevel
  state.pending = ''
  state.pendingLevel = 0
  state.cache = {}
  state.backticks = {}
  state.backticksScanned = false
  state.skipHtmlSpecial = false
  state.linkLevel = 0
  state.delimiters = []
  state._prev_delimiters = [] // eslint-disable-line no-underscore-dangle -- the name that markdown-it gave it
}
