import type { Context } from '../context.ts'
import type { Refusal } from '../errors.ts'
import type { AccessRecord, FamilyRecord, GrantRecord } from '../records.ts'
import { prefixes, randomText, sha256 } from '../tokens.ts'

/** The body of a good answer (RFC 6749 section 5.1). */
export interface TokenBody {
  readonly access_token: string
  readonly token_type: 'Bearer'
  /** Seconds. */
  readonly expires_in: number
  readonly scope: string
  readonly refresh_token?: string
}

/** What a grant type makes of a request. */
export type TokenAnswer = { readonly ok: true; readonly body: TokenBody } | Refusal

/** A fresh access token, and the row that says what it stands for. */
export function mintAccess(
  { random, policy, now }: Pick<Context, 'random' | 'policy' | 'now'>,
  grant: Pick<GrantRecord, 'id' | 'clientId'>,
  {
    scopes,
    family,
  }: { readonly scopes: readonly string[]; readonly family?: Pick<FamilyRecord, 'id' | 'generation'> },
): { readonly token: string; readonly access: AccessRecord } {
  const token = `${prefixes.access}${randomText(random, 32)}`
  return {
    token,
    access: {
      hash: sha256(token),
      grantId: grant.id,
      clientId: grant.clientId,
      scopes,
      expiresAt: now() + policy.accessTokenMs,
      ...(family && { family: { id: family.id, generation: family.generation } }),
    },
  }
}

/** The answer that carries an access token, and a refresh token where the client has that. */
export const tokenBody = (
  { policy }: Pick<Context, 'policy'>,
  { token, access }: { readonly token: string; readonly access: AccessRecord },
  refreshToken?: string,
): TokenBody => ({
  access_token: token,
  token_type: 'Bearer',
  expires_in: Math.floor(policy.accessTokenMs / 1000),
  scope: access.scopes.join(' '),
  ...(refreshToken !== undefined && { refresh_token: refreshToken }),
})
