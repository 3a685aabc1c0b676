import { expect, test } from 'vitest'

import { type Ask, type Json, stage } from './support.ts'
import { newPage, pageId, post, spaceId, titlesOf, v2 } from './wiki.ts'

const kinds = [
  ['folders', 'folder', {}],
  ['whiteboards', 'whiteboard', {}],
  ['databases', 'database', {}],
  ['embeds', 'embed', { embedUrl: 'https://weather.example/pier' }],
] as const

test.each(kinds)('%s are made, read and put into the trash', async (path, type, more) => {
  const { wiki } = stage()
  const ask = wiki('jonas')
  const space = await spaceId(ask, 'ENG')
  const made = await ask(`${v2}/${path}`, {
    method: 'POST',
    body: { spaceId: space, title: 'A new one', ...more },
  })
  expect(made.status).toBe(200)
  expect(made.body).toMatchObject({
    type,
    title: 'A new one',
    spaceId: space,
    version: { number: 1 },
    ...more,
  })
  const address = `${v2}/${path}/${made.body.id}`
  const read = await ask(address, {
    query: {
      'include-operations': 'true',
      'include-properties': 'true',
      'include-collaborators': 'true',
      'include-direct-children': 'true',
    },
  })
  expect(read.body.operations.results).toContainEqual({ operation: 'update', targetType: type })
  expect(read.body.collaborators).toEqual([{ accountId: made.body.authorId }])
  expect(read.body.directChildren.results).toEqual([])
  expect((await ask(`${address}/operations`)).body.operations).toContainEqual({
    operation: 'delete',
    targetType: type,
  })
  expect((await wiki('sam')(address)).status).toBe(404)
  expect((await ask(address, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(address)).status).toBe(404)
})

test.each(kinds)('%s hold pages below them, and say what is above', async (path, type) => {
  const ask = stage().wiki('jonas')
  const space = await spaceId(ask, 'ENG')
  const top = await pageId(ask, 'On-call guide')
  const body = { spaceId: space, title: 'In between', parentId: top }
  const item = await post(ask, `${v2}/${path}`, body)
  const page = await newPage(ask, 'Way below', { parentId: item.id })
  const address = `${v2}/${path}/${item.id}`
  expect(titlesOf(await ask(`${address}/direct-children`))).toEqual(['Way below'])
  expect(titlesOf(await ask(`${address}/descendants`))).toEqual(['Way below'])
  expect((await ask(`${address}/ancestors`)).body.results.at(-1)).toEqual({ id: top, type: 'page' })
  const below = (await ask(`${v2}/pages/${top}/descendants`)).body.results
  expect(below.map(({ type: kind, depth }: Json) => [kind, depth])).toEqual([
    [type, 1],
    ['page', 2],
  ])
  expect((await ask(`${v2}/pages/${page.id}`)).body).toMatchObject({ parentId: item.id, parentType: type })
})

test('what stands in the tree needs a space to write in, a fitting parent and an address that is one', async () => {
  const { wiki } = stage()
  const space = await spaceId(wiki('jonas'), 'PROD')
  const make = (ask: Ask, path: string, body: object): Promise<Json> =>
    ask(`${v2}/${path}`, { method: 'POST', body: { spaceId: space, title: 'New', ...body } })
  expect((await make(wiki('sam'), 'whiteboards', {})).status).toBe(404)
  expect((await make(wiki('jonas'), 'whiteboards', { parentId: '1' })).status).toBe(404)
  expect((await make(wiki('jonas'), 'embeds', { embedUrl: 'no address' })).status).toBe(400)
  expect((await make(wiki('jonas'), 'folders', { title: '' })).status).toBe(400)
  expect((await make(wiki('jonas'), 'databases', { title: undefined })).body.title).toBe('Untitled database')
})

test('a private whiteboard is for whoever made it', async () => {
  const { wiki } = stage()
  const body = { spaceId: await spaceId(wiki('jonas'), 'ENG'), title: 'Mine' }
  const { id } = await post(wiki('jonas'), `${v2}/whiteboards?private=true`, body)
  expect((await wiki('jonas')(`${v2}/whiteboards/${id}`)).status).toBe(200)
  expect((await wiki('priya')(`${v2}/whiteboards/${id}`)).status).toBe(404)
})

test('children come in the order that people gave them, or in the one asked for', async () => {
  const ask = stage().wiki('jonas')
  const parent = await newPage(ask, 'Three below')
  for (const title of ['b', 'c', 'a']) await newPage(ask, title, { parentId: parent.id })
  const path = `${v2}/pages/${parent.id}`
  expect(titlesOf(await ask(`${path}/children`))).toEqual(['b', 'c', 'a'])
  expect(titlesOf(await ask(`${path}/direct-children`, { query: { sort: '-title' } }))).toEqual([
    'c',
    'b',
    'a',
  ])
  expect((await ask(`${path}/descendants`, { query: { depth: 11 } })).status).toBe(400)
})

test('what was asked of a page is left out or comes along', async () => {
  const ask = stage().wiki('maya')
  const id = await pageId(ask, 'Q2 Planning')
  const { body } = await ask(`${v2}/pages/${id}`, {
    query: {
      'include-collaborators': 'true',
      'include-favorited-by-current-user-status': 'true',
      'include-direct-children': 'true',
    },
  })
  expect(body.isFavoritedByCurrentUser).toBe(true)
  expect(body.collaborators).toHaveLength(1)
  expect(body.directChildren.results[0].title).toBe('Q2 Planning: budget and headcount')
})
