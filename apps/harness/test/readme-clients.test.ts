import { readFileSync } from 'node:fs'

import { confluenceUrls, createConfluence } from '@telamon/confluence'
import { getPageAncestors } from '@telamon/confluence/operations'
import { createJira, field, jiraUrls } from '@telamon/jira'
import {
  getIssue,
  getProjectVersionsPaginated,
  searchAndReconsileIssuesUsingJql,
} from '@telamon/jira/operations'
import { cql, jql } from '@telamon/query'
import { atlassianRules, createLimiter } from '@telamon/rate-limiter'
import { basicAuth, createRest, isAtlassianError, limitWith, oauth } from '@telamon/rest'
import { createSimulator } from '@telamon/simulator'
import { expect, test } from 'vitest'

/** What stands around the examples: the simulator in place of Atlassian, Maya's credentials, and what was printed. */
function around() {
  const simulator = createSimulator()
  const maya = simulator.people.find(({ id }) => id === 'maya')
  const [cloudId = ''] = simulator.world.sites.keys()
  const lines: string[] = []
  return {
    options: { fetch: simulator.fetch },
    email: maya?.email ?? '',
    apiToken: maya?.apiToken ?? '',
    cloudId,
    accessToken: () => simulator.tokenFor('maya'),
    lines,
    print: (...values: readonly unknown[]): void => void lines.push(values.join(' ')),
  }
}

test('the examples of @telamon/rest run against the simulator', async () => {
  const { options, email, apiToken, lines, print } = around()
  // #region rest
  const rest = createRest({
    auth: basicAuth({ site: 'https://brightwater-demo.atlassian.net', email, apiToken }),
    ...options,
  })
  const issue = await rest.call(getIssue, {
    path: { issueIdOrKey: 'ALPHA-7' },
    query: { fields: ['summary'] },
  })
  print(issue.key, issue.fields?.['summary'])

  const query = { jql: 'project = ALPHA ORDER BY created', fields: ['summary'] }
  for await (const { key } of rest.items(searchAndReconsileIssuesUsingJql, { query }, { limit: 20 })) {
    print(key)
  }
  // #endregion
  expect(lines.splice(0)).toHaveLength(21)
  // #region rest
  try {
    await rest.call(getIssue, { path: { issueIdOrKey: 'ALPHA-9999' } })
  } catch (error) {
    if (isAtlassianError(error, 'rate_limited')) print(error.retryAfterMs, error.reason)
    else if (isAtlassianError(error, 'insufficient_scope')) print(error.missingScopes)
    else if (isAtlassianError(error)) print(error.code, error.status, error.outcome)
    else throw error
  }
  // #endregion
  expect(lines.splice(0)).toEqual(['not_found 404 not_executed'])
  // #region rest
  const careful = createRest({
    auth: basicAuth({ site: 'https://brightwater-demo.atlassian.net', email, apiToken }),
    hooks: limitWith(createLimiter({ rules: atlassianRules() })),
    observe: (event) => print(event.type, event.operationId),
    ...options,
  })
  await careful.raw('GET', '/rest/api/3/serverInfo')
  // #endregion
  expect(lines).toEqual(['attempt raw', 'call raw'])
})

test('the examples of @telamon/jira run against the simulator', async () => {
  const { options, email, apiToken, lines, print } = around()
  const words = 'berth'
  // #region jira
  const jira = createJira({
    auth: basicAuth({ site: 'https://brightwater-demo.atlassian.net', email, apiToken }),
    fields: { storyPoints: field.number('customfield_10016') },
    ...options,
  })
  const issue = await jira.issues.get('ALPHA-7', {
    fields: ['summary', 'storyPoints'],
    expand: ['changelog'],
  })
  print(issue.fields.summary, issue.fields.storyPoints ?? 0, issue.changelog.histories?.length)
  // issue.fields.assignee does not compile: it was not asked for
  // #endregion
  expect(lines.splice(0)).toMatchInlineSnapshot(`
    [
      "Two guests can book the same berth at the same moment 0 4",
    ]
  `)
  // #region jira
  const query = jql`project = ${'ALPHA'} AND summary ~ ${words} ORDER BY updated DESC`
  for await (const { key, fields } of jira.search(query, { fields: ['summary'], limit: 250 })) {
    print(jiraUrls('https://brightwater-demo.atlassian.net').issue(key), fields.summary)
  }
  const { items, cursor } = await jira.search(query, { fields: ['summary'] }).page({ size: 2 })
  print(items.length, cursor === undefined ? 'all' : 'more')
  // #endregion
  expect(lines.splice(0)).toMatchInlineSnapshot(`
    [
      "https://brightwater-demo.atlassian.net/browse/ALPHA-6 Confirmation e-mail with a berth map",
      "https://brightwater-demo.atlassian.net/browse/ALPHA-26 Cancelled bookings still block the berth",
      "https://brightwater-demo.atlassian.net/browse/ALPHA-7 Two guests can book the same berth at the same moment",
      "https://brightwater-demo.atlassian.net/browse/ALPHA-14 Load the Lakeside berth plan",
      "https://brightwater-demo.atlassian.net/browse/ALPHA-5 Reserve a berth and pay a deposit",
      "https://brightwater-demo.atlassian.net/browse/ALPHA-25 Free the berth when the payment page is closed",
      "https://brightwater-demo.atlassian.net/browse/ALPHA-19 Berth map is unreadable on small phones",
      "https://brightwater-demo.atlassian.net/browse/ALPHA-13 Search ignores berths shorter than six metres",
      "https://brightwater-demo.atlassian.net/browse/ALPHA-4 Search free berths by length and date",
      "https://brightwater-demo.atlassian.net/browse/ALPHA-11 Move a booking to another berth",
      "https://brightwater-demo.atlassian.net/browse/ALPHA-1 Guests can book a berth online",
      "2 more",
    ]
  `)
  // #region jira
  const { key } = await jira.issues.create({
    project: 'ALPHA',
    issuetype: 'Story',
    summary: 'Redesign onboarding',
  })
  await jira.issues.transition(key, { to: 'In Progress' })
  try {
    await jira.issues.edit(key, { summary: 'x'.repeat(300) })
  } catch (error) {
    if (isAtlassianError(error, 'invalid_request')) print(Object.keys(error.fieldErrors))
    else throw error
  }
  // #endregion
  expect(lines.splice(0)).toEqual(['summary'])
  const { fields: written } = await jira.issues.get(key, { fields: ['summary', 'status'] })
  expect([written.summary, written.status.name]).toEqual(['Redesign onboarding', 'In Progress'])
  // #region jira
  const { values } = await jira.call(getProjectVersionsPaginated, { path: { projectIdOrKey: 'ALPHA' } })
  print(values.map(({ name }) => name))
  print(getProjectVersionsPaginated.scopes.classic)
  // #endregion
  expect(lines).toMatchInlineSnapshot(`
    [
      "Alpha 0.8,Alpha 0.9,Alpha 1.0",
      "read:jira-work",
    ]
  `)
})

