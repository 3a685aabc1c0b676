import { expect, test } from 'vitest'

import { type Ask, type Json, stage } from './support.ts'

const create = async (at: ReturnType<typeof stage>, changes: Json = {}) => {
  const leadAccountId = at.simulator.people.find(({ id }) => id === 'jonas')?.accountId
  const body = { key: 'NEW', name: 'Something new', projectTypeKey: 'software', leadAccountId, ...changes }
  return at.jira('maya')('/rest/api/3/project', { method: 'POST', body })
}

const found = async (ask: Ask, query: Readonly<Record<string, string>> = {}): Promise<readonly string[]> =>
  (await ask('/rest/api/3/project/search', { query })).body.values.map(({ key }: Json) => key)

test('a project is made, and can be worked in at once', async () => {
  const at = stage()
  const { status, body } = await create(at)
  expect(status).toBe(201)
  expect(body).toMatchObject({ key: 'NEW', id: 10_100 })
  const ask = at.jira('jonas')
  const project = await ask('/rest/api/3/project/NEW')
  expect(project.body).toMatchObject({ style: 'classic', lead: { displayName: 'Jonas Weber' } })
  const fields = { project: { key: 'NEW' }, issuetype: { name: 'Bug' }, summary: 'The first' }
  const issue = await ask('/rest/api/3/issue', { method: 'POST', body: { fields } })
  expect(issue.body.key).toBe('NEW-1')
  const { body: steps } = await ask('/rest/api/3/issue/NEW-1/transitions')
  const done = steps.transitions.find(({ name }: Json) => name === 'Done')
  const move = { method: 'POST', body: { transition: { id: done.id } } }
  expect((await ask('/rest/api/3/issue/NEW-1/transitions', move)).status).toBe(204)
  const agile = await create(at, {
    key: 'TEAMS',
    name: 'Team-managed',
    projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-agility-kanban',
  })
  expect(agile.status).toBe(201)
  expect((await ask('/rest/api/3/project/TEAMS')).body.style).toBe('next-gen')
})

test('a project takes an administrator, and a key and name that are free', async () => {
  const at = stage()
  const asked = { method: 'POST', body: { key: 'MINE', name: 'Mine' } }
  expect((await at.jira('jonas')('/rest/api/3/project', asked)).status).toBe(403)
  expect((await create(at, { key: 'ALPHA' })).body.errors.projectKey).toContain('uses this project key')
  expect((await create(at, { key: 'a b' })).body.errors.projectKey).toContain('uppercase')
  expect((await create(at, { name: '' })).body.errors.projectName).toContain('must specify')
  expect((await create(at, { leadAccountId: 'nobody' })).body.errors.projectLead).toContain(
    'not a valid user',
  )
  expect((await create(at, { projectTypeKey: 'service_desk' })).status).toBe(400)
  expect((await create(at, { permissionScheme: 1 })).status).toBe(400)
})

test('keys and names are judged, and free ones are proposed', async () => {
  const ask = stage().jira('maya')
  const judge = await ask('/rest/api/3/projectvalidate/key?key=ALPHA')
  expect(judge.body.errors.projectKey).toContain('Alpha')
  expect((await ask('/rest/api/3/projectvalidate/key?key=FREE')).body.errors).toEqual({})
  expect((await ask('/rest/api/3/projectvalidate/validProjectKey?key=ALPHA')).body).toBe('ALPHA2')
  const { body: name } = await ask('/rest/api/3/projectvalidate/validProjectName', { query: { name: 'New' } })
  expect(name).toBe('New')
})

test('a project is renamed and given another key, and the old keys lead on', async () => {
  const { jira } = stage()
  const ask = jira('maya')
  const body = { name: 'Omega', key: 'OMEGA', description: 'The last letter', url: 'https://example.org/' }
  const changed = await ask('/rest/api/3/project/ALPHA', { method: 'PUT', body })
  expect(changed.body).toMatchObject(body)
  expect((await ask('/rest/api/3/issue/ALPHA-5?fields=summary')).body.key).toBe('OMEGA-5')
  const refused = await jira('priya')('/rest/api/3/project/OMEGA', { method: 'PUT', body: { name: 'x' } })
  expect(refused.status).toBe(403)
})

test('an archived project is out of the lists, can be read, and comes back', async () => {
  const ask = stage().jira('maya')
  expect((await ask('/rest/api/3/project/WEB/archive', { method: 'POST' })).status).toBe(204)
  expect(await found(ask)).not.toContain('WEB')
  expect(await found(ask, { status: 'archived' })).toEqual(['WEB'])
  expect((await ask('/rest/api/3/project/WEB')).body).toMatchObject({ archived: true })
  const edit = { method: 'PUT', body: { fields: { summary: 'x' } } }
  expect((await ask('/rest/api/3/issue/WEB-1', edit)).status).toBe(400)
  const { body } = await ask('/rest/api/3/project/WEB/restore', { method: 'POST' })
  expect(body).not.toHaveProperty('archived')
  expect(await found(ask)).toContain('WEB')
})

