import { createHash, hkdfSync } from 'node:crypto'

import { CompactEncrypt, compactDecrypt } from 'jose'
import type * as z from 'zod'

import { VaultError } from './errors.ts'

/** A key that seals: 32 bytes that nobody can guess, under a name that may be seen. */
export interface VaultKey {
  readonly kid: string
  readonly key: Uint8Array
}

/** The keys there are. What is written is sealed with the current one; what is read may name any. */
export interface VaultKeys {
  readonly current: VaultKey
  readonly find: (kid: string) => VaultKey | undefined
}

/** Where a sealed text belongs. Moved to another row, or kept from an earlier generation, it does not open. */
export interface Place {
  /** Enters the derivation of the key. */
  readonly row: string
  /** Stands in the protected header and is compared after decryption. */
  readonly binding: string
}

/** The tokens of one generation of a grant. */
export const vaultPlace = (grantId: string, generation: number): Place => ({
  row: `vault|${grantId}`,
  binding: `${grantId}|${generation}`,
})

/** A person's tokens between the callback and the choice of sites, when there is no grant yet. */
export const pendingPlace = (subject: string): Place => ({
  row: `pending|${subject}`,
  binding: `${subject}|pending`,
})

/** What a sign-in has to remember until its callback, found again by its state. */
export function loginPlace(state: string): Place {
  const hash = createHash('sha256').update(state).digest('base64url')
  return { row: `login|${hash}`, binding: `${hash}|login` }
}

/** Seals values and opens them again. */
export interface Sealer {
  readonly seal: (place: Place, value: object) => Promise<{ readonly blob: string; readonly kid: string }>
  /** Throws a `VaultError` of code `misconfigured` when the key is gone, or the text is not of this place. */
  readonly open: <T>(place: Place, blob: string, schema: z.ZodType<T>) => Promise<T>
}

/**
 * Seals as JWE compact, `alg: dir`, `enc: A256GCM`, with a key of its own for each row: HKDF-SHA256 of the ring's key.
 * A random nonce of 96 bits is safe, since a row key sees far fewer than 2³² texts.
 * @see https://www.rfc-editor.org/rfc/rfc7518#section-5.3
 */
export function createSealer(keys: VaultKeys): Sealer {
  return {
    async seal(place, value) {
      const { kid } = keys.current
      const blob = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value)))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid, g: place.binding })
        .encrypt(rowKey(keys.current, place))
      return { blob, kid }
    },

    async open(place, blob, schema) {
      const { plaintext, protectedHeader } = await compactDecrypt(
        blob,
        ({ kid = '' }) => rowKey(wanted(keys, kid), place),
        { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] },
      ).catch((cause: unknown) => {
        throw cause instanceof VaultError ? cause : foreign(place, cause)
      })
      if (protectedHeader['g'] !== place.binding) throw foreign(place)
      return schema.parse(JSON.parse(new TextDecoder().decode(plaintext)))
    },
  }
}

function rowKey({ key }: VaultKey, { row }: Place): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), row, 32))
}

function wanted(keys: VaultKeys, kid: string): VaultKey {
  const key = kid === keys.current.kid ? keys.current : keys.find(kid)
  if (key !== undefined) return key
  throw new VaultError(
    'misconfigured',
    `No key ${JSON.stringify(kid)} in the key ring. Put it back, and retire it only after rekeying.`,
  )
}

const foreign = ({ row }: Place, cause?: unknown): VaultError =>
  new VaultError(
    'misconfigured',
    `What is sealed for ${row} does not open: it was sealed by another key of the same name, for another row, ` +
      `or for another generation. Restore keys and store from the same time.`,
    { ...(cause !== undefined && { cause }) },
  )
