import { expect, test } from 'vitest'

import { type Ask, type Json, linksIn, stage } from './support.ts'

const search = '/wiki/rest/api/search'

const titles = async (ask: Ask, cql: string): Promise<readonly string[]> => {
  const { body } = await ask(search, { query: { cql, limit: 100 } })
  return body.results.map(({ title }: Json) => title)
}

test('a search answers with hits that are wrapped, counted and quoted', async () => {
  const { status, body } = await stage().wiki('priya')(search, {
    query: { cql: 'type=page and text ~ "north pier"' },
  })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    start: 0,
    limit: 25,
    cqlQuery: 'type = page AND text ~ "north pier"',
    archivedResultCount: 0,
  })
  expect(body.totalSize).toBe(body.size)
  const hit = body.results.find(({ title }: Json) => title.startsWith('Incident review'))
  expect(hit).toMatchObject({
    content: { type: 'page', status: 'current' },
    entityType: 'content',
    resultGlobalContainer: { title: 'Engineering', displayUrl: '/spaces/ENG' },
    breadcrumbs: [],
  })
  expect(hit.url).toMatch(/^\/spaces\/ENG\/pages\/\d+\//)
})

test('words that were searched for are marked in the excerpt', async () => {
  const ask = stage().wiki('priya')
  const query = { cql: 'title = "Glossary" and text ~ berth' }
  const marked = await ask(search, { query })
  expect(marked.body.results[0].excerpt).toContain('@@@hl@@@Berth@@@endhl@@@')
  const plain = await ask(search, { query: { ...query, excerpt: 'indexed' } })
  expect(plain.body.results[0].excerpt).not.toContain('@@@')
  const none = await ask(search, { query: { ...query, excerpt: 'none' } })
  expect(none.body.results[0].excerpt).toBe('')
})

test('a search finds nothing of what is hidden', async () => {
  const { wiki } = stage()
  const cql = 'type = page AND title ~ "Q2 Planning"'
  expect(await titles(wiki('grace'), cql)).toContain('Q2 Planning: budget and headcount')
  expect(await titles(wiki('jonas'), cql)).toEqual(['Q2 Planning'])
  expect(await titles(wiki('sam'), 'text ~ runbook or label = runbook')).toEqual([])
  expect(await titles(wiki('jonas'), 'text ~ salary')).toEqual([])
})

test.each([
  ['space = ENG and type = page and title ~ guide', ['On-call guide']],
  ['space in (PROD, ENG) and label = runbook order by title', ['How we release', 'On-call guide']],
  ['type = blogpost order by created asc', ['Lakeside measures its berths', 'Alpha 0.8 is with the testers']],
  ['type = space and title ~ product', ['Product']],
  [
    'creator = currentUser() and type = page order by created',
    ['Glossary', 'Incident review: double booking on the north pier'],
  ],
  ['type = comment and creator = currentUser()', ['Re: Q2 Planning']],
  ['mention = currentUser() and space = ENG', ['Incident review: double booking on the north pier']],
  ['type = page and lastmodified >= now("-5d")', ['Meeting notes: onboarding workshop']],
  ['label = q2 and type != blogpost', ['Q2 Planning']],
  ['title = "release plan"', ['Release Plan']],
  ['type = folder', ['Meeting notes']],
])('finds what is meant: %s', async (cql, expected) => {
  expect(await titles(stage().wiki('priya'), cql)).toEqual(expected)
})

test('content is found by what it stands below', async () => {
  const ask = stage().wiki('maya')
  const { body } = await ask(search, { query: { cql: 'title = "Meeting notes" and type = folder' } })
  const found = await titles(ask, `ancestor = ${body.results[0].content.id} order by title`)
  expect(found).toEqual(['Meeting notes: onboarding workshop', 'Meeting notes: weekly'])
})

test('an unknown type is refused with the types there are', async () => {
  const { status, body } = await stage().wiki('maya')(search, { query: { cql: 'type = pagenjkkj' } })
  expect(status).toBe(400)
  expect(body).toMatchObject({
    statusCode: 400,
    data: { authorized: false, valid: true, errors: [], successful: false },
  })
  expect(body.message).toMatch(
    /^com\.atlassian\.confluence\.api\.service\.exceptions\.BadRequestException: Unsupported value for type, got : pagenjkkj, expected one of : \[space, user, page/,
  )
})

test.each([['status = current'], ['type ='], ['colour ~ red']])('%s is refused', async (cql) => {
  const { status, body } = await stage().wiki('maya')(search, { query: { cql } })
  expect(status).toBe(400)
  expect(body.statusCode).toBe(400)
})

test('the next page is reached by a cursor inside of an address', async () => {
  const ask = stage().wiki('maya')
  const first = await ask(search, { query: { cql: 'type = page order by title', limit: 10 } })
  expect(first.body).toMatchObject({ size: 10 })
  const { next } = linksIn(first.body)
  expect(next).toMatch(/^\/rest\/api\/search\?next=true&cursor=_t_/)
  const second = await ask(`/wiki${next}`)
  expect(second.body.start).toBe(10)
  const all = [...first.body.results, ...second.body.results].map(({ title }: Json) => title)
  expect(new Set(all).size).toBe(20)
  const other = next.replace('order%20by', '').replace(/cql=[^&]*/, 'cql=type%3Dblogpost')
  expect((await ask(`/wiki${other}`)).status).toBe(400)
})

test('content alone is found without the wrapping', async () => {
  const { body } = await stage().wiki('maya')('/wiki/rest/api/content/search', {
    query: { cql: 'type = page and title = Glossary', expand: 'body.storage,version,space' },
  })
  expect(body.results[0]).toMatchObject({
    type: 'page',
    title: 'Glossary',
    space: { key: 'PROD' },
    version: { number: 1 },
    body: { storage: { representation: 'storage' } },
  })
})

test('people are found by their names', async () => {
  const ask = stage().wiki('maya')
  const find = async (cql: string): Promise<readonly string[]> =>
    (await ask('/wiki/rest/api/search/user', { query: { cql } })).body.results.map(
      ({ user }: Json) => user.displayName,
    )
  expect(await find('user.fullname ~ "jonas"')).toEqual(['Jonas Weber'])
  expect(await find('type = user and user.fullname ~ "web*"')).toEqual(['Jonas Weber'])
  expect((await ask('/wiki/rest/api/search/user', { query: { cql: 'nonsense' } })).status).toBe(400)
})
