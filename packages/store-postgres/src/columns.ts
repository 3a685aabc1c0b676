/** What a statement gives: columns by name. */
export type Row = Readonly<Record<string, unknown>>

/** Readers of columns: each throws when a row is not of the schema, so that nothing else has to look. */
export const text = (row: Row, name: string): string => {
  const value = row[name]
  if (typeof value === 'string') return value
  throw unexpected(name, value)
}

/** A number, whole or not. */
export const number = (row: Row, name: string): number => {
  const value = row[name]
  if (typeof value === 'number') return value
  throw unexpected(name, value)
}

export const flag = (row: Row, name: string): boolean => {
  const value = row[name]
  if (typeof value === 'boolean') return value
  throw unexpected(name, value)
}

/** Several numbers. */
export const numbers = (row: Row, name: string): readonly number[] => {
  const value = row[name]
  if (Array.isArray(value) && value.every((item) => typeof item === 'number')) return value
  throw unexpected(name, value)
}

/** JSON that this package wrote into the column itself, from a value of the type. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names what was written
export const json = <T>(row: Row, name: string): T => JSON.parse(text(row, name))

/** `{ [key]: value }`, or nothing at all where the column is NULL: an absent member stays absent. */
export function optional<Key extends string, T>(
  key: Key,
  read: (row: Row, name: string) => T,
  [row, name]: readonly [row: Row, name: string],
): { readonly [Name in Key]?: T } {
  if (row[name] === null) return {}
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a computed key widens to string
  return { [key]: read(row, name) } as { readonly [Name in Key]: T }
}

const unexpected = (name: string, value: unknown): TypeError =>
  new TypeError(`The column ${name} holds ${value === undefined ? 'nothing' : typeof value}: a foreign row`)
