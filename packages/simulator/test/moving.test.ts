import { expect, test } from 'vitest'

import { type Answer, type Ask, type Json, stage } from './support.ts'
import { form, newPage, pageId, post, spaceId, storage, titlesOf, v1, v2 } from './wiki.ts'

const children = async (ask: Ask, id: string): Promise<readonly string[]> =>
  titlesOf(await ask(`${v2}/pages/${id}/direct-children`))

/** A page with two pages below each other. */
const tower = async (ask: Ask): Promise<readonly [string, string, string]> => {
  const top = await newPage(ask, 'Top')
  const middle = await newPage(ask, 'Middle', { parentId: top.id })
  const bottom = await newPage(ask, 'Bottom', { parentId: middle.id })
  return [top.id, middle.id, bottom.id]
}

const status = async (ask: Ask, id: string): Promise<string> =>
  (await ask(`${v2}/pages/${id}`, { query: { status: 'current,archived,trashed' } })).body.status

test('a page goes before, after or below another', async () => {
  const ask = stage().wiki('jonas')
  const parent = await newPage(ask, 'Parent')
  const ids: Record<string, string> = {}
  for (const title of ['a', 'b', 'c']) ids[title] = (await newPage(ask, title, { parentId: parent.id })).id
  const move = (page: string, where: string, target: string): Promise<Answer> =>
    ask(`${v1}/content/${ids[page]}/move/${where}/${ids[target]}`, { method: 'PUT' })
  expect((await move('c', 'before', 'a')).body).toEqual({ pageId: ids['c'] })
  expect(await children(ask, parent.id)).toEqual(['c', 'a', 'b'])
  await move('c', 'after', 'a')
  expect(await children(ask, parent.id)).toEqual(['a', 'c', 'b'])
  await move('b', 'append', 'a')
  expect([await children(ask, parent.id), await children(ask, ids['a'] ?? '')]).toEqual([['a', 'c'], ['b']])
  expect((await move('a', 'append', 'b')).status).toBe(400)
  expect((await move('a', 'beside', 'c')).status).toBe(400)
})

test('a page takes what is below it into another space, if its titles are free there', async () => {
  const { wiki } = stage()
  const ask = wiki('jonas')
  const [top, , bottom] = await tower(ask)
  const target = await pageId(ask, 'Glossary')
  const move = (page: string): Promise<Answer> =>
    ask(`${v1}/content/${page}/move/append/${target}`, { method: 'PUT' })
  expect((await move(top)).status).toBe(200)
  expect((await ask(`${v2}/pages/${bottom}`)).body.spaceId).toBe(await spaceId(ask, 'PROD'))
  const twin = await newPage(ask, 'Release Plan')
  expect((await move(twin.id)).status).toBe(400)
  const refused = await wiki('sam')(`${v1}/content/${target}/move/append/${top}`, { method: 'PUT' })
  expect(refused.status).toBe(403)
})

test('pages are archived without what is below them, as work that goes on', async () => {
  const ask = stage().wiki('jonas')
  const [top, middle, bottom] = await tower(ask)
  const archive = (ids: readonly string[]): Promise<Answer> =>
    ask(`${v1}/content/archive`, { method: 'POST', body: { pages: ids.map((id) => ({ id: Number(id) })) } })
  const started = await archive([middle])
  expect(started.status).toBe(202)
  expect([await status(ask, middle), await status(ask, bottom)]).toEqual(['archived', 'current'])
  expect((await ask(`${v2}/pages/${bottom}`)).body.parentId).toBe(top)
  expect((await archive([middle])).status).toBe(400)
  expect((await archive([])).status).toBe(400)
  const path = `${v1}/longtask/${started.body.id}`
  expect((await ask(path)).body).toMatchObject({ finished: false, successful: false })
  expect((await ask(path)).body).toMatchObject({ finished: true, successful: true, percentageComplete: 100 })
})

test('who may only read a page cannot archive it', async () => {
  const ask = stage().wiki('sam')
  const pages = [{ id: Number(await pageId(ask, 'Glossary')) }]
  expect((await ask(`${v1}/content/archive`, { method: 'POST', body: { pages } })).status).toBe(400)
})

test('work is listed for whoever handed it in, and is over after a while', async () => {
  const here = stage()
  const ask = here.wiki('jonas')
  const [top] = await tower(ask)
  const { body } = await ask(`${v1}/content/${top}/pageTree`, { method: 'DELETE' })
  here.simulator.clock.advance(1000)
  expect((await ask(`${v1}/longtask/${body.id}`)).body.finished).toBe(true)
  expect((await ask(`${v1}/longtask`)).body.results.map(({ id }: Json) => id)).toEqual([body.id])
  expect((await here.wiki('priya')(`${v1}/longtask/${body.id}`)).status).toBe(404)
  expect((await here.wiki('priya')(`${v1}/longtask`)).body.size).toBe(0)
})

