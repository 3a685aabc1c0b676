/** An OAuth 2.0 (3LO) app as it stands in a developer console. */
export interface App {
  readonly clientId: string
  readonly clientSecret: string
  readonly name: string
  /** Exact addresses, or `loopback` for any http address on the loopback interface. */
  readonly redirectUris: readonly string[]
}

/** What one account allowed one app. There is one of these for each pair (documented). */
export interface Grant {
  readonly id: string
  readonly clientId: string
  readonly accountId: string
  /** The cloud ids of the sites that were allowed, over all consents. */
  readonly sites: Set<string>
  revokedAt: number | null
}

/** An authorization code, spent by its first use. */
interface AuthorizationCode {
  readonly grantId: string
  readonly clientId: string
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly expiresAt: number
  used: boolean
}

/** An access token of a grant. */
interface AccessToken {
  readonly grantId: string
  readonly scopes: readonly string[]
  /** Narrows the token to one site; absent when it reaches all sites of the grant. */
  readonly cloudId?: string
  readonly expiresAt: number
}

/** A chain of refresh tokens that began with one code. It lives and dies as a whole. */
export interface TokenFamily {
  readonly id: string
  readonly grantId: string
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly startedAt: number
  lastUsedAt: number
  /** Why it no longer answers: reused outside the interval, idle or too old. */
  dead: boolean
}

/** One refresh token: live until its child is used, or until the reuse interval is over. */
interface RefreshToken {
  readonly familyId: string
  /** When it was first exchanged; null while nobody has. */
  rotatedAt: number | null
  readonly parent: string | null
}

/** An API token, sent with Basic authentication. */
interface ApiToken {
  readonly token: string
  readonly accountId: string
  /** Present on a token with scopes, which only the gateway takes (documented). */
  readonly scopes?: readonly string[]
}

/** All that the authorization server knows. */
export interface AuthState {
  readonly apps: Map<string, App>
  readonly grants: Map<string, Grant>
  readonly codes: Map<string, AuthorizationCode>
  readonly accessTokens: Map<string, AccessToken>
  readonly families: Map<string, TokenFamily>
  readonly refreshTokens: Map<string, RefreshToken>
  readonly apiTokens: Map<string, ApiToken>
}
