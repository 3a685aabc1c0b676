import { jql } from '@telamon/query'
import { json } from '@telamon/rest/testing'
import { describe, expect, test } from 'vitest'

import { field } from '../src/index.ts'
import { asked, scripted, scriptedWith } from './client.ts'

const issue = (number: number, fields: object = {}): object => ({
  id: String(number),
  key: `DEMO-${number}`,
  self: `https://api.atlassian.com/ex/jira/1/rest/api/3/issue/${number}`,
  fields,
})

describe('searching', () => {
  test('reads page after page, and no further than the limit', async () => {
    const { jira, upstream } = scripted(
      json({ issues: [issue(1), issue(2)], nextPageToken: 'next' }),
      json({ issues: [issue(3), issue(4)], nextPageToken: 'more' }),
    )
    const keys: string[] = []
    for await (const { key } of jira.search('project = DEMO', { fields: ['summary'], limit: 3 }))
      keys.push(key)
    expect(keys).toEqual(['DEMO-1', 'DEMO-2', 'DEMO-3'])
    expect(asked(upstream)).toEqual([
      'GET /rest/api/3/search/jql?jql=project = DEMO&fields=summary&maxResults=3',
      'GET /rest/api/3/search/jql?jql=project = DEMO&fields=summary&maxResults=3&nextPageToken=next',
    ])
  })

  test('a page hands on a cursor, with which another client goes on', async () => {
    const first = scripted(json({ issues: [issue(1)], nextPageToken: 'next' }))
    const { items, cursor } = await first.jira.search('project = DEMO').page({ size: 1 })
    expect(items.map(({ key }) => key)).toEqual(['DEMO-1'])
    const second = scripted(json({ issues: [issue(2)], isLast: true }))
    const last = await second.jira
      .search('project = DEMO')
      .page({ size: 1, ...(cursor !== undefined && { cursor }) })
    expect(last.cursor).toBeUndefined()
    expect(second.upstream.requests[0]?.url.searchParams.get('nextPageToken')).toBe('next')
  })

  test('asks for the navigable fields when none are named, since Jira would give ids alone', async () => {
    const { jira, upstream } = scripted(json({ issues: [], isLast: true }))
    await jira.search('project = DEMO').page()
    expect(upstream.requests[0]?.url.searchParams.getAll('fields')).toEqual(['*navigable'])
  })

  test('custom fields come by name', async () => {
    const { jira } = scriptedWith(
      { storyPoints: field.number('customfield_10016') },
      json({ issues: [issue(1, { customfield_10016: 3 })], isLast: true }),
    )
    const { items } = await jira.search('project = DEMO', { fields: ['storyPoints'] }).page()
    expect(items[0]?.fields).toEqual({ storyPoints: 3 })
  })

  test('a query of the template goes as its text; a long one goes as a body', async () => {
    const { jira, upstream } = scripted(
      json({ issues: [], isLast: true }),
      json({ issues: [], isLast: true }),
    )
    await jira.search(jql`summary ~ ${'a "quoted" word'}`).page({ size: 5 })
    await jira.search(`summary ~ "${'x'.repeat(2000)}"`).page({ size: 5 })
    expect(upstream.requests[0]?.url.searchParams.get('jql')).toBe(String.raw`summary ~ "a \"quoted\" word"`)
    expect(upstream.requests[1]).toMatchObject({
      method: 'POST',
      json: { maxResults: 5, fields: ['*navigable'] },
    })
  })

  test('counting, parsing and matching', async () => {
    const { jira, upstream } = scripted(
      json({ count: 153 }),
      json({ queries: [{ query: 'x = 1', errors: ['Field x does not exist.'] }] }),
      json({ matches: [{ matchedIssues: [10001], errors: [] }] }),
    )
    expect(await jira.count('project = DEMO')).toBe(153)
    expect(await jira.jql.parse(['x = 1'])).toMatchObject([{ query: 'x = 1' }])
    expect(await jira.jql.match([10001], ['project = DEMO'])).toEqual([
      { matchedIssues: [10001], errors: [] },
    ])
    expect(asked(upstream)).toMatchInlineSnapshot(`
      [
        "POST /rest/api/3/search/approximate-count {"jql":"project = DEMO"}",
        "POST /rest/api/3/jql/parse?validation=strict {"queries":["x = 1"]}",
        "POST /rest/api/3/jql/match {"issueIds":[10001],"jqls":["project = DEMO"]}",
      ]
    `)
  })
})
