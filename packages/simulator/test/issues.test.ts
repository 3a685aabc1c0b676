import { expect, test } from 'vitest'

import { brightwater, type Json, stage, words } from './support.ts'

const issue = '/rest/api/3/issue'

test('an issue shows its fields as the service does', async () => {
  const { status, body } = await stage().jira('maya')(`${issue}/ALPHA-7`)
  expect(status).toBe(200)
  expect(Object.keys(body)).toEqual(['expand', 'id', 'self', 'key', 'fields'])
  expect(body.expand).toBe(
    'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations',
  )
  const { fields } = body
  expect(fields.summary).toBe('Two guests can book the same berth at the same moment')
  expect(fields.description.type).toBe('doc')
  expect(fields.status.statusCategory).toMatchObject({ id: 4, key: 'indeterminate', colorName: 'yellow' })
  expect(fields.issuetype).toMatchObject({ name: 'Bug', subtask: false, hierarchyLevel: 0 })
  expect(fields.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d{4}$/)
  expect(fields).toMatchObject({
    workratio: -1,
    resolution: null,
    components: [{ name: 'Booking' }],
    environment: null,
  })
  expect(fields.assignee).toMatchObject({
    displayName: 'Jonas Weber',
    timeZone: 'Europe/Berlin',
    accountType: 'atlassian',
  })
  expect(fields.watches).toMatchObject({ watchCount: 3, isWatching: true })
  expect(fields.issuerestriction).toEqual({ issuerestrictions: {}, shouldDisplay: true })
  expect(fields.customfield_10019).toMatch(/^0\|i/)
})

test('times are in the time zone of the caller', async () => {
  const { jira } = stage()
  const created = async (person: string): Promise<string> =>
    (await jira(person)(`${issue}/ALPHA-1?fields=created`)).body.fields.created
  expect(await created('maya')).toBe('2026-08-27T09:10:00.000+0200')
  expect(await created('sam')).toBe('2026-08-27T03:10:00.000-0400')
})

test('an issue answers to its id and to its key in any case', async () => {
  const ask = stage().jira('maya')
  expect((await ask(`${issue}/alpha-1?fields=summary`)).body.key).toBe('ALPHA-1')
  expect((await ask(`${issue}/10000?fields=summary`)).body.key).toBe('ALPHA-1')
})

test.each([['ALPHA-9999'], ['NOPE-1'], ['HIRE-2']])(
  '%s is not there for somebody who may not see it',
  async (key) => {
    const { status, body } = await stage().jira('priya')(`${issue}/${key}`)
    expect(status).toBe(404)
    expect(body).toEqual({
      errorMessages: ['Issue does not exist or you do not have permission to see it.'],
      errors: {},
    })
  },
)

test('a private project is there for its members', async () => {
  expect((await stage().jira('jonas')(`${issue}/HIRE-2`)).status).toBe(200)
})

test('fields can be chosen, left out, and reduced to the id', async () => {
  const ask = stage().jira('maya')
  const names = async (fields: string): Promise<readonly string[]> =>
    Object.keys((await ask(`${issue}/ALPHA-1?fields=${fields}`)).body.fields ?? {})
  expect(await names('summary,status')).toEqual(['status', 'summary'])
  expect(await names('*all,-comment')).not.toContain('comment')
  expect(await names('*navigable')).not.toContain('comment')
  expect((await ask(`${issue}/ALPHA-1?fields=id`)).body).toEqual({ id: '10000' })
})

test('an issue can be expanded by names, schema, rendered fields, transitions, metadata and its past', async () => {
  const expand = 'names,schema,renderedFields,transitions,editmeta,changelog'
  const { body } = await stage().jira('maya')(`${issue}/ALPHA-7?expand=${expand}`)
  expect(body.names.duedate).toBe('Due date')
  expect(body.schema.labels).toEqual({ type: 'array', items: 'string', system: 'labels' })
  expect(body.renderedFields.description).toContain('<li>')
  expect(body.transitions.map(({ name }: Json) => name)).toEqual([
    'To Do',
    'In Progress',
    'In Review',
    'Done',
  ])
  expect(body.editmeta.fields.summary).toMatchObject({ required: true, operations: ['set'] })
  expect(body.changelog).toMatchObject({ startAt: 0, total: body.changelog.histories.length })
  const [newest, ...older] = body.changelog.histories
  for (const { id } of older) expect(Number(id)).toBeLessThan(Number(newest.id))
})

test('a comment for a role is hidden from everybody else', async () => {
  const { jira } = stage()
  const count = async (person: string): Promise<number> =>
    (await jira(person)(`${issue}/ALPHA-7?fields=comment`)).body.fields.comment.total
  expect(await count('maya')).toBe(3)
  expect(await count('priya')).toBe(2)
})

