import type { Client } from '../clients/client.ts'
import type { Context } from '../context.ts'
import { refuse } from '../errors.ts'
import type { Parameters } from '../forms.ts'
import { isVerifier, provesChallenge } from '../pkce.ts'
import type { CodeRecord, FamilyRecord, GrantRecord } from '../records.ts'
import { makeRefreshToken } from '../refresh-token.ts'
import { isSameResource } from '../resources.ts'
import { isCode, randomText, sha256 } from '../tokens.ts'
import { mintAccess, tokenBody, type TokenAnswer } from './token-answer.ts'

/**
 * Redeems a code. Nothing is consumed and nothing revoked until every check has passed, PKCE included, so whoever sees a
 * code without its verifier can neither use it nor spoil it. A second redemption that passes them all is a replay and
 * ends the grant.
 *
 * @see OAuth 2.1 section 4.1.3, RFC 7636 section 4.6, RFC 8707 section 2.2
 */
export async function redeemCode(context: Context, client: Client, form: Parameters): Promise<TokenAnswer> {
  const { store, now, observe } = context
  const code = form.get('code')
  if (code === undefined) return refuse('parameter_missing')
  if (!isCode(code)) return refuse('code_malformed')
  const hash = sha256(code)
  const row = await store.readCode(hash)
  const refusal = row === undefined ? refuse('code_unknown') : checkCode(row, client, { form, now: now() })
  if (row === undefined || refusal !== undefined) return refusal ?? refuse('code_unknown')
  const grant = await store.getGrant(row.grantId)
  if (grant === undefined || grant.revoked !== undefined) return refuse('code_revoked')

  const family = client.metadata.grantTypes.includes('refresh_token') ? newFamily(context, grant) : undefined
  const minted = await mintAccess(context, grant, { scopes: row.scopes, ...(family && { family }) })
  const consumed = await store.consumeCode({
    hash,
    now: now(),
    access: minted.access,
    ...(family && { family }),
  })
  if (!consumed) {
    observe({ type: 'security', what: 'code_replay', clientId: client.id, grantId: grant.id })
    await context.endGrant(grant.id, 'code_replay')
    return refuse('code_replay')
  }
  await supersedeOlder(context, grant)
  const refreshToken = family && makeRefreshToken(context.refreshKeys.current, family.id, family.generation)
  return { ok: true, body: tokenBody(context, minted, refreshToken) }
}

function checkCode(
  row: CodeRecord,
  client: Client,
  { form, now }: { readonly form: Parameters; readonly now: number },
): ReturnType<typeof refuse> | undefined {
  if (row.clientId !== client.id) return refuse('code_foreign')
  if (row.expiresAt <= now) return refuse('code_expired')
  // OAuth 2.1 dropped the parameter here; whoever still sends it has to repeat what was sent before.
  if ((form.get('redirect_uri') ?? row.redirectUri) !== row.redirectUri) return refuse('code_redirect')
  const verifier = form.get('code_verifier')
  if (verifier === undefined || !isVerifier(verifier)) return refuse('verifier_malformed')
  if (!provesChallenge(verifier, row.challenge)) return refuse('verifier_wrong')
  if (!form.all('resource').every((resource) => isSameResource(resource, row.resource)))
    return refuse('resource_other')
  return undefined
}

function newFamily({ random, refreshKeys, policy, now }: Context, grant: GrantRecord): FamilyRecord {
  return {
    id: randomText(random, 16),
    grantId: grant.id,
    clientId: grant.clientId,
    generation: 0,
    kid: refreshKeys.current.kid,
    rotatedAt: now(),
    used: false,
    expiresAt: now() + Math.min(policy.refreshIdleMs, policy.refreshAbsoluteMs),
    absoluteExpiresAt: now() + policy.refreshAbsoluteMs,
    revoked: false,
  }
}

/**
 * Ends the grants that this one replaces: of the same person, client, resource **and browser**, with fewer permissions.
 * That is what a step-up leaves behind. A second sign-in with the same permissions replaces nothing, or two windows of
 * one person would keep signing each other out; and neither does one on another computer.
 */
async function supersedeOlder(context: Context, grant: GrantRecord): Promise<void> {
  const { store, scopes, observe, now } = context
  const mine = scopes.permissions(grant.scopes)
  try {
    const others = await store.listGrants(grant.subject, now())
    const replaced = others.filter((other) => {
      const theirs = scopes.permissions(other.scopes)
      return (
        other.id !== grant.id &&
        other.clientId === grant.clientId &&
        other.resource === grant.resource &&
        other.deviceHash === grant.deviceHash &&
        theirs.length < mine.length &&
        scopes.within(theirs, mine)
      )
    })
    for (const { id } of replaced) await context.supersede(id, grant.id)
  } catch (error) {
    // The new tokens are good; what was to be replaced ends by disuse.
    observe({ type: 'failed', where: 'supersede', error })
  }
}
