import { expect, test } from 'vitest'

import { type Answer, type Ask, type Json, stage } from './support.ts'

const agile = '/rest/agile/1.0'
const names = (body: Json): readonly string[] => body.values.map(({ name }: Json) => name)
const keys = (body: Json): readonly string[] => body.issues.map(({ key }: Json) => key)

const onlyKeys = { fields: 'summary', maxResults: 100 }

test('boards are listed for who sees their projects', async () => {
  const { jira, anonymous } = stage()
  const { body } = await jira('maya')(`${agile}/board`)
  expect(body).toMatchObject({ maxResults: 50, startAt: 0, total: 3, isLast: true })
  expect(body.values[0]).toMatchObject({
    id: 1,
    name: 'Quay board',
    type: 'scrum',
    location: { projectKey: 'QUAY', projectTypeKey: 'software', displayName: 'Quay box (QUAY)' },
  })
  expect(names((await jira('priya')(`${agile}/board`)).body)).toEqual(['Website board', 'Alpha board'])
  expect((await anonymous(`${agile}/board`)).status).toBe(401)
})

test.each([
  ['type=kanban', ['Website board']],
  ['name=QUAY', ['Quay board']],
  ['projectKeyOrId=WEB', ['Website board']],
  ['projectLocation=ALPHA', ['Alpha board']],
  ['projectLocation=ALPHA&negateLocationFiltering=true', ['Quay board', 'Website board']],
  ['projectTypeLocation=service_desk', []],
  ['filterId=10001', ['Website board']],
  ['orderBy=name', ['Alpha board', 'Quay board', 'Website board']],
  ['orderBy=-name&maxResults=1', ['Website board']],
])('boards are found by %s', async (query, expected) => {
  const { body } = await stage().jira('maya')(`${agile}/board?${query}`)
  expect(names(body)).toEqual(expected)
})

test('boards can be expanded by who may change them', async () => {
  const { body } = await stage().jira('jonas')(`${agile}/board?name=quay&expand=admins,permissions`)
  expect(body.values[0].canEdit).toBe(false)
  expect(body.values[0].admins.users.map(({ displayName }: Json) => displayName)).toEqual(['Maya Lindqvist'])
})

test('an administrator of the site can list private boards, without name and type', async () => {
  const { simulator, jira } = stage()
  const [site] = simulator.world.sites.values()
  const project = [...(site?.jira.projects.values() ?? [])].find(({ key }) => key === 'QUAY')
  const grace = simulator.people.find(({ id }) => id === 'grace')?.accountId ?? ''
  project?.roles.get('Members')?.people.delete(grace)
  const { body } = await jira('grace')(`${agile}/board?includePrivate=true`)
  const { self, ...hidden } = body.values.at(-1)
  expect(hidden).toEqual({ id: 1, isPrivate: true })
  expect(self).toMatch(/\/board\/1$/)
  expect((await jira('priya')(`${agile}/board?includePrivate=true`)).body.total).toBe(2)
})

test('a board that is hidden or not there is refused alike', async () => {
  const ask = stage().jira('priya')
  const [hidden, missing] = [await ask(`${agile}/board/1`), await ask(`${agile}/board/99`)]
  expect(hidden.status).toBe(404)
  expect(hidden.body).toEqual(missing.body)
  expect(hidden.body.errorMessages[0]).toMatch(/^The requested board cannot be viewed because/)
})

test('boards take granular scopes only', async () => {
  const { jira } = stage()
  expect((await jira('maya', ['read:jira-work'])(`${agile}/board`)).status).toBe(401)
  const scopes = ['read:board-scope:jira-software', 'read:project:jira']
  expect((await jira('maya', scopes)(`${agile}/board`)).status).toBe(200)
})

test('the configuration of a board names its columns, its estimation and its rank', async () => {
  const ask = stage().jira('maya')
  const { body } = await ask(`${agile}/board/1/configuration`)
  expect(body).toMatchObject({
    id: 1,
    type: 'scrum',
    location: { type: 'project', key: 'QUAY', id: '10003', name: 'Quay box' },
    filter: { id: '10000' },
    columnConfig: { constraintType: 'none' },
    estimation: {
      type: 'field',
      field: { fieldId: 'customfield_10016', displayName: 'Story point estimate' },
    },
    ranking: { rankCustomFieldId: 10_019 },
  })
  expect(body.location.self).toContain('/rest/api/2/project/10003')
  expect(body.columnConfig.columns.map(({ name }: Json) => name)).toEqual([
    'To Do',
    'In Progress',
    'Testing',
    'Done',
  ])
  const kanban = await ask(`${agile}/board/2/configuration`)
  expect(kanban.body.estimation).toBeUndefined()
  expect(kanban.body.columnConfig).toMatchObject({
    constraintType: 'issueCount',
    columns: [{ name: 'Backlog' }, { name: 'In Progress', max: 3 }, { name: 'Done' }],
  })
})

