import { expect, test } from 'vitest'

import { type Answer, type Ask, type Json, linksIn, stage, type Stage } from './support.ts'

const api = '/rest/servicedeskapi'
const post = (ask: Ask, path: string, body: unknown): Promise<Answer> =>
  ask(`${api}/${path}`, { method: 'POST', body })
const put = (ask: Ask, path: string, body?: unknown): Promise<Answer> =>
  ask(`${api}/${path}`, { method: 'PUT', body })
const drop = (ask: Ask, path: string, body?: unknown): Promise<Answer> =>
  ask(`${api}/${path}`, { method: 'DELETE', body })
const names = (body: Json): readonly string[] =>
  body.values.map(({ name, displayName }: Json) => name ?? displayName)

const accountId = ({ simulator }: Stage, handle: string): string =>
  [...simulator.world.people.values()].find((person) => person.handle === handle)?.accountId ?? ''

const close = ({ simulator }: Stage): void => {
  const { desks } = [...simulator.world.sites.values()][0]?.service ?? { desks: new Map() }
  for (const [id, desk] of desks) desks.set(id, { ...desk, open: false })
}

test('everyone may ask what is installed', async () => {
  const { status, body } = await stage().anonymous(`${api}/info`)
  expect(status).toBe(200)
  expect(body).toMatchObject({ isLicensedForUse: true, buildDate: { epochMillis: expect.any(Number) } })
})

