import { expect, test } from 'vitest'

import { type Ask, type Json, stage, words } from './support.ts'

const path = '/rest/api/3/issue/ALPHA-5/worklog'

const remaining = async (ask: Ask): Promise<number> =>
  (await ask('/rest/api/3/issue/ALPHA-5?fields=timetracking')).body.fields.timetracking
    .remainingEstimateSeconds

const log = async (ask: Ask, body: Json, query: Readonly<Record<string, string>> = {}): Promise<Json> =>
  (await ask(path, { method: 'POST', body, query })).body

test('a worklog is changed by its author and by who may change all, and says who did', async () => {
  const { jira } = stage()
  const { id } = await log(jira('jonas'), { timeSpent: '1h' })
  const change = { method: 'PUT', body: { timeSpentSeconds: 7200, comment: words('Longer than thought') } }
  expect((await jira('priya')(`${path}/${id}`, change)).status).toBe(400)
  const { status, body } = await jira('maya')(`${path}/${id}`, change)
  expect(status).toBe(200)
  expect(body).toMatchObject({ timeSpent: '2h', author: { displayName: 'Jonas Weber' } })
  expect(body.updateAuthor.displayName).toBe('Maya Lindqvist')
})

test('time logged without an estimate leaves nothing to do', async () => {
  const ask = stage().jira('maya')
  const fields = { project: { key: 'ALPHA' }, issuetype: { name: 'Task' }, summary: 'Not estimated' }
  const { key } = (await ask('/rest/api/3/issue', { method: 'POST', body: { fields } })).body
  await ask(`/rest/api/3/issue/${key}/worklog`, { method: 'POST', body: { timeSpent: '1h' } })
  const { body } = await ask(`/rest/api/3/issue/${key}?fields=timetracking`)
  expect(body.fields.timetracking).toMatchObject({ remainingEstimate: '0m', timeSpent: '1h' })
})

test('logged time moves the remaining time as it is told to', async () => {
  const ask = stage().jira('maya')
  const before = await remaining(ask)
  const { id } = await log(ask, { timeSpent: '1h' })
  expect(await remaining(ask)).toBe(before - 3600)
  await ask(`${path}/${id}`, { method: 'PUT', body: { timeSpent: '3h' } })
  expect(await remaining(ask)).toBe(before - 3 * 3600)
  await ask(`${path}/${id}`, { method: 'DELETE' })
  expect(await remaining(ask)).toBe(before)
  await log(ask, { timeSpent: '1h' }, { adjustEstimate: 'leave' })
  expect(await remaining(ask)).toBe(before)
  await log(ask, { timeSpent: '1h' }, { adjustEstimate: 'new', newEstimate: '2h' })
  expect(await remaining(ask)).toBe(7200)
  const last = await log(ask, { timeSpent: '1h' }, { adjustEstimate: 'manual', reduceBy: '30m' })
  expect(await remaining(ask)).toBe(5400)
  const query = { adjustEstimate: 'manual', increaseBy: '1h' }
  await ask(`${path}/${last.id}`, { method: 'DELETE', query })
  expect(await remaining(ask)).toBe(9000)
  expect(
    (await ask(path, { method: 'POST', body: { timeSpent: '1h' }, query: { adjustEstimate: 'new' } })).status,
  ).toBe(400)
})

test('several worklogs are deleted and moved at once', async () => {
  const ask = stage().jira('maya')
  const ids = [await log(ask, { timeSpent: '1h' }), await log(ask, { timeSpent: '2h' })].map(({ id }) =>
    Number(id),
  )
  const moved = await ask(`${path}/move`, {
    method: 'POST',
    body: { ids: [ids[0]], issueIdOrKey: 'ALPHA-8' },
  })
  expect(moved.status).toBe(204)
  const there = await ask('/rest/api/3/issue/ALPHA-8/worklog')
  expect(there.body.worklogs.map(({ id }: Json) => Number(id))).toContain(ids[0])
  const some = await ask(path, { method: 'DELETE', body: { ids: [ids[1], 1] } })
  expect(some.status).toBe(200)
  expect((await ask(`${path}/${ids[1]}`)).status).toBe(404)
})

test('worklogs that changed or went since a moment are listed, and read by their ids', async () => {
  const { jira, simulator } = stage()
  const ask = jira('maya')
  simulator.clock.advance(1000)
  const since = simulator.clock.now() - 1
  const { id } = await log(ask, { timeSpent: '1h' })
  const updated = await ask('/rest/api/3/worklog/updated', { query: { since } })
  expect(updated.body).toMatchObject({ since, lastPage: true, until: since + 1 })
  expect(updated.body.values).toEqual([{ worklogId: Number(id), updatedTime: since + 1, properties: [] }])
  const read = await ask('/rest/api/3/worklog/list', { method: 'POST', body: { ids: [Number(id), 1] } })
  expect(read.body.map((one: Json) => one.id)).toEqual([id])
  await ask(`${path}/${id}`, { method: 'DELETE' })
  const deleted = await ask('/rest/api/3/worklog/deleted', { query: { since } })
  expect(deleted.body.values).toEqual([{ worklogId: Number(id), updatedTime: since + 1, properties: [] }])
})
