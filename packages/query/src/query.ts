import type { Language, Node, Query, Sort } from './ast.ts'

const genuine = new WeakSet()

/** The parts of a query that a parser or a template found. */
export interface QueryParts {
  readonly language: Language
  readonly where: Node | undefined
  readonly orderBy: readonly Sort[]
  readonly text: string
}

/** Makes a query. `sound`: free of errors, and so allowed into a template. */
export function createQuery({ language, where, orderBy, text }: QueryParts, sound: boolean): Query {
  const query: Query = {
    language,
    ...(where && { where }),
    orderBy,
    span: { start: 0, end: text.length },
    text,
    toString: () => text,
  }
  if (sound) genuine.add(query)
  return query
}

/** Whether a value is a query of this module's making. An object of the same shape that came as JSON is not. */
export function isQuery(value: unknown): value is Query {
  return typeof value === 'object' && value !== null && genuine.has(value)
}
