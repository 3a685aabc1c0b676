import { expect, test } from 'vitest'

import type { KeychainEntry } from '../src/keychain.ts'
import { keychainKey } from '../src/keychain.ts'

/** A keychain in memory. */
function memoryEntry(kept?: string): KeychainEntry & { readonly kept: () => string | undefined } {
  let current = kept
  return {
    kept: () => current,
    getPassword: async () => current ?? null,
    setPassword: async (password) => void (current = password),
  }
}

/** A keychain that answers and keeps nothing, as a locked one does on Linux. */
const lockedEntry: KeychainEntry = { getPassword: async () => null, setPassword: async () => undefined }

/** A keychain that waits for a window nobody sees. */
const silentEntry: KeychainEntry = {
  getPassword: () => new Promise(() => undefined),
  setPassword: () => new Promise(() => undefined),
}

const nowhere = async (): Promise<never> => {
  throw new Error('Cannot find module')
}

test('the keychain holds one key, which is made once', async () => {
  const entry = memoryEntry()
  const source = keychainKey({ required: false, open: async () => entry })
  const made = await source.read({ needed: false })
  expect(made).toHaveLength(32)
  expect(Buffer.from(entry.kept() ?? '', 'base64')).toEqual(made)
  expect(await source.read({ needed: true })).toEqual(made)
})

test.for([
  ['is locked', async () => lockedEntry],
  ['does not answer', async () => silentEntry],
  ['is not there', nowhere],
] as const)(
  'a keychain that %s leaves files plain, unless it is demanded or was used before',
  async ([, open]) => {
    const optional = keychainKey({ required: false, patienceMs: 20, open })
    expect(await optional.read({ needed: false })).toBeUndefined()
    await expect(optional.read({ needed: true })).rejects.toThrow('Unlock the keychain')
    const required = keychainKey({ required: true, patienceMs: 20, open })
    await expect(required.read({ needed: false })).rejects.toThrow('--key-file')
  },
)
