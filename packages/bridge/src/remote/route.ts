import type { Limits } from '../limits.ts'
import type { Endpoint } from './endpoint.ts'
import { createSseEndpoint } from './sse-endpoint.ts'

/** How messages travel: Streamable HTTP, or HTTP+SSE of revision 2024-11-05. */
export type Transport = 'http' | 'sse'

/** Which transports are tried, and in which order. The names are those of mcp-remote. */
export type TransportChoice = 'http-first' | 'sse-first' | 'http-only' | 'sse-only'

/** The transports of a choice, in order. */
export const transportsOf: Readonly<Record<TransportChoice, readonly Transport[]>> = {
  'http-first': ['http', 'sse'],
  'sse-first': ['sse', 'http'],
  'http-only': ['http'],
  'sse-only': ['sse'],
}

/** The server's address, whichever transport it turned out to speak. */
export interface Route extends Endpoint {
  /** Sends by this transport from now on. */
  readonly take: (transport: Transport) => void
}

/** Makes a route, by Streamable HTTP at first. */
export function createRoute(http: Endpoint, limits: Limits): Route {
  const sse = createSseEndpoint(http, limits)
  let current = http
  return {
    get url() {
      return http.url
    },
    send: (request) => current.send(request),
    take: (transport) => void (current = transport === 'sse' ? sse : http),
  }
}
