import { expect, test } from 'vitest'

import { type Answer, type Ask, type Json, linksIn, stage } from './support.ts'
import { newPage, pageId, post, spaceId, storage, titlesOf, v1, v2 } from './wiki.ts'

const search = (ask: Ask, cql: string, query: object = {}): Promise<Answer> =>
  ask(`${v1}/search`, { query: { cql, limit: 100, ...query } })

const titles = async (ask: Ask, cql: string, query: object = {}): Promise<readonly string[]> =>
  titlesOf(await search(ask, cql, query))

test.each([
  ['type = attachment order by title', ['berths.csv', 'north-pier.svg']],
  [
    'type in (whiteboard, database, embed) order by title',
    ['Berth inventory', 'Pier sketch', 'Wind at the harbour'],
  ],
  ['type = attachment and title ~ "pier"', ['north-pier.svg']],
  ['favourite = currentUser() order by title', ['Engineering', 'How we release']],
  ['watcher = currentUser()', ['How we release']],
  ['id in recentlyViewedContent()', ['How we release', 'Release Plan']],
  ['id in recentlyViewedContent(1)', ['How we release']],
  ['id in recentlyViewedContent(1, 1)', ['Release Plan']],
  ['space in favouriteSpaces() and type = folder', []],
  ['space in recentlyViewedSpaces() and type = space order by title', ['Engineering', 'Product']],
  ['space.category = slipway and type = whiteboard', ['Pier sketch']],
  ['space.type = global and type = database', ['Berth inventory']],
  ['space.title ~ engineering and type = embed', ['Wind at the harbour']],
  ['label = "team:slipway"', ['Engineering']],
  ['contributor = "Maya Lindqvist" and title = "Release Plan"', ['Release Plan']],
  ['type = user and user.fullname ~ "web*"', ['Jonas Weber']],
  ['user = currentUser()', ['Priya Raman']],
  ['created > startOfDay("-20d") and type = folder', []],
  ['created < startOfYear() or type = folder', ['Meeting notes']],
  ['siteSearch ~ "hang* pier" and type = page and space = PROD', ['Glossary']],
  ['text ~ "\\"in three minutes\\""', ['What Slipway is']],
  [
    'type = page and not label in (planning, runbook, incident, decision) and space = ENG',
    ['Database notes', 'Engineering home'],
  ],
])('the field or function finds: %s', async (cql, expected) => {
  const found = await titles(stage().wiki('priya'), cql)
  expect(cql.includes('order by') ? found : found.toSorted()).toEqual(expected)
})

test('parents, containers and ancestors say where things are', async () => {
  const ask = stage().wiki('jonas')
  const top = await newPage(ask, 'A harbour')
  const below = await newPage(ask, 'A quay', { parentId: top.id })
  await newPage(ask, 'A bollard', { parentId: below.id })
  await post(ask, `${v2}/footer-comments`, { pageId: top.id, body: storage('<p>Nice</p>') })
  expect(await titles(ask, `parent = ${top.id}`)).toEqual(['A quay'])
  expect(await titles(ask, `ancestor = ${top.id} order by title`)).toEqual(['A bollard', 'A quay'])
  expect(await titles(ask, `container = ${top.id}`)).toEqual(['Re: A harbour'])
  expect(await titles(ask, `content = ${below.id}`)).toEqual(['A quay'])
})

test('macros, custom content and own labels are found', async () => {
  const { wiki } = stage()
  const ask = wiki('jonas')
  const macro = '<ac:structured-macro ac:name="toc" />'
  const page = await newPage(ask, 'With a macro', { body: storage(macro) })
  await post(ask, `${v2}/custom-content`, {
    spaceId: await spaceId(ask, 'ENG'),
    type: 'ac:notes:note',
    title: 'A note',
    body: storage('<p>Salt</p>'),
  })
  await ask(`${v1}/content/${page.id}/label`, { method: 'POST', body: [{ prefix: 'my', name: 'later' }] })
  expect(await titles(ask, 'macro = toc')).toEqual(['With a macro'])
  expect(await titles(ask, 'type = "ac:notes:note" and text ~ salt')).toEqual(['A note'])
  expect(await titles(ask, 'label = later')).toEqual(['With a macro'])
  expect(await titles(wiki('priya'), 'label = later')).toEqual([])
})