test('a story can be made', async () => {
  const ask = stage().jira('maya')
  const fields = {
    project: { key: 'ALPHA' },
    issuetype: { name: 'Story' },
    summary: 'Redesign onboarding',
    description: words('Three choices in place of eleven.'),
    priority: { name: 'High' },
    labels: ['onboarding'],
    parent: { key: 'ALPHA-2' },
    duedate: '2027-01-15',
    customfield_10016: 5,
  }
  const { status, body, headers } = await ask(issue, { method: 'POST', body: { fields } })
  expect(status).toBe(201)
  expect(body).toEqual({
    id: expect.stringMatching(/^\d+$/),
    key: 'ALPHA-35',
    self: `https://api.atlassian.com/ex/jira/${brightwater}/rest/api/3/issue/${body.id}`,
  })
  expect(headers.get('location')).toBeNull()
  const { body: made } = await ask(`${issue}/ALPHA-35`)
  expect(made.fields).toMatchObject({
    summary: 'Redesign onboarding',
    status: { name: 'To Do' },
    priority: { name: 'High' },
    labels: ['onboarding'],
    parent: { key: 'ALPHA-2' },
    duedate: '2027-01-15',
    customfield_10016: 5,
    reporter: { displayName: 'Maya Lindqvist' },
    watches: { watchCount: 1, isWatching: true },
  })
})

test('making an issue complains in the recorded order and words', async () => {
  const ask = stage().jira('maya')
  const make = (asked: { readonly body?: unknown; readonly raw?: string }): Promise<Json> =>
    ask(issue, { method: 'POST', ...asked })
  const empty = await make({})
  expect(empty.status).toBe(400)
  expect(empty.body).toEqual({ errorMessages: ['No Issue Create payload supplied'], errors: {} })
  const unreadable = await make({ raw: 'not json' })
  expect(unreadable.body).toEqual({
    errorMessages: ['There was an error parsing JSON. Check that your request body is valid.'],
  })
  expect(unreadable.headers.get('cache-control')).toBe('no-store, no-cache')
  const noProject = await make({ body: { fields: {} } })
  expect(noProject.body).toEqual({
    errorMessages: [],
    errors: { project: 'Specify a valid project ID or key' },
  })
  const noType = await make({ body: { fields: { project: { key: 'ALPHA' } } } })
  expect(noType.body).toEqual({ errorMessages: [], errors: { issuetype: 'Specify an issue type' } })
  const noSummary = await make({
    body: { fields: { project: { key: 'ALPHA' }, issuetype: { name: 'Bug' } } },
  })
  expect(noSummary.body.errors.summary).toBe('You must specify a summary of the issue.')
})

test('a hidden project cannot be told from one that is not there when making an issue', async () => {
  const ask = stage().jira('priya')
  const make = async (key: string): Promise<Json> =>
    (await ask(issue, { method: 'POST', body: { fields: { project: { key } } } })).body
  expect(await make('HIRE')).toEqual(await make('NOPE'))
})

test('who may only read cannot make issues', async () => {
  const fields = { project: { key: 'ALPHA' }, issuetype: { name: 'Story' }, summary: 'Mine' }
  const { status, body } = await stage().jira('sam')(issue, { method: 'POST', body: { fields } })
  expect(status).toBe(400)
  expect(body.errors.project).toContain('permission to create issues')
})

test('all wrong fields are named at once, and nothing is made', async () => {
  const { jira, simulator } = stage()
  const before = [...simulator.world.sites.values()][0]?.jira.issues.size
  const fields = {
    project: { key: 'ALPHA' },
    issuetype: { name: 'Bug' },
    summary: 'x'.repeat(300),
    labels: ['two words'],
    duedate: 'soon',
    colour: 'red',
    description: 'plain text',
  }
  const { status, body } = await jira('maya')(issue, { method: 'POST', body: { fields } })
  expect(status).toBe(400)
  expect(Object.keys(body.errors).toSorted()).toEqual([
    'colour',
    'description',
    'duedate',
    'labels',
    'summary',
  ])
  expect(body.errors.colour).toBe(
    "Field 'colour' cannot be set. It is not on the appropriate screen, or unknown.",
  )
  expect(body.errors.description).toContain('Atlassian Document')
  expect([...simulator.world.sites.values()][0]?.jira.issues.size).toBe(before)
})

