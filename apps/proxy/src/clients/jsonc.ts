/**
 * Sets `text[outer][inner]` in a JSON document that may have comments and commas at the end, and leaves all else as it
 * is. Undefined: the text is not such a document, or `outer` is no object.
 */
export function withMember(
  text: string,
  [outer, inner]: readonly [string, string],
  value: unknown,
): string | undefined {
  const style = styleOf(text)
  if (text.trim() === '') return `${printed({ [outer]: { [inner]: value } }, style, 0)}${style.lineEnd}`
  const start = skipTrivia(text, text.startsWith('\uFEFF') ? 1 : 0)
  const root = readObject(text, start)
  if (!root || skipTrivia(text, root.end) !== text.length) return undefined
  const found = root.members.find(({ name }) => name === outer)
  if (!found)
    return inserted(text, root, { name: outer, text: printed({ [inner]: value }, style, 1), depth: 1, style })
  const object = readObject(text, found.start)
  if (!object) return undefined
  const old = object.members.find(({ name }) => name === inner)
  const fresh = printed(value, style, 2)
  if (old) return text.slice(0, old.start) + fresh + text.slice(old.end)
  return inserted(text, object, { name: inner, text: fresh, depth: 2, style })
}

interface Style {
  readonly indent: string
  readonly lineEnd: string
}

function styleOf(text: string): Style {
  const [, indent = '  '] = /^([ \t]+)"/m.exec(text) ?? []
  return { indent, lineEnd: text.includes('\r\n') ? '\r\n' : '\n' }
}

function printed(value: unknown, { indent, lineEnd }: Style, depth: number): string {
  return JSON.stringify(value, undefined, indent).replaceAll('\n', lineEnd + indent.repeat(depth))
}

interface Member {
  readonly name: string
  /** Of its value. */
  readonly start: number
  readonly end: number
}

interface ObjectSpan {
  readonly start: number
  readonly end: number
  readonly members: readonly Member[]
  /** Behind the last member and the comma that may follow it. */
  readonly rest: number
  readonly endsWithComma: boolean
}

interface Insertion {
  readonly name: string
  readonly text: string
  readonly depth: number
  readonly style: Style
}

function inserted(text: string, object: ObjectSpan, { name, text: value, depth, style }: Insertion): string {
  const { indent, lineEnd } = style
  const { members, rest, endsWithComma, start, end } = object
  const member = `${lineEnd}${indent.repeat(depth)}${JSON.stringify(name)}: ${value}`
  if (members.length === 0) {
    const inside = text.slice(start + 1, end - 1).trimEnd()
    return `${text.slice(0, start + 1)}${inside}${member}${lineEnd}${indent.repeat(depth - 1)}${text.slice(end - 1)}`
  }
  const line = endOfComment(text, rest)
  const comma = endsWithComma ? '' : ','
  return text.slice(0, rest) + comma + text.slice(rest, line) + member + text.slice(line)
}

/** A comment in the same line belongs to what stands before it. */
function endOfComment(text: string, from: number): number {
  const [comment = ''] = /^[ \t]*\/\/[^\r\n]*/.exec(text.slice(from)) ?? []
  return from + comment.length
}

function readObject(text: string, start: number): ObjectSpan | undefined {
  if (text[start] !== '{') return undefined
  const members: Member[] = []
  let [at, rest, endsWithComma] = [skipTrivia(text, start + 1), start + 1, false]
  while (text[at] === '"') {
    const keyEnd = endOfString(text, at)
    const colon = skipTrivia(text, keyEnd)
    const value = skipTrivia(text, colon + 1)
    const end = endOfValue(text, value)
    const name = nameOf(text.slice(at, keyEnd))
    if (text[colon] !== ':' || end <= value || name === undefined) return undefined
    members.push({ name, start: value, end })
    rest = end
    at = skipTrivia(text, end)
    endsWithComma = text[at] === ','
    if (!endsWithComma) break
    rest = at + 1
    at = skipTrivia(text, rest)
  }
  return text[at] === '}' ? { start, end: at + 1, members, rest, endsWithComma } : undefined
}

function nameOf(literal: string): string | undefined {
  try {
    const name: unknown = JSON.parse(literal)
    return typeof name === 'string' ? name : undefined
  } catch {
    return undefined // The whole document is refused for it.
  }
}

/** Behind white space and comments. */
function skipTrivia(text: string, from: number): number {
  const trivia = /(?:\s|\/\/[^\r\n]*|\/\*[^]*?\*\/)*/y
  trivia.lastIndex = from
  trivia.exec(text)
  return trivia.lastIndex
}

function endOfString(text: string, from: number): number {
  const literal = /"(?:[^"\\\r\n]|\\.)*"/y
  literal.lastIndex = from
  return literal.test(text) ? literal.lastIndex : from
}

/** The same position: there is no value. */
function endOfValue(text: string, from: number): number {
  if (text[from] === '"') return endOfString(text, from)
  if (text[from] === '{') return readObject(text, from)?.end ?? from
  if (text[from] !== '[') {
    const literal = /-?\d[\d.eE+-]*|true|false|null/y
    literal.lastIndex = from
    return literal.test(text) ? literal.lastIndex : from
  }
  let at = skipTrivia(text, from + 1)
  while (at < text.length && text[at] !== ']') {
    const end = endOfValue(text, at)
    if (end === at) return from
    at = skipTrivia(text, end)
    if (text[at] === ',') at = skipTrivia(text, at + 1)
    else if (text[at] !== ']') return from
  }
  return text[at] === ']' ? at + 1 : from
}
