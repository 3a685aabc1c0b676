import {
  createAuthorizationServer,
  createKeyRing,
  createMemoryAuthStore,
  createProtectedResource,
  type AuthEvent,
  type AuthorizationServer,
  type AuthorizationServerOptions,
  type AuthStore,
  type ProtectedResource,
  type Scope,
} from '../../src/index.ts'
import { createBrowser, type Browser, type Web } from './browser.ts'
import { createClock, type Clock } from './clock.ts'
import { createUpstream, type Upstream } from './upstream.ts'

export const issuer = 'https://mcp.example.com'
export const resource = 'https://mcp.example.com/mcp'
export const otherResource = 'https://mcp.example.com/other'

export const scopes: readonly Scope[] = [
  { name: 'jira:read', label: 'See issues and projects', group: 'Jira', tier: 'read' },
  {
    name: 'jira:write',
    label: 'Create and change issues',
    group: 'Jira',
    tier: 'write',
    implies: ['jira:read'],
  },
  { name: 'confluence:read', label: 'See pages and spaces', group: 'Confluence', tier: 'read' },
  {
    name: 'confluence:write',
    label: 'Create and change pages',
    group: 'Confluence',
    tier: 'write',
    implies: ['confluence:read'],
  },
  { name: 'jsm:read', label: 'See requests', group: 'Service Management', tier: 'read' },
  { name: 'offline_access', label: 'Stay signed in', tier: 'session' },
]

export const useful = ['jira:read', 'jira:write', 'confluence:read', 'confluence:write']
export const rootSecret = (kid: string, fill: number) => ({ kid, secret: new Uint8Array(32).fill(fill) })

/** An authorization server with everything around it: store, sign-in, clock, browsers. */
export interface Bench {
  readonly server: AuthorizationServer
  readonly resource: ProtectedResource
  readonly store: AuthStore
  /** How often each operation of the store was called since `forgetCalls`. */
  readonly calls: Map<string, number>
  readonly clock: Clock
  readonly upstream: Upstream
  readonly events: AuthEvent[]
  /** Sends a request, from an address. */
  readonly send: (request: Request, address?: string) => Promise<Response>
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Response>
  readonly post: (
    path: string,
    body: URLSearchParams | Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>
  readonly postJson: (path: string, body: unknown, address?: string) => Promise<Response>
  readonly browser: () => Browser
}

export function createBench(change: Partial<AuthorizationServerOptions> = {}): Bench {
  const clock = createClock()
  const upstream = createUpstream()
  const events: AuthEvent[] = []
  const calls = new Map<string, number>()
  const store = counting(change.store ?? createMemoryAuthStore(), calls)
  const server = createAuthorizationServer({
    issuer,
    resources: [{ url: resource, defaultScopes: useful }, { url: otherResource }],
    scopes,
    signIn: upstream.signIn,
    keys: createKeyRing([rootSecret('k1', 1)]),
    limiter: { take: () => ({ ok: true, budgets: [] }) },
    now: clock.now,
    observe: (event) => events.push(event),
    pages: { provider: 'Atlassian' },
    ...change,
    store,
  })
  const at = change.issuer ?? issuer
  const protectedResource = createProtectedResource({
    resource,
    issuer: at,
    scopes: { minimal: ['jira:read', 'confluence:read'], useful },
    verify: server.verify,
  })

  const send: Bench['send'] = async (request, address = '192.0.2.7') => {
    const response = await server.fetch(request, { address })
    return response ?? protectedResource.metadata(request) ?? new Response('not found', { status: 404 })
  }
  const web: Web = async (request) => {
    const url = new URL(request.url)
    return url.origin === upstream.origin ? upstream.visit(url) : send(request)
  }

  return {
    server,
    resource: protectedResource,
    store,
    calls,
    clock,
    upstream,
    events,
    send,
    get: (path, headers = {}) => send(new Request(`${at}${path}`, { headers })),
    post: (path, body, headers = {}) =>
      send(new Request(`${at}${path}`, { method: 'POST', body: new URLSearchParams(body), headers })),
    postJson: (path, body, address) =>
      send(
        new Request(`${at}${path}`, {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
        address,
      ),
    browser: () => createBrowser(web),
  }
}

/** Counts the calls of each operation. */
function counting(store: AuthStore, calls: Map<string, number>): AuthStore {
  return new Proxy(store, {
    get(target, name, receiver) {
      const operation: unknown = Reflect.get(target, name, receiver)
      if (typeof name === 'string') calls.set(name, (calls.get(name) ?? 0) + 1)
      return operation
    },
  })
}
