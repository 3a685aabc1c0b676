import { hkdfSync } from 'node:crypto'

/** A root secret of the operator's, from which every other key is derived. */
export interface RootSecret {
  /** Names the secret in tokens and rows: 1 to 16 letters, digits or underscores. Never reuse one. */
  readonly kid: string
  /** At least 32 random bytes. */
  readonly secret: Uint8Array
}

/** What a derived key is for. Keys of different labels have nothing to do with each other. */
export type KeyLabel = 'rt-mac' | 'csrf' | 'vault-kek' | 'cookie' | 'at-jwt' | 'confirmation'

/** A key of 32 bytes, derived from the root secret of the same `kid`. */
export interface DerivedKey {
  readonly kid: string
  readonly key: Uint8Array
}

/** The keys of one label: write with `current`, accept all. */
export interface DerivedKeys {
  readonly current: DerivedKey
  readonly all: readonly DerivedKey[]
  readonly find: (kid: string) => DerivedKey | undefined
}

/** Root secrets, the newest first, and what is derived from them. */
export interface KeyRing {
  readonly current: RootSecret
  readonly all: readonly RootSecret[]
  /** The keys of a label, by HKDF-SHA256 (RFC 5869) with the label as `info`. */
  readonly derive: (label: KeyLabel) => DerivedKeys
}

const kidPattern = /^[A-Za-z0-9_]{1,16}$/
const bytes = 32

/**
 * Makes a key ring of root secrets. **The first is the newest**: it writes, the others are still accepted. To rotate,
 * put a new one in front; remove an old one only when neither `AuthorizationServer.missingKeys` nor the vault names it.
 *
 * @throws {TypeError} when there is none, one is shorter than 32 bytes, or a `kid` is malformed or repeated.
 */
export function createKeyRing(root: readonly RootSecret[]): KeyRing {
  const [current] = root
  if (current === undefined) throw new TypeError('A key ring needs at least one root secret')
  const kids = new Set<string>()
  for (const { kid, secret } of root) {
    if (!kidPattern.test(kid))
      throw new TypeError(`Key id ${JSON.stringify(kid)} is not 1 to 16 of A-Z a-z 0-9 _`)
    if (kids.has(kid)) throw new TypeError(`Key id ${kid} stands twice in the ring`)
    if (secret.byteLength < bytes)
      throw new TypeError(`The secret of key ${kid} has fewer than ${bytes} bytes`)
    kids.add(kid)
  }

  const derived = new Map<KeyLabel, DerivedKeys>()
  function derive(label: KeyLabel): DerivedKeys {
    const known = derived.get(label)
    if (known !== undefined) return known
    const all = root.map(({ kid, secret }) => ({ kid, key: deriveKey(secret, label) }))
    const [first] = all
    if (first === undefined) throw new TypeError('A key ring needs at least one root secret')
    const keys: DerivedKeys = { current: first, all, find: (kid) => all.find((key) => key.kid === kid) }
    derived.set(label, keys)
    return keys
  }

  return { current, all: [...root], derive }
}

const deriveKey = (secret: Uint8Array, label: KeyLabel): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), `telamon/${label}`, bytes))
