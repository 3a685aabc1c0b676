import { expect, test } from 'vitest'

import { type Ask, type Json, stage } from './support.ts'

const pages = '/wiki/api/v2/pages'

const idOf = async (ask: Ask, title: string): Promise<string> =>
  (await ask(pages, { query: { title } })).body.results[0]?.id

const spaceId = async (ask: Ask, key: string): Promise<string> =>
  (await ask('/wiki/api/v2/spaces', { query: { keys: key } })).body.results[0]?.id

const storage = (value: string): Json => ({ representation: 'storage', value })

test('spaces are listed for who may read them', async () => {
  const { wiki } = stage()
  const keys = async (person: string): Promise<readonly string[]> =>
    (await wiki(person)('/wiki/api/v2/spaces')).body.results.map(({ key }: Json) => key)
  expect(await keys('maya')).toEqual(['TEAM', 'PROD', 'ENG', 'LEAD'])
  expect(await keys('jonas')).toEqual(['TEAM', 'PROD', 'ENG'])
  expect(await keys('sam')).toEqual(['TEAM', 'PROD'])
})

test('a space shows itself as the service does, and what the caller may do there', async () => {
  const ask = stage().wiki('maya')
  const id = await spaceId(ask, 'PROD')
  const { body, headers } = await ask(
    `/wiki/api/v2/spaces/${id}?include-operations=true&include-permissions=true&include-labels=true&include-properties=true&include-icon=true&description-format=plain`,
  )
  expect(headers.get('content-type')).toBe('application/json')
  expect(body).toMatchObject({
    key: 'PROD',
    name: 'Product',
    type: 'global',
    status: 'current',
    currentActiveAlias: 'PROD',
    description: { plain: { representation: 'plain' } },
    _links: { webui: '/spaces/PROD', base: 'https://brightwater-demo.atlassian.net/wiki' },
    labels: { results: [], meta: { hasMore: false }, _links: { self: `/api/v2/spaces/${id}/labels` } },
  })
  expect(body.operations.results).toContainEqual({ operation: 'administer', targetType: 'space' })
  expect(body.permissions.results[0]).toMatchObject({
    principal: { type: 'access-class', id: 'ALL_LICENSED_USERS' },
  })
  const sam = await stage().wiki('sam')(`/wiki/api/v2/spaces/${id}?include-operations=true`)
  expect(sam.body.operations.results).toEqual([{ operation: 'read', targetType: 'space' }])
})

test('a space that is hidden is not there', async () => {
  const { wiki } = stage()
  const id = await spaceId(wiki('maya'), 'LEAD')
  const { status, body } = await wiki('jonas')(`/wiki/api/v2/spaces/${id}`)
  expect(status).toBe(404)
  expect(body.errors[0]).toMatchObject({ status: 404, code: 'NOT_FOUND' })
})

