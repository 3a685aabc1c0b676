import { expect, test } from 'vitest'

import * as apps from '../src/apps.ts'
import * as door from '../src/index.ts'
import * as operations from '../src/operations.ts'
import * as v1 from '../src/v1.ts'

test('the door exports these values', () => {
  expect(Object.keys(door).toSorted()).toMatchInlineSnapshot(`
    [
      "confluenceUrls",
      "createConfluence",
    ]
  `)
})

test('the tables hold every operation of the documents, once', () => {
  const tables = { operations, v1, apps }
  const counts = Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [name, Object.keys(table).length]),
  )
  expect(counts).toMatchInlineSnapshot(`
    {
      "apps": 7,
      "operations": 214,
      "v1": 127,
    }
  `)
  for (const table of Object.values(tables)) {
    const records = Object.entries(table)
    expect(records.filter(([name, { id }]) => name !== id)).toEqual([])
    expect(new Set(records.map(([, { method, path }]) => `${method} ${path}`)).size).toBe(records.length)
    expect(records.every(([, { path }]) => path.startsWith('/wiki/'))).toBe(true)
  }
})

test('what only apps can call is behind its own door', () => {
  expect([...Object.values(operations), ...Object.values(v1)].filter(({ app }) => app)).toEqual([])
  expect(Object.values(apps).every(({ app }) => app === true)).toBe(true)
})
