import { expect, test } from 'vitest'

import { type Asked, stage } from './support.ts'

const deep = (levels: number): unknown => {
  let value: unknown = 'x'
  for (let level = 0; level < levels; level += 1) value = { type: 'doc', version: 1, content: [value] }
  return value
}

const bodies: readonly Asked[] = [
  {},
  { raw: '{' },
  { body: null },
  { body: [] },
  { body: 'text' },
  { body: 7 },
  { body: {} },
  { body: { fields: [], update: 3, transition: [], body: [], queries: {}, contentIds: 'x', accountIds: {} } },
  {
    body: {
      fields: {
        project: { key: 'ALPHA' },
        issuetype: { id: '10004' },
        summary: {},
        labels: [1],
        parent: 'x',
      },
    },
  },
  {
    body: {
      fields: { description: deep(300), customfield_10021: [null], timetracking: [], components: [null] },
    },
  },
  { body: { update: { labels: [{ add: {} }, null, 'x'], comment: [{ add: { body: deep(20) } }] } } },
  { body: { type: { name: 'Blocks' }, inwardIssue: null, outwardIssue: { key: {} } } },
  { body: { object: { url: 'x', title: {} }, globalId: {} } },
  { body: { jql: 'project = '.repeat(500), maxResults: -1, fields: [{}], nextPageToken: 'A'.repeat(5000) } },
  { body: { queries: ['\u0000', '\uD800', '('.repeat(3000), 'a = "', {}] } },
  { body: { spaceId: {}, title: [], body: { representation: 'storage', value: '<p>' } } },
  {
    body: {
      id: '99456',
      status: 'current',
      title: 'Release Plan',
      body: { storage: { value: 1 } },
      version: { number: '2' },
    },
  },
  { body: { pageId: '99456', body: { representation: 'storage', value: '<a'.repeat(2000) } } },
  {
    body: { pageId: '99456', body: { representation: 'atlas_doc_format', value: JSON.stringify(deep(150)) } },
  },
  { body: { timeSpent: '9999999999h', started: '2026-13-45', issueIdsOrKeys: [{}, null] } },
]

const parameters = [
  'jql=%00&cql=%22&query=%F0%9F%98%80&accountId=%00&project=..&expand=a,b,,&fields=,&startAt=-5&maxResults=99999999',
  'cursor=%%%&limit=-1&sort=x&body-format=x&status=x&id=x&version=-1&depth=x&title=%00&cql=a%20~%20%22*%22',
  'cql=(((((((((&jql=((((((&nextPageToken=%00&validation=x&globalId=%00&orderBy=-x&keys=&ids=&limit=1e9',
]

const segments = ['ALPHA-13', '99456', '../x', '%00', '-', '9'.repeat(40), '%E0%A4%A']

test('whatever is sent is answered, and with nothing that a server should be ashamed of', async () => {
  const { simulator, jira, wiki } = stage({ strict: false })
  const asks = { jira: jira('maya'), wiki: wiki('maya') }
  const broken: string[] = []
  for (const { method, path, served } of simulator.coverage().rows) {
    if (!served) continue
    const ask = path.startsWith('/wiki/') ? asks.wiki : asks.jira
    const attempts = [
      ...segments.map((segment): [string, Asked] => [path.replaceAll(/\{[^}]+\}/g, segment), { method }]),
      ...parameters.map((query): [string, Asked] => [
        `${path.replaceAll(/\{[^}]+\}/g, path.startsWith('/wiki/') ? '99456' : 'ALPHA-13')}?${query}`,
        { method },
      ]),
      ...(method === 'GET' || method === 'DELETE' ? [] : bodies).map((asked): [string, Asked] => [
        path.replaceAll(/\{[^}]+\}/g, path.startsWith('/wiki/') ? '99456' : 'ALPHA-13'),
        { ...asked, method },
      ]),
    ]
    for (const [address, asked] of attempts) {
      const outcome = await ask(address, asked).then(
        ({ status }) => status,
        (error: unknown) => String(error),
      )
      if (typeof outcome === 'string' || outcome >= 500) broken.push(`${method} ${address} ${outcome}`)
    }
  }
  expect(broken).toEqual([])
})

test('nesting without end is refused quickly', async () => {
  const { status } = await stage().jira('maya')('/rest/api/3/search/jql', {
    query: { jql: '('.repeat(2000) },
  })
  expect(status).toBe(400)
})
