import type { AccessFacts } from '../access-tokens.ts'
import type { Context } from '../context.ts'
import type { Refusal } from '../errors.ts'
import type { AccessRecord, FamilyRecord } from '../records.ts'
import { sha256 } from '../tokens.ts'

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
export interface MintedAccess {
  readonly token: string
  readonly access: AccessRecord
}

/** Makes an access token, and the row that says what it stands for. */
export async function mintAccess(
  { accessTokens, policy, now }: Pick<Context, 'accessTokens' | 'policy' | 'now'>,
  grant: AccessFacts['grant'],
  {
    scopes,
    family,
  }: { readonly scopes: readonly string[]; readonly family?: Pick<FamilyRecord, 'id' | 'generation'> },
): Promise<MintedAccess> {
  const expiresAt = now() + policy.accessTokenMs
  const token = await accessTokens.mint({ grant, scopes, expiresAt })
  return {
    token,
    access: {
      hash: sha256(token),
      grantId: grant.id,
      clientId: grant.clientId,
      scopes,
      expiresAt,
      ...(family && { family: { id: family.id, generation: family.generation } }),
    },
  }
}

/** The answer that carries an access token, and a refresh token where the client has that. */
export const tokenBody = (
  { policy }: Pick<Context, 'policy'>,
  { token, access }: MintedAccess,
  refreshToken?: string,
): TokenBody => ({
  access_token: token,
  token_type: 'Bearer',
  expires_in: Math.floor(policy.accessTokenMs / 1000),
  scope: access.scopes.join(' '),
  ...(refreshToken !== undefined && { refresh_token: refreshToken }),
})
