import type { Client } from '../clients/client.ts'
import type { Context } from '../context.ts'
import { refuse, type Refusal } from '../errors.ts'
import type { Parameters } from '../forms.ts'
import type { FamilyRecord, GrantRecord } from '../records.ts'
import { makeRefreshToken, parseRefreshToken, type RefreshToken } from '../refresh-token.ts'
import { isSameResource } from '../resources.ts'
import { splitScope } from '../scopes.ts'
import { mintAccess, tokenBody, type MintedAccess, type TokenAnswer } from './token-answer.ts'

const day = 86_400_000

type Found = { readonly family: FamilyRecord; readonly grant: GrantRecord }

/**
 * Rotates a family of refresh tokens by one compare-and-set. A forged token costs no look into the store. An honest
 * retry gets the same successor once more; anything else that is not the newest token is a replay and ends the grant.
 *
 * @see OAuth 2.1 section 4.3
 */
export async function refreshTokens(
  context: Context,
  client: Client,
  form: Parameters,
): Promise<TokenAnswer> {
  const { store, refreshKeys, policy, now } = context
  const text = form.get('refresh_token')
  if (text === undefined) return refuse('parameter_missing')
  const presented = parseRefreshToken(refreshKeys, text)
  if (presented === undefined) return refuse('refresh_malformed')

  const found = await store.readFamily(presented.family)
  const refusal = checkFamily(found, client, now())
  if (found === undefined || refusal !== undefined) return refusal ?? refuse('refresh_unknown')
  const scopes = narrow(context, found.grant, form.get('scope'))
  if (scopes === undefined) return refuse('scope_wider')
  if (!form.all('resource').every((resource) => isSameResource(resource, found.grant.resource)))
    return refuse('resource_other')

  const minted = await mintAccess(context, found.grant, {
    scopes,
    family: { id: presented.family, generation: presented.generation + 1 },
  })
  const rotated =
    presented.generation === found.family.generation
      ? await store.rotateFamily({
          id: presented.family,
          clientId: client.id,
          generation: presented.generation,
          now: now(),
          expiresAt: now() + policy.refreshIdleMs,
          kid: refreshKeys.current.kid,
          access: minted.access,
        })
      : undefined
  if (rotated !== undefined) {
    await keepClient(context, client)
    return answer(context, rotated, { minted, outcome: 'rotated' })
  }

  const current = await store.readFamily(presented.family)
  const changed = checkFamily(current, client, now())
  if (current === undefined || changed !== undefined) return changed ?? refuse('refresh_unknown')
  if (isHonestRetry(presented, current.family, context)) {
    await store.putAccess(minted.access)
    return answer(context, current.family, { minted, outcome: 'retried' })
  }
  context.observe({
    type: 'security',
    what: 'refresh_replay',
    clientId: client.id,
    grantId: current.grant.id,
  })
  await context.endGrant(current.grant.id, 'refresh_replay')
  return refuse('refresh_replay')
}

/** A client whose tokens are in use is in use itself. Written once a day at most. */
async function keepClient({ store, policy, now }: Context, { id, expiresAt }: Client): Promise<void> {
  const wanted = now() + policy.idleClientMs
  if (expiresAt === undefined || expiresAt > wanted - day) return
  await store.touchClient(id, { now: now(), expiresAt: wanted })
}

function checkFamily(found: Found | undefined, client: Client, now: number): Refusal | undefined {
  if (found === undefined) return refuse('refresh_unknown')
  const { family, grant } = found
  if (family.clientId !== client.id) return refuse('refresh_foreign')
  if (family.revoked || grant.revoked !== undefined) return refuse('refresh_revoked')
  return family.expiresAt <= now ? refuse('refresh_expired') : undefined
}

/**
 * Whether the last token but one may be answered once more: a minute long, unless its successor has been at work, since
 * then the answer did arrive; and ten seconds in any case, for two windows that share their tokens. A thief who uses
 * those is found out by the next rotation of either side.
 */
function isHonestRetry(
  { generation }: RefreshToken,
  family: FamilyRecord,
  { policy, now }: Pick<Context, 'policy' | 'now'>,
): boolean {
  const age = now() - family.rotatedAt
  return (
    generation === family.generation - 1 &&
    (age <= policy.overlapMs || (!family.used && age <= policy.retryGraceMs))
  )
}

/** The scopes of the access token: the grant's, or fewer. Nothing when more was asked for. */
function narrow(
  { scopes }: Pick<Context, 'scopes'>,
  grant: GrantRecord,
  asked: string | undefined,
): readonly string[] | undefined {
  if (asked === undefined) return grant.scopes
  const names = splitScope(asked)
  const closed = scopes.close(names)
  if (!scopes.within(names, grant.scopes) || scopes.permissions(closed).length === 0) return undefined
  return closed.filter((name) => grant.scopes.includes(name))
}

/** The refresh token of the family's newest generation, by the key that the row names: a retry gets the same bytes. */
function answer(
  context: Context,
  family: FamilyRecord,
  { minted, outcome }: { readonly minted: MintedAccess; readonly outcome: 'rotated' | 'retried' },
): TokenAnswer {
  const key = context.refreshKeys.find(family.kid)
  if (key === undefined) return refuse('failed')
  context.observe({ type: 'refreshed', clientId: family.clientId, grantId: family.grantId, outcome })
  return { ok: true, body: tokenBody(context, minted, makeRefreshToken(key, family.id, family.generation)) }
}
