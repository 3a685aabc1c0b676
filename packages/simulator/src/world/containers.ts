import type { World } from './model.ts'
import { Table } from './table.ts'

/**
 * One level of the world's structure, such as Jira on a site: tables of things by id, deeper levels, and what else
 * stands there. `path` leads to it from the world; `own` is what is neither table nor level.
 */
export interface Container {
  readonly path: string
  readonly own: Readonly<Record<string, unknown>>
  readonly tables: ReadonlyMap<string, Table<unknown>>
}

const isLevel = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/**
 * Every level of a world. Maps that are no tables yet are replaced by tables, so that whoever adds a kind of thing to
 * the world has nothing to do for it. The only map of levels is `sites`.
 */
export function containersOf(world: World): readonly Container[] {
  const sites = [...world.sites].flatMap(([cloudId, site]) => levelsOf(site, `sites/${cloudId}`))
  return [...levelsOf(world, '', new Set(['sites'])), ...sites]
}

function levelsOf(
  level: object,
  path: string,
  without: ReadonlySet<string> = new Set(),
): readonly Container[] {
  const own: Record<string, unknown> = {}
  const tables = new Map<string, Table<unknown>>()
  const deeper: Container[] = []
  for (const [name, value] of Object.entries(level)) {
    if (without.has(name)) continue
    if (value instanceof Map) tables.set(name, tableIn(level, name, value))
    else if (isLevel(value)) deeper.push(...levelsOf(value, path === '' ? name : `${path}/${name}`))
    else own[name] = value
  }
  return [{ path, own, tables }, ...deeper]
}

function tableIn(level: object, name: string, map: Map<string, unknown>): Table<unknown> {
  if (map instanceof Table) return map
  const table = new Table<unknown>()
  for (const [key, value] of map) table.set(key, value)
  Reflect.set(level, name, table)
  return table
}
