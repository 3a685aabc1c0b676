import { describe, expect, test } from 'vitest'

import { json } from '../src/testing/index.ts'
import type { Upstream } from '../src/testing/index.ts'
import { failure, scripted } from './support/client.ts'
import type { Scripted } from './support/client.ts'
import { texts } from './support/random.ts'
import { paged, searchByPost } from './support/records.ts'

const collect = async (from: AsyncIterable<unknown>): Promise<unknown[]> => {
  const items: unknown[] = []
  for await (const item of from) items.push(item)
  return items
}

const queries = ({ requests }: Upstream): readonly string[] => requests.map(({ url }) => url.search)

describe('offset', () => {
  const list = paged({ page: 'offset' })

  test('goes on from what came, not from what was asked for', async () => {
    const { items, upstream } = scripted([
      json({ startAt: 0, maxResults: 50, total: 5, values: [1, 2] }),
      json({ startAt: 2, maxResults: 50, total: 5, values: [3, 4] }),
      json({ startAt: 4, maxResults: 50, total: 5, values: [5] }),
    ])
    expect(await collect(items(list, { query: { maxResults: 50 } }))).toEqual([1, 2, 3, 4, 5])
    expect(queries(upstream)).toEqual([
      '?maxResults=50',
      '?maxResults=50&startAt=2',
      '?maxResults=50&startAt=4',
    ])
  })

  test('a short page is no end', async () => {
    const { items } = scripted([json({ values: [1] }), json({ values: [2], isLast: true })])
    expect(await collect(items(list, { query: { maxResults: 50 } }))).toEqual([1, 2])
  })

  test('ends with isLast, with an empty page, and with nothing else in a bare array', async () => {
    const bare = paged({ page: 'offset', items: '' })
    const { items, upstream } = scripted([json([1, 2]), json([3]), json([])])
    expect(await collect(items(bare))).toEqual([1, 2, 3])
    expect(queries(upstream)).toEqual(['', '?startAt=2', '?startAt=3'])
  })

  test('begins where the input begins', async () => {
    const { page, items, upstream } = scripted([
      json({ values: [7], total: 9 }),
      json({ values: [8], total: 9 }),
    ])
    expect((await page(list, { query: { startAt: 7 } })).cursor).toBeDefined()
    expect(await collect(items(list, { query: { startAt: 8 } }))).toEqual([8])
    expect(queries(upstream)).toEqual(['?startAt=7', '?startAt=8'])
  })

  test('a POST takes it where the caller has put the size', async () => {
    const post = paged({ page: 'offset', method: 'POST', read: true })
    const { items, upstream } = scripted([
      json({ values: [1], isLast: false }),
      json({ values: [2], isLast: true }),
      json({ values: [1], isLast: false }),
      json({ values: [2], isLast: true }),
    ])
    await collect(items(post, { body: { maxResults: 1 } }))
    await collect(items(post, { query: { maxResults: 1 }, body: { ids: [1] } }))
    expect(upstream.requests.map(({ url, json: body }) => [url.search, body])).toEqual([
      ['', { maxResults: 1 }],
      ['', { maxResults: 1, startAt: 1 }],
      ['?maxResults=1', { ids: [1] }],
      ['?maxResults=1&startAt=1', { ids: [1] }],
    ])
  })

  test('an upstream that overlooks the position is found out', async () => {
    const { items } = scripted([
      json({ startAt: 0, values: [1], total: 3 }),
      json({ startAt: 0, values: [1], total: 3 }),
    ])
    expect(await failure(collect(items(list)))).toMatchObject({ code: 'unreadable' })
  })
})

describe('token', () => {
  test('goes into the body of a POST', async () => {
    const { items, upstream } = scripted([
      json({ issues: [{ key: 'ED-1' }], nextPageToken: 'abc+/=', isLast: false }),
      json({ issues: [{ key: 'ED-2' }], isLast: true }),
    ])
    expect(await collect(items(searchByPost, { body: { jql: 'project = ED' } }))).toEqual([
      { key: 'ED-1' },
      { key: 'ED-2' },
    ])
    expect(upstream.requests.map(({ json: body }) => body)).toEqual([
      { jql: 'project = ED' },
      { jql: 'project = ED', nextPageToken: 'abc+/=' },
    ])
  })

  test('goes into the query of a GET, and ends where none is given', async () => {
    const { items, upstream } = scripted([json({ issues: [1], nextPageToken: 't1' }), json({ issues: [2] })])
    expect(await collect(items(paged({ page: 'token', items: 'issues' })))).toEqual([1, 2])
    expect(queries(upstream)).toEqual(['', '?nextPageToken=t1'])
  })

  test('stands beside items that lie deeper', async () => {
    const { items, upstream } = scripted([
      json({ statusId: '1', projects: { nextPageToken: 't1', values: [1] } }),
      json({ statusId: '1', projects: { values: [2] } }),
    ])
    expect(await collect(items(paged({ page: 'token', items: 'projects.values' })))).toEqual([1, 2])
    expect(queries(upstream)).toEqual(['', '?nextPageToken=t1'])
  })

  test('isLast counts even when a token is given', async () => {
    const { items } = scripted([json({ issues: [1], nextPageToken: 't1', isLast: true })])
    expect(await collect(items(paged({ page: 'token', items: 'issues' })))).toEqual([1])
  })
})

