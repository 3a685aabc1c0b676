import type { JsonObject } from './json/object.ts'
import { isJsonObject, objectIn, parseJsonObject, textIn } from './json/object.ts'
import { headerValue } from './remote/headers.ts'

/** What is known of the server's tools from its own lists. */
export interface Catalogue {
  /** Reads the raw result of a `tools/list`. */
  readonly learn: (result: string) => void
  /** Whether a request can be sent twice without harm. What is not known to be harmless is not. */
  readonly isRepeatable: (method: string, tool: string | undefined) => boolean
  /** Whether the server has a tool of this name, as far as it said. */
  readonly has: (tool: string) => boolean
  /** Arguments that travel as headers too, from the raw JSON of the parameters. @see MCP 2026-07-28, `x-mcp-header` */
  readonly headersFor: (tool: string, params: () => string) => Readonly<Record<string, string>>
}

interface KnownTool {
  readonly repeatable: boolean
  readonly mirrored: readonly Mirrored[]
}

/** An argument that a header repeats. */
interface Mirrored {
  readonly path: readonly string[]
  readonly header: string
}

const reading: ReadonlySet<string> = new Set([
  'tools/list',
  'prompts/list',
  'prompts/get',
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'completion/complete',
  'ping',
  'logging/setLevel',
])

/** Tools that are remembered at most. */
const maxTools = 10_000

/** Makes an empty catalogue. */
export function createCatalogue(): Catalogue {
  const tools = new Map<string, KnownTool>()
  return {
    learn(result) {
      const list = parseJsonObject(result)?.['tools']
      for (const tool of Array.isArray(list) ? list : []) {
        const name = isJsonObject(tool) ? textIn(tool, 'name') : undefined
        if (name !== undefined && tools.size < maxTools) tools.set(name, readTool(tool))
      }
    },
    isRepeatable: (method, tool) =>
      reading.has(method) ||
      (method === 'tools/call' && tool !== undefined && tools.get(tool)?.repeatable === true),
    has: (tool) => tools.has(tool),
    headersFor(tool, params) {
      const mirrored = tools.get(tool)?.mirrored ?? []
      if (mirrored.length === 0) return {}
      const given = objectIn(parseJsonObject(params()), 'arguments')
      return Object.fromEntries(
        mirrored.flatMap(({ path, header }) => {
          const text = primitiveText(
            path.reduce<unknown>((value, key) => (isJsonObject(value) ? value[key] : undefined), given),
          )
          return text === undefined ? [] : [[header, headerValue(text)]]
        }),
      )
    },
  }
}

function readTool(tool: JsonObject): KnownTool {
  const hints = objectIn(tool, 'annotations')
  return {
    repeatable: hints['readOnlyHint'] === true || hints['idempotentHint'] === true,
    mirrored: mirroredIn(objectIn(tool, 'inputSchema'), [], 0),
  }
}

const token = /^[\w!#$%&'*+.^`|~-]{1,100}$/

/** Declarations count where they are reached by `properties` alone. */
function mirroredIn(schema: JsonObject, path: readonly string[], depth: number): readonly Mirrored[] {
  if (depth > 16) return []
  return Object.entries(objectIn(schema, 'properties')).flatMap(([key, value]) => {
    if (!isJsonObject(value)) return []
    const here = path.concat(key)
    const header = textIn(value, 'x-mcp-header')
    const own: readonly Mirrored[] =
      header !== undefined && token.test(header) ? [{ path: here, header: `mcp-param-${header}` }] : []
    return own.concat(mirroredIn(value, here, depth + 1))
  })
}

function primitiveText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  return typeof value === 'number' && (!Number.isInteger(value) || Number.isSafeInteger(value))
    ? String(value)
    : undefined
}
