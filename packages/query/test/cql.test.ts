import { describe, expect, it } from 'vitest'

import type { Context, Dialect } from '../src/index.ts'
import { compile, parseCql } from '../src/index.ts'

interface Page {
  readonly type: string
  readonly title: string
  readonly labels: readonly string[]
}

const types = ['page', 'blogpost']
const dialect: Dialect<Page> = {
  fields: [
    {
      name: 'type',
      type: 'option',
      values: types,
      get: ({ type }) => type,
      resolve: (text) => types.find((type) => type === text.toLowerCase()),
    },
    {
      name: 'title',
      type: 'text',
      operators: ['=', '!=', '~', '!~', 'in', 'not in'],
      get: ({ title }) => title,
    },
    { name: 'label', type: 'option', get: ({ labels }) => labels },
  ],
}
const context: Context = { now: Date.UTC(2026, 10, 23), timeZone: 'UTC' }
const release: Page = { type: 'page', title: 'Release Plan', labels: [] }
const compiled = (text: string) => compile(parseCql(text).query, dialect, context)

describe('CQL', () => {
  it('finds by title, by words and by type', () => {
    expect(compiled('type = page AND title = "release plan"').test(release)).toBe(true)
    expect(compiled('title ~ "plans releasing"').test(release)).toBe(true)
    expect(compiled('title in ("x", "Release Plan") and type in (page, blogpost)').test(release)).toBe(true)
  })

  it('takes a negative operator for the whole opposite, so that it meets what has no value', () => {
    expect(compiled('type = page AND label != x').test(release)).toBe(true)
    expect(compiled('type = page AND label not in (x) AND title !~ y').test(release)).toBe(true)
    expect(compiled('type = page AND NOT label = x').test(release)).toBe(true)
    expect(compiled('type = page AND label != x').test({ ...release, labels: ['X'] })).toBe(false)
  })

  it('words what is wrong as the service does', () => {
    expect(compiled('status = x').problems).toMatchObject([
      { message: "Unsupported CQL field 'status' for this resource" },
    ])
    expect(compiled('type = pagenjkkj').problems).toMatchObject([
      { message: 'Unsupported value for type, got : pagenjkkj, expected one of : [page, blogpost]' },
    ])
  })

  it('does not begin with what is not', () => {
    for (const text of [
      'NOT type = page',
      'type != page AND title = x',
      '(label not in (x) or title = y) and type = page',
    ]) {
      expect(compiled(text).problems).toMatchObject([{ code: 'negative-first' }])
    }
  })
})
