import type { JsonObject } from '../wire.ts'
import { isJsonObject } from '../wire.ts'

/** Deepest nesting that is spelled out; below it a type is its name alone. */
const deepest = 4

/**
 * A JSON Schema in one line, in the manner of TypeScript, which costs a model less to read. Remarks follow their member,
 * in brackets.
 */
export function signatureOf(schema: JsonObject): string {
  return written(schema, 0)
}

function written(schema: unknown, depth: number): string {
  if (!isJsonObject(schema)) return 'any'
  const { const: constant, enum: values, anyOf, oneOf, type, items, additionalProperties } = schema
  if (constant !== undefined) return JSON.stringify(constant)
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(' | ')
  const options = Array.isArray(anyOf) ? anyOf : Array.isArray(oneOf) ? oneOf : undefined
  if (options !== undefined) return options.map((option) => written(option, depth)).join(' | ')
  if (Array.isArray(type)) return type.join(' | ')
  if (type === 'array') return `${grouped(written(items, depth + 1))}[]`
  if (type === 'object') {
    if (isJsonObject(schema['properties']) && depth < deepest) return members(schema, depth)
    return isJsonObject(additionalProperties)
      ? `{ [name]: ${written(additionalProperties, depth + 1)} }`
      : 'object'
  }
  return typeof type === 'string' ? type : 'any'
}

function members(schema: JsonObject, depth: number): string {
  const { properties, required } = schema
  const needed = new Set(Array.isArray(required) ? required : [])
  const parts = Object.entries(isJsonObject(properties) ? properties : {}).map(([name, member]) => {
    const remark =
      isJsonObject(member) && typeof member['description'] === 'string' ? ` (${member['description']})` : ''
    return `${name}${needed.has(name) ? '' : '?'}: ${written(member, depth + 1)}${remark}`
  })
  return parts.length === 0 ? '{}' : `{ ${parts.join('; ')} }`
}

function grouped(type: string): string {
  return type.includes(' | ') ? `(${type})` : type
}
