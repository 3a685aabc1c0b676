import { expect, test } from 'vitest'

import { type Json, stage } from './support.ts'
import { newPage, pageId, post, spaceId, storage, titlesOf, v2 } from './wiki.ts'

const put = (id: string, body: object): { readonly method: string; readonly body: object } => ({
  method: 'PUT',
  body: { id, body: storage('<p>More</p>'), ...body },
})

test('a draft may go without a title, is only for its author, and keeps the version number 1', async () => {
  const { wiki } = stage()
  const ask = wiki('jonas')
  const draft = await newPage(ask, '', { status: 'draft' })
  expect(draft).toMatchObject({ status: 'draft', title: '', version: { number: 1 } })
  const path = `${v2}/pages/${draft.id}`
  expect((await ask(path)).status).toBe(404)
  expect((await ask(path, { query: { 'get-draft': 'true' } })).body.status).toBe('draft')
  expect((await wiki('priya')(path, { query: { 'get-draft': 'true' } })).status).toBe(404)
  const stale = await ask(path, put(draft.id, { status: 'draft', title: 'Half', version: { number: 2 } }))
  expect(stale.status).toBe(409)
  const saved = await ask(path, put(draft.id, { status: 'draft', title: 'Half', version: { number: 1 } }))
  expect(saved.body).toMatchObject({ status: 'draft', title: 'Half', version: { number: 1 } })
})

test('a draft is published with its own number or the next', async () => {
  const ask = stage().wiki('jonas')
  for (const [number, title] of [
    [1, 'First of its kind'],
    [2, 'Second of its kind'],
  ] as const) {
    const { id } = await newPage(ask, title, { status: 'draft' })
    const path = `${v2}/pages/${id}`
    const wrong = await ask(path, put(id, { status: 'current', title, version: { number: 7 } }))
    expect(wrong.status).toBe(409)
    const done = await ask(path, put(id, { status: 'current', title, version: { number } }))
    expect(done.body).toMatchObject({ status: 'current', version: { number } })
    expect((await ask(path)).status).toBe(200)
  }
})

test('changes of a published page wait in a draft until they are published or discarded', async () => {
  const ask = stage().wiki('jonas')
  const { id } = await newPage(ask, 'Out already')
  const path = `${v2}/pages/${id}`
  const read = async (query: object = {}): Promise<Json> =>
    (await ask(path, { query: { 'body-format': 'storage', ...query } })).body
  const change = put(id, { status: 'draft', title: 'Out again', version: { number: 1 } })
  expect((await ask(path, change)).body).toMatchObject({ status: 'draft', version: { number: 1 } })
  expect(await read()).toMatchObject({ title: 'Out already', version: { number: 1 } })
  expect(await read({ 'get-draft': 'true' })).toMatchObject({ title: 'Out again', status: 'draft' })
  expect((await ask(`${path}?draft=true`, { method: 'DELETE' })).status).toBe(204)
  expect(await read({ 'get-draft': 'true' })).toMatchObject({ title: 'Out already', status: 'current' })
  expect((await ask(`${path}?draft=true`, { method: 'DELETE' })).status).toBe(404)
})

