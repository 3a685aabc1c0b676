import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

import { BridgeError } from '@telamon/bridge'
import type { KeySource } from '@telamon/bridge'

import { keychainKey } from './keychain.ts'
import type { StorageSettings } from './settings/settings.ts'

/** Where the key of the store comes from. Undefined: files are plain, because that was asked for. */
export function keyFrom({ kind, keyFile, keyCommand }: StorageSettings): KeySource | undefined {
  if (keyFile !== undefined) return { name: `key file ${keyFile}`, read: () => readKey(keyFile) }
  if (keyCommand !== undefined) return { name: 'key command', read: () => askKey(keyCommand) }
  return kind === 'plain' ? undefined : keychainKey({ required: kind === 'keychain' })
}

async function readKey(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    throw new BridgeError(
      'not_stored',
      `The key file ${path} cannot be read. Check its path and permissions.`,
      { cause: error },
    )
  }
}

/** Milliseconds that a command may take: it may ask the person for something. */
const patience = 60_000

async function askKey(command: string): Promise<Buffer> {
  const [program = '', ...args] = command.split(' ').filter(Boolean)
  try {
    const { stdout } = await promisify(execFile)(program, args, {
      timeout: patience,
      encoding: 'buffer',
      shell: false,
    })
    return Buffer.from(stdout.toString().trim())
  } catch (error) {
    throw new BridgeError('not_stored', `The key command ${program} failed. Run it by itself to see why.`, {
      cause: error,
    })
  }
}
