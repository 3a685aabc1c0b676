import { parseBase, trimmed } from '../origin.ts'
import type { AuthStrategy } from './strategy.ts'

/** Basic credentials as a header field. @see RFC 7617 */
export function basicHeader(user: string, password: string): string {
  const bytes = new TextEncoder().encode(`${user}:${password}`)
  return `Basic ${btoa(String.fromCharCode(...bytes))}`
}

/** What `basicAuth` needs. */
export interface BasicAuthOptions {
  /** The site's address, such as `https://example.atlassian.net`. */
  readonly site: string
  readonly email: string
  /** An API token without scopes; one with scopes is refused on a site's address (reported), see `scopedToken`. */
  readonly apiToken: string
}

/** E-mail address and API token, on the site's own address. */
export function basicAuth({ site, email, apiToken }: BasicAuthOptions): AuthStrategy {
  const base = parseBase(site, 'site')
  const headers = { authorization: basicHeader(email, apiToken) }
  return { kind: 'basic', tenant: base.host, baseUrl: () => trimmed(base), headers: () => headers }
}
