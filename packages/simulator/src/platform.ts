import { decide, authorize, signIn } from './auth/authorize.ts'
import { drawAvatar } from './auth/avatars.ts'
import type { Credentials } from './auth/credentials.ts'
import { accessibleResources, me } from './auth/resources.ts'
import type { ScopeBook } from './auth/scopes.ts'
import { answerTokenRequest, tokenEndpointMethod } from './auth/token.ts'
import type { Ground } from './ground.ts'
import { gatewayError } from './http/errors.ts'
import type { Service } from './http/headers.ts'
import { mediaPrefix } from './http/media-address.ts'
import type { Reply } from './http/reply.ts'
import { mediaReply } from './media.ts'
import { startPage } from './pages/start.ts'
import { lookAs } from './pages/viewer.ts'

/** An answer of the authorization server or the gateway itself, and what the log and the faults call it. */
export interface PlatformAnswer {
  readonly service: Service
  readonly reply: () => Reply | Promise<Reply>
  readonly operation?: string
  readonly writes?: true
}

/** What such an answer is made from. */
export interface PlatformRequest {
  readonly request: Request
  readonly url: URL
  readonly auth: boolean
  readonly api: boolean
  readonly credentials: Credentials
}

const unauthorized = gatewayError(401, 'Unauthorized')

/** A form of one of our own pages. */
async function formOf(request: Request): Promise<URLSearchParams> {
  return new URLSearchParams(await request.text())
}

function avatar({ world }: Ground, path: string): Reply {
  const name = decodeURIComponent(path.replace(/^\/simulator\/avatars\//, '').replace(/\.svg$/, ''))
  const words = name.startsWith('site/')
    ? name.slice(5).replaceAll('-', ' ')
    : (world.people.get(name)?.displayName ?? '?')
  const headers = {
    'content-type': 'image/svg+xml',
    'cache-control': 'public, max-age=3600',
    'content-security-policy': "default-src 'none'",
  }
  return { status: 200, text: drawAvatar(words), headers }
}

/** The pages of the simulator itself, which are on every origin. */
export function ownPage(
  ground: Ground,
  scopeBook: ScopeBook,
  { request, url }: Pick<PlatformRequest, 'request' | 'url'>,
): PlatformAnswer | undefined {
  const { pathname } = url
  const { method } = request
  if (pathname.startsWith('/simulator/avatars/') && method === 'GET')
    return { service: 'page', reply: () => avatar(ground, pathname) }
  if (pathname.startsWith(mediaPrefix) && method === 'GET')
    return { service: 'page', reply: () => mediaReply(ground, url, request.headers) }
  if (method !== 'POST') return undefined
  switch (pathname) {
    case '/simulator/sign-in':
      return { service: 'page', reply: async () => signIn(ground, scopeBook, await formOf(request)) }
    case '/simulator/consent':
      return {
        service: 'page',
        writes: true,
        reply: async () => decide(ground, scopeBook, await formOf(request)),
      }
    case '/simulator/look-as':
      return { service: 'page', reply: async () => lookAs(ground, await formOf(request)) }
    default:
      return undefined
  }
}

/** What is at an address of the authorization server or of the gateway, outside of the products. */
export function platformAnswer(
  ground: Ground,
  scopeBook: ScopeBook,
  asked: PlatformRequest,
): PlatformAnswer | undefined {
  const { request, url, auth, api, credentials } = asked
  const { method } = request
  const reads = method === 'GET'
  if (auth && url.pathname === '/authorize' && reads) {
    return {
      service: 'page',
      operation: 'authorize',
      reply: () => authorize(ground, scopeBook, url.searchParams),
    }
  }
  if (auth && url.pathname === '/oauth/token') {
    const reply = (): Reply | Promise<Reply> =>
      method === 'POST' ? answerTokenRequest(ground, request) : tokenEndpointMethod
    return { service: 'token', operation: 'token', writes: true, reply }
  }
  if (api && url.pathname === '/oauth/token/accessible-resources' && reads) {
    return {
      service: 'resources',
      operation: 'accessible-resources',
      reply: () => resources(ground, scopeBook, credentials),
    }
  }
  if (api && url.pathname === '/me' && reads) {
    return { service: 'resources', operation: 'me', reply: () => identity(ground, credentials) }
  }
  if (url.pathname === '/' && reads) return { service: 'page', reply: () => startPage(ground) }
  return ownPage(ground, scopeBook, asked)
}

function resources(ground: Ground, scopeBook: ScopeBook, credentials: Credentials): Reply {
  if (credentials.kind !== 'bearer') return unauthorized
  const { grant, caller, cloudId } = credentials
  const { person } = caller
  if (!person) return unauthorized
  return accessibleResources(ground, scopeBook, {
    person,
    grant,
    scopes: caller.scopes ?? [],
    ...(cloudId !== undefined && { cloudId }),
  })
}

function identity(ground: Ground, credentials: Credentials): Reply {
  if (credentials.kind !== 'bearer' || !credentials.caller.person) return unauthorized
  const held = credentials.caller.scopes ?? []
  if (!held.includes('read:me')) return gatewayError(401, 'Unauthorized; scope does not match')
  return me(ground, credentials.caller.person)
}
