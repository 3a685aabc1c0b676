import { expect, test } from 'vitest'

import * as apps from '../src/apps.ts'
import * as door from '../src/index.ts'
import * as platform from '../src/operations.ts'
import * as serviceManagement from '../src/service-management.ts'
import * as software from '../src/software.ts'

test('the door exports these values', () => {
  expect(Object.keys(door).toSorted()).toMatchInlineSnapshot(`
    [
      "createJira",
      "discoverFields",
      "field",
      "fieldSource",
      "jiraUrls",
    ]
  `)
})

test('the tables hold every operation of the documents, once', () => {
  const tables = { platform, software, serviceManagement, apps }
  const counts = Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [name, Object.keys(table).length]),
  )
  expect(counts).toMatchInlineSnapshot(`
    {
      "apps": 39,
      "platform": 577,
      "serviceManagement": 70,
      "software": 105,
    }
  `)
  for (const table of Object.values(tables)) {
    const records = Object.entries(table)
    expect(records.filter(([name, { id }]) => name !== id)).toEqual([])
    expect(new Set(records.map(([, { method, path }]) => `${method} ${path}`)).size).toBe(records.length)
  }
})

test('what only apps can call is behind its own door', () => {
  const others = [...Object.values(platform), ...Object.values(software), ...Object.values(serviceManagement)]
  expect(others.filter(({ app }) => app)).toEqual([])
  expect(Object.values(apps).every(({ app }) => app === true)).toBe(true)
})