test('an edit changes fields and leaves a trace in the changelog', async () => {
  const ask = stage().jira('maya')
  const { status, text, headers } = await ask(`${issue}/ALPHA-13`, {
    method: 'PUT',
    body: {
      fields: { summary: 'Search finds short berths', priority: { id: '2' } },
      update: { labels: [{ add: 'berths' }] },
    },
  })
  expect([status, text]).toEqual([204, ''])
  expect(headers.get('content-type')).toBe('application/json;charset=UTF-8')
  const { body } = await ask(`${issue}/ALPHA-13/changelog`)
  const { items, author } = body.values.at(-1)
  expect(author.displayName).toBe('Maya Lindqvist')
  expect(items).toContainEqual({
    field: 'priority',
    fieldtype: 'jira',
    fieldId: 'priority',
    from: '3',
    fromString: 'Medium',
    to: '2',
    toString: 'High',
  })
  expect(items.map(({ field }: Json) => field).toSorted()).toEqual(['labels', 'priority', 'summary'])
})

test('an edit can hand back the issue', async () => {
  const { status, body } = await stage().jira('maya')(`${issue}/ALPHA-13?returnIssue=true`, {
    method: 'PUT',
    body: { fields: { summary: 'Short berths' } },
  })
  expect(status).toBe(200)
  expect(body.fields.summary).toBe('Short berths')
})

test('who may not edit meets the rules of fields, and not a 403', async () => {
  const { anonymous, jira } = stage()
  const body = { fields: { summary: 'x' } }
  const sentence = "Field 'summary' cannot be set. It is not on the appropriate screen, or unknown."
  for (const ask of [jira('sam'), anonymous]) {
    const key = ask === anonymous ? 'WEB-1' : 'ALPHA-1'
    const answer = await ask(`${issue}/${key}`, { method: 'PUT', body })
    expect(answer.status).toBe(400)
    expect(answer.body).toEqual({ errorMessages: [], errors: { summary: sentence } })
    expect(answer.headers.get('cache-control')).toBe('no-store, no-cache')
  }
})

test('an issue is only assigned to somebody who can be assigned', async () => {
  const { simulator, jira } = stage()
  const ask = jira('maya')
  const accountId = (id: string): string =>
    simulator.people.find((person) => person.id === id)?.accountId ?? ''
  const assign = (id: string): Promise<{ status: number }> =>
    ask(`${issue}/ALPHA-13`, { method: 'PUT', body: { fields: { assignee: { accountId: accountId(id) } } } })
  expect((await assign('priya')).status).toBe(204)
  expect((await assign('sam')).status).toBe(400)
  expect((await assign('elin')).status).toBe(400)
})

test('only who may delete deletes, and subtasks only when they are meant', async () => {
  const { jira } = stage()
  expect((await jira('jonas')(`${issue}/ALPHA-5`, { method: 'DELETE' })).status).toBe(403)
  const ask = jira('maya')
  expect((await ask(`${issue}/ALPHA-5`, { method: 'DELETE' })).status).toBe(400)
  expect((await ask(`${issue}/ALPHA-5?deleteSubtasks=true`, { method: 'DELETE' })).status).toBe(204)
  for (const key of ['ALPHA-5', 'ALPHA-24', 'ALPHA-25'])
    expect((await ask(`${issue}/${key}`)).status).toBe(404)
})

test('many issues are fetched at once, in the order of their ids, with a list of those that were not found', async () => {
  const { status, body } = await stage().jira('priya')(`${issue}/bulkfetch`, {
    method: 'POST',
    body: { issueIdsOrKeys: ['ALPHA-9', 'ALPHA-3', 'HIRE-1', 'NOPE-1'], fields: ['summary'] },
  })
  expect(status).toBe(200)
  expect(body.issues.map(({ key }: Json) => key)).toEqual(['ALPHA-3', 'ALPHA-9'])
  expect(body.issueErrors.map(({ id }: Json) => id)).toEqual(['HIRE-1', 'NOPE-1'])
})

test('the changelog is paged, oldest first, under the address of the key', async () => {
  const { body } = await stage().jira('maya')(`${issue}/10006/changelog?maxResults=1`)
  expect(body).toMatchObject({ maxResults: 1, startAt: 0, isLast: false })
  expect(body.self).toMatch(/\/issue\/ALPHA-7\/changelog\?maxResults=1&startAt=0$/)
  expect(body.values).toHaveLength(1)
})

test('the metadata of an edit names fields, operations and values', async () => {
  const { jira } = stage()
  const { body } = await jira('maya')(`${issue}/ALPHA-13/editmeta`)
  expect(body.fields.priority.allowedValues).toHaveLength(5)
  expect(body.fields.customfield_10040).toMatchObject({ name: 'Severity', operations: ['set'] })
  expect(body.fields).not.toHaveProperty('created')
  expect((await jira('sam')(`${issue}/ALPHA-13/editmeta`)).body).toEqual({ fields: {} })
})
