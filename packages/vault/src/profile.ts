import type { Refusal } from './errors.ts'

/** A site that a connection reaches. One entry a site, however many the upstream lists. */
export interface Site {
  readonly cloudId: string
  /** Without a slash at its end. */
  readonly url: string
  readonly name: string
  /** The upstream scopes that were granted on this site, sorted. */
  readonly scopes: readonly string[]
  readonly products: readonly SiteProduct[]
}

/** What a site's scopes speak of. */
export type SiteProduct = 'jira' | 'confluence' | 'jsm'

/** Who a connection belongs to, in the upstream's words with control characters removed. */
export interface Identity {
  readonly accountId: string
  readonly name: string
  readonly email?: string
  readonly picture?: string
  /** An IANA name, such as `Europe/Berlin`. */
  readonly timeZone?: string
  readonly locale?: string
}

/** Fetches JSON with the connection's access token. The address has to be the profile's own. */
export type Ask = (url: string) => Promise<unknown>

/**
 * All that differs between upstreams with OAuth 2.0 and rotating refresh tokens. Plain data and four small functions,
 * so that another upstream (Data Center's own provider) is another object and no other code.
 */
export interface UpstreamProfile {
  /** The name of the authorization server. Compared with `iss` where a callback bears one. */
  readonly issuer: string
  readonly authorizeUrl: string
  readonly tokenUrl: string
  /** Added to every authorization request. */
  readonly authorizeParameters: Readonly<Record<string, string>>
  /** Asked for in every sign-in, beside what the permissions need. */
  readonly scopes: readonly string[]
  /** How the client's secret is sent to the token endpoint. */
  readonly clientAuth: 'client_secret_post' | 'client_secret_basic'
  readonly pkce: 'never' | 'always'
  /** Some upstreams check `redirect_uri` when refreshing, too. */
  readonly sendRedirectUriOnRefresh: boolean
  /** How long an access token lives when the answer does not say so, in milliseconds. */
  readonly accessLifetimeMs: number
  /** After so many milliseconds without a refresh, the refresh token is dead. */
  readonly idleLifetimeMs: number
  /** So many milliseconds after the sign-in, the refresh token is dead, used or not. */
  readonly absoluteLifetimeMs: number
  /** Whether a refusal means that this refresh token will never work again. */
  readonly isDeadGrant: (refusal: Refusal) => boolean
  readonly identity: (ask: Ask) => Promise<Identity>
  /** The sites in a stable order. */
  readonly resources: (ask: Ask) => Promise<readonly Site[]>
}
