import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { expect, it } from 'vitest'

import { createSqliteStore } from '../src/index.ts'
import { temporaryFolder } from './files.ts'

it('schema.md tells of every table and column, and of no others', () => {
  const path = join(temporaryFolder(), 'telamon.db')
  createSqliteStore({ path }).close()
  const raw = new DatabaseSync(path)
  const columns = raw
    .prepare(
      `SELECT t.name || '.' || c.name AS name
         FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table' ORDER BY name`,
    )
    .all()
    .map(({ name }) => name)
  raw.close()

  const lines = readFileSync(join(import.meta.dirname, '..', 'schema.md'), 'utf8').split('\n')
  let table = ''
  const told = lines.flatMap((line) => {
    table = /^## `(\w+)`/.exec(line)?.[1] ?? table
    const names = /^\| (`\w+`(?:, `\w+`)*) +\|/.exec(line)?.[1]?.matchAll(/\w+/g) ?? []
    return [...names].map(([name]) => `${table}.${name}`)
  })
  expect(told.toSorted()).toEqual(columns)
})
