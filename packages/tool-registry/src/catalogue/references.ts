import { isJsonObject } from '../wire.ts'

/** A place in an earlier result: `{{created.key}}`, `{{found.issues.0.key}}`. */
const reference = /\{\{\s*([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)\s*\}\}/g

/** Arguments with every reference filled in, or the first one that names nothing. */
export type Filled =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly missing: string }

/**
 * Fills references in arguments from the data of earlier results. A text that is one reference takes the value as it is;
 * inside of a longer text it is written out. Results are data and never looked through for references themselves.
 */
export function filledIn(value: unknown, results: ReadonlyMap<string, unknown>): Filled {
  try {
    return { ok: true, value: filled(value, results) }
  } catch (error) {
    if (error instanceof MissingReference) return { ok: false, missing: error.message }
    throw error
  }
}

class MissingReference extends Error {}

function filled(value: unknown, results: ReadonlyMap<string, unknown>): unknown {
  if (typeof value === 'string') return filledText(value, results)
  if (Array.isArray(value)) return value.map((item) => filled(item, results))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, filled(member, results)]))
}

function filledText(text: string, results: ReadonlyMap<string, unknown>): unknown {
  const [whole] = text.trim().matchAll(reference)
  if (whole !== undefined && whole[0] === text.trim()) return lookedUp(whole[1] ?? '', results)
  return text.replaceAll(reference, (_match, path: string) => {
    const value = lookedUp(path, results)
    return typeof value === 'string' ? value : JSON.stringify(value)
  })
}

function lookedUp(path: string, results: ReadonlyMap<string, unknown>): unknown {
  const [id = '', ...steps] = path.split('.')
  let value = results.get(id)
  for (const step of steps) {
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? Reflect.get(value, step)
        : undefined
  }
  if (value === undefined) throw new MissingReference(path)
  return value
}