test('issues of a board come by rank, without epics where there are sprints', async () => {
  const ask = stage().jira('maya')
  const { body } = await ask(`${agile}/board/1/issue`, { query: onlyKeys })
  expect(keys(body)).toEqual(Array.from({ length: 11 }, (_, index) => `QUAY-${index + 3}`))
  expect(body).toMatchObject({ expand: 'schema,names', startAt: 0, maxResults: 100, total: 11 })
  expect(body.issues[0].self).toMatch(/\/rest\/agile\/1\.0\/issue\/\d+$/)
})

test('the backlog holds what is neither done nor in an open sprint, or the first column of a kanban board', async () => {
  const ask = stage().jira('maya')
  expect(keys((await ask(`${agile}/board/1/backlog`, { query: onlyKeys })).body)).toEqual([
    'QUAY-11',
    'QUAY-12',
  ])
  expect(keys((await ask(`${agile}/board/2/backlog`, { query: onlyKeys })).body)).toEqual([
    'WEB-4',
    'WEB-6',
    'WEB-7',
  ])
  expect((await ask(`${agile}/board/3/backlog`)).body.total).toBe(0)
})

test('a query narrows the list, and its order wins over the rank', async () => {
  const ask = stage().jira('maya')
  const search = (jql: string, more = {}): ReturnType<Ask> =>
    ask(`${agile}/board/1/issue`, { query: { jql, ...onlyKeys, ...more } })
  expect(keys((await search('issuetype = Bug')).body)).toEqual(['QUAY-6'])
  expect(keys((await search('issuetype = Story ORDER BY key DESC')).body).slice(0, 2)).toEqual([
    'QUAY-11',
    'QUAY-9',
  ])
  expect((await search('issuetype =')).status).toBe(400)
  const strange = await search('colour = red')
  expect(strange.status).toBe(400)
  expect(strange.body.errorMessages[0]).toContain("Field 'colour' does not exist")
  expect(keys((await search('colour = red', { validateQuery: 'false' })).body)).toEqual([])
})

test('the newer lists page by token and have no total', async () => {
  const ask = stage().jira('maya')
  const path = '/rest/software/1.0/board/1/issue'
  const first = await ask(path, { query: { fields: 'summary', maxResults: 8 } })
  expect(Object.keys(first.body)).toEqual(['expand', 'issues', 'nextPageToken', 'isLast'])
  const { nextPageToken } = first.body
  const second = await ask(path, { query: { fields: 'summary', maxResults: 8, nextPageToken } })
  expect([...keys(first.body), ...keys(second.body)]).toHaveLength(11)
  expect(second.body.isLast).toBe(true)
  expect((await ask(path, { query: { nextPageToken: 'garbage' } })).status).toBe(400)
  expect((await ask(path, { query: { maxResults: 0 } })).status).toBe(400)
  const backlog = await ask('/rest/software/1.0/board/1/backlog', { query: { fields: 'summary' } })
  expect(keys(backlog.body)).toEqual(['QUAY-11', 'QUAY-12'])
})

test('issues of boards are counted', async () => {
  const ask = stage().jira('maya')
  const path = '/rest/software/1.0/board/1'
  expect((await ask(`${path}/issue/approximate-count`)).body).toEqual({ count: 11 })
  const query = { jql: 'issuetype = Story' }
  expect((await ask(`${path}/backlog/approximate-count`, { query })).body).toEqual({ count: 1 })
})

