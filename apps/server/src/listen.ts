import { createServer } from 'node:http'
import type { Server } from 'node:http'

import { getRequestListener } from '@hono/node-server'

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

/** How long a sender may take. In milliseconds. */
interface Patience {
  /** For a whole request with its body. Default: 60,000. */
  readonly requestTimeout?: number
  /** For the header fields. Default: 15,000. */
  readonly headersTimeout?: number
  /** How often slow senders are looked for, and cut off. Default: 5,000. */
  readonly connectionsCheckingInterval?: number
}

const usualPatience = {
  requestTimeout: 60_000,
  headersTimeout: 15_000,
  connectionsCheckingInterval: 5000,
  keepAliveTimeout: 60_000,
}

export interface ListenOptions {
  readonly host: string
  readonly port: number
  readonly patience?: Patience
}

/**
 * Serves a fetch handler over HTTP.
 *
 * @throws Fault when the port is taken or may not be used.
 */
export function listen(
  handler: (request: Request, peer: Peer) => Response | Promise<Response>,
  { host, port, patience = {} }: ListenOptions,
): Promise<Listener> {
  // The adapter puts its light Request and Response in place of the global ones, which spares streams on every request.
  const answer = getRequestListener((request, { incoming }) =>
    handler(request, { address: incoming.socket.remoteAddress ?? '' }),
  )
  const server = createServer(
    { ...usualPatience, ...patience },
    (incoming, outgoing) => void answer(incoming, outgoing),
  )
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(explain(error, `Port ${port} on ${host}`))
    })
    server.listen(port, host, () => {
      const address = server.address()
      const actual = typeof address === 'object' && address !== null ? address.port : port
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