test('a tree of pages is put into the trash whole', async () => {
  const { wiki } = stage()
  const ask = wiki('jonas')
  const ids = await tower(ask)
  const started = await ask(`${v1}/content/${ids[0]}/pageTree`, { method: 'DELETE' })
  expect([started.status, started.body.links.status]).toEqual([202, `/rest/api/longtask/${started.body.id}`])
  for (const id of ids) expect(await status(ask, id)).toBe('trashed')
  expect((await ask(`${v1}/content/${ids[0]}/pageTree`, { method: 'DELETE' })).status).toBe(404)
  const open = await pageId(wiki('sam'), 'Glossary')
  expect((await wiki('sam')(`${v1}/content/${open}/pageTree`, { method: 'DELETE' })).status).toBe(403)
})

test('what is hidden below a page moves along, and keeps its tree from the trash', async () => {
  const { wiki } = stage()
  const jonas = wiki('jonas')
  const [top, , bottom] = await tower(jonas)
  await wiki('priya')(`${v1}/content/${bottom}/restriction/byOperation/read/user`, { method: 'PUT' })
  expect((await jonas(`${v1}/content/${top}/pageTree`, { method: 'DELETE' })).status).toBe(404)
  expect(await status(jonas, top)).toBe('current')
  const target = await pageId(jonas, 'Glossary')
  await jonas(`${v1}/content/${top}/move/append/${target}`, { method: 'PUT' })
  const moved = await wiki('priya')(`${v2}/pages/${bottom}`)
  expect(moved.body.spaceId).toBe(await spaceId(jonas, 'PROD'))
})

test('a copy takes along what is asked for', async () => {
  const ask = stage().wiki('jonas')
  const source = await newPage(ask, 'Original')
  await ask(`${v1}/content/${source.id}/label`, {
    method: 'POST',
    body: [{ prefix: 'global', name: 'kept' }],
  })
  await post(ask, `${v2}/pages/${source.id}/properties`, { key: 'state', value: 1 })
  await ask(`${v1}/content/${source.id}/child/attachment`, {
    method: 'POST',
    form: form([['a.txt', 'a']]),
    headers: { 'x-atlassian-token': 'no-check' },
  })
  await ask(`${v1}/content/${source.id}/restriction/byOperation/read/user`, { method: 'PUT' })
  const parent = await pageId(ask, 'On-call guide')
  const copy = (more: object): Promise<Answer> =>
    ask(`${v1}/content/${source.id}/copy`, {
      method: 'POST',
      body: { destination: { type: 'parent_page', value: parent }, ...more },
    })
  const bare = (await copy({ pageTitle: 'Bare' })).body
  expect(bare).toMatchObject({ title: 'Bare', version: { number: 1 }, space: { key: 'ENG' } })
  expect((await copy({ pageTitle: 'Bare' })).status).toBe(400)
  const long = await copy({ pageTitle: 'x'.repeat(256) })
  expect(long.body).toMatchObject({
    statusCode: 400,
    data: {
      authorized: true,
      valid: false,
      errors: [{ message: { key: 'Title cannot be longer than 255 characters.', args: [] } }],
    },
    message: expect.stringMatching(/BadRequestException: Could not create content with type page$/),
  })
  const full = (
    await copy({
      pageTitle: 'Full',
      copyAttachments: true,
      copyLabels: true,
      copyProperties: true,
      copyPermissions: true,
    })
  ).body
  const of = async (id: string): Promise<readonly number[]> => [
    (await ask(`${v2}/pages/${id}/labels`)).body.results.length,
    (await ask(`${v2}/pages/${id}/properties`)).body.results.length,
    (await ask(`${v2}/pages/${id}/attachments`)).body.results.length,
    (await ask(`${v1}/content/${id}/restriction/byOperation/read`)).body.restrictions.user.size,
  ]
  expect(await of(bare.id)).toEqual([0, 0, 0, 0])
  expect(await of(full.id)).toEqual([1, 1, 1, 1])
})

test('a copy goes to the top of a space, or replaces a page', async () => {
  const { wiki } = stage()
  const ask = wiki('jonas')
  const source = await newPage(ask, 'Original', { body: storage('<p>The words</p>') })
  const target = await newPage(ask, 'Overwritten')
  const copy = (body: object, who = ask): Promise<Answer> =>
    who(`${v1}/content/${source.id}/copy`, { method: 'POST', body })
  const atTop = await copy({ destination: { type: 'space', value: 'PROD' } })
  expect((await ask(`${v2}/pages/${atTop.body.id}`)).body).toMatchObject({
    parentId: null,
    title: 'Original',
  })
  const destination = { type: 'existing_page', value: target.id }
  const over = await copy({ destination, pageTitle: 'Overwritten' })
  expect(over.body).toMatchObject({ id: target.id, version: { number: 2 } })
  expect((await copy({})).status).toBe(400)
  expect((await copy({ destination: { type: 'moon', value: '1' } })).status).toBe(400)
  expect((await copy({ destination: { type: 'space', value: 'LEAD' } })).status).toBe(404)
  const open = await pageId(wiki('sam'), 'Glossary')
  const bySam = { method: 'POST', body: { destination: { type: 'space', value: 'PROD' }, pageTitle: 'x' } }
  expect((await wiki('sam')(`${v1}/content/${open}/copy`, bySam)).status).toBe(403)
})

