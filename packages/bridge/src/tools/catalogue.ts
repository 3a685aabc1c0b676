import type { JsonObject } from '../json/object.ts'
import { isJsonObject, objectIn, parseJsonObject, textIn } from '../json/object.ts'
import { headerValue } from '../remote/headers.ts'
import type { HeaderRule } from './header-rules.ts'
import { headerRules } from './header-rules.ts'

/** What is known of the server's tools from its own lists. */
export interface Catalogue {
  /** Reads the raw result of a `tools/list`. */
  readonly learn: (result: string) => void
  /** Whether a request can be sent twice without harm. What is not known to be harmless is not. */
  readonly isRepeatable: (method: string, tool: string | undefined) => boolean
  /** Whether a tool changes nothing, by its hints. Undefined: its entry has not been seen. */
  readonly isReading: (tool: string) => boolean | undefined
  /** Whether the server has a tool of this name, as far as it said. */
  readonly has: (tool: string) => boolean
  /** Arguments that travel as headers too, from the raw JSON of the parameters. @see MCP 2026-07-28, `x-mcp-header` */
  readonly headersFor: (tool: string, params: () => string) => Readonly<Record<string, string>>
}

interface KnownTool {
  readonly isReading: boolean
  readonly repeatable: boolean
  readonly mirrored: readonly HeaderRule[]
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
    isReading: (tool) => tools.get(tool)?.isReading,
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
  const isReading = hints['readOnlyHint'] === true
  return {
    isReading,
    repeatable: isReading || hints['idempotentHint'] === true,
    mirrored: headerRules(objectIn(tool, 'inputSchema')) ?? [],
  }
}

function primitiveText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  return typeof value === 'number' && (!Number.isInteger(value) || Number.isSafeInteger(value))
    ? String(value)
    : undefined
}
