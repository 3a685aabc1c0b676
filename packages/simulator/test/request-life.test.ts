import { expect, test } from 'vitest'

import { type Answer, type Ask, type Json, stage, type Stage, words } from './support.ts'

const api = '/rest/servicedeskapi'
const post = (ask: Ask, path: string, body: unknown): Promise<Answer> =>
  ask(`${api}/${path}`, { method: 'POST', body })

const accountId = ({ simulator }: Stage, handle: string): string =>
  [...simulator.world.people.values()].find((person) => person.handle === handle)?.accountId ?? ''

const names = (body: Json): readonly string[] => body.values.map(({ displayName }: Json) => displayName)

const question = {
  serviceDeskId: '1',
  requestTypeId: '10',
  requestFieldValues: { summary: 'Where is berth 9?', description: 'I have *looked* on the map.' },
}

test('internal comments are for agents, here and in the issue', async () => {
  const { jira } = stage()
  const texts = async (person: string, query = ''): Promise<readonly boolean[]> =>
    (await jira(person)(`${api}/request/HELP-5/comment${query}`)).body.values.map((one: Json) => one.public)
  const internal = await post(jira('grace'), 'request/HELP-5/comment', { body: 'Hm.', public: false })
  expect(internal.status).toBe(201)
  await post(jira('sam'), 'request/HELP-5/comment', { body: 'It is for *one* page.', public: true })
  expect(await texts('grace')).toEqual([false, true])
  expect(await texts('grace', '?internal=false')).toEqual([true])
  expect(await texts('grace', '?public=false')).toEqual([false])
  expect(await texts('sam')).toEqual([true])
  expect((await jira('sam')(`${api}/request/HELP-5/comment/${internal.body.id}`)).status).toBe(404)
  const issue = await jira('grace')('/rest/api/3/issue/HELP-5/comment')
  expect(issue.body.comments.map(({ jsdPublic }: Json) => jsdPublic)).toEqual([false, true])
  expect((await post(jira('sam'), 'request/HELP-5/comment', { body: 'x', public: false })).status).toBe(403)
  expect((await post(jira('sam'), 'request/HELP-5/comment', { body: ' ' })).status).toBe(400)
})

test('a comment is in wiki notation, and in HTML on demand', async () => {
  const ask = stage().jira('sam')
  const made = await post(ask, 'request/HELP-5/comment', { body: '* one\n* *two*' })
  expect(made.body).toMatchObject({
    body: '* one\n* *two*',
    public: true,
    author: { displayName: 'Sam Whitfield' },
  })
  const read = await ask(`${api}/request/HELP-5/comment/${made.body.id}?expand=renderedBody`)
  expect(read.body.renderedBody.html).toContain('<strong>two</strong>')
})

test('who may not see a request gets an empty page of comments', async () => {
  const { status, body } = await stage().jira('jonas')(`${api}/request/HELP-1/comment`)
  expect([status, body.values]).toEqual([200, []])
})

test('participants are added and removed by agents and the reporter', async () => {
  const at = stage()
  const path = 'request/HELP-5/participant'
  expect(names((await at.jira('sam')(`${api}/${path}`)).body)).toEqual(['Priya Raman'])
  const body = { accountIds: [accountId(at, 'jonas')] }
  expect((await post(at.jira('priya'), path, body)).status).toBe(403)
  expect(names((await post(at.jira('sam'), path, body)).body)).toEqual(['Jonas Weber', 'Priya Raman'])
  expect((await at.jira('jonas')(`${api}/request/HELP-5`)).status).toBe(200)
  const removed = await at.jira('grace')(`${api}/${path}`, { method: 'DELETE', body })
  expect(names(removed.body)).toEqual(['Priya Raman'])
  expect((await post(at.jira('sam'), path, { accountIds: ['nobody'] })).status).toBe(400)
})

test('those who take part are told of news unless they do not want it', async () => {
  const { jira } = stage()
  const path = `${api}/request/HELP-5/notification`
  const isSubscribed = async (person: string): Promise<boolean> => (await jira(person)(path)).body.subscribed
  expect([await isSubscribed('sam'), await isSubscribed('priya'), await isSubscribed('maya')]).toEqual([
    true,
    true,
    false,
  ])
  expect((await jira('sam')(path, { method: 'DELETE' })).status).toBe(204)
  expect((await jira('maya')(path, { method: 'PUT' })).status).toBe(204)
  expect([await isSubscribed('sam'), await isSubscribed('maya')]).toEqual([false, true])
})

test('the statuses of a request come newest first', async () => {
  const { body } = await stage().jira('maya')(`${api}/request/HELP-1/status`)
  expect(body.values.map(({ status, statusCategory }: Json) => [status, statusCategory])).toEqual([
    ['Resolved', 'DONE'],
    ['Waiting for support', 'NEW'],
    ['Waiting for you', 'INDETERMINATE'],
    ['Waiting for support', 'NEW'],
  ])
})

