import { createLocalJWKSet, SignJWT, type JWK } from 'jose'

import { readAccessJwt } from './access-jwt.ts'
import type { DerivedKeys } from './key-ring.ts'
import type { GrantRecord, Timestamp } from './records.ts'
import { createSigningKeys } from './signing-keys.ts'
import { isAccessToken, prefixes, randomText, type Random } from './tokens.ts'

/** What an access token says, where it says anything. */
export interface AccessFacts {
  readonly grant: Pick<GrantRecord, 'id' | 'clientId' | 'subject' | 'resource' | 'choices'>
  readonly scopes: readonly string[]
  readonly expiresAt: Timestamp
}

/** How access tokens are spelt. Whatever the spelling, the store knows each by its SHA-256, so each can be revoked. */
export interface AccessTokens {
  readonly mint: (facts: AccessFacts) => Promise<string>
  /** Whether a text has the form of one. Those that have not are never looked up. */
  readonly looksRight: (text: string) => boolean
  /** Whether it can be one of ours, before the store is asked. */
  readonly isGenuine: (text: string) => Promise<boolean>
  /** For the key set. Empty for opaque tokens. */
  readonly publicKeys: () => readonly JWK[]
}

/** 256 random bits, which mean something to the store alone. */
export const opaqueTokens = (random: Random): AccessTokens => ({
  mint: async () => `${prefixes.access}${randomText(random, 32)}`,
  looksRight: isAccessToken,
  isGenuine: async () => true,
  publicKeys: () => [],
})

/** What tokens of JWTs are made of. */
export interface JwtTokensOptions {
  readonly issuer: string
  readonly keys: DerivedKeys
  readonly now: () => Timestamp
  readonly random: Random
  /** Life of a token, in milliseconds. */
  readonly tokenMs: number
}

/**
 * JWTs by RFC 9068, signed with ES256: for resource servers that cannot ask. Opaque tokens that are still out stay good.
 */
export function jwtTokens({ issuer, keys, now, random, tokenMs }: JwtTokensOptions): AccessTokens {
  const opaque = opaqueTokens(random)
  const signing = createSigningKeys(keys, { now, tokenMs })
  let known = { names: '', keySet: createLocalJWKSet({ keys: [] }) }

  /** The published keys, imported once: they change every 90 days. */
  function publishedKeys(): ReturnType<typeof createLocalJWKSet> {
    const published = signing.published()
    const names = published.map(({ kid }) => kid).join(' ')
    if (names !== known.names) known = { names, keySet: createLocalJWKSet({ keys: [...published] }) }
    return known.keySet
  }

  return {
    async mint({ grant, scopes, expiresAt }) {
      const { kid, key } = await signing.current()
      return new SignJWT({
        client_id: grant.clientId,
        scope: scopes.join(' '),
        grant_id: grant.id,
        choices: grant.choices,
      })
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid })
        .setIssuer(issuer)
        .setSubject(grant.subject)
        .setAudience(grant.resource)
        .setIssuedAt(Math.floor(now() / 1000))
        .setExpirationTime(Math.ceil(expiresAt / 1000))
        .setJti(randomText(random, 16))
        .sign(key)
    },
    looksRight: (text) => opaque.looksRight(text) || (text.length <= longest && jwtPattern.test(text)),
    async isGenuine(text) {
      if (opaque.looksRight(text)) return true
      return (await readAccessJwt(text, { issuer, keys: publishedKeys(), now })).ok
    },
    publicKeys: signing.published,
  }
}

/** A grant of a thousand sites has so many characters in its choices. */
const longest = 64 * 1024
const jwtPattern = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{86}$/
