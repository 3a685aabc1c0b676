import { expect, test } from 'vitest'

import { type Ask, type Json, stage } from './support.ts'

const idOf = async (ask: Ask): Promise<number> => Number((await ask('/rest/api/3/project/WEB')).body.id)

const make = async (ask: Ask, name: string, changes: Json = {}): Promise<Json> => {
  const body = { name, projectId: await idOf(ask), ...changes }
  return (await ask('/rest/api/3/version', { method: 'POST', body })).body
}

const names = async (ask: Ask, query: Readonly<Record<string, string>> = {}): Promise<readonly string[]> =>
  (await ask('/rest/api/3/project/WEB/version', { query })).body.values.map(({ name }: Json) => name)

test('a version is made, read and changed by who runs the project', async () => {
  const { jira } = stage()
  const ask = jira('maya')
  const version = await make(ask, '2.0', { description: 'The next one', releaseDate: '2026-11-01' })
  expect(version).toMatchObject({ name: '2.0', released: false, archived: false, overdue: true })
  const path = `/rest/api/3/version/${version.id}`
  const changed = await ask(path, { method: 'PUT', body: { released: true, startDate: '2026-10-01' } })
  expect(changed.body).toMatchObject({ released: true, startDate: '2026-10-01', description: 'The next one' })
  expect((await ask(path)).body).toEqual(changed.body)
  expect((await jira('sam')(path, { method: 'PUT', body: { name: 'Mine' } })).status).toBe(404)
  const twice = await ask('/rest/api/3/version', { method: 'POST', body: { name: '2.0', project: 'WEB' } })
  expect(twice.body.errors.name).toContain('already exists')
  const wrong = await ask(path, { method: 'PUT', body: { releaseDate: 'soon' } })
  expect(wrong.body.errors.releaseDate).toContain('yyyy-MM-dd')
})

test('versions are listed by state and in another order, and moved in theirs', async () => {
  const ask = stage().jira('maya')
  const before = await names(ask)
  const [a, b] = [await make(ask, 'A'), await make(ask, 'B', { archived: true })]
  expect(await names(ask)).toEqual([...before, 'A', 'B'])
  expect(await names(ask, { status: 'archived' })).toEqual(['B'])
  expect(await names(ask, { orderBy: '-name', query: 'a' })).toContain('A')
  const move = (id: string, body: Json) => ask(`/rest/api/3/version/${id}/move`, { method: 'POST', body })
  expect((await move(b.id, { position: 'First' })).body.name).toBe('B')
  expect(await names(ask)).toEqual(['B', ...before, 'A'])
  await move(b.id, { after: a.self })
  expect(await names(ask)).toEqual([...before, 'A', 'B'])
  expect((await move(b.id, {})).status).toBe(400)
})

const withVersion = async (ask: Ask, id: string): Promise<Json> =>
  ask('/rest/api/3/issue/WEB-1', {
    method: 'PUT',
    body: { fields: { fixVersions: [{ id }], versions: [{ id }] } },
  })

const fixedIn = async (ask: Ask): Promise<readonly string[]> =>
  (await ask('/rest/api/3/issue/WEB-1?fields=fixVersions')).body.fields.fixVersions.map(
    ({ name }: Json) => name,
  )

test('the issues of a version are counted, and go to another one when it goes', async () => {
  const ask = stage().jira('maya')
  const [a, b, c] = [await make(ask, 'A'), await make(ask, 'B'), await make(ask, 'C')]
  await withVersion(ask, a.id)
  const counts = await ask(`/rest/api/3/version/${a.id}/relatedIssueCounts`)
  expect(counts.body).toMatchObject({ issuesFixedCount: 1, issuesAffectedCount: 1 })
  const open = await ask(`/rest/api/3/version/${a.id}/unresolvedIssueCount`)
  expect(open.body.issuesCount).toBe(1)
  const swap = { moveFixIssuesTo: Number(b.id), moveAffectedIssuesTo: Number(b.id) }
  const gone = await ask(`/rest/api/3/version/${a.id}/removeAndSwap`, { method: 'POST', body: swap })
  expect(gone.status).toBe(204)
  expect(await fixedIn(ask)).toEqual(['B'])
  expect((await ask(`/rest/api/3/version/${b.id}/mergeto/${c.id}`, { method: 'PUT' })).status).toBe(204)
  expect(await fixedIn(ask)).toEqual(['C'])
  expect((await ask(`/rest/api/3/version/${c.id}`, { method: 'DELETE' })).status).toBe(204)
  expect(await fixedIn(ask)).toEqual([])
  expect((await ask(`/rest/api/3/version/${c.id}`)).status).toBe(404)
})

