import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

import type { World } from './model.ts'
import type { WorldRecord } from './record.ts'
import { lineOf, linesOf, readSnapshot, repeat, snapshotLines } from './snapshot.ts'
import type { Watch } from './watch.ts'

/** Keeps a world in a folder. */
export interface Keeper {
  /**
   * What was kept last; undefined in a new folder.
   *
   * @throws Error with a sentence that says what to do
   */
  load(): World | undefined
  /** From now on another world is to be kept. It is on the disk after the next `save`. */
  replace(): void
  /** Resolves when the world as it is now is on the disk. Calls that come while a write runs share the next one. */
  save(watch: Watch): Promise<void>
  /** Waits for all writes. */
  close(): Promise<void>
}

/** A journal of this many bytes is worth a new snapshot, if it is also half as long as the last one. */
const longJournal = 4 * 2 ** 20

/** How many records of a snapshot are written before others have their turn. */
const chunk = 2000

/**
 * A snapshot, `world.json`, and a journal of what changed since, `journal-N.jsonl`. A change is on the disk when it is
 * in the journal. From time to time a new snapshot is written beside: the next journal begins first, so that whatever
 * changes while the snapshot is under way stands there, and is repeated over it. After a crash the folder holds all that
 * was said to be kept; of a last line that was torn nothing was said. The only part of the simulator that writes files.
 */
export function createKeeper(folder: string): Keeper {
  const file = join(folder, 'world.json')
  const journalOf = (generation: number): string => join(folder, `journal-${generation}.jsonl`)
  let generation = 0
  let journal: { readonly handle: FileHandle; bytes: number } | undefined
  let snapshotBytes = 0
  let whole = true
  let running: Promise<void> | undefined
  let waiting: Promise<void> | undefined
  let compacting: Promise<void> | undefined

  const nextJournal = async (): Promise<void> => {
    await journal?.handle.close()
    journal = { handle: await open(journalOf(generation), 'a', 0o600), bytes: 0 }
  }

  /** Everything into a new file, which takes the place of the old one when all that is in it is in a journal too. */
  const writeWhole = async (
    texts: Iterable<string>,
    { number, settled }: { readonly number: number; readonly settled: () => Promise<void> },
  ): Promise<void> => {
    const draft = `${file}.new`
    const handle = await open(draft, 'w', 0o600)
    let bytes = 0
    try {
      for (const text of texts) bytes += (await handle.write(text)).bytesWritten
      await handle.sync()
      await settled()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
    snapshotBytes = bytes
    for (const name of readdirSync(folder)) {
      const found = /^journal-(\d+)\.jsonl$/.exec(name)
      if (found && Number(found[1]) < number) await rm(join(folder, name))
    }
  }

  const write = async (watch: Watch): Promise<void> => {
    if (whole || watch.exposed) {
      await compacting
      watch.takeChanges()
      whole = false
      generation += 1
      // All of it at this moment, since there is no journal yet to hold what changes meanwhile.
      const texts = [...inChunks(snapshotLines(watch.everything(), generation))]
      await nextJournal()
      await writeWhole(texts, { number: generation, settled: () => Promise.resolve() })
      return
    }
    const records = watch.takeChanges()
    if (records.length === 0) return
    if (!journal) await nextJournal()
    await append(records)
    if (!compacting && journal && journal.bytes > Math.max(longJournal, snapshotBytes / 2)) {
      generation += 1
      await nextJournal()
      const texts = inChunks(snapshotLines(watch.everything(), generation))
      const settled = (): Promise<void> => keeper.save(watch)
      compacting = writeWhole(texts, { number: generation, settled }).finally(() => {
        compacting = undefined
      })
      // Its failure is told to whoever closes; until then the journals hold everything.
      compacting.catch(() => undefined)
    }
  }

  const append = async (records: readonly WorldRecord[]): Promise<void> => {
    if (!journal) return
    const { bytesWritten } = await journal.handle.write(records.map(lineOf).join(''))
    journal.bytes += bytesWritten
    await journal.handle.datasync()
  }

  const begin = (watch: Watch): Promise<void> => {
    running = write(watch).finally(() => {
      running = undefined
    })
    return running
  }

  const keeper: Keeper = {
    load() {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        const bytes = readFileSync(file)
        snapshotBytes = bytes.length
        const read = readSnapshot(bytes)
        generation = read.generation
        for (const number of journalsOf(folder, generation)) {
          replay(read.world, journalOf(number))
          generation = number
        }
        whole = false
        return read.world
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        const reason = error instanceof Error ? error.message : String(error)
        throw new Error(
          `The simulator cannot read ${file}: ${reason}. Move the file away to start afresh, or name another folder.`,
          { cause: error },
        )
      }
    },
    replace() {
      whole = true
    },
    save(watch) {
      if (!running) return begin(watch)
      waiting ??= running
        .catch(() => undefined)
        .then(() => {
          waiting = undefined
          return begin(watch)
        })
      return waiting
    },
    async close() {
      await running
      await compacting
      await journal?.handle.close()
      journal = undefined
    },
  }
  return keeper
}

/** The journals that go on from a snapshot, in their order. Older ones were left by a crash, and are in the snapshot. */
function journalsOf(folder: string, generation: number): readonly number[] {
  return readdirSync(folder)
    .flatMap((name) => {
      const found = /^journal-(\d+)\.jsonl$/.exec(name)
      return found ? [Number(found[1])] : []
    })
    .filter((number) => {
      if (number < generation) rmSync(join(folder, `journal-${number}.jsonl`))
      return number >= generation
    })
    .toSorted((one, other) => one - other)
}

/** Repeats a journal. A last line that was torn by a crash is left out and said, since nobody was told it was kept. */
function replay(world: World, file: string): void {
  const bytes = readFileSync(file)
  const end = bytes.lastIndexOf(10) + 1
  for (const line of linesOf(bytes.subarray(0, end))) repeat(world, JSON.parse(line))
  if (end === bytes.length) return
  truncateSync(file, end)
  process.emitWarning(
    `The last change in ${file} was torn and is left out. Nobody was told that it was kept.`,
  )
}

function* inChunks(lines: Iterable<string>): Iterable<string> {
  let held: string[] = []
  for (const line of lines) {
    if (held.push(line) < chunk) continue
    yield held.join('')
    held = []
  }
  if (held.length > 0) yield held.join('')
}
