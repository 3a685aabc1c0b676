import { expect, test } from 'vitest'

import { type Ask, type Json, stage } from './support.ts'

const agile = '/rest/agile/1.0'
const send = (ask: Ask, path: string, body: unknown): ReturnType<Ask> =>
  ask(`${agile}/${path}`, { method: 'POST', body })

const put = (ask: Ask, path: string, body: unknown): ReturnType<Ask> =>
  ask(`${agile}/${path}`, { method: 'PUT', body })

const issue = async (ask: Ask, key: string): Promise<Json> =>
  (await ask(`/rest/api/3/issue/${key}?fields=customfield_10020,customfield_10019,parent&expand=changelog`))
    .body

const found = async (ask: Ask, jql: string): Promise<readonly string[]> => {
  const { body } = await ask('/rest/api/3/search/jql', { query: { jql, fields: 'summary' } })
  return body.issues.map(({ key }: Json) => key)
}

test('issues are ranked before and after others, with a trace as recorded', async () => {
  const ask = stage().jira('maya')
  const order = 'project = QUAY AND "Epic Link" = QUAY-2 ORDER BY Rank ASC'
  expect(await found(ask, order)).toEqual(['QUAY-7', 'QUAY-8', 'QUAY-9', 'QUAY-10'])
  const body = { issues: ['QUAY-10', 'QUAY-9'], rankBeforeIssue: 'QUAY-7' }
  expect((await put(ask, 'issue/rank', body)).status).toBe(204)
  expect(await found(ask, order)).toEqual(['QUAY-10', 'QUAY-9', 'QUAY-7', 'QUAY-8'])
  const { fields, changelog } = await issue(ask, 'QUAY-10')
  expect(fields.customfield_10019).toMatch(/^0\|[0-9a-z]{6}:[0-9a-z]*$/)
  expect(changelog.histories[0].items).toEqual([
    {
      field: 'Rank',
      fieldtype: 'custom',
      fieldId: 'customfield_10019',
      from: '',
      fromString: '',
      to: '',
      toString: 'Ranked higher',
    },
  ])
  await put(ask, 'issue/rank', { issues: ['QUAY-10'], rankAfterIssue: 'QUAY-8' })
  expect(await found(ask, order)).toEqual(['QUAY-9', 'QUAY-7', 'QUAY-8', 'QUAY-10'])
  expect((await issue(ask, 'QUAY-10')).changelog.histories[0].items[0].toString).toBe('Ranked lower')
  expect(await found(ask, order.replace('ASC', 'DESC'))).toEqual(['QUAY-10', 'QUAY-8', 'QUAY-7', 'QUAY-9'])
})

test('an issue fits between two however often that is asked', async () => {
  const ask = stage().jira('maya')
  for (let round = 0; round < 60; round += 1) {
    const [one, other] = round % 2 === 0 ? ['QUAY-9', 'QUAY-10'] : ['QUAY-10', 'QUAY-9']
    await put(ask, 'issue/rank', { issues: [one], rankAfterIssue: 'QUAY-7' })
    const jql = 'key in (QUAY-7, QUAY-8, QUAY-9, QUAY-10) ORDER BY Rank'
    expect(await found(ask, jql)).toEqual([
      'QUAY-7',
      one,
      ...(round === 0 ? ['QUAY-8', other] : [other, 'QUAY-8']),
    ])
  }
})

test('when some issues may not be ranked, 207 says what became of each', async () => {
  const { status, body } = await put(stage().jira('sam'), 'issue/rank', {
    issues: ['WEB-4', 'ALPHA-5', 'QUAY-5'],
    rankBeforeIssue: 'WEB-1',
  })
  expect(status).toBe(207)
  expect(body.entries).toEqual([
    { issueId: 10_037, issueKey: 'WEB-4', status: 200 },
    {
      issueId: 10_004,
      issueKey: 'ALPHA-5',
      status: 403,
      errors: ['You do not have permission to rank this issue.'],
    },
    {
      issueKey: 'QUAY-5',
      status: 404,
      errors: ['Issue does not exist or you do not have permission to see it.'],
    },
  ])
})

test('ranking takes at most fifty issues and a place', async () => {
  const ask = stage().jira('maya')
  const issues = Array.from({ length: 51 }, () => 'WEB-1')
  expect((await put(ask, 'issue/rank', { issues, rankBeforeIssue: 'WEB-2' })).status).toBe(400)
  expect((await put(ask, 'issue/rank', { issues: ['WEB-1'] })).status).toBe(400)
  expect((await put(ask, 'issue/rank', { issues: ['WEB-1'], rankBeforeIssue: 'NOPE-1' })).status).toBe(400)
})

