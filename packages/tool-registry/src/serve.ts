import {
  createMcpHandler,
  isLegacyRequest,
  Server,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server'
import type { Transport } from '@modelcontextprotocol/server'
import { serveStdio } from '@modelcontextprotocol/server/stdio'

import type { Exchange } from './exchange.ts'
import { listTtlMs } from './prepared.ts'
import type { View } from './prepared.ts'
import { serveCompletions } from './serving/completions.ts'
import { servePrompts } from './serving/prompts.ts'
import { serveResources } from './serving/resources.ts'
import { serveTools } from './serving/tools.ts'
import type { ToolScope, ToolsOptions } from './serving/tools.ts'
import type { Visit } from './visit.ts'
import { isJsonObject } from './wire.ts'
import type { ServerInfo } from './wire.ts'

/** What the SDK's side shares with the fast path. */
export interface SdkSideOptions<Services> extends ToolsOptions<Services> {
  readonly info: ServerInfo
  readonly instructions?: string
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

  function exchangeOf(request: Request | undefined): ToolScope<Services> {
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

function serverFor<Services>(scope: ToolScope<Services>, options: SdkSideOptions<Services>): Server {
  const { resources, prompts } = scope.view
  const { info, instructions } = options
  const kept = { ttlMs: listTtlMs, cacheScope: 'private' } as const
  const server = new Server(
    { ...info },
    {
      capabilities: {
        tools: { listChanged: false },
        ...(resources.length > 0 && { resources: {} }),
        ...(prompts.length > 0 && { prompts: {} }),
        ...(resources.length + prompts.length > 0 && { completions: {} }),
      },
      ...(instructions !== undefined && { instructions }),
      cacheHints: {
        'tools/list': kept,
        'prompts/list': kept,
        'resources/list': kept,
        'resources/templates/list': kept,
        'server/discover': { ttlMs: listTtlMs, cacheScope: 'public' },
      },
      // Without a session there is nobody to ask: the answer says what to do instead.
      inputRequired: { legacyShim: !scope.admitted },
    },
  )
  serveTools(server, scope, options)
  if (resources.length > 0) serveResources(server, scope, options)
  if (prompts.length > 0) servePrompts(server, scope)
  if (resources.length + prompts.length > 0) serveCompletions(server, scope, options)
  return server
}
