import { expect, test } from 'vitest'

import { type Ask, type Json, stage } from './support.ts'

const mine = async (ask: Ask, query: Readonly<Record<string, string>>): Promise<Json> => {
  const { body } = await ask('/rest/api/3/mypermissions', { query })
  return Object.fromEntries(
    Object.entries<Json>(body.permissions).map(([key, { havePermission }]) => [key, havePermission]),
  )
}

test('people are told what they may do, in a project, on an issue, and at all', async () => {
  const { jira, anonymous } = stage()
  const permissions = 'BROWSE_PROJECTS,EDIT_ISSUES,ADMINISTER,BULK_CHANGE'
  expect(await mine(jira('sam'), { permissions, projectKey: 'ALPHA' })).toEqual({
    ADMINISTER: false,
    BULK_CHANGE: true,
    BROWSE_PROJECTS: true,
    EDIT_ISSUES: false,
  })
  expect((await mine(jira('sam'), { permissions }))['EDIT_ISSUES']).toBe(true)
  expect((await mine(jira('maya'), { permissions, issueKey: 'ALPHA-5' }))['ADMINISTER']).toBe(true)
  expect(await mine(anonymous, { permissions: 'BROWSE_PROJECTS', projectKey: 'WEB' })).toEqual({
    BROWSE_PROJECTS: true,
  })
  expect((await jira('sam')('/rest/api/3/mypermissions')).status).toBe(400)
  expect((await jira('sam')('/rest/api/3/mypermissions?permissions=FLY')).status).toBe(400)
})

test('all permissions are listed, with what they are for', async () => {
  const { body } = await stage().jira('sam')('/rest/api/3/permissions')
  expect(body.permissions.BROWSE_PROJECTS).toMatchObject({ key: 'BROWSE_PROJECTS', type: 'PROJECT' })
  expect(body.permissions.ADMINISTER.type).toBe('GLOBAL')
})

test('permissions are checked for many projects and issues, of others by administrators', async () => {
  const { jira, simulator } = stage()
  const accountId = simulator.people.find(({ id }) => id === 'priya')?.accountId
  const [alpha, hire] = await Promise.all(
    ['ALPHA', 'HIRE'].map(async (key) => Number((await jira('grace')(`/rest/api/3/project/${key}`)).body.id)),
  )
  const body = {
    globalPermissions: ['ADMINISTER', 'USER_PICKER'],
    projectPermissions: [{ permissions: ['BROWSE_PROJECTS'], projects: [alpha, hire], issues: [10_004] }],
  }
  const asked = { method: 'POST', body }
  expect((await jira('priya')('/rest/api/3/permissions/check', asked)).body).toEqual({
    globalPermissions: ['USER_PICKER'],
    projectPermissions: [{ permission: 'BROWSE_PROJECTS', projects: [alpha], issues: [10_004] }],
  })
  const other = { method: 'POST', body: { ...body, accountId } }
  const checked = await jira('maya')('/rest/api/3/permissions/check', other)
  expect(checked.body.projectPermissions[0].projects).toEqual([alpha])
  expect((await jira('sam')('/rest/api/3/permissions/check', other)).status).toBe(403)
})

test('the projects in which all of some permissions are held are listed', async () => {
  const { jira } = stage()
  const asked = { method: 'POST', body: { permissions: ['BROWSE_PROJECTS', 'EDIT_ISSUES'] } }
  const { body } = await jira('sam')('/rest/api/3/permissions/project', asked)
  expect(body.projects.map(({ key }: Json) => key)).toEqual(['WEB'])
  const wrong = { method: 'POST', body: { permissions: ['FLY'] } }
  expect((await jira('sam')('/rest/api/3/permissions/project', wrong)).status).toBe(400)
})

