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
  readonly params?: Record<string, unknown> & {
    readonly name?: string
    readonly _meta?: Record<string, unknown>
  }
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
    const isJson =
      request.headers['content-type']?.startsWith('application/json') === true && text.startsWith('{')
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

/** Answers with JSON, and with the headers that were set before. */
export function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

/** The metadata of a message. */
export function metaOf(asked: Asked | undefined): unknown {
  return asked?.message?.params?.['_meta']
}

/** Begins an event stream. */
export function stream(response: ServerResponse, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', ...headers })
  response.flushHeaders()
}

/** Writes an event. */
export function event(response: ServerResponse, message: object, id?: string): void {
  response.write(
    `${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify({ jsonrpc: '2.0', ...message })}\n\n`,
  )
}
