import { BridgeError } from '../bridge-error.ts'
import type { JsonObject } from '../json/object.ts'
import { textIn, textsIn } from '../json/object.ts'
import { safeAddress } from './addresses.ts'
import type { Challenge } from './challenge.ts'
import type { SignInChoices } from './choices.ts'
import type { DocumentOptions } from './documents.ts'
import { getDocument } from './documents.ts'

/** An authorization server, as it describes itself. @see RFC 8414 */
export interface AuthorizationServer {
  readonly issuer: string
  readonly authorizationEndpoint: URL
  readonly tokenEndpoint: URL
  readonly registrationEndpoint?: URL
  readonly revocationEndpoint?: URL
  readonly deviceAuthorizationEndpoint?: URL
  readonly scopesSupported: readonly string[]
  /** How clients may prove themselves at the token endpoint. Absent: it does not say. */
  readonly clientAuthentication?: readonly string[]
  /** Whether a client id may be the address of a document about the client. */
  readonly takesMetadataDocuments: boolean
  /** Whether it names itself in its redirects. @see RFC 9207 */
  readonly namesItself: boolean
}

/** Where to sign in to a server, and for what. */
export interface Discovered {
  /** The value of `resource`. Absent: it is left out on purpose. @see RFC 8707 */
  readonly resource?: string
  /** The scopes to ask for, when the server says so. */
  readonly scopes?: readonly string[]
  readonly server: AuthorizationServer
}

/** Finds out where to sign in. Throws `BridgeError` `sign_in_failed`, which names the document at fault. */
export async function discover(
  remote: URL,
  challenge: Challenge | undefined,
  options: DocumentOptions & Pick<SignInChoices, 'resource'>,
): Promise<Discovered> {
  const document = await findResource(remote, challenge, options)
  const [named] = textsIn(document, 'authorization_servers') ?? []
  const server = await findServer(named ?? remote.origin, named === undefined, options)
  const scopes = challenge?.scope?.split(' ').filter(Boolean) ?? textsIn(document, 'scopes_supported')
  const { resource = textIn(document, 'resource') ?? resourceOf(remote) } = options
  return { ...(resource !== false && { resource }), ...(scopes && { scopes }), server }
}

/** The identifier of a server that does not say its own. */
function resourceOf({ origin, pathname, search }: URL): string {
  return pathname === '/' && search === '' ? origin : `${origin}${pathname}${search}`
}

/** Protected resource metadata: where the challenge says, else by path, else at the root. @see RFC 9728, section 3 */
async function findResource(
  remote: URL,
  challenge: Challenge | undefined,
  options: DocumentOptions,
): Promise<JsonObject | undefined> {
  const told = challenge?.resourceMetadata
  if (told !== undefined) {
    const url = safeAddress(
      new URL(told, remote).href,
      'The address of the protected resource metadata',
      options,
    )
    const document = await getDocument(url, options)
    if (document) return checkedResource(document, remote, url)
  }
  for (const url of wellKnown(remote, 'oauth-protected-resource')) {
    const document = await getDocument(url, options)
    if (document && (textsIn(document, 'authorization_servers') ?? []).length > 0) {
      return checkedResource(document, remote, url)
    }
  }
  return undefined
}

/** A document counts only for the server that was asked: the same origin, and a path at or above its own. */
function checkedResource(document: JsonObject, remote: URL, from: URL): JsonObject {
  const resource = textIn(document, 'resource')
  if (resource === undefined) return document
  const url = URL.canParse(resource) ? new URL(resource) : undefined
  const folder = url?.pathname.endsWith('/') ? url.pathname : `${url?.pathname}/`
  if (url?.origin === remote.origin && `${remote.pathname}/`.startsWith(folder)) return document
  const whom = url ? url.href : 'something that is no address'
  const message = `${from.href} speaks for ${whom}, not for ${remote.href}. Give that address, if it is the server you mean.`
  throw new BridgeError('sign_in_failed', message)
}

