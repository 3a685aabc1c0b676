import { readFileSync } from 'node:fs'

import { cql } from '@telamon/query'
import { isAtlassianError, oauth } from '@telamon/rest'
import { createSkippingClock, createUpstream, json } from '@telamon/rest/testing'
import type { Step } from '@telamon/rest/testing'
import { expect, test } from 'vitest'

import { confluenceUrls, createConfluence } from '../src/index.ts'
import { getPageOperations } from '../src/operations.ts'

const lines: unknown[] = []
const print = (...values: readonly unknown[]): void => {
  lines.push(values.join(' '))
}

/** What stands around the examples: a site, a token, and an upstream in place of `fetch`. */
function around(...steps: readonly Step[]) {
  lines.length = 0
  const { fetch, requests } = createUpstream(...steps)
  return {
    options: { fetch, ...createSkippingClock() },
    requests,
    cloudId: '1',
    accessToken: async () => 'token',
  }
}

const goals = {
  id: '98400',
  status: 'current',
  title: 'Team Goals Q3',
  spaceId: '98308',
  version: { number: 4 },
  body: {
    atlas_doc_format: {
      representation: 'atlas_doc_format',
      value: '{"type":"doc","version":1,"content":[]}',
    },
  },
  labels: { results: [{ id: '1', name: 'goals', prefix: 'global' }] },
  _links: { webui: '/spaces/DOCS/pages/98400/Team+Goals+Q3' },
}

const plan = {
  title: 'Release Plan',
  excerpt: 'soon',
  url: '/spaces/DOCS/pages/1',
  entityType: 'content',
  lastModified: '',
}

test('a page, read and changed', async () => {
  const { options, requests, cloudId, accessToken } = around(
    json(goals),
    json({ errors: [] }, { status: 409 }),
  )
  // #region page
  const wiki = createConfluence({
    auth: oauth({ cloudId, token: accessToken }),
    ...options,
  })
  const page = await wiki.pages.get('98400', { body: 'atlas_doc_format', include: ['labels'] })
  print(
    page.title,
    page.body.content.length,
    page.labels.map(({ name }) => name),
  )
  try {
    await wiki.pages.update('98400', { from: page, body: page.body, message: 'updated by an agent' })
  } catch (error) {
    if (isAtlassianError(error, 'conflict')) print('Somebody was faster: read it again.')
    else throw error
  }
  // #endregion
  expect(lines).toEqual(['Team Goals Q3 0 goals', 'Somebody was faster: read it again.'])
  expect(requests[1]?.json).toMatchObject({ title: 'Team Goals Q3', version: { number: 5 } })
})

test('a search', async () => {
  const { options, cloudId, accessToken } = around(json({ results: [plan], _links: {} }))
  const wiki = createConfluence({ auth: oauth({ cloudId, token: accessToken }), ...options })
  const words = 'release'
  // #region search
  const { at } = confluenceUrls('https://example.atlassian.net')
  for await (const hit of wiki.search(cql`space = ${'DOCS'} AND text ~ ${words}`, { limit: 20 })) {
    print(hit.title, hit.excerpt, at(hit.path))
  }
  // #endregion
  expect(lines).toEqual(['Release Plan soon https://example.atlassian.net/wiki/spaces/DOCS/pages/1'])
})

test('the generated layer', async () => {
  const { options, cloudId, accessToken } = around(
    json({ operations: [{ operation: 'read', targetType: 'page' }] }),
  )
  const wiki = createConfluence({ auth: oauth({ cloudId, token: accessToken }), ...options })
  // #region operations
  const { operations } = await wiki.call(getPageOperations, { path: { id: '98400' } })
  print(operations?.map(({ operation }) => operation))
  print(getPageOperations.scopes.granular)
  // #endregion
  expect(lines).toEqual(['read', 'read:page:confluence'])
})

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

test('the examples of the README are those above', () => {
  const source = read('./readme.examples.test.ts')
  const regions = [...source.matchAll(/^ {2}\/\/ #region \w+\n([\s\S]*?)^ {2}\/\/ #endregion/gm)]
  const code = regions.map(([, body = '']) =>
    body.replaceAll(/^ {2}/gm, '').replace(/^ {2}\.\.\.options,\n/m, ''),
  )
  const fences = [...read('../README.md').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, body = '']) => body)
  const plain = fences.map((body) =>
    body.replaceAll(/^import .*\n+/gm, '').replaceAll('console.log(', 'print('),
  )
  expect(plain).toEqual(code)
})
