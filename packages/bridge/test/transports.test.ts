import type { ServerResponse } from 'node:http'

import { expect, test } from 'vitest'

import { memoryCache } from './cache.ts'
import { startHost } from './host.ts'
import type { Asked, Listening } from './loopback.ts'
import { listen } from './loopback.ts'
import { legacyServer } from './server.ts'

/** A server that knows HTTP+SSE of revision 2024-11-05 and nothing else. */
interface SseServer extends Listening {
  readonly url: string
  readonly streams: Set<ServerResponse>
  readonly say: (message: object) => void
}

interface SseScript {
  /** What the first event names. Default: a path of its own. */
  readonly endpoint?: string
  /** Answers a call in place of the server. */
  readonly call?: (asked: Asked, say: (message: object) => void) => boolean
}

async function sseServer({ endpoint = '/messages?session=1', call }: SseScript = {}): Promise<SseServer> {
  const streams = new Set<ServerResponse>()
  const say = (message: object): void => {
    for (const stream of streams)
      stream.write(`event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', ...message })}\n\n`)
  }
  const server = await listen((asked) => {
    const { method, path, message, response } = asked
    if (path === '/sse' && method === 'GET') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(`event: endpoint\ndata: ${endpoint}\n\n`)
      streams.add(response)
      response.on('close', () => streams.delete(response))
      return undefined
    }
    if (path === '/sse') return void response.writeHead(405).end()
    if (!path.startsWith('/messages')) return void response.writeHead(404).end()
    response.writeHead(202).end('Accepted')
    if (message?.id === undefined || call?.(asked, say)) return undefined
    const results: Record<string, object> = {
      initialize: {
        protocolVersion: '2024-11-05',
        capabilities: { tools: {} },
        serverInfo: { name: 'sse', version: '1' },
      },
      'tools/list': { tools: [{ name: 'echo', inputSchema: {}, annotations: { readOnlyHint: true } }] },
      'tools/call': { content: [{ type: 'text', text: message.params?.name }] },
    }
    return say({ id: message.id, result: results[message.method ?? ''] ?? {} })
  })
  return {
    ...server,
    get origin() {
      return server.origin
    },
    get url() {
      return `${server.origin}/sse`
    },
    streams,
    say,
  }
}

const echo = { content: [{ type: 'text', text: 'echo' }] }

test('a server of HTTP+SSE is reached without an option, and found at once the next time', async () => {
  const [server, cache] = [await sseServer(), memoryCache()]
  const first = startHost(server.url, { cache })
  await first.initialize()
  expect((await first.call('echo')).result).toEqual(echo)
  first.end()
  await first.done
  await expect.poll(() => server.streams.size).toBe(0)
  const before = server.asked.length
  const second = startHost(server.url, { cache })
  await second.initialize()
  expect((await second.call('echo')).result).toEqual(echo)
  expect(server.asked.slice(before).map(({ method, path }) => `${method} ${path}`)[0]).toBe('GET /sse')
})

test('what a server of HTTP+SSE says unasked reaches the host, and answers of the host go back', async () => {
  const server = await sseServer()
  const host = startHost(server.url)
  await host.initialize({ capabilities: { roots: {} } })
  await host.call('echo')
  server.say({ method: 'notifications/message', params: { level: 'info', data: 'hello' } })
  await host.hear(({ method }) => method === 'notifications/message')
  server.say({ id: 'ask', method: 'roots/list' })
  await host.hear(({ method }) => method === 'roots/list')
  host.send({ id: 'ask', result: { roots: [] } })
  const back = await server.when(({ message }) => message?.id === 'ask')
  expect(back.message?.result).toEqual({ roots: [] })
})

test('a stream of HTTP+SSE that breaks is opened anew, and calls that only read are repeated', async () => {
  let broken = 0
  const server = await sseServer({
    call({ message }) {
      if (message?.method !== 'tools/call' || broken++ > 0) return false
      for (const stream of server.streams) stream.destroy()
      return true
    },
  })
  const host = startHost(server.url)
  await host.initialize()
  await host.request('tools/list')
  expect((await host.call('echo')).result).toEqual(echo)
  const write = await sseServer({
    call({ message }) {
      if (message?.method !== 'tools/call') return false
      for (const stream of write.streams) stream.destroy()
      return true
    },
  })
  const other = startHost(write.url)
  await other.initialize()
  expect((await other.call('write')).error).toMatchObject({ data: { executed: 'unknown' } })
})

test('messages for HTTP+SSE go to the server that was named, and nowhere else', async () => {
  const server = await sseServer({ endpoint: 'https://elsewhere.example/messages' })
  const host = startHost(server.url, { transport: 'sse-only' })
  await host.initialize()
  expect((await host.call('echo')).error?.message).toContain('wants messages to be sent elsewhere')
})

test('a choice of transport is kept to', async () => {
  const [sse, http] = [await sseServer(), await legacyServer()]
  const only = startHost(sse.url, { transport: 'http-only' })
  await only.initialize()
  expect((await only.call('echo')).error?.message).toContain('There is no MCP server')
  const first = startHost(http.url, { transport: 'sse-first' })
  await first.initialize()
  expect((await first.call('echo', { text: 'a' })).result).toEqual({ content: [{ type: 'text', text: 'a' }] })
  expect(http.calls('server/discover')).toEqual([])
})

test('a server that is called legacy is not asked for its era', async () => {
  const server = await legacyServer()
  const host = startHost(server.url, { protocol: 'legacy' })
  await host.initialize()
  await host.call('echo', { text: 'a' })
  expect(server.calls('server/discover')).toEqual([])
})

test('a server of the legacy era is pinged when that is asked for', async () => {
  const server = await legacyServer({ methods: { ping: () => ({}) } })
  const host = startHost(server.url, { limits: { pingMs: 5 } })
  await host.initialize()
  await host.call('echo', { text: 'a' })
  const { headers } = await server.when(({ message }) => message?.method === 'ping')
  expect(server.sessions).toContain(headers['mcp-session-id'])
})
