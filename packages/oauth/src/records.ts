/** Milliseconds since 1970. */
export type Timestamp = number

/** How a client proves itself at the token endpoint (RFC 7591 section 2). */
export type ClientAuthMethod = 'none' | 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt'

/** What a client may redeem at the token endpoint. */
export type GrantType = 'authorization_code' | 'refresh_token' | 'client_credentials'

/** What is kept of a client's metadata (RFC 7591 section 2), after it has been checked. JSON. */
export interface ClientMetadata {
  /** As the client wrote it, cut to 200 characters. Untrusted: escape and neutralise it before showing it. */
  readonly name: string
  /** Each passed the redirect policy. At least one, but for clients that act in their own name only. */
  readonly redirectUris: readonly string[]
  readonly authMethod: ClientAuthMethod
  readonly grantTypes: readonly GrantType[]
  /** Public keys for `private_key_jwt`: inline, or to be fetched through the guard. Never both. */
  readonly jwks?: { readonly keys: readonly Readonly<Record<string, unknown>>[] }
  readonly jwksUri?: string
}

/** A dynamically registered client. */
export interface ClientRecord {
  readonly id: string
  readonly metadata: ClientMetadata
  /** SHA-256 of the secret, base64url. Absent for clients without one. */
  readonly secretHash?: string
  readonly createdAt: Timestamp
  /** When a person last completed an authorization for it. Absent: never. */
  readonly lastUsedAt?: Timestamp
  /** Unused clients live for a day, used ones for 90 days after their last use. */
  readonly expiresAt: Timestamp
}

/** A client's metadata document, kept so that all instances agree for as long as it may be cached. */
export interface CimdRecord {
  /** The client id, and where the document was fetched. At most 512 characters. */
  readonly url: string
  readonly metadata: ClientMetadata
  readonly fetchedAt: Timestamp
  /** Until here it is good for new sign-ins. Afterwards it is fetched anew. */
  readonly freshUntil: Timestamp
  /** Until here it is good for tokens that are out, should its address not answer. */
  readonly expiresAt: Timestamp
}

/** How far we can vouch for who a client is. */
export type ClientOrigin =
  | { readonly kind: 'configured' }
  | { readonly kind: 'document'; readonly host: string; readonly known: boolean }
  | { readonly kind: 'registered'; readonly at: Timestamp }

/** An authorization request that passed every check. JSON; engines need not look inside. */
export interface AuthorizationRequest {
  readonly client: { readonly id: string; readonly name: string; readonly origin: ClientOrigin }
  /** Where answers are sent: the registered address, with the port that was asked for on loopback. */
  readonly redirectUri: string
  /** The redirect address byte for byte as the client sent it, which `/token` has to repeat if it names one. */
  readonly redirectUriAsSent: string
  /** Returned byte for byte. */
  readonly state?: string
  /** RFC 7636 S256 challenge, 43 characters. */
  readonly challenge: string
  readonly resource: string
  /** Closed under implication. May hold `offline_access`. */
  readonly scopes: readonly string[]
}

/** `tx`: one authorization request on its way. At most one code ever comes out of one. */
export interface TxRecord {
  /** 256 random bits, base64url. Visible in the address of the consent page, worthless without the browser. */
  readonly id: string
  readonly request: AuthorizationRequest
  /** Approvals are refused from here on. */
  readonly approveBy: Timestamp
  /** Covers sign-in and choice after a late approval. */
  readonly expiresAt: Timestamp
}

/** `login`: an approval that went to the sign-in upstream. Burnt by the first callback that names its state. */
export interface LoginRecord {
  /** SHA-256 of `state`, base64url. */
  readonly stateHash: string
  /** SHA-256 of the login cookie, base64url. */
  readonly browserHash: string
  readonly txId: string
  /** What the person approved. */
  readonly scopes: readonly string[]
  /** What `SignIn.begin` wants back in `finish`, at most 2 KiB. Sealed by its owner if it is secret. */
  readonly memo?: string
  /** SHA-256 of the long-lived browser cookie, base64url: tells a step-up from a second machine. */
  readonly deviceHash: string
  readonly expiresAt: Timestamp
}

