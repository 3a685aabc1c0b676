import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { onTestFinished } from 'vitest'

/** A request as a server of a test sees it. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly text: string
  readonly message: Message | undefined
  readonly response: ServerResponse
}

/** A JSON-RPC message. */
export interface Message {
  readonly id?: string | number
  readonly method?: string
  readonly params?: Record<string, unknown> & { readonly name?: string; readonly _meta?: Record<string, unknown> }
  readonly result?: unknown
  readonly error?: unknown
}

/** A server on loopback. */
export interface Listening {
  readonly origin: string
  readonly port: number
  readonly asked: readonly Asked[]
  /** Resolves when such a request has come and the script has seen it. */
  readonly when: (is: (asked: Asked) => boolean) => Promise<Asked>
  /** Breaks all connections and stops listening. */
  readonly stop: () => Promise<void>
  readonly start: () => Promise<void>
}

/** Starts a server that answers by a script. It is stopped when the test ends. */
export async function listen(answer: (asked: Asked) => void | Promise<void>): Promise<Listening> {
  const asked: Asked[] = []
  const waiting = new Set<() => void>()
  let server: Server
  let port = 0
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    const isJson = request.headers['content-type']?.startsWith('application/json') === true && text.startsWith('{')
    const path = request.url ?? '/'
    const { method = '', headers } = request
    const one = { method, path, headers, text, message: isJson ? JSON.parse(text) : undefined, response }
    await answer(one)
    asked.push(one)
    for (const check of waiting) check()
  }
  async function start(): Promise<void> {
    server = createServer((request, response) => {
      handle(request, response).catch(() => response.destroy())
    })
    await new Promise<void>((resolve) => server.listen({ port, host: '127.0.0.1' }, resolve))
    port = (server.address() as AddressInfo).port // oxlint-disable-line no-unsafe-type-assertion -- a server on TCP has such an address
  }
  async function stop(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
  await start()
  onTestFinished(stop)
  return {
    get origin() {
      return `http://127.0.0.1:${port}`
    },
    get port() {
      return port
    },
    asked,
    start,
    stop,
    when: (is) =>
      new Promise((resolve) => {
        const check = (): void => {
          const found = asked.find(is)
          if (!found) return
          waiting.delete(check)
          resolve(found)
        }
        waiting.add(check)
        check()
      }),
  }
}

/** Answers with JSON. */
export function json(response: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
}

/** Begins an event stream. */
export function stream(response: ServerResponse, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', ...headers })
  response.flushHeaders()
}

/** Writes an event. */
export function event(response: ServerResponse, message: object, id?: string): void {
  response.write(`${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify({ jsonrpc: '2.0', ...message })}\n\n`)
}

/** What a tool of a test's server does with a call. */
export type Tool = (call: ToolCall) => void | Promise<void>

/** A call as a tool sees it. */
export interface ToolCall extends Asked {
  readonly id: string | number
  readonly args: Record<string, unknown>
  /** Answers the call in the form the server uses. */
  readonly answer: (result: object) => void
}

/** How a server of a test answers. */
export interface ServerOptions {
  readonly tools?: Record<string, Tool>
  /** What stands in `tools/list`. Default: a plain entry for each tool. */
  readonly listed?: readonly object[]
  readonly sse?: boolean
  readonly capabilities?: object
  readonly instructions?: string
  /** Looks at a request first; `true`: it has been answered. */
  readonly first?: (asked: Asked) => boolean | Promise<boolean>
  /** Sent with every answer of the legacy server when a session is lost. Default: 404. */
  readonly lostStatus?: number
  /** Answers further methods. */
  readonly methods?: Record<string, (asked: Asked) => object>
}

/** A server with an address for MCP. */
export interface McpServer extends Listening {
  readonly url: string
  readonly calls: (method: string) => readonly Asked[]
}

const echo: Tool = ({ args, answer }) => answer({ content: [{ type: 'text', text: String(args['text'] ?? '') }] })

function toolsOf({ tools, listed }: ServerOptions): { run: Record<string, Tool>; list: readonly object[] } {
  const run = { echo, ...tools }
  return { run, list: listed ?? Object.keys(run).map((name) => ({ name, inputSchema: { type: 'object' } })) }
}

/** A server of the legacy era that keeps sessions. */
export interface LegacyServer extends McpServer {
  readonly sessions: Set<string>
  /** The open streams for unasked messages. */
  readonly streams: Set<ServerResponse>
  readonly notify: (message: object) => void
}