test('an issue of the agile API has version 2 of the platform, and fields of its own', async () => {
  const { body } = await stage().jira('maya')(`${agile}/issue/QUAY-5`)
  expect(body.expand).toBe('operations,versionedRepresentations,editmeta,changelog,renderedFields')
  const { fields } = body
  expect(fields.description).toBe('Only when it changes, and once an hour so that we know the box is alive.')
  expect(fields.comment.comments[0].body).toMatch(/^Not finished in the first sprint/)
  expect(fields.status.self).toContain('/rest/api/2/status/')
  expect(fields.sprint).toMatchObject({ id: 2, state: 'active', originBoardId: 1 })
  expect(fields.closedSprints).toMatchObject([{ id: 1, state: 'closed' }])
  expect(fields.epic).toMatchObject({ id: 10_045, key: 'QUAY-1', color: { key: 'color_13' }, done: false })
  expect(fields.flagged).toBe(false)
})

test('agile fields can be chosen and left out', async () => {
  const ask = stage().jira('maya')
  const fieldsOf = async (fields: string): Promise<readonly string[]> =>
    Object.keys((await ask(`${agile}/issue/QUAY-5`, { query: { fields } })).body.fields)
  expect(await fieldsOf('summary,sprint')).toEqual(['summary', 'sprint'])
  expect(await fieldsOf('-sprint,-comment')).not.toContain('sprint')
  expect((await ask(`${agile}/issue/ALPHA-26?fields=flagged`)).body.fields).toEqual({ flagged: true })
  const { body } = await ask(`${agile}/board/1/issue?fields=summary&expand=names,schema`)
  expect(body.names).toEqual({ summary: 'Summary' })
  expect(body.schema.summary.type).toBe('string')
  expect(body.issues[0].names).toBeUndefined()
})

test('a board is made over a filter, in a project or with a person', async () => {
  const { jira } = stage()
  const body = { name: ' Bugs ', type: 'kanban', filterId: 10_000 }
  const made = await jira('maya')(`${agile}/board`, {
    method: 'POST',
    body: { ...body, location: { type: 'project', projectKeyOrId: 'QUAY' } },
  })
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({ id: 4, name: 'Bugs', type: 'kanban', location: { projectKey: 'QUAY' } })
  expect((await jira('maya')(`${agile}/board/4/issue`)).body.total).toBe(13)
  const own = await jira('jonas')(`${agile}/board`, {
    method: 'POST',
    body: { ...body, location: { type: 'user' } },
  })
  expect(own.body.location).toMatchObject({ displayName: 'Jonas Weber' })
  expect((await jira('maya')(`${agile}/board/${own.body.id}`)).status).toBe(404)
})

test.each([
  [{ type: 'kanban', filterId: 10_000 }, 400],
  [{ name: 'x', type: 'simple', filterId: 10_000 }, 400],
  [{ name: 'x', type: 'scrum', filterId: 4711 }, 400],
  [
    { name: 'x', type: 'scrum', filterId: 10_000, location: { type: 'project', projectKeyOrId: 'NOPE' } },
    400,
  ],
  [
    { name: 'x', type: 'scrum', filterId: 10_000, location: { type: 'project', projectKeyOrId: 'QUAY' } },
    403,
  ],
])('the board %j is not made by jonas', async (body, status) => {
  expect((await stage().jira('jonas')(`${agile}/board`, { method: 'POST', body })).status).toBe(status)
})

test('a board is deleted by who administers it', async () => {
  const { jira } = stage()
  expect((await jira('jonas')(`${agile}/board/1`, { method: 'DELETE' })).status).toBe(403)
  expect((await jira('maya')(`${agile}/board/1`, { method: 'DELETE' })).status).toBe(204)
  expect((await jira('maya')(`${agile}/board/1`)).status).toBe(404)
})

test('the boards of a filter are found', async () => {
  const { body } = await stage().jira('maya')(`${agile}/board/filter/10000`)
  expect(body.values).toEqual([{ id: 1, name: 'Quay board', self: expect.stringMatching(/\/board\/1$/) }])
})

test('the projects of a board are those its filter stays within and those of its issues', async () => {
  const ask = stage().jira('maya')
  expect((await ask(`${agile}/board/1/project/full`)).body.values).toMatchObject([{ key: 'QUAY' }])
  const query = async (jql: string): Promise<Answer> =>
    ask('/rest/api/3/filter/10000', { method: 'PUT', body: { name: 'Filter for Quay', jql } })
  await query('project in (QUAY, ALPHA) OR reporter = currentUser()')
  expect((await ask(`${agile}/board/1/project/full`)).body.values).toEqual([])
  const { body } = await ask(`${agile}/board/1/project`)
  expect(names(body)).toEqual(['Quay box'])
  await query('project in (QUAY, ALPHA) AND issuetype = Bug')
  expect(names((await ask(`${agile}/board/1/project/full`)).body)).toEqual(['Alpha', 'Quay box'])
})

