import { expect, test } from 'vitest'

import { type Ask, type Json, stage } from './support.ts'

const submit = async (ask: Ask, what: string, body: unknown): Promise<string> => {
  const answer = await ask(`/rest/api/3/bulk/issues/${what}`, { method: 'POST', body })
  expect([what, answer.status]).toEqual([what, 201])
  return answer.body.taskId
}

const finish = async (ask: Ask, taskId: string): Promise<Json> => {
  const states: Json[] = []
  do states.push((await ask(`/rest/api/3/bulk/queue/${taskId}`)).body)
  while (states.at(-1).status !== 'COMPLETE' && states.length < 9)
  return states.at(-1)
}

const read = async (ask: Ask, key: string, fields: string): Promise<Json> =>
  (await ask(`/rest/api/3/issue/${key}`, { query: { fields } })).body.fields

test('work on many issues goes on after its answer, and is seen to go on', async () => {
  const ask = stage().jira('maya')
  const keys = ['ALPHA-7', 'ALPHA-8', 'ALPHA-13', 'ALPHA-15', 'NOPE-1']
  const taskId = await submit(ask, 'watch', { selectedIssueIdsOrKeys: keys })
  expect((await read(ask, 'ALPHA-15', 'watches')).watches.isWatching).toBe(false)
  const first = await ask(`/rest/api/3/bulk/queue/${taskId}`)
  expect(first.body).toMatchObject({ status: 'ENQUEUED', progressPercent: 0, totalIssueCount: 5 })
  const second = await ask(`/rest/api/3/bulk/queue/${taskId}`)
  expect(second.body).toMatchObject({ status: 'RUNNING', progressPercent: 50 })
  const last = await finish(ask, taskId)
  expect(last).toMatchObject({ status: 'COMPLETE', progressPercent: 100, invalidOrInaccessibleIssueCount: 1 })
  expect(last.processedAccessibleIssues).toHaveLength(4)
  expect((await read(ask, 'ALPHA-15', 'watches')).watches.isWatching).toBe(true)
  await finish(ask, await submit(ask, 'unwatch', { selectedIssueIdsOrKeys: keys }))
  expect((await read(ask, 'ALPHA-15', 'watches')).watches.isWatching).toBe(false)
})

test('work goes on by the clock as well, without anybody looking', async () => {
  const { jira, simulator } = stage()
  const ask = jira('maya')
  await submit(ask, 'watch', { selectedIssueIdsOrKeys: ['ALPHA-7', 'ALPHA-8'] })
  simulator.clock.advance(20)
  expect((await read(ask, 'ALPHA-7', 'watches')).watches.isWatching).toBe(true)
  expect((await read(ask, 'ALPHA-8', 'watches')).watches.isWatching).toBe(false)
  simulator.clock.advance(20)
  expect((await read(ask, 'ALPHA-8', 'watches')).watches.isWatching).toBe(true)
})

test('fields of many issues are edited in the forms of that operation', async () => {
  const { jira, simulator } = stage()
  const ask = jira('maya')
  const accountId = simulator.people.find(({ id }) => id === 'priya')?.accountId
  const taskId = await submit(ask, 'fields', {
    selectedIssueIdsOrKeys: ['ALPHA-7', 'ALPHA-8'],
    selectedActions: ['labels', 'priority', 'assignee', 'customfield_10016', 'duedate'],
    editedFieldsInput: {
      labelsFields: [
        { fieldId: 'labels', labels: [{ name: 'many' }], bulkEditMultiSelectFieldOption: 'ADD' },
      ],
      priority: { priorityId: '1' },
      singleSelectClearableUserPickerFields: [{ fieldId: 'assignee', user: { accountId } }],
      clearableNumberFields: [{ fieldId: 'customfield_10016', value: 8 }],
      datePickerFields: [{ fieldId: 'duedate', date: { formattedDate: '2026-12-24' } }],
      singleLineTextFields: [{ fieldId: 'summary', text: 'Not selected' }],
    },
  })
  expect((await finish(ask, taskId)).failedAccessibleIssues).toEqual({})
  const fields = await read(ask, 'ALPHA-8', 'labels,priority,assignee,customfield_10016,duedate,summary')
  expect(fields).toMatchObject({
    priority: { name: 'Highest' },
    assignee: { displayName: 'Priya Raman' },
    customfield_10016: 8,
    duedate: '2026-12-24',
  })
  expect(fields.labels).toContain('many')
  expect(fields.summary).not.toBe('Not selected')
})

test('an issue that cannot be changed is listed with the reason, and the others are changed', async () => {
  const { jira } = stage()
  const ask = jira('sam')
  const taskId = await submit(ask, 'fields', {
    selectedIssueIdsOrKeys: ['ALPHA-7', 'WEB-1'],
    selectedActions: ['summary'],
    editedFieldsInput: { singleLineTextFields: [{ fieldId: 'summary', text: 'One name for all' }] },
  })
  const { processedAccessibleIssues, failedAccessibleIssues } = await finish(ask, taskId)
  expect(processedAccessibleIssues).toHaveLength(1)
  expect(Object.values(failedAccessibleIssues).flat()).toEqual([
    "Field 'summary' cannot be set. It is not on the appropriate screen, or unknown.",
  ])
  expect((await read(ask, 'WEB-1', 'summary')).summary).toBe('One name for all')
})

