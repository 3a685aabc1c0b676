import { AtlassianError } from '../errors.ts'
import type { Operation } from '../operation.ts'
import { parseBase, trimmed } from '../origin.ts'
import { createRest } from '../rest.ts'
import { bearer, createSingleFlight } from './bearer.ts'
import type { TokenSource } from './bearer.ts'
import { atlassianGateway, gatewayBase } from './gateway.ts'
import type { AuthStrategy } from './strategy.ts'

/** What `serviceAccount` needs. */
export interface ServiceAccountOptions {
  readonly cloudId: string
  readonly clientId: string
  readonly clientSecret: string
  /** Default: `https://api.atlassian.com`. */
  readonly gateway?: string
  /** The authorization server. Default: `https://auth.atlassian.com`. */
  readonly auth?: string
  readonly fetch?: typeof globalThis.fetch
  /** In milliseconds since 1970. */
  readonly now?: () => number
}

interface TokenData {
  readonly body: Readonly<Record<'grant_type' | 'client_id' | 'client_secret', string>>
}

/** Nothing of the site changes by it, so it may be repeated like a read. */
const requestToken: Operation<TokenData, unknown> = {
  id: 'requestToken',
  method: 'POST',
  path: '/oauth/token',
  read: true,
  scopes: {},
}

/** A token is renewed this long before it ends, in milliseconds, or at half its life when that is later. */
const early = 60_000

function parseToken(answer: unknown): { readonly token: string; readonly seconds: number } {
  if (typeof answer === 'object' && answer !== null && 'access_token' in answer) {
    const { access_token: token } = answer
    const seconds = 'expires_in' in answer ? Number(answer.expires_in) : 3_600
    if (typeof token === 'string' && token !== '' && seconds > 0) return { token, seconds }
  }
  const detail = 'The answer holds no access token.'
  throw new AtlassianError({ code: 'unreadable', operation: requestToken, status: 200, detail })
}

function tokenSource(options: ServiceAccountOptions): TokenSource {
  const { clientId, clientSecret, auth = 'https://auth.atlassian.com', fetch, now = Date.now } = options
  const server = parseBase(auth, 'auth')
  const rest = createRest({
    auth: { kind: 'none', tenant: server.host, baseUrl: () => trimmed(server), headers: () => ({}) },
    ...(fetch && { fetch }),
  })
  const body = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }
  const requests = createSingleFlight<string>()
  let held: { readonly token: string; readonly until: number } | undefined

  async function request(signal: AbortSignal): Promise<string> {
    const { token, seconds } = parseToken(await rest.call(requestToken, { body }, { signal }))
    held = { token, until: now() + Math.max(seconds * 1_000 - early, seconds * 500) }
    return token
  }
  return ({ signal, rejected }) => {
    if (held !== undefined && held.token !== rejected && now() < held.until) return held.token
    return requests('', request, signal)
  }
}

/** A service account's client credentials, exchanged for access tokens as they are needed, through the gateway. */
export function serviceAccount(options: ServiceAccountOptions): AuthStrategy {
  const { cloudId, gateway = atlassianGateway } = options
  return {
    kind: 'service-account',
    tenant: cloudId,
    baseUrl: gatewayBase(gateway, cloudId),
    ...bearer(tokenSource(options)),
  }
}
