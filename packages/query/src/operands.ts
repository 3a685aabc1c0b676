import type { Call, Field, Operand, Property, Value } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { needsQuotes } from './languages/bare.ts'
import type { Token } from './lexer.ts'

/** `field := number | (text | 'cf' '[' digits ']') property*`; undefined after a mistake. */
export function parseField(cursor: Cursor): Field | undefined {
  const { start, kind, hole, keyword, value } = cursor.token()
  const { extended } = cursor.source.grammar
  if (kind === 'hole' && cursor.holes) {
    cursor.take()
    return cursor.holes.field(hole)
  }
  if (extended && kind === 'word' && value.toLowerCase() === 'cf') return parseCustomField(cursor)
  if (keyword !== '' || !isText(kind)) return cursor.fail('field')
  const token = takeText(cursor)
  if (token === undefined) return undefined
  const properties = extended && token.kind !== 'number' ? parseProperties(cursor) : []
  if (properties === undefined) return undefined
  return { name: token.value, quoted: isQuoted(token), properties, span: cursor.spanFrom(start) }
}

function parseCustomField(cursor: Cursor): Field | undefined {
  const { start } = cursor.take()
  if (!cursor.takeIf('[')) return cursor.fail('custom-field', "'['")
  const { kind, value } = cursor.token()
  const customId = Number(value)
  if (kind !== 'number' || customId < 0 || !Number.isSafeInteger(customId)) {
    return cursor.fail('custom-field', 'a custom field id')
  }
  cursor.take()
  if (!cursor.takeIf(']')) return cursor.fail('custom-field', "']'")
  const properties = parseProperties(cursor)
  if (properties === undefined) return undefined
  return { name: `cf[${customId}]`, quoted: false, customId, properties, span: cursor.spanFrom(start) }
}

function parseProperties(cursor: Cursor): readonly Property[] | undefined {
  const properties: Property[] = []
  while (cursor.takeIf('[')) {
    const property = parseProperty(cursor)
    if (property === undefined) return undefined
    properties.push(property)
  }
  return properties
}

/** `property := '[' argument ']' ( '.' text )*`, after its bracket. */
function parseProperty(cursor: Cursor): Property | undefined {
  if (!isText(cursor.token().kind) || cursor.token().keyword !== '') return cursor.fail('property')
  const key = takeText(cursor)
  if (key === undefined) return undefined
  if (!cursor.takeIf(']')) return cursor.fail('property', "']'")
  let path = ''
  while (cursor.token().kind === 'word' && cursor.token().value.startsWith('.')) {
    path += cursor.take().value
    const { kind, keyword } = cursor.token()
    if (path.endsWith('.') && keyword === '' && isText(kind)) path += cursor.take().value
  }
  return { key: key.value, path: path.slice(1) }
}

/** `operand := EMPTY | value | call | list`; undefined after a mistake. */
export function parseOperand(cursor: Cursor): Operand | undefined {
  const { start, kind, hole, keyword } = cursor.token()
  if (kind === 'hole' && cursor.holes) {
    cursor.take()
    return cursor.holes.operand(hole)
  }
  if (cursor.takeIf('(')) return cursor.deeper(() => parseList(cursor, start))
  if (cursor.takeIf('empty') ?? cursor.takeIf('null')) {
    return { type: 'empty', span: cursor.spanFrom(start) }
  }
  if (keyword !== '' || !isText(kind)) return cursor.fail('operand')
  const token = takeText(cursor)
  if (token === undefined) return undefined
  if (token.value !== '' && cursor.takeIf('(')) return parseCall(cursor, token)
  return valueOf(token)
}

function parseList(cursor: Cursor, start: number): Operand | undefined {
  const items: Operand[] = []
  do {
    const { kind } = cursor.token()
    const item = parseOperand(cursor)
    if (item === undefined) return undefined
    // `IN (${array})` means what `IN ${array}` does.
    if (kind === 'hole' && item.type === 'list') items.push(...item.items)
    else items.push(item)
  } while (cursor.takeIf(','))
  if (!cursor.takeIf(')')) return cursor.fail('list', isEnd(cursor) ? "')'" : "either ')' or ','")
  return { type: 'list', items, span: cursor.spanFrom(start) }
}

function parseCall(cursor: Cursor, { value: name, start }: Token): Call | undefined {
  const args: Value[] = []
  if (!cursor.takeIf(')')) {
    do {
      const argument = parseArgument(cursor)
      if (argument === undefined) return undefined
      args.push(argument)
    } while (cursor.takeIf(','))
    if (!cursor.takeIf(')')) return cursor.fail('list', isEnd(cursor) ? "')'" : "either ')' or ','")
  }
  return { type: 'call', name, args, span: cursor.spanFrom(start) }
}

function parseArgument(cursor: Cursor): Value | undefined {
  const { kind, hole, keyword } = cursor.token()
  if (kind === 'hole' && cursor.holes) {
    cursor.take()
    return cursor.holes.argument(hole)
  }
  if (keyword !== '' || !isText(kind)) return cursor.fail('argument')
  const token = takeText(cursor)
  return token && valueOf(token)
}

function isEnd(cursor: Cursor): boolean {
  return cursor.token().kind === 'end'
}

function isText(kind: Token['kind']): boolean {
  return kind === 'word' || kind === 'number' || kind === 'string'
}

/** Takes a word, a number or a text, unless it is a word that must be quoted. */
function takeText(cursor: Cursor): Token | undefined {
  const { kind, value } = cursor.token()
  const { reserved } = cursor.source.grammar
  if (kind === 'word' && reserved.has(value.toLowerCase())) return cursor.fail('reserved-word')
  return cursor.take()
}

function isQuoted({ kind, value }: Token): boolean {
  return kind === 'string' || (kind === 'word' && needsQuotes(value))
}

function valueOf(token: Token): Value {
  const { kind, value, start, end } = token
  const number = kind === 'number' ? { number: Number(value) } : {}
  return { type: 'value', value, quoted: isQuoted(token), ...number, span: { start, end } }
}
