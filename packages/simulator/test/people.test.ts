import { expect, test } from 'vitest'

import { type Json, stage } from './support.ts'

test('groups are picked, made, filled, read and deleted', async () => {
  const { jira, simulator } = stage()
  const ask = jira('maya')
  const accountId = simulator.people.find(({ id }) => id === 'sam')?.accountId ?? ''
  const picked = await ask('/rest/api/3/groups/picker?query=admin')
  expect(picked.body.groups.map(({ html }: Json) => html)).toEqual(['site-<b>admin</b>s'])
  expect((await jira('sam')('/rest/api/3/group', { method: 'POST', body: { name: 'crew' } })).status).toBe(
    403,
  )
  const made = await ask('/rest/api/3/group', { method: 'POST', body: { name: 'crew' } })
  expect(made.status).toBe(201)
  const query = { groupId: made.body.groupId }
  expect((await ask('/rest/api/3/group', { method: 'POST', body: { name: 'crew' } })).status).toBe(400)
  expect((await ask('/rest/api/3/group/user', { method: 'POST', query, body: { accountId } })).status).toBe(
    201,
  )
  expect((await ask('/rest/api/3/group/user', { method: 'POST', query, body: { accountId } })).status).toBe(
    400,
  )
  const members = await ask('/rest/api/3/group/member', { query: { groupname: 'crew' } })
  expect(members.body.values.map(({ displayName }: Json) => displayName)).toEqual(['Sam Whitfield'])
  expect((await ask('/rest/api/3/group', { query: { ...query, expand: 'users' } })).body.users.size).toBe(1)
  const named = await ask('/rest/api/3/group/bulk', { query: { groupName: 'crew' } })
  expect(named.body.values).toEqual([{ name: 'crew', groupId: made.body.groupId }])
  const own = await ask('/rest/api/3/user/groups', { query: { accountId } })
  expect(own.body.map(({ name }: Json) => name)).toContain('crew')
  const count = { method: 'POST', body: { jql: 'reporter in membersOf(crew) AND project = WEB' } }
  expect((await ask('/rest/api/3/search/approximate-count', count)).body.count).toBeGreaterThan(0)
  const gone = await ask('/rest/api/3/group/user', { method: 'DELETE', query: { ...query, accountId } })
  expect(gone.status).toBe(200)
  expect((await ask('/rest/api/3/group', { method: 'DELETE', query })).status).toBe(200)
  expect((await ask('/rest/api/3/group', { query })).status).toBe(404)
  expect((await ask('/rest/api/3/group')).status).toBe(400)
})

test('people are picked by the beginnings of their names, with groups or without', async () => {
  const ask = stage().jira('maya')
  const { body } = await ask('/rest/api/3/user/picker?query=pri&showAvatar=true')
  expect(body.users).toHaveLength(1)
  expect(body.users[0]).toMatchObject({ html: '<b>Pri</b>ya Raman' })
  expect(body.users[0].avatarUrl).toContain('avatars')
  const both = await ask('/rest/api/3/groupuserpicker?query=s')
  expect(both.body.users.users.map(({ displayName }: Json) => displayName)).toContain('Sam Whitfield')
  expect(both.body.groups.total).toBeGreaterThan(0)
})

test('people are found by what they may do', async () => {
  const { jira } = stage()
  const names = async (path: string, person = 'maya'): Promise<readonly string[]> =>
    (await jira(person)(path)).body.map(({ displayName }: Json) => displayName)
  expect(await names('/rest/api/3/user/viewissue/search?projectKey=HIRE', 'grace')).not.toContain(
    'Priya Raman',
  )
  expect(await names('/rest/api/3/user/viewissue/search?issueKey=ALPHA-5&query=pri')).toEqual(['Priya Raman'])
  const editors = '/rest/api/3/user/permission/search?projectKey=ALPHA&permissions=EDIT_ISSUES'
  expect(await names(editors)).not.toContain('Sam Whitfield')
  expect((await jira('sam')(editors)).status).toBe(403)
  expect((await jira('maya')('/rest/api/3/user/permission/search?permissions=EDIT_ISSUES')).status).toBe(400)
  const everywhere = '/rest/api/3/user/assignable/multiProjectSearch?projectKeys=ALPHA,WEB'
  expect(await names(everywhere)).toContain('Maya Lindqvist')
  expect(
    (await jira('priya')('/rest/api/3/user/assignable/multiProjectSearch?projectKeys=HIRE')).status,
  ).toBe(404)
})