test('customers take the steps that the portal offers, with a word of why', async () => {
  const at = stage()
  await post(at.jira('maya'), 'request', question)
  await at.jira('maya')('/rest/api/3/issue/HELP-7/transitions', {
    method: 'POST',
    body: { transition: { id: '21' } },
  })
  const ask = at.jira('maya')
  const { body } = await ask(`${api}/request/HELP-7/transition`)
  expect(body.values).toEqual([
    { id: '31', name: 'Respond to support' },
    { id: '51', name: 'Mark as done' },
  ])
  const moved = await post(ask, 'request/HELP-7/transition', {
    id: '51',
    additionalComment: { body: 'Found it.' },
  })
  expect([moved.status, moved.text]).toEqual([204, ''])
  const issue = await ask('/rest/api/3/issue/HELP-7?fields=status,resolution,comment')
  expect(issue.body.fields).toMatchObject({ status: { name: 'Resolved' }, resolution: { name: 'Done' } })
  expect(issue.body.fields.comment.comments[0].body).toEqual(words('Found it.'))
  expect((await post(ask, 'request/HELP-7/transition', { id: '11' })).status).toBe(400)
})

test('a request that needs approval waits for it, and no other step leads on', async () => {
  const { jira } = stage()
  const { body } = await jira('sam')(`${api}/request/HELP-5/approval`)
  expect(body.values).toMatchObject([
    {
      name: 'Waiting for approval',
      finalDecision: 'pending',
      canAnswerApproval: false,
      approvers: [{ approver: { displayName: 'Grace Okafor' }, approverDecision: 'pending' }],
    },
  ])
  const own = await jira('grace')(`${api}/request/HELP-5/approval/${body.values[0].id}`)
  expect(own.body.canAnswerApproval).toBe(true)
  expect((await jira('maya')('/rest/api/3/issue/HELP-5/transitions')).body.transitions).toEqual([])
  expect((await jira('sam')(`${api}/request/HELP-5/approval/99`)).status).toBe(404)
})

test.each([
  ['approve', 'approved', 'Waiting for support'],
  ['decline', 'declined', 'Declined'],
])('an approver can %s, once, and the request goes on', async (decision, finalDecision, status) => {
  const { jira } = stage()
  const path = 'request/HELP-5/approval/2'
  expect((await post(jira('maya'), path, { decision })).status).toBe(403)
  expect((await post(jira('grace'), path, { decision: 'maybe' })).status).toBe(400)
  const answered = await post(jira('grace'), path, { decision })
  expect(answered.body).toMatchObject({
    finalDecision,
    canAnswerApproval: false,
    completedDate: { friendly: 'Today 9:00 AM' },
  })
  expect((await post(jira('grace'), path, { decision })).status).toBe(409)
  const { body } = await jira('maya')('/rest/api/3/issue/HELP-5?fields=status&expand=changelog')
  expect(body.fields.status.name).toBe(status)
  expect(body.changelog.histories[0]).toMatchObject({
    author: { displayName: 'Grace Okafor' },
    items: expect.arrayContaining([expect.objectContaining({ field: 'status', toString: status })]),
  })
})

test('as many have to approve as the step says; one who declines is enough', async () => {
  const at = stage()
  const service = [...at.simulator.world.sites.values()][0]?.service
  const type = service?.requestTypes.get('12')
  const approverIds = [accountId(at, 'grace'), accountId(at, 'maya')]
  if (service && type?.approval) {
    service.requestTypes.set('12', { ...type, approval: { ...type.approval, approverIds, needed: 2 } })
  }
  const made = await post(at.jira('sam'), 'request', { ...question, requestTypeId: '12' })
  const path = `request/${made.body.issueKey}/approval`
  const [{ id }] = (await at.jira('sam')(`${api}/${path}`)).body.values
  expect((await post(at.jira('grace'), `${path}/${id}`, { decision: 'approve' })).body.finalDecision).toBe(
    'pending',
  )
  expect((await post(at.jira('maya'), `${path}/${id}`, { decision: 'decline' })).body.finalDecision).toBe(
    'declined',
  )
})

test('the reporter rates a request, and can take that back', async () => {
  const { jira } = stage()
  const path = 'request/HELP-4/feedback'
  expect((await jira('jonas')(`${api}/${path}`)).status).toBe(404)
  const rated = await post(jira('jonas'), path, { type: 'csat', rating: 4, comment: { body: 'Fine.' } })
  expect([rated.status, rated.body]).toEqual([201, { type: 'csat', rating: 4, comment: { body: 'Fine.' } }])
  expect((await jira('maya')(`${api}/${path}`)).body.rating).toBe(4)
  expect((await post(jira('maya'), path, { rating: 1 })).status).toBe(403)
  expect((await post(jira('jonas'), path, { rating: 6 })).status).toBe(400)
  expect((await jira('jonas')(`${api}/${path}`, { method: 'DELETE' })).status).toBe(204)
  expect((await jira('jonas')(`${api}/${path}`, { method: 'DELETE' })).status).toBe(404)
})

test('what is written in wiki notation comes back in it', async () => {
  const ask = stage().jira('sam')
  const body = [
    'h2. What I _saw_',
    'A *bold* word, {{code}}, -gone-, [a link|https://example.org/a] and [~accountid:712020:1].',
    '* one\n** deeper\n* two',
    '# first\n# second',
    '{code:sql}\nSELECT 1;\n{code}',
    '{quote}\nSaid so.\n{quote}',
    '||Berth||Boat||\n|4|Anna|',
    '----',
  ].join('\n\n')
  const made = await post(ask, 'request/HELP-5/comment', { body })
  expect(made.body.body).toBe(body)
})
