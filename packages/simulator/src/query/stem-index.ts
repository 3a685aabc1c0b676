import { Table } from '../world/table.ts'

/** Finds things by the stems of their words. */
export interface StemIndex<Value> {
  /**
   * The ids of all things that hold a stem, and of some that held it once: it is asked what to look at, not what fits.
   * Undefined where the things have to be looked at one by one.
   */
  ids(things: ReadonlyMap<string, Value>, stem: string): ReadonlySet<string> | undefined
}

/** Lists grow faster than sets, so that a stem has a set only from the first question for it on. */
interface Known {
  readonly ids: Map<string, string[] | Set<string>>
  readonly pending: Set<string>
}

/** @param stemsOf the stems of all texts of a thing */
export function createStemIndex<Value>(stemsOf: (thing: Value) => ReadonlySet<string>): StemIndex<Value> {
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
      const found = known.ids.get(stem)
      if (found instanceof Set) return found
      const ids = new Set(found)
      if (found) known.ids.set(stem, ids)
      return ids
    },
  }
}

function begin<Value>(table: Table<Value>): Known {
  const pending = table.follow()
  for (const [id] of table.peekAll()) pending.add(id)
  return { ids: new Map(), pending }
}

/** Once for each thing, or once more for one that changed. */
function put({ ids }: Known, stem: string, id: string): void {
  const under = ids.get(stem)
  if (!under) ids.set(stem, [id])
  else if (Array.isArray(under)) under.push(id)
  else under.add(id)
}
