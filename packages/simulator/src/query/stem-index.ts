import { Table } from '../world/table.ts'

/** Finds things by the stems of their words. */
export interface StemIndex<Value> {
  /**
   * The ids of all things that hold a stem, and of some that held it once: it is asked what to look at, not what fits.
   * Undefined where the things have to be looked at one by one.
   */
  ids(things: ReadonlyMap<string, Value>, stem: string): ReadonlySet<string> | undefined
}

interface Known {
  readonly ids: Map<string, Set<string>>
  readonly pending: Set<string>
}

const none: ReadonlySet<string> = new Set()

/** @param stemsOf the stems of every text of a thing, some of them more than once */
export function createStemIndex<Value>(stemsOf: (thing: Value) => Iterable<string>): StemIndex<Value> {
  const tables = new WeakMap<ReadonlyMap<string, Value>, Known>()
  return {
    ids(things, stem) {
      if (!(things instanceof Table) || things.isExposed) return undefined
      const known = tables.get(things) ?? begin<Value>(things)
      tables.set(things, known)
      for (const id of known.pending) {
        const thing: Value | undefined = things.peek(id)
        if (thing !== undefined) for (const each of stemsOf(thing)) put(known, each, id)
      }
      // While somebody writes, what was looked at can change again without being reached for again.
      if (!things.isWriting) known.pending.clear()
      return known.ids.get(stem) ?? none
    },
  }
}

function begin<Value>(table: Table<Value>): Known {
  const pending = table.follow()
  for (const [id] of table.peekAll()) pending.add(id)
  return { ids: new Map(), pending }
}

function put({ ids }: Known, stem: string, id: string): void {
  const under = ids.get(stem)
  if (under) under.add(id)
  else ids.set(stem, new Set([id]))
}
