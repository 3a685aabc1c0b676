import { html, json, reply } from '@telamon/rest/testing'
import { describe, expect, test } from 'vitest'

import { asked, scripted } from './client.ts'

const doc = { type: 'doc', version: 1, content: [] } as const
const paragraph = {
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Hi' }] }],
} as const

const page = (change: object = {}): object => ({
  id: '98400',
  status: 'current',
  title: 'Team Goals Q3',
  spaceId: '98308',
  parentId: null,
  authorId: 'account-1',
  createdAt: '2026-03-19T14:23:47.640Z',
  version: {
    number: 4,
    message: '',
    minorEdit: false,
    authorId: 'account-1',
    createdAt: '2026-03-19T14:23:47.640Z',
  },
  body: {},
  _links: { webui: '/spaces/DOCS/pages/98400/Team+Goals+Q3' },
  ...change,
})

const broken = (value: string): Response =>
  json(page({ body: { atlas_doc_format: { representation: 'atlas_doc_format', value } } }))

describe('reading a page', () => {
  test('gives the body as a document', async () => {
    const body = {
      atlas_doc_format: { representation: 'atlas_doc_format', value: JSON.stringify(paragraph) },
    }
    const { wiki, upstream } = scripted(json(page({ body })))
    const found = await wiki.pages.get('98400', { body: 'atlas_doc_format' })
    expect(found.body).toEqual(paragraph)
    expect(asked(upstream)).toEqual(['GET /wiki/api/v2/pages/98400?body-format=atlas_doc_format'])
  })

  test('gives the body as text in any other format, and no body when none was asked for', async () => {
    const body = { storage: { representation: 'storage', value: '<p>Hi</p>' } }
    const { wiki } = scripted(json(page({ body })), json(page()))
    expect((await wiki.pages.get('98400', { body: 'storage' })).body).toBe('<p>Hi</p>')
    expect((await wiki.pages.get('98400')).body).toBeUndefined()
  })

  test('an empty page is an empty document', async () => {
    const { wiki } = scripted(
      json(page({ body: { atlas_doc_format: { representation: 'atlas_doc_format', value: '' } } })),
      json(page()),
    )
    expect((await wiki.pages.get('98400', { body: 'atlas_doc_format' })).body).toEqual(doc)
    expect((await wiki.pages.get('98400', { body: 'atlas_doc_format' })).body).toEqual(doc)
  })

  test('a body that is no document is an error that names the operation', async () => {
    const { wiki } = scripted(broken('{"type":'), broken('[]'))
    const expected = { code: 'unreadable', operationId: 'getPageById' }
    await expect(wiki.pages.get('98400', { body: 'atlas_doc_format' })).rejects.toMatchObject(expected)
    await expect(wiki.pages.get('98400', { body: 'atlas_doc_format' })).rejects.toMatchObject(expected)
  })

  test('what comes along comes as lists', async () => {
    const labels = { results: [{ id: '1', name: 'goals', prefix: 'global' }], meta: { hasMore: false } }
    const { wiki, upstream } = scripted(json(page({ labels, versions: null })))
    const found = await wiki.pages.get('98400', { include: ['labels', 'versions'] })
    expect(found.labels).toEqual(labels.results)
    expect(found.versions).toEqual([])
    expect(asked(upstream)).toEqual([
      'GET /wiki/api/v2/pages/98400?include-labels=true&include-versions=true',
    ])
  })

  test('a page of HTML in place of an answer is a typed error', async () => {
    const { wiki } = scripted(html())
    await expect(wiki.pages.get('98400')).rejects.toMatchObject({
      code: 'unreadable',
      operationId: 'getPageById',
    })
  })
})

describe('listing pages', () => {
  test('takes only the cursor from the address of the next page', async () => {
    const { wiki, upstream } = scripted(
      json({
        results: [page({ id: '1' })],
        _links: { next: '/wiki/api/v2/pages?limit=1&cursor=abc', base: 'https://elsewhere.example/wiki' },
      }),
      json({ results: [page({ id: '2' })], _links: {} }),
    )
    const first = await wiki.pages.list({ spaceIds: ['98308'], title: 'Plan' }).page({ size: 1 })
    const ids: string[] = []
    const { cursor = '' } = first
    for (const { id } of (
      await wiki.pages.list({ spaceIds: ['98308'], title: 'Plan' }).page({ size: 1, cursor })
    ).items)
      ids.push(id)
    expect(ids).toEqual(['2'])
    expect(asked(upstream)).toEqual([
      'GET /wiki/api/v2/pages?space-id=98308&title=Plan&limit=1',
      'GET /wiki/api/v2/pages?space-id=98308&title=Plan&limit=1&cursor=abc',
    ])
    expect(upstream.requests.every(({ url }) => url.host === 'api.atlassian.com')).toBe(true)
  })
})

