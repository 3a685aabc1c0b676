import { createJira } from '@telamon/jira'
import { isAtlassianError, oauth } from '@telamon/rest'
import { expect, test } from 'vitest'

import { createSimulator } from './answers.ts'
import { morning } from './support.ts'

const simulatorOf = () => createSimulator({ now: () => morning })

const clientOf = (simulator: ReturnType<typeof simulatorOf>, person: string) => {
  const [site] = simulator.world.sites.values()
  const auth = oauth({ cloudId: site?.cloudId ?? '', token: () => simulator.tokenFor(person) })
  return createJira({ auth, fetch: simulator.fetch })
}

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const found: Item[] = []
  for await (const item of items) found.push(item)
  return found
}

const keysOf = async (issues: AsyncIterable<{ readonly key: string }>): Promise<readonly string[]> =>
  (await all(issues)).map(({ key }) => key)

test('the typed client plans, begins and completes a sprint', async () => {
  const jira = clientOf(simulatorOf(), 'maya')
  const [board] = await all(jira.boards.list({ project: 'QUAY', type: ['scrum'] }))
  const boardId = board?.id ?? 0
  const days = { start: new Date('2026-11-30T08:00:00Z'), end: new Date('2026-12-11T16:00:00Z') }
  const sprint = await jira.sprints.create({ name: 'Quay 4', boardId, goal: 'Frost', ...days })
  await jira.sprints.add(sprint.id, ['QUAY-11', 'QUAY-12'])
  await jira.boards.rank(['QUAY-12'], { before: 'QUAY-11' })
  expect(await keysOf(jira.sprints.issues(sprint.id, { fields: ['summary'] }))).toEqual([
    'QUAY-12',
    'QUAY-11',
  ])
  const early = await jira.sprints.start(sprint.id, {}).catch((error: unknown) => error)
  expect(isAtlassianError(early, 'invalid_request')).toBe(true)
  await jira.sprints.complete(2)
  expect(await jira.sprints.start(sprint.id, {})).toMatchObject({ state: 'active', goal: 'Frost' })
  await jira.boards.toBacklog(['QUAY-11'])
  expect(await keysOf(jira.boards.backlog(boardId, { fields: ['summary'] }))).toContain('QUAY-11')
  await jira.epics.add('QUAY-2', ['QUAY-12'])
  expect(await keysOf(jira.epics.issues('QUAY-2', { fields: ['summary'] }))).toContain('QUAY-12')
})

test('the typed client raises a request, answers it, and has it approved', async () => {
  const simulator = simulatorOf()
  const [customer, agent] = [clientOf(simulator, 'sam'), clientOf(simulator, 'grace')]
  const [desk] = await all(customer.serviceDesks.list())
  const serviceDeskId = desk?.id ?? ''
  const types = await all(customer.serviceDesks.requestTypes(serviceDeskId, { query: 'access' }))
  const requestTypeId = types[0]?.id ?? ''
  const { requestTypeFields } = await customer.serviceDesks.requestFields(
    serviceDeskId,
    Number(requestTypeId),
  )
  expect(requestTypeFields?.map(({ fieldId }) => fieldId)).toEqual(['summary', 'description'])
  const fields = { summary: 'Access to the map', description: 'To draw it *anew*.' }
  const { issueKey = '' } = await customer.requests.create({ serviceDeskId, requestTypeId, fields })
  await agent.requests.comment(issueKey, { body: 'Let me think.', public: true })
  const [comment] = await all(customer.requests.comments(issueKey))
  expect(comment?.body).toBe('Let me think.')
  const [approval] = await all(agent.requests.approvals(issueKey))
  const approvalId = Number(approval?.id)
  const refused = await customer.requests
    .decide(issueKey, { approvalId, decision: 'approve' })
    .catch((error: unknown) => error)
  expect(isAtlassianError(refused, 'forbidden')).toBe(true)
  expect(await agent.requests.decide(issueKey, { approvalId, decision: 'approve' })).toMatchObject({
    finalDecision: 'approved',
  })
  const queued = await all(agent.queues.issues(serviceDeskId, 2))
  expect(queued.map(({ key }) => key)).toContain(issueKey)
  expect(await all(agent.requests.sla(issueKey))).toHaveLength(2)
})