test('a page is read whole in either form', async () => {
  const ask = stage().wiki('priya')
  const id = await idOf(ask, 'Q2 Planning')
  const { body } = await ask(`${pages}/${id}?body-format=atlas_doc_format`)
  expect(Object.keys(body)).toEqual([
    ...['parentType', 'parentId', 'createdAt', 'ownerId', 'lastOwnerId', 'authorId', 'version', 'position'],
    ...['spaceId', 'status', 'body', 'title', 'id', '_links'],
  ])
  expect(body).toMatchObject({
    title: 'Q2 Planning',
    status: 'current',
    parentType: 'page',
    lastOwnerId: null,
  })
  expect(body.version).toMatchObject({ number: 2, message: 'Agreed in the meeting', minorEdit: false })
  expect(body.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  const document = JSON.parse(body.body.atlas_doc_format.value)
  const types = document.content.map(({ type }: Json) => type)
  expect(types).toEqual(expect.arrayContaining(['panel', 'heading', 'table', 'taskList', 'orderedList']))
  const { body: other } = await ask(`${pages}/${id}?body-format=storage`)
  expect(other.body.storage.value).toContain('<ac:task-list>')
  expect(other.body.storage.value).toContain('<table')
  const { body: view } = await ask(`${pages}/${id}?body-format=view`)
  expect(view.body.view.value).toContain('<th>')
})

test('addresses of a page are made as the service makes them', async () => {
  const ask = stage().wiki('maya')
  const id = await idOf(ask, 'Q2 Planning')
  const { body } = await ask(`${pages}/${id}`)
  expect(body._links).toEqual({
    editui: `/pages/resumedraft.action?draftId=${id}`,
    webui: `/spaces/PROD/pages/${id}/Q2+Planning`,
    edituiv2: `/spaces/PROD/pages/edit-v2/${id}`,
    tinyui: '/x/wIMB',
    base: 'https://brightwater-demo.atlassian.net/wiki',
  })
  expect(body.body).toEqual({})
  const home = await ask(`${pages}/${await idOf(ask, 'Product home')}`)
  expect(home.body).toMatchObject({
    parentType: null,
    parentId: null,
    _links: { webui: '/spaces/PROD/overview' },
  })
})

test('a page brings along the lists that are asked for', async () => {
  const ask = stage().wiki('maya')
  const id = await idOf(ask, 'Q2 Planning')
  const { body } = await ask(
    `${pages}/${id}?include-labels=true&include-likes=true&include-operations=true&include-properties=true&include-versions=true`,
  )
  expect(body.labels.results.map(({ name }: Json) => name)).toEqual(['planning', 'q2'])
  expect(body.likes.meta).toEqual({ hasMore: false, count: 2 })
  expect(body.operations.results).toContainEqual({ operation: 'create', targetType: 'comment' })
  expect(body.properties.results).toEqual([])
  expect(body.versions.results.map(({ number }: Json) => number)).toEqual([2, 1])
  expect(body.versions.results[1].page).toEqual({ body: {}, title: 'Q2 Planning', id })
})

test('a restricted page, and what is below it, is there only for some', async () => {
  const { wiki } = stage()
  const id = await idOf(wiki('grace'), 'Q2 Planning: budget and headcount')
  expect((await wiki('grace')(`${pages}/${id}`)).status).toBe(200)
  const { status, body } = await wiki('jonas')(`${pages}/${id}`)
  expect(status).toBe(404)
  expect(body.errors[0].title).toBe(`Page with id ${id} was not found`)
  expect(await idOf(wiki('jonas'), 'Q2 Planning: budget and headcount')).toBeUndefined()
  const child = await wiki('grace')(pages, {
    method: 'POST',
    body: {
      spaceId: await spaceId(wiki('grace'), 'PROD'),
      title: 'Below',
      parentId: id,
      body: storage('<p>x</p>'),
    },
  })
  expect((await wiki('jonas')(`${pages}/${child.body.id}`)).status).toBe(404)
})

test('lists of pages are cut into pages, with a cursor relative to the site', async () => {
  const ask = stage().wiki('maya')
  const first = await ask(`${pages}?limit=5&body-format=storage`)
  expect(first.body.results).toHaveLength(5)
  expect(first.body.results[0]._links).not.toHaveProperty('base')
  const { next, base } = first.body._links
  expect(base).toBe('https://brightwater-demo.atlassian.net/wiki')
  expect(next).toMatch(/^\/wiki\/api\/v2\/pages\?/)
  expect(first.headers.get('link')).toBe(`<${next}>; rel="next"`)
  const seen = new Set<string>(first.body.results.map(({ id }: Json) => id))
  let address: string | undefined = next
  while (address !== undefined) {
    const { body }: Json = await ask(address)
    for (const { id } of body.results) expect(seen.has(id)).toBe(false)
    for (const { id } of body.results) seen.add(id)
    address = body._links.next
  }
  expect(seen.size).toBe(21)
  const foreign = new URL(next, 'https://x').searchParams.get('cursor') ?? ''
  expect((await ask('/wiki/api/v2/blogposts', { query: { cursor: foreign } })).status).toBe(400)
  expect((await ask(`${pages}?limit=999`)).status).toBe(400)
})

test('pages can be listed by space, depth, title and order', async () => {
  const ask = stage().wiki('maya')
  const id = await spaceId(ask, 'ENG')
  const titles = async (query: string): Promise<readonly string[]> =>
    (await ask(`/wiki/api/v2/spaces/${id}/pages?${query}`)).body.results.map(({ title }: Json) => title)
  expect(await titles('sort=title')).toEqual([
    ...['Database notes', 'Engineering home', 'How we release'],
    ...['Incident review: double booking on the north pier', 'On-call guide'],
  ])
  expect(await titles('depth=root')).toEqual(['Engineering home'])
  expect(await titles('title=On-call%20guide')).toEqual(['On-call guide'])
  expect((await titles('sort=-modified-date'))[0]).toBe('Database notes')
  expect((await ask(`${pages}?body-format=wiki`)).status).toBe(400)
})

test('a page is made with 200, below the home page unless another parent is named', async () => {
  const ask = stage().wiki('maya')
  const space = await spaceId(ask, 'PROD')
  const { status, body } = await ask(pages, {
    method: 'POST',
    body: { spaceId: space, title: 'Team Goals Q3', body: storage('<p>One goal.</p>') },
  })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    status: 'current',
    title: 'Team Goals Q3',
    parentType: 'page',
    parentId: await idOf(ask, 'Product home'),
    version: { number: 1, message: '' },
    body: { storage: { representation: 'storage', value: '<p>One goal.</p>' } },
  })
  const read = await ask(`${pages}/${body.id}?body-format=atlas_doc_format`)
  expect(JSON.parse(read.body.body.atlas_doc_format.value)).toEqual({
    type: 'doc',
    version: 1,
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'One goal.' }] }],
  })
})

