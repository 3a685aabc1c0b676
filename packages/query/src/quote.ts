/**
 * The only place that escapes. Values become quoted text here, quoted text becomes values in the lexer, by the table
 * below.
 */

/** What stands for a backslash and the character after it. `\uXXXX` comes on top. */
export const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  ' ': ' ',
  t: '\t',
  n: '\n',
  r: '\r',
}

const short: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

// oxlint-disable-next-line no-control-regex -- control characters are what has to be escaped
const active = /[\\"\u0000-\u001f\u007f-\u009f\u2028\u2029\ufdd0-\ufdef\ufeff\ufffe\uffff]/g

/** Writes any text as one operand in double quotes. Both languages read it back unchanged. */
export function quote(value: string): string {
  return `"${value.replace(active, (char) => short[char] ?? `\\u${hex(char)}`)}"`
}

/**
 * Whether a character must not stand in a query, not even in quotes, but for its escape: control characters other than
 * the ends of lines, and those that Unicode keeps from being characters. By the reader of the editor (measured).
 */
export function isForbidden(code: number): boolean {
  if (code < 0x20) return code !== 10 && code !== 13
  if (code < 0xfdd0) return code >= 0x7f && code <= 0x9f
  return code <= 0xfdef || code >= 0xfffe
}

/** A character as four hexadecimal digits. */
export function hex(char: string): string {
  return char.charCodeAt(0).toString(16).padStart(4, '0')
}

const lucene = /[+\-&|!(){}[\]^~*?\\:"/]/g
const luceneWord = /\b(?:AND|OR|NOT)\b/g

/** Takes the second language out of a value for `~`, so that it means its words and nothing else. */
export function plainWords(text: string): string {
  return text.replace(lucene, String.raw`\$&`).replace(luceneWord, (word) => word.toLowerCase())
}

/** A value for `~` that asks for these words in this order. */
export function exactPhrase(text: string): string {
  return `"${text.replace(/["\\]/g, String.raw`\$&`)}"`
}
