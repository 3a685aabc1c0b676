import { expect, test } from 'vitest'

import { jiraUrls } from '../src/index.ts'

test('addresses for people are made of the site’s address', () => {
  const urls = jiraUrls('https://example.atlassian.net')
  expect([
    urls.issue('DEMO-1'),
    urls.comment('DEMO-1', '10001'),
    urls.project('DEMO'),
    urls.board(3),
    urls.filter(10_001),
    urls.dashboard(10_000),
    urls.search('project = DEMO & x'),
  ]).toMatchInlineSnapshot(`
    [
      "https://example.atlassian.net/browse/DEMO-1",
      "https://example.atlassian.net/browse/DEMO-1?focusedCommentId=10001",
      "https://example.atlassian.net/browse/DEMO",
      "https://example.atlassian.net/secure/RapidBoard.jspa?rapidView=3",
      "https://example.atlassian.net/issues?filter=10001",
      "https://example.atlassian.net/jira/dashboards/10000",
      "https://example.atlassian.net/issues?jql=project+%3D+DEMO+%26+x",
    ]
  `)
})

test('what came from outside stays inside its segment', () => {
  expect(jiraUrls('https://example.atlassian.net/').issue('../admin?x#y')).toBe(
    'https://example.atlassian.net/browse/..%2Fadmin%3Fx%23y',
  )
})
