import type { Token as FullToken, StateBlock, StateInline } from 'markdown-it'

import { AdfError } from '../error.ts'

/** What markdown-it says about a piece of a text, without the methods for those that render it. */
export type Token = Omit<FullToken, 'attrGet' | 'attrIndex' | 'attrJoin' | 'attrPush' | 'attrSet'>

/** Beginnings and ends of blocks beyond which a text is refused: a megabyte of list items would take 250 MB. */
const mostTokens = 500_000

/**
 * Lets a state make its tokens as plain objects. The class of markdown-it 15 defines every member by a call of its own,
 * which takes a quarter of the time of reading a text.
 */
export function lighten<State extends StateBlock | StateInline>(state: State): State {
  if ('pushPending' in state) {
    state.push = pushInline
    state.pushPending = pushPending
  } else state.push = pushBlock
  return state
}

/** An attribute of a token, as text. */
export function attributeOf(token: Token | undefined, name: string): string | undefined {
  const value = token?.attrs?.find(([key]) => key === name)?.[1]
  return value === undefined ? undefined : String(value)
}

type Nesting = -1 | 0 | 1

function createToken(type: string, tag: string, nesting: Nesting): FullToken {
  const token: Token = {
    type,
    tag,
    attrs: null,
    map: null,
    nesting,
    level: 0,
    children: null,
    content: '',
    markup: '',
    info: '',
    meta: null,
    block: false,
    hidden: false,
  }
  return token as FullToken // eslint-disable-line typescript/no-unsafe-type-assertion -- the rules set members; only renderers call methods
}

// eslint-disable-next-line max-params -- the signature that markdown-it gave it
function pushBlock(this: StateBlock, type: string, tag: string, nesting: Nesting): FullToken {
  if (this.tokens.length >= mostTokens) {
    throw new AdfError('too_large', 'The text has too many items, rows or paragraphs: write it in parts.')
  }
  const token = createToken(type, tag, nesting)
  token.block = true
  if (nesting < 0) this.level -= 1
  token.level = this.level
  if (nesting > 0) this.level += 1
  this.tokens.push(token)
  return token
}

/* eslint-disable no-underscore-dangle -- the names that markdown-it gave them */
// eslint-disable-next-line max-params -- the signature that markdown-it gave it
function pushInline(this: StateInline, type: string, tag: string, nesting: Nesting): FullToken {
  if (this.pending !== '') this.pushPending()
  const token = createToken(type, tag, nesting)
  let meta: StateInline['tokens_meta'][number]
  if (nesting < 0) {
    this.level -= 1
    this.delimiters = this._prev_delimiters.pop() ?? []
  }
  token.level = this.level
  if (nesting > 0) {
    this.level += 1
    this._prev_delimiters.push(this.delimiters)
    this.delimiters = []
    meta = { delimiters: this.delimiters }
  }
  this.pendingLevel = this.level
  this.tokens.push(token)
  this.tokens_meta.push(meta)
  return token
}
/* eslint-enable no-underscore-dangle */

function pushPending(this: StateInline): FullToken {
  const token = createToken('text', '', 0)
  token.content = this.pending
  token.level = this.pendingLevel
  this.tokens.push(token)
  this.pending = ''
  return token
}
