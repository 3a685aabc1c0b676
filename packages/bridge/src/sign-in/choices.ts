import type { JsonObject } from '../json/object.ts'
import type { GivenClient } from './registration.ts'

/** What a person may decide about signing in. All of it has a default that follows the server. */
export interface SignInChoices {
  /**
   * `browser`: on this machine. `device`: with a code on any machine (RFC 8628). `device-first`: the same where the
   * server can do that, else `browser`. `client_credentials`: no person at all; needs `client`. Default: `browser`.
   */
  readonly grant?: 'browser' | 'device' | 'device-first' | 'client_credentials'
  /** A client that is registered at the authorization server already. Comes before all else. */
  readonly client?: GivenClient
  /** The https: address of a document about the client, for authorization servers that take one. */
  readonly clientMetadataUrl?: string
  /** Members of a registration that replace ours. A `scope` among them replaces every other one. */
  readonly clientMetadata?: JsonObject
  /** Scopes to ask for, instead of those that the server names. */
  readonly scope?: string
  /** The value of `resource` (RFC 8707); false leaves it out. Default: what the server's metadata says. */
  readonly resource?: string | false
  /** Further parameters of the authorization request. Those of the protocol itself cannot be replaced. */
  readonly authorizeParameters?: Readonly<Record<string, string>>
  /** Where `client_credentials` gets its tokens. Default: what the server's metadata says. */
  readonly tokenEndpoint?: URL
  /** Which token of the sign-in is sent to the server. Default: `access_token`. */
  readonly bearer?: 'access_token' | 'id_token'
}

/** Parameters of an authorization request that belong to the protocol. */
export const ownParameters: ReadonlySet<string> = new Set([
  'client_id',
  'redirect_uri',
  'response_type',
  'state',
  'code_challenge',
  'code_challenge_method',
])
