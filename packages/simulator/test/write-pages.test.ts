import { expect, test } from 'vitest'

import { type Ask, type Json, stage } from './support.ts'

const pages = '/wiki/api/v2/pages'

const idOf = async (ask: Ask, title: string): Promise<string> =>
  (await ask(pages, { query: { title } })).body.results[0]?.id

const spaceId = async (ask: Ask, key: string): Promise<string> =>
  (await ask('/wiki/api/v2/spaces', { query: { keys: key } })).body.results[0]?.id

const storage = (value: string): Json => ({ representation: 'storage', value })

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
  ['a body in a form that is not served', { body: { representation: 'markdown', value: '# x' } }, 400],
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

test('a blog post is written, changed and deleted like a page', async () => {
  const ask = stage().wiki('jonas')
  const posts = '/wiki/api/v2/blogposts'
  const body = {
    spaceId: await spaceId(ask, 'TEAM'),
    title: 'Constraint is in',
    body: storage('<p>At last.</p>'),
  }
  const made = await ask(posts, { method: 'POST', body })
  expect([made.status, made.body.version.number]).toEqual([200, 1])
  expect(made.body).not.toHaveProperty('parentId')
  const { id } = made.body
  const change = { id, status: 'current', title: 'Constraint is in', body: storage('<p>Really.</p>') }
  const changed = await ask(`${posts}/${id}`, { method: 'PUT', body: { ...change, version: { number: 2 } } })
  expect([changed.status, changed.body.version.number]).toEqual([200, 2])
  expect(
    (await ask(`${posts}/${id}`, { method: 'PUT', body: { ...change, version: { number: 2 } } })).status,
  ).toBe(409)
  expect((await ask(`${posts}/${id}`, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(`${posts}/${id}`)).status).toBe(404)
  const sam = stage().wiki('sam')
  expect((await sam(posts, { method: 'POST', body })).status).toBe(403)
})
