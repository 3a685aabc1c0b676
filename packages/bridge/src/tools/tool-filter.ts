import type { JsonObject } from '../json/object.ts'
import { objectIn, textIn } from '../json/object.ts'

/** Which of a server's tools the host gets to see and to call. Patterns are names in any case, with `*` for any text. */
export interface ToolPolicy {
  /** Only tools that match one of these. Default: all. */
  readonly allow?: readonly string[]
  /** No tools that match one of these, also where `allow` has them. */
  readonly deny?: readonly string[]
  /** Only tools that the server says change nothing (`readOnlyHint`). Default: false. */
  readonly readOnly?: boolean
}

/** Decides on tools. */
export interface ToolFilter {
  /** Whether it lets everything through. */
  readonly isOpen: boolean
  /** Whether a tool's entry in a list says enough for a decision that its name alone does not allow. */
  readonly needsHints: boolean
  /** Whether a tool of this name may be there at all. */
  readonly permitsName: (name: string) => boolean
  /** Whether an entry of `tools/list` may be shown. */
  readonly permits: (tool: JsonObject) => boolean
}

/** Makes a filter. */
export function createToolFilter({ allow, deny = [], readOnly = false }: ToolPolicy = {}): ToolFilter {
  const [allowed, denied] = [allow?.map(matcherOf), deny.map(matcherOf)]
  const permitsName = (name: string): boolean =>
    (allowed === undefined || allowed.some((matches) => matches(name))) &&
    !denied.some((matches) => matches(name))
  return {
    isOpen: allowed === undefined && denied.length === 0 && !readOnly,
    needsHints: readOnly,
    permitsName,
    permits: (tool) =>
      permitsName(textIn(tool, 'name') ?? '') &&
      (!readOnly || objectIn(tool, 'annotations')['readOnlyHint'] === true),
  }
}

/** Matches in linear time: the parts between the stars are looked for one after the other. */
function matcherOf(pattern: string): (name: string) => boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*')
  const last = rest.pop()
  return (given) => {
    const name = given.toLowerCase()
    if (last === undefined) return name === first
    if (!name.startsWith(first) || name.length < first.length + last.length) return false
    let at = first.length
    for (const part of rest) {
      const found = name.indexOf(part, at)
      if (found < 0) return false
      at = found + part.length
    }
    return name.length - last.length >= at && name.endsWith(last)
  }
}
