import { json } from '@telamon/rest/testing'
import { describe, expect, test } from 'vitest'

import { confluenceUrls } from '../src/index.ts'
import { asked, scripted } from './client.ts'

const result = {
  content: {
    id: '98400',
    type: 'page',
    status: 'current',
    title: 'Release Plan',
    space: { key: 'DOCS', name: 'Documents' },
  },
  title: '@@@hl@@@Release@@@endhl@@@ Plan',
  excerpt: 'the @@@hl@@@release@@@endhl@@@ is near',
  url: '/spaces/DOCS/pages/98400/Release+Plan',
  resultGlobalContainer: { title: 'Documents', displayUrl: '/spaces/DOCS' },
  breadcrumbs: [],
  entityType: 'content',
  iconCssClass: '',
  lastModified: '2026-11-23T09:30:00.000Z',
}

describe('searching', () => {
  test('gives what was found without the marks, and says where it is', async () => {
    const { wiki, upstream } = scripted(
      json({ results: [result], start: 0, limit: 25, size: 1, totalSize: 1, _links: {} }),
    )
    const { items, total } = await wiki.search('type = page and text ~ "release"').page({ size: 25 })
    expect(total).toBe(1)
    expect(items[0]).toMatchObject({
      id: '98400',
      type: 'page',
      title: 'Release Plan',
      excerpt: 'the release is near',
      path: '/spaces/DOCS/pages/98400/Release+Plan',
      space: { key: 'DOCS', name: 'Documents' },
      lastModified: '2026-11-23T09:30:00.000Z',
    })
    expect(asked(upstream)).toEqual([
      'GET /wiki/rest/api/search?cql=type = page and text ~ "release"&excerpt=highlight_unescaped&expand=content.space&limit=25',
    ])
  })

  test('goes on by the cursor that the next address holds, and no other part of it', async () => {
    const next = '/rest/api/search?cql=x&cursor=_f_abc&limit=1'
    const { wiki, upstream } = scripted(
      json({ results: [result], _links: { next, base: 'https://elsewhere.example/wiki' } }),
      json({ results: [result], _links: {} }),
    )
    let found = 0
    for await (const hit of wiki.search('x')) found += hit.id === undefined ? 0 : 1
    expect(found).toBe(2)
    expect(upstream.requests[1]?.url.searchParams.get('cursor')).toBe('_f_abc')
    expect(upstream.requests[1]?.url.host).toBe('api.atlassian.com')
  })

  test('reads the key of the space from the address of the container when the content does not tell', async () => {
    const { content, ...bare } = result
    const { wiki } = scripted(
      json({
        results: [
          { ...bare, content: { ...content, space: undefined } },
          { ...bare, entityType: 'user' },
        ],
        _links: {},
      }),
    )
    const { items } = await wiki.search('x').page()
    expect(items.map(({ id, type, space }) => ({ id, type, space }))).toEqual([
      { id: '98400', type: 'page', space: { key: 'DOCS', name: 'Documents' } },
      { id: undefined, type: 'user', space: { key: 'DOCS', name: 'Documents' } },
    ])
  })
})

describe('content of any type', () => {
  test.each([
    ['page', '/wiki/api/v2/pages/1?body-format=storage'],
    ['blogpost', '/wiki/api/v2/blogposts/1?body-format=storage'],
    ['whiteboard', '/wiki/api/v2/whiteboards/1'],
    ['database', '/wiki/api/v2/databases/1'],
    ['folder', '/wiki/api/v2/folders/1'],
    ['embed', '/wiki/api/v2/embeds/1'],
    ['attachment', '/wiki/api/v2/attachments/1'],
    ['footer-comment', '/wiki/api/v2/footer-comments/1?body-format=storage'],
    ['inline-comment', '/wiki/api/v2/inline-comments/1?body-format=storage'],
  ])('%s is looked up and read', async (type, path) => {
    const { wiki, upstream } = scripted(
      json({ results: { 1: type } }),
      json({ id: '1', title: 'x', status: 'current' }),
    )
    expect(await wiki.content.get('1', { body: 'storage' })).toMatchObject({ id: '1', type })
    expect(asked(upstream)).toEqual([
      'POST /wiki/api/v2/content/convert-ids-to-types {"contentIds":["1"]}',
      `GET ${path}`,
    ])
  })

  test('of an app keeps the app’s name for it', async () => {
    const { wiki } = scripted(
      json({ results: { 1: 'ac:my-app:poll' } }),
      json({ id: '1', type: 'ac:my-app:poll' }),
    )
    expect(await wiki.content.get('1')).toMatchObject({ type: 'custom', customType: 'ac:my-app:poll' })
  })

  test('that is not there is an error, and left out of a list of types', async () => {
    const { wiki } = scripted(
      json({ results: { 1: null } }),
      json({ results: { 1: null, 2: 'page', 3: 'forge:app' } }),
    )
    await expect(wiki.content.get('1')).rejects.toMatchObject({
      code: 'not_found',
      operationId: 'convertContentIdsToContentTypes',
    })
    expect(await wiki.content.types(['1', '2', '3'])).toEqual({ 2: 'page', 3: 'custom' })
  })

  test('of a known type is read at once', async () => {
    const { wiki, upstream } = scripted(json({ id: '1' }))
    await wiki.content.get('1', { type: 'folder' })
    expect(asked(upstream)).toEqual(['GET /wiki/api/v2/folders/1'])
  })
})

describe('addresses for people', () => {
  const urls = confluenceUrls('https://example.atlassian.net')

  test('are made of the site and the relative addresses in answers', () => {
    expect([
      urls.content('98400'),
      urls.space('DOCS'),
      urls.at('/spaces/DOCS/pages/98400/Release+Plan'),
      urls.at('/wiki/spaces/DOCS'),
      urls.search('type = page'),
    ]).toMatchInlineSnapshot(`
      [
        "https://example.atlassian.net/wiki/pages/viewpage.action?pageId=98400",
        "https://example.atlassian.net/wiki/spaces/DOCS",
        "https://example.atlassian.net/wiki/spaces/DOCS/pages/98400/Release+Plan",
        "https://example.atlassian.net/wiki/spaces/DOCS",
        "https://example.atlassian.net/wiki/search?cql=type%20%3D%20page",
      ]
    `)
  })

  test('never leave the site', () => {
    for (const path of [
      'https://evil.example/x',
      '//evil.example/x',
      String.raw`\\evil.example`,
      'javascript:alert(1)',
    ]) {
      expect(urls.at(path).startsWith('https://example.atlassian.net/')).toBe(true)
    }
  })
})
