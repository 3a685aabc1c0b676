import type { OperationSpec } from './operation.ts'
import { Refusal } from './refusal.ts'

type Values = Readonly<Record<string, unknown>>

/** v2 has placeholders with hyphens: `{page-id}`. */
const placeholder = /\{([^{}]+)\}/g

/**
 * What no key, id or name in a path needs, and what could end, leave or disguise a path segment once a proxy has
 * decoded it: controls, invisible and bidirectional characters, slashes of any script, `?`, `#` and `%`.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}/\\?#%\u2044\u2215\u2216\u29f5\u29f8\uff0f\uff3c]/u

/** Most keys and ids: nothing in them is unsafe or has to be escaped. */
const plain = /^[\w-]{1,255}$/

/** In UTF-16 units. The longest names Atlassian documents for a path have 255 characters. */
const longestParameter = 1_024

/** The path of an operation with its parameters filled in. Throws before anything is sent when one is not fit for a path. */
export function fillPath(operation: OperationSpec, values: Values = {}): string {
  return operation.path.replace(placeholder, (_, name: string) => {
    const value = values[name]
    const text = typeof value === 'number' ? String(value) : value
    if (typeof text === 'string' && plain.test(text)) return text
    if (typeof text !== 'string' || text === '') throw new Refusal(`The path parameter ${name} is missing.`)
    if (text === '.' || text === '..' || unsafe.test(text) || text.length > longestParameter)
      throw new Refusal(`The path parameter ${name} is not the key, id or name of anything.`)
    return encodeURIComponent(text)
  })
}

function append(into: URLSearchParams, name: string, value: unknown): void {
  if (value === undefined || value === null) return
  if (typeof value === 'string') into.append(name, value)
  else if (typeof value === 'number' || typeof value === 'boolean') into.append(name, String(value))
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

/** The finished address, parsed again: the path has to come out of it as it went in, under the base. */
export function addressUnder(base: string, path: string): URL {
  const root = new URL(base)
  const prefix = root.pathname.replace(/\/+$/, '')
  const query = path.indexOf('?')
  const expected = prefix + (query === -1 ? path : path.slice(0, query))
  const address = new URL(root.origin + prefix + path)
  if (address.origin !== root.origin || address.pathname !== expected || address.hash !== '')
    throw new Refusal('The address does not lie under the base address.')
  return address
}
