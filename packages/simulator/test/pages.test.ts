import { expect, test } from 'vitest'

import { type Ask, type Json, linksIn, stage } from './support.ts'

const pages = '/wiki/api/v2/pages'

const idOf = async (ask: Ask, title: string): Promise<string> =>
  (await ask(pages, { query: { title } })).body.results[0]?.id

const spaceId = async (ask: Ask, key: string): Promise<string> =>
  (await ask('/wiki/api/v2/spaces', { query: { keys: key } })).body.results[0]?.id

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
    'parentType',
    'parentId',
    'createdAt',
    'ownerId',
    'lastOwnerId',
    'authorId',
    'version',
    'position',
    'spaceId',
    'status',
    'body',
    'title',
    'id',
    '_links',
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
  expect(linksIn(body)).toEqual({
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
      body: { representation: 'storage', value: '<p>x</p>' },
    },
  })
  expect((await wiki('jonas')(`${pages}/${child.body.id}`)).status).toBe(404)
})

test('lists of pages are cut into pages, with a cursor relative to the site', async () => {
  const ask = stage().wiki('maya')
  const first = await ask(`${pages}?limit=5&body-format=storage`)
  expect(first.body.results).toHaveLength(5)
  expect(linksIn(first.body.results[0])).not.toHaveProperty('base')
  const { next, base } = linksIn(first.body)
  expect(base).toBe('https://brightwater-demo.atlassian.net/wiki')
  expect(next).toMatch(/^\/wiki\/api\/v2\/pages\?/)
  expect(first.headers.get('link')).toBe(`<${next}>; rel="next"`)
  const seen = new Set<string>(first.body.results.map(({ id }: Json) => id))
  let address: string | undefined = next
  while (address !== undefined) {
    const { body }: Json = await ask(address)
    for (const { id } of body.results) expect(seen.has(id)).toBe(false)
    for (const { id } of body.results) seen.add(id)
    address = linksIn(body).next
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
    'Database notes',
    'Engineering home',
    'How we release',
    'Incident review: double booking on the north pier',
    'On-call guide',
  ])
  expect(await titles('depth=root')).toEqual(['Engineering home'])
  expect(await titles('title=On-call%20guide')).toEqual(['On-call guide'])
  expect((await titles('sort=-modified-date'))[0]).toBe('Database notes')
  expect((await ask(`${pages}?body-format=wiki`)).status).toBe(400)
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
  expect(linksIn(post).webui).toMatch(/^\/spaces\/TEAM\/blog\/2026\/10\/\d\d\/\d+\//)
  expect((await ask(`/wiki/api/v2/blogposts/${post.id}`)).body.title).toBe(post.title)
  const inSpace = await ask(`/wiki/api/v2/spaces/${await spaceId(ask, 'PROD')}/blogposts`)
  expect(inSpace.body.results).toEqual([])
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

test('ids are turned into types, and those of hidden things into null', async () => {
  const { wiki } = stage()
  const hidden = await idOf(wiki('grace'), 'Salary bands')
  const page = await idOf(wiki('jonas'), 'Release Plan')
  const { body: comments } = await wiki('jonas')(`${pages}/${page}/footer-comments`)
  const { body: posts } = await wiki('jonas')('/wiki/api/v2/blogposts')
  const [comment, post] = [comments.results[0].id, posts.results[0].id]
  const { status, body } = await wiki('jonas')('/wiki/api/v2/content/convert-ids-to-types', {
    method: 'POST',
    body: { contentIds: [page, Number(post), comment, hidden, '1'] },
  })
  expect(status).toBe(200)
  expect(body.results).toEqual({
    [page]: 'page',
    [post]: 'blogpost',
    [comment]: 'footer-comment',
    [hidden]: null,
    1: null,
  })
})
