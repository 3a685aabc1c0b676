import type { World } from './world/model.ts'
import { readSnapshot, snapshotLines } from './world/snapshot.ts'
import type { Watch } from './world/watch.ts'

/** The world as it was at other moments: by name, for as long as the simulator runs, and as a text to be kept elsewhere. */
export interface Snapshots {
  /** Keeps the world as it is under a name, and says how many bytes that takes. */
  take(name: string): number
  /** Brings a world back; false when there is none of that name. */
  bring(name: string): Promise<boolean>
  names(): readonly string[]
  /** The world as it is, line by line. */
  text(): string
  /** @throws Error when these bytes are no snapshot */
  load(bytes: Buffer): Promise<void>
}

export function createSnapshots(watch: () => Watch, replace: (world: World) => Promise<void>): Snapshots {
  const kept = new Map<string, Buffer>()
  const text = (): string => [...snapshotLines(watch().everything())].join('')
  return {
    text,
    names: () => [...kept.keys()],
    take(name) {
      const bytes = Buffer.from(text())
      kept.set(name, bytes)
      return bytes.length
    },
    async bring(name) {
      const bytes = kept.get(name)
      if (bytes) await replace(readSnapshot(bytes).world)
      return bytes !== undefined
    },
    load: (bytes) => replace(readSnapshot(bytes).world),
  }
}
