import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose'
import * as z from 'zod'

import type { Timestamp } from './records.ts'
import { splitScope } from './scopes.ts'
import type { Verdict } from './verification.ts'

/** What a JWT is held against. */
export interface JwtRules {
  readonly issuer: string
  readonly keys: JWTVerifyGetKey
  readonly now: () => Timestamp
  /** By how much clocks may differ, in seconds. Default: 0. */
  readonly toleranceSeconds?: number
}

const Claims = z.object({
  sub: z.string().min(1),
  aud: z.string().min(1),
  exp: z.number(),
  jti: z.string().min(1),
  client_id: z.string().min(1),
  scope: z.string(),
  grant_id: z.string().min(1),
  choices: z.array(z.string()),
})

/**
 * Reads an access token by RFC 9068: its type, ES256 and nothing else, a key of the issuer and none that the token brings
 * along or points to. Rejects only when the keys cannot be had.
 */
export async function readAccessJwt(
  token: string,
  { issuer, keys, now, toleranceSeconds = 0 }: JwtRules,
): Promise<Verdict> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['ES256'],
      typ: 'at+jwt',
      issuer,
      requiredClaims: ['exp', 'iat', 'aud', 'sub', 'jti', 'client_id'],
      clockTolerance: toleranceSeconds,
      currentDate: new Date(now()),
    })
    const claims = Claims.safeParse(payload)
    if (!claims.success) return { ok: false, reason: 'malformed' }
    const { sub, aud, exp, client_id: clientId, grant_id: grantId, scope, choices } = claims.data
    return {
      ok: true,
      grant: {
        grantId,
        clientId,
        subject: sub,
        label: sub,
        scopes: splitScope(scope),
        choices,
        resource: aud,
        expiresAt: exp * 1000,
      },
    }
  } catch (error) {
    if (error instanceof errors.JWTExpired) return { ok: false, reason: 'expired' }
    if (refusals.some((kind) => error instanceof kind)) return { ok: false, reason: 'malformed' }
    throw error
  }
}

/** What is wrong with a token. Anything else is wrong with the way to the keys. */
const refusals = [
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSMultipleMatchingKeys,
  errors.JWKSNoMatchingKey,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
] as const
