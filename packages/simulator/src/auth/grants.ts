import type { Ground } from '../ground.ts'
import type { Grant } from '../world/auth-model.ts'
import type { Site } from '../world/model.ts'

/** An access token lives an hour (documented, F-P-06). */
export const accessTokenLife = 3_600_000

/** Codes live five minutes; the service publishes no figure (inferred). */
const codeLife = 300_000

/** The sites a person can enter. */
export function sitesOf({ world }: Pick<Ground, 'world'>, accountId: string): readonly Site[] {
  return [...world.sites.values()].filter((site) => site.members.has(accountId))
}

/** What a person's consent says. */
export interface Consent {
  readonly clientId: string
  readonly accountId: string
  readonly cloudIds: readonly string[]
}

/**
 * Writes a consent down. An account has one grant for an app, so a second consent adds its sites to the first
 * (documented). After a removal in the account settings a new grant begins.
 */
export function consent(ground: Ground, { clientId, accountId, cloudIds }: Consent): Grant {
  const { auth } = ground.world
  const found = [...auth.grants.values()].find(
    (grant) => grant.clientId === clientId && grant.accountId === accountId && grant.revokedAt === null,
  )
  const grant: Grant = found ?? {
    id: ground.random.uuid('grants'),
    clientId,
    accountId,
    sites: new Set(),
    revokedAt: null,
  }
  for (const cloudId of cloudIds) grant.sites.add(cloudId)
  auth.grants.set(grant.id, grant)
  return grant
}

/** What a person does under "Connected apps": every token of the grant ends at once. False for an unknown grant. */
export function revoke({ world, clock }: Ground, grantId: string): boolean {
  const grant = world.auth.grants.get(grantId)
  if (!grant || grant.revokedAt !== null) return false
  grant.revokedAt = clock.now()
  for (const family of world.auth.families.values()) if (family.grantId === grantId) family.dead = true
  return true
}

/** A code for one exchange at one redirect address. */
export function issueCode(
  { world, clock, random }: Ground,
  {
    grant,
    redirectUri,
    scopes,
  }: { readonly grant: Grant; readonly redirectUri: string; readonly scopes: readonly string[] },
): string {
  const code = random.token('codes')
  const expiresAt = clock.now() + codeLife
  const { id: grantId, clientId } = grant
  world.auth.codes.set(code, { grantId, clientId, redirectUri, scopes, expiresAt, used: false })
  return code
}

/** An access token for all sites of a grant, or for one. */
export function issueAccessToken(
  { world, clock, random }: Ground,
  {
    grantId,
    scopes,
    cloudId,
  }: { readonly grantId: string; readonly scopes: readonly string[]; readonly cloudId?: string },
): string {
  const token = random.token('tokens')
  const expiresAt = clock.now() + accessTokenLife
  world.auth.accessTokens.set(token, {
    grantId,
    scopes,
    expiresAt,
    ...(cloudId !== undefined && { cloudId }),
  })
  return token
}

/** Forgets what cannot count any more: expired codes and access tokens, and families that have ended. */
export function sweep({ world, clock }: Ground): void {
  const { codes, accessTokens, families, refreshTokens } = world.auth
  const now = clock.now()
  for (const [code, { expiresAt }] of codes) if (expiresAt <= now) codes.delete(code)
  for (const [token, { expiresAt }] of accessTokens) if (expiresAt <= now) accessTokens.delete(token)
  for (const [id, { dead }] of families) if (dead) families.delete(id)
  for (const [token, { familyId }] of refreshTokens) if (!families.has(familyId)) refreshTokens.delete(token)
}
