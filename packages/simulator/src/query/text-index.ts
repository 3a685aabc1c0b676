import { prepareText, type PreparedText } from '@telamon/query'

const prepared = new WeakMap<object, Map<string, { readonly source: unknown; readonly text: PreparedText }>>()

/**
 * A text ready for searching, cut into words once. It is kept as long as its owner lives, and made anew when `source`
 * is another object or text than last time.
 */
export function searchable(
  owner: object,
  { part, source, read }: { readonly part: string; readonly source: unknown; readonly read: () => string },
): PreparedText {
  const parts =
    prepared.get(owner) ?? new Map<string, { readonly source: unknown; readonly text: PreparedText }>()
  prepared.set(owner, parts)
  const known = parts.get(part)
  if (known && known.source === source) return known.text
  const text = prepareText(read())
  parts.set(part, { source, text })
  return text
}
