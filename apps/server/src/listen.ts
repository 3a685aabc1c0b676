import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { serve } from '@hono/node-server'

import { explain } from './fault.ts'

/** The address of the connection that a request came by. */
export interface Peer {
  readonly address: string
}

export interface Listener {
  readonly port: number
  /** Takes no new connections, waits for the open ones, and closes those that remain after `graceMs`. */
  readonly close: (graceMs?: number) => Promise<void>
}

export interface ListenOptions {
  readonly host: string
  readonly port: number
}

/**
 * Serves a fetch handler over HTTP.
 *
 * @throws Fault when the port is taken or may not be used.
 */
export function listen(
  handler: (request: Request, peer: Peer) => Response | Promise<Response>,
  { host, port }: ListenOptions,
): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const server = serve({
      hostname: host,
      port,
      overrideGlobalObjects: false,
      fetch: (request, { incoming }) => handler(request, { address: incoming.socket.remoteAddress ?? '' }),
      serverOptions: { requestTimeout: 60_000, headersTimeout: 15_000, keepAliveTimeout: 60_000 },
    }) as Server // eslint-disable-line typescript/no-unsafe-type-assertion -- without createServer the adapter makes an http.Server
    server.once('error', (error) => {
      reject(explain(error, `Port ${port} on ${host}`))
    })
    server.once('listening', () => {
      const { port: actual } = server.address() as AddressInfo // eslint-disable-line typescript/no-unsafe-type-assertion -- a TCP server has no other kind
      resolve({ port: actual, close: (graceMs = 10_000) => close(server, graceMs) })
    })
  })
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => {
      server.closeAllConnections()
    }, graceMs)
    server.close(() => {
      clearTimeout(late)
      resolve()
    })
    server.closeIdleConnections()
  })
}
