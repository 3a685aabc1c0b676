import { createAuthorizationServer, createKeyRing, createMemoryAuthStore } from '../../src/index.ts'
import type { AuthEvent, AuthorizationServer } from '../../src/index.ts'
import { issuer, resource, rootSecret, scopes, useful } from '../bench/bench.ts'
import { createBrowser, type Browser, type Visit } from '../bench/browser.ts'
import { createClock } from '../bench/clock.ts'
import { ada, createUpstream, grace, type Person } from '../bench/upstream.ts'
import { createChance, type Chance } from './chance.ts'

/** An access token as its client knows it. */
interface KnownAccess {
  readonly token: string
  readonly generation: number
  readonly expiresAt: number
  readonly scopes: readonly string[]
  ended: boolean
}

/** What is expected of a grant, from the moment its code came back. */
export interface KnownGrant {
  readonly client: string
  readonly person: Person
  readonly browser: Browser
  readonly permissions: readonly string[]
  readonly code: string
  readonly verifier: string
  readonly codeUntil: number
  redeemed: boolean
  /** Refresh tokens in the order in which they first appeared: the place is the generation. */
  readonly refreshTokens: string[]
  readonly accessTokens: KnownAccess[]
  rotatedAt: number
  refreshUntil: number
  newestUsed: boolean
  dead: boolean
}

/** A consent page that is open. */
export interface OpenPage {
  readonly client: string
  readonly browser: Browser
  readonly page: Visit
  readonly verifier: string
  readonly asked: readonly string[]
  readonly approveBy: number
  over: boolean
}

/** A person with browsers, at one of which they sign in. */
export interface Somebody {
  readonly person: Person
  readonly browsers: readonly Browser[]
}

/** Everything that a sequence of commands works on, with what is expected of it. */
export interface World {
  readonly chance: Chance
  readonly clock: ReturnType<typeof createClock>
  readonly upstream: ReturnType<typeof createUpstream>
  readonly events: AuthEvent[]
  readonly people: readonly Somebody[]
  readonly clients: string[]
  readonly pages: OpenPage[]
  readonly grants: KnownGrant[]
  readonly server: () => AuthorizationServer
  readonly send: (request: Request) => Promise<Response>
  readonly post: (path: string, fields: Readonly<Record<string, string>>) => Promise<Response>
  /** Ends the instance and starts another one on the same store: what was only in memory is gone. */
  readonly restart: () => void
}

const long = 1000 * 86_400_000
const unlimited = { capacity: 1e9, everyMs: 1 }

/** A world of a seed: two people with two browsers each, no client yet. */
export function createWorld(seed: number): World {
  const clock = createClock()
  const upstream = createUpstream()
  const events: AuthEvent[] = []
  const store = createMemoryAuthStore()
  const start = (): AuthorizationServer =>
    createAuthorizationServer({
      issuer,
      resources: [{ url: resource, defaultScopes: useful }],
      scopes,
      store,
      signIn: upstream.signIn,
      keys: createKeyRing([rootSecret('k1', 1)]),
      limiter: { take: () => ({ ok: true, budgets: [] }) },
      now: clock.now,
      observe: (event) => events.push(event),
      policy: {
        registrationPerAddress: unlimited,
        registrationInAll: unlimited,
        unusedClientMs: long,
        idleClientMs: long,
      },
    })
  let server = start()
  const send = async (request: Request): Promise<Response> => {
    const url = new URL(request.url)
    if (url.origin === upstream.origin) return upstream.visit(url)
    return (await server.fetch(request, { address: '192.0.2.7' })) ?? new Response(null, { status: 404 })
  }
  return {
    chance: createChance(seed),
    clock,
    upstream,
    events,
    people: [ada, grace].map((person) => ({ person, browsers: [createBrowser(send), createBrowser(send)] })),
    clients: [],
    pages: [],
    grants: [],
    server: () => server,
    send,
    post: (path, fields) =>
      send(new Request(`${issuer}${path}`, { method: 'POST', body: new URLSearchParams(fields) })),
    restart() {
      server = start()
    },
  }
}