/** What may be chosen on the choice page. */
export interface Choice {
  /** What `choices` of a grant hold: an id of the upstream's, such as that of a site. */
  readonly id: string
  /** Untrusted: a name that people gave. */
  readonly label: string
  readonly detail?: string
}

/** Who signed in upstream, and what that sign-in reaches. */
export interface SignedIn {
  /** The upstream's stable id of the person. */
  readonly subject: string
  /** Name or address of the person, for pages. Untrusted. */
  readonly label: string
  readonly choices: readonly Choice[]
  /** The upstream's tokens, already sealed by the owner of the keys. Kept for 10 minutes at most. */
  readonly sealed: string
}

/** `pending`: signed in upstream, choice not made yet. */
export interface PendingRecord {
  /** 256 random bits, base64url. Worthless without the browser. */
  readonly id: string
  /** SHA-256 of the login cookie, base64url. */
  readonly browserHash: string
  readonly txId: string
  readonly scopes: readonly string[]
  readonly deviceHash: string
  readonly signedIn: SignedIn
  readonly expiresAt: Timestamp
}

/** Why a grant ended. */
export type RevocationReason =
  | 'abandoned'
  | 'client'
  | 'code_replay'
  | 'expired'
  | 'person'
  | 'refresh_replay'
  | 'superseded'
  | 'upstream_dead'
  | (string & {})

/** A person's permission for a client. Everything else hangs on it: a revoked grant kills all under it. */
export interface GrantRecord {
  /** 128 random bits, base64url, 22 characters. */
  readonly id: string
  readonly clientId: string
  readonly clientName: string
  readonly subject: string
  readonly label: string
  readonly resource: string
  /** Closed under implication. */
  readonly scopes: readonly string[]
  /** Ids of what the person chose. */
  readonly choices: readonly string[]
  readonly deviceHash: string
  readonly createdAt: Timestamp
  readonly lastUsedAt: Timestamp
  /** When it lapses unless used: the expiry of the code, then of the family or the only access token. */
  readonly expiresAt: Timestamp
  /** Present on tombstones only. */
  readonly revoked?: {
    readonly at: Timestamp
    readonly reason: RevocationReason
    readonly keepUntil: Timestamp
  }
  readonly supersededBy?: string
}

/** An authorization code. The row outlives its use until `expiresAt`, or a replay could not be recognised. */
export interface CodeRecord {
  /** SHA-256 of the code, base64url. */
  readonly hash: string
  readonly grantId: string
  readonly clientId: string
  /** As sent at `/authorize`. */
  readonly redirectUri: string
  readonly challenge: string
  readonly resource: string
  readonly scopes: readonly string[]
  /** 60 s after it was issued. */
  readonly expiresAt: Timestamp
  readonly consumedAt?: Timestamp
}

/** A family of refresh tokens. The tokens themselves are derived, so nothing here is a bearer value. */
export interface FamilyRecord {
  /** 128 random bits, base64url, 22 characters. */
  readonly id: string
  readonly grantId: string
  readonly clientId: string
  /** Of the newest token. Starts at 0, grows by one a rotation. */
  readonly generation: number
  /** Key that derived the newest token, so that a retry after a key rotation gets the same bytes. */
  readonly kid: string
  readonly rotatedAt: Timestamp
  /** Whether an access token of the newest generation has been used. */
  readonly used: boolean
  readonly expiresAt: Timestamp
  /** `expiresAt` never passes it. */
  readonly absoluteExpiresAt: Timestamp
  readonly revoked: boolean
}

/** An access token. */
export interface AccessRecord {
  /** SHA-256 of the token, base64url. */
  readonly hash: string
  readonly grantId: string
  readonly clientId: string
  /** The family and generation it came from. Absent for clients without refresh tokens. */
  readonly family?: { readonly id: string; readonly generation: number }
  /** Closed under implication; never more than the grant's. */
  readonly scopes: readonly string[]
  readonly expiresAt: Timestamp
}
