import { parseJsonObject } from './json/object.ts'
import type { Answer } from './message.ts'
import { textOf } from './message.ts'
import type { Remote } from './remote/remote.ts'
import type { CachedConnection, ConnectionCache, ServerDescription } from './server-description.ts'
import { listings } from './server-description.ts'

/** What the bridge remembers of the server, from this run and from the last one. */
export interface Memory {
  readonly cached: () => Promise<CachedConnection | undefined>
  readonly known: () => Promise<ServerDescription | undefined>
  /** The raw result of a list as the server last gave it. */
  readonly list: (method: string) => string | undefined
  readonly keepRemote: (remote: Remote) => void
  readonly keepList: (method: string, answer: Answer) => void
  /** Resolves when all that was kept has been written. */
  readonly written: () => Promise<void>
}

/** What a memory is made of. */
export interface MemoryOptions {
  readonly cache: ConnectionCache | undefined
  readonly now: () => number
  /** How long an era counts as found out. */
  readonly verdictMs: number
}

/** Bytes of the largest list that is remembered. */
const limit = 2 * 1_024 * 1_024

/** Makes a memory over a cache. A cache that fails costs time and nothing else. */
export function createMemory({ cache, now, verdictMs }: MemoryOptions): Memory {
  let current: CachedConnection | undefined
  let loading: Promise<void> | undefined
  let writing: Promise<void> = Promise.resolve()

  async function load(): Promise<void> {
    const found = await cache?.read().catch(() => undefined) // Missing or damaged is as good as empty.
    current ??= found
  }

  async function write(next: CachedConnection, before: Promise<void>): Promise<void> {
    await before
    await cache?.write(next).catch(() => undefined) // Likewise.
  }

  function keep(next: CachedConnection): void {
    const isSame = JSON.stringify(current) === JSON.stringify(next)
    current = next
    if (!isSame) writing = write(next, writing)
  }

  return {
    async cached() {
      await (loading ??= load())
      return current
    },
    async known() {
      await (loading ??= load())
      return current?.known
    },
    list: (method) => current?.lists[method],
    keepRemote({ era, transport, known }) {
      const before = current?.era === era && now() - current.at < verdictMs ? current.at : undefined
      keep({ era, transport, at: before ?? now(), known, lists: current?.lists ?? {} })
    },
    keepList(method, answer) {
      const { bytes, result } = answer
      if (!current || !Object.hasOwn(listings, method) || !result || result.end - result.start > limit) return
      const text = textOf(bytes, result)
      const holdsAll = parseJsonObject(text)?.['nextCursor'] === undefined
      if (holdsAll) keep({ ...current, lists: { ...current.lists, [method]: text } })
    },
    written: () => writing,
  }
}
