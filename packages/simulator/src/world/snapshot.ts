import type { World } from './model.ts'
import { decode, type WorldRecord } from './record.ts'
import { Table } from './table.ts'

/** The newest form of a snapshot that this program reads and writes. The first was one object with everything in it. */
const format = 2

/** The first line of a snapshot. */
interface SnapshotHead {
  readonly format: typeof format
  /** Counts the snapshots of a folder; the journal that goes on from one has the same number. */
  readonly generation: number
}

/**
 * The lines of a snapshot.
 *
 * @yields a line with its end
 */
export function* snapshotLines(records: Iterable<WorldRecord>, generation = 0): Iterable<string> {
  yield `${JSON.stringify({ format, generation })}\n`
  for (const record of records) yield lineOf(record)
}

export const lineOf = (record: WorldRecord): string => `${JSON.stringify(record)}\n`

/**
 * Reads a snapshot, also one of the first form.
 *
 * @throws Error with a sentence for the operator when the text is none
 */
export function readSnapshot(bytes: Buffer): { readonly world: World; readonly generation: number } {
  const lines = linesOf(bytes)
  const head: unknown = JSON.parse(lines.next().value ?? '')
  if (isWorld(head, 1)) {
    const world = decode(head)
    if (isWorld(world, 1)) return { world: { ...world, format: 2 }, generation: 0 }
  }
  if (!isHead(head)) throw new Error(`it is not a snapshot of format 1 to ${format}`)
  const world = {}
  for (const line of lines) repeat(world, JSON.parse(line))
  if (!isWorld(world, format)) throw new Error('it holds no world')
  return { world, generation: head.generation }
}

/** Repeats one change. Levels and tables come to be where they are missing. */
export function repeat(world: object, record: unknown): void {
  if (!isRecord(record)) throw new Error('a line of it is no change')
  const [path, key, value] = record
  const names = path.split('/').filter(Boolean)
  if (key === undefined) remove(world, names)
  else if (key === '') level(world, names, value)
  else {
    const table = step(names, world)
    if (!(table instanceof Map)) throw new Error(`a line of it leads to ${path}, which is no table`)
    if (record.length === 2) table.delete(key)
    else table.set(key, decode(value))
  }
}

const isRecord = (value: unknown): value is readonly [string, unknown?, unknown?] =>
  Array.isArray(value) && typeof value[0] === 'string'

/** Sets what stands in a level, and makes the tables it has. */
function level(world: object, names: readonly string[], value: unknown): void {
  const own = member(value, 'own')
  const tables = member(value, 'tables')
  const found = step(names, world)
  if (typeof found !== 'object' || found === null) throw new Error('a line of it is no level')
  Object.assign(found, decode(own))
  if (names.length === 0 && !('sites' in found)) Reflect.set(found, 'sites', new Map())
  for (const name of Array.isArray(tables) ? tables : [])
    if (typeof name === 'string' && !Object.hasOwn(found, name)) Reflect.set(found, name, new Table())
}

function remove(world: object, names: readonly string[]): void {
  const above = step(names.slice(0, -1), world)
  const last = names.at(-1) ?? ''
  if (above instanceof Map) above.delete(last)
  else if (typeof above === 'object' && above !== null) Reflect.deleteProperty(above, last)
}

/** Goes down the path, and makes the levels on it that are not there yet. */
function step(names: readonly string[], from: unknown): unknown {
  let here = from
  for (const name of names) {
    if (here instanceof Map) {
      if (!here.has(name)) here.set(name, {})
      here = here.get(name)
    } else if (typeof here === 'object' && here !== null) {
      if (!Object.hasOwn(here, name)) Reflect.set(here, name, {})
      here = Reflect.get(here, name)
    }
  }
  return here
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

/**
 * Line by line, since the whole can be longer than a string may be.
 *
 * @yields a line without its end
 */
export function* linesOf(bytes: Buffer): Generator<string, undefined> {
  let from = 0
  while (from < bytes.length) {
    const end = bytes.indexOf(10, from)
    yield bytes.toString('utf8', from, end === -1 ? bytes.length : end)
    from = end === -1 ? bytes.length : end + 1
  }
}

const isHead = (value: unknown): value is SnapshotHead =>
  member(value, 'format') === format && Number.isSafeInteger(member(value, 'generation'))

const isWorld = (value: unknown, wanted: number): value is World =>
  member(value, 'format') === wanted && member(value, 'sites') !== undefined