test('a release leaves what is not resolved to the next version', async () => {
  const ask = stage().jira('maya')
  const [a, b] = [await make(ask, 'A'), await make(ask, 'B')]
  const task = {
    project: { key: 'WEB' },
    issuetype: { name: 'Task' },
    summary: 'Open',
    fixVersions: [{ id: a.id }],
  }
  const { body } = await ask('/rest/api/3/issue', { method: 'POST', body: { fields: task } })
  await ask(`/rest/api/3/version/${a.id}`, {
    method: 'PUT',
    body: { released: true, moveUnfixedIssuesTo: b.self },
  })
  const { body: issue } = await ask(`/rest/api/3/issue/${body.key}?fields=fixVersions`)
  expect(issue.fields.fixVersions.map(({ name }: Json) => name)).toEqual(['B'])
})

test('work around a version is added, changed and taken away', async () => {
  const ask = stage().jira('maya')
  const { id } = await make(ask, 'A')
  const path = `/rest/api/3/version/${id}/relatedwork`
  const body = { category: 'Communication', title: 'Notes', url: 'https://example.org/notes' }
  const added = await ask(path, { method: 'POST', body })
  expect(added.status).toBe(201)
  const { relatedWorkId } = added.body
  const changed = await ask(path, { method: 'PUT', body: { ...body, relatedWorkId, title: 'All notes' } })
  expect(changed.body.title).toBe('All notes')
  expect((await ask(path)).body).toEqual([changed.body])
  expect((await ask(path, { method: 'POST', body: { ...body, url: 'x' } })).status).toBe(400)
  expect((await ask(`${path}/${relatedWorkId}`, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(path)).body).toEqual([])
})

test('a component is made, led, counted and deleted, and its issues go to another one', async () => {
  const { jira, simulator } = stage()
  const ask = jira('maya')
  const leadAccountId = simulator.people.find(({ id }) => id === 'sam')?.accountId
  const add = async (name: string): Promise<Json> =>
    (
      await ask('/rest/api/3/component', {
        method: 'POST',
        body: { name, project: 'WEB', leadAccountId, assigneeType: 'COMPONENT_LEAD' },
      })
    ).body
  const [one, other] = [await add('Search'), await add('Menus')]
  expect(one).toMatchObject({
    name: 'Search',
    isAssigneeTypeValid: true,
    realAssignee: { displayName: 'Sam Whitfield' },
  })
  const fields = {
    project: { key: 'WEB' },
    issuetype: { name: 'Task' },
    summary: 'Found',
    components: [{ id: one.id }],
  }
  const { body: made } = await ask('/rest/api/3/issue', { method: 'POST', body: { fields } })
  const shown = async (): Promise<Json> =>
    (await ask(`/rest/api/3/issue/${made.key}?fields=components,assignee`)).body.fields
  expect((await shown()).assignee.displayName).toBe('Sam Whitfield')
  const path = `/rest/api/3/component/${one.id}`
  expect((await ask(`${path}/relatedIssueCounts`)).body.issueCount).toBe(1)
  expect(
    (await ask(path, { method: 'PUT', body: { description: 'How things are found' } })).body.description,
  ).toBe('How things are found')
  expect((await jira('sam')(path)).body.name).toBe('Search')
  expect((await jira('sam')(path, { method: 'DELETE' })).status).toBe(404)
  const listed = await ask('/rest/api/3/project/WEB/component', {
    query: { orderBy: '-issueCount', query: 'se' },
  })
  expect(listed.body.values.map(({ name, issueCount }: Json) => [name, issueCount])).toContainEqual([
    'Search',
    1,
  ])
  const everywhere = await ask('/rest/api/3/component', {
    query: { projectIdsOrKeys: 'WEB', query: 'menus' },
  })
  expect(everywhere.body.values.map(({ name }: Json) => name)).toEqual(['Menus'])
  expect((await ask(path, { method: 'DELETE', query: { moveIssuesTo: other.id } })).status).toBe(204)
  expect((await shown()).components.map(({ name }: Json) => name)).toEqual(['Menus'])
})
