import { expect, test } from 'vitest'

import { brightwater, type Json, stage } from './support.ts'

const values = (body: Json, name: string): readonly string[] => body.values.map((one: Json) => one[name])

test('projects are listed for who may see them, in the recorded shape', async () => {
  const { jira } = stage()
  const { body } = await jira('priya')('/rest/api/3/project/search')
  expect(body).toMatchObject({ maxResults: 50, startAt: 0, total: 2, isLast: true })
  expect(body.self).toMatch(/\/project\/search\?maxResults=50&startAt=0$/)
  expect(values(body, 'key')).toEqual(['ALPHA', 'WEB'])
  expect(body.values[0]).toMatchObject({
    expand: 'description,lead,issueTypes,url,projectKeys,permissions,insight',
    projectTypeKey: 'software',
    simplified: true,
    style: 'next-gen',
    isPrivate: false,
    properties: {},
  })
  expect(body.values[0].entityId).toBe(body.values[0].uuid)
  expect(values((await jira('jonas')('/rest/api/3/project/search')).body, 'key')).toContain('HIRE')
})

test('projects are found by words, keys and what the caller may do there', async () => {
  const { jira } = stage()
  const search = async (person: string, query: string): Promise<readonly string[]> =>
    values((await jira(person)(`/rest/api/3/project/search?${query}`)).body, 'key')
  expect(await search('maya', 'query=alp')).toEqual(['ALPHA'])
  expect(await search('maya', 'keys=WEB&keys=HIRE')).toEqual(['HIRE', 'WEB'])
  expect(await search('maya', 'orderBy=-key')).toEqual(['WEB', 'QUAY', 'HIRE', 'HELP', 'ALPHA'])
  expect(await search('sam', 'action=create')).toEqual(['WEB'])
})

test('a project shows its lead, its types and its roles', async () => {
  const { body } = await stage().jira('maya')('/rest/api/3/project/ALPHA')
  expect(body).toMatchObject({ key: 'ALPHA', name: 'Alpha', lead: { displayName: 'Maya Lindqvist' } })
  expect(body.issueTypes.map(({ name }: Json) => name)).toEqual(['Epic', 'Story', 'Task', 'Bug', 'Subtask'])
  expect(Object.keys(body.roles)).toEqual(['Administrators', 'Members'])
  expect(body.versions).toHaveLength(3)
})

test('a project that is hidden or not there is refused with its key', async () => {
  const { jira } = stage()
  for (const key of ['HIRE', 'NOPEZZQ']) {
    const { status, body } = await jira('priya')(`/rest/api/3/project/${key}`)
    expect(status).toBe(404)
    expect(body).toEqual({ errorMessages: [`No project could be found with key '${key}'.`], errors: {} })
  }
})

test('statuses of a project come by issue type', async () => {
  const { body } = await stage().jira('maya')('/rest/api/3/project/ALPHA/statuses')
  expect(body.map(({ name }: Json) => name)).toContain('Bug')
  expect(body[0].statuses.map(({ name }: Json) => name)).toEqual([
    'To Do',
    'In Progress',
    'In Review',
    'Done',
  ])
})

test('components and versions of a project are listed', async () => {
  const ask = stage().jira('maya')
  const components = await ask('/rest/api/3/project/ALPHA/components')
  expect(components.body.map(({ name }: Json) => name)).toEqual(['Booking', 'Payments', 'Harbour office'])
  const versions = await ask('/rest/api/3/project/ALPHA/versions')
  expect(versions.body[0]).toMatchObject({ name: 'Alpha 0.8', released: true })
  const paged = await ask('/rest/api/3/project/ALPHA/version?query=1.0')
  expect(values(paged.body, 'name')).toEqual(['Alpha 1.0'])
})