describe('link', () => {
  const list = paged({ page: 'link', items: 'results', path: '/wiki/api/v2/pages' })

  test('T47 takes the cursor out of an address that is never followed', async () => {
    const { items, upstream } = scripted([
      json({
        results: [1],
        _links: {
          next: '/wiki/api/v2/pages?limit=1&cursor=eyJpZCI6MX0%3D',
          base: 'https://evil.example/wiki',
        },
      }),
      json({ results: [2], _links: { next: 'https://evil.example/steal?cursor=c2' } }),
      json({ results: [3], _links: {} }),
    ])
    expect(await collect(items(list, { query: { limit: 1 } }))).toEqual([1, 2, 3])
    expect(upstream.requests.map(({ url }) => url.href)).toEqual([
      'https://demo.atlassian.net/wiki/api/v2/pages?limit=1',
      'https://demo.atlassian.net/wiki/api/v2/pages?limit=1&cursor=eyJpZCI6MX0%3D',
      'https://demo.atlassian.net/wiki/api/v2/pages?limit=1&cursor=c2',
    ])
  })

  test('or out of the Link field', async () => {
    const link = '</wiki/api/v2/pages>; rel="self", </wiki/api/v2/pages?cursor=c1>; rel="next"'
    const { items, upstream } = scripted([
      json({ results: [1] }, { headers: { link } }),
      json({ results: [] }),
    ])
    expect(await collect(items(list))).toEqual([1])
    expect(queries(upstream)).toEqual(['', '?cursor=c1'])
  })

  test.each([{ next: 5 }, { next: 'http://[' }, { next: '/x?other=1' }, null, 'x'])(
    '%j is the end',
    async (links) => {
      expect(await collect(scripted([json({ results: [1], _links: links })]).items(list))).toEqual([1])
    },
  )
})

describe('start', () => {
  const list = paged({ page: 'start', items: 'results' })

  test('ends where Confluence v1 gives no next', async () => {
    const { items, upstream } = scripted([
      json({ results: [1, 2], start: 0, limit: 2, size: 2, _links: { next: '/rest/api/x?start=2' } }),
      json({ results: [3], start: 2, limit: 2, size: 1, _links: {} }),
    ])
    expect(await collect(items(list, { query: { limit: 2 } }))).toEqual([1, 2, 3])
    expect(queries(upstream)).toEqual(['?limit=2', '?limit=2&start=2'])
  })

  test('ends with isLastPage of service management', async () => {
    const { items } = scripted([
      json({ values: [1], isLastPage: false, _links: {} }),
      json({ values: [2], isLastPage: true, _links: { next: 'x' } }),
    ])
    expect(await collect(items(paged({ page: 'start' })))).toEqual([1, 2])
  })
})

test('since goes from until to until, and ends with lastPage', async () => {
  const { items, upstream } = scripted([
    json({ values: [1], since: 0, until: 100, lastPage: false }),
    json({ values: [2], since: 100, until: 200, lastPage: true }),
  ])
  expect(await collect(items(paged({ page: 'since' }), { query: { since: 0 } }))).toEqual([1, 2])
  expect(queries(upstream)).toEqual(['?since=0', '?since=100'])
})

test('cursor goes from nextPageCursor to cursor, and ends with last', async () => {
  const { items, upstream } = scripted([
    json({ values: [1], nextPageCursor: 'n1', last: false }),
    json({ values: [2], nextPageCursor: 'n2', last: true }),
  ])
  expect(await collect(items(paged({ page: 'cursor' })))).toEqual([1, 2])
  expect(queries(upstream)).toEqual(['', '?cursor=n1'])
})