test('permission schemes are made, changed, given to projects, and decide', async () => {
  const { jira } = stage()
  const ask = jira('maya')
  const holder = { type: 'projectRole', value: '10002' }
  const all = await ask('/rest/api/3/permissionscheme?expand=permissions')
  expect(all.body.permissionSchemes[0].permissions[0].holder).toHaveProperty('type')
  const made = await ask('/rest/api/3/permissionscheme', {
    method: 'POST',
    body: { name: 'Closed', permissions: [{ permission: 'BROWSE_PROJECTS', holder }] },
  })
  expect(made.status).toBe(201)
  const path = `/rest/api/3/permissionscheme/${made.body.id}`
  expect((await jira('priya')('/rest/api/3/issue/ALPHA-5')).status).toBe(200)
  const assign = { method: 'PUT', body: { id: made.body.id } }
  expect((await jira('priya')('/rest/api/3/project/ALPHA/permissionscheme', assign)).status).toBe(403)
  expect((await ask('/rest/api/3/project/ALPHA/permissionscheme', assign)).body.name).toBe('Closed')
  expect((await ask('/rest/api/3/project/ALPHA/permissionscheme')).body.id).toBe(made.body.id)
  expect((await jira('priya')('/rest/api/3/issue/ALPHA-5')).status).toBe(404)
  const body = { permission: 'BROWSE_PROJECTS', holder: { type: 'applicationRole' } }
  const granted = await ask(`${path}/permission`, { method: 'POST', body })
  expect(granted.status).toBe(201)
  expect((await jira('priya')('/rest/api/3/issue/ALPHA-5')).status).toBe(200)
  const grant = `${path}/permission/${granted.body.id}`
  expect((await ask(grant)).body.permission).toBe('BROWSE_PROJECTS')
  expect((await ask(`${path}/permission`)).body.permissions).toHaveLength(2)
  expect((await ask(grant, { method: 'DELETE' })).status).toBe(204)
  expect((await jira('priya')('/rest/api/3/issue/ALPHA-5')).status).toBe(404)
  expect((await ask(path, { method: 'PUT', body: { name: 'Shut', permissions: [body] } })).body.name).toBe(
    'Shut',
  )
  expect((await ask(`${path}?expand=all`)).body.permissions).toHaveLength(1)
  expect((await ask(path, { method: 'DELETE' })).status).toBe(403)
  const fly = { method: 'POST', body: { permission: 'FLY', holder } }
  expect((await ask(`${path}/permission`, fly)).status).toBe(400)
  const free = await ask('/rest/api/3/permissionscheme', { method: 'POST', body: { name: 'Unused' } })
  expect((await ask(`/rest/api/3/permissionscheme/${free.body.id}`, { method: 'DELETE' })).status).toBe(204)
})

/** A level that only administrators of the project are in, on ALPHA-5. */
const secured = async () => {
  const at = stage()
  const ask = at.jira('maya')
  const { body } = await ask('/rest/api/3/issuesecurityschemes', {
    method: 'POST',
    body: {
      name: 'Secrets',
      levels: [{ name: 'Ours', members: [{ type: 'projectrole', parameter: '10002' }] }],
    },
  })
  const { body: project } = await ask('/rest/api/3/project/ALPHA')
  const link = { projectId: project.id, schemeId: body.id }
  const task = await ask('/rest/api/3/issuesecurityschemes/project', { method: 'PUT', body: link })
  expect(task.status).toBe(303)
  await ask(`/rest/api/3/task/${task.body.id}`)
  await ask(`/rest/api/3/task/${task.body.id}`)
  const { body: levels } = await ask('/rest/api/3/project/ALPHA/securitylevel')
  const [level] = levels.levels
  const edit = await ask('/rest/api/3/issue/ALPHA-5', {
    method: 'PUT',
    body: { fields: { security: { id: level.id } } },
  })
  expect(edit.status).toBe(204)
  return { ...at, ask, schemeId: body.id, level }
}

