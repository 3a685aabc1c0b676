import type { AuthorizationServer } from '@telamon/oauth'
import type { ProtectedResource } from '@telamon/oauth/resource'
import type { Mcp, ServiceCall } from '@telamon/tool-registry'

import { readAddress } from './address.ts'
import { namedEndpoints, otherLocations } from './endpoints.ts'
import type { GatewayEvent } from './events.ts'
import type { Health } from './health.ts'
import { createInFlight, untilDelivered } from './in-flight.ts'
import type { Inbound } from './inbound.ts'
import { landingPage } from './landing/page.ts'
import type { LandingOptions } from './landing/page.ts'
import { mcpEndpoint } from './mcp.ts'
import type { Peer } from './peer.ts'
import { json, problem, withHeaders } from './replies.ts'
import { createRouter } from './routes.ts'

/** What a gateway is made of. */
export interface GatewayOptions<Services> {
  /** The public origin, such as `https://mcp.example.com`; plain HTTP on loopback only. MCP is served at `/mcp` below it. */
  readonly url: string
  readonly mcp: Pick<Mcp<Services>, 'fetch'>
  readonly authorization: Pick<AuthorizationServer, 'fetch'>
  /** The resource behind `/mcp`. */
  readonly resource: ProtectedResource
  /** Further addresses of MCP, such as `/v1/mcp`, each with its own resource: tokens are for one address. */
  readonly also?: Readonly<Record<`/${string}`, ProtectedResource>>
  /** Makes what a tool works with, for the person of the call. */
  readonly services: (call: ServiceCall) => Promise<Services> | Services
  readonly inbound?: Inbound
  readonly health?: Health
  /** Host names beside the one in `url` that requests may name, such as one behind a proxy. */
  readonly allowedHosts?: readonly string[]
  /** Origins whose pages may call MCP from a browser, such as `https://inspector.example.com`. */
  readonly allowedOrigins?: readonly string[]
  /** Most requests at once. Beyond it the answer is 503. Default: 1,000. */
  readonly mostAtOnce?: number
  /** The words of the page at `/`. */
  readonly landing?: LandingOptions
  /** Is told what happens. Must not throw. */
  readonly observe?: (event: GatewayEvent) => void
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

/** A whole server as a function from request to response. */
export interface Gateway {
  /** Answers a request. Never rejects. */
  readonly fetch: (request: Request, peer: Peer) => Promise<Response>
  /**
   * Says that no more requests should come, by `/readyz` and by `Connection: close`, and waits for those that are being
   * answered, until the signal ends.
   */
  readonly drain: (options: { readonly signal: AbortSignal }) => Promise<void>
}

/** Puts a server together. Throws for an address that no client could use. */
export function createGateway<Services>(options: GatewayOptions<Services>): Gateway {
  const { mostAtOnce = 1000, observe = () => {}, now = Date.now, allowedOrigins = [], landing = {} } = options
  const { url, mcp, authorization, resource, also = {}, services, inbound, health, allowedHosts } = options
  const address = readAddress(url, allowedHosts)
  const endpoints = [
    { path: '/mcp', resource },
    ...Object.entries(also).map(([path, other]) => ({ path, resource: other })),
  ]
  const inFlight = createInFlight()
  let draining = false
  const guard = { address, allowedOrigins: new Set(allowedOrigins) }
  const route = createRouter({
    guard,
    named: namedEndpoints(endpoints),
    otherLocations: otherLocations(endpoints),
    mcp: mcpEndpoint({ ...guard, mcp, services, ...(inbound && { inbound }) }),
    authorization,
    landing: landingPage(address, landing),
    ...(health && { health }),
    draining: () => draining,
  })

  async function answer(request: Request, peer: Peer, done: () => void): Promise<Response> {
    const at = now()
    const asked = route(request)
    try {
      const { response, ...facts } = await asked.answer(peer)
      const { status } = response
      observe({
        type: 'answered',
        route: asked.name,
        method: request.method,
        status,
        durationMs: now() - at,
        ...facts,
      })
      return untilDelivered(draining ? withHeaders(response, { connection: 'close' }) : response, done)
    } catch (error) {
      done()
      observe({ type: 'failed', route: asked.name, error })
      observe({
        type: 'answered',
        route: asked.name,
        method: request.method,
        status: 500,
        durationMs: now() - at,
      })
      return json(500, {
        error: 'server_error',
        error_description: 'Something failed here. Try again in a minute.',
      })
    }
  }

  return {
    async fetch(request, peer) {
      if (inFlight.count() < mostAtOnce) return answer(request, peer, inFlight.begin())
      observe({
        type: 'answered',
        route: 'none',
        method: request.method,
        status: 503,
        durationMs: 0,
        refused: 'overload',
      })
      return problem(503, 'temporary-reduced-capacity', 1000)
    },
    async drain({ signal }) {
      draining = true
      await inFlight.idle(signal)
    },
  }
}
