import { BridgeError } from '../bridge-error.ts'
import type { ClientAuthentication, OAuthClient } from '../credentials/credentials.ts'
import { readAuthentication } from '../credentials/credentials.ts'
import { textIn } from '../json/object.ts'
import type { SignInChoices } from './choices.ts'
import type { AuthorizationServer } from './discovery.ts'
import type { DocumentOptions } from './documents.ts'
import { post } from './documents.ts'

/** A client that an operator registered by hand. */
export interface GivenClient {
  readonly id: string
  readonly secret?: string
}

/** Who we are towards an authorization server. */
export interface ClientIdentity extends SignInChoices {
  /** The name that people see on the consent page. */
  readonly clientName: string
  readonly version: string
}

/** What a client is needed for. */
export interface ClientWish {
  readonly server: AuthorizationServer
  /** Absent: the sign-in needs none. */
  readonly redirectUri?: string
  /** Default: a code, and the renewal of what came of it. */
  readonly grants?: readonly string[]
  readonly scope?: string
  /** The client of an earlier sign-in with the same authorization server. */
  readonly previous?: OAuthClient
}

/**
 * Finds the client to sign in as: the given one, the one described by a document, the one of last time, else a new
 * registration. Throws `BridgeError` `sign_in_failed` where none of these is possible.
 */
export async function clientFor(
  wish: ClientWish,
  identity: ClientIdentity,
  options: DocumentOptions,
): Promise<OAuthClient> {
  const { server, redirectUri, previous } = wish
  const { client, clientMetadataUrl } = identity
  if (client) return { ...client, authentication: authenticationOf(server, client.secret !== undefined) }
  if (clientMetadataUrl && server.takesMetadataDocuments)
    return { id: clientMetadataUrl, authentication: 'none' }
  if (previous && previous.redirectUri === redirectUri) return previous
  return register(wish, identity, options)
}

function authenticationOf(
  { clientAuthentication }: AuthorizationServer,
  secret: boolean,
): ClientAuthentication {
  const wanted: readonly ClientAuthentication[] = secret
    ? ['client_secret_post', 'client_secret_basic']
    : ['none', 'client_secret_post', 'client_secret_basic']
  // RFC 8414, section 2: a server that does not say takes `client_secret_basic`.
  const fallback = secret ? 'client_secret_basic' : 'none'
  return wanted.find((way) => clientAuthentication?.includes(way)) ?? fallback
}

/** Dynamic registration as a native client. @see RFC 7591, section 3; RFC 8252, section 8.4 */
async function register(
  { server, redirectUri, scope, grants = ['authorization_code', 'refresh_token'] }: ClientWish,
  { clientName, version, clientMetadata }: ClientIdentity,
  options: DocumentOptions,
): Promise<OAuthClient> {
  if (!server.registrationEndpoint) {
    const message = `${server.issuer} registers no clients by itself. Ask who runs it for a client id.`
    throw new BridgeError('sign_in_failed', message)
  }
  const wanted = {
    client_name: clientName,
    redirect_uris: redirectUri === undefined ? [] : [redirectUri],
    grant_types: grants,
    response_types: redirectUri === undefined ? [] : ['code'],
    token_endpoint_auth_method: authenticationOf(server, false),
    application_type: 'native',
    software_id: 'telamon-proxy',
    software_version: version,
    ...(scope && { scope }),
    ...clientMetadata,
  }
  const { status, body } = await post(
    server.registrationEndpoint,
    { type: 'application/json', text: JSON.stringify(wanted) },
    options,
  )
  const [id, secret] = [textIn(body, 'client_id'), textIn(body, 'client_secret')]
  if (status >= 300 || id === undefined) {
    const message = `${server.issuer} refused to register this client (${status}). Ask who runs it for a client id.`
    throw new BridgeError('sign_in_failed', message)
  }
  const said = readAuthentication(textIn(body, 'token_endpoint_auth_method'))
  const authentication = said ?? (secret === undefined ? 'none' : wanted.token_endpoint_auth_method)
  return { id, ...(secret && { secret }), authentication, ...(redirectUri !== undefined && { redirectUri }) }
}