test('service desks are listed for their agents and customers, in pages of their own kind', async () => {
  const { jira, anonymous } = stage()
  const { body } = await jira('sam')(`${api}/servicedesk`)
  expect(body).toMatchObject({ _expands: [], size: 1, start: 0, limit: 50, isLastPage: true })
  expect(body.values[0]).toMatchObject({
    id: '1',
    projectId: '10004',
    projectKey: 'HELP',
    projectName: 'Help desk',
    projectTypeKey: 'service_desk',
  })
  expect(linksIn(body).base).toMatch(/^https:\/\/api\.atlassian\.com\/ex\/jira\//)
  expect((await anonymous(`${api}/servicedesk`)).status).toBe(401)
})

test('pages lead to those beside them, with the other parameters', async () => {
  const { body } = await stage().jira('maya')(`${api}/servicedesk/1/queue?includeCount=true&start=1&limit=1`)
  expect(body).toMatchObject({ size: 1, start: 1, limit: 1, isLastPage: false })
  expect(linksIn(body).next).toMatch(/queue\?includeCount=true&start=2&limit=1$/)
  expect(linksIn(body).prev).toMatch(/queue\?includeCount=true&start=0&limit=1$/)
})

test('a parameter that cannot be read is refused in one sentence', async () => {
  const { status, body } = await stage().jira('maya')(
    `${api}/servicedesk/1/knowledgebase/article?query=a&limit=x`,
  )
  expect([status, body]).toEqual([400, { errorMessage: "'limit' cannot be 'x'." }])
})

test('a desk is found by its id, and by the key and id of its project', async () => {
  const ask = stage().jira('sam')
  for (const id of ['1', 'HELP', '10004']) expect((await ask(`${api}/servicedesk/${id}`)).body.id).toBe('1')
  const missing = await ask(`${api}/servicedesk/99`)
  expect([missing.status, missing.body]).toEqual([
    404,
    { errorMessage: "No service desk exists with id '99'." },
  ])
})

test('a closed desk is only there for its customers and agents', async () => {
  const at = stage()
  close(at)
  expect((await at.jira('sam')(`${api}/servicedesk`)).body.size).toBe(0)
  expect((await at.jira('sam')(`${api}/servicedesk/1`)).status).toBe(404)
  await post(at.jira('maya'), 'servicedesk/1/customer', { accountIds: [accountId(at, 'sam')] })
  expect((await at.jira('sam')(`${api}/servicedesk`)).body.size).toBe(1)
  expect(
    (await drop(at.jira('maya'), 'servicedesk/1/customer', { accountIds: [accountId(at, 'sam')] })).status,
  ).toBe(204)
  expect((await at.jira('sam')(`${api}/servicedesk`)).body.size).toBe(0)
})

test('somebody without Jira is a customer all the same', async () => {
  const at = stage()
  const [site] = at.simulator.world.sites.values()
  site?.members.set(accountId(at, 'sam'), { products: ['confluence'], admin: false })
  const ask = at.jira('sam')
  expect((await ask('/rest/api/3/myself')).status).toBe(403)
  expect((await ask(`${api}/servicedesk`)).body.size).toBe(1)
  expect((await ask(`${api}/request`)).body.values[0].issueKey).toBe('HELP-3')
})

test('service management takes classic or granular scopes', async () => {
  const { jira } = stage()
  expect((await jira('maya', ['read:servicedesk-request'])(`${api}/servicedesk`)).status).toBe(200)
  expect(
    (await jira('maya', ['read:servicedesk:jira-service-management'])(`${api}/servicedesk`)).status,
  ).toBe(200)
  expect((await jira('maya', ['read:servicedesk-request'])(`${api}/servicedesk/1/queue`)).status).toBe(401)
})

test('customers of a desk are listed for agents', async () => {
  const at = stage()
  const { body } = await at.jira('grace')(`${api}/servicedesk/1/customer`)
  expect(names(body)).toEqual(['Inês Duarte', 'Mats Holm'])
  expect(body.values[0]).toMatchObject({
    accountId: accountId(at, 'ines'),
    active: true,
    timeZone: 'Europe/Lisbon',
  })
  expect(names((await at.jira('grace')(`${api}/servicedesk/1/customer?query=mat`)).body)).toEqual([
    'Mats Holm',
  ])
  expect((await at.jira('sam')(`${api}/servicedesk/1/customer`)).status).toBe(403)
})

test('customers are added and taken away by administrators of the desk', async () => {
  const at = stage()
  const body = { accountIds: [accountId(at, 'priya')] }
  expect((await post(at.jira('grace'), 'servicedesk/1/customer', body)).status).toBe(403)
  expect((await post(at.jira('maya'), 'servicedesk/1/customer', body)).status).toBe(204)
  expect((await post(at.jira('maya'), 'servicedesk/1/customer', { accountIds: ['nobody'] })).status).toBe(400)
  expect((await post(at.jira('maya'), 'servicedesk/1/customer', {})).status).toBe(400)
  const open = await drop(at.jira('maya'), 'servicedesk/1/customer', body)
  expect([open.status, open.body.errorMessage]).toEqual([400, 'The service desk is open to everyone.'])
})

test('an administrator makes customers, each address once', async () => {
  const at = stage()
  const ask = at.jira('maya')
  const made = await post(ask, 'customer', { email: 'otto@norrviken.example', displayName: 'Otto Berg' })
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({
    displayName: 'Otto Berg',
    emailAddress: 'otto@norrviken.example',
    active: true,
  })
  expect(made.body.accountId).toMatch(/^qm:/)
  expect((await post(ask, 'customer', { email: 'otto@norrviken.example' })).status).toBe(400)
  const strict = 'customer?strictConflictStatusCode=true'
  expect((await post(ask, strict, { email: 'OTTO@norrviken.example' })).status).toBe(409)
  expect((await post(ask, 'customer', { email: 'otto' })).status).toBe(400)
  expect((await post(at.jira('jonas'), 'customer', { email: 'x@y.example' })).status).toBe(403)
})

test('access to the portal is revoked by administrators of the site', async () => {
  const at = stage()
  const path = `customer/user/${encodeURIComponent(accountId(at, 'mats'))}/revoke-portal-only-access`
  expect((await put(at.jira('jonas'), path)).status).toBe(403)
  expect((await put(at.jira('maya'), path)).status).toBe(204)
  expect((await put(at.jira('maya'), path)).status).toBe(400)
})

test('organizations are listed for agents, and for their members', async () => {
  const at = stage()
  expect(names((await at.jira('maya')(`${api}/organization`)).body)).toEqual([
    'Lakeside Marina',
    'Porto de Barcos',
  ])
  const mats = encodeURIComponent(accountId(at, 'mats'))
  expect(names((await at.jira('maya')(`${api}/organization?accountId=${mats}`)).body)).toEqual([
    'Lakeside Marina',
  ])
  expect((await at.jira('sam')(`${api}/organization`)).body.size).toBe(0)
  expect((await at.jira('sam')(`${api}/organization?accountId=${mats}`)).status).toBe(403)
  expect((await at.jira('sam')(`${api}/organization/1`)).status).toBe(404)
  await post(at.jira('maya'), 'organization/1/user', { accountIds: [accountId(at, 'sam')] })
  expect((await at.jira('sam')(`${api}/organization/1`)).body).toMatchObject({
    id: '1',
    name: 'Lakeside Marina',
  })
  expect((await at.jira('sam')(`${api}/organization/1/user`)).status).toBe(403)
})

test('organizations are made, filled, emptied and deleted', async () => {
  const at = stage()
  const ask = at.jira('maya')
  const made = await post(ask, 'organization', { name: ' Norrviken ' })
  expect([made.status, made.body.name]).toEqual([201, 'Norrviken'])
  const { id } = made.body
  const accountIds = [accountId(at, 'sam'), accountId(at, 'priya')]
  expect((await post(ask, `organization/${id}/user`, { accountIds })).status).toBe(204)
  expect(names((await ask(`${api}/organization/${id}/user`)).body)).toEqual(['Priya Raman', 'Sam Whitfield'])
  expect((await drop(ask, `organization/${id}/user`, { accountIds: accountIds.slice(1) })).status).toBe(204)
  expect(names((await ask(`${api}/organization/${id}/user`)).body)).toEqual(['Sam Whitfield'])
  expect((await drop(at.jira('sam'), `organization/${id}`)).status).toBe(403)
  expect((await drop(ask, `organization/${id}`)).status).toBe(204)
  expect((await ask(`${api}/organization/${id}`)).status).toBe(404)
  expect((await post(ask, 'organization', { name: '' })).status).toBe(400)
  expect((await post(at.jira('jonas'), 'organization', { name: 'x' })).status).toBe(403)
})

test('organizations come to a desk and leave it', async () => {
  const at = stage()
  const path = 'servicedesk/1/organization'
  const ask = at.jira('grace')
  expect(names((await ask(`${api}/${path}`)).body)).toEqual(['Lakeside Marina', 'Porto de Barcos'])
  expect((await drop(ask, path, { organizationId: 1 })).status).toBe(204)
  expect(names((await ask(`${api}/${path}`)).body)).toEqual(['Porto de Barcos'])
  expect((await post(ask, path, { organizationId: 1 })).status).toBe(204)
  expect((await post(ask, path, { organizationId: 99 })).status).toBe(404)
  expect((await at.jira('sam')(`${api}/${path}`)).status).toBe(403)
})

test('organizations and request types have properties', async () => {
  const at = stage()
  const things = [
    ['organization/1/property', 404],
    ['servicedesk/1/requesttype/10/property', 403],
  ] as const
  for (const [thing, refusal] of things) {
    const ask = at.jira('maya')
    expect((await put(ask, `${thing}/plan`, { size: 3 })).status).toBe(201)
    expect((await put(ask, `${thing}/plan`, 4)).status).toBe(200)
    expect((await ask(`${api}/${thing}`)).body.keys).toMatchObject([{ key: 'plan' }])
    expect((await ask(`${api}/${thing}/plan`)).body).toEqual({ key: 'plan', value: 4 })
    expect((await put(at.jira('jonas'), `${thing}/plan`, 5)).status).toBe(refusal)
    expect((await drop(ask, `${thing}/plan`)).status).toBe(204)
    const gone = await ask(`${api}/${thing}/plan`)
    expect([gone.status, gone.body]).toEqual([404, { errorMessage: "The property 'plan' does not exist." }])
  }
})

test('queues are for agents, and count their issues on demand', async () => {
  const { jira } = stage()
  const { body } = await jira('grace')(`${api}/servicedesk/1/queue`)
  expect(names(body)).toEqual(['All open', 'Unassigned', 'Breached'])
  expect(body.values[0].issueCount).toBeUndefined()
  expect((await jira('grace')(`${api}/servicedesk/1/queue/2?includeCount=true`)).body.issueCount).toBe(3)
  expect((await jira('grace')(`${api}/servicedesk/1/queue/9`)).status).toBe(404)
  expect((await jira('jonas')(`${api}/servicedesk/1/queue`)).status).toBe(403)
})

test('issues of a queue come in its order, with its columns', async () => {
  const { body } = await stage().jira('maya')(`${api}/servicedesk/1/queue/1/issue`)
  expect(body.values.map(({ key }: Json) => key)).toEqual(['HELP-6', 'HELP-3', 'HELP-2', 'HELP-5'])
  expect(Object.keys(body.values[0].fields).toSorted()).toEqual([
    'assignee',
    'created',
    'customfield_10030',
    'issuetype',
    'reporter',
    'status',
    'summary',
  ])
  expect(body.values[0].fields.customfield_10030).toMatchObject({
    name: 'Time to resolution',
    ongoingCycle: { breached: true },
  })
})
