import { expect, test } from 'vitest'

import { type Answer, type Ask, type Json, stage, type Stage } from './support.ts'

const api = '/rest/servicedeskapi'
const post = (ask: Ask, path: string, body: unknown): Promise<Answer> =>
  ask(`${api}/${path}`, { method: 'POST', body })
const drop = (ask: Ask, path: string, body?: unknown): Promise<Answer> =>
  ask(`${api}/${path}`, { method: 'DELETE', body })
const names = (body: Json): readonly string[] =>
  body.values.map(({ name, displayName }: Json) => name ?? displayName)

const accountId = ({ simulator }: Stage, handle: string): string =>
  [...simulator.world.people.values()].find((person) => person.handle === handle)?.accountId ?? ''

const ids = ({ requestTypeFields }: Json): readonly string[] =>
  requestTypeFields.map(({ fieldId }: Json) => fieldId)

test('request types are listed for who may raise them, by words, group and desk', async () => {
  const ask = stage().jira('sam')
  const list = async (query = ''): Promise<readonly string[]> =>
    names((await ask(`${api}/servicedesk/1/requesttype${query}`)).body)
  expect(await list()).toEqual(['Ask a question', 'Something does not work', 'Get access'])
  expect(await list('?searchQuery=costs')).toEqual(['Ask a question'])
  expect(await list('?groupId=2')).toEqual(['Get access'])
  expect(await list('?restrictionStatus=restricted')).toEqual([])
  expect(names((await ask(`${api}/requesttype?serviceDeskId=1&searchQuery=access`)).body)).toEqual([
    'Get access',
  ])
  expect((await ask(`${api}/requesttype?serviceDeskId=2`)).body.size).toBe(0)
  const { body } = await ask(`${api}/servicedesk/1/requesttype/11?expand=field`)
  expect(body).toMatchObject({
    id: '11',
    name: 'Something does not work',
    serviceDeskId: '1',
    portalId: '1',
    groupIds: ['1'],
    canCreateRequest: true,
    restrictionStatus: 'OPEN',
  })
  expect(body.fields.requestTypeFields).toHaveLength(3)
  expect((await ask(`${api}/servicedesk/1/requesttype/99`)).status).toBe(404)
  expect(names((await ask(`${api}/servicedesk/1/requesttypegroup`)).body)).toEqual(['Marinas', 'For us'])
})

test('the fields of a request type say what is required, and what there is to choose from', async () => {
  const { jira } = stage()
  const { body } = await jira('sam')(`${api}/servicedesk/1/requesttype/11/field`)
  expect(body).toMatchObject({ canRaiseOnBehalfOf: false, canAddRequestParticipants: false })
  expect(body.requestTypeFields[0]).toMatchObject({
    fieldId: 'summary',
    name: 'What is it about?',
    required: true,
    visible: true,
    jiraSchema: { type: 'string', system: 'summary' },
  })
  expect(body.requestTypeFields[2].validValues[0]).toEqual({ value: '1', label: 'Highest', children: [] })
  expect((await jira('maya')(`${api}/servicedesk/1/requesttype/11/field`)).body.canRaiseOnBehalfOf).toBe(true)
})

test('hidden fields are shown to administrators who ask for them', async () => {
  const { jira } = stage()
  const path = `${api}/servicedesk/1/requesttype/12/field?expand=hiddenFields`
  expect(ids((await jira('maya')(path)).body)).toContain('labels')
  expect(ids((await jira('grace')(path)).body)).not.toContain('labels')
})

test('request types are made and deleted by administrators; requests stay', async () => {
  const at = stage()
  const ask = at.jira('maya')
  const path = 'servicedesk/1/requesttype'
  const body = {
    name: 'Report a swan',
    issueTypeId: '10403',
    description: 'Not a boat',
    helpText: 'Count them',
  }
  const made = await post(ask, path, body)
  expect(made.status).toBe(200)
  expect(made.body).toMatchObject({ name: 'Report a swan', groupIds: [], issueTypeId: '10403' })
  expect((await post(ask, path, body)).status).toBe(400)
  expect((await post(ask, path, { ...body, name: 'Other', issueTypeId: '10001' })).status).toBe(400)
  expect((await post(at.jira('grace'), path, { ...body, name: 'Other' })).status).toBe(403)
  expect((await ask(`${api}/requesttype?searchQuery=swan`)).body.size).toBe(0)
  expect(
    (await ask(`${api}/requesttype?searchQuery=swan&includeHiddenRequestTypesInSearch=true`)).body.size,
  ).toBe(1)
  expect((await drop(ask, `${path}/10`)).status).toBe(204)
  const request = await ask(`${api}/request/HELP-2`)
  expect(request.body.requestTypeId).toBeUndefined()
  expect(
    (await ask('/rest/api/3/issue/HELP-2?fields=customfield_10010')).body.fields.customfield_10010,
  ).toBeNull()
})

test('permissions on request types can be checked, those of others by administrators', async () => {
  const at = stage()
  const path = 'servicedesk/1/requesttype/permissions/check'
  const permissions = ['canCreateRequest', 'canAdminister']
  const own = await post(at.jira('sam'), path, { permissions, requestTypeIds: [10, 99] })
  expect(own.body).toEqual({ canCreateRequest: [10], canAdminister: [] })
  const other = { permissions: ['canAdminister'], requestTypeIds: [11], accountId: accountId(at, 'maya') }
  expect((await post(at.jira('maya'), path, { ...other, accountId: accountId(at, 'sam') })).body).toEqual({
    canAdminister: [],
  })
  expect((await post(at.jira('sam'), path, other)).status).toBe(401)
  expect((await post(at.jira('sam'), path, { requestTypeIds: [10] })).status).toBe(400)
  const many = Array.from({ length: 51 }, (_, index) => index)
  expect((await post(at.jira('sam'), path, { permissions, requestTypeIds: many })).status).toBe(400)
})

test('articles of the knowledge base are found by who may read them', async () => {
  const { jira } = stage()
  const query = { query: 'rehearsal', highlight: 'true' }
  const { body } = await jira('maya')(`${api}/servicedesk/1/knowledgebase/article`, { query })
  expect(body.values.length).toBeGreaterThan(0)
  expect(body.values[0].source).toMatchObject({ type: 'confluence', spaceKey: 'PROD' })
  expect(body.values.some(({ excerpt }: Json) => excerpt.includes('@@@hl@@@'))).toBe(true)
  const all = await jira('maya')(`${api}/knowledgebase/article`, { query: { query: 'rehearsal' } })
  expect(all.body.size).toBe(body.size)
  expect((await jira('maya')(`${api}/knowledgebase/article`)).status).toBe(400)
  const hidden = stage()
  const [site] = hidden.simulator.world.sites.values()
  const space = [...(site?.confluence.spaces.values() ?? [])].find(({ key }) => key === 'PROD')
  if (site && space) site.confluence.spaces.set(space.id, { ...space, permissions: [] })
  expect((await hidden.jira('maya')(`${api}/knowledgebase/article`, { query })).body.size).toBe(0)
})

test('experimental operations are answered to who opts in', async () => {
  const ask = stage().jira('maya')
  const headers = { 'x-experimentalapi': '' }
  const refused = await ask(`${api}/requesttype`, { headers })
  expect(refused.status).toBe(412)
  expect(refused.body.errorMessage).toContain('X-ExperimentalApi: opt-in')
  expect((await ask(`${api}/requesttype`)).status).toBe(200)
  expect((await ask(`${api}/servicedesk`, { headers })).status).toBe(200)
})
