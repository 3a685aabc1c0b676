import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'

import { Fault } from '../fault.ts'
import type { Certified } from '../tls/certificates.ts'
import { nodeListener } from './node-listener.ts'

/** A port of this machine that answers. */
export interface Listener {
  readonly origin: string
  readonly close: () => Promise<void>
}

const HOST = '127.0.0.1'

/**
 * Answers HTTP on loopback, or HTTPS with a certificate. Port 0 takes any that is free.
 *
 * @throws Fault when the port is taken or may not be used.
 */
export function listen(
  handler: (request: Request) => Promise<Response>,
  port: number,
  certified?: Certified,
): Promise<Listener> {
  const scheme = certified ? 'https' : 'http'
  const answer = nodeListener(handler, `${scheme}://${HOST}:${port}`)
  const server = certified
    ? createSecureServer({ key: certified.key, cert: certified.certificate }, answer)
    : createServer(answer)
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(new Fault(`Port ${port} cannot be used. Choose another one with --port.`, { cause }))
    })
    server.listen(port, HOST, () => {
      const address = server.address()
      const actual = typeof address === 'object' && address !== null ? address.port : port
      resolve({ origin: `${scheme}://${HOST}:${actual}`, close: () => close(server) })
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeAllConnections()
  })
}
