/** A hash as Redis keeps it: everything is text, and what is not there is absent. */
export type Row = Readonly<Record<string, string>>

/** A record as a hash: numbers in decimal, flags as 0 and 1, the rest as JSON. */
export function toFields(record: object): Row {
  const fields: Record<string, string> = {}
  for (const [name, value] of Object.entries(record)) if (value !== undefined) fields[name] = toField(value)
  return fields
}

const toField = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? '1' : '0'
  return JSON.stringify(value)
}

/** The hash that a script gave as names and values in turn; nothing for one that is not there. */
export function readRow(reply: unknown): Row | undefined {
  const words = readTexts(reply)
  if (words.length === 0) return undefined
  const row: Record<string, string> = {}
  for (let index = 0; index + 1 < words.length; index += 2) row[words[index] ?? ''] = words[index + 1] ?? ''
  return row
}

/** Several hashes. */
export const readRows = (reply: unknown): readonly Row[] =>
  readList(reply).flatMap((item) => {
    const row = readRow(item)
    return row === undefined ? [] : [row]
  })

/** Several texts; none for nothing. */
export const readTexts = (reply: unknown): readonly string[] =>
  readList(reply).map((item) => {
    if (typeof item === 'string') return item
    throw new TypeError(`Redis answered ${typeof item} where a text belongs`)
  })

/** Several of anything; none for nothing. */
export function readList(reply: unknown): readonly unknown[] {
  if (reply === null) return []
  if (Array.isArray(reply)) return reply
  throw new TypeError(`Redis answered ${typeof reply} where a list belongs`)
}

/** Readers of fields: each throws when a hash is not of the schema, so that nothing else has to look. */
export const text = (row: Row, name: string): string => {
  const value = row[name]
  if (value !== undefined) return value
  throw new TypeError(`The field ${name} is not there: a foreign key`)
}

/** A number, whole or not. */
export const number = (row: Row, name: string): number => {
  const value = Number(text(row, name))
  if (Number.isFinite(value)) return value
  throw new TypeError(`The field ${name} holds no number: a foreign key`)
}

/** 0 or 1. */
export const flag = (row: Row, name: string): boolean => text(row, name) === '1'

/** JSON that this package wrote into the field itself, from a value of the type. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names what was written
export const json = <T>(row: Row, name: string): T => JSON.parse(text(row, name))

/** `{ [name]: value }`, or nothing at all where the field is absent. */
export function optional<Name extends string, T>(
  row: Row,
  name: Name,
  read: (row: Row, name: string) => T,
): { readonly [Key in Name]?: T } {
  if (row[name] === undefined) return {}
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a computed key widens to string
  return { [name]: read(row, name) } as { readonly [Key in Name]: T }
}
