import { Table } from './table.ts'

/** Finds things by something else than their id. */
export interface Index<Value> {
  /** All that have a key, in the order of their ids. */
  all(things: ReadonlyMap<string, Value>, key: string): readonly Value[]
  /** Their ids; undefined where nothing is known but by searching from end to end. */
  ids(things: ReadonlyMap<string, Value>, key: string): ReadonlySet<string> | undefined
}

const none: ReadonlySet<string> = new Set()

/** What is known of one table. */
interface Known {
  /** By key: ids. */
  readonly ids: Map<string, Set<string>>
  /** By id: the keys it stands under. */
  readonly keys: Map<string, readonly string[]>
  /** Ids to be looked at again before the next answer. */
  readonly pending: Set<string>
}

/**
 * Makes an index. It comes to be with the first question and is kept up from what is noted of the table. A map that
 * notes nothing is searched from end to end, with the same result.
 */
export function createIndex<Value>(keysOf: (thing: Value) => readonly string[]): Index<Value> {
  const tables = new WeakMap<ReadonlyMap<string, Value>, Known>()
  const ids: Index<Value>['ids'] = (things, key) => {
    if (!(things instanceof Table) || things.isExposed) return undefined
    const known = tables.get(things) ?? begin<Value>(things)
    tables.set(things, known)
    catchUp(things, known, keysOf)
    return known.ids.get(key) ?? none
  }
  return {
    ids,
    all(things, key) {
      const found = ids(things, key)
      if (!found) return [...things.values()].filter((thing) => keysOf(thing).includes(key))
      const inOrder = [...found].toSorted((one, other) => Number(one) - Number(other))
      return inOrder.flatMap((id): readonly Value[] => {
        const thing: Value | undefined = things.get(id)
        return thing === undefined ? [] : [thing]
      })
    },
  }
}

function begin<Value>(table: Table<Value>): Known {
  const pending = table.follow()
  for (const [id] of table.peekAll()) pending.add(id)
  return { ids: new Map(), keys: new Map(), pending }
}

function catchUp<Value>(
  table: Table<Value>,
  { ids, keys, pending }: Known,
  keysOf: (thing: Value) => readonly string[],
): void {
  for (const id of pending) {
    const thing = table.peek(id)
    const now = thing === undefined ? [] : keysOf(thing)
    const before = keys.get(id) ?? []
    if (now.length === before.length && now.every((key, place) => key === before[place])) continue
    for (const key of before) ids.get(key)?.delete(id)
    for (const key of now) {
      const under = ids.get(key)
      if (under) under.add(id)
      else ids.set(key, new Set([id]))
    }
    if (now.length > 0) keys.set(id, now)
    else keys.delete(id)
  }
  // While somebody writes, what was looked at can change again without being reached for again.
  if (!table.isWriting) pending.clear()
}