test('a board shows nothing once its filter is gone', async () => {
  const ask = stage().jira('maya')
  const made = await ask('/rest/api/3/filter', {
    method: 'POST',
    body: { name: 'Mine', jql: 'project = QUAY' },
  })
  const { body } = await ask(`${agile}/board`, {
    method: 'POST',
    body: { name: 'Mine', type: 'kanban', filterId: Number(made.body.id), location: { type: 'user' } },
  })
  expect((await ask(`${agile}/board/${body.id}/issue`)).body.total).toBe(13)
  await ask(`/rest/api/3/filter/${made.body.id}`, { method: 'DELETE' })
  expect((await ask(`${agile}/board/${body.id}/issue`)).body.total).toBe(0)
})

test('the versions of a board can be narrowed to those that are released', async () => {
  const ask = stage().jira('maya')
  const { body } = await ask(`${agile}/board/3/version?released=true`)
  expect(body.values).toMatchObject([{ name: 'Alpha 0.8', released: true, projectId: 10_000 }])
  expect((await ask(`${agile}/board/3/version`)).body.total).toBe(3)
})

test('quick filters are listed with their places', async () => {
  const ask = stage().jira('maya')
  const { body } = await ask(`${agile}/board/1/quickfilter`)
  expect(body.values).toMatchObject([
    { id: 1, boardId: 1, name: 'Bugs', jql: 'issuetype = Bug', position: 0 },
    { id: 2, name: 'Mine', position: 1 },
  ])
  expect((await ask(`${agile}/board/1/quickfilter/2`)).body.name).toBe('Mine')
  expect((await ask(`${agile}/board/1/quickfilter/3`)).status).toBe(404)
})

test('features are switched on boards of team-managed projects, sprints among them', async () => {
  const { jira } = stage()
  const ask = jira('maya')
  const toggle = (boardId: number, body: Json): ReturnType<Ask> =>
    ask(`${agile}/board/${boardId}/features`, { method: 'PUT', body })
  expect((await ask(`${agile}/board/3/sprint`)).status).toBe(400)
  const { body } = await toggle(3, { boardId: 3, feature: 'SPRINTS', enabling: true })
  expect(body.features.find(({ boardFeature }: Json) => boardFeature === 'SPRINTS').state).toBe('ENABLED')
  expect((await ask(`${agile}/board/3/sprint`)).status).toBe(200)
  expect((await ask(`${agile}/board/1/features`)).body).toEqual({ features: [] })
  expect((await toggle(1, { feature: 'SPRINTS', enabling: true })).status).toBe(400)
  expect((await toggle(3, { feature: 'COFFEE', enabling: true })).status).toBe(400)
  const refused = await jira('priya')(`${agile}/board/3/features`, {
    method: 'PUT',
    body: { feature: 'PAGES', enabling: false },
  })
  expect(refused.status).toBe(403)
})

test('boards and sprints have properties', async () => {
  const { jira } = stage()
  const ask = jira('maya')
  for (const thing of ['board/1', 'sprint/2']) {
    const path = `${agile}/${thing}/properties`
    const put = (body: unknown): ReturnType<Ask> => ask(`${path}/team`, { method: 'PUT', body })
    expect((await put({ name: 'Box' })).status).toBe(201)
    expect((await put('Box')).status).toBe(200)
    expect((await ask(path)).body).toEqual({
      keys: [{ key: 'team', self: expect.stringMatching(/properties\/team$/) }],
    })
    expect((await ask(`${path}/team`)).body).toEqual({ key: 'team', value: 'Box' })
    expect((await ask(`${path}/team`, { method: 'PUT' })).status).toBe(400)
    expect((await put('x'.repeat(40_000))).status).toBe(400)
    expect((await ask(`${path}/${'k'.repeat(256)}`, { method: 'PUT', body: 1 })).status).toBe(400)
    expect((await ask(`${path}/team`, { method: 'DELETE' })).status).toBe(204)
    expect((await ask(`${path}/team`)).status).toBe(404)
  }
  const refused = await jira('jonas')(`${agile}/board/1/properties/x`, { method: 'PUT', body: 1 })
  expect(refused.status).toBe(403)
})
