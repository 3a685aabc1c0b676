import type { AuthorizationServer } from '@telamon/oauth'

import type { Named } from './endpoints.ts'
import type { Route } from './events.ts'
import { guardHost, guardMethod } from './guard.ts'
import type { Guarded, GuardOptions } from './guard.ts'
import { live, ready } from './health.ts'
import type { Health } from './health.ts'
import type { Answered, McpRequest } from './mcp.ts'
import type { Peer } from './peer.ts'
import { refusal } from './replies.ts'

/** What is behind the routes. */
export interface RouterOptions {
  readonly guard: GuardOptions
  /** Where MCP is served. */
  readonly named: ReadonlyMap<string, Named>
  /** Where else well-known documents are looked for. */
  readonly otherLocations: ReadonlyMap<string, string>
  readonly mcp: (asked: McpRequest) => Promise<Answered>
  readonly authorization: Pick<AuthorizationServer, 'fetch'>
  readonly landing: (request: Request) => Response
  readonly health?: Health
  readonly draining: () => boolean
}

/** A route that was found, with the way to its answer. */
export interface Found {
  readonly name: Route
  readonly answer: (peer: Peer) => Promise<Answered>
}

/** Something to read at a fixed path. */
interface Page {
  readonly name: Route
  /** Probes name an address, not a host of ours. */
  readonly anyHost?: true
  readonly answer: (request: Request) => Response | Promise<Response>
}

/**
 * Finds who answers a request: MCP first, since nearly every request is for it; then what is read at a fixed path; and
 * what is left is for the documents' owners, or for nobody.
 */
export function createRouter(options: RouterOptions): (request: Request) => Found {
  const { guard, named, otherLocations, mcp, authorization, landing, health, draining } = options
  const resources = new Set([...named.values()].map(({ endpoint }) => endpoint.resource))
  const pages: ReadonlyMap<string, Page> = new Map<string, Page>([
    ['/', { name: 'landing', answer: landing }],
    ['/healthz', { name: 'health', anyHost: true, answer: live }],
    ['/readyz', { name: 'health', anyHost: true, answer: () => ready(health, draining()) }],
  ])

  async function read(request: Request, { anyHost, answer }: Page): Promise<Answered> {
    const method = guardMethod(request, ['GET', 'HEAD'])
    if (!method.ok) return stopped(method)
    const host = anyHost === true ? undefined : guardHost(request, guard, 421)
    return host?.ok === false ? stopped(host) : { response: await answer(request) }
  }

  async function delegate(request: Request, url: URL, peer: Peer): Promise<Answered> {
    const host = guardHost(request, guard, 421)
    if (!host.ok) return stopped(host)
    const elsewhere = otherLocations.get(url.pathname)
    const asked = elsewhere === undefined ? request : moved(request, url, elsewhere)
    for (const resource of resources) {
      const response = resource.metadata(asked)
      if (response !== undefined) return { response }
    }
    return { response: (await authorization.fetch(asked, peer)) ?? nothingAt(guard) }
  }

  return (request) => {
    const url = new URL(request.url)
    const endpoint = named.get(url.pathname)
    if (endpoint !== undefined) {
      return { name: 'mcp', answer: (peer) => mcp({ request, url, peer, named: endpoint }) }
    }
    const page = pages.get(url.pathname)
    if (page !== undefined) return { name: page.name, answer: () => read(request, page) }
    const name = url.pathname.startsWith('/.well-known/') ? 'metadata' : 'oauth'
    return { name, answer: (peer) => delegate(request, url, peer) }
  }
}

function stopped({ response, reason }: Extract<Guarded, { ok: false }>): Answered {
  return { response, refused: reason }
}

/** The same question, asked at another path. Well-known documents are asked for without a body. */
function moved({ method, headers }: Request, { origin }: URL, path: string): Request {
  return new Request(`${origin}${path}`, { method, headers })
}

function nothingAt({ address }: GuardOptions): Response {
  return refusal(404, 'not_found', `There is nothing here. MCP is at ${address.origin}/mcp.`)
}
