import { readFileSync } from 'node:fs'

import { jql } from '@telamon/query'
import { basicAuth, isAtlassianError } from '@telamon/rest'
import { createSkippingClock, createUpstream, json, reply } from '@telamon/rest/testing'
import type { Step } from '@telamon/rest/testing'
import { expect, test } from 'vitest'

import { createJira, field, jiraUrls } from '../src/index.ts'
import { getAllIssueTypeSchemes } from '../src/operations.ts'

const self = 'https://example.atlassian.net/rest/api/3/issue/10001'
const lines: unknown[] = []
const print = (...values: readonly unknown[]): void => {
  lines.push(values.join(' '))
}

/** What stands around the examples: credentials, and an upstream in place of `fetch`. */
function around(...steps: readonly Step[]) {
  lines.length = 0
  const { fetch, requests } = createUpstream(...steps)
  return {
    options: { fetch, ...createSkippingClock() },
    requests,
    email: 'ada@example.com',
    apiToken: 'secret',
  }
}

const found = (key: string): object => ({ id: '1', key, self, fields: { summary: 'Redesign' } })

test('one issue, typed by what was asked for', async () => {
  const { options, email, apiToken } = around(
    json({
      id: '10001',
      key: 'DEMO-1',
      self,
      fields: { summary: 'Redesign', customfield_10016: 5 },
      changelog: { histories: [] },
    }),
  )
  // #region issue
  const jira = createJira({
    auth: basicAuth({ site: 'https://example.atlassian.net', email, apiToken }),
    fields: { storyPoints: field.number('customfield_10016') },
    ...options,
  })
  const issue = await jira.issues.get('DEMO-1', { fields: ['summary', 'storyPoints'], expand: ['changelog'] })
  print(issue.fields.summary, issue.fields.storyPoints ?? 0, issue.changelog.histories?.length)
  // issue.fields.assignee does not compile: it was not asked for
  // #endregion
  expect(lines).toEqual(['Redesign 5 0'])
})

test('a search, to its end or page by page', async () => {
  const { options, email, apiToken } = around(
    json({ issues: [found('DEMO-1')], nextPageToken: 'next' }),
    json({ issues: [found('DEMO-2')], isLast: true }),
    json({ issues: [found('DEMO-1')], nextPageToken: 'next' }),
  )
  const jira = createJira({
    auth: basicAuth({ site: 'https://example.atlassian.net', email, apiToken }),
    ...options,
  })
  const words = 'onboarding'
  // #region search
  const query = jql`project = ${'DEMO'} AND summary ~ ${words} ORDER BY updated DESC`
  for await (const { key, fields } of jira.search(query, { fields: ['summary'], limit: 250 })) {
    print(jiraUrls('https://example.atlassian.net').issue(key), fields.summary)
  }
  const { items, cursor } = await jira.search(query, { fields: ['summary'] }).page({ size: 50 })
  print(items.length, cursor === undefined ? 'all' : 'more')
  // #endregion
  expect(lines).toEqual([
    'https://example.atlassian.net/browse/DEMO-1 Redesign',
    'https://example.atlassian.net/browse/DEMO-2 Redesign',
    '1 more',
  ])
})

test('writing, and what can go wrong', async () => {
  const { options, requests, email, apiToken } = around(
    json({ id: '10002', key: 'DEMO-2', self }, { status: 201 }),
    json({ transitions: [{ id: '31', name: 'Finish', to: { id: '5', name: 'Done', self } }] }),
    reply(204),
    json({ errorMessages: [], errors: { summary: 'Too long' } }, { status: 400 }),
  )
  const jira = createJira({
    auth: basicAuth({ site: 'https://example.atlassian.net', email, apiToken }),
    ...options,
  })
  // #region write
  const { key } = await jira.issues.create({
    project: 'DEMO',
    issuetype: 'Story',
    summary: 'Redesign onboarding',
  })
  await jira.issues.transition(key, { to: 'Done' })
  try {
    await jira.issues.edit(key, { summary: 'x'.repeat(300) })
  } catch (error) {
    if (isAtlassianError(error, 'invalid_request')) print(Object.entries(error.fieldErrors).flat())
    else throw error
  }
  // #endregion
  expect(lines).toEqual(['summary,Too long'])
  expect(requests).toHaveLength(4)
})

test('the generated layer', async () => {
  const { options, email, apiToken } = around(json({ values: [{ id: '1', name: 'Default' }], isLast: true }))
  const jira = createJira({
    auth: basicAuth({ site: 'https://example.atlassian.net', email, apiToken }),
    ...options,
  })
  // #region operations
  const { values } = await jira.call(getAllIssueTypeSchemes, { query: { maxResults: 50 } })
  print(values.map(({ name }) => name))
  print(getAllIssueTypeSchemes.scopes.classic)
  // #endregion
  expect(lines).toEqual(['Default', 'manage:jira-configuration'])
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