test('many issues take a step that they all can take', async () => {
  const ask = stage().jira('maya')
  const query = { issueIdsOrKeys: 'ALPHA-7,ALPHA-8' }
  const { body } = await ask('/rest/api/3/bulk/issues/transition', { query })
  const [{ transitions }] = body.availableTransitions
  const { transitionId } = transitions.find(({ transitionName }: Json) => transitionName === 'Done')
  const taskId = await submit(ask, 'transition', {
    bulkTransitionInputs: [
      { selectedIssueIdsOrKeys: ['ALPHA-7', 'ALPHA-8'], transitionId: String(transitionId) },
    ],
  })
  await finish(ask, taskId)
  expect((await read(ask, 'ALPHA-7', 'status')).status.name).toBe('Done')
})

test('issues move to another project with their subtasks, and their old keys lead to them', async () => {
  const ask = stage().jira('maya')
  const { body: web } = await ask('/rest/api/3/project/WEB')
  const task = web.issueTypes.find(({ name }: Json) => name === 'Task')
  const taskId = await submit(ask, 'move', {
    targetToSourcesMapping: {
      [`WEB,${task.id}`]: {
        issueIdsOrKeys: ['ALPHA-8'],
        inferClassificationDefaults: true,
        inferFieldDefaults: true,
        inferStatusDefaults: true,
        inferSubtaskTypeDefault: true,
      },
    },
  })
  expect((await finish(ask, taskId)).failedAccessibleIssues).toEqual({})
  const { body } = await ask('/rest/api/3/issue/ALPHA-8?fields=project,status,issuetype&expand=changelog')
  expect(body.key).toMatch(/^WEB-\d+$/)
  expect(body.fields).toMatchObject({ project: { key: 'WEB' }, issuetype: { name: 'Task' } })
  expect(body.changelog.histories[1].items.map(({ field }: Json) => field)).toEqual(['project', 'Key'])
})

test('many issues are deleted, by who may', async () => {
  const { jira } = stage()
  const body = { selectedIssueIdsOrKeys: ['ALPHA-7'] }
  const refused = await finish(jira('jonas'), await submit(jira('jonas'), 'delete', body))
  expect(Object.values(refused.failedAccessibleIssues)).toHaveLength(1)
  await finish(jira('maya'), await submit(jira('maya'), 'delete', body))
  expect((await jira('maya')('/rest/api/3/issue/ALPHA-7')).status).toBe(404)
})

test('the fields that many issues have in common are listed', async () => {
  const ask = stage().jira('maya')
  const query = { issueIdsOrKeys: 'ALPHA-7,ALPHA-8' }
  const { body } = await ask('/rest/api/3/bulk/issues/fields', { query })
  const ids = body.fields.map(({ id }: Json) => id)
  expect(ids).toContain('priority')
  expect(ids).toContain('labels')
  const narrow = await ask('/rest/api/3/bulk/issues/fields', { query: { ...query, searchText: 'prio' } })
  expect(narrow.body.fields.map(({ id }: Json) => id)).toEqual(['priority'])
})

test('bulk work is refused in the form of its own, before anything begins', async () => {
  const ask = stage().jira('maya')
  const none = await ask('/rest/api/3/bulk/issues/watch', {
    method: 'POST',
    body: { selectedIssueIdsOrKeys: [] },
  })
  expect(none.status).toBe(400)
  expect(none.body.errors[0].message).toContain('At least one issue')
  const many = Array.from({ length: 1001 }, (_, place) => String(place))
  const body = { selectedIssueIdsOrKeys: many }
  expect((await ask('/rest/api/3/bulk/issues/delete', { method: 'POST', body })).status).toBe(400)
})

test('a task is for who submitted it and for administrators, and can be cancelled while it runs', async () => {
  const { jira } = stage()
  const taskId = await submit(jira('jonas'), 'watch', {
    selectedIssueIdsOrKeys: ['ALPHA-7', 'ALPHA-8', 'ALPHA-13', 'ALPHA-15'],
  })
  expect((await jira('priya')(`/rest/api/3/task/${taskId}`)).status).toBe(404)
  expect((await jira('maya')(`/rest/api/3/task/${taskId}`)).body.status).toBe('ENQUEUED')
  const cancel = `/rest/api/3/task/${taskId}/cancel`
  expect((await jira('jonas')(cancel, { method: 'POST' })).status).toBe(202)
  const { body } = await jira('jonas')(`/rest/api/3/task/${taskId}`)
  expect(body).toMatchObject({ status: 'CANCELLED', progress: 50 })
  expect((await jira('jonas')(cancel, { method: 'POST' })).status).toBe(400)
  expect((await read(jira('jonas'), 'ALPHA-15', 'watches')).watches.isWatching).toBe(false)
})
