import { decodeJwt, jwtVerify } from 'jose'

import { refuse, type Refusal } from '../errors.ts'
import type { Timestamp } from '../records.ts'
import type { AuthStore } from '../store.ts'
import { sha256 } from '../tokens.ts'
import type { Client } from './client.ts'
import type { FindKeys } from './key-sets.ts'

/** Checks a client's assertion. Nothing when it is good. */
export type VerifyAssertion = (client: Client, assertion: string) => Promise<Refusal | undefined>

/** Signature algorithms of assertions; all asymmetric. */
export const assertionAlgorithms = ['ES256', 'EdDSA', 'RS256', 'PS256'] as const

const longestLifeSeconds = 600
const toleranceSeconds = 10

/** Who an assertion says it is from, before anything about it has been checked. */
export function clientOfAssertion(assertion: string): string | undefined {
  try {
    const { sub }: { readonly sub?: unknown } = decodeJwt(assertion)
    return typeof sub === 'string' ? sub : undefined
  } catch {
    // Not a JWT.
    return undefined
  }
}

/**
 * Makes the check of `private_key_jwt`: signed by a key of the client, from and about the client, for this server, for
 * ten minutes at most, and never shown before.
 *
 * @see RFC 7523 section 3
 */
export function createAssertionCheck(source: {
  readonly audiences: readonly string[]
  readonly findKeys: FindKeys
  readonly store: Pick<AuthStore, 'rememberJti'>
  readonly now: () => Timestamp
}): VerifyAssertion {
  const { audiences, findKeys, store, now } = source
  return async (client, assertion) => {
    const keys = findKeys(client.metadata)
    if (keys === undefined) return refuse('client_assertion')
    const verified = await jwtVerify(assertion, keys, {
      algorithms: [...assertionAlgorithms],
      issuer: client.id,
      subject: client.id,
      audience: [...audiences],
      requiredClaims: ['exp', 'jti'],
      clockTolerance: toleranceSeconds,
      currentDate: new Date(now()),
    }).catch(() => undefined)
    const { exp = 0, jti } = verified?.payload ?? {}
    if (typeof jti !== 'string' || exp * 1000 > now() + longestLifeSeconds * 1000 + toleranceSeconds * 1000)
      return refuse('client_assertion')
    const isNew = await store.rememberJti({
      clientId: client.id,
      hash: sha256(jti),
      expiresAt: (exp + toleranceSeconds) * 1000,
      now: now(),
    })
    return isNew ? undefined : refuse('client_assertion_replay')
  }
}
