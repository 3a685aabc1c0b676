/** What a statement is given, by name. Lists become arrays. */
export type Parameters = Readonly<Record<string, Parameter>>
type Parameter = string | number | boolean | null | readonly string[] | readonly number[]

/** A statement as the driver takes it: text with `$1`, and the values in that order. */
export interface Statement {
  readonly text: string
  readonly bind: (parameters: Parameters) => readonly unknown[]
}

/**
 * Reads `@table` as a table of the schema and `:name` as a parameter. Tables are named in full, rather than by a
 * search path, so that a pooler between us and the server may hand out any connection.
 */
export function compile(sql: string, schema: string): Statement {
  const names: string[] = []
  const text = sql.replace(/@(\w+)/g, `"${schema}".$1`).replace(/(?<!:):([a-z]\w*)/gi, (_, name: string) => {
    if (!names.includes(name)) names.push(name)
    return `$${names.indexOf(name) + 1}`
  })
  return {
    text,
    bind: (parameters) =>
      names.map((name) => {
        const value = parameters[name]
        if (value === undefined) throw new TypeError(`The statement needs ${name}`)
        return Array.isArray(value) ? value.map(storable) : storable(value)
      }),
  }
}

/** PostgreSQL keeps no NUL in a text: it becomes U+FFFD, as lone surrogates do in any UTF-8. */
const storable = (value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value
