import { expect, test } from 'vitest'

import { type Ask, type Json, stage } from './support.ts'

const path = '/rest/api/3/search/jql'

const keys = async (ask: Ask, jql: string): Promise<readonly string[]> => {
  const { body } = await ask(path, { query: { jql, fields: 'summary', maxResults: 100 } })
  return body.issues.map(({ key }: Json) => key)
}

const openBugs = 'project = Alpha AND issuetype = Bug AND statusCategory != Done'

test('the open bugs of a project are found', async () => {
  const found = await keys(stage().jira('priya'), `${openBugs} ORDER BY key`)
  expect(found).toEqual([
    'ALPHA-7',
    'ALPHA-8',
    'ALPHA-13',
    'ALPHA-15',
    'ALPHA-17',
    'ALPHA-23',
    'ALPHA-26',
    'ALPHA-30',
  ])
})

test('a page has issues and the way to the next, and no total', async () => {
  const ask = stage().jira('priya')
  const first = await ask(path, { query: { jql: `${openBugs} ORDER BY key`, maxResults: 5 } })
  expect(Object.keys(first.body)).toEqual(['issues', 'nextPageToken', 'isLast'])
  expect(first.body.isLast).toBe(false)
  const { nextPageToken } = first.body
  const second = await ask(path, { query: { jql: `${openBugs} ORDER BY key`, maxResults: 5, nextPageToken } })
  expect(Object.keys(second.body)).toEqual(['issues', 'isLast'])
  expect(second.body.isLast).toBe(true)
  const ids = [...first.body.issues, ...second.body.issues].map(({ id }: Json) => id)
  expect(new Set(ids).size).toBe(8)
})

test('only the id is shown unless fields are asked for', async () => {
  const ask = stage().jira('maya')
  const byQuery = await ask(path, { query: { jql: 'key = ALPHA-1' } })
  expect(byQuery.body.issues).toEqual([{ id: '10000' }])
  const byBody = await ask(path, { method: 'POST', body: { jql: 'key = ALPHA-1', fields: ['summary'] } })
  expect(byBody.body.issues[0]).toMatchObject({
    key: 'ALPHA-1',
    fields: { summary: 'Guests can book a berth online' },
  })
})

test('a page token holds for its query and its caller', async () => {
  const { jira } = stage()
  const { body } = await jira('maya')(path, { query: { jql: 'project = ALPHA', maxResults: 2 } })
  const { nextPageToken } = body
  const again = (person: string, jql: string): Promise<Json> =>
    jira(person)(path, { query: { jql, nextPageToken } })
  expect((await again('maya', 'project = ALPHA')).status).toBe(200)
  for (const answer of [await again('maya', 'project = WEB'), await again('priya', 'project = ALPHA')]) {
    expect(answer.status).toBe(400)
    expect(answer.body.errorMessages).toEqual(['The provided next page token is invalid or expired.'])
  }
  const made = await jira('maya')(path, { query: { jql: 'project = ALPHA', nextPageToken: 'garbage' } })
  expect(made.status).toBe(400)
})

test.each([[0], [6000]])('a page of %i is refused', async (maxResults) => {
  const { status, body } = await stage().jira('maya')(path, { query: { jql: 'project = ALPHA', maxResults } })
  expect(status).toBe(400)
  expect(body.errorMessages).toEqual(['The max results parameter has to be between 1 and 5,000.'])
})

test('a body with a wrong type is refused without errors', async () => {
  const { status, body } = await stage().jira('maya')(path, {
    method: 'POST',
    body: { jql: 'project = ALPHA', maxResults: 'x' },
  })
  expect(status).toBe(400)
  expect(body).toEqual({
    errorMessages: ['Invalid request payload. Refer to the REST API documentation and try again.'],
  })
})

test.each([
  ['project = ALPHA AND', 'Error in the JQL Query: Expecting a field name at the end of the query.'],
  [
    'project = ALPHA AND (status = Open',
    "Error in the JQL Query: Expecting ')' before the end of the query.",
  ],
  [
    'project = PUB status',
    "Error in the JQL Query: Expecting either 'OR' or 'AND' but got 'status'. (line 1, character 15)",
  ],
  [
    'project =',
    'Error in JQL Query: Expecting either a value, list or function before the end of the query.',
  ],
  [
    'order by key',
    'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
  ],
  ['', 'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.'],
])('the query %j is refused in the words of the service', async (jql, sentence) => {
  const { status, body } = await stage().jira('maya')(path, { query: { jql } })
  expect(status).toBe(400)
  expect(body).toEqual({ errorMessages: [sentence], errors: {} })
})

const silent = [
  'colour = red',
  'status = "Zzqq"',
  'assignee = noSuchFunction()',
  'key = ALPHA-99999999',
  'project = NOPEZZQ',
  'text = "export"',
  'updated >= yesterday',
  'status is Open',
  'NOT colour = red',
]

test.each(silent.map((jql) => [jql]))('what is not there is found nowhere, in silence: %s', async (jql) => {
  const { status, body } = await stage().jira('maya')(path, { query: { jql } })
  expect(status).toBe(200)
  expect(body).toEqual({ issues: [], isLast: true })
})

test('with the switch, what is not there is refused with a sentence', async () => {
  const { simulator, jira } = stage()
  simulator.switches.jqlUnknown = 'error'
  const { status, body } = await jira('maya')(path, { query: { jql: 'colour = red' } })
  expect(status).toBe(400)
  expect(body.errorMessages).toEqual([
    "Field 'colour' does not exist or you do not have permission to view it.",
  ])
})