describe('writing a page', () => {
  test('makes one of a document, and a live one', async () => {
    const { wiki, upstream } = scripted(json(page()), json(page()))
    await wiki.pages.create({ spaceId: '98308', title: 'Team Goals Q3', body: paragraph, parentId: '5' })
    await wiki.pages.create({
      spaceId: '98308',
      title: 'Notes',
      body: { storage: '<p />' },
      live: true,
      private: true,
    })
    expect(asked(upstream)).toMatchInlineSnapshot(`
      [
        "POST /wiki/api/v2/pages {"spaceId":"98308","title":"Team Goals Q3","parentId":"5","body":{"representation":"atlas_doc_format","value":"{\\"type\\":\\"doc\\",\\"version\\":1,\\"content\\":[{\\"type\\":\\"paragraph\\",\\"content\\":[{\\"type\\":\\"text\\",\\"text\\":\\"Hi\\"}]}]}"}}",
        "POST /wiki/api/v2/pages?private=true {"spaceId":"98308","title":"Notes","body":{"representation":"storage","value":"<p />"},"subtype":"live"}",
      ]
    `)
  })

  test('builds on the version that was read, and keeps the title', async () => {
    const { wiki, upstream } = scripted(json(page()), json(page({ version: { number: 5 } })))
    const from = await wiki.pages.get('98400')
    const { version } = await wiki.pages.update('98400', { from, body: doc, message: 'by an agent' })
    expect(version.number).toBe(5)
    expect(upstream.requests[1]?.json).toEqual({
      id: '98400',
      title: 'Team Goals Q3',
      status: 'current',
      body: { representation: 'atlas_doc_format', value: JSON.stringify(doc) },
      version: { number: 5, message: 'by an agent' },
    })
  })

  test('somebody who was faster is a conflict', async () => {
    const { wiki, upstream } = scripted(
      json({ errors: [{ status: 409, title: 'Version must be incremented' }] }, { status: 409 }),
    )
    const from = { title: 'Goals', status: 'current', version: { number: 4 } }
    await expect(wiki.pages.update('98400', { from, body: doc })).rejects.toMatchObject({
      code: 'conflict',
      outcome: 'not_executed',
    })
    expect(upstream.requests).toHaveLength(1)
  })

  test('a conflict with its own first try, whose answer was lost, counts as done', async () => {
    const now = page({ title: 'Goals', version: { number: 5, message: 'mine' } })
    const { wiki, upstream } = scripted(reply(502), reply(409), json(now))
    const from = { title: 'Goals', status: 'current', version: { number: 4 } }
    const saved = await wiki.pages.update('98400', { from, body: doc, message: 'mine' })
    expect(saved.version.number).toBe(5)
    expect(upstream.requests.map(({ method }) => method)).toEqual(['PUT', 'PUT', 'GET'])
  })

  test('after a lost answer, another’s version in place is still a conflict', async () => {
    const { wiki } = scripted(
      reply(502),
      reply(409),
      json(page({ title: 'Goals', version: { number: 5, message: 'theirs' } })),
    )
    const from = { title: 'Goals', status: 'current', version: { number: 4 } }
    await expect(wiki.pages.update('98400', { from, body: doc, message: 'mine' })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('a draft is saved as version 1 and published as the next', async () => {
    const { wiki, upstream } = scripted(json(page()), json(page()))
    const from = { title: 'Goals', status: 'draft', version: { number: 1 } }
    await wiki.pages.update('98400', { from, body: doc })
    await wiki.pages.update('98400', { from, body: doc, status: 'current' })
    expect(upstream.requests.map(({ json: body }) => body)).toMatchObject([
      { status: 'draft', version: { number: 1 } },
      { status: 'current', version: { number: 2 } },
    ])
  })

  test('renaming, moving, restoring, removing and what is around a page', async () => {
    const { wiki, upstream } = scripted(
      json({}),
      json({}),
      json({}),
      reply(204),
      json({ results: [] }),
      json({ results: [] }),
      json({ results: [{ id: '1', type: 'page' }] }),
    )
    await wiki.pages.rename('98400', 'Goals')
    await wiki.pages.move('98400', { below: '5' })
    await wiki.pages.restore('98400', 2, { message: 'back' })
    await wiki.pages.remove('98400', { purge: true })
    await wiki.pages.children('98400').page()
    await wiki.pages.descendants('98400', { depth: 2 }).page()
    expect(await wiki.pages.ancestors('98400')).toEqual([{ id: '1', type: 'page' }])
    expect(asked(upstream)).toMatchInlineSnapshot(`
      [
        "PUT /wiki/api/v2/pages/98400/title {"status":"current","title":"Goals"}",
        "PUT /wiki/rest/api/content/98400/move/append/5",
        "POST /wiki/rest/api/content/98400/version {"operationKey":"restore","params":{"versionNumber":2,"message":"back"}}",
        "DELETE /wiki/api/v2/pages/98400?purge=true",
        "GET /wiki/api/v2/pages/98400/direct-children?limit=250",
        "GET /wiki/api/v2/pages/98400/descendants?depth=2&limit=250",
        "GET /wiki/api/v2/pages/98400/ancestors?limit=250",
      ]
    `)
  })
})

describe('blog posts', () => {
  test('are read, listed, made, changed and removed like pages', async () => {
    const { wiki, upstream } = scripted(
      json(page()),
      json({ results: [page()], _links: {} }),
      json(page()),
      json(page()),
      reply(204),
    )
    const from = await wiki.blogPosts.get('98400', { include: ['labels'] })
    await wiki.blogPosts.list({ spaceIds: ['98308'], body: 'storage' }).page({ size: 2 })
    await wiki.blogPosts.create({ spaceId: '98308', title: 'News', body: doc })
    await wiki.blogPosts.update('98400', { from, body: doc, title: 'More news' })
    await wiki.blogPosts.remove('98400')
    expect(asked(upstream)).toMatchInlineSnapshot(`
      [
        "GET /wiki/api/v2/blogposts/98400?include-labels=true",
        "GET /wiki/api/v2/blogposts?space-id=98308&body-format=storage&limit=2",
        "POST /wiki/api/v2/blogposts {"spaceId":"98308","title":"News","body":{"representation":"atlas_doc_format","value":"{\\"type\\":\\"doc\\",\\"version\\":1,\\"content\\":[]}"}}",
        "PUT /wiki/api/v2/blogposts/98400 {"id":"98400","title":"More news","status":"current","body":{"representation":"atlas_doc_format","value":"{\\"type\\":\\"doc\\",\\"version\\":1,\\"content\\":[]}"},"version":{"number":5}}",
        "DELETE /wiki/api/v2/blogposts/98400",
      ]
    `)
  })
})
