import { createContext } from './create-context.ts'
import { refuse } from './errors.ts'
import { createGrants, type Grants } from './grants/grants.ts'
import type { AuthorizationServerOptions } from './options.ts'
import { limitAddress } from './public-address.ts'
import { cors, preflight, refusalReply } from './replies.ts'
import { createRoutes, type Route } from './routes.ts'
import { sweepAll } from './sweep.ts'
import type { Verdict } from './verification.ts'

/** Who is at the other end of the connection. */
export interface Peer {
  /** The IP address that limits count by. Behind a proxy the client's, by whatever that proxy may be trusted for. */
  readonly address: string
}

/** An OAuth 2.1 authorization server, as a function from request to response. */
export interface AuthorizationServer {
  /** Answers a request to one of its endpoints, and nothing for any other path. Never rejects. */
  readonly fetch: (request: Request, peer: Peer) => Promise<Response | undefined>
  /** Whether an access token is good at a resource. Rejects only when the store fails. */
  readonly verify: (token: string, resource: string) => Promise<Verdict>
  readonly grants: Grants
  /** Key ids that refresh tokens still need and the ring has not. Refuse to start when there is one. */
  readonly missingKeys: () => Promise<readonly string[]>
  /** Ends what has lapsed and removes what is over. To be called every minute or so; several at once do no harm. */
  readonly sweep: (options?: { readonly signal?: AbortSignal }) => Promise<void>
}

/**
 * Makes an authorization server: authorization code with PKCE S256, rotating refresh tokens, opaque access tokens,
 * dynamic registration, client metadata documents, consent before a sign-in that happens elsewhere. What is not in that
 * profile is refused.
 *
 * @throws {TypeError} when an option contradicts itself or another.
 */
export function createAuthorizationServer(options: AuthorizationServerOptions): AuthorizationServer {
  const { context, verify } = createContext(options)
  const { store, refreshKeys, observe, pages, guard, now } = context
  const routes = createRoutes(context)

  async function answer(
    request: Request,
    url: URL,
    { peer, route }: { readonly peer: Peer; readonly route: Route },
  ): Promise<Response> {
    const { methods, audience } = route
    const allow = Object.keys(methods)
    if (request.method === 'OPTIONS' && audience === 'programs') return preflight([...allow, 'OPTIONS'])
    const endpointOf = methods[request.method]
    if (endpointOf === undefined)
      return refusalReply(refuse('method'), { ...(audience === 'programs' && cors), allow: allow.join(', ') })
    const address = limitAddress(peer.address)
    const limited = audience === 'people' ? guard('sign-in', address) : undefined
    if (limited !== undefined) {
      observe({ type: 'refused', endpoint: url.pathname, reason: limited.reason })
      return pages.error('rate_limited', limited)
    }
    try {
      return await endpointOf({ request, url, address }, context)
    } catch (error) {
      observe({ type: 'failed', where: url.pathname, error })
      if (audience === 'people') return pages.error('failed')
      return refusalReply(refuse('failed'), audience === 'programs' ? cors : {})
    }
  }

  return {
    async fetch(request, peer) {
      const url = new URL(request.url)
      const route = routes.get(url.pathname)
      return route && answer(request, url, { peer, route })
    },
    verify,
    grants: createGrants(context),
    missingKeys: async () =>
      (await store.keysInUse(now())).filter((kid) => refreshKeys.find(kid) === undefined),
    sweep: ({ signal } = {}) => sweepAll(context, signal),
  }
}
