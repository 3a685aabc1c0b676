import { expect, test } from 'vitest'

import { type Answer, type Ask, type Json, linksIn, stage, type Stage, words } from './support.ts'

const api = '/rest/servicedeskapi'
const post = (ask: Ask, path: string, body: unknown): Promise<Answer> =>
  ask(`${api}/${path}`, { method: 'POST', body })
const keysOf = (body: Json): readonly string[] => body.values.map(({ issueKey }: Json) => issueKey)

const accountId = ({ simulator }: Stage, handle: string): string =>
  [...simulator.world.people.values()].find((person) => person.handle === handle)?.accountId ?? ''

const question = {
  serviceDeskId: '1',
  requestTypeId: '10',
  requestFieldValues: { summary: 'Where is berth 9?', description: 'I have *looked* on the map.' },
}

test('a request shows what its customer wrote, and where it stands, in names for customers', async () => {
  const { body } = await stage().jira('maya')(`${api}/request/HELP-2`)
  expect(body).toMatchObject({
    issueKey: 'HELP-2',
    summary: 'How do I change the price of one berth?',
    requestTypeId: '10',
    serviceDeskId: '1',
    reporter: { displayName: 'Inês Duarte' },
    createdDate: { iso8601: '2026-11-12T15:10:00+0100', jira: '2026-11-12T15:10:00.000+0100' },
    currentStatus: { status: 'Waiting for you', statusCategory: 'INDETERMINATE' },
  })
  expect(body.requestFieldValues).toMatchObject([
    { fieldId: 'summary', label: 'What is it about?', value: body.summary },
    { fieldId: 'description', renderedValue: { html: expect.stringContaining('<p>') } },
  ])
  expect(linksIn(body)).toMatchObject({
    web: 'https://brightwater-demo.atlassian.net/servicedesk/customer/portal/1/HELP-2',
    agent: 'https://brightwater-demo.atlassian.net/browse/HELP-2',
  })
})

test('dates are told in words as well', async () => {
  const ask = stage().jira('maya')
  const friendly = async (key: string): Promise<string> =>
    (await ask(`${api}/request/${key}`)).body.createdDate.friendly
  expect(await friendly('HELP-3')).toBe('Friday 4:20 PM')
  expect(await friendly('HELP-2')).toBe('12/Nov/26 3:10 PM')
  await post(ask, 'request', question)
  expect(await friendly('HELP-7')).toBe('Today 10:00 AM')
})

test('a request can be expanded by what belongs to it; promises are for agents', async () => {
  const { jira } = stage()
  const expand = 'participant,status,sla,requestType,serviceDesk,action,comment,comment.renderedBody'
  const { body } = await jira('maya')(`${api}/request/HELP-1`, { query: { expand } })
  expect(body).toMatchObject({
    participants: { size: 0 },
    status: { size: 4 },
    sla: { size: 2 },
    requestType: { name: 'Something does not work' },
    serviceDesk: { projectKey: 'HELP' },
    actions: { addComment: { allowed: true }, addParticipant: { allowed: true } },
    comments: { size: 3 },
  })
  expect(body.comments.values[0].renderedBody.html).toContain('Thank you, Mats.')
  const customer = await jira('sam')(`${api}/request/HELP-3`, { query: { expand } })
  expect(customer.body.sla).toBeUndefined()
  expect(customer.body.actions.addParticipant).toEqual({ allowed: false })
})

test('a request is seen by its reporter, participants, approvers, those it is shared with, and agents', async () => {
  const at = stage()
  const status = async (person: string, key: string): Promise<number> =>
    (await at.jira(person)(`${api}/request/${key}`)).status
  expect(await status('sam', 'HELP-5')).toBe(200)
  expect(await status('priya', 'HELP-5')).toBe(200)
  expect(await status('grace', 'HELP-5')).toBe(200)
  expect(await status('jonas', 'HELP-5')).toBe(404)
  expect(await status('jonas', 'HELP-2')).toBe(404)
  await post(at.jira('maya'), 'organization/2/user', { accountIds: [accountId(at, 'jonas')] })
  expect(await status('jonas', 'HELP-2')).toBe(200)
  const [hidden, none] = [
    await at.jira('jonas')(`${api}/request/HELP-5`),
    await at.jira('jonas')(`${api}/request/ALPHA-1`),
  ]
  expect(hidden.body).toEqual(none.body)
})

test.each([
  ['sam', '', ['HELP-3', 'HELP-5']],
  ['sam', 'requestOwnership=OWNED_REQUESTS', ['HELP-5']],
  ['sam', 'requestOwnership=PARTICIPATED_REQUESTS', ['HELP-3']],
  ['jonas', 'requestStatus=OPEN_REQUESTS', []],
  ['jonas', 'requestStatus=CLOSED_REQUESTS', ['HELP-4']],
  ['grace', '', []],
  ['grace', 'requestOwnership=APPROVER', ['HELP-5', 'HELP-4']],
  ['grace', 'requestOwnership=APPROVER&approvalStatus=MY_PENDING_APPROVAL', ['HELP-5']],
  ['grace', 'requestOwnership=APPROVER&approvalStatus=MY_HISTORY_APPROVAL', ['HELP-4']],
  ['maya', 'requestOwnership=ALL_REQUESTS&searchTerm=acc*s', ['HELP-5', 'HELP-4']],
  ['maya', 'requestOwnership=ALL_REQUESTS&serviceDeskId=1&requestTypeId=11', ['HELP-3', 'HELP-1']],
  ['maya', 'requestOwnership=ALL_REQUESTS&serviceDeskId=2', []],
  ['maya', 'requestOwnership=ALL_REQUESTS&start=1&limit=2', ['HELP-5', 'HELP-6']],
])('%s finds by "%s", the latest activity first', async (person, query, expected) => {
  const { body } = await stage().jira(person)(`${api}/request?${query}`)
  expect(keysOf(body)).toEqual(expected)
})

