import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'

import { SqliteStoreError } from './errors.ts'

/** SQLite's own name for a database that ends with its connection. */
const memory = ':memory:'

/**
 * Makes sure that there is a file which only its owner can read: mode 0600, in a folder that is made with 0700 if it
 * is not there. SQLite gives the files beside it the same mode.
 */
export function prepareFile(path: string): void {
  if (path === memory) return
  const folder = dirname(path)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    closeSync(openSync(path, 'a', 0o600))
    chmodSync(path, 0o600)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new SqliteStoreError(
      'unwritable',
      `Cannot write to ${path} (${code}). Let the user that runs this program write to ${folder}, ` +
        'or give the path of a file in another folder.',
      { cause },
    )
  }
}
