import { expect, test } from 'vitest'

import { type Ask, type Json, stage, words } from './support.ts'

const count = async (ask: Ask, jql: string): Promise<number> =>
  (await ask('/rest/api/3/search/approximate-count', { method: 'POST', body: { jql } })).body.count

test('an editor of queries is told of fields, operators, functions and reserved words', async () => {
  const ask = stage().jira('maya')
  const { body } = await ask('/rest/api/3/jql/autocompletedata')
  const status = body.visibleFieldNames.find(({ value }: Json) => value === 'status')
  expect(status).toMatchObject({ orderable: 'true', searchable: 'true', auto: 'true' })
  expect(status.operators).toContain('was')
  const custom = body.visibleFieldNames.find(({ cfid }: Json) => cfid === 'cf[10016]')
  expect(custom.operators).toContain('>=')
  expect(body.visibleFunctionNames).toContainEqual(
    expect.objectContaining({ value: 'membersOf()', isList: 'true' }),
  )
  expect(body.jqlReservedWords).toContain('select')
  const posted = await ask('/rest/api/3/jql/autocompletedata', {
    method: 'POST',
    body: { includeCollapsedFields: true },
  })
  expect(posted.body).toEqual(body)
})

test('values are suggested as they are typed, of what the caller sees', async () => {
  const { jira } = stage()
  const suggest = async (
    person: string,
    query: Readonly<Record<string, string>>,
  ): Promise<readonly string[]> =>
    (await jira(person)('/rest/api/3/jql/autocompletedata/suggestions', { query })).body.results.map(
      ({ value }: Json) => value,
    )
  expect(await suggest('maya', { fieldName: 'priority', fieldValue: 'high' })).toEqual(['Highest', 'High'])
  expect(await suggest('maya', { fieldName: 'assignee', fieldValue: 'priya' })).toHaveLength(1)
  expect(await suggest('priya', { fieldName: 'project' })).not.toContain('HIRE')
  expect(await suggest('grace', { fieldName: 'project' })).toContain('HIRE')
  const by = { fieldName: 'status', predicateName: 'by', predicateValue: 'sam' }
  expect(await suggest('maya', by)).toHaveLength(1)
  const wrong = await jira('maya')('/rest/api/3/jql/autocompletedata/suggestions?fieldName=universe')
  expect(wrong.status).toBe(400)
})

test('queries are matched against some issues, one by one', async () => {
  const ask = stage().jira('priya')
  const { body } = await ask('/rest/api/3/jql/match', {
    method: 'POST',
    body: { issueIds: [10_000, 10_004, 1], jqls: ['key = ALPHA-5', 'project =', 'project = ALPHA'] },
  })
  expect(body.matches.map(({ matchedIssues }: Json) => matchedIssues)).toEqual([
    [10_004],
    [],
    [10_000, 10_004],
  ])
  expect(body.matches[1].errors[0]).toContain('Expecting')
})

test('queries are made safe to be shown to somebody else', async () => {
  const { jira, simulator } = stage()
  const accountId = simulator.people.find(({ id }) => id === 'priya')?.accountId
  const { body: hire } = await jira('grace')('/rest/api/3/project/HIRE')
  const body = { queries: [{ query: 'project in (ALPHA, HIRE)', accountId }, { query: 'project =' }] }
  const answer = await jira('grace')('/rest/api/3/jql/sanitize', { method: 'POST', body })
  expect(answer.body.queries[0].sanitizedQuery).toBe(`project IN (ALPHA, ${hire.id})`)
  expect(answer.body.queries[1].errors.errorMessages[0]).toContain('Expecting')
  expect((await jira('priya')('/rest/api/3/jql/sanitize', { method: 'POST', body })).status).toBe(403)
})

test('old names of people in queries become account ids', async () => {
  const { jira, simulator } = stage()
  const accountId = simulator.people.find(({ id }) => id === 'priya')?.accountId
  const body = { queryStrings: ['assignee = priya AND project = ALPHA', 'reporter = currentUser()'] }
  const answer = await jira('maya')('/rest/api/3/jql/pdcleaner', { method: 'POST', body })
  expect(answer.body.queryStrings).toEqual([
    `assignee = "${accountId}" AND project = ALPHA`,
    'reporter = currentUser()',
  ])
})

