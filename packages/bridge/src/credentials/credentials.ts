import type { JsonObject } from '../json/object.ts'
import { numberIn, objectIn, textIn } from '../json/object.ts'

/** How a client proves itself at the token endpoint. */
export type ClientAuthentication = 'none' | 'client_secret_post' | 'client_secret_basic'

/** A client as the authorization server knows it. */
export interface OAuthClient {
  readonly id: string
  readonly secret?: string
  readonly authentication: ClientAuthentication
  /** Only for a client that was registered: the one redirect address it may use. */
  readonly redirectUri?: string
}

/** Milliseconds since 1970. */
export type Instant = number

/** A sign-in to one server. Belongs to one authorization server and is never shown to another. */
export interface Credentials {
  /** The server's address, for people. */
  readonly server: string
  readonly issuer: string
  /** Absent: it was left out on purpose. */
  readonly resource?: string
  readonly tokenEndpoint: string
  readonly revocationEndpoint?: string
  readonly client: OAuthClient
  /** Scopes that were granted, or asked for where the answer did not say. */
  readonly scope?: string
  /** Absent once the server is known to refuse them. */
  readonly accessToken?: string
  readonly refreshToken?: string
  /** Which token `accessToken` is. Absent: the access token. */
  readonly bearer?: 'id_token'
  readonly issuedAt: Instant
  /** Absent: the authorization server did not say. */
  readonly expiresAt?: Instant
}

/** Reads what a store kept. Undefined when it is not whole. */
export function readCredentials(value: JsonObject): Credentials | undefined {
  const [server, issuer] = [textIn(value, 'server'), textIn(value, 'issuer')]
  const tokenEndpoint = textIn(value, 'tokenEndpoint')
  const client = readClient(objectIn(value, 'client'))
  const issuedAt = numberIn(value, 'issuedAt')
  if (!server || !issuer || !tokenEndpoint || !client || issuedAt === undefined) return undefined
  const optional = ['resource', 'revocationEndpoint', 'scope', 'accessToken', 'refreshToken'].flatMap(
    (name) => {
      const text = textIn(value, name)
      return text === undefined ? [] : [[name, text]]
    },
  )
  const expiresAt = numberIn(value, 'expiresAt')
  return {
    server,
    issuer,
    tokenEndpoint,
    client,
    issuedAt,
    ...(value['bearer'] === 'id_token' && { bearer: 'id_token' }),
    ...Object.fromEntries(optional),
    ...(expiresAt !== undefined && { expiresAt }),
  }
}

function readClient(value: JsonObject): OAuthClient | undefined {
  const id = textIn(value, 'id')
  const authentication = readAuthentication(textIn(value, 'authentication'))
  if (!id || !authentication) return undefined
  const [secret, redirectUri] = [textIn(value, 'secret'), textIn(value, 'redirectUri')]
  return { id, authentication, ...(secret && { secret }), ...(redirectUri && { redirectUri }) }
}

/** Reads a way of client authentication. Undefined for one that is not supported. */
export function readAuthentication(text: string | undefined): ClientAuthentication | undefined {
  return text === 'none' || text === 'client_secret_post' || text === 'client_secret_basic' ? text : undefined
}
