/** A part of a buffer: from `start` up to and without `end`. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Called for each member of an object with its raw key, quotes included, and its raw value. */
export type Visit = (key: Span, value: Span) => void

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const colon = 0x3a
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d

/** No value of the protocol nests as deep; one that does is refused. */
const maxDepth = 10_000

/** After so many bytes of a string, its end is searched for instead of walked to. */
const walked = 64

/**
 * Walks one JSON object without building it, and names its members as parts of the buffer.
 * Linear in time, no memory but the spans. Refuses what `JSON.parse` refuses, except that beyond the first 64 bytes
 * of a string control characters and unknown escapes go unnoticed, and that no value may nest deeper than 10,000.
 * Returns the position after the object, or -1 when it is not one.
 */
export function scanObject(bytes: Uint8Array, start: number, visit: Visit): number {
  let at = skipSpace(bytes, start)
  if (bytes[at] !== openBrace) return -1
  at = skipSpace(bytes, at + 1)
  if (bytes[at] === closeBrace) return at + 1
  for (;;) {
    const key = at
    const keyEnd = skipString(bytes, key)
    if (keyEnd < 0) return -1
    at = skipSpace(bytes, keyEnd)
    if (bytes[at] !== colon) return -1
    const value = skipSpace(bytes, at + 1)
    at = skipValue(bytes, value)
    if (at < 0) return -1
    visit({ start: key, end: keyEnd }, { start: value, end: at })
    at = skipSpace(bytes, at)
    if (bytes[at] === closeBrace) return at + 1
    if (bytes[at] !== comma) return -1
    at = skipSpace(bytes, at + 1)
  }
}

/** The same for the elements of an array. */
export function scanArray(bytes: Uint8Array, start: number, visit: (value: Span) => void): number {
  let at = skipSpace(bytes, start)
  if (bytes[at] !== openBracket) return -1
  at = skipSpace(bytes, at + 1)
  if (bytes[at] === closeBracket) return at + 1
  for (;;) {
    const value = at
    at = skipValue(bytes, value)
    if (at < 0) return -1
    visit({ start: value, end: at })
    at = skipSpace(bytes, at)
    if (bytes[at] === closeBracket) return at + 1
    if (bytes[at] !== comma) return -1
    at = skipSpace(bytes, at + 1)
  }
}

/** The position of the next byte that is not white space. */
export function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from
  for (;;) {
    const byte = bytes[at]
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at
    at++
  }
}

/** The position after the value that begins at `from`, or -1. */
function skipValue(bytes: Uint8Array, from: number): number {
  const closers: number[] = []
  let at = from
  for (;;) {
    const byte = bytes[at]
    if (byte === openBrace || byte === openBracket) {
      const closer = byte + 2
      at = skipSpace(bytes, at + 1)
      if (bytes[at] !== closer) {
        if (closers.push(closer) > maxDepth) return -1
        if (closer === closeBrace) at = skipKey(bytes, at)
        if (at < 0) return -1
        continue
      }
      at++
    } else {
      at = byte === quote ? skipString(bytes, at) : skipScalar(bytes, at)
      if (at < 0) return -1
    }
    for (;;) {
      const closer = closers.at(-1)
      if (closer === undefined) return at
      at = skipSpace(bytes, at)
      if (bytes[at] === closer) {
        closers.pop()
        at++
        continue
      }
      if (bytes[at] !== comma) return -1
      at = skipSpace(bytes, at + 1)
      if (closer === closeBrace) at = skipKey(bytes, at)
      if (at < 0) return -1
      break
    }
  }
}

/** The position of the value behind the key that begins at `from`, or -1. */
function skipKey(bytes: Uint8Array, from: number): number {
  const end = skipString(bytes, from)
  if (end < 0) return -1
  const at = skipSpace(bytes, end)
  return bytes[at] === colon ? skipSpace(bytes, at + 1) : -1
}

function skipString(bytes: Uint8Array, from: number): number {
  if (bytes[from] !== quote) return -1
  let at = from + 1
  let near = at + walked
  for (;;) {
    if (at >= near) {
      const end = bytes.indexOf(quote, at)
      if (end < 0) return -1
      if (!isEscaped(bytes, at, end)) return end + 1
      at = end + 1
      near = at + walked
    }
    const byte = bytes[at]
    if (byte === quote) return at + 1
    if (byte === undefined || byte < 0x20) return -1
    at = byte === backslash ? skipEscape(bytes, at) : at + 1
    if (at < 0) return -1
  }
}

/** Whether an odd number of backslashes stands before `at`, looking no further back than `from`. */
function isEscaped(bytes: Uint8Array, from: number, at: number): boolean {
  let first = at
  while (first > from && bytes[first - 1] === backslash) first--
  return (at - first) % 2 === 1
}

const escapes: ReadonlySet<number | undefined> = new Set(Buffer.from('"\\/bfnrt'))

function skipEscape(bytes: Uint8Array, at: number): number {
  const kind = bytes[at + 1]
  if (escapes.has(kind)) return at + 2
  if (kind !== 0x75) return -1
  for (let digit = at + 2; digit < at + 6; digit++) if (!isHex(bytes[digit])) return -1
  return at + 6
}

function isHex(byte = 0): boolean {
  return isDigit(byte) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66)
}

function isDigit(byte = 0): boolean {
  return byte >= 0x30 && byte <= 0x39
}

/** The literals by their first byte. */
const words: ReadonlyMap<number | undefined, Uint8Array> = new Map(
  ['true', 'false', 'null'].map((word) => [word.charCodeAt(0), Buffer.from(word)]),
)

function skipScalar(bytes: Uint8Array, from: number): number {
  const word = words.get(bytes[from])
  if (word) return startsWith(bytes, from, word) ? from + word.length : -1
  let at = bytes[from] === 0x2d ? from + 1 : from
  if (bytes[at] === 0x30) at++
  else at = skipDigits(bytes, at)
  if (at >= 0 && bytes[at] === 0x2e) at = skipDigits(bytes, at + 1)
  if (at >= 0 && (bytes[at] === 0x65 || bytes[at] === 0x45)) {
    const sign = bytes[at + 1]
    at = skipDigits(bytes, sign === 0x2b || sign === 0x2d ? at + 2 : at + 1)
  }
  return at
}

function skipDigits(bytes: Uint8Array, from: number): number {
  let at = from
  while (isDigit(bytes[at])) at++
  return at > from ? at : -1
}

function startsWith(bytes: Uint8Array, from: number, word: Uint8Array): boolean {
  return word.every((byte, index) => bytes[from + index] === byte)
}
