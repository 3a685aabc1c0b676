import { createLocalJWKSet, type JWTVerifyGetKey } from 'jose'

import { createBoundedMap } from '../bounded-map.ts'
import type { GuardedFetch } from '../guarded-fetch.ts'
import type { ClientMetadata, Timestamp } from '../records.ts'
import { Jwks } from './metadata.ts'

/** The public keys of a client, or nothing when it has none or they cannot be fetched. */
export type FindKeys = (metadata: ClientMetadata) => Promise<JWTVerifyGetKey | undefined>

const limits = { bytes: 64 * 1024, timeoutMs: 3000 }
const lifeMs = 300_000
const negativeMs = 30_000

/** Finds the keys that clients publish: inline ones at once, others through the guard, kept for five minutes. */
export function createKeySets(source: {
  readonly fetch: GuardedFetch
  readonly now: () => Timestamp
  readonly entries: number
}): FindKeys {
  const { fetch, now, entries } = source
  const kept = createBoundedMap<{ readonly keys: Promise<JWTVerifyGetKey | undefined>; until: Timestamp }>(
    entries,
  )

  async function load(url: string): Promise<JWTVerifyGetKey | undefined> {
    const answer = await fetch(url, limits)
    const parsed = answer.ok ? Jwks.safeParse(parse(answer.document.text)) : undefined
    return parsed?.success === true ? keySet(parsed.data) : undefined
  }

  return async ({ jwks, jwksUri }) => {
    if (jwks !== undefined) {
      const parsed = Jwks.safeParse(jwks)
      return parsed.success ? keySet(parsed.data) : undefined
    }
    if (jwksUri === undefined) return undefined
    const entry = kept.get(jwksUri)
    if (entry !== undefined && entry.until > now()) return entry.keys
    const fresh = { keys: load(jwksUri), until: now() + lifeMs }
    kept.set(jwksUri, fresh)
    const keys = await fresh.keys
    if (keys === undefined) fresh.until = Math.min(fresh.until, now() + negativeMs)
    return keys
  }
}

/** Passing the schema has left private members behind, with which jose would refuse every token. */
function keySet({ keys }: Jwks): JWTVerifyGetKey {
  return createLocalJWKSet({
    keys: keys.map((key) =>
      Object.fromEntries(Object.entries(key).filter(([, value]) => value !== undefined)),
    ),
  })
}
type Jwks = ReturnType<typeof Jwks.parse>

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: no keys.
    return undefined
  }
}
