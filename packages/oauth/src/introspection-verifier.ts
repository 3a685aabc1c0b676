import * as z from 'zod'

import { readBoundedText } from './bounded-body.ts'
import { createBoundedMap } from './bounded-map.ts'
import type { Timestamp } from './records.ts'
import { splitScope } from './scopes.ts'
import { sha256 } from './tokens.ts'
import type { Verdict, VerifiedGrant } from './verification.ts'

/** What verification by introspection is made of. */
export interface IntrospectionVerifierOptions {
  /** The issuer's `introspection_endpoint`. */
  readonly endpoint: URL
  /** As the operator of the issuer entered it, with `introspects` for the resource and `client_secret_basic`. */
  readonly client: { readonly id: string; readonly secret: string }
  /** How long a good answer is believed, in milliseconds: the longest that a revocation may go unnoticed. Default: 30 s. */
  readonly believedMs?: number
  readonly fetch?: typeof globalThis.fetch
  /** Milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => Timestamp
}

const Answer = z.discriminatedUnion('active', [
  z.object({ active: z.literal(false) }),
  z.object({
    active: z.literal(true),
    sub: z.string(),
    username: z.string().optional(),
    aud: z.string(),
    client_id: z.string(),
    scope: z.string(),
    exp: z.number(),
    grant_id: z.string(),
    choices: z.array(z.string()),
  }),
])

const mostAnswers = 10_000
const longestAnswer = 256 * 1024
const longestToken = 64 * 1024

/**
 * Makes a `verify` for {@link createProtectedResource} on another machine than the authorization server's: it asks there,
 * and believes a good answer for a while. Rejects when there is no answer, or this client may not ask.
 *
 * @see RFC 7662
 */
export function createIntrospectionVerifier(
  options: IntrospectionVerifierOptions,
): (token: string, resource: string) => Promise<Verdict> {
  const { endpoint, client, believedMs = 30_000, fetch = globalThis.fetch, now = Date.now } = options
  const believed = createBoundedMap<{ readonly grant: VerifiedGrant; readonly until: Timestamp }>(mostAnswers)
  const credentials = [client.id, client.secret].map((part) => encodeURIComponent(part)).join(':')
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`

  async function ask(token: string): Promise<VerifiedGrant | undefined> {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { authorization, accept: 'application/json' },
      body: new URLSearchParams({ token, token_type_hint: 'access_token' }),
      redirect: 'error',
      signal: AbortSignal.timeout(5000),
    })
    if (response.status !== 200) throw new Error(`Introspection was answered with status ${response.status}`)
    const body = await readBoundedText(response.body, longestAnswer)
    if (!body.ok) throw new Error('The answer to an introspection cannot be read')
    const answer = Answer.parse(JSON.parse(body.text))
    if (!answer.active) return undefined
    const { sub, username = sub, client_id: clientId, grant_id: grantId, scope, choices, aud, exp } = answer
    return {
      grantId,
      clientId,
      subject: sub,
      label: username,
      scopes: splitScope(scope),
      choices,
      resource: aud,
      expiresAt: exp * 1000,
    }
  }

  return async (token, resource) => {
    if (token === '' || token.length > longestToken) return { ok: false, reason: 'malformed' }
    const hash = sha256(token)
    const known = believed.get(hash)
    const grant = known !== undefined && known.until > now() ? known.grant : await ask(token)
    if (grant === undefined) {
      believed.delete(hash)
      return { ok: false, reason: 'unknown' }
    }
    if (grant.expiresAt <= now()) return { ok: false, reason: 'expired' }
    if (grant.resource !== resource) return { ok: false, reason: 'wrong_resource' }
    if (known?.grant !== grant)
      believed.set(hash, { grant, until: Math.min(now() + believedMs, grant.expiresAt) })
    return { ok: true, grant }
  }
}
