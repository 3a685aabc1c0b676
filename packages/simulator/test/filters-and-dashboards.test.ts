import { expect, test } from 'vitest'

import { type Ask, type Json, stage } from './support.ts'

const make = async (ask: Ask, changes: Json = {}): Promise<Json> => {
  const body = { name: 'Open bugs', jql: 'issuetype = Bug AND resolution = EMPTY', ...changes }
  return (await ask('/rest/api/3/filter', { method: 'POST', body })).body
}

test('a filter is made, read, changed and deleted by its owner', async () => {
  const ask = stage().jira('jonas')
  const filter = await make(ask, { description: 'What is left', favourite: true })
  expect(filter).toMatchObject({
    name: 'Open bugs',
    favourite: true,
    favouritedCount: 1,
    sharePermissions: [],
  })
  const path = `/rest/api/3/filter/${filter.id}`
  expect((await ask(path)).body).toEqual(filter)
  const changed = await ask(path, { method: 'PUT', body: { name: 'Bugs', jql: 'issuetype = Bug' } })
  expect(changed.body).toMatchObject({ name: 'Bugs', jql: 'issuetype = Bug', description: 'What is left' })
  expect((await ask(path, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(path)).status).toBe(400)
})

test('a filter needs a name of its own and a query that can be read', async () => {
  const ask = stage().jira('jonas')
  await make(ask)
  const refused = async (body: Json): Promise<Json> =>
    (await ask('/rest/api/3/filter', { method: 'POST', body })).body
  expect((await refused({ name: 'Open bugs' })).errors.filterName).toContain('already exists')
  expect((await refused({ name: '' })).errors.filterName).toContain('must specify')
  expect((await refused({ name: 'Broken', jql: 'project =' })).errorMessages[0]).toContain('Expecting')
})

test('a filter is seen by those it is shared with, and changed by those who may edit it', async () => {
  const { jira, simulator } = stage()
  const accountId = simulator.people.find(({ id }) => id === 'priya')?.accountId
  const { id } = await make(jira('jonas'))
  const path = `/rest/api/3/filter/${id}`
  expect((await jira('priya')(path)).status).toBe(400)
  const share = (body: Json) => jira('jonas')(`${path}/permission`, { method: 'POST', body })
  expect((await share({ type: 'user', accountId })).status).toBe(201)
  expect((await jira('priya')(path)).status).toBe(200)
  expect((await jira('priya')(path, { method: 'PUT', body: { name: 'Mine' } })).status).toBe(400)
  const { body: project } = await jira('jonas')('/rest/api/3/project/ALPHA')
  const { body: shares } = await share({ type: 'project', projectId: project.id })
  await share({ type: 'project', projectId: project.id, projectRoleId: '10002' })
  await share({ type: 'group', groupname: 'site-admins' })
  await share({ type: 'authenticated' })
  await share({ type: 'global' })
  expect((await share({ type: 'planet' })).status).toBe(400)
  const all = await jira('sam')(`${path}/permission`)
  expect(all.body.map(({ type }: Json) => type)).toEqual([
    'user',
    'project',
    'project',
    'group',
    'loggedin',
    'global',
  ])
  const one = `${path}/permission/${shares[1].id}`
  expect((await jira('jonas')(one)).body.project.key).toBe('ALPHA')
  expect((await jira('jonas')(one, { method: 'DELETE' })).status).toBe(204)
  expect((await jira('jonas')(one)).status).toBe(404)
  const edit = { editPermissions: [{ type: 'user', user: { accountId } }] }
  await jira('jonas')(path, { method: 'PUT', body: edit })
  expect((await jira('priya')(path, { method: 'PUT', body: { name: 'Ours' } })).body.name).toBe('Ours')
})

test('filters are searched, and listed as own and as favourites', async () => {
  const { jira, simulator } = stage()
  const accountId = simulator.people.find(({ id }) => id === 'jonas')?.accountId ?? ''
  await make(jira('jonas'), { name: 'Apples', sharePermissions: [{ type: 'loggedin' }] })
  await make(jira('jonas'), { name: 'Pears' })
  await make(jira('maya'), {
    name: 'Plums',
    sharePermissions: [{ type: 'group', group: { name: 'site-admins' } }],
  })
  const names = async (
    person: string,
    query: Readonly<Record<string, string>> = {},
  ): Promise<readonly string[]> =>
    (await jira(person)('/rest/api/3/filter/search', { query })).body.values
      .map(({ name }: Json) => name)
      // those of the boards aside
      .filter((name: string) => !name.startsWith('Filter for '))
  expect(await names('jonas')).toEqual(['Apples', 'Pears'])
  expect(await names('grace')).toEqual(['Apples', 'Plums'])
  expect(await names('grace', { orderBy: '-name' })).toEqual(['Plums', 'Apples'])
  expect(await names('grace', { accountId })).toEqual(['Apples'])
  expect(await names('grace', { filterName: 'plu', expand: 'jql,owner,subscriptions' })).toEqual(['Plums'])
  const [{ id }] = (await jira('grace')('/rest/api/3/filter/search')).body.values
  await jira('grace')(`/rest/api/3/filter/${id}/favourite`, { method: 'PUT' })
  const favourites = await jira('grace')('/rest/api/3/filter/favourite')
  expect(favourites.body.map(({ name }: Json) => name)).toEqual(['Apples'])
  await jira('grace')(`/rest/api/3/filter/${id}/favourite`, { method: 'DELETE' })
  expect((await jira('grace')('/rest/api/3/filter/favourite')).body).toEqual([])
  const mine = await jira('jonas')('/rest/api/3/filter/my?includeFavourites=true')
  expect(mine.body.map(({ name }: Json) => name)).toEqual(['Apples', 'Pears'])
})

test('a filter has columns of its own, and another owner when it is given away', async () => {
  const { jira, simulator } = stage()
  const { id } = await make(jira('jonas'), { sharePermissions: [{ type: 'loggedin' }] })
  const columns = `/rest/api/3/filter/${id}/columns`
  const ask = jira('jonas')
  expect((await ask(columns)).status).toBe(404)
  expect((await ask(columns, { method: 'PUT', body: { columns: ['summary', 'priority'] } })).status).toBe(200)
  expect((await ask(columns)).body).toEqual([
    { label: 'Summary', value: 'summary' },
    { label: 'Priority', value: 'priority' },
  ])
  expect((await ask(columns, { method: 'PUT', body: { columns: ['nonsense'] } })).status).toBe(400)
  expect((await ask(columns, { method: 'DELETE' })).status).toBe(204)
  const accountId = simulator.people.find((person) => person.id === 'priya')?.accountId
  const give = { method: 'PUT', body: { accountId } }
  expect((await jira('sam')(`/rest/api/3/filter/${id}/owner`, give)).status).toBe(403)
  expect((await ask(`/rest/api/3/filter/${id}/owner`, give)).status).toBe(204)
  expect((await ask(`/rest/api/3/filter/${id}`)).body.owner.displayName).toBe('Priya Raman')
})

test('new filters are shared as far as their maker has said', async () => {
  const ask = stage().jira('jonas')
  expect((await ask('/rest/api/3/filter/defaultShareScope')).body).toEqual({ scope: 'PRIVATE' })
  const set = { method: 'PUT', body: { scope: 'AUTHENTICATED' } }
  expect((await ask('/rest/api/3/filter/defaultShareScope', set)).body).toEqual({ scope: 'AUTHENTICATED' })
  expect((await make(ask)).sharePermissions).toMatchObject([{ type: 'loggedin' }])
  const wrong = await ask('/rest/api/3/filter/defaultShareScope', { method: 'PUT', body: { scope: 'ALL' } })
  expect(wrong.status).toBe(400)
})

test('a saved query stands for itself in another query', async () => {
  const ask = stage().jira('jonas')
  const { id } = await make(ask)
  const count = async (jql: string): Promise<number> =>
    (await ask('/rest/api/3/search/approximate-count', { method: 'POST', body: { jql } })).body.count
  const direct = await count('issuetype = Bug AND resolution = EMPTY')
  expect(direct).toBeGreaterThan(0)
  expect(await count(`filter = ${id}`)).toBe(direct)
  expect(await count('filter = "Open bugs" AND project = ALPHA')).toBeLessThanOrEqual(direct)
  expect(await count('filter = "Not there"')).toBe(0)
})

const board = { name: 'Ours', description: 'What we do', sharePermissions: [], editPermissions: [] }

test('a dashboard is made, found, changed, copied and deleted', async () => {
  const { jira } = stage()
  const ask = jira('jonas')
  const { body: made } = await ask('/rest/api/3/dashboard', { method: 'POST', body: board })
  expect(made).toMatchObject({ name: 'Ours', isWritable: true, owner: { displayName: 'Jonas Weber' } })
  const path = `/rest/api/3/dashboard/${made.id}`
  expect((await ask(path)).body).toEqual(made)
  expect((await jira('priya')(path)).status).toBe(404)
  const shared = { ...board, name: 'For all', sharePermissions: [{ type: 'loggedin' }] }
  expect((await ask(path, { method: 'PUT', body: shared })).body.name).toBe('For all')
  expect((await jira('priya')(path)).body.isWritable).toBe(false)
  expect((await jira('priya')(path, { method: 'PUT', body: board })).status).toBe(404)
  const copy = await jira('priya')(`${path}/copy`, { method: 'POST', body: { ...board, name: 'Copy' } })
  expect(copy.body.owner.displayName).toBe('Priya Raman')
  const found = await jira('priya')('/rest/api/3/dashboard/search?dashboardName=for')
  expect(found.body.values.map(({ name }: Json) => name)).toEqual(['For all'])
  const all = await jira('priya')('/rest/api/3/dashboard')
  expect(all.body).toMatchObject({ total: 2, startAt: 0 })
  expect((await jira('priya')('/rest/api/3/dashboard?filter=my')).body.total).toBe(1)
  expect((await ask(path, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(path)).status).toBe(404)
})

test('gadgets are put on a dashboard, moved, and taken off', async () => {
  const ask = stage().jira('jonas')
  const { body: made } = await ask('/rest/api/3/dashboard', { method: 'POST', body: board })
  const path = `/rest/api/3/dashboard/${made.id}/gadget`
  const [{ moduleKey }] = (await ask('/rest/api/3/dashboard/gadgets')).body.gadgets
  const added = await ask(path, { method: 'POST', body: { moduleKey, color: 'green', title: 'Mine' } })
  expect(added.body).toMatchObject({
    moduleKey,
    color: 'green',
    title: 'Mine',
    position: { row: 0, column: 0 },
  })
  expect((await ask(path, { method: 'POST', body: { moduleKey: 'unknown' } })).status).toBe(400)
  expect((await ask(path, { method: 'POST', body: { moduleKey, color: 'beige' } })).status).toBe(400)
  const one = `${path}/${added.body.id}`
  const body = { title: 'Ours', position: { row: 1, column: 1 } }
  expect((await ask(one, { method: 'PUT', body })).status).toBe(204)
  const { body: all } = await ask(path, { query: { moduleKey } })
  expect(all.gadgets).toMatchObject([{ title: 'Ours', position: { row: 1, column: 1 } }])
  expect((await ask(one, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(path)).body.gadgets).toEqual([])
})
