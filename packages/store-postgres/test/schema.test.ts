import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { freshSchema, isAway, openStore, query } from './postgres.ts'

/** Tables and their columns, as the page tells of them. */
function told(): readonly string[] {
  const lines = readFileSync(join(import.meta.dirname, '..', 'schema.md'), 'utf8').split('\n')
  let table = ''
  return lines.flatMap((line) => {
    table = /^## `(\w+)`/.exec(line)?.[1] ?? table
    const names = /^\| (`\w+`(?:, `\w+`)*) +\|/.exec(line)?.[1]?.matchAll(/\w+/g) ?? []
    return [...names].map(([name]) => `${table}.${name}`)
  })
}

describe.skipIf(isAway)('schema.md', () => {
  it('tells of every table and column, and of no others', async () => {
    const schema = freshSchema()
    await openStore({ schema })
    const columns = await query(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
        WHERE table_schema = $1`,
      [schema],
    )
    expect(told().toSorted()).toEqual(columns.map(({ name }) => String(name)).toSorted())
  })

  it('tells which tables a crash empties', async () => {
    const schema = freshSchema()
    await openStore({ schema })
    const unlogged = await query(
      `SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace($1) AND relkind = 'r'
          AND relpersistence = 'u' ORDER BY relname`,
      [schema],
    )
    const page = readFileSync(join(import.meta.dirname, '..', 'schema.md'), 'utf8')
    const named = [...page.matchAll(/## `(\w+)` \(unlogged\)/g)].map(([, name]) => ({ relname: name }))
    expect(named).toEqual(unlogged)
  })
})