test('a deleted project is in the trash, unless it is not to be undone', async () => {
  const { jira } = stage()
  const ask = jira('maya')
  expect((await ask('/rest/api/3/project/WEB', { method: 'DELETE' })).status).toBe(204)
  expect((await ask('/rest/api/3/project/WEB')).status).toBe(404)
  expect((await ask('/rest/api/3/issue/WEB-1')).status).toBe(404)
  expect(await found(ask, { status: 'deleted' })).toEqual(['WEB'])
  await ask('/rest/api/3/project/WEB/restore', { method: 'POST' })
  expect((await ask('/rest/api/3/issue/WEB-1')).status).toBe(200)
  await ask('/rest/api/3/project/WEB', { method: 'DELETE', query: { enableUndo: 'false' } })
  expect((await ask('/rest/api/3/project/WEB/restore', { method: 'POST' })).status).toBe(404)
})

test('a project is deleted by a task', async () => {
  const ask = stage().jira('maya')
  const { status, body, headers } = await ask('/rest/api/3/project/WEB/delete', { method: 'POST' })
  expect(status).toBe(303)
  expect(headers.get('location')).toBe(body.self)
  expect((await ask(`/rest/api/3/task/${body.id}`)).status).toBe(200)
  expect((await ask(`/rest/api/3/task/${body.id}`)).body.status).toBe('COMPLETE')
  expect((await ask('/rest/api/3/issue/WEB-1')).status).toBe(404)
})

const stateOf = (body: Json): Json =>
  body.features.find(({ feature }: Json) => feature === 'jsw.agility.releases').state

test('features of team-managed projects are listed and switched', async () => {
  const ask = stage().jira('maya')
  const path = '/rest/api/3/project/ALPHA/features'
  expect(stateOf((await ask(path)).body)).toBe('DISABLED')
  const on = await ask(`${path}/jsw.agility.releases`, { method: 'PUT', body: { state: 'ENABLED' } })
  expect(stateOf(on.body)).toBe('ENABLED')
  expect((await ask(`${path}/jsw.agility.none`, { method: 'PUT', body: { state: 'ENABLED' } })).status).toBe(
    404,
  )
  expect((await ask('/rest/api/3/project/WEB/features')).status).toBe(400)
})

test('the levels of a project, its kinds, and what was looked at are told', async () => {
  const ask = stage().jira('maya')
  const { body: alpha } = await ask('/rest/api/3/project/ALPHA')
  const { body } = await ask(`/rest/api/3/project/${alpha.id}/hierarchy`)
  expect(body.hierarchy.map(({ level }: Json) => level)).toEqual([-1, 0, 1])
  for (const path of ['/rest/api/3/project/type', '/rest/api/3/project/type/accessible']) {
    expect((await ask(path)).body.map(({ key }: Json) => key)).toEqual([
      'business',
      'software',
      'service_desk',
    ])
  }
  expect((await ask('/rest/api/3/project/type/software')).body.formattedKey).toBe('Software')
  expect((await ask('/rest/api/3/project/type/software/accessible')).status).toBe(200)
  expect((await ask('/rest/api/3/project/type/hardware')).status).toBe(404)
  expect((await ask('/rest/api/3/project/recent')).body).toEqual([])
  await ask('/rest/api/3/issue/WEB-1?updateHistory=true')
  expect((await ask('/rest/api/3/project/recent')).body.map(({ key }: Json) => key)).toEqual(['WEB'])
  expect((await ask('/rest/api/3/project?recent=1')).body.map(({ key }: Json) => key)).toEqual(['WEB'])
  expect((await ask('/rest/api/3/project')).body.map(({ key }: Json) => key)).toContain('ALPHA')
})

test('categories are made, given to projects, and taken away', async () => {
  const { jira } = stage()
  const ask = jira('maya')
  const body = { name: 'Customers', description: 'What customers see' }
  expect((await jira('sam')('/rest/api/3/projectCategory', { method: 'POST', body })).status).toBe(403)
  const { body: made } = await ask('/rest/api/3/projectCategory', { method: 'POST', body })
  const path = `/rest/api/3/projectCategory/${made.id}`
  expect((await ask('/rest/api/3/projectCategory', { method: 'POST', body })).status).toBe(409)
  expect((await ask(path, { method: 'PUT', body: { description: 'What they see' } })).body.name).toBe(
    'Customers',
  )
  expect((await ask(path)).body.description).toBe('What they see')
  expect((await ask('/rest/api/3/projectCategory')).body).toHaveLength(1)
  await ask('/rest/api/3/project/WEB', { method: 'PUT', body: { categoryId: Number(made.id) } })
  expect((await ask('/rest/api/3/project/WEB')).body.projectCategory.name).toBe('Customers')
  expect(await found(ask, { categoryId: made.id })).toEqual(['WEB'])
  const count = await ask('/rest/api/3/search/approximate-count', {
    method: 'POST',
    body: { jql: 'category = Customers AND projectType = software' },
  })
  expect(count.body.count).toBeGreaterThan(0)
  expect((await ask(path, { method: 'DELETE' })).status).toBe(204)
  expect((await ask('/rest/api/3/project/WEB')).body).not.toHaveProperty('projectCategory')
})

