import { createRemoteJWKSet, customFetch } from 'jose'

import { readAccessJwt } from './access-jwt.ts'
import { checkIssuer } from './issuer.ts'
import type { Timestamp } from './records.ts'
import type { Verdict } from './verification.ts'

/** What the verification of JWTs is made of. */
export interface JwtVerifierOptions {
  readonly issuer: string
  /** Where the issuer's key set is. Default: `/jwks` under the issuer. Never taken from a token. */
  readonly keySet?: URL
  readonly fetch?: typeof globalThis.fetch
  /** Milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => Timestamp
}

/**
 * Makes a `verify` for {@link createProtectedResource} on another machine than the authorization server's: it reads JWTs
 * by the issuer's published keys and asks nobody. So it learns of a revocation when the token ends, after 15 minutes at
 * most; where that is too late, introspect. `label` is the subject, since these tokens hold no names. Rejects when the
 * key set cannot be fetched.
 *
 * @throws {TypeError} when the issuer is malformed.
 * @see RFC 9068 section 4
 */
export function createJwtVerifier(
  options: JwtVerifierOptions,
): (token: string, resource: string) => Promise<Verdict> {
  const { issuer, fetch = globalThis.fetch, now = Date.now } = options
  checkIssuer(issuer)
  const keySet = options.keySet ?? new URL(`${issuer}/jwks`)
  const keys = createRemoteJWKSet(keySet, {
    timeoutDuration: 3000,
    cacheMaxAge: 300_000,
    [customFetch]: (url, init) => fetch(url, { ...init, redirect: 'error' }),
  })
  return async (token, resource) => {
    const verdict = await readAccessJwt(token, { issuer, keys, now, toleranceSeconds: 5 })
    if (!verdict.ok || verdict.grant.resource === resource) return verdict
    return { ok: false, reason: 'wrong_resource' }
  }
}
