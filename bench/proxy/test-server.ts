/**
 * A server that speaks MCP by Streamable HTTP with sessions, on loopback, in a process of its own: `/json/mcp` answers
 * with JSON, `/sse/mcp` with event streams. What it does wrong on demand is set by POST to `/control/…`.
 *
 * Usage: node test-server.ts PORT [--protected] [--modern]   (prints its port; ends with its standard input)
 */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'

import { createAuthorization } from './test-authorization.ts'

interface Message {
  readonly id?: string | number
  readonly method?: string
  readonly params?: {
    readonly name?: string
    readonly arguments?: Readonly<Record<string, unknown>>
    readonly _meta?: Readonly<Record<string, unknown>>
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { protected: { type: 'boolean', default: false }, modern: { type: 'boolean', default: false } },
})

const counts = { requests: 0, sessions: 0, deletes: 0, calls: 0, cancelled: 0, authorizations: 0 }
const wrong = { cut: false, lostStatus: 404, refuse: 0 }
const sessions = new Set<string>()
const streams = new Map<string, ServerResponse>()
const authorization = values.protected ? createAuthorization() : undefined

const tools = ['echo', 'big', 'len', 'slow', 'write'].map((name) => ({
  name,
  description: name,
  inputSchema: { type: 'object' },
  annotations: { readOnlyHint: name !== 'write' },
}))
const about = {
  capabilities: { tools: { listChanged: true }, logging: {} },
  serverInfo: { name: 'test', version: '1' },
}

/** What a tool answers, as text. */
function textOf({ name = '', arguments: args = {} }: NonNullable<Message['params']>): string {
  if (name === 'big') return 'x'.repeat(Number(args['bytes']))
  if (name === 'len') return String(String(args['data']).length)
  return typeof args['text'] === 'string' ? args['text'] : ''
}

/** Answers with JSON, and with the headers that were set before. */
function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

function refuse(response: ServerResponse, status: number, text: string): void {
  json(response, status, { jsonrpc: '2.0', id: null, error: { code: -32_000, message: text } })
}

function event(response: ServerResponse, message: object): void {
  response.write(`event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', ...message })}\n\n`)
}

function begin(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  response.flushHeaders()
}

async function slow(message: Message, response: ServerResponse): Promise<void> {
  const progressToken = message.params?.['_meta']?.['progressToken']
  begin(response)
  const ms = Number(message.params?.arguments?.['ms'])
  for (let at = 0; at < ms && !response.destroyed; at += 200) {
    if (progressToken !== undefined)
      event(response, { method: 'notifications/progress', params: { progressToken, progress: at } })
    await new Promise((resolve) => setTimeout(resolve, Math.min(200, ms - at)))
  }
  event(response, { id: message.id, result: { content: [{ type: 'text', text: 'done' }] } })
  response.end()
}

function answerTo(message: Message): object {
  const { method, params = {} } = message
  if (method === 'server/discover' && values.modern) {
    const kept = { ttlMs: 0, cacheScope: 'private' }
    return { result: { resultType: 'complete', supportedVersions: ['2026-07-28'], ...about, ...kept } }
  }
  const complete = values.modern ? { resultType: 'complete', ttlMs: 0, cacheScope: 'private' } : {}
  if (method === 'tools/list') return { result: { ...complete, tools } }
  if (method === 'tools/call')
    return { result: { ...complete, content: [{ type: 'text', text: textOf(params) }] } }
  if (method === 'ping' || method === 'logging/setLevel') return { result: complete }
  return { error: { code: -32_601, message: 'Method not found' } }
}

async function serve(request: IncomingMessage, response: ServerResponse, isStream: boolean): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const session = String(request.headers['mcp-session-id'] ?? '')
  const message: Message = request.method === 'POST' ? JSON.parse(Buffer.concat(chunks).toString()) : {}
  if (wrong.refuse > 0 || (authorization && !authorization.allows(request, message.params?.name))) {
    wrong.refuse = Math.max(0, wrong.refuse - 1)
    authorization?.challenge(request, response, message.params?.name)
    if (!authorization) response.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"' }).end()
    return
  }
  if (values.modern) {
    if (request.method !== 'POST') return void response.writeHead(405).end()
    if (message.method === 'initialize') {
      const error = { code: -32_022, message: 'Unsupported', data: { supported: ['2026-07-28'] } }
      return json(response, 400, { jsonrpc: '2.0', id: message.id, error })
    }
    return json(response, 200, { jsonrpc: '2.0', id: message.id, ...answerTo(message) })
  }
  if (message.method === 'initialize') {
    const id = randomUUID()
    sessions.add(id)
    counts.sessions++
    const result = { protocolVersion: '2025-06-18', ...about }
    response.setHeader('mcp-session-id', id)
    return json(response, 200, { jsonrpc: '2.0', id: message.id, result })
  }
  if (session === '') return refuse(response, 400, 'No valid session ID provided')
  if (!sessions.has(session))
    return refuse(response, wrong.lostStatus, 'Bad Request: No valid session ID provided')
  if (request.method === 'DELETE') {
    sessions.delete(session)
    counts.deletes++
    return void response.writeHead(200).end()
  }
  if (request.method === 'GET') {
    begin(response)
    response.write(': open\n\n')
    streams.set(session, response)
    response.on('close', () => streams.get(session) === response && streams.delete(session))
    return undefined
  }
  if (message.method === 'notifications/cancelled') counts.cancelled++
  if (message.id === undefined || message.method === undefined) return void response.writeHead(202).end()
  if (message.method === 'tools/call') {
    counts.calls++
    if (wrong.cut) {
      begin(response)
      response.write(': cut\n\n')
      return void setTimeout(() => response.destroy(), 200)
    }
    if (message.params?.name === 'slow') return slow(message, response)
  }
  const reply = { jsonrpc: '2.0', id: message.id, ...answerTo(message) }
  if (!isStream) return json(response, 200, reply)
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  return void response.end(`event: message\ndata: ${JSON.stringify(reply)}\n\n`)
}

const control: Readonly<Record<string, (search: URLSearchParams) => unknown>> = {
  stats: () => ({ ...counts, ...authorization?.counts, alive: sessions.size, streams: streams.size }),
  reset: () => Object.assign(counts, { requests: 0, sessions: 0, deletes: 0, calls: 0, cancelled: 0 }),
  drop() {
    sessions.clear()
    for (const stream of streams.values()) stream.destroy()
  },
  notify() {
    for (const stream of streams.values()) event(stream, { method: 'notifications/tools/list_changed' })
  },
  cut: (search) => (wrong.cut = search.get('on') === '1'),
  refuse: (search) => (wrong.refuse = Number(search.get('times'))),
  status: (search) => (wrong.lostStatus = Number(search.get('code'))),
  expire: () => authorization?.expire(),
  revoke: () => authorization?.revoke(),
  script: (search) => authorization?.follow(search),
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://loopback')
  const [, place = '', name = ''] = url.pathname.split('/')
  if (place === 'control') return json(response, 200, control[name]?.(url.searchParams) ?? {})
  counts.requests++
  const isMcp = /^\/(?:json|sse)\/mcp$/.test(url.pathname)
  const work = isMcp
    ? serve(request, response, place === 'sse')
    : (authorization?.serve(request, response, url) ?? Promise.resolve(void response.writeHead(404).end()))
  work.catch(() => response.destroy())
  return undefined
})
server.keepAliveTimeout = 60_000
server.listen(Number(positionals[0] ?? 0), '127.0.0.1', () => {
  const address = server.address()
  console.log(typeof address === 'object' ? address?.port : '')
})
process.stdin.on('end', () => process.exit(0)).resume()
