import { bearer } from './bearer.ts'
import type { TokenSource } from './bearer.ts'
import { atlassianGateway, gatewayBase } from './gateway.ts'
import type { AuthStrategy } from './strategy.ts'

/** What `oauth` needs. */
export interface OAuthOptions {
  readonly cloudId: string
  /** Gives the access token of a person (3LO). Asked before each attempt; after a 401 once more, with what was rejected. */
  readonly token: TokenSource
  /** Default: `https://api.atlassian.com`. */
  readonly gateway?: string
}

/** A person's OAuth access token, through the gateway. Getting and refreshing tokens is left to `token`. */
export function oauth({ cloudId, token, gateway = atlassianGateway }: OAuthOptions): AuthStrategy {
  return { kind: 'oauth', tenant: cloudId, baseUrl: gatewayBase(gateway, cloudId), ...bearer(token) }
}
