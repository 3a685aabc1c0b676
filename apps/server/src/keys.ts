import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

import { openFolder } from './data-folder.ts'
import { Fault } from './fault.ts'
import { folderOf } from './open-store.ts'
import type { Settings } from './settings.ts'

/** A root secret of 32 bytes and its id. All other keys are derived from it. */
export interface RootKey {
  readonly kid: string
  readonly secret: Uint8Array
}

/** Reads `ID:SECRET[,ID:SECRET]`, the newest first; a secret is 32 bytes in base64url. */
export function parseKeys(text: string): readonly RootKey[] {
  return text
    .trim()
    .split(',')
    .map((entry) => {
      const [kid = '', secret = ''] = entry.split(':')
      return { kid, secret: new Uint8Array(Buffer.from(secret, 'base64url')) }
    })
}

/** Reads the key file, and makes it with one new key and mode 0600 when there is none. */
export function keysFromFile(path: string): readonly RootKey[] {
  const fresh = `k1:${randomBytes(32).toString('base64url')}`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(path, fresh, { mode: 0o600, flag: 'wx' })
    return parseKeys(fresh)
  } catch (error) {
    if (isExisting(error)) return parseKeys(readFileSync(path, 'utf8'))
    throw error
  }
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}

/**
 * The root keys of the settings, else those of the key file beside an SQLite store.
 *
 * @throws Fault when the store is shared and the settings name none: every instance needs the same.
 */
export function rootKeys({ TELAMON_KEYS: text, TELAMON_STORE: store }: Settings): readonly RootKey[] {
  if (text !== undefined) return parseKeys(text)
  if (store.startsWith('sqlite:')) return keysFromFile(openFolder(folderOf(store)).keys)
  throw new Fault(
    'TELAMON_KEYS is missing. Instances that share a store need the same root keys: set it to ID:SECRET, the secret 32 random bytes in base64url.',
  )
}
