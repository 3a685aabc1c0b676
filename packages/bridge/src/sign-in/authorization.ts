import { BridgeError } from '../bridge-error.ts'
import type { OAuthClient } from '../credentials/credentials.ts'
import { textIn } from '../json/object.ts'
import type { SignInChoices } from './choices.ts'
import { ownParameters } from './choices.ts'
import type { AuthorizationServer, Discovered } from './discovery.ts'

/** A request that a browser carries to the authorization server. Verifier and state stay in memory. */
export interface AuthorizationRequest {
  readonly url: URL
  readonly state: string
  readonly verifier: string
}

/** What an authorization is asked with. */
export interface AuthorizationWish {
  readonly discovered: Discovered
  readonly client: OAuthClient
  readonly redirectUri: string
  readonly scope?: string
  readonly parameters?: Readonly<Record<string, string>>
}

/** Makes a request with PKCE, a state of its own, and the resource. @see RFC 7636; RFC 8707 */
export async function createAuthorizationRequest(wish: AuthorizationWish): Promise<AuthorizationRequest> {
  const { createHash, randomBytes } = await import('node:crypto')
  const { discovered, client, redirectUri, scope } = wish
  const [state, verifier] = [randomBytes(24).toString('base64url'), randomBytes(32).toString('base64url')]
  const url = new URL(discovered.server.authorizationEndpoint)
  const given = Object.entries(wish.parameters ?? {}).filter(([name]) => !ownParameters.has(name))
  const parameters = {
    response_type: 'code',
    client_id: client.id,
    redirect_uri: redirectUri,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(discovered.resource !== undefined && { resource: discovered.resource }),
    ...(scope && { scope }),
    ...Object.fromEntries(given),
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return { url, state, verifier }
}

/**
 * Takes the code out of a callback whose state has been compared. The issuer is checked before anything else is
 * believed; the server's own words are not repeated. @see RFC 9207, section 2.4
 */
export function codeOf(callback: URLSearchParams, server: AuthorizationServer): string {
  const named = callback.get('iss')
  if (named === null ? server.namesItself : named !== server.issuer) {
    const message = `The answer to the sign-in does not come from ${server.issuer}, and was not used. Sign in again.`
    throw new BridgeError('sign_in_failed', message)
  }
  const error = callback.get('error')
  if (error !== null) throw new BridgeError('sign_in_failed', refusals[error] ?? refusals['other'] ?? '')
  const code = callback.get('code')
  if (code === null || code === '')
    throw new BridgeError('sign_in_failed', 'The answer to the sign-in holds no code. Sign in again.')
  return code
}

const refusals: Readonly<Record<string, string>> = {
  access_denied: 'The sign-in was refused in the browser. Sign in again, and allow the access.',
  invalid_scope:
    'The server asks for scopes that its authorization server does not know. Tell who runs the server.',
  temporarily_unavailable: 'The authorization server is not available at the moment. Sign in again later.',
  server_error: 'The authorization server failed. Sign in again later.',
  other:
    'The authorization server refused the sign-in. Sign in again, and if that fails too, tell who runs the server.',
}

/** What to ask for: what the server names, what was granted before, and a refresh token where that is a scope. */
export function scopeFor(
  { scopes, server }: Discovered,
  granted: string | undefined,
  { scope, clientMetadata }: Pick<SignInChoices, 'scope' | 'clientMetadata'>,
): string | undefined {
  const pinned = textIn(clientMetadata, 'scope') ?? scope
  if (pinned !== undefined) return pinned === '' ? undefined : pinned
  const wanted = new Set([...(granted?.split(' ').filter(Boolean) ?? []), ...(scopes ?? [])])
  if (server.scopesSupported.includes('offline_access') && scopes !== undefined) wanted.add('offline_access')
  return wanted.size === 0 ? undefined : [...wanted].join(' ')
}
