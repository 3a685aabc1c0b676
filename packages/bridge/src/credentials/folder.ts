import { randomBytes } from 'node:crypto'
import type { Stats } from 'node:fs'
import { constants } from 'node:fs'
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { BridgeError } from '../bridge-error.ts'
import { codeOf } from '../network/http-error.ts'

/** A folder for one person's files: 0700, with files of 0600. */
export interface Folder {
  readonly path: (name: string) => string
  /** Undefined when there is no such file. Throws `BridgeError` `not_stored` when others could have written it. */
  readonly read: (name: string) => Promise<Buffer | undefined>
  /** Replaces a file whole, or not at all. */
  readonly write: (name: string, bytes: Buffer | string) => Promise<void>
  readonly remove: (name: string) => Promise<void>
  readonly list: () => Promise<readonly string[]>
  /** Makes the folder, or checks the one that is there. */
  readonly prepare: () => Promise<void>
}

/** Bytes of the largest file that is read. */
const limit = 8 * 1_024 * 1_024

/** Opens a folder without making it yet. Files of other people, links and wide modes are refused, not mended. */
export function createFolder(folder: string): Folder {
  let ready: Promise<void> | undefined
  const path = (name: string): string => join(folder, name)
  const prepare = (): Promise<void> => (ready ??= prepareFolder(folder))

  return {
    path,
    prepare,
    async read(name) {
      try {
        const file = await open(path(name), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
        try {
          const stats = await file.stat()
          check(stats, path(name), stats.isFile() && stats.size <= limit)
          return await file.readFile()
        } finally {
          await file.close()
        }
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined
        throw storeError(error, path(name))
      }
    },
    async write(name, bytes) {
      await prepare()
      const temporary = path(`.${name}.${randomBytes(6).toString('hex')}`)
      try {
        const file = await open(temporary, 'wx', 0o600)
        try {
          await file.writeFile(bytes)
          await file.sync()
        } finally {
          await file.close()
        }
        await replace(temporary, path(name))
      } catch (error) {
        await rm(temporary, { force: true })
        throw storeError(error, path(name))
      }
    },
    remove: (name) => rm(path(name), { force: true }),
    async list() {
      try {
        return await readdir(folder)
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return []
        throw storeError(error, folder)
      }
    },
  }
}

async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const stats = await lstat(folder)
    check(stats, folder, stats.isDirectory())
  } catch (error) {
    throw storeError(error, folder)
  }
}

/** Refuses what somebody else owns or could change. Windows has no such modes: there the profile folder protects. */
function check(stats: Stats, path: string, isRightKind: boolean): void {
  if (!isRightKind) throw new BridgeError('not_stored', `${path} is not what is expected there. Remove it.`)
  if (process.platform === 'win32') return
  if (stats.uid !== process.getuid?.()) {
    throw new BridgeError(
      'not_stored',
      `${path} belongs to another user, and is not used. Remove it or choose another folder.`,
    )
  }
  if ((stats.mode & 0o077) !== 0) {
    throw new BridgeError(
      'not_stored',
      `${path} is open to other users, and is not used. Run: chmod go= ${path}`,
    )
  }
}

/** Windows refuses to replace a file that somebody reads at that moment; a little later it does not. */
async function replace(from: string, to: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await rename(from, to)
    } catch (error) {
      const code = codeOf(error)
      if (attempt === 9 || (code !== 'EPERM' && code !== 'EACCES' && code !== 'EBUSY')) throw error
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

function storeError(error: unknown, path: string): Error {
  if (error instanceof BridgeError) return error
  const message = `${path} cannot be used (${codeOf(error) ?? 'unknown error'}). Check its permissions, or choose --storage memory.`
  return new BridgeError('not_stored', message, { cause: error })
}
