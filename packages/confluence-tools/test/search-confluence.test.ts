import { expect, it } from 'vitest'

import { stage } from './stage.ts'

const tool = 'searchConfluence'

it('gives type, id, title, space, address and a few words', async () => {
  const { text } = await stage().as('maya')(tool, { cql: 'type = page AND title = "Release Plan"' })
  expect(text).toMatchInlineSnapshot(`
    "<untrusted source="Confluence search">
    - page 99456 "Release Plan", space PROD Product, 2026-10-26, https://brightwater-demo.atlassian.net/wiki/spaces/PROD/pages/99456
      How Alpha reaches Lakeside. Issues are in the project Alpha; this page has the dates. Dates Step Day Who Alpha 0.9 on th
    </untrusted>
    1 in all."
  `)
})

it('says how to get the next page, down to the last', async () => {
  const call = stage().as('maya')
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const { text } = await call(tool, {
      cql: 'type = page',
      limit: 10,
      ...(cursor !== undefined && { cursor }),
    })
    ids.push(...[...text.matchAll(/^- page (\d+) /gm)].map(([, id = '']) => id))
    cursor = /More: the same call with cursor "([^"]+)"/.exec(text)?.[1]
    expect(text).toMatch(cursor === undefined ? /shown, and no more\.$/ : /shown\. More: /)
  } while (cursor !== undefined)
  expect(ids.length).toBeGreaterThan(15)
  expect(new Set(ids).size).toBe(ids.length)
})

it('searches for plain words', async () => {
  const { text } = await stage().as('maya')(tool, { query: 'berth "map" & more' })
  expect(text).toContain('Searched for the words, as CQL: siteSearch ~ ')
  const found = await stage().as('maya')(tool, { cql: 'go-live rehearsal' })
  expect(found.isError).toBe(false)
})

it('narrows a query to spaces without changing what it means', async () => {
  const call = stage().as('maya')
  const both = await call(tool, {
    cql: 'title ~ "plan" OR title ~ "release" ORDER BY title',
    spaces: ['prod', 'ENG'],
    limit: 20,
  })
  const titles = [...both.text.matchAll(/^- page \d+ "([^"]+)", space (\w+)/gm)].map(([, , space]) => space)
  expect(new Set(titles)).toEqual(new Set(['PROD', 'ENG']))
  const words = await call(tool, { cql: 'release', spaces: 'ENG' })
  expect(words.text).toContain('as CQL: space IN ("ENG") AND siteSearch ~ "release"')
})

it('finds nothing that this person may not see', async () => {
  const at = stage()
  const { text } = await at.as('sam')(tool, { cql: 'type = page', limit: 100 })
  expect(text).not.toMatch(/space (ENG|LEAD)|budget|Salary/)
  const hidden = await at.as('sam')(tool, { cql: 'title ~ "Salary"' })
  expect(hidden.text).toBe('Nothing matches, or nothing that this person may see.')
})

it.each([
  ['an unknown type', 'type = pagee', /expected one of/],
  ['an unknown field', 'tittle ~ "plan"', /tittle/],
  ['a query that ends too early', 'type = page AND', /cql|end|expect/i],
])('says what is wrong with %s', async (_, cql, hint) => {
  const { text, isError } = await stage().as('maya')(tool, { cql })
  expect(isError).toBe(true)
  expect(text).toMatch(hint)
})

it('says what is wrong with a query before it is narrowed', async () => {
  const { text, isError, calls } = await stage().as('maya')(tool, { cql: 'type = = page', spaces: ['ENG'] })
  expect(isError).toBe(true)
  expect(text).toContain('Correct cql and call again.')
  expect(calls).toEqual([])
})

it('says when a cursor is of something else', async () => {
  const { text, isError } = await stage().as('maya')(tool, { cql: 'type = page', cursor: 'x' })
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(
    `"The cursor is not one that an answer of this tool gave. Copy it whole from the answer before, or call again without it."`,
  )
})

it('refuses a query that is too long', async () => {
  const { text, calls } = await stage().as('maya')(tool, { cql: 'x'.repeat(4097) })
  expect(text).toContain('more than 4,096 characters')
  expect(calls).toEqual([])
})
