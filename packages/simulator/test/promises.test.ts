import { expect, test } from 'vitest'

import { type Ask, type Json, stage } from './support.ts'

const api = '/rest/servicedeskapi'
const hour = 3_600_000

const slaOf = async (ask: Ask, key: string, name = 'Time to resolution'): Promise<Json> =>
  (await ask(`${api}/request/${key}/sla`)).body.values.find((one: Json) => one.name === name)

const found = async (ask: Ask, jql: string): Promise<readonly string[]> => {
  const { body } = await ask('/rest/api/3/search/jql', { query: { jql, fields: 'summary' } })
  return body.issues.map(({ key }: Json) => key)
}

const raise = async (ask: Ask): Promise<string> => {
  const requestFieldValues = { summary: 'Nothing works', priority: { name: 'Highest' } }
  const body = { serviceDeskId: '1', requestTypeId: '11', requestFieldValues }
  return (await ask(`${api}/request`, { method: 'POST', body })).body.issueKey
}

const move = (ask: Ask, key: string, id: string): ReturnType<Ask> =>
  ask(`/rest/api/3/issue/${key}/transitions`, { method: 'POST', body: { transition: { id } } })

test('a promise has its cycles, those that are over and the one that runs', async () => {
  const ask = stage().jira('maya')
  const over = await slaOf(ask, 'HELP-1')
  expect(over).toMatchObject({ id: '1', name: 'Time to resolution', slaDisplayFormat: 'NEW_SLA_FORMAT' })
  expect(over.ongoingCycle).toBeUndefined()
  expect(over.completedCycles).toMatchObject([
    {
      breached: false,
      goalDuration: { millis: 8 * hour, friendly: '8h' },
      elapsedTime: { millis: 109 * 60_000, friendly: '1h 49m' },
      remainingTime: { friendly: '6h 11m' },
      startTime: { iso8601: '2026-10-30T07:40:00+0100' },
      stopTime: { iso8601: '2026-10-30T11:30:00+0100' },
    },
  ])
  const running = await slaOf(ask, 'HELP-6')
  expect(running.completedCycles).toEqual([])
  expect(running.ongoingCycle).toMatchObject({
    breached: true,
    paused: false,
    withinCalendarHours: true,
    remainingTime: { millis: -5 * hour, friendly: '-5h' },
    breachTime: { iso8601: '2026-11-20T13:00:00+0100' },
  })
  expect((await ask(`${api}/request/HELP-1/sla/2`)).body.name).toBe('Time to first response')
  expect((await ask(`${api}/request/HELP-1/sla/9`)).status).toBe(404)
})

test('promises are for agents', async () => {
  const { jira } = stage()
  expect((await jira('sam')(`${api}/request/HELP-5/sla`)).status).toBe(403)
  expect((await jira('jonas')(`${api}/request/HELP-5/sla`)).status).toBe(404)
})

test('time counts in working hours alone', async () => {
  const { simulator, onSite } = stage()
  const ask = onSite('maya')
  const key = await raise(ask)
  const elapsed = async (): Promise<Json> => (await slaOf(ask, key)).ongoingCycle
  simulator.clock.advance(2 * hour)
  expect(await elapsed()).toMatchObject({ elapsedTime: { millis: 2 * hour }, breached: false })
  // Monday noon to nine in the evening: five hours until the office closes.
  simulator.clock.advance(9 * hour)
  expect(await elapsed()).toMatchObject({
    elapsedTime: { millis: 7 * hour },
    withinCalendarHours: false,
    breached: true,
    breachTime: { iso8601: '2026-11-23T14:00:00+0100' },
  })
  simulator.clock.advance(12 * hour)
  expect((await elapsed()).elapsedTime.millis).toBe(7 * hour)
  // From Tuesday morning over a weekend to the next Monday at nine: four days of eight hours.
  simulator.clock.advance(6 * 24 * hour)
  expect((await elapsed()).elapsedTime.millis).toBe(7 * hour + 32 * hour)
})

test('a clock stands while the customer has to answer, and goes on after that', async () => {
  const { simulator, onSite } = stage()
  const ask = onSite('maya')
  const key = await raise(ask)
  simulator.clock.advance(hour)
  await move(ask, key, '21')
  simulator.clock.advance(3 * hour)
  const { ongoingCycle } = await slaOf(ask, key)
  expect(ongoingCycle).toMatchObject({
    paused: true,
    elapsedTime: { millis: hour },
    remainingTime: { friendly: '3h' },
  })
  expect(ongoingCycle.breachTime).toBeUndefined()
  await move(ask, key, '31')
  simulator.clock.advance(hour)
  expect((await slaOf(ask, key)).ongoingCycle).toMatchObject({
    paused: false,
    elapsedTime: { millis: 2 * hour },
  })
})

