/** One member of a `RateLimit` or `RateLimit-Policy` field: a name and its numbers. What is absent is undefined. */
export interface PolicyItem {
  readonly name: string
  /** Quota. */
  q: number | undefined
  /** Window in seconds. */
  w: number | undefined
  /** What remains. */
  r: number | undefined
  /** Seconds until it is back. */
  t: number | undefined
}

/** No honest field is longer. */
const longest = 2000
const longestName = 80
const [quote, comma, semicolon, equals, space, tab] = [34, 44, 59, 61, 32, 9]
const zero = 48
const nine = 57
/** Beyond it numbers are not exact. */
const mostDigits = 15

/**
 * Reads a list of policies and never throws. Members that cannot be read are passed over, and no parameter is required:
 * Atlassian leaves `r` out while all is well, where the draft demands it (reported). Linear in the field's length.
 */
export function readPolicies(field: string | null): readonly PolicyItem[] {
  const items: PolicyItem[] = []
  if (field === null) return items
  const text = field.length > longest ? field.slice(0, longest) : field
  for (let at = 0; at >= 0;) {
    const open = text.indexOf('"', at)
    const close = open < 0 ? -1 : text.indexOf('"', open + 1)
    if (close < 0) break
    const item: PolicyItem = {
      name: text.slice(open + 1, close),
      q: undefined,
      w: undefined,
      r: undefined,
      t: undefined,
    }
    at = readParameters(text, close + 1, item)
    if (close - open > 1 && close - open <= longestName + 1 && !item.name.includes('\\')) items.push(item)
  }
  return items
}

/** Reads `;name=value` as often as it comes. Answers where the next member begins, or -1. */
function readParameters(text: string, from: number, item: PolicyItem): number {
  let at = skip(text, from)
  while (text.charCodeAt(at) === semicolon) {
    at = skip(text, at + 1)
    const name = text.charCodeAt(at)
    const isSingle = text.charCodeAt(at + 1) === equals
    while (at < text.length && !isEnd(text.charCodeAt(at)) && text.charCodeAt(at) !== equals) at += 1
    if (text.charCodeAt(at) !== equals) continue
    at += 1
    if (text.charCodeAt(at) === quote) {
      const end = text.indexOf('"', at + 1)
      if (end < 0) return -1
      at = skip(text, end + 1)
      continue
    }
    const begin = at
    let value = 0
    for (let code = text.charCodeAt(at); code >= zero && code <= nine; code = text.charCodeAt(at)) {
      value = value * 10 + code - zero
      at += 1
    }
    const digits = at - begin
    at = skip(text, at)
    const isWhole = digits > 0 && digits <= mostDigits && (at >= text.length || isEnd(text.charCodeAt(at)))
    if (isSingle && isWhole) write(item, name, value)
    while (at < text.length && !isEnd(text.charCodeAt(at))) at += 1
  }
  const next = text.indexOf(',', at)
  return next < 0 ? -1 : next + 1
}

function write(item: PolicyItem, name: number, value: number): void {
  if (name === 113) item.q = value
  else if (name === 119) item.w = value
  else if (name === 114) item.r = value
  else if (name === 116) item.t = value
}

const isEnd = (code: number): boolean => code === semicolon || code === comma

function skip(text: string, from: number): number {
  let at = from
  while (text.charCodeAt(at) === space || text.charCodeAt(at) === tab) at += 1
  return at
}
