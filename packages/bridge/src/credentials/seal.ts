import { BridgeError } from '../bridge-error.ts'
import type { JsonObject } from '../json/object.ts'
import { parseJsonObject, textIn } from '../json/object.ts'

/** Where the key of a store comes from: a file, a command, the system's keychain. */
export interface KeySource {
  /** For people, such as `key file /run/secrets/telamon`. */
  readonly name: string
  /**
   * At least 32 bytes that only this person can read. `needed`: something is encrypted with them already, so that no other
   * ones would do. Undefined, and only where they are not needed: there is no key to be had, and files stay plain.
   */
  readonly read: (options: { readonly needed: boolean }) => Promise<Buffer | undefined>
}

/** Encrypts and opens the contents of one store. */
export interface Seal {
  readonly seal: (entry: string, content: JsonObject) => JsonObject
  /** Throws `BridgeError` `not_stored` when the key is another one, or the file was changed or moved. */
  readonly open: (entry: string, sealed: JsonObject) => JsonObject
}

/**
 * AES-256-GCM with a key derived from the source's bytes. What is sealed is bound to its entry, so that a file cannot
 * be passed off as another server's.
 */
export async function createSeal(
  source: KeySource,
  options: { readonly needed: boolean },
): Promise<Seal | undefined> {
  const { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } = await import('node:crypto')
  const secret = await source.read(options)
  if (!secret) return undefined
  if (secret.length < 32) {
    throw new BridgeError(
      'not_stored',
      `The ${source.name} holds ${secret.length} bytes; a key has 32 or more.`,
    )
  }
  const key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), 'telamon-proxy credentials 1', 32))
  const keyId = createHash('sha256').update('telamon-proxy key id').update(key).digest('hex').slice(0, 16)

  return {
    seal(entry, content) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(entry))
      const parts = [cipher.update(JSON.stringify(content), 'utf8'), cipher.final(), cipher.getAuthTag()]
      return { keyId, nonce: nonce.toString('base64'), sealed: Buffer.concat(parts).toString('base64') }
    },
    open(entry, value) {
      if (textIn(value, 'keyId') !== keyId) {
        throw new BridgeError(
          'not_stored',
          `The stored sign-in was encrypted with another key than the ${source.name}.`,
        )
      }
      const sealed = Buffer.from(textIn(value, 'sealed') ?? '', 'base64')
      try {
        const nonce = Buffer.from(textIn(value, 'nonce') ?? '', 'base64')
        const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(entry))
        decipher.setAuthTag(sealed.subarray(-16))
        const text = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString()
        return parseJsonObject(text) ?? {}
      } catch (error) {
        const message =
          'The stored sign-in was changed or moved, and is not used. Run logout, then sign in again.'
        throw new BridgeError('not_stored', message, { cause: error })
      }
    },
  }
}

/** What a sealed file is bound to: the format and its entry. */
function boundTo(entry: string): Buffer {
  return Buffer.from(`telamon-proxy 1 ${entry}`)
}
