/** The two families of protocol revisions: 2025 with `initialize`, and 2026-07-28 with metadata in each request. */
export type Era = 'legacy' | 'modern'

/** The modern revision that is served. */
export const modernRevision = '2026-07-28'

/** The 2025 revisions that are served, as clients name them in `MCP-Protocol-Version`. */
export const legacyRevisions: readonly string[] = ['2025-11-25', '2025-06-18', '2025-03-26']

/** Members of `_meta` that the protocol keeps for itself. */
export const metaKeys = {
  protocolVersion: 'io.modelcontextprotocol/protocolVersion',
  clientInfo: 'io.modelcontextprotocol/clientInfo',
  clientCapabilities: 'io.modelcontextprotocol/clientCapabilities',
  logLevel: 'io.modelcontextprotocol/logLevel',
  relatedTask: 'io.modelcontextprotocol/related-task',
  serverInfo: 'io.modelcontextprotocol/serverInfo',
} as const

/** How the server names itself. */
export interface ServerInfo {
  readonly name: string
  readonly title?: string
  readonly version: string
}

/** An object of JSON. */
export type JsonObject = Readonly<Record<string, unknown>>

/** A JSON-RPC request as far as it concerns us; whatever else it is, the SDK decides. */
export interface WireRequest {
  readonly id: string | number
  readonly method: string
  readonly params: JsonObject
  readonly era: Era
}

/** Reads a message as a request. Undefined for notifications, answers, and whatever is not well-formed. */
export function readRequest(message: unknown): WireRequest | undefined {
  if (!isJsonObject(message) || message['jsonrpc'] !== '2.0') return undefined
  const { id, method, params = {} } = message
  if (typeof id !== 'string' && !Number.isSafeInteger(id)) return undefined
  if (typeof method !== 'string' || !isJsonObject(params)) return undefined
  if (!Object.keys(message).every((key) => requestMembers.has(key))) return undefined
  const meta = params['_meta']
  const claims = isJsonObject(meta) && Object.hasOwn(meta, metaKeys.protocolVersion)
  return { id: typeof id === 'string' ? id : Number(id), method, params, era: claims ? 'modern' : 'legacy' }
}

const requestMembers: ReadonlySet<string> = new Set(['jsonrpc', 'id', 'method', 'params'])

/** Whether a value is an object and not a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A whole answer around an encoded result. */
export function answerText(id: string | number, result: string): string {
  return `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${result}}`
}

/** A result of a call as the era writes it. */
export function encodedResult(result: JsonObject, era: Era, info: ServerInfo): string {
  return JSON.stringify(era === 'legacy' ? result : modernResult(result, info))
}

/** What revision 2026-07-28 adds to every result. */
export function modernResult(result: JsonObject, info: ServerInfo): JsonObject {
  const meta = isJsonObject(result['_meta']) ? result['_meta'] : {}
  return { ...result, resultType: 'complete', _meta: { ...meta, [metaKeys.serverInfo]: info } }
}

/** A JSON-RPC error as an HTTP answer. */
export function errorAnswer(
  status: number,
  error: { readonly code: number; readonly message: string },
  id: string | number | null = null,
): Response {
  return Response.json({ jsonrpc: '2.0', id, error }, { status })
}