/** By path and then at the root; one place when there is no path. */
function wellKnown(base: URL, name: string): readonly URL[] {
  const path = base.pathname.replace(/\/$/, '')
  const root = new URL(`/.well-known/${name}`, base)
  return path === '' ? [root] : [new URL(`/.well-known/${name}${path}${base.search}`, base), root]
}

/**
 * Authorization server metadata in the order of the MCP specification. Where the resource names no server, the origin
 * itself is asked, and may do without a document, as revision 2025-03-26 has it.
 */
async function findServer(
  issuer: string,
  assumed: boolean,
  options: DocumentOptions,
): Promise<AuthorizationServer> {
  const base = safeAddress(issuer, 'The address of the authorization server', options)
  const path = base.pathname.replace(/\/$/, '')
  const places = [
    new URL(`/.well-known/oauth-authorization-server${path}`, base),
    new URL(`/.well-known/openid-configuration${path}`, base),
    ...(path === '' ? [] : [new URL(`${path}/.well-known/openid-configuration`, base)]),
  ]
  for (const place of places) {
    const document = await getDocument(place, options)
    if (document) return readServer(document, { issuer, place, options })
  }
  if (assumed) return serverWithoutDocument(base)
  const message = `${issuer} has no authorization server metadata, so there is no telling how to sign in. Tell who runs the server.`
  throw new BridgeError('sign_in_failed', message)
}

interface Source {
  readonly issuer: string
  readonly place: URL
  readonly options: DocumentOptions
}

function readServer(document: JsonObject, { issuer, place, options }: Source): AuthorizationServer {
  const named = textIn(document, 'issuer')
  if (named === undefined || withoutSlash(named) !== withoutSlash(issuer)) {
    throw new BridgeError(
      'sign_in_failed',
      `${place.href} names another issuer than ${issuer}, and is not used.`,
    )
  }
  if (!textsIn(document, 'code_challenge_methods_supported')?.includes('S256')) {
    const message = `${named} does not say that it supports PKCE with S256, without which a sign-in is not safe.`
    throw new BridgeError('sign_in_failed', message)
  }
  const endpoint = (name: string): URL | undefined => {
    const text = textIn(document, name)
    return text === undefined ? undefined : safeAddress(text, `The ${name} of ${named}`, options)
  }
  const authorizationEndpoint = endpoint('authorization_endpoint')
  const tokenEndpoint = endpoint('token_endpoint')
  if (!authorizationEndpoint || !tokenEndpoint) {
    throw new BridgeError(
      'sign_in_failed',
      `${place.href} names no authorization endpoint or no token endpoint.`,
    )
  }
  const registrationEndpoint = endpoint('registration_endpoint')
  const revocationEndpoint = endpoint('revocation_endpoint')
  const deviceAuthorizationEndpoint = endpoint('device_authorization_endpoint')
  const clientAuthentication = textsIn(document, 'token_endpoint_auth_methods_supported')
  return {
    issuer: named,
    authorizationEndpoint,
    tokenEndpoint,
    ...(registrationEndpoint && { registrationEndpoint }),
    ...(revocationEndpoint && { revocationEndpoint }),
    ...(deviceAuthorizationEndpoint && { deviceAuthorizationEndpoint }),
    scopesSupported: textsIn(document, 'scopes_supported') ?? [],
    ...(clientAuthentication && { clientAuthentication }),
    takesMetadataDocuments: document['client_id_metadata_document_supported'] === true,
    namesItself: document['authorization_response_iss_parameter_supported'] === true,
  }
}

function withoutSlash(text: string): string {
  return text.endsWith('/') ? text.slice(0, -1) : text
}

function serverWithoutDocument(base: URL): AuthorizationServer {
  return {
    issuer: base.origin,
    authorizationEndpoint: new URL('/authorize', base),
    tokenEndpoint: new URL('/token', base),
    registrationEndpoint: new URL('/register', base),
    scopesSupported: [],
    takesMetadataDocuments: false,
    namesItself: false,
  }
}
