import { placeholder } from './operation.ts'
import type { OperationSpec } from './operation.ts'
import { trimmed } from './origin.ts'
import { Refusal } from './refusal.ts'

type Values = Readonly<Record<string, unknown>>

/** Most keys and ids: nothing in them is unsafe or has to be escaped. */
const plain = /^[\w-]{1,255}$/

/** The path of an operation whose parameters are all plain; nothing when one has to be looked at more closely. */
export function fillPlainPath(operation: OperationSpec, values: Values = {}): string | undefined {
  const path = operation.path.replace(placeholder, (left, name: string) => {
    const value = values[name]
    return typeof value === 'string' && plain.test(value) ? value : left
  })
  return path.includes('{') ? undefined : path
}

const isPlain = (value: unknown): value is string | number | boolean => typeof value !== 'object'

function append(into: URLSearchParams, name: string, value: unknown): void {
  if (value === undefined || value === null) return
  if (isPlain(value)) into.append(name, String(value))
  else if (Array.isArray(value)) for (const member of value) append(into, name, member)
  else for (const [key, member] of Object.entries(value)) append(into, key, member)
}

/**
 * The query with its question mark, or nothing. An array is repeated, or comma-separated where the record says so; an
 * object stands for parameters of its own; what is `undefined` or `null` is left out.
 */
export function fillQuery(operation: OperationSpec, values: Values = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) {
    const joined = Array.isArray(value) && operation.csv?.includes(name) === true
    if (joined) {
      if (value.length > 0) query.append(name, value.join(','))
    } else append(query, name, value)
  }
  return query.size === 0 ? '' : `?${query.toString()}`
}

/** The finished address, parsed again: it has to come out as it went in, under the base. */
export function addressUnder(base: string, path: string): URL {
  const expected = trimmed(new URL(base)) + path
  const address = new URL(expected)
  if (address.href !== expected || address.hash !== '')
    throw new Refusal('The address does not lie under the base address.')
  return address
}