test('functions know what people looked at, changed, lead and may do', async () => {
  const { jira, simulator } = stage()
  const ask = jira('jonas')
  expect(await count(ask, 'issue in issueHistory()')).toBe(0)
  await ask('/rest/api/3/issue/ALPHA-5?updateHistory=true')
  expect(await count(ask, 'issue in issueHistory()')).toBe(1)
  expect(await count(ask, 'lastViewed >= startOfDay()')).toBe(1)
  simulator.clock.advance(1000)
  await ask('/rest/api/3/issue/ALPHA-8/comment', { method: 'POST', body: { body: words('Seen') } })
  expect(await count(ask, 'issue in updatedBy("Jonas Weber", -1h)')).toBe(1)
  expect(await count(ask, 'issue in updatedBy("Jonas Weber")')).toBeGreaterThan(1)
  expect(await count(ask, 'issue in updatedBy("Nobody")')).toBe(0)
  expect(await count(ask, 'project in projectsWhereUserHasPermission("Edit Issues")')).toBeGreaterThan(0)
  expect(await count(jira('sam'), 'project in projectsWhereUserHasPermission(DELETE_ISSUES)')).toBe(0)
  const leadAccountId = simulator.people.find(({ id }) => id === 'jonas')?.accountId
  const component = { name: 'Led', project: 'WEB', leadAccountId }
  await jira('maya')('/rest/api/3/component', { method: 'POST', body: component })
  await jira('maya')('/rest/api/3/issue/WEB-1', {
    method: 'PUT',
    body: { fields: { components: [{ name: 'Led' }] } },
  })
  expect(await count(ask, 'component in componentsLeadByUser()')).toBe(1)
  const link = { globalId: 'system=1', object: { url: 'https://example.org/', title: 'x' } }
  await ask('/rest/api/3/issue/ALPHA-8/remotelink', { method: 'POST', body: link })
  expect(await count(ask, 'issue in issuesWithRemoteLinksByGlobalId("system=1")')).toBe(1)
  await ask('/rest/api/3/issue/ALPHA-8/comment', { method: 'POST', body: { body: words('Later') } })
  expect(await count(ask, 'updated >= currentLogin()')).toBeGreaterThan(0)
})

test('fields of files, work and levels are searched', async () => {
  const { jira } = stage()
  const ask = jira('maya')
  const headers = { 'x-atlassian-token': 'no-check', 'content-type': 'multipart/form-data; boundary=b' }
  const raw = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nx\r\n--b--\r\n'
  await ask('/rest/api/3/issue/ALPHA-5/attachments', { method: 'POST', raw, headers })
  expect(await count(ask, 'attachments IS NOT EMPTY')).toBe(1)
  expect(await count(ask, 'workRatio > 0')).toBeGreaterThan(0)
  expect(await count(ask, 'level IS EMPTY AND key = ALPHA-5')).toBe(1)
})

const hook = { jqlFilter: 'project = ALPHA', events: ['jira:issue_created'] }

test('an app registers webhooks that end unless they are refreshed', async () => {
  const { jira, onSite, simulator } = stage()
  const ask = jira('maya')
  const body = { url: 'https://example.org/hook', webhooks: [hook, { ...hook, events: ['moon'] }] }
  expect((await onSite('maya')('/rest/api/3/webhook', { method: 'POST', body })).status).toBe(403)
  const made = await ask('/rest/api/3/webhook', { method: 'POST', body })
  const [first, second] = made.body.webhookRegistrationResult
  expect(second.errors).toEqual(["The event 'moon' is not known."])
  const { body: all } = await ask('/rest/api/3/webhook')
  expect(all.values).toMatchObject([{ id: first.createdWebhookId, jqlFilter: 'project = ALPHA' }])
  simulator.clock.advance(29 * 24 * 3_600_000)
  const later = jira('maya')
  const ids = { webhookIds: [first.createdWebhookId] }
  const refreshed = await later('/rest/api/3/webhook/refresh', { method: 'PUT', body: ids })
  expect(refreshed.body.expirationDate).toBeGreaterThan(all.values[0].expirationDate)
  expect((await later('/rest/api/3/webhook', { method: 'DELETE', body: ids })).status).toBe(202)
  expect((await later('/rest/api/3/webhook')).body.values).toEqual([])
  const insecure = { ...body, url: 'http://example.org/' }
  expect((await later('/rest/api/3/webhook', { method: 'POST', body: insecure })).status).toBe(400)
})
