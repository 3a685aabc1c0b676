import type { Field, Operand, Sort } from '../ast.ts'

/** What a hole may hold besides plain values and whole queries. */
export type Part =
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'operand'; readonly operand: Operand }
  | { readonly kind: 'sort'; readonly sort: Sort }

/** A field, a value or a sort order, made by the functions of `jql` and `cql`. An object that came as JSON is none. */
export interface QueryPart {
  readonly kind: Part['kind']
}

const parts = new WeakMap<object, Part>()

/** Makes a part that templates will believe in. */
export function createPart(part: Part): QueryPart {
  const handle: QueryPart = { kind: part.kind }
  parts.set(handle, part)
  return handle
}

/** What is behind a part; undefined for everything else. */
export function readPart(value: unknown): Part | undefined {
  return typeof value === 'object' && value !== null ? parts.get(value) : undefined
}
