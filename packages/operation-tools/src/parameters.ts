import * as z from 'zod'

import type { DocumentInputs, JsonSchema, OperationInput } from './documents.ts'

/** How deep a body is spelled out. What lies deeper is accepted as it comes. */
const deepest = 5

/** Where an argument goes. */
type Place = 'path' | 'query'

/** The arguments of one operation: parameters by their own names, and the body as one. */
export interface Parameters {
  readonly shape: Readonly<Record<string, z.ZodType>>
  readonly places: ReadonlyMap<string, Place>
}

/** Makes the arguments of an operation. What is optional in the document is optional here. */
export function parametersOf(
  input: OperationInput,
  { schemas }: Pick<DocumentInputs, 'schemas'>,
): Parameters {
  const shape: Record<string, z.ZodType> = {}
  const places = new Map<string, Place>()
  for (const place of ['query', 'path'] as const) {
    for (const [stated, schema] of Object.entries(input[place] ?? {})) {
      const required = stated.endsWith('!')
      const name = required ? stated.slice(0, -1) : stated
      const value = valueOf(schema)
      shape[name] = required ? value : value.optional()
      places.set(name, place)
    }
  }
  if (input.body !== undefined) {
    const body = z.unknown().meta(spelledOut(input.body, schemas, 0))
    shape['body'] =
      input.bodyRequired === true
        ? body.refine((value) => value !== undefined, 'is missing')
        : body.optional()
  }
  return { shape, places }
}

/** Parameters are texts on the wire, so that a number does where a text is asked for. */
function valueOf({ type, enum: values, items }: JsonSchema): z.ZodType {
  if (Array.isArray(values)) return z.string().meta({ examples: values })
  if (type === 'boolean') return z.boolean()
  if (type === 'integer') return z.int()
  if (type === 'number') return z.number()
  if (type === 'array') {
    const item =
      typeof items === 'object' && items !== null
        ? valueOf(Object.fromEntries(Object.entries(items)))
        : z.string()
    return z.array(item)
  }
  return z.union([z.string(), z.number()]).meta({ type: 'string' })
}

/** A schema with its references filled in. */
function spelledOut(schema: JsonSchema, schemas: DocumentInputs['schemas'], depth: number): JsonSchema {
  const inner = (part: JsonSchema): JsonSchema => spelledOut(part, schemas, depth)
  const { $ref } = schema
  if (typeof $ref === 'string') {
    const named = schemas[$ref.slice('#/schemas/'.length)]
    return named === undefined || depth >= deepest ? {} : spelledOut(named, schemas, depth + 1)
  }
  return mapped(schema, (value, keyword) => {
    if (keyword === 'enum' || keyword === 'required') return value
    if (Array.isArray(value)) return value.map((part) => (isSchema(part) ? inner(part) : part))
    if (!isSchema(value)) return value
    return keyword === 'properties'
      ? mapped(value, (part) => (isSchema(part) ? inner(part) : part))
      : inner(value)
  })
}

function mapped(schema: JsonSchema, change: (value: unknown, name: string) => unknown): JsonSchema {
  return Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, change(value, name)]))
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