test('a page in ADF is converted for who reads storage', async () => {
  const ask = stage().wiki('maya')
  const document = {
    type: 'doc',
    version: 1,
    content: [{ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Goals' }] }],
  }
  const value = JSON.stringify(document)
  const { body } = await ask(pages, {
    method: 'POST',
    body: {
      spaceId: await spaceId(ask, 'PROD'),
      title: 'In ADF',
      body: { representation: 'atlas_doc_format', value },
    },
  })
  const read = await ask(`${pages}/${body.id}?body-format=storage`)
  expect(read.body.body.storage.value).toContain('<h2>Goals</h2>')
})

test.each([
  ['no title', { title: '' }, 400],
  ['a title that is taken', { title: 'Release Plan' }, 400],
  ['a title that is too long', { title: 'x'.repeat(256) }, 400],
  ['a space that is not there', { spaceId: '1' }, 404],
  ['a parent that is not there', { parentId: '1' }, 404],
  ['a body that is no ADF', { body: { representation: 'atlas_doc_format', value: '{"type":"doc"}' } }, 400],
  ['a body in a form that is not served', { body: { representation: 'wiki', value: 'h1. x' } }, 400],
])('a page with %s is refused', async (_, changes, expected) => {
  const ask = stage().wiki('maya')
  const body = { spaceId: await spaceId(ask, 'PROD'), title: 'New', body: storage('<p>x</p>'), ...changes }
  const answer = await ask(pages, { method: 'POST', body })
  expect(answer.status).toBe(expected)
  expect(answer.body.errors[0].status).toBe(expected)
})

test('who may only read a space cannot write in it', async () => {
  const ask = stage().wiki('sam')
  const space = await spaceId(ask, 'PROD')
  const made = await ask(pages, {
    method: 'POST',
    body: { spaceId: space, title: 'Mine', body: storage('<p>x</p>') },
  })
  expect(made.status).toBe(403)
  const id = await idOf(ask, 'Glossary')
  expect((await ask(`${pages}/${id}`, { method: 'DELETE' })).status).toBe(403)
  const update = { id, status: 'current', title: 'Mine', version: { number: 2 } }
  expect((await ask(`${pages}/${id}`, { method: 'PUT', body: update })).status).toBe(403)
})

test('an update counts the version up, and a stale one is a conflict', async () => {
  const ask = stage().wiki('maya')
  const id = await idOf(ask, 'Glossary')
  const update = (number: number, title = 'Glossary'): Promise<Json> =>
    ask(`${pages}/${id}`, {
      method: 'PUT',
      body: {
        id,
        status: 'current',
        title,
        body: storage('<p>New words</p>'),
        version: { number, message: 'More' },
      },
    })
  const done = await update(2, 'Words')
  expect(done.status).toBe(200)
  expect(done.body).toMatchObject({ title: 'Words', version: { number: 2, message: 'More' } })
  for (const number of [1, 2, 5]) {
    const stale = await update(number)
    expect(stale.status).toBe(409)
    expect(stale.body.errors[0].title).toBe('Version must be incremented on update. Current version is: 2')
  }
})

test('an update needs the id, a status and a version', async () => {
  const ask = stage().wiki('maya')
  const id = await idOf(ask, 'Glossary')
  const body = { id, status: 'current', title: 'Glossary', body: storage('<p>x</p>'), version: { number: 2 } }
  for (const changes of [{ id: '1' }, { status: undefined }, { version: undefined }]) {
    expect((await ask(`${pages}/${id}`, { method: 'PUT', body: { ...body, ...changes } })).status).toBe(400)
  }
})

test('a page is moved by its parent, but not below itself', async () => {
  const ask = stage().wiki('maya')
  const id = await idOf(ask, 'Release Plan')
  const child = await idOf(ask, 'Release Plan: how we told the testers about 0.8')
  const move = (number: number, parentId: string): Promise<Json> =>
    ask(`${pages}/${id}`, {
      method: 'PUT',
      body: { id, status: 'current', title: 'Release Plan', parentId, version: { number } },
    })
  expect((await move(2, child)).status).toBe(400)
  const moved = await move(2, await idOf(ask, 'Q2 Planning'))
  expect(moved.body.parentId).toBe(await idOf(ask, 'Q2 Planning'))
})

test('a title can be changed alone', async () => {
  const ask = stage().wiki('maya')
  const id = await idOf(ask, 'Glossary')
  const { body } = await ask(`${pages}/${id}/title`, {
    method: 'PUT',
    body: { status: 'current', title: 'Words' },
  })
  expect(body).toMatchObject({ title: 'Words', version: { number: 2 } })
})

test('a deleted page is in the trash until it is purged', async () => {
  const ask = stage().wiki('maya')
  const id = await idOf(ask, 'Glossary')
  expect((await ask(`${pages}/${id}?purge=true`, { method: 'DELETE' })).status).toBe(400)
  const deleted = await ask(`${pages}/${id}`, { method: 'DELETE' })
  expect([deleted.status, deleted.text, deleted.headers.get('content-type')]).toEqual([204, '', null])
  expect((await ask(`${pages}/${id}`)).status).toBe(404)
  expect((await ask(`${pages}/${id}?status=trashed`)).body.status).toBe('trashed')
  expect((await ask(`${pages}/${id}?purge=true`, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(`${pages}/${id}?status=trashed`)).status).toBe(404)
})

test('older versions can be listed and read', async () => {
  const ask = stage().wiki('maya')
  const id = await idOf(ask, 'Q2 Planning')
  const { body } = await ask(`${pages}/${id}/versions?body-format=storage`)
  expect(body.results.map(({ number }: Json) => number)).toEqual([2, 1])
  expect(body.results[1].page.body.storage.value).toContain('draft')
  const first = await ask(`${pages}/${id}?version=1&body-format=storage`)
  expect(first.body.version.number).toBe(1)
  const details = await ask(`${pages}/${id}/versions/1`)
  expect(details.body).toMatchObject({
    number: 1,
    prevVersion: null,
    nextVersion: 2,
    contentTypeModified: false,
  })
  expect((await ask(`${pages}/${id}/versions/9`)).status).toBe(404)
})

test('children, descendants and ancestors follow the tree, without what is hidden', async () => {
  const { wiki } = stage()
  const id = await idOf(wiki('maya'), 'Q2 Planning')
  const titles = async (person: string, path: string): Promise<readonly string[]> =>
    (await wiki(person)(`${pages}/${path}`)).body.results.map(({ title }: Json) => title)
  expect(await titles('maya', `${id}/children`)).toEqual(['Q2 Planning: budget and headcount'])
  expect(await titles('jonas', `${id}/children`)).toEqual([])
  const home = await idOf(wiki('maya'), 'Product home')
  expect(await titles('jonas', `${home}/direct-children`)).toContain('Meeting notes')
  expect(await titles('jonas', `${home}/descendants?depth=2`)).toContain('Meeting notes: weekly')
  const weekly = await idOf(wiki('maya'), 'Meeting notes: weekly')
  const above = await wiki('maya')(`${pages}/${weekly}/ancestors`)
  expect(above.body.results.map(({ type }: Json) => type)).toEqual(['page', 'folder'])
  const folder = above.body.results[1].id
  expect((await wiki('maya')(`/wiki/api/v2/folders/${folder}`)).body).toMatchObject({
    type: 'folder',
    title: 'Meeting notes',
  })
  const inside = await wiki('maya')(`/wiki/api/v2/folders/${folder}/direct-children`)
  expect(inside.body.results).toHaveLength(2)
})

test('blog posts are listed and read, without parent and owner', async () => {
  const ask = stage().wiki('maya')
  const { body } = await ask('/wiki/api/v2/blogposts?body-format=storage')
  expect(body.results).toHaveLength(2)
  const [post] = body.results
  for (const name of ['parentId', 'ownerId', 'position']) expect(post).not.toHaveProperty(name)
  expect(post._links.webui).toMatch(/^\/spaces\/TEAM\/blog\/2026\/10\/\d\d\/\d+\//)
  expect((await ask(`/wiki/api/v2/blogposts/${post.id}`)).body.title).toBe(post.title)
  const inSpace = await ask(`/wiki/api/v2/spaces/${await spaceId(ask, 'PROD')}/blogposts`)
  expect(inSpace.body.results).toEqual([])
})

test('labels are put on, listed and taken off', async () => {
  const ask = stage().wiki('maya')
  const id = await idOf(ask, 'Glossary')
  const path = `/wiki/rest/api/content/${id}/label`
  const added = await ask(path, { method: 'POST', body: [{ prefix: 'global', name: 'Words' }] })
  expect(added.body).toMatchObject({
    size: 1,
    results: [{ prefix: 'global', name: 'words', label: 'words' }],
  })
  expect((await ask(`${pages}/${id}/labels`)).body.results[0].name).toBe('words')
  expect((await ask(path, { method: 'POST', body: [{ prefix: 'global', name: 'two words' }] })).status).toBe(
    400,
  )
  expect((await ask(`${path}/words`, { method: 'DELETE' })).status).toBe(204)
  await ask(path, { method: 'POST', body: { prefix: 'global', name: 'again' } })
  expect((await ask(`${path}?name=again`, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(`${pages}/${id}/labels`)).body.results).toEqual([])
  const sam = stage().wiki('sam')
  expect((await sam(path, { method: 'POST', body: [{ prefix: 'global', name: 'x' }] })).status).toBe(403)
  expect((await sam('/wiki/rest/api/content/1/label/x', { method: 'DELETE' })).status).toBe(404)
})

test('people are looked up in both versions, with hidden addresses hidden', async () => {
  const { wiki, simulator } = stage()
  const [priya, elin] = ['priya', 'elin'].map(
    (id) => simulator.people.find((one) => one.id === id)?.accountId ?? '',
  )
  const current = await wiki('maya')('/wiki/rest/api/user/current')
  expect(current.body).toMatchObject({
    type: 'known',
    displayName: 'Maya Lindqvist',
    accountType: 'atlassian',
  })
  const query = { accountId: priya ?? '' }
  expect((await wiki('maya')('/wiki/rest/api/user', { query })).body.email).toBe('')
  expect((await wiki('maya')('/wiki/rest/api/user', { query: { accountId: elin ?? '' } })).status).toBe(404)
  const bulk = await wiki('maya')('/wiki/api/v2/users-bulk', {
    method: 'POST',
    body: { accountIds: [priya, elin] },
  })
  expect(bulk.body.results).toHaveLength(1)
  expect(bulk.body.results[0]).toMatchObject({
    displayName: 'Priya Raman',
    accountStatus: 'active',
    email: null,
  })
})
