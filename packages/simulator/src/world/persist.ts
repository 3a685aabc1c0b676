import { mkdirSync, readFileSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'

import type { World } from './model.ts'
import { readSnapshot, writeSnapshot } from './snapshot.ts'

/** Keeps a world in a folder. */
export interface Keeper {
  /** What was kept last; undefined in a new folder. */
  load(): World | undefined
  /**
   * Resolves when the world as it is now is on the disk. Calls that come while a write runs share the next one.
   */
  save(world: World): Promise<void>
}

/**
 * One file, `world.json`, replaced by renaming: after a crash the folder holds either the old world or the new one.
 * The only part of the simulator that touches files.
 */
export function createKeeper(folder: string): Keeper {
  const file = join(folder, 'world.json')
  let running: Promise<void> | undefined
  let waiting: Promise<void> | undefined

  const write = async (world: World): Promise<void> => {
    const draft = `${file}.new`
    const handle = await open(draft, 'w', 0o600)
    try {
      await handle.writeFile(writeSnapshot(world))
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
  }

  const begin = (world: World): Promise<void> => {
    running = write(world).finally(() => {
      running = undefined
    })
    return running
  }

  return {
    load() {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        return readSnapshot(readFileSync(file, 'utf8'))
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        const reason = error instanceof Error ? error.message : String(error)
        throw new Error(
          `The simulator cannot read ${file}: ${reason}. Move the file away to start afresh, or name another folder.`,
          { cause: error },
        )
      }
    },
    save(world) {
      if (!running) return begin(world)
      waiting ??= running
        .catch(() => undefined)
        .then(() => {
          waiting = undefined
          return begin(world)
        })
      return waiting
    },
  }
}
