import { placeholder } from './operation.ts'
import type { OperationSpec } from './operation.ts'
import { Refusal } from './refusal.ts'

/**
 * What no key, id or name in a path needs, and what could end, leave or disguise a path segment once a proxy has
 * decoded it: controls, invisible and bidirectional characters, slashes of any script, `?`, `#` and `%`.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}/\\?#%\u2044\u2215\u2216\u29f5\u29f8\uff0f\uff3c]/u

/** In UTF-16 units. The longest names Atlassian documents for a path have 255 characters. */
const longestParameter = 1_024

/** The path of an operation with its parameters filled in. Throws before anything is sent when one is not fit for a path. */
export function fillPath(operation: OperationSpec, values: Readonly<Record<string, unknown>> = {}): string {
  return operation.path.replace(placeholder, (_, name: string) => {
    const value = values[name]
    const text = typeof value === 'number' ? String(value) : value
    if (typeof text !== 'string' || text === '') throw new Refusal(`The path parameter ${name} is missing.`)
    if (text === '.' || text === '..' || unsafe.test(text) || text.length > longestParameter)
      throw new Refusal(`The path parameter ${name} is not the key, id or name of anything.`)
    return encodeURIComponent(text)
  })
}
