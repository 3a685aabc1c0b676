import { expect, test } from 'vitest'

import type { ErrorCode, PageKind } from '../src/index.ts'
import { failure } from './support/client.ts'
import { against, sendJson } from './support/loopback.ts'
import type { Handler } from './support/loopback.ts'
import { createIssue, editIssue, getIssue, paged, searchByPost } from './support/records.ts'

// Everything once more with a real server and the platform's own fetch: what scripted answers cannot get wrong.

const path = { issueIdOrKey: 'ED-1' }
const fields = { body: { fields: {} } }

type Fields = Readonly<Record<string, string>>

const answering =
  (status: number, body: string, headers: Fields = {}): Handler =>
  (request, response) => {
    request.resume()
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  }

const said = JSON.stringify({ errorMessages: ['No.'], errors: { summary: 'Too long.' } })
const scope = JSON.stringify({ code: 401, message: 'Unauthorized; scope does not match' })
const late = { 'retry-after': '600' }

test.each<readonly [ErrorCode, string, Handler]>([
  ['unauthenticated', 'a 401', answering(401, said)],
  ['insufficient_scope', 'a 401 for a scope', answering(401, scope)],
  ['forbidden', 'a 403', answering(403, said)],
  ['not_found', 'a 404', answering(404, said)],
  ['conflict', 'a 409', answering(409, said)],
  ['gone', 'a 410', answering(410, said)],
  ['gone', 'a 501', answering(501, said)],
  ['invalid_request', 'a 400', answering(400, said)],
  ['too_large', 'a 413', answering(413, said)],
  ['rate_limited', 'a 429 that wants too long a wait', answering(429, said, late)],
  ['server_error', 'a 500', answering(500, '<html></html>', { 'content-type': 'text/html' })],
  ['unreadable', 'HTML', answering(200, '<html></html>', { 'content-type': 'text/html' })],
  ['unreadable', 'cut JSON', answering(200, '{"id":"1","ke')],
  ['unreadable', 'nothing', answering(200, '')],
  ['unreadable', 'text', answering(200, 'ok', { 'content-type': 'text/plain' })],
  ['unreadable', 'a redirect', answering(302, '', { location: 'http://127.0.0.1:1/' })],
  ['network', 'a cut line', (request) => request.socket.resetAndDestroy()],
  ['timeout', 'silence', (request) => request.resume()],
])('%s: %s', async (code, _, handler) => {
  const { call, server } = await against(handler, {
    timeouts: { attemptMs: code === 'timeout' ? 200 : 60_000 },
  })
  const error = await failure(call(createIssue, fields))
  expect(error).toMatchObject({ code, operationId: 'createIssue', method: 'POST' })
  expect(error.message).toContain('createIssue (POST /rest/api/3/issue)')
  expect(server.requests).toHaveLength(1)
})

/** Three items on two pages, by the way of paging. */
test.each<readonly [PageKind, asked: string, pages: readonly object[]]>([
  [
    'offset',
    'startAt=2',
    [
      { values: [1, 2], startAt: 0, isLast: false },
      { values: [3], startAt: 2, isLast: true },
    ],
  ],
  ['token', 'nextPageToken=abc', [{ values: [1, 2], nextPageToken: 'abc' }, { values: [3] }]],
  [
    'cursor',
    'cursor=abc',
    [
      { values: [1, 2], nextPageCursor: 'abc', last: false },
      { values: [3], last: true },
    ],
  ],
  [
    'link',
    'cursor=abc',
    [{ values: [1, 2], _links: { next: '/other?cursor=abc&limit=2' } }, { values: [3] }],
  ],
  ['start', 'start=2', [{ values: [1, 2], start: 0, _links: { next: '/other?start=2' } }, { values: [3] }]],
  [
    'since',
    'since=1700',
    [
      { values: [1, 2], until: 1_700, lastPage: false },
      { values: [3], until: 1_800, lastPage: true },
    ],
  ],
])('pages by %s', async (kind, asked, pages) => {
  let count = 0
  const { items, server } = await against((_, response) => {
    sendJson(response, pages[count])
    count += 1
  })
  const seen: unknown[] = []
  for await (const item of items(paged({ page: kind, items: 'values', path: '/rest/api/3/list' })))
    seen.push(item)
  expect(seen).toEqual([1, 2, 3])
  expect(server.requests.map(({ url }) => url)).toEqual(['/rest/api/3/list', `/rest/api/3/list?${asked}`])
})

const soon = new Date(Date.now() + 3_600_000).toISOString()

test.each<readonly [string, Handler, Readonly<Record<'read' | 'search' | 'put' | 'post', number>>]>([
  ['a 429', answering(429, '', { 'retry-after': '1' }), { read: 2, search: 2, put: 2, post: 2 }],
  ['a 503 with a wait', answering(503, '', { 'retry-after': '1' }), { read: 2, search: 2, put: 2, post: 2 }],
  ['a 503 without', answering(503, ''), { read: 2, search: 2, put: 2, post: 1 }],
  ['a 502', answering(502, ''), { read: 2, search: 2, put: 2, post: 1 }],
  ['a 504', answering(504, ''), { read: 2, search: 2, put: 2, post: 1 }],
  ['a 500', answering(500, ''), { read: 1, search: 1, put: 1, post: 1 }],
  ['a 404', answering(404, ''), { read: 1, search: 1, put: 1, post: 1 }],
  ['a cut line', (request) => request.socket.resetAndDestroy(), { read: 2, search: 2, put: 2, post: 1 }],
  [
    'a reset an hour away',
    answering(429, '', { 'x-ratelimit-reset': soon }),
    { read: 1, search: 1, put: 1, post: 1 },
  ],
])('after %s only what may be sent again is', async (_, failing, expected) => {
  const sent: Record<string, number> = {}
  const once = async (name: keyof typeof expected): Promise<void> => {
    let count = 0
    const { call, server } = await against((request, response) => {
      count += 1
      if (count === 1) failing(request, response)
      else answering(200, '{"issues":[]}')(request, response)
    })
    const calls = {
      read: () => call(getIssue, { path }),
      search: () => call(searchByPost, { body: { jql: 'x' } }),
      put: () => call(editIssue, { path, body: {} }),
      post: () => call(createIssue, fields),
    }
    await Promise.allSettled([calls[name]()])
    sent[name] = server.requests.length
  }
  for (const name of ['read', 'search', 'put', 'post'] as const) await once(name)
  expect(sent).toEqual(expected)
})
