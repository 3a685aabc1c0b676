import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose'

import { createBoundedMap } from '../bounded-map.ts'
import type { GuardedFetch } from '../guarded-fetch.ts'
import type { ClientMetadata, Timestamp } from '../records.ts'
import { Jwks } from './metadata.ts'

/** How to find the public key that a client's assertion names. Nothing for a client without keys. */
export type FindKeys = (metadata: ClientMetadata) => JWTVerifyGetKey | undefined

const limits = { bytes: 64 * 1024, timeoutMs: 3000 }
const lifeMs = 300_000
/** How soon an address is asked again, after a failure or for a key that is not in the set. */
const retryMs = 30_000

/**
 * Finds the keys that clients publish: inline ones at once, others through the guard when an assertion needs them. A set
 * is kept for five minutes, asked for again when a key is missing in it, and kept on while its address does not answer.
 */
export function createKeySets(source: {
  readonly fetch: GuardedFetch
  readonly now: () => Timestamp
  readonly entries: number
}): FindKeys {
  const { fetch, now, entries } = source
  const kept = createBoundedMap<{
    readonly at: Timestamp
    readonly keys: Promise<JWTVerifyGetKey | undefined>
  }>(entries)

  async function load(
    url: string,
    previous: JWTVerifyGetKey | undefined,
  ): Promise<JWTVerifyGetKey | undefined> {
    const answer = await fetch(url, limits)
    return (answer.ok ? readKeySet(answer.document.text) : undefined) ?? previous
  }

  async function recall(url: string, ageMs: number): Promise<JWTVerifyGetKey | undefined> {
    const entry = kept.get(url)
    const previous = await entry?.keys
    if (entry !== undefined && now() - entry.at < (previous === undefined ? retryMs : ageMs)) return previous
    const keys = load(url, previous)
    kept.set(url, { at: now(), keys })
    return keys
  }

  return ({ jwks, jwksUri }) => {
    if (jwks !== undefined) return keySet(Jwks.safeParse(jwks))
    if (jwksUri === undefined) return undefined
    return async (header, token) => {
      const keys = await recall(jwksUri, lifeMs)
      if (keys === undefined) throw new errors.JWKSNoMatchingKey()
      try {
        return await keys(header, token)
      } catch (error) {
        const newer = error instanceof errors.JWKSNoMatchingKey ? await recall(jwksUri, retryMs) : undefined
        if (newer === undefined || newer === keys) throw error
        return newer(header, token)
      }
    }
  }
}

function readKeySet(text: string): JWTVerifyGetKey | undefined {
  try {
    return keySet(Jwks.safeParse(JSON.parse(text)))
  } catch {
    // Not JSON: no keys.
    return undefined
  }
}

/** Passing the schema has left private members behind, with which jose would refuse every token. */
function keySet({ data }: ReturnType<typeof Jwks.safeParse>): JWTVerifyGetKey | undefined {
  const keys = data?.keys.map((key) =>
    Object.fromEntries(Object.entries(key).filter(([, value]) => value !== undefined)),
  )
  return keys && createLocalJWKSet({ keys })
}
