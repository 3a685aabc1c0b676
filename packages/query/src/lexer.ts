import { wholeNumber } from './languages/bare.ts'
import type { Grammar } from './languages/language.ts'
import { escapes, isForbidden } from './quote.ts'

/** Why a piece of text is no token. */
type LexFault = 'character' | 'control' | 'escape' | 'string'

/** One token. All members are always there, which keeps reading them fast. */
export interface Token {
  readonly kind: 'word' | 'number' | 'string' | 'symbol' | 'hole' | 'fault' | 'end'
  /** Decoded. Of a fault: the character, the escape sequence or the unfinished text. */
  readonly value: string
  /** The symbol or the keyword in lower case; empty for all others. `&&` is `and`. */
  readonly keyword: string
  readonly fault: LexFault | undefined
  /** Number of the hole in a template; -1 for all others. */
  readonly hole: number
  readonly start: number
  readonly end: number
}

/** Cuts a text into tokens up to `limit`, and tells where it stopped. Positions are moved by `offset`. */
export function lex(text: string, grammar: Grammar, { offset = 0, limit = Infinity } = {}): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (tokens.length < limit) {
    while (at < text.length && isSpace(text.charCodeAt(at))) at += 1
    if (at >= text.length) break
    const token = next(text, at, grammar)
    tokens.push(offset === 0 ? token : { ...token, start: token.start + offset, end: token.end + offset })
    at = token.end
  }
  return tokens
}

function next(text: string, at: number, grammar: Grammar): Token {
  const char = text.charAt(at)
  if (char === '"' || char === "'") return quoted(text, at)
  const two = pairs[text.slice(at, at + 2)]
  if (two !== undefined) return symbol(two, at, at + 2)
  const one = signs[char]
  if (one !== undefined) return symbol(one, at, at + 1)
  return isWord(text.charCodeAt(at)) || char === '\\'
    ? word(text, at, grammar)
    : fault(isForbidden(text.charCodeAt(at)) ? 'control' : 'character', char, [at, at + 1])
}

const pairs: Readonly<Record<string, string>> = {
  '!=': '!=',
  '<=': '<=',
  '>=': '>=',
  '!~': '!~',
  '&&': 'and',
  '||': 'or',
}

const signs: Readonly<Record<string, string>> = {
  '(': '(',
  ')': ')',
  ',': ',',
  '[': '[',
  ']': ']',
  '=': '=',
  '<': '<',
  '>': '>',
  '~': '~',
  '!': '!',
  '&': 'and',
  '|': 'or',
}

function symbol(keyword: string, start: number, end: number): Token {
  return { kind: 'symbol', value: '', keyword, fault: undefined, hole: -1, start, end }
}

function fault(reason: LexFault, value: string, [start, end]: readonly [number, number]): Token {
  return { kind: 'fault', value, keyword: '', fault: reason, hole: -1, start, end }
}

/** The place of a value in a template. */
export function holeToken(hole: number, start: number, end: number): Token {
  return { kind: 'hole', value: '', keyword: '', fault: undefined, hole, start, end }
}

/** What stands after the last token. */
export function endToken(at: number): Token {
  return { kind: 'end', value: '', keyword: '', fault: undefined, hole: -1, start: at, end: at }
}

function quoted(text: string, start: number): Token {
  const quote = text.charAt(start)
  let value = ''
  let bad = ''
  let forbidden = ''
  let from = start + 1
  let at = from
  for (; at < text.length; at += 1) {
    const char = text.charAt(at)
    if (char === quote) break
    if (isForbidden(text.charCodeAt(at))) forbidden ||= char
    if (char !== '\\') continue
    value += text.slice(from, at)
    const escape = unescape(text, at)
    value += escape.value
    bad ||= escape.bad
    at = escape.end - 1
    from = escape.end
  }
  value += text.slice(from, at)
  if (at >= text.length) return fault('string', value, [start, text.length])
  if (bad !== '') return fault('escape', bad, [start, at + 1])
  if (forbidden !== '') return fault('control', forbidden, [start, at + 1])
  return { kind: 'string', value, keyword: '', fault: undefined, hole: -1, start, end: at + 1 }
}

function word(text: string, start: number, { keywords }: Grammar): Token {
  let value = ''
  let bad = ''
  let escaped = false
  let from = start
  let at = start
  while (at < text.length) {
    if (text.charAt(at) === '\\') {
      const escape = unescape(text, at)
      value += text.slice(from, at) + escape.value
      bad ||= escape.bad
      escaped = true
      at = escape.end
      from = at
    } else if (isWord(text.charCodeAt(at))) at += 1
    else break
  }
  value += text.slice(from, at)
  if (bad !== '') return fault('escape', bad, [start, at])
  const lower = escaped ? '' : value.toLowerCase()
  const keyword = keywords.has(lower) ? lower : ''
  const kind = !escaped && wholeNumber.test(value) ? 'number' : 'word'
  return { kind, value, keyword, fault: undefined, hole: -1, start, end: at }
}

function unescape(text: string, at: number): { value: string; bad: string; end: number } {
  const char = text.charAt(at + 1)
  const known = escapes[char]
  if (known !== undefined) return { value: known, bad: '', end: at + 2 }
  const code = text.slice(at + 2, at + 6)
  if (char === 'u' && /^[\da-f]{4}$/i.test(code)) {
    return { value: String.fromCharCode(Number.parseInt(code, 16)), bad: '', end: at + 6 }
  }
  return { value: '', bad: `\\${char}`, end: Math.min(at + 2, text.length) }
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13
}

const reserved = new Set(Array.from('"\'=!<>()~,[]|&{}*/%+^$#@?;\\', (char) => char.charCodeAt(0)))

/** Letters and digits of every script, and `. - : _` and the backtick. A no-break space counts as a letter (measured). */
function isWord(code: number): boolean {
  if (code <= 32 || isForbidden(code)) return false
  return code >= 0xa0 || !reserved.has(code)
}
