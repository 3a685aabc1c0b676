import { basicHeader } from './basic.ts'
import { atlassianGateway, gatewayBase } from './gateway.ts'
import type { AuthStrategy } from './strategy.ts'

/** What `scopedToken` needs. */
export interface ScopedTokenOptions {
  readonly cloudId: string
  readonly email: string
  /** An API token with scopes. */
  readonly apiToken: string
  /** Default: `https://api.atlassian.com`. */
  readonly gateway?: string
}

/** E-mail address and an API token with scopes, through the gateway. */
export function scopedToken(options: ScopedTokenOptions): AuthStrategy {
  const { cloudId, email, apiToken, gateway = atlassianGateway } = options
  const headers = { authorization: basicHeader(email, apiToken) }
  return {
    kind: 'scoped-token',
    tenant: cloudId,
    baseUrl: gatewayBase(gateway, cloudId),
    headers: () => headers,
  }
}
