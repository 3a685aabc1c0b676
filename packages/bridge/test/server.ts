import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'

import type { Asked, Listening } from './loopback.ts'
import { event, json, listen, stream } from './loopback.ts'

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

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

const echo: Tool = ({ args, answer }) => answer({ content: [{ type: 'text', text: textOf(args['text']) }] })

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
  const {
    sse = false,
    capabilities = { tools: { listChanged: true } },
    instructions,
    first,
    lostStatus = 404,
    methods = {},
  } = options
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
      response.setHeader('mcp-session-id', id)
      return json(response, 200, { jsonrpc: '2.0', id: message.id, result })
    }
    if (session === undefined)
      return json(response, 400, {
        jsonrpc: '2.0',
        id: null,
        error: { code: -32_000, message: 'No valid session ID provided' },
      })
    if (typeof session !== 'string' || !sessions.has(session)) {
      return json(response, lostStatus, {
        jsonrpc: '2.0',
        id: null,
        error: { code: -32_001, message: 'Session not found' },
      })
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
    if (!tool)
      return json(response, 200, {
        jsonrpc: '2.0',
        id,
        error: { code: -32_601, message: 'Method not found' },
      })
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
    const claimed = claimIn(params['_meta'])
    if (
      claimed !== '2026-07-28' ||
      headers['mcp-protocol-version'] !== claimed ||
      headers['mcp-method'] !== asks
    ) {
      const data = { supported: ['2026-07-28'], requested: claimed }
      return json(response, 400, {
        jsonrpc: '2.0',
        id,
        error: { code: -32_022, message: 'Unsupported', data },
      })
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
    if (!tool)
      return json(response, 404, {
        jsonrpc: '2.0',
        id,
        error: { code: -32_601, message: 'Method not found' },
      })
    const args = (params['arguments'] ?? {}) as Record<string, unknown> // oxlint-disable-line no-unsafe-type-assertion -- the test wrote it
    return tool({ ...asked, id, args, answer })
  })
  return withCalls(server)
}

function claimIn(meta: unknown): unknown {
  return typeof meta === 'object' && meta !== null
    ? Object.entries(meta).find(([name]) => name.endsWith('/protocolVersion'))?.[1]
    : undefined
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