test('people and groups get roles in a project, and with them what the roles may do', async () => {
  const { jira, simulator } = stage()
  const ask = jira('maya')
  const accountId = simulator.people.find(({ id }) => id === 'sam')?.accountId ?? ''
  const { body: roles } = await ask('/rest/api/3/project/ALPHA/role')
  expect(Object.keys(roles)).toEqual(['Administrators', 'Members', 'Service Desk Team'])
  const path = '/rest/api/3/project/ALPHA/role/10003'
  const edit = { method: 'PUT', body: { fields: { labels: ['x'] } } }
  expect((await jira('sam')('/rest/api/3/issue/ALPHA-5', edit)).status).toBe(400)
  expect((await jira('sam')(path, { method: 'POST', body: { user: [accountId] } })).status).toBe(404)
  const added = await ask(path, { method: 'POST', body: { user: [accountId] } })
  expect(added.body.actors.map(({ displayName }: Json) => displayName)).toContain('Sam Whitfield')
  expect((await jira('sam')('/rest/api/3/issue/ALPHA-5', edit)).status).toBe(204)
  expect((await ask(path, { method: 'DELETE', query: { user: accountId } })).status).toBe(204)
  expect((await jira('sam')('/rest/api/3/issue/ALPHA-5', edit)).status).toBe(400)
  const all = { categorisedActors: { 'atlassian-group-role-actor': ['site-admins'] } }
  const replaced = await ask(path, { method: 'PUT', body: all })
  expect(replaced.body.actors.map(({ type }: Json) => type)).toEqual(['atlassian-group-role-actor'])
  expect((await ask(path)).body).toEqual(replaced.body)
  expect((await ask(path, { method: 'POST', body: { user: ['nobody'] } })).status).toBe(404)
  const details = await jira('priya')('/rest/api/3/project/ALPHA/roledetails?currentMember=true')
  expect(details.body.map(({ name }: Json) => name)).toEqual([])
})

test('roles of the site are made, renamed everywhere, and swapped for others', async () => {
  const { jira, simulator } = stage()
  const ask = jira('maya')
  expect((await jira('sam')('/rest/api/3/role')).status).toBe(403)
  const body = { name: 'Guests', description: 'They look around.' }
  const { body: made } = await ask('/rest/api/3/role', { method: 'POST', body })
  const path = `/rest/api/3/role/${made.id}`
  expect((await ask('/rest/api/3/role', { method: 'POST', body })).status).toBe(409)
  expect((await ask(path)).body.name).toBe('Guests')
  expect((await ask(path, { method: 'PUT', body: { name: 'x' } })).status).toBe(400)
  expect((await ask(path, { method: 'PUT', body: { name: 'Visitors', description: '' } })).body.name).toBe(
    'Visitors',
  )
  const accountId = simulator.people.find(({ id }) => id === 'sam')?.accountId ?? ''
  const actors = await ask(`${path}/actors`, { method: 'POST', body: { user: [accountId] } })
  expect(actors.body.actors).toHaveLength(1)
  expect((await ask(`${path}/actors`)).body.actors).toHaveLength(1)
  const none = await ask(`${path}/actors`, { method: 'DELETE', query: { user: accountId } })
  expect(none.body.actors).toEqual([])
  const renamed = await ask('/rest/api/3/role/10003', { method: 'POST', body: { name: 'Crew' } })
  expect(renamed.body.name).toBe('Crew')
  const edit = { method: 'PUT', body: { fields: { labels: ['x'] } } }
  expect((await jira('priya')('/rest/api/3/issue/ALPHA-5', edit)).status).toBe(204)
  expect((await ask('/rest/api/3/role/10003', { method: 'DELETE' })).status).toBe(409)
  expect((await ask('/rest/api/3/role/10003', { method: 'DELETE', query: { swap: made.id } })).status).toBe(
    204,
  )
  expect((await ask('/rest/api/3/role')).body.map(({ name }: Json) => name)).toEqual([
    'Administrators',
    'Service Desk Team',
    'Visitors',
  ])
})
