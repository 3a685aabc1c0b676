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
import { meantCall } from './catalogue/dispatch.ts'
import type { Exchange } from './exchange.ts'
import { unknownTool } from './named-call.ts'
import { listTtlMs } from './prepared.ts'
import type { Prepared, View } from './prepared.ts'
import { problemResult } from './problem.ts'
import type { CallResult } from './result.ts'
import type { Runner } from './run.ts'
import type { ProgressStep, ToolFacts } from './tool.ts'
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

function listens<Services>({ message, call }: Exchange<Services>): boolean {
  const meta = message?.params['_meta']
  return (
    call?.resolved.tool.reportsProgress === true && isJsonObject(meta) && meta['progressToken'] !== undefined
  )
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
  server.setRequestHandler('tools/list', ({ params }) => {
    const page = view.page(params?.cursor)
    if (page === undefined)
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'No page of this list has given that cursor.')
    const { tools, ...rest } = page
    return { tools: Array.from(tools, (tool) => ({ ...prepared.listing(tool) })), ...rest }
  })
  server.setRequestHandler('tools/call', async ({ params }, context) => {
    const named = view.get(params.name)
    if (named === undefined) {
      const known = view.listed.map(({ name }) => name)
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, unknownTool(params.name, known))
    }
    const meant = await meantCall(named, params.arguments, view)
    if (!meant.ok) return wireResult(problemResult(meant.problem, 'write'))
    const { resolved, arguments: args, via } = meant
    const refusal = admitted ? undefined : admit({ ...resolved, visit })
    if (refusal !== undefined) return wireResult(problemResult(refusal.problem, 'write'))
    const progress = progressOf(resolved.tool, context)
    const { signal } = context.mcpReq
    const result = await run({
      ...resolved,
      ...(via !== undefined && { via }),
      arguments: args,
      visit,
      view,
      signal,
      ...(progress && { progress }),
    })
    return wireResult(result)
  })
  return server
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
