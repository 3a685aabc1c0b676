import type { ClientMetadata, ClientOrigin, Timestamp } from '../records.ts'

/** A client that was found, whichever way it became known. */
export interface Client {
  readonly id: string
  readonly metadata: ClientMetadata
  readonly origin: ClientOrigin
  /** SHA-256 of the secret, base64url, where the method has one. */
  readonly secretHash?: string
  /** Resources whose tokens it may introspect. */
  readonly introspects: readonly string[]
  readonly service?: ServiceRights
  /** When a client that registered itself is removed unless it is used. */
  readonly expiresAt?: Timestamp
}

/** A client that the operator entered. */
export interface ConfiguredClient extends ClientMetadata {
  readonly id: string
  /** SHA-256 of a secret of at least 256 random bits, base64url. For `client_secret_basic` and `client_secret_post`. */
  readonly secretHash?: string
  /** Identifiers of the resources for which it is a resource server, and so may introspect tokens. */
  readonly introspects?: readonly string[]
  /** Lets it ask for tokens in its own name, with the grant type `client_credentials`, and says for what. */
  readonly service?: ServiceRights
}

/** What a client may do in its own name. */
export interface ServiceRights {
  /** Permissions. What they imply comes with them. */
  readonly scopes: readonly string[]
}
