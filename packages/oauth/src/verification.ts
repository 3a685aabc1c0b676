import type { AccessTokens } from './access-tokens.ts'
import { createBoundedMap } from './bounded-map.ts'
import type { AuthEvent } from './events.ts'
import type { Policy } from './policy.ts'
import type { AccessRecord, GrantRecord, Timestamp } from './records.ts'
import type { AuthStore } from './store.ts'
import { sha256 } from './tokens.ts'

/** What a valid access token stands for. */
export interface VerifiedGrant {
  readonly grantId: string
  readonly clientId: string
  readonly clientName?: string
  /** The person, by the upstream's stable id. */
  readonly subject: string
  /** The person, for other people. Untrusted text. */
  readonly label: string
  /** Closed under implication. */
  readonly scopes: readonly string[]
  /** Ids of what the person chose. */
  readonly choices: readonly string[]
  readonly resource: string
  /** Milliseconds since 1970. */
  readonly expiresAt: Timestamp
}

/** What came out of looking at an access token. */
export type Verdict =
  | { readonly ok: true; readonly grant: VerifiedGrant }
  | { readonly ok: false; readonly reason: 'malformed' | 'unknown' | 'expired' | 'wrong_resource' }

/** Looks at access tokens, with a short memory. */
export interface Verification {
  /** Whether a token is good at a resource. Rejects only when the store does. */
  readonly verify: (token: string, resource: string) => Promise<Verdict>
  /** Drops what is remembered of a grant. */
  readonly forgetGrant: (grantId: string) => void
  /** Drops what is remembered of a token. */
  readonly forgetToken: (hash: string) => void
}

interface Remembered {
  readonly grant: VerifiedGrant
  readonly until: Timestamp
}

/**
 * Makes the verification of access tokens. A good answer is believed for `policy.verifiedMs`; a revocation in this
 * process ends that at once, one in another process when it lapses. Malformed and forged tokens never reach the store.
 */
export function createVerification(source: {
  readonly store: Pick<AuthStore, 'readAccess' | 'markUsed'>
  readonly accessTokens: Pick<AccessTokens, 'looksRight' | 'isGenuine'>
  readonly policy: Policy
  readonly now: () => Timestamp
  readonly observe: (event: AuthEvent) => void
}): Verification {
  const { store, accessTokens, policy, now, observe } = source
  const tokensOf = new Map<string, Set<string>>()
  const release = (hash: string, { grant }: Remembered): void => {
    const hashes = tokensOf.get(grant.grantId)
    if (hashes?.delete(hash) === true && hashes.size === 0) tokensOf.delete(grant.grantId)
  }
  const remembered = createBoundedMap<Remembered>(policy.cacheEntries, release)
  const marked = createBoundedMap<true>(policy.cacheEntries)
  /** Counts revocations, so that an answer which was on its way during one is not remembered. */
  let revocations = 0

  function remember(hash: string, entry: Remembered): void {
    remembered.set(hash, entry)
    const hashes = tokensOf.get(entry.grant.grantId) ?? new Set()
    tokensOf.set(entry.grant.grantId, hashes.add(hash))
  }

  function drop(hash: string): void {
    const entry = remembered.get(hash)
    if (entry === undefined) return
    remembered.delete(hash)
    release(hash, entry)
  }

  /** Notes the first use of a generation, which ends the time in which the token before it may be repeated. */
  async function markUsed({ family }: AccessRecord): Promise<void> {
    if (family === undefined) return
    const key = `${family.id}.${family.generation}`
    if (marked.get(key) === true) return
    marked.set(key, true)
    try {
      await store.markUsed(family.id, family.generation, now())
    } catch (error) {
      // The token is good all the same; a replay of the one before would be noticed a generation later.
      marked.delete(key)
      observe({ type: 'failed', where: 'markUsed', error })
    }
  }

  return {
    forgetToken(hash) {
      revocations += 1
      drop(hash)
    },
    forgetGrant(grantId) {
      revocations += 1
      for (const hash of tokensOf.get(grantId) ?? []) remembered.delete(hash)
      tokensOf.delete(grantId)
    },
    async verify(token, resource) {
      if (!accessTokens.looksRight(token)) return { ok: false, reason: 'malformed' }
      const hash = sha256(token)
      const known = remembered.get(hash)
      if (known !== undefined && known.until > now()) return judge(known.grant, resource, now())
      if (!(await accessTokens.isGenuine(token))) return { ok: false, reason: 'malformed' }
      const before = revocations
      const found = await store.readAccess(hash, now())
      if (found === undefined) {
        drop(hash)
        return { ok: false, reason: 'unknown' }
      }
      const grant = describe(found.access, found.grant)
      const verdict = judge(grant, resource, now())
      if (!verdict.ok) return verdict
      if (before === revocations)
        remember(hash, { grant, until: Math.min(now() + policy.verifiedMs, grant.expiresAt) })
      await markUsed(found.access)
      return verdict
    },
  }
}

function judge(grant: VerifiedGrant, resource: string, now: Timestamp): Verdict {
  if (grant.expiresAt <= now) return { ok: false, reason: 'expired' }
  return grant.resource === resource ? { ok: true, grant } : { ok: false, reason: 'wrong_resource' }
}

const describe = (access: AccessRecord, grant: GrantRecord): VerifiedGrant => ({
  grantId: grant.id,
  clientId: grant.clientId,
  clientName: grant.clientName,
  subject: grant.subject,
  label: grant.label,
  scopes: access.scopes,
  choices: grant.choices,
  resource: grant.resource,
  expiresAt: access.expiresAt,
})
