import { expect, test } from 'vitest'

import { type Json, stage, words } from './support.ts'

const watchers = '/rest/api/3/issue/ALPHA-8/watchers'
const worklog = '/rest/api/3/issue/ALPHA-5/worklog'

test('anybody watches for themselves, and others only with the permission', async () => {
  const { jira, simulator } = stage()
  const accountId = (id: string): string =>
    simulator.people.find((person) => person.id === id)?.accountId ?? ''
  expect((await jira('sam')(watchers, { method: 'POST', body: accountId('sam') })).status).toBe(204)
  expect((await jira('sam')(watchers, { method: 'POST', body: accountId('grace') })).status).toBe(403)
  expect((await jira('maya')(watchers, { method: 'POST', body: accountId('grace') })).status).toBe(204)
  const { body } = await jira('maya')(watchers)
  expect(body).toMatchObject({ isWatching: false, watchCount: 3 })
  expect(body.watchers.map(({ displayName }: Json) => displayName)).toContain('Sam Whitfield')
  const query = { accountId: accountId('sam') }
  expect((await jira('sam')(watchers, { method: 'DELETE', query })).status).toBe(204)
  expect((await jira('maya')(watchers)).body.watchCount).toBe(2)
})

test('a watcher has to be somebody who sees the issue', async () => {
  const { jira, simulator } = stage()
  const elin = simulator.people.find(({ id }) => id === 'elin')?.accountId
  expect((await jira('maya')(watchers, { method: 'POST', body: elin })).status).toBe(404)
  expect((await jira('maya')(watchers, { method: 'POST', body: { accountId: elin } })).status).toBe(400)
})

test('worklogs are listed in the recorded shape', async () => {
  const { body } = await stage().jira('maya')(worklog)
  expect(Object.keys(body)).toEqual(['startAt', 'maxResults', 'total', 'worklogs'])
  expect(body).toMatchObject({ startAt: 0, maxResults: 5000, total: 2 })
  expect(body.worklogs[1]).toMatchObject({ timeSpent: '1d', timeSpentSeconds: 28_800, issueId: '10004' })
})

test('logging time counts it, lowers what remains and is remembered', async () => {
  const ask = stage().jira('jonas')
  const { status, body } = await ask(worklog, {
    method: 'POST',
    body: { timeSpent: '2h', comment: words('Refunds'), started: '2026-11-23T08:00:00.000+0100' },
  })
  expect(status).toBe(201)
  expect(body).toMatchObject({
    timeSpentSeconds: 7200,
    comment: words('Refunds'),
    started: '2026-11-23T08:00:00.000+0100',
  })
  const { body: issue } = await ask('/rest/api/3/issue/ALPHA-5?fields=timetracking,timespent,progress')
  expect(issue.fields.timetracking).toMatchObject({ originalEstimate: '1w', timeSpentSeconds: 61_200 })
  expect(issue.fields.progress.percent).toBe(42)
  expect((await ask(`${worklog}/${body.id}`)).status).toBe(200)
  expect((await ask(`${worklog}/${body.id}`, { method: 'DELETE' })).status).toBe(204)
  expect((await ask(`${worklog}/${body.id}`)).status).toBe(404)
})

test('time that cannot be read, or by who may not log it, is refused', async () => {
  const { jira } = stage()
  expect((await jira('jonas')(worklog, { method: 'POST', body: { timeSpent: 'a while' } })).status).toBe(400)
  expect((await jira('sam')(worklog, { method: 'POST', body: { timeSpent: '1h' } })).status).toBe(400)
})
