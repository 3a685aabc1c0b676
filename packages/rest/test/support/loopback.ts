import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

import { onTestFinished } from 'vitest'

import { basicAuth, createRest } from '../../src/index.ts'
import type { Rest, RestOptions } from '../../src/index.ts'

export interface Loopback {
  readonly base: string
  /** Requests whose header fields have come. */
  readonly requests: readonly IncomingMessage[]
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** A real server on this machine, gone with the test, whatever still hangs on it. */
export async function loopback(handler: Handler): Promise<Loopback> {
  const requests: IncomingMessage[] = []
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    requests.push(request)
    handler(request, response)
  })
  server.on('connection', (socket) => sockets.add(socket))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => {
      server.close(resolve)
    })
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return { base: `http://127.0.0.1:${address.port}`, requests }
}

export const sendJson = (response: ServerResponse, value: unknown): void => {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(value))
}

/** A client of a real server. Waits between attempts take no time, limits are real. */
export async function against(
  handler: Handler,
  options: Partial<RestOptions> = {},
): Promise<Rest & { readonly server: Loopback }> {
  const server = await loopback(handler)
  const auth = basicAuth({ site: server.base, email: 'a', apiToken: 'secret' })
  return { server, ...createRest({ auth, sleep: async () => {}, ...options }) }
}