test('what can be made is told by project and type, with a list of fields', async () => {
  const ask = stage().jira('maya')
  const types = await ask('/rest/api/3/issue/createmeta/ALPHA/issuetypes')
  expect(types.body).toMatchObject({ startAt: 0, maxResults: 50, total: 5 })
  const bug = types.body.issueTypes.find(({ name }: Json) => name === 'Bug')
  expect(bug).toMatchObject({ untranslatedName: 'Bug', subtask: false, scope: { type: 'PROJECT' } })
  const { body } = await ask(`/rest/api/3/issue/createmeta/ALPHA/issuetypes/${bug.id}`)
  const field = (id: string): Json => body.fields.find(({ fieldId }: Json) => fieldId === id)
  expect(field('summary')).toMatchObject({
    key: 'summary',
    required: true,
    hasDefaultValue: false,
    operations: ['set'],
  })
  expect(field('issuetype').operations).toEqual([])
  expect(field('labels').operations).toEqual(['add', 'set', 'remove'])
  expect(field('resolution')).toBeUndefined()
})

test('who may not make issues in a project is told so', async () => {
  const { status } = await stage().jira('sam')('/rest/api/3/issue/createmeta/ALPHA/issuetypes')
  expect(status).toBe(400)
})

test('the old metadata comes with a warning that it is old', async () => {
  const { body, headers } = await stage().jira('maya')(
    '/rest/api/3/issue/createmeta?projectKeys=ALPHA&issuetypeNames=Task&expand=projects.issuetypes.fields',
  )
  expect(headers.get('warning')).toContain('deprecated')
  expect(body.expand).toBe('projects')
  expect(body.projects[0].issuetypes).toHaveLength(1)
  expect(body.projects[0].issuetypes[0].fields.summary.required).toBe(true)
})

test('fields name themselves and what queries call them', async () => {
  const { body } = await stage().jira('maya')('/rest/api/3/field')
  const field = (id: string): Json => body.find((one: Json) => one.id === id)
  expect(field('issuekey')).toEqual({
    id: 'issuekey',
    key: 'issuekey',
    name: 'Key',
    custom: false,
    orderable: false,
    navigable: true,
    searchable: false,
    clauseNames: ['id', 'issue', 'issuekey', 'key', 'workItem', 'workItemKey'],
  })
  expect(field('duedate').clauseNames).toEqual(['due', 'duedate'])
  expect(field('customfield_10040')).toMatchObject({
    custom: true,
    untranslatedName: 'Severity',
    clauseNames: ['cf[10040]', 'Severity', 'Severity[Dropdown]'],
    schema: { type: 'option', customId: 10_040 },
  })
})

test('issue types, statuses, priorities and resolutions are listed', async () => {
  const ask = stage().jira('maya')
  const names = async (path: string): Promise<readonly string[]> =>
    (await ask(`/rest/api/3/${path}`)).body.map(({ name }: Json) => name)
  expect(await names('issuetype')).toContain('Epic')
  expect(await names('status')).toContain('In Review')
  expect(await names('priority')).toEqual(['Highest', 'High', 'Medium', 'Low', 'Lowest'])
  expect(await names('resolution')).toContain('Duplicate')
  const page = await ask('/rest/api/3/priority/search')
  expect(Object.keys(page.body)).toEqual(['maxResults', 'startAt', 'total', 'isLast', 'values'])
  expect(page.body.values[2]).toMatchObject({ name: 'Medium', isDefault: true })
  expect((await ask('/rest/api/3/priority/1')).body).toEqual({
    self: `https://api.atlassian.com/ex/jira/${brightwater}/rest/api/3/priority/1`,
    statusColor: '#d04437',
    description: 'Everything else waits for this.',
    iconUrl: 'https://brightwater-demo.atlassian.net/images/icons/priorities/highest_new.svg',
    name: 'Highest',
    id: '1',
  })
  expect((await ask('/rest/api/3/priority/99')).status).toBe(404)
  expect((await ask('/rest/api/3/resolution/search')).body.total).toBe(4)
})

test('types and statuses of hidden projects are not listed', async () => {
  const { jira } = stage()
  const names = async (person: string): Promise<readonly string[]> =>
    (await jira(person)('/rest/api/3/status')).body.map(({ name }: Json) => name)
  expect(await names('jonas')).toContain('Talking')
  expect(await names('priya')).not.toContain('Talking')
})
