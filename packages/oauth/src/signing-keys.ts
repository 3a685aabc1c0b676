import { createECDH, hkdfSync } from 'node:crypto'

import { importJWK, type CryptoKey, type JWK } from 'jose'

import type { DerivedKey, DerivedKeys } from './key-ring.ts'
import type { Timestamp } from './records.ts'

/** A key that signs, under the name that tokens give it. */
interface SigningKey {
  readonly kid: string
  readonly key: CryptoKey | Uint8Array
}

/** The keys that access tokens are signed with, when they are JWTs. */
export interface SigningKeys {
  /** The one that signs now. */
  readonly current: () => Promise<SigningKey>
  /** The public keys that tokens may name: what signs now, what signed while tokens may still live, and what signs next. */
  readonly published: () => readonly JWK[]
}

/** How long one key signs, in milliseconds. 90 days. */
const periodMs = 90 * 86_400_000
/** How long before its first use a key is published. A day, which is far more than a key set is kept. */
const aheadMs = 86_400_000

/**
 * Makes the signing keys of a ring: for each root secret and each 90 days a pair for ES256, derived and never stored, so
 * that all instances agree without a word. To change the root secret without a refused token, put the new one **behind**
 * the old one until resource servers have fetched the key set again (five minutes), and then in front.
 */
export function createSigningKeys(
  ring: DerivedKeys,
  { now, tokenMs }: { readonly now: () => Timestamp; readonly tokenMs: number },
): SigningKeys {
  const pairs = new Map<string, JWK>()
  function pairOf(root: DerivedKey, period: number): JWK {
    const kid = `${root.kid}-${period}`
    const pair = pairs.get(kid) ?? { ...derivePair(root.key, period), kid, alg: 'ES256', use: 'sig' }
    pairs.set(kid, pair)
    return pair
  }

  return {
    async current() {
      const { kid = '', ...pair } = pairOf(ring.current, periodAt(now()))
      return { kid, key: await importJWK(pair, 'ES256') }
    },
    published() {
      const periods = new Set([now(), now() - tokenMs, now() + aheadMs].map(periodAt))
      return ring.all.flatMap((root) =>
        [...periods].map((period) => {
          const { d: _, ...open } = pairOf(root, period)
          return open
        }),
      )
    },
  }
}

const periodAt = (time: Timestamp): number => Math.floor(time / periodMs)

/**
 * A pair on P-256 from a secret. The scalar has to lie below the order of the curve, which all but one in 2³² texts do;
 * for that one the next is taken.
 *
 * @see FIPS 186-5 appendix A.2.2 (testing candidates), RFC 5869
 */
function derivePair(secret: Uint8Array, period: number): JWK {
  for (let attempt = 0; attempt < 16; attempt += 1) {
    const scalar = Buffer.from(hkdfSync('sha256', secret, '', `at+jwt|${period}|${attempt}`, 32))
    const curve = createECDH('prime256v1')
    try {
      curve.setPrivateKey(scalar)
    } catch {
      continue
    }
    const point = curve.getPublicKey()
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'))
    return { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '', d: scalar.toString('base64url') }
  }
  throw new RangeError('No candidate was below the order of the curve')
}