test('the examples of @telamon/confluence run against the simulator', async () => {
  const { options, cloudId, accessToken, lines, print } = around()
  const words = 'pilot'
  // #region confluence
  const wiki = createConfluence({
    auth: oauth({ cloudId, token: accessToken }),
    ...options,
  })
  const page = await wiki.pages.get('99264', { body: 'atlas_doc_format', include: ['labels'] })
  print(
    page.title,
    page.body.content.length,
    page.labels.map(({ name }) => name),
  )
  await wiki.pages.update('99264', { from: page, body: page.body, message: 'updated by an agent' })
  try {
    await wiki.pages.update('99264', { from: page, body: page.body, title: 'Overtaken' })
  } catch (error) {
    if (isAtlassianError(error, 'conflict')) print('Somebody was faster: read it again.')
    else throw error
  }
  // #endregion
  expect(lines.splice(0)).toMatchInlineSnapshot(`
    [
      "Q2 Planning 15 planning,q2",
      "Somebody was faster: read it again.",
    ]
  `)
  // #region confluence
  const { at } = confluenceUrls('https://brightwater-demo.atlassian.net')
  const query = cql`space = ${'PROD'} AND type = page AND text ~ ${words}`
  for await (const hit of wiki.search(query, { limit: 3 })) {
    print(hit.title, at(hit.path))
  }
  // #endregion
  expect(lines.splice(0)).toMatchInlineSnapshot(`
    [
      "Q2 Planning https://brightwater-demo.atlassian.net/wiki/spaces/PROD/pages/99264/Q2+Planning",
      "Q2 Planning: budget and headcount https://brightwater-demo.atlassian.net/wiki/spaces/PROD/pages/99360/Q2+Planning%3A+budget+and+headcount",
      "Release Plan https://brightwater-demo.atlassian.net/wiki/spaces/PROD/pages/99456/Release+Plan",
    ]
  `)
  // #region confluence
  await wiki.labels.add('99264', ['planning'])
  await wiki.comments.footer.add({ pageId: '99264' }, { storage: '<p>See the notes.</p>' })
  for await (const { body } of wiki.comments.footer.list({ pageId: '99264' }, { body: 'storage' })) {
    print(body)
  }
  for await (const { number, message } of wiki.versions.list({ pageId: '99264' })) print(number, message)
  // #endregion
  expect(lines.splice(0)).toMatchInlineSnapshot(`
    [
      "<p>What counts as <em>proven</em>? I would say: 10,000 tries with 50 browsers, and not one double booking.</p>",
      "<p>Agreed. I can have the constraint ready by <time datetime="2026-11-27" />.</p>",
      "<p>See the notes.</p>",
      "3 updated by an agent",
      "2 Agreed in the meeting",
      "1 ",
    ]
  `)
  // #region confluence
  const { results } = await wiki.call(getPageAncestors, { path: { id: '99264' } })
  print(results?.map(({ type }) => type))
  print(getPageAncestors.scopes.granular)
  // #endregion
  expect(lines).toMatchInlineSnapshot(`
    [
      "page",
      "read:content.metadata:confluence",
    ]
  `)
})

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

test.each(['rest', 'jira', 'confluence'])(
  'the README of @telamon/%s has the examples above and no others',
  (name) => {
    const source = read('readme-clients.test.ts')
    const regions = [
      ...source.matchAll(new RegExp(`^ {2}// #region ${name}\\n([\\s\\S]*?)^ {2}// #endregion`, 'gm')),
    ]
    const code = regions.map(([, body = '']) =>
      body.replaceAll(/^ {2}/gm, '').replace(/^ {2}\.\.\.options,\n/m, ''),
    )
    const fences = [...read(`../../../packages/${name}/README.md`).matchAll(/```ts\n([\s\S]*?)```/g)]
    const plain = fences.map(([, body = '']) =>
      body.replaceAll(/^import .*\n+/gm, '').replaceAll('console.log(', 'print('),
    )
    expect(plain).toEqual(code)
    expect(plain.length).toBeGreaterThanOrEqual(3)
  },
)
