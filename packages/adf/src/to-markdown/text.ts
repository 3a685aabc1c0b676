import { isAlphanumeric } from './characters.ts'

/** Where a piece of text stands, as far as escaping depends on it. */
export interface TextPlace {
  /** It begins a line of its block. */
  readonly start: boolean
  /** It begins a line in which markers of blocks are recognised. */
  readonly marker: boolean
  /** It ends a line of its block. */
  readonly end: boolean
  /** It stands in square brackets of ours. */
  readonly label: boolean
  /** It is the whole label of a link, where addresses are not recognised. */
  readonly link: boolean
  /** It ends a heading, where `#` closes. */
  readonly heading: boolean
  /** What follows begins with `[`. */
  readonly bracketNext: boolean
}

/** What needs a look. Text without any of these is written as it is. */
const special = /[\\`*_[\]<&~!:#\n\r]|^[\s>|+\-=\d{]|\s$/

const entity = /&(?:#[xX][0-9a-fA-F]{1,6}|#\d{1,7}|[A-Za-z][A-Za-z0-9]{1,31});/y
const emoji = /:[a-z0-9_+-]+:(?![A-Za-z0-9])/y
const directive = /:(?:bg|color|comment|date|emoji|media|placeholder|status)(?:\[|$)/y
const openHeading = /^#{1,6}(?=\s|$)/
const number = /^\d{1,9}(?=[.)](?:\s|$))/

/**
 * Writes text so that it is read as text, with a backslash where Markdown or a notation of ours would see more, and
 * nowhere else. White space that would be trimmed, and breaks of lines, are written as numeric entities.
 */
export function escapeText(text: string, place: TextPlace): string {
  if (!special.test(text)) return text
  let result = ''
  let from = 0
  let index = place.marker ? escapeStart(text, place) : 0
  if (index > 0) {
    result = startOf(text, index)
    from = index
  }
  for (; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code > 127 ? !isEdge(text, index, place) : plain[code] === 1) continue
    const replacement = replace(text, index, place)
    if (replacement !== '') {
      result += text.slice(from, index) + replacement
      from = index + 1
    }
  }
  return from === 0 ? text : result + text.slice(from)
}

/** Characters below 128 that never need anything but at the edges of a line. */
const plain = Uint8Array.from({ length: 128 }, (_, code) =>
  isAlphanumeric(code) || '"$%\'(),./;?@^}>+-='.includes(String.fromCharCode(code)) ? 1 : 0,
)

/** How much of the beginning is a marker that begins a block, and is written with a backslash. */
function escapeStart(text: string, place: TextPlace): number {
  const heading = openHeading.exec(text)
  if (heading) return 1
  const digits = number.exec(text)
  if (digits) return digits[0].length + 1
  const next = text.charAt(1)
  switch (text.charAt(0)) {
    case '>':
    case '|':
    case '=':
    case '*':
      return 1
    case '+':
      return next === '' || /\s/.test(next) ? 1 : 0
    case '-':
      return next === '' || /[\s\-|:]/.test(next) ? 1 : 0
    case ':':
      return next === ':' || next === '-' ? 1 : 0
    case '[':
      return !place.label && needsBracket(text) ? 1 : 0
    default:
      return 0
  }
}

function startOf(text: string, length: number): string {
  return `${text.slice(0, length - 1)}\\${text.charAt(length - 1)}`
}

/** Whether a bracket at the start of a line could open a definition, a task or a callout. */
function needsBracket(text: string): boolean {
  const close = text.indexOf(']')
  // The first bracket may be escaped, and the label end at a later one.
  if (close === -1 || close === text.length - 1 || text.includes(']:')) return true
  const label = text.slice(1, close)
  return label === ' ' || label === 'x' || label === 'X' || label.startsWith('!')
}

/** What a character is written as; empty when as itself. */
function replace(text: string, index: number, place: TextPlace): string {
  const character = text.charAt(index)
  const escaped = `\\${character}`
  switch (character) {
    case '\n':
      return '&#10;'
    case '\r':
      return '&#13;'
    case '`':
      return escaped
    case '\\':
      return isAlphanumeric(text.charCodeAt(index + 1)) ? '' : escaped
    case '*':
      return isSpace(text, index - 1) && isSpace(text, index + 1) ? '' : escaped
    case '_':
      return isWithinWord(text, index) ? '' : escaped
    case '[':
      return place.label ? escaped : ''
    case ']':
      return place.label || text.charAt(index + 1) === '(' ? escaped : ''
    case '<':
      return index === text.length - 1 || /[A-Za-z/!?]/.test(text.charAt(index + 1)) ? escaped : ''
    case '&':
      return matches(entity, text, index) ? escaped : ''
    case '~':
      return index === 0 ||
        index === text.length - 1 ||
        text.charAt(index - 1) === '~' ||
        text.charAt(index + 1) === '~'
        ? escaped
        : ''
    case '!':
      return text.charAt(index + 1) === '[' || (index === text.length - 1 && place.bracketNext) ? escaped : ''
    case ':':
      return needsColon(text, index, place) ? escaped : ''
    case '{':
      return index === 0 && !place.start ? escaped : ''
    case '#':
      return place.heading && closesHeading(text, index) ? escaped : ''
    default:
      return isEdge(text, index, place) ? `&#${text.charCodeAt(index)};` : ''
  }
}

/** White space at the edge of a line, which a reader trims. */
function isEdge(text: string, index: number, place: TextPlace): boolean {
  return (
    ((index === 0 && place.start) || (index === text.length - 1 && place.end)) &&
    /\s/.test(text.charAt(index))
  )
}

function isSpace(text: string, index: number): boolean {
  return text.charAt(index) === ' '
}

const wordCharacter = /[\p{L}\p{N}]/u

function isWithinWord(text: string, index: number): boolean {
  let before = index - 1
  let after = index + 1
  // Longer runs are escaped without looking further, so that the time stays linear.
  while (text.charAt(before) === '_' && index - before < 4) before -= 1
  while (text.charAt(after) === '_' && after - index < 4) after += 1
  return wordCharacter.test(text.charAt(before)) && wordCharacter.test(text.charAt(after))
}

function needsColon(text: string, index: number, place: TextPlace): boolean {
  // In a link none is recognised, but one with brackets after it would hide where the label ends.
  if (
    (!place.link || /[[\](){}"']/.test(text)) &&
    text.startsWith('//', index + 1) &&
    /https?$/i.test(text.slice(Math.max(0, index - 5), index))
  ) {
    return true
  }
  if (matches(directive, text, index)) return true
  return !/[A-Za-z0-9:]/.test(text.charAt(index - 1)) && matches(emoji, text, index)
}

/** A run of `#` at the end of a heading, after white space or alone, would be taken for its closing. */
function closesHeading(text: string, index: number): boolean {
  if (index > 0 && !/\s/.test(text.charAt(index - 1))) return false
  for (let at = index; at < text.length; at += 1) if (text.charAt(at) !== '#') return false
  return true
}

function matches(pattern: RegExp, text: string, index: number): boolean {
  pattern.lastIndex = index
  return pattern.test(text)
}
