import { randomBytes } from 'node:crypto'

import { BridgeError } from '@telamon/bridge'
import type { KeySource } from '@telamon/bridge'

/** One entry of the system's keychain, as `@napi-rs/keyring` has it. */
export interface KeychainEntry {
  readonly getPassword: (signal: AbortSignal) => Promise<string | null | undefined>
  readonly setPassword: (password: string, signal: AbortSignal) => Promise<unknown>
}

/** What a keychain is read with. */
export interface KeychainOptions {
  /** Fail rather than leave files plain. */
  readonly required: boolean
  /** Milliseconds that the keychain may take; some wait for a window that nobody sees. Default: 3,000. */
  readonly patienceMs?: number
  /** Opens our entry. Default: by `@napi-rs/keyring`, if it is installed. */
  readonly open?: () => Promise<KeychainEntry>
}

/** The entry holds a key and nothing else: some systems take 2,560 bytes at most, and tokens may be larger. */
export function keychainKey({ required, patienceMs = 3_000, open = openEntry }: KeychainOptions): KeySource {
  async function bounded<Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    const signal = AbortSignal.timeout(patienceMs)
    const late = new Promise<never>((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(new Error('The keychain does not answer.'))),
    )
    return Promise.race([work(signal), late])
  }

  /** Reads the key, or makes one and sees whether it was kept: a locked keychain answers as an empty one does. */
  async function read(needed: boolean): Promise<Buffer | undefined> {
    const entry = await open()
    const known = await bounded((signal) => entry.getPassword(signal))
    if (known) return Buffer.from(known, 'base64')
    if (needed) throw new Error('The key is not in the keychain.')
    const fresh = randomBytes(32).toString('base64')
    await bounded((signal) => entry.setPassword(fresh, signal))
    const kept = await bounded((signal) => entry.getPassword(signal))
    if (kept !== fresh) throw new Error('The keychain did not keep the key.')
    return Buffer.from(fresh, 'base64')
  }

  return {
    name: "system's keychain",
    async read({ needed }) {
      try {
        return await read(needed)
      } catch (error) {
        if (!needed && !required) return undefined
        throw new BridgeError('not_stored', needed ? locked : missing, { cause: error })
      }
    },
  }
}

const locked =
  "The stored sign-in is encrypted with a key in the system's keychain, which does not give it. Unlock the keychain (over SSH on macOS: security unlock-keychain), or run logout and sign in again."

const missing =
  "The system's keychain cannot be used. Unlock it, or give a key by --key-file or --key-command, or allow files without encryption by --storage plain."

async function openEntry(): Promise<KeychainEntry> {
  const { AsyncEntry } = await import('@napi-rs/keyring')
  // The package's silent second choice on Linux is lost at the next start of the machine.
  return new AsyncEntry('telamon-proxy', 'vault-key-v1', { linux: { store: 'secret-service' } })
}
