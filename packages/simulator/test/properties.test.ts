import { expect, test } from 'vitest'

import { type Ask, type Json, stage } from './support.ts'
import { form, newPage, post, spaceId, storage, v1, v2 } from './wiki.ts'

const inSpace = async (ask: Ask, path: string, body: object = {}): Promise<string> => {
  const made = await post(ask, `${v2}/${path}`, {
    spaceId: await spaceId(ask, 'ENG'),
    title: 'Holder of properties',
    ...body,
  })
  return `${path}/${made.id}`
}

const onPage = async (ask: Ask): Promise<string> => (await newPage(ask, 'Holder')).id

/** Everything that can have properties, and how to make one. */
const owners: readonly (readonly [string, (ask: Ask) => Promise<string>])[] = [
  ['pages', (ask) => inSpace(ask, 'pages')],
  ['blogposts', (ask) => inSpace(ask, 'blogposts')],
  ['folders', (ask) => inSpace(ask, 'folders')],
  ['whiteboards', (ask) => inSpace(ask, 'whiteboards')],
  ['databases', (ask) => inSpace(ask, 'databases')],
  ['embeds', (ask) => inSpace(ask, 'embeds')],
  [
    'custom-content',
    (ask) => inSpace(ask, 'custom-content', { type: 'ac:notes:note', body: storage('<p>x</p>') }),
  ],
  [
    'comments',
    async (ask) => {
      const body = { pageId: await onPage(ask), body: storage('<p>x</p>') }
      return `comments/${(await post(ask, `${v2}/footer-comments`, body)).id}`
    },
  ],
  [
    'attachments',
    async (ask) => {
      const path = `${v1}/content/${await onPage(ask)}/child/attachment`
      const headers = { 'x-atlassian-token': 'no-check' }
      const { body } = await ask(path, { method: 'POST', form: form([['a.txt', 'a']]), headers })
      return `attachments/${body.results[0].id}`
    },
  ],
  ['spaces', async (ask) => `spaces/${await spaceId(ask, 'ENG')}`],
]

test.each(owners)(
  'properties of %s are made, listed, changed one version at a time, and removed',
  async (_, make) => {
    const ask = stage().wiki('jonas')
    const path = `${v2}/${await make(ask)}/properties`
    const value = { deep: [1, { yes: true }] }
    const made = await ask(path, { method: 'POST', body: { key: 'state', value } })
    const status = path.includes('/spaces/') ? 201 : 200
    expect(made).toMatchObject({ status, body: { key: 'state', value, version: { number: 1 } } })
    expect((await ask(path, { method: 'POST', body: { key: 'state', value } })).status).toBe(409)
    expect((await ask(path, { method: 'POST', body: { key: 'empty' } })).status).toBe(400)
    await post(ask, path, { key: 'another', value: 'text' })
    const keys = async (query: object = {}): Promise<readonly string[]> =>
      (await ask(path, { query: { ...query } })).body.results.map(({ key }: Json) => key)
    expect(await keys()).toEqual(['state', 'another'])
    expect(await keys({ key: 'another' })).toEqual(['another'])
    const one = `${path}/${made.body.id}`
    const update = (number: number): Promise<Json> =>
      ask(one, { method: 'PUT', body: { key: 'state', value: 2, version: { number, message: 'Again' } } })
    expect((await update(1)).status).toBe(409)
    expect((await update(2)).body).toMatchObject({ value: 2, version: { number: 2, message: 'Again' } })
    expect((await ask(one)).body.value).toBe(2)
    expect((await ask(one, { method: 'DELETE' })).status).toBe(204)
    expect((await ask(one)).status).toBe(404)
  },
)

test('who may only read cannot keep anything with a page, and hidden pages have no properties', async () => {
  const { wiki } = stage()
  const page = await newPage(wiki('jonas'), 'For all', { spaceId: await spaceId(wiki('jonas'), 'PROD') })
  const path = `${v2}/pages/${page.id}/properties`
  const body = { key: 'k', value: 1 }
  expect((await wiki('sam')(path, { method: 'POST', body })).status).toBe(404)
  const hidden = await newPage(wiki('jonas'), 'For employees')
  expect((await wiki('sam')(`${v2}/pages/${hidden.id}/properties`)).status).toBe(404)
})
