import {
  createMcpHandler,
  isLegacyRequest,
  ProtocolError,
  ProtocolErrorCode,
  Server,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server'
import type { CallToolResult, ServerContext, Transport } from '@modelcontextprotocol/server'
import { serveStdio } from '@modelcontextprotocol/server/stdio'

import type { Refusal } from './admit.ts'
import type { CallFacts } from './call.ts'
import type { Exchange } from './exchange.ts'
import { nearest } from './nearest.ts'
import { listTtlMs } from './prepared.ts'
import type { Prepared, View } from './prepared.ts'
import { problemResult } from './problem.ts'
import type { CallResult } from './result.ts'
import type { Runner } from './run.ts'
import type { ProgressStep, ToolFacts } from './tool.ts'
import { oneLine } from './untrusted.ts'
import type { Visit } from './visit.ts'
import { isJsonObject } from './wire.ts'
import type { ServerInfo } from './wire.ts'

/** What the SDK's side shares with the fast path. */
export interface SdkSideOptions<Services> {
  readonly info: ServerInfo
  readonly instructions?: string
  readonly prepared: Prepared<Services>
  readonly run: Runner<Services>
  /** For long connections, whose calls nobody has admitted before. */
  readonly admit: (call: CallFacts) => Refusal | undefined
  /** What the SDK complains about; most of it is the client's doing. */
  readonly complain: (error: Error) => void
}

/** The SDK: it answers what the fast path declines, and serves long connections. */
export interface SdkSide<Services> {
  readonly fetch: (exchange: Exchange<Services>) => Promise<Response>
  readonly connect: (transport: Transport, visit: Visit<Services>, view: View<Services>) => AsyncDisposable
}

/** Sets the SDK up once. Each request, and each long connection, gets a server of its own. */
export function createSdkSide<Services>(options: SdkSideOptions<Services>): SdkSide<Services> {
  const { complain } = options
  const exchanges = new WeakMap<Request, Exchange<Services>>()
  const modern = createMcpHandler(({ requestInfo }) => serverFor(exchangeOf(requestInfo), options), {
    legacy: 'reject',
    onerror: complain,
  })

  function exchangeOf(request: Request | undefined): ServerScope<Services> {
    const exchange = request && exchanges.get(request)
    if (exchange === undefined)
      throw new Error('No visit reached the server: its factory was called from elsewhere.')
    return { ...exchange, admitted: true }
  }

  return {
    async fetch(exchange) {
      const { request, body } = exchange
      if (await isLegacyRequest(request, body)) return legacy(exchange, options)
      exchanges.set(request, exchange)
      return modern.fetch(request, { parsedBody: body })
    },
    connect(transport, visit, view) {
      const factory = (): Server => serverFor({ visit, view, admitted: false }, options)
      const handle = serveStdio(factory, { transport, onerror: complain })
      return { [Symbol.asyncDispose]: () => handle.close() }
    },
  }
}

/** Whom a server serves. */
interface ServerScope<Services> {
  readonly visit: Visit<Services>
  readonly view: View<Services>
  /** Whether its one call was admitted before it came here. */
  readonly admitted: boolean
}

/**
 * A request of the 2025 revisions, without a session. It is answered with JSON, as in the other era, unless somebody
 * listens for progress. Clients of early 2026 name only JSON in `Accept`, which the transport would refuse.
 */
async function legacy<Services>(
  exchange: Exchange<Services>,
  options: SdkSideOptions<Services>,
): Promise<Response> {
  const { request, body, visit, view } = exchange
  const server = serverFor({ visit, view, admitted: true }, options)
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: !listens(exchange) })
  transport.onerror = options.complain // oxlint-disable-line unicorn/prefer-add-event-listener -- it is no event target
  await server.connect(transport)
  request.signal.addEventListener('abort', () => void server.close().catch(options.complain), { once: true })
  const headers = new Headers(request.headers)
  headers.set('accept', 'application/json, text/event-stream')
  const accepting = new Request(request.url, { method: request.method, headers, signal: request.signal })
  return transport.handleRequest(accepting, { parsedBody: body })
}

function listens<Services>({ message, resolved }: Exchange<Services>): boolean {
  const meta = message?.params['_meta']
  return resolved?.tool.reportsProgress === true && isJsonObject(meta) && meta['progressToken'] !== undefined
}

function serverFor<Services>(scope: ServerScope<Services>, options: SdkSideOptions<Services>): Server {
  const { visit, view, admitted } = scope
  const { info, instructions, prepared, run, admit } = options
  const server = new Server(
    { ...info },
    {
      capabilities: { tools: { listChanged: false } },
      ...(instructions !== undefined && { instructions }),
      cacheHints: {
        'tools/list': { ttlMs: listTtlMs, cacheScope: 'private' },
        'server/discover': { ttlMs: listTtlMs, cacheScope: 'public' },
      },
    },
  )
  server.setRequestHandler('tools/list', () => ({
    tools: view.tools.map((tool) => ({ ...prepared.listing(tool) })),
  }))
  server.setRequestHandler('tools/call', async ({ params }, context) => {
    const resolved = view.get(params.name)
    if (resolved === undefined)
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, unknownTool(params.name, view))
    const refusal = admitted ? undefined : admit({ ...resolved, visit })
    if (refusal !== undefined) return wireResult(problemResult(refusal.problem, 'write'))
    const progress = progressOf(resolved.tool, context)
    const { signal } = context.mcpReq
    return wireResult(
      await run({ ...resolved, arguments: params.arguments, visit, signal, ...(progress && { progress }) }),
    )
  })
  return server
}

function unknownTool<Services>(name: string, { tools }: View<Services>): string {
  const meant = nearest(
    name,
    tools.map((tool) => tool.name),
  )
  const given = `There is no tool ${JSON.stringify(oneLine(name).slice(0, 64))}.`
  return meant === undefined ? `${given} See tools/list.` : `${given} Did you mean ${meant}?`
}

/** Present when the tool reports and the caller gave a token. */
function progressOf(
  tool: ToolFacts,
  { mcpReq: { _meta: meta, notify } }: ServerContext,
): ((step: ProgressStep) => void) | undefined {
  const progressToken = meta?.progressToken
  if (tool.reportsProgress !== true || progressToken === undefined) return undefined
  return (step) => {
    // A caller who is gone hears nothing, and the run goes on.
    notify({ method: 'notifications/progress', params: { progressToken, ...step } }).catch(() => {})
  }
}

function wireResult({ content, structuredContent, isError, _meta }: CallResult): CallToolResult {
  return {
    content: content.map(({ text }) => ({ type: 'text', text })),
    ...(structuredContent && { structuredContent }),
    ...(isError && { isError }),
    ...(_meta && { _meta: { ..._meta } }),
  }
}