test('an epic shows its name, its colour and whether it is done', async () => {
  const ask = stage().jira('maya')
  expect((await ask(`${agile}/epic/QUAY-1`)).body).toMatchObject({
    id: 10_045,
    key: 'QUAY-1',
    summary: 'The box knows which berths are taken',
    color: { key: 'color_13' },
    done: false,
  })
  const updated = await send(ask, 'epic/10045', {
    name: 'Berths',
    summary: 'Taken or free',
    color: { key: 'color_4' },
    done: true,
  })
  expect(updated.body).toMatchObject({
    name: 'Berths',
    summary: 'Taken or free',
    color: { key: 'color_4' },
    done: true,
  })
  expect((await ask('/rest/api/3/issue/QUAY-1?fields=summary,customfield_10011')).body.fields).toEqual({
    summary: 'Taken or free',
    customfield_10011: 'Berths',
  })
  expect((await send(ask, 'epic/QUAY-1', { color: { key: 'pink' } })).status).toBe(400)
  expect((await send(ask, 'epic/QUAY-1', { summary: '' })).status).toBe(400)
  expect((await ask(`${agile}/epic/QUAY-3`)).status).toBe(404)
  expect((await ask(`${agile}/board/1/epic?done=true`)).body.total).toBe(1)
})

test('issues move into an epic, out of it, and are listed by it', async () => {
  const ask = stage().jira('jonas')
  const list = async (path: string): Promise<readonly string[]> =>
    (await ask(`${agile}/${path}?fields=summary&jql=project=QUAY`)).body.issues.map(({ key }: Json) => key)
  expect(await list('epic/QUAY-2/issue')).toEqual(['QUAY-7', 'QUAY-8', 'QUAY-9', 'QUAY-10'])
  expect(await list('board/1/epic/10046/issue')).toEqual(['QUAY-7', 'QUAY-8', 'QUAY-9', 'QUAY-10'])
  expect(await list('epic/none/issue')).toEqual(['QUAY-12'])
  const moved = await send(ask, 'epic/10046/issue', { issues: ['QUAY-12', 'QUAY-11'] })
  expect([moved.status, moved.headers.get('content-type')]).toEqual([204, 'text/html;charset=UTF-8'])
  expect((await issue(ask, 'QUAY-11')).fields.parent.key).toBe('QUAY-2')
  expect(await list('board/1/epic/none/issue')).toEqual([])
  expect((await send(ask, 'epic/none/issue', { issues: ['QUAY-7'] })).status).toBe(204)
  expect(await list('board/1/epic/none/issue')).toEqual(['QUAY-7'])
  const shown = await ask('/rest/api/3/issue/QUAY-12?fields=customfield_10014')
  expect(shown.body.fields.customfield_10014).toBe('QUAY-2')
})

test('epics of team-managed projects are refused', async () => {
  const ask = stage().jira('maya')
  for (const path of ['epic/ALPHA-1', 'epic/ALPHA-1/issue']) {
    const { status, body } = await ask(`${agile}/${path}`)
    expect(status).toBe(400)
    expect(body.errorMessages[0]).toContain('team-managed')
  }
  expect((await send(ask, 'epic/none/issue', { issues: ['ALPHA-5'] })).status).toBe(400)
})

test('an epic is ranked before and after others', async () => {
  const ask = stage().jira('maya')
  expect((await put(ask, 'epic/QUAY-2/rank', { rankBeforeEpic: 'QUAY-1' })).status).toBe(204)
  const { body } = await ask(`${agile}/board/1/epic`)
  expect(body.values.map(({ key }: Json) => key)).toEqual(['QUAY-2', 'QUAY-1'])
  expect((await put(ask, 'epic/QUAY-2/rank', { rankBeforeEpic: 'QUAY-5' })).status).toBe(400)
})

test('the newer lists of epics and sprints have the same issues', async () => {
  const ask = stage().jira('maya')
  for (const path of [
    'board/1/epic/10046/issue',
    'board/1/epic/none/issue',
    'board/1/sprint/2/issue',
    'epic/QUAY-2/issue',
    'epic/none/issue',
    'sprint/2/issue',
  ]) {
    const [old, recent] = [
      await ask(`${agile}/${path}?fields=id`),
      await ask(`/rest/software/1.0/${path}?fields=id`),
    ]
    expect(recent.body.issues).toEqual(old.body.issues)
    expect(recent.body.issues.length).toBeGreaterThan(0)
  }
})

test('an issue is estimated in the field of the board', async () => {
  const { jira, simulator } = stage()
  const ask = jira('jonas')
  const path = `${agile}/issue/QUAY-7/estimation`
  const estimate = (value: unknown): ReturnType<Ask> =>
    ask(`${path}?boardId=1`, { method: 'PUT', body: { value } })
  expect((await ask(`${path}?boardId=1`)).body).toEqual({ fieldId: 'customfield_10016', value: 5 })
  expect((await estimate('2.5')).body).toEqual({ fieldId: 'customfield_10016', value: 2.5 })
  expect((await estimate('much')).status).toBe(400)
  expect((await estimate(null)).body).toEqual({ fieldId: 'customfield_10016' })
  expect((await ask(path)).status).toBe(400)
  expect((await ask(`${agile}/issue/WEB-4/estimation?boardId=2`)).status).toBe(400)
  const [site] = simulator.world.sites.values()
  const board = site?.software.boards.get('1')
  if (site && board) site.software.boards.set('1', { ...board, estimationFieldId: 'timeoriginalestimate' })
  expect((await estimate('1d 2h')).body).toEqual({ fieldId: 'timeoriginalestimate', value: 36_000 })
  expect((await estimate('90')).body.value).toBe(5400)
})