test('an issue with a security level is there for its people only, in every read and search', async () => {
  const { jira, ask, level } = await secured()
  const shown = await ask('/rest/api/3/issue/ALPHA-5?fields=security')
  expect(shown.body.fields.security.name).toBe('Ours')
  const hidden = jira('jonas')
  expect((await hidden('/rest/api/3/issue/ALPHA-5')).status).toBe(404)
  expect((await hidden('/rest/api/3/issue/ALPHA-5/comment')).status).toBe(404)
  const asked = { method: 'POST', body: { jql: 'key = ALPHA-5' } }
  expect((await hidden('/rest/api/3/search/approximate-count', asked)).body.count).toBe(0)
  expect((await ask('/rest/api/3/search/approximate-count', asked)).body.count).toBe(1)
  const bulk = { method: 'POST', body: { issueIdsOrKeys: ['ALPHA-5'] } }
  expect((await hidden('/rest/api/3/issue/bulkfetch', bulk)).body.issues).toEqual([])
  const byLevel = { method: 'POST', body: { jql: 'level = Ours' } }
  expect((await ask('/rest/api/3/search/approximate-count', byLevel)).body.count).toBe(1)
  expect((await hidden(`/rest/api/3/project/ALPHA/securitylevel`)).body.levels).toEqual([])
  expect((await ask(`/rest/api/3/securitylevel/${level.id}`)).body.name).toBe('Ours')
  expect((await ask('/rest/api/3/securitylevel/1')).status).toBe(404)
  const unknown = await hidden('/rest/api/3/issue/ALPHA-8', {
    method: 'PUT',
    body: { fields: { security: { id: level.id } } },
  })
  expect(unknown.body.errors.security).toBe('Security level is not valid.')
})

test('security schemes are read with their levels and members, and grow', async () => {
  const { ask, jira, schemeId, level } = await secured()
  expect((await jira('sam')('/rest/api/3/issuesecurityschemes')).status).toBe(403)
  const all = await ask('/rest/api/3/issuesecurityschemes')
  expect(all.body.issueSecuritySchemes.map(({ name }: Json) => name)).toEqual(['Secrets'])
  const path = `/rest/api/3/issuesecurityschemes/${schemeId}`
  const more = { levels: [{ name: 'Theirs', isDefault: true }] }
  expect((await ask(`${path}/level`, { method: 'PUT', body: more })).status).toBe(204)
  expect((await ask(path)).body.levels.map(({ name }: Json) => name)).toEqual(['Ours', 'Theirs'])
  const member = { members: [{ type: 'reporter' }] }
  expect((await ask(`${path}/level/${level.id}/member`, { method: 'PUT', body: member })).status).toBe(204)
  const members = await ask(`${path}/members`)
  expect(members.body.values.map(({ holder }: Json) => holder.type)).toEqual(['projectRole', 'reporter'])
  const levels = await ask('/rest/api/3/issuesecurityschemes/level?onlyDefault=true')
  expect(levels.body.values.map(({ name }: Json) => name)).toEqual(['Theirs'])
  const found = await ask('/rest/api/3/issuesecurityschemes/level/member', { query: { levelId: level.id } })
  expect(found.body.total).toBe(2)
  expect((await ask('/rest/api/3/project/ALPHA/issuesecuritylevelscheme')).body.name).toBe('Secrets')
  expect((await ask(path, { method: 'DELETE' })).status).toBe(400)
  const { body } = await ask('/rest/api/3/issuesecurityschemes', { method: 'POST', body: { name: 'Unused' } })
  expect((await ask(`/rest/api/3/issuesecurityschemes/${body.id}`, { method: 'DELETE' })).status).toBe(204)
})

test('a transition is offered to who is what it asks for, and to others when all are listed', async () => {
  const { jira, simulator } = stage()
  const [site] = simulator.world.sites.values()
  const alpha = [...(site?.jira.projects.values() ?? [])].find(({ key }) => key === 'ALPHA')
  if (!alpha) throw new Error('ALPHA is not there')
  alpha.transitions = alpha.transitions.map((step, place) =>
    place === 2 ? { ...step, conditions: [{ type: 'role', role: 'Administrators' }] } : step,
  )
  const [, , guarded] = alpha.transitions
  const path = '/rest/api/3/issue/ALPHA-8/transitions'
  const ids = async (person: string, query = {}): Promise<readonly string[]> =>
    (await jira(person)(path, { query })).body.transitions.map(({ id }: Json) => id)
  expect(await ids('maya')).toContain(guarded?.id)
  expect(await ids('jonas')).not.toContain(guarded?.id)
  const all = await jira('jonas')(path, { query: { includeUnavailableTransitions: 'true' } })
  const shown = all.body.transitions.find(({ id }: Json) => id === guarded?.id)
  expect(shown).toMatchObject({ isAvailable: false, isConditional: true })
  const move = { method: 'POST', body: { transition: { id: guarded?.id } } }
  expect((await jira('jonas')(path, move)).status).toBe(400)
  expect((await jira('maya')(path, move)).status).toBe(204)
})