test('a tree is copied with its titles changed', async () => {
  const ask = stage().wiki('jonas')
  const [top] = await tower(ask)
  const destinationPageId = await pageId(ask, 'On-call guide')
  const copy = (titleOptions: object): Promise<Answer> =>
    ask(`${v1}/content/${top}/pagehierarchy/copy`, {
      method: 'POST',
      body: { copyDescendants: true, destinationPageId, titleOptions },
    })
  expect((await copy({})).status).toBe(400)
  const started = await copy({ prefix: 'New ', search: 'Mid', replace: 'Mud' })
  expect(started.status).toBe(202)
  const { additionalDetails } = (await ask(`${v1}/longtask/${started.body.id}`)).body
  expect(additionalDetails).toMatchObject({ totalPageNeedToCopy: 3 })
  const below = await ask(`${v2}/pages/${additionalDetails.destinationId}/descendants`)
  expect(titlesOf(below)).toEqual(['New Muddle', 'New Bottom'])
})

test('what is below content is listed by type, at any depth', async () => {
  const ask = stage().wiki('jonas')
  const [top] = await tower(ask)
  const comment = await post(ask, `${v2}/footer-comments`, { pageId: top, body: storage('<p>x</p>') })
  const path = `${v1}/content/${top}/descendant`
  const { body } = await ask(path, { query: { expand: 'page,comment' } })
  expect(body.page.results.map(({ title }: Json) => title)).toEqual(['Middle', 'Bottom'])
  expect(body.comment.results[0].id).toBe(comment.id)
  expect(titlesOf(await ask(`${path}/page`, { query: { depth: 'root', expand: 'version' } }))).toEqual([
    'Middle',
  ])
  expect(titlesOf(await ask(`${path}/page`, { query: { limit: 1, start: 1 } }))).toEqual(['Bottom'])
  expect((await ask(`${path}/attachment`)).body.size).toBe(0)
  expect((await ask(`${path}/galaxy`)).status).toBe(400)
  expect((await ask(`${path}/page`, { query: { depth: 'deep' } })).status).toBe(400)
})

test('an older version is restored as a new one, and can be taken out of the history', async () => {
  const ask = stage().wiki('jonas')
  const { id } = await newPage(ask, 'First title', { body: storage('<p>First</p>') })
  const change = { id, status: 'current', title: 'Second title', body: storage('<p>Second</p>') }
  await ask(`${v2}/pages/${id}`, { method: 'PUT', body: { ...change, version: { number: 2 } } })
  const restore = (params: object): Promise<Answer> =>
    ask(`${v1}/content/${id}/version`, { method: 'POST', body: { operationKey: 'restore', params } })
  expect((await restore({ versionNumber: 2, message: '' })).status).toBe(400)
  const restored = await restore({ versionNumber: 1, message: 'Back', restoreTitle: true })
  expect(restored.body).toMatchObject({ number: 3, message: 'Back' })
  const { body } = await ask(`${v2}/pages/${id}`, { query: { 'body-format': 'storage' } })
  expect(body).toMatchObject({ title: 'First title', body: { storage: { value: '<p>First</p>' } } })
  const remove = (number: number): Promise<Answer> =>
    ask(`${v1}/content/${id}/version/${number}`, { method: 'DELETE' })
  expect((await remove(3)).status).toBe(400)
  expect((await remove(2)).status).toBe(204)
  const versions = (await ask(`${v2}/pages/${id}/versions`)).body.results
  expect(versions.map(({ number }: Json) => number)).toEqual([3, 1])
})

test('the draft of a blueprint is published under a title', async () => {
  const ask = stage().wiki('jonas')
  const draft = await newPage(ask, '', { status: 'draft' })
  const publish = (method: string, body: object): Promise<Answer> =>
    ask(`${v1}/content/blueprint/instance/${draft.id}`, {
      method,
      body: { version: { number: 1 }, title: 'Published', type: 'page', status: 'current', ...body },
    })
  expect((await publish('PUT', { title: '' })).status).toBe(400)
  expect((await publish('PUT', { title: 'On-call guide' })).status).toBe(400)
  expect((await publish('POST', { version: { number: 2 } })).status).toBe(409)
  const parent = await pageId(ask, 'On-call guide')
  const done = await publish('PUT', { ancestors: [{ id: parent }] })
  expect(done.body).toMatchObject({ title: 'Published', status: 'current', version: { number: 1 } })
  expect(done.body.ancestors.at(-1).id).toBe(parent)
  expect((await publish('PUT', {})).status).toBe(404)
})