const context = (value: object): object => ({ cqlcontext: JSON.stringify(value) })

test('where somebody searches from stands for the current space and content', async () => {
  const ask = stage().wiki('jonas')
  const cql = 'space = currentSpace() and type = whiteboard'
  expect(await titles(ask, cql)).toEqual([])
  expect(await titles(ask, cql, context({ spaceKey: 'ENG' }))).toEqual(['Pier sketch'])
  const contentId = await pageId(ask, 'On-call guide')
  expect(await titles(ask, cql, context({ contentId }))).toEqual(['Pier sketch'])
  expect(await titles(ask, 'id = currentContent()', context({ contentId }))).toEqual(['On-call guide'])
  const { id } = await newPage(ask, 'Put away')
  await ask(`${v1}/content/archive`, { method: 'POST', body: { pages: [{ id: Number(id) }] } })
  expect(await titles(ask, 'title = "Put away"')).toEqual([])
  expect(await titles(ask, 'title = "Put away"', context({ contentStatuses: ['archived'] }))).toEqual([
    'Put away',
  ])
  expect((await search(ask, cql, { cqlcontext: '{' })).status).toBe(400)
})

test('archived spaces are searched when they are asked for, and alone if that is asked for', async () => {
  const ask = stage().wiki('jonas')
  await post(ask, `${v2}/spaces`, { name: 'Old sails', key: 'OLD' })
  await ask(`${v1}/space/OLD`, { method: 'PUT', body: { status: 'archived' } })
  const all = { includeArchivedSpaces: 'true' }
  expect(await titles(ask, 'type = space and title ~ sails')).toEqual([])
  expect(await titles(ask, 'type = space and title ~ sails', all)).toEqual(['Old sails'])
  const only = { ...all, excludeCurrentSpaces: 'true' }
  expect(await titles(ask, 'type = space', only)).toEqual(['Old sails'])
})

test('what is on content says what it is on, and people come as people', async () => {
  const ask = stage().wiki('priya')
  const [file] = (await search(ask, 'type = attachment and title = "berths.csv"')).body.results
  expect(file).toMatchObject({
    content: { type: 'attachment', title: 'berths.csv' },
    resultParentContainer: { title: 'Database notes' },
    resultGlobalContainer: { title: 'Engineering' },
    entityType: 'content',
  })
  const [person] = (await search(ask, 'user.fullname ~ jonas')).body.results
  expect(person).toMatchObject({ user: { displayName: 'Jonas Weber' }, entityType: 'user' })
  const guests = { sitePermissionTypeFilter: 'externalCollaborator' }
  expect((await search(ask, 'user.fullname ~ jonas', guests)).body.results).toEqual([])
})

test('an excerpt is HTML unless it is asked for as it is', async () => {
  const ask = stage().wiki('jonas')
  await newPage(ask, 'Brackets', { body: storage('<p>a &lt; b and c</p>') })
  const of = async (excerpt: string): Promise<string> =>
    (await search(ask, 'title = Brackets and text ~ b', { excerpt })).body.results[0].excerpt
  expect(await of('highlight')).toBe('a &lt; @@@hl@@@b@@@endhl@@@ and c')
  expect(await of('highlight_unescaped')).toBe('a < @@@hl@@@b@@@endhl@@@ and c')
  expect(await of('indexed_unescaped')).toBe('a < b and c')
  expect((await search(ask, 'title = Brackets', { excerpt: 'loud' })).status).toBe(400)
})

const idsOf = ({ body }: Answer): readonly string[] => body.results.map(({ content }: Json) => content.id)

test('a page of results leads back as well, and keeps what was asked besides', async () => {
  const ask = stage().wiki('maya')
  const first = await search(ask, 'type = page order by title', { limit: 5, excerpt: 'none' })
  const { next, prev } = linksIn(first.body)
  expect(prev).toBeUndefined()
  expect(next).toContain('&excerpt=none')
  const second = await ask(`/wiki${next}`)
  const back = await ask(`/wiki${linksIn(second.body).prev}`)
  expect(idsOf(back)).toEqual(idsOf(first))
})