/** Starts a server of the legacy era. */
export async function legacyServer(options: ServerOptions = {}): Promise<LegacyServer> {
  const { sse = false, capabilities = { tools: { listChanged: true } }, instructions, first, lostStatus = 404, methods = {} } = options
  const { run, list } = toolsOf(options)
  const sessions = new Set<string>()
  const streams = new Set<ServerResponse>()
  const server = await listen(async (asked) => {
    const { method, headers, message, response } = asked
    if (await first?.(asked)) return
    const session = headers['mcp-session-id']
    if (method === 'POST' && message?.method === 'initialize') {
      const id = randomUUID()
      sessions.add(id)
      const result = {
        protocolVersion: '2025-06-18',
        capabilities,
        serverInfo: { name: 'legacy', version: '1' },
        ...(instructions && { instructions }),
      }
      return json(response, 200, { jsonrpc: '2.0', id: message.id, result }, { 'mcp-session-id': id })
    }
    if (session === undefined) return json(response, 400, { jsonrpc: '2.0', id: null, error: { code: -32_000, message: 'No valid session ID provided' } })
    if (typeof session !== 'string' || !sessions.has(session)) {
      return json(response, lostStatus, { jsonrpc: '2.0', id: null, error: { code: -32_001, message: 'Session not found' } })
    }
    if (method === 'DELETE') {
      sessions.delete(session)
      return void response.writeHead(200).end()
    }
    if (method === 'GET') {
      stream(response)
      streams.add(response)
      response.on('close', () => streams.delete(response))
      return undefined
    }
    if (message?.id === undefined || message.method === undefined) return void response.writeHead(202).end()
    const { id, method: asks, params = {} } = message
    const answer = (result: object): void => {
      if (sse && !response.headersSent) stream(response)
      if (!response.headersSent) return json(response, 200, { jsonrpc: '2.0', id, result })
      event(response, { id, result })
      response.end()
      return undefined
    }
    if (asks === 'tools/list') return answer({ tools: list })
    const own = methods[asks]
    if (own) return answer(own(asked))
    const tool = asks === 'tools/call' ? run[String(params.name)] : undefined
    if (!tool) return json(response, 200, { jsonrpc: '2.0', id, error: { code: -32_601, message: 'Method not found' } })
    const args = (params['arguments'] ?? {}) as Record<string, unknown> // oxlint-disable-line no-unsafe-type-assertion -- the test wrote it
    return tool({ ...asked, id, args, answer })
  })
  const notify = (message: object): void => {
    for (const open of streams) event(open, message)
  }
  return { ...withCalls(server), sessions, streams, notify }
}

/** Starts a server that speaks revision 2026-07-28 and nothing else. */
export async function modernServer(options: ServerOptions = {}): Promise<McpServer> {
  const { sse = false, capabilities = { tools: {} }, instructions, first, methods = {} } = options
  const { run, list } = toolsOf(options)
  const server = await listen(async (asked) => {
    const { method, message, response, headers } = asked
    if (await first?.(asked)) return undefined
    if (method !== 'POST' || message?.method === undefined) return void response.writeHead(405).end()
    const { id, method: asks, params = {} } = message
    if (id === undefined) return void response.writeHead(202).end()
    const claimed = params._meta?.['io.modelcontextprotocol/protocolVersion']
    if (claimed !== '2026-07-28' || headers['mcp-protocol-version'] !== claimed || headers['mcp-method'] !== asks) {
      const data = { supported: ['2026-07-28'], requested: claimed }
      return json(response, 400, { jsonrpc: '2.0', id, error: { code: -32_022, message: 'Unsupported', data } })
    }
    const answer = (members: object): void => {
      const result = { resultType: 'complete', ...members }
      if (sse && !response.headersSent) stream(response)
      if (!response.headersSent) return json(response, 200, { jsonrpc: '2.0', id, result })
      event(response, { id, result })
      response.end()
      return undefined
    }
    if (asks === 'server/discover') {
      return answer({
        supportedVersions: ['2026-07-28'],
        capabilities,
        ttlMs: 0,
        cacheScope: 'private',
        ...(instructions && { instructions }),
        _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'modern', version: '1' } },
      })
    }
    if (asks === 'tools/list') return answer({ tools: list, ttlMs: 0, cacheScope: 'private' })
    const own = methods[asks]
    if (own) return answer(own(asked))
    const tool = asks === 'tools/call' ? run[String(params.name)] : undefined
    if (!tool) return json(response, 404, { jsonrpc: '2.0', id, error: { code: -32_601, message: 'Method not found' } })
    const args = (params['arguments'] ?? {}) as Record<string, unknown> // oxlint-disable-line no-unsafe-type-assertion -- the test wrote it
    return tool({ ...asked, id, args, answer })
  })
  return withCalls(server)
}

function withCalls(server: Listening): McpServer {
  return {
    ...server,
    get origin() {
      return server.origin
    },
    get url() {
      return `${server.origin}/mcp`
    },
    calls: (method) => server.asked.filter(({ message }) => message?.method === method),
  }
}