test('a discarded draft is gone for good, and only drafts are discarded so', async () => {
  const ask = stage().wiki('jonas')
  const { id } = await newPage(ask, 'Never', { status: 'draft' })
  const path = `${v2}/pages/${id}`
  expect((await ask(path, { method: 'DELETE' })).status).toBe(404)
  expect((await ask(`${path}?draft=true`, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(path, { query: { status: 'trashed' } })).status).toBe(404)
})

test('what is in the trash comes back by an update of the status alone', async () => {
  const ask = stage().wiki('jonas')
  const { id } = await newPage(ask, 'There and back')
  const child = await newPage(ask, 'Left behind', { parentId: id })
  const path = `${v2}/pages/${id}`
  await ask(path, { method: 'DELETE' })
  const home = (await ask(`${v2}/spaces/${await spaceId(ask, 'ENG')}`)).body.homepageId
  expect((await ask(`${v2}/pages/${child.id}`)).body.parentId).toBe(home)
  const back = await ask(path, put(id, { status: 'current', title: 'Other', version: { number: 2 } }))
  expect(back.body).toMatchObject({ status: 'current', title: 'There and back', version: { number: 1 } })
  expect((await ask(path)).status).toBe(200)
})

test('purging takes the permission to administer the space', async () => {
  const { wiki } = stage()
  const { id } = await newPage(wiki('priya'), 'To be purged')
  const path = `${v2}/pages/${id}`
  expect((await wiki('priya')(path, { method: 'DELETE' })).status).toBe(204)
  expect((await wiki('priya')(`${path}?purge=true`, { method: 'DELETE' })).status).toBe(403)
  expect((await wiki('jonas')(`${path}?purge=true`, { method: 'DELETE' })).status).toBe(204)
})

test('a live document has a subtype and can be listed by it', async () => {
  const ask = stage().wiki('jonas')
  const made = await newPage(ask, 'Slipway scratchpad', { subtype: 'live' })
  expect(made.subtype).toBe('live')
  expect((await ask(`${v2}/pages/${made.id}`)).body.subtype).toBe('live')
  expect(titlesOf(await ask(`${v2}/pages`, { query: { subtype: 'live' } }))).toEqual(['Slipway scratchpad'])
  const refused = await ask(`${v2}/pages`, {
    method: 'POST',
    body: { spaceId: await spaceId(ask, 'ENG'), title: 'x', subtype: 'dead' },
  })
  expect(refused.status).toBe(400)
})

test('a page at the root has no parent, and its owner can be another', async () => {
  const { wiki, simulator } = stage()
  const ask = wiki('jonas')
  const priya = simulator.people.find(({ id }) => id === 'priya')?.accountId ?? ''
  const body = { spaceId: await spaceId(ask, 'ENG'), title: 'On top' }
  const top = await post(ask, `${v2}/pages?root-level=true`, body)
  expect(top.parentId).toBeNull()
  const parentId = await pageId(ask, 'On-call guide')
  const both = await ask(`${v2}/pages?root-level=true`, { method: 'POST', body: { ...body, parentId } })
  expect(both.status).toBe(400)
  const change = { status: 'current', title: 'On top', version: { number: 2 } }
  const given = await ask(`${v2}/pages/${top.id}`, put(top.id, { ...change, ownerId: priya }))
  expect(given.body).toMatchObject({ ownerId: priya, lastOwnerId: top.ownerId })
  const nobody = put(top.id, { ...change, version: { number: 3 }, ownerId: 'nobody' })
  expect((await ask(`${v2}/pages/${top.id}`, nobody)).status).toBe(400)
})

test('wiki markup is taken too, and read in any form', async () => {
  const ask = stage().wiki('jonas')
  const body = { representation: 'wiki', value: 'h2. Lights\n\n* red\n* green' }
  const { id } = await newPage(ask, 'By wiki markup', { body })
  const read = async (format: string): Promise<string> =>
    (await ask(`${v2}/pages/${id}`, { query: { 'body-format': format } })).body.body[format].value
  expect(await read('storage')).toContain('<h2>Lights</h2>')
  for (const format of ['view', 'export_view', 'anonymous_export_view', 'styled_view', 'editor']) {
    expect(await read(format)).toContain('<li>')
  }
})

test('who may only read cannot rename a page or delete a post', async () => {
  const { wiki } = stage()
  const id = await pageId(wiki('sam'), 'Glossary')
  const rename = { method: 'PUT', body: { status: 'current', title: 'Words' } }
  expect((await wiki('sam')(`${v2}/pages/${id}/title`, rename)).status).toBe(403)
  const { body } = await wiki('sam')(`${v2}/blogposts`)
  const gone = await wiki('sam')(`${v2}/blogposts/${body.results[0].id}`, { method: 'DELETE' })
  expect(gone.status).toBe(403)
})

test('posts have versions and labels like pages', async () => {
  const ask = stage().wiki('jonas')
  const { id } = await post(ask, `${v2}/blogposts`, { spaceId: await spaceId(ask, 'ENG'), title: 'One' })
  const path = `${v2}/blogposts/${id}`
  await ask(path, put(id, { status: 'current', title: 'Two', version: { number: 2 } }))
  const { body } = await ask(`${path}/versions`, { query: { sort: 'modified-date' } })
  expect(body.results.map(({ blogpost }: Json) => blogpost.title)).toEqual(['One', 'Two'])
  expect((await ask(`${path}/versions/2`)).body.prevVersion).toBe(1)
  const label = { method: 'POST', body: [{ prefix: 'global', name: 'fresh' }] }
  await ask(`/wiki/rest/api/content/${id}/label`, label)
  expect((await ask(`${path}/labels`)).body.results[0].name).toBe('fresh')
})
