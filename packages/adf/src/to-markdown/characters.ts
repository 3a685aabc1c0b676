/** What a character is for the rules of emphasis: the start and end of a line count as space. */
export type CharacterClass = 'punctuation' | 'space' | 'word'

const space = /[\t\n\v\f\r\p{Zs}]/u
const punctuation = /[\p{P}\p{S}\ufffd]/u

/** The class of the first character of a text. */
export function firstClass(text: string): CharacterClass {
  const code = text.codePointAt(0)
  return code === undefined ? 'space' : classOf(code)
}

/** The class of the last character of a text. */
export function lastClass(text: string): CharacterClass {
  const unit = text.charCodeAt(text.length - 1)
  if (Number.isNaN(unit)) return 'space'
  return classOf(isLow(unit) && text.length > 1 ? (text.codePointAt(text.length - 2) ?? unit) : unit)
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

function classOf(code: number): CharacterClass {
  if (code < 128) {
    if (code === 32 || (code >= 9 && code <= 13)) return 'space'
    return isAlphanumeric(code) || code < 33 || code === 127 ? 'word' : 'punctuation'
  }
  if (code >= 0xd800 && code <= 0xdfff) return 'punctuation'
  const character = String.fromCodePoint(code)
  if (space.test(character)) return 'space'
  return punctuation.test(character) ? 'punctuation' : 'word'
}

/** Whether a code unit is an ASCII letter or digit. */
export function isAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57)
}

/** Whether a text holds something that no Markdown can say: a zero, a vertical tab, half a character. */
export function isUnspeakable(text: string): boolean {
  return text.includes('\0') || text.includes('\v') || !text.isWellFormed()
}
