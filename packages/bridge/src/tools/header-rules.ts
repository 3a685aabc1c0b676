import type { JsonObject } from '../json/object.ts'
import { isJsonObject, objectIn } from '../json/object.ts'

/** An argument that a header repeats. */
export interface HeaderRule {
  readonly path: readonly string[]
  readonly header: string
}

const token = /^[\w!#$%&'*+.^`|~-]{1,100}$/

/** The types whose values have one spelling. A number that is no integer has several. */
const spelt: ReadonlySet<unknown> = new Set(['string', 'integer', 'boolean'])

/** Schemas that are nested deeper are not looked at. */
const maxDepth = 16

/**
 * The arguments of a tool that travel as headers too, by its input schema. Declarations count where `properties` alone
 * lead to them. Undefined: a declaration is invalid, and such a tool must not be offered.
 * @see MCP 2026-07-28, Streamable HTTP, `x-mcp-header`
 */
export function headerRules(schema: JsonObject): readonly HeaderRule[] | undefined {
  const found: HeaderRule[] = []
  const isValid = collect(schema, { path: [], found })
  const names = new Set(found.map(({ header }) => header.toLowerCase()))
  return isValid && names.size === found.length ? found : undefined
}

function collect(
  schema: JsonObject,
  { path, found }: { readonly path: readonly string[]; readonly found: HeaderRule[] },
): boolean {
  if (path.length > maxDepth) return true
  return Object.entries(objectIn(schema, 'properties')).every(([key, value]) => {
    if (!isJsonObject(value)) return true
    const here = path.concat(key)
    const name = value['x-mcp-header']
    if (name !== undefined) {
      if (typeof name !== 'string' || !token.test(name) || !spelt.has(value['type'])) return false
      found.push({ path: here, header: `mcp-param-${name}` })
    }
    return collect(value, { path: here, found })
  })
}
