import { type Container, containersOf } from './containers.ts'
import type { World } from './model.ts'
import { decode, encode, type WorldRecord } from './record.ts'
import type { Table } from './table.ts'

/** Knows what changed in a world. */
export interface Watch {
  /** Does something that may change the world, and notes what it reaches for. */
  writing<Result>(work: () => Result): Result
  /** What changed since the last call, as records that repeat it. */
  takeChanges(): readonly WorldRecord[]
  /** Everything there is, as records. */
  everything(): Iterable<WorldRecord>
  /** From now on anybody may change anything at any time, so that nothing is known but the whole. */
  expose(): void
  readonly exposed: boolean
}

export interface WatchOptions {
  /** Whether changes will be asked for. Default: false, which saves the work. */
  readonly keeps?: boolean
  /** Told of every thing that a write changed, made or took away, with what it was before. */
  readonly onChange?: (table: Table<unknown>, key: string, before: unknown) => void
  /** Whether anybody wants to be told now. Default: nobody. */
  readonly tells?: () => boolean
}

/** By key: a thing as text, as it was before; undefined when it was not there. */
type Before = Map<string, string | undefined>

/** Watches a world. It has to be the only one, and to begin before anybody else has a part of the world in hand. */
export function watchWorld(
  world: World,
  { keeps = false, onChange, tells = () => false }: WatchOptions = {},
): Watch {
  /** What the write under way has reached for, and what earlier ones have changed. */
  const reached = new Map<Table<unknown>, Before>()
  const changed = new Map<Table<unknown>, Before>()
  const levels = new Map<string, string>()
  let open = 0
  let exposed = false
  let known: readonly Container[] = []

  const attach = (table: Table<unknown>): void => {
    const before: Before = new Map()
    reached.set(table, before)
    changed.set(table, new Map())
    table.watch(
      () => open > 0,
      (key, value) => {
        if ((keeps || tells()) && !before.has(key)) before.set(key, textOf(value))
      },
    )
  }
  const look = (): readonly Container[] => {
    known = containersOf(world)
    for (const { tables } of known)
      for (const table of tables.values()) if (!reached.has(table)) attach(table)
    return known
  }
  for (const container of look()) levels.set(container.path, levelText(container))

  /** When nobody writes any more, what was reached for is as it will stay. */
  const settle = (): void => {
    for (const [table, before] of reached) {
      for (const [key, text] of before) {
        if (textOf(table.peek(key)) === text) continue
        const earlier = changed.get(table)
        if (earlier && !earlier.has(key)) earlier.set(key, text)
        if (tells()) onChange?.(table, key, text === undefined ? undefined : decode(JSON.parse(text)))
      }
      before.clear()
    }
  }
  const leave = (): void => {
    open -= 1
    if (open === 0) settle()
  }
  return {
    get exposed() {
      return exposed
    },
    expose() {
      exposed = true
      for (const { tables } of known) for (const table of tables.values()) table.expose()
    },
    writing(work) {
      open += 1
      let result: ReturnType<typeof work>
      try {
        result = work()
      } catch (error) {
        leave()
        throw error
      }
      if (result instanceof Promise) void result.then(leave, leave)
      else leave()
      return result
    },
    takeChanges() {
      const records: WorldRecord[] = []
      const before = new Set(levels.keys())
      for (const container of look()) {
        const isNew = !before.delete(container.path)
        const text = levelText(container)
        if (isNew || levels.get(container.path) !== text) records.push(levelRecord(container))
        levels.set(container.path, text)
        for (const [name, table] of container.tables) {
          const place = placeOf(container.path, name)
          const earlier = changed.get(table)
          records.push(...(isNew ? thingsIn(place, table) : changesIn(place, table, earlier)))
          earlier?.clear()
        }
      }
      for (const path of before) {
        levels.delete(path)
        records.push([path])
      }
      return records
    },
    *everything() {
      for (const container of look()) {
        yield levelRecord(container)
        for (const [name, table] of container.tables) yield* thingsIn(placeOf(container.path, name), table)
      }
    },
  }
}

const placeOf = (path: string, name: string): string => (path === '' ? name : `${path}/${name}`)

const textOf = (value: unknown): string | undefined =>
  value === undefined ? undefined : JSON.stringify(encode(value))

const levelRecord = ({ path, own, tables }: Container): WorldRecord => [
  path,
  '',
  { own: encode(own), tables: [...tables.keys()] },
]

const levelText = (container: Container): string => JSON.stringify(levelRecord(container))

function* thingsIn(place: string, table: Table<unknown>): Iterable<WorldRecord> {
  for (const [key, value] of table.peekAll()) yield [place, key, encode(value)]
}

function changesIn(place: string, table: Table<unknown>, before: Before | undefined): readonly WorldRecord[] {
  return [...(before ?? [])].flatMap(([key, text]): readonly WorldRecord[] => {
    const value = table.peek(key)
    if (textOf(value) === text) return []
    return [value === undefined ? [place, key] : [place, key, encode(value)]]
  })
}