test('opening a request again begins another cycle', async () => {
  const { simulator, onSite } = stage()
  const ask = onSite('maya')
  const key = await raise(ask)
  simulator.clock.advance(hour)
  await move(ask, key, '41')
  simulator.clock.advance(hour)
  await move(ask, key, '61')
  simulator.clock.advance(2 * hour)
  const { completedCycles, ongoingCycle } = await slaOf(ask, key)
  expect(completedCycles).toMatchObject([{ elapsedTime: { millis: hour } }])
  expect(ongoingCycle.elapsedTime.millis).toBe(2 * hour)
})

test('the first public words of an agent end the wait for a response', async () => {
  const { simulator, onSite } = stage()
  const key = await raise(onSite('sam'))
  const response = (): Promise<Json> => slaOf(onSite('maya'), key, 'Time to first response')
  const say = (person: string, isPublic: boolean): ReturnType<Ask> =>
    onSite(person)(`${api}/request/${key}/comment`, { method: 'POST', body: { body: 'x', public: isPublic } })
  simulator.clock.advance(hour / 2)
  await say('sam', true)
  await say('maya', false)
  expect((await response()).ongoingCycle).toMatchObject({ breached: false })
  await say('maya', true)
  expect((await response()).completedCycles).toMatchObject([{ elapsedTime: { millis: hour / 2 } }])
})

test.each([
  ['"Time to resolution" = breached()', ['HELP-6']],
  ['"Time to resolution" = paused()', ['HELP-2', 'HELP-5']],
  ['"Time to resolution" = running()', ['HELP-3', 'HELP-6']],
  ['"Time to resolution" = completed()', ['HELP-1', 'HELP-4']],
  ['"Time to resolution" != completed()', ['HELP-2', 'HELP-3', 'HELP-5', 'HELP-6']],
  ['"Time to resolution" < remaining("3h")', ['HELP-3', 'HELP-6']],
  ['"Time to resolution" > elapsed("1d")', ['HELP-6']],
  ['"Time to resolution" = everbreached() AND status = Resolved', []],
  ['"Time to first response" = breached()', ['HELP-3', 'HELP-6']],
  ['"Time to resolution" = withinCalendarHours()', ['HELP-2', 'HELP-3', 'HELP-5', 'HELP-6']],
  ['"Request Type" = "Get access"', ['HELP-4', 'HELP-5']],
  ['"Customer Request Type" in ("Ask a question", "Get access") AND assignee is EMPTY', ['HELP-5', 'HELP-6']],
  ['organizations = "Lakeside Marina"', ['HELP-1', 'HELP-6']],
  ['project = HELP AND organizations is EMPTY', ['HELP-4', 'HELP-5']],
  ['reporter in organizationMembers("Porto de Barcos")', ['HELP-2', 'HELP-3']],
  ['reporter = "Mats Holm"', ['HELP-1', 'HELP-6']],
  ['"Request participants" = "Sam Whitfield"', ['HELP-3']],
  ['approvals = pending()', ['HELP-5']],
  ['approvals = approved()', ['HELP-4']],
  ['approvals = myPending()', []],
  ['approvals = pendingBy("Grace Okafor")', ['HELP-5']],
  ['approvals = approver("Grace Okafor")', ['HELP-4', 'HELP-5']],
  ['Satisfaction >= 4', ['HELP-1']],
])('a query finds requests: %s', async (jql, expected) => {
  expect((await found(stage().jira('maya'), jql)).toSorted()).toEqual(expected)
})

test('requests sort by the time that is left', async () => {
  const jql = 'project = HELP AND resolution is EMPTY ORDER BY "Time to resolution"'
  expect(await found(stage().jira('grace'), jql)).toEqual(['HELP-6', 'HELP-3', 'HELP-2', 'HELP-5'])
})

test('a length of time that cannot be read is a mistake', async () => {
  const { body } = await stage().jira('maya')('/rest/api/3/jql/parse', {
    method: 'POST',
    body: { queries: ['"Time to resolution" < remaining("soon")'] },
  })
  expect(JSON.stringify(body.queries[0])).toContain("'soon' is not a length of time.")
})

test('an issue shows its promises and the rest of its request as fields', async () => {
  const ask = stage().jira('maya')
  const { fields } = (await ask('/rest/api/3/issue/HELP-1')).body
  expect(fields).toMatchObject({
    customfield_10002: [{ id: '1', name: 'Lakeside Marina' }],
    customfield_10010: {
      requestType: { name: 'Something does not work' },
      currentStatus: { status: 'Resolved' },
    },
    customfield_10026: [],
    customfield_10027: { rating: 5 },
    customfield_10030: { name: 'Time to resolution', completedCycles: [{ breached: false }] },
  })
  const other = (await ask('/rest/api/3/issue/ALPHA-1')).body.fields
  expect([other.customfield_10002, other.customfield_10010, other.customfield_10030]).toEqual([
    [],
    null,
    null,
  ])
})