test('people are found by what they are to issues', async () => {
  const ask = stage().jira('maya')
  const find = async (query: string): Promise<readonly string[]> =>
    (await ask('/rest/api/3/user/search/query', { query: { query } })).body.values.map(
      ({ displayName }: Json) => displayName,
    )
  const { body } = await ask('/rest/api/3/issue/ALPHA-5?fields=assignee,reporter')
  const [assignee, reporter] = [body.fields.assignee.displayName, body.fields.reporter.displayName]
  expect(await find('is assignee of ALPHA-5')).toEqual([assignee])
  expect(new Set(await find('is assignee of ALPHA-5 OR is reporter of (ALPHA-5)'))).toEqual(
    new Set([assignee, reporter]),
  )
  expect(await find('is assignee of ALPHA-5 AND is voter of ALPHA-5')).toEqual([])
  const keys = await ask('/rest/api/3/user/search/query/key', { query: { query: 'is assignee of ALPHA-5' } })
  expect(keys.body.values).toHaveLength(1)
  expect((await ask('/rest/api/3/user/search/query?query=is+friend+of+ALPHA')).status).toBe(400)
})

test('preferences and the language are set, read and taken back', async () => {
  const ask = stage().jira('sam')
  const path = '/rest/api/3/mypreferences'
  expect((await ask(`${path}?key=user.autowatch.disabled`)).body).toBe('false')
  expect((await ask(`${path}?key=our.own`)).status).toBe(404)
  expect((await ask(`${path}?key=our.own`, { method: 'PUT', body: 'yes' })).status).toBe(204)
  expect((await ask(`${path}?key=our.own`)).body).toBe('yes')
  expect((await ask(`${path}?key=our.own`, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(`${path}?key=our.own`, { method: 'DELETE' })).status).toBe(404)
  expect((await ask(`${path}/locale`)).body).toEqual({ locale: 'en_US' })
  expect((await ask(`${path}/locale`, { method: 'PUT', body: { locale: 'sv_SE' } })).status).toBe(204)
  expect((await ask(`${path}/locale`)).body).toEqual({ locale: 'sv_SE' })
  expect((await ask(`${path}/locale`, { method: 'PUT', body: { locale: 'swedish' } })).status).toBe(400)
})

test('people have columns of their own, and otherwise those of the site', async () => {
  const { jira } = stage()
  const path = '/rest/api/3/user/columns'
  const ids = async (): Promise<readonly string[]> =>
    (await jira('sam')(path)).body.map(({ value }: Json) => value)
  const usual = await ids()
  const columns = { method: 'PUT', body: { columns: ['summary'] } }
  expect((await jira('sam')(path, columns)).status).toBe(200)
  expect(await ids()).toEqual(['summary'])
  expect((await jira('sam')(path, { method: 'DELETE' })).status).toBe(204)
  expect(await ids()).toEqual(usual)
  expect((await jira('sam')('/rest/api/3/settings/columns')).status).toBe(403)
  expect((await jira('maya')('/rest/api/3/settings/columns', columns)).status).toBe(200)
  expect((await jira('maya')('/rest/api/3/settings/columns')).body).toHaveLength(1)
  expect(await ids()).toEqual(['summary'])
})

test('people vote for open issues of others, and see who did when they may', async () => {
  const { jira } = stage()
  const path = '/rest/api/3/issue/ALPHA-8/votes'
  const { body: issue } = await jira('maya')('/rest/api/3/issue/ALPHA-8?fields=reporter')
  const reporter = String(issue.fields.reporter.displayName).split(' ')[0]?.toLowerCase() ?? ''
  const voter = reporter === 'jonas' ? 'maya' : 'jonas'
  expect((await jira(reporter)(path, { method: 'POST' })).status).toBe(404)
  expect((await jira(voter)(path, { method: 'POST' })).status).toBe(204)
  const { body } = await jira(voter)(path)
  expect(body).toMatchObject({ votes: 1, hasVoted: true })
  expect(body.voters).toHaveLength(1)
  expect((await jira('sam')(path)).body).toMatchObject({ votes: 1, hasVoted: false, voters: [] })
  const mine = { method: 'POST', body: { jql: 'issue in votedIssues()' } }
  expect((await jira(voter)('/rest/api/3/search/approximate-count', mine)).body.count).toBe(1)
  expect((await jira(voter)(path, { method: 'DELETE' })).status).toBe(204)
  expect((await jira(voter)(path)).body.votes).toBe(0)
})

test('people are told which of some issues they watch', async () => {
  const { jira } = stage()
  const ask = jira('sam')
  await ask('/rest/api/3/issue/ALPHA-8/watchers', { method: 'POST' })
  const body = { issueIds: ['10007', '10000', '999999'] }
  const { body: answer } = await ask('/rest/api/3/issue/watching', { method: 'POST', body })
  expect(answer).toEqual({ issuesIsWatching: { 10_007: true, 10_000: false } })
})
