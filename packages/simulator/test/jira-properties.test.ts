import { expect, test } from 'vitest'

import { type Json, stage, words } from './support.ts'

const hosts = async (ask: ReturnType<ReturnType<typeof stage>['jira']>): Promise<readonly string[]> => {
  const comment = await ask('/rest/api/3/issue/ALPHA-5/comment', {
    method: 'POST',
    body: { body: words('With a property') },
  })
  const worklog = await ask('/rest/api/3/issue/ALPHA-5/worklog', {
    method: 'POST',
    body: { timeSpent: '1h' },
  })
  const board = await ask('/rest/api/3/dashboard', {
    method: 'POST',
    body: { name: 'Ours', sharePermissions: [], editPermissions: [] },
  })
  const [{ moduleKey }] = (await ask('/rest/api/3/dashboard/gadgets')).body.gadgets
  const gadget = await ask(`/rest/api/3/dashboard/${board.body.id}/gadget`, {
    method: 'POST',
    body: { moduleKey },
  })
  const { body: project } = await ask('/rest/api/3/project/ALPHA')
  return [
    '/rest/api/3/issue/ALPHA-5/properties',
    `/rest/api/3/comment/${comment.body.id}/properties`,
    `/rest/api/3/issue/ALPHA-5/worklog/${worklog.body.id}/properties`,
    '/rest/api/3/project/ALPHA/properties',
    `/rest/api/3/issuetype/${project.issueTypes[0].id}/properties`,
    '/rest/api/3/user/properties',
    `/rest/api/3/dashboard/${board.body.id}/items/${gadget.body.id}/properties`,
  ]
}

test('everything with properties has them set, read, listed and deleted alike', async () => {
  const ask = stage().jira('maya')
  for (const path of await hosts(ask)) {
    const one = `${path}/our.key`
    expect([path, (await ask(one)).status]).toEqual([path, 404])
    expect([path, (await ask(one, { method: 'PUT', body: { depth: 1 } })).status]).toEqual([path, 201])
    expect([path, (await ask(one, { method: 'PUT', body: { depth: 2 } })).status]).toEqual([path, 200])
    expect((await ask(one)).body).toEqual({ key: 'our.key', value: { depth: 2 } })
    const { body } = await ask(path)
    expect(body.keys.map(({ key }: Json) => key)).toEqual(['our.key'])
    expect(body.keys[0].self).toContain('/properties/our.key')
    expect((await ask(one, { method: 'DELETE' })).status).toBe(204)
    expect((await ask(one, { method: 'DELETE' })).status).toBe(404)
  }
})

test('who may not change a thing cannot change its properties, and reads them all the same', async () => {
  const { jira } = stage()
  const own = '/rest/api/3/issue/ALPHA-5/properties/our.key'
  await jira('maya')(own, { method: 'PUT', body: 'a text' })
  expect((await jira('sam')(own, { method: 'PUT', body: 'another' })).status).toBe(403)
  expect((await jira('sam')(own)).body.value).toBe('a text')
  expect(
    (await jira('sam')('/rest/api/3/project/ALPHA/properties/x', { method: 'PUT', body: 1 })).status,
  ).toBe(403)
})

test('an issue, a project and a comment show the properties that are asked for', async () => {
  const ask = stage().jira('maya')
  await ask('/rest/api/3/issue/ALPHA-5/properties/a', { method: 'PUT', body: 1 })
  await ask('/rest/api/3/issue/ALPHA-5/properties/b', { method: 'PUT', body: 2 })
  await ask('/rest/api/3/project/ALPHA/properties/c', { method: 'PUT', body: 3 })
  const issue = await ask('/rest/api/3/issue/ALPHA-5?fields=summary&properties=a')
  expect(issue.body.properties).toEqual({ a: 1 })
  const found = await ask('/rest/api/3/search/jql', {
    query: { jql: 'key = ALPHA-5', fields: 'summary', properties: '*all' },
  })
  expect(found.body.issues[0].properties).toEqual({ a: 1, b: 2 })
  expect((await ask('/rest/api/3/project/ALPHA?properties=c')).body.properties).toEqual({ c: 3 })
  const made = await ask('/rest/api/3/issue/ALPHA-5/comment?expand=properties', {
    method: 'POST',
    body: { body: words('Tagged'), properties: [{ key: 'd', value: true }] },
  })
  expect(made.body.properties).toEqual([{ key: 'd', value: true }])
})

test('properties of several issues are set and deleted by a task', async () => {
  const ask = stage().jira('maya')
  const settle = async (path: string, method: string, body: unknown): Promise<Json> => {
    const { status, headers } = await ask(path, { method, body })
    expect(status).toBe(303)
    const task = new URL(headers.get('location') ?? '').pathname.split('/rest/').at(-1)
    let state = await ask(`/rest/${task}`)
    for (let looks = 0; state.body.status !== 'COMPLETE' && looks < 9; looks += 1)
      state = await ask(`/rest/${task}`)
    expect(state.body).toMatchObject({ status: 'COMPLETE', progress: 100 })
  }
  const valueOf = async (key: string, name: string): Promise<Json> =>
    (await ask(`/rest/api/3/issue/${key}/properties/${name}`)).body.value
  await settle('/rest/api/3/issue/properties', 'POST', {
    entitiesIds: [10_000, 10_001],
    properties: { colour: 'green' },
  })
  expect([await valueOf('ALPHA-1', 'colour'), await valueOf('ALPHA-2', 'colour')]).toEqual(['green', 'green'])
  await settle('/rest/api/3/issue/properties/multi', 'POST', {
    issues: [{ issueID: 10_000, properties: { colour: 'red' } }],
  })
  await settle('/rest/api/3/issue/properties/colour', 'PUT', {
    value: 'blue',
    filter: { entityIds: [10_000, 10_001], currentValue: 'green' },
  })
  expect([await valueOf('ALPHA-1', 'colour'), await valueOf('ALPHA-2', 'colour')]).toEqual(['red', 'blue'])
  await settle('/rest/api/3/issue/properties/colour', 'DELETE', { entityIds: [10_000], currentValue: 'red' })
  expect(await valueOf('ALPHA-1', 'colour')).toBeUndefined()
})