describe('a page', () => {
  const list = paged({ page: 'token', items: 'issues' })

  test('brings its cursor and the whole answer', async () => {
    const answer = { issues: [1], nextPageToken: 't1', names: { a: 'A' } }
    const { page } = scripted([json(answer), json({ issues: [] })])
    const first = await page(list)
    expect(first).toMatchObject({ items: [1], answer })
    expect(await page(list, {}, { cursor: first.cursor ?? '' })).toEqual({
      items: [],
      answer: { issues: [] },
    })
  })

  test('is resumed by another client from the cursor alone', async () => {
    const first = await scripted([json({ issues: [1], nextPageToken: 'täg' })]).page(list)
    const other = scripted([json({ issues: [2] })])
    await other.page(list, {}, { cursor: first.cursor ?? '' })
    expect(other.upstream.requests[0]?.url.searchParams.get('nextPageToken')).toBe('täg')
  })

  test('has a cursor without host or credentials, whatever the position', async () => {
    for (const position of texts(100).filter((text) => text.isWellFormed() && text !== '')) {
      const { page, upstream } = scripted([
        json({ issues: [1], nextPageToken: position }),
        json({ issues: [] }),
      ])
      const { cursor = '' } = await page(list)
      expect(cursor).toMatch(/^[\w-]+$/)
      expect(Buffer.from(cursor, 'base64url').toString()).toBe(`listThings ${position}`)
      await page(list, {}, { cursor })
      expect(upstream.requests[1]?.url.searchParams.get('nextPageToken')).toBe(position)
    }
  })

  test.each([
    '',
    'x',
    'https://evil.example',
    Buffer.from('other t1').toString('base64url'),
    'gg=',
    '\u0000',
    'A'.repeat(40_000),
  ])('a cursor that is not its own is refused before anything is sent: %.30j', async (cursor) => {
    const { page, upstream } = scripted([])
    expect(await failure(page(list, {}, { cursor }))).toMatchObject({
      code: 'invalid_request',
      outcome: 'not_executed',
    })
    expect(upstream.requests).toHaveLength(0)
  })

  test('a number is the only position where positions are numbers', async () => {
    const offset = paged({ page: 'offset' })
    const cursor = Buffer.from('listThings 5&x=1').toString('base64url')
    expect(await failure(scripted([]).page(offset, {}, { cursor }))).toMatchObject({
      code: 'invalid_request',
    })
  })

  test.each([{}, { issues: 'x' }, { issues: {} }, null, 'text', []])('%j is no page', async (answer) => {
    expect(await failure(scripted([json(answer)]).page(list))).toMatchObject({
      code: 'unreadable',
      operationId: 'listThings',
    })
  })

  test('has its items under either name where the document knows two', async () => {
    const operation = paged({ page: 'offset', items: 'issueTypes|createMetaIssueType' })
    const { page } = scripted([
      json({ issueTypes: [1], total: 1 }),
      json({ createMetaIssueType: [2], total: 1 }),
      json({ issueTypes: null, total: 0 }),
      json({ results: [], total: 0 }),
    ])
    expect((await page(operation)).items).toEqual([1])
    expect((await page(operation)).items).toEqual([2])
    expect((await page(operation)).items).toEqual([])
    expect((await failure(page(operation))).code).toBe('unreadable')
  })

  test('null in place of a list is an empty one', async () => {
    expect((await scripted([json({ issues: null })]).page(list)).items).toEqual([])
  })

  test('that leads to itself is refused', async () => {
    const { items } = scripted([
      json({ issues: [1], nextPageToken: 't' }),
      json({ issues: [1], nextPageToken: 't' }),
    ])
    expect(await failure(collect(items(list)))).toMatchObject({ code: 'unreadable' })
  })
})

const two = (): Scripted => scripted([json({ issues: [1, 2], nextPageToken: 't' }), json({ issues: [3, 4] })])

describe('items', () => {
  const list = paged({ page: 'token', items: 'issues' })

  test.each([
    [0, [], 0],
    [1, [1], 1],
    [2, [1, 2], 1],
    [3, [1, 2, 3], 2],
    [9, [1, 2, 3, 4], 2],
  ])('stop after %i', async (limit, expected, asked) => {
    const { items, upstream } = two()
    expect(await collect(items(list, {}, { limit }))).toEqual(expected)
    expect(upstream.requests).toHaveLength(asked)
  })

  test('are not read ahead of their reader', async () => {
    const { items, upstream } = two()
    for await (const item of items(list)) {
      expect(item).toBe(1)
      break
    }
    expect(upstream.requests).toHaveLength(1)
  })

  test('go on from a cursor', async () => {
    const client = two()
    const { cursor = '' } = await client.page(list)
    expect(await collect(client.items(list, {}, { cursor }))).toEqual([3, 4])
  })
})
