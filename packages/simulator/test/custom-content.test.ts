import { expect, test } from 'vitest'

import { type Answer, type Ask, type Json, stage } from './support.ts'
import { newPage, post, spaceId, storage, titlesOf, v1, v2 } from './wiki.ts'

const type = 'ac:notes:note'
const raw = (value: string): Json => ({ representation: 'raw', value })

const make = (ask: Ask, body: object): Promise<Answer> =>
  ask(`${v2}/custom-content`, {
    method: 'POST',
    body: { type, title: 'A note', body: raw('{"a":1}'), ...body },
  })

test('custom content is made in a space, on a page, on a post and in other custom content', async () => {
  const ask = stage().wiki('jonas')
  const space = await spaceId(ask, 'ENG')
  const page = await newPage(ask, 'Holder')
  const news = await post(ask, `${v2}/blogposts`, { spaceId: space, title: 'News' })
  const top = await make(ask, { spaceId: space })
  expect([top.status, top.body.type, top.body.body.raw.value]).toEqual([201, type, '{"a":1}'])
  const onPage = (await make(ask, { pageId: page.id, title: 'On a page' })).body
  await make(ask, { blogPostId: news.id, title: 'On a post' })
  await make(ask, { customContentId: onPage.id, title: 'Inside' })
  const titles = async (path: string): Promise<readonly string[]> =>
    titlesOf(await ask(`${v2}/${path}`, { query: { type } }))
  expect(await titles(`pages/${page.id}/custom-content`)).toEqual(['On a page'])
  expect(await titles(`blogposts/${news.id}/custom-content`)).toEqual(['On a post'])
  expect(await titles(`spaces/${space}/custom-content`)).toHaveLength(4)
  expect(await titles('custom-content')).toHaveLength(4)
  expect(titlesOf(await ask(`${v2}/custom-content/${onPage.id}/children`))).toEqual(['Inside'])
  expect((await ask(`${v2}/custom-content`)).status).toBe(400)
})

test('custom content needs a type, a place and the permission to write there', async () => {
  const { wiki } = stage()
  const space = await spaceId(wiki('jonas'), 'PROD')
  expect((await make(wiki('jonas'), { spaceId: space, type: 'note' })).status).toBe(400)
  expect((await make(wiki('jonas'), {})).status).toBe(400)
  expect((await make(wiki('sam'), { spaceId: space })).status).toBe(404)
  expect((await make(wiki('jonas'), { pageId: '1' })).status).toBe(404)
})

test('custom content is read, changed one version at a time, and purged from the trash', async () => {
  const ask = stage().wiki('jonas')
  const { id } = (await make(ask, { spaceId: await spaceId(ask, 'ENG') })).body
  const path = `${v2}/custom-content/${id}`
  const update = (number: number, more: object = {}): Promise<Answer> =>
    ask(path, {
      method: 'PUT',
      body: {
        id,
        type,
        status: 'current',
        title: 'Changed',
        body: storage('<p>b</p>'),
        version: { number },
        ...more,
      },
    })
  expect((await update(1)).status).toBe(409)
  expect((await update(2, { type: 'ac:notes:other' })).status).toBe(400)
  expect((await update(2)).body).toMatchObject({ title: 'Changed', version: { number: 2 } })
  await ask(`${v1}/content/${id}/label`, { method: 'POST', body: [{ prefix: 'global', name: 'keep' }] })
  const { body } = await ask(path, {
    query: {
      version: 1,
      'body-format': 'raw',
      'include-labels': 'true',
      'include-versions': 'true',
      'include-operations': 'true',
      'include-properties': 'true',
      'include-collaborators': 'true',
    },
  })
  expect(body).toMatchObject({ title: 'A note', body: { raw: { value: '{"a":1}' } } })
  expect(body.labels.results[0].name).toBe('keep')
  expect((await ask(`${path}/labels`)).body.results).toHaveLength(1)
  expect((await ask(`${path}/operations`)).body.operations).toContainEqual({
    operation: 'update',
    targetType: type,
  })
  const versions = (await ask(`${path}/versions`)).body.results
  expect(versions.map(({ number }: Json) => number)).toEqual([2, 1])
  expect((await ask(`${path}/versions/2`)).body.prevVersion).toBe(1)
  const comment = await post(ask, `${v2}/footer-comments`, { customContentId: id, body: storage('<p>x</p>') })
  expect((await ask(`${path}/footer-comments`)).body.results[0].id).toBe(comment.id)
  expect((await ask(`${path}?purge=true`, { method: 'DELETE' })).status).toBe(400)
  expect((await ask(path, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(path)).status).toBe(404)
  expect((await ask(`${path}?purge=true`, { method: 'DELETE' })).status).toBe(204)
})

test('pages have no raw bodies', async () => {
  const ask = stage().wiki('jonas')
  const body = { spaceId: await spaceId(ask, 'ENG'), title: 'Raw', body: raw('x') }
  expect((await ask(`${v2}/pages`, { method: 'POST', body })).status).toBe(400)
})

test('ids of everything are turned into types', async () => {
  const ask = stage().wiki('jonas')
  const note = (await make(ask, { spaceId: await spaceId(ask, 'ENG') })).body
  const inline = (await ask(`${v2}/inline-comments`)).body.results[0].id
  const attachment = (await ask(`${v2}/attachments`)).body.results[0].id
  const { body } = await ask(`${v2}/content/convert-ids-to-types`, {
    method: 'POST',
    body: { contentIds: [note.id, inline, attachment] },
  })
  expect(body.results).toEqual({ [note.id]: type, [inline]: 'inline-comment', [attachment]: 'attachment' })
})
