import type { Ground } from '../ground.ts'
import type { TokenFamily } from '../world/auth-model.ts'

const day = 86_400_000

/** A family ends after 90 days without use and 365 days in all (documented, F-P-06). */
const idleLife = 90 * day
const wholeLife = 365 * day

/** Begins a family with its first refresh token. */
export function beginFamily(
  ground: Ground,
  { grantId, clientId, scopes }: Pick<TokenFamily, 'grantId' | 'clientId' | 'scopes'>,
): string {
  const id = ground.random.uuid('families')
  const now = ground.clock.now()
  ground.world.auth.families.set(id, {
    id,
    grantId,
    clientId,
    scopes,
    startedAt: now,
    lastUsedAt: now,
    dead: false,
  })
  return addToken(ground, id, null)
}

function addToken({ world, random }: Ground, familyId: string, parent: string | null): string {
  const token = random.token('tokens')
  world.auth.refreshTokens.set(token, { familyId, parent, rotatedAt: null })
  return token
}

export type Rotation =
  | { readonly ok: true; readonly token: string; readonly family: TokenFamily }
  | { readonly ok: false; readonly reason: 'unknown' | 'rotated_out' | 'expired' }

/**
 * Exchanges a refresh token for its child. For some minutes after that the parent may be sent again, as long as no
 * child was used, and gets another child; later, or after a use of a child, a second use ends the family (reported,
 * F-P-08).
 */
export function rotate(ground: Ground, token: string, clientId: string): Rotation {
  const { world, clock, switches } = ground
  const record = world.auth.refreshTokens.get(token)
  const family = record && world.auth.families.get(record.familyId)
  if (!record || !family || family.clientId !== clientId) return { ok: false, reason: 'unknown' }
  if (family.dead) return { ok: false, reason: 'rotated_out' }
  const now = clock.now()
  if (now - family.lastUsedAt > idleLife || now - family.startedAt > wholeLife) {
    family.dead = true
    return { ok: false, reason: 'expired' }
  }
  if (record.rotatedAt !== null) {
    const late = now - record.rotatedAt > switches.reuseInterval
    if (late || childUsed(ground, token)) {
      family.dead = true
      return { ok: false, reason: 'rotated_out' }
    }
  }
  world.auth.refreshTokens.set(token, { ...record, rotatedAt: record.rotatedAt ?? now })
  family.lastUsedAt = now
  return { ok: true, token: addToken(ground, record.familyId, token), family }
}

function childUsed({ world }: Ground, token: string): boolean {
  for (const { parent, rotatedAt } of world.auth.refreshTokens.values()) {
    if (parent === token && rotatedAt !== null) return true
  }
  return false
}