test('an unknown field to sort by is passed over', async () => {
  const found = await keys(stage().jira('priya'), `${openBugs} ORDER BY zzfield`)
  expect(found).toHaveLength(8)
})

test('what a person may not see is neither found nor counted', async () => {
  const { jira } = stage()
  const jql = 'text ~ alpha AND issuetype = Bug'
  expect(await keys(jira('jonas'), jql)).toContain('HIRE-4')
  expect(await keys(jira('priya'), jql)).not.toContain('HIRE-4')
  const count = async (person: string): Promise<number> =>
    (
      await jira(person)('/rest/api/3/search/approximate-count', {
        method: 'POST',
        body: { jql: 'key IS NOT EMPTY' },
      })
    ).body.count
  // HIRE has 4 issues, and QUAY 13.
  expect((await count('jonas')) - (await count('priya'))).toBe(17)
})

test('a hidden project is as unknown as one that is not there', async () => {
  const { jira } = stage()
  const parse = async (jql: string): Promise<string> => {
    const { body } = await jira('priya')('/rest/api/3/jql/parse?validation=strict', {
      method: 'POST',
      body: { queries: [jql] },
    })
    return body.queries[0].warnings[0]
  }
  expect(await parse('project = HIRE')).toBe("The value 'HIRE' does not exist for the field 'project'.")
  expect(await parse('project = NOPE')).toBe("The value 'NOPE' does not exist for the field 'project'.")
})

test.each([
  ['assignee = currentUser() AND project = ALPHA AND resolution = Unresolved', ['ALPHA-15', 'ALPHA-6']],
  ['assignee = "Maya Lindqvist" AND statusCategory != Done', ['ALPHA-18', 'ALPHA-31']],
  ['project = ALPHA AND status WAS "In Review" AND status != Done', ['ALPHA-15', 'ALPHA-6']],
  ['project = ALPHA AND status CHANGED FROM "To Do" TO Done', ['ALPHA-20', 'ALPHA-28', 'ALPHA-32']],
  ['priority = Highest', ['ALPHA-7']],
  ['priority > High', ['ALPHA-7']],
  ['labels = pilot-blocker AND resolution IS EMPTY', ['ALPHA-26', 'ALPHA-7', 'ALPHA-8']],
  ['parent = ALPHA-5', ['ALPHA-24', 'ALPHA-25']],
  ['issue in linkedIssues(ALPHA-7, blocks)', ['ALPHA-26', 'ALPHA-31']],
  ['text ~ "apostrophe"', ['ALPHA-21']],
  ['summary ~ "double booking"', ['ALPHA-28']],
  ['comment ~ idempotency', ['ALPHA-8']],
  ['"Story point estimate" >= 8', ['ALPHA-29', 'ALPHA-5']],
  ['Severity = "Looks wrong"', ['ALPHA-19']],
  ['Flagged = Impediment', ['ALPHA-26']],
  ['created >= -5d AND project = ALPHA', ['ALPHA-30']],
  ['due <= 2026-11-30 AND due >= startOfDay()', ['ALPHA-14', 'WEB-7']],
  ['fixVersion in releasedVersions() AND issuetype = Story', ['ALPHA-10', 'ALPHA-4']],
  ['watcher = currentUser() AND reporter != currentUser()', []],
  ['resolution = "Won\'t Do"', ['ALPHA-20']],
])('finds what is meant: %s', async (jql, expected) => {
  const found = await keys(stage().jira('priya'), jql)
  expect(found.toSorted()).toEqual(expected)
})

test('priority sorts by rank and not by name', async () => {
  const found = await keys(stage().jira('priya'), `${openBugs} ORDER BY priority DESC, key ASC`)
  expect(found.slice(0, 2)).toEqual(['ALPHA-7', 'ALPHA-8'])
  expect(found.at(-1)).toBe('ALPHA-23')
})

test('a caller without credentials finds what is public', async () => {
  const { body } = await stage().anonymous(path, { query: { jql: 'key IS NOT EMPTY', fields: 'project' } })
  const projects = body.issues.map(({ fields }: Json) => fields.project.key)
  expect(new Set(projects)).toEqual(new Set(['WEB']))
})

test('counting refuses a query without a restriction', async () => {
  const { status } = await stage().jira('maya')('/rest/api/3/search/approximate-count', {
    method: 'POST',
    body: { jql: 'order by key' },
  })
  expect(status).toBe(400)
})

test('queries are judged one by one, in the order asked', async () => {
  const { body } = await stage().jira('maya')('/rest/api/3/jql/parse?validation=strict', {
    method: 'POST',
    body: { queries: ['status = Done', 'summary = test', 'invalid query', 'project = INVALID'] },
  })
  const [good, operator, malformed, value] = body.queries
  expect(good.structure.where).toMatchObject({
    field: { name: 'status' },
    operator: '=',
    operand: { value: 'Done' },
  })
  expect(operator.errors).toEqual(["The operator '=' is not supported by the 'summary' field."])
  expect(malformed.errors[0]).toMatch(/^Error in the JQL Query: Expecting operator but got 'query'\./)
  expect(value).toEqual({
    query: 'project = INVALID',
    warnings: ["The value 'INVALID' does not exist for the field 'project'."],
  })
})

test('judged for its form alone, a query keeps its structure', async () => {
  const { body } = await stage().jira('maya')('/rest/api/3/jql/parse?validation=none', {
    method: 'POST',
    body: { queries: ['colour = red ORDER BY zz DESC'] },
  })
  expect(body.queries[0]).toMatchObject({
    structure: { where: { field: { name: 'colour' } }, orderBy: { fields: [{ direction: 'desc' }] } },
  })
})