test('no term of a search takes long', async () => {
  const ask = stage().jira('maya')
  const { issueId } = (await ask(`${api}/request/HELP-5`)).body
  await ask(`/rest/api/3/issue/${issueId}`, { method: 'PUT', body: { fields: { summary: 'a'.repeat(250) } } })
  const began = performance.now()
  const searchTerm = `${'*a?a'.repeat(60)}b`
  const { body } = await ask(`${api}/request`, { query: { requestOwnership: 'ALL_REQUESTS', searchTerm } })
  expect(body.values).toEqual([])
  expect(performance.now() - began).toBeLessThan(1000)
})

test('requests of an organization are listed for its members', async () => {
  const at = stage()
  await post(at.jira('maya'), 'organization/1/user', { accountIds: [accountId(at, 'sam')] })
  const list = async (query: string): Promise<Answer> => at.jira('sam')(`${api}/request?${query}`)
  expect(keysOf((await list('requestOwnership=ALL_ORGANIZATIONS')).body)).toEqual(['HELP-6', 'HELP-1'])
  expect(keysOf((await list('requestOwnership=ORGANIZATION&organizationId=1')).body)).toEqual([
    'HELP-6',
    'HELP-1',
  ])
  expect(keysOf((await list('requestOwnership=ORGANIZATION&organizationId=2')).body)).toEqual([])
  expect((await list('requestOwnership=ORGANIZATION')).status).toBe(400)
  expect((await list('requestOwnership=MINE')).status).toBe(400)
  expect((await list('requestTypeId=10')).status).toBe(400)
})

test('a customer raises a request, which is an issue of the desk', async () => {
  const { jira } = stage()
  const made = await post(jira('priya'), 'request', question)
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({
    issueKey: 'HELP-7',
    reporter: { displayName: 'Priya Raman' },
    currentStatus: { status: 'We have it' },
  })
  const { fields } = (await jira('maya')('/rest/api/3/issue/HELP-7')).body
  expect(fields).toMatchObject({
    issuetype: { name: 'Service request' },
    status: { name: 'Waiting for support' },
    project: { key: 'HELP', projectTypeKey: 'service_desk' },
    customfield_10010: { requestType: { name: 'Ask a question' }, currentStatus: { status: 'We have it' } },
  })
  expect(fields.description.content[0].content[1]).toEqual({
    type: 'text',
    text: 'looked',
    marks: [{ type: 'strong' }],
  })
  expect((await jira('priya')('/rest/api/3/issue/HELP-7')).status).toBe(404)
})

test('a request can be written as a document', async () => {
  const { jira } = stage()
  const requestFieldValues = { summary: 'Where?', description: words('I have looked.') }
  const made = await post(jira('priya'), 'request', { ...question, requestFieldValues, isAdfRequest: true })
  expect(made.body.requestFieldValues[1].value).toBe('I have looked.')
})

test.each([
  [{ ...question, serviceDeskId: '9' }, 404],
  [{ ...question, requestTypeId: '99' }, 400],
  [{ ...question, requestFieldValues: {} }, 400],
  [{ ...question, requestFieldValues: { summary: 'x', priority: { id: '1' } } }, 400],
  [{ ...question, requestTypeId: '11', requestFieldValues: { summary: 'x', priority: { id: '9' } } }, 400],
  [{ ...question, raiseOnBehalfOf: 'nobody' }, 403],
  [{ ...question, requestParticipants: ['nobody'] }, 403],
])('the request %j is not raised by a customer', async (body, status) => {
  const at = stage()
  expect((await post(at.jira('priya'), 'request', body)).status).toBe(status)
  expect((await at.jira('maya')('/rest/api/3/issue/HELP-7')).status).toBe(404)
})

test('an agent raises requests for customers, and names participants', async () => {
  const at = stage()
  const made = await post(at.jira('maya'), 'request', {
    ...question,
    raiseOnBehalfOf: accountId(at, 'mats'),
    requestParticipants: [accountId(at, 'sam')],
  })
  expect(made.body.reporter.displayName).toBe('Mats Holm')
  expect((await at.jira('sam')(`${api}/request/HELP-7`)).status).toBe(200)
  const { fields } = (await at.jira('maya')('/rest/api/3/issue/HELP-7')).body
  expect(fields.customfield_10002).toMatchObject([{ name: 'Lakeside Marina' }])
  expect(fields.customfield_10026).toMatchObject([{ displayName: 'Sam Whitfield' }])
  expect(fields.creator.displayName).toBe('Maya Lindqvist')
  const wrong = await post(at.jira('maya'), 'request', { ...question, raiseOnBehalfOf: 'nobody' })
  expect(wrong.status).toBe(400)
})
