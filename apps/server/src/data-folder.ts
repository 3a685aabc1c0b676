import { accessSync, constants, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { explain, Fault } from './fault.ts'

/** What this program keeps in its folder; `--reset` removes these and nothing else. */
const ours = ['keys', 'telamon.sqlite', 'telamon.sqlite-shm', 'telamon.sqlite-wal', 'simulator'] as const

/** Where things lie in a folder. */
export interface DataFolder {
  readonly path: string
  readonly keys: string
  readonly store: string
  readonly simulator: string
}

/**
 * Makes the folder, if need be, for this account only.
 *
 * @throws Fault when it cannot be made or written.
 */
export function openFolder(folder: string): DataFolder {
  const path = resolve(folder)
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    accessSync(path, constants.W_OK)
  } catch (error) {
    throw explain(error, `The folder ${path}`)
  }
  return {
    path,
    keys: join(path, 'keys'),
    store: join(path, 'telamon.sqlite'),
    simulator: join(path, 'simulator'),
  }
}

/**
 * Removes what this program has put into a folder.
 *
 * @throws Fault when the folder holds things of others and nothing of ours: it is the wrong one, then.
 */
export function emptyFolder(folder: DataFolder): void {
  const present = readdirSync(folder.path)
  const known: readonly string[] = ours
  if (present.length > 0 && !present.some((name) => known.includes(name))) {
    throw new Fault(
      `${folder.path} holds nothing of Telamon, so nothing was removed. Choose the folder with --data.`,
    )
  }
  for (const name of ours) rmSync(join(folder.path, name), { recursive: true, force: true })
}
