import { expect, test } from 'vitest'

import { type Json, stage, words } from './support.ts'

const task = (summary?: string): Json => ({
  fields: { project: { key: 'ALPHA' }, issuetype: { name: 'Task' }, ...(summary && { summary }) },
})

test('several issues are made at once, and one that is refused keeps none of the others back', async () => {
  const ask = stage().jira('maya')
  const { status, body } = await ask('/rest/api/3/issue/bulk', {
    method: 'POST',
    body: { issueUpdates: [task('One'), task(), task('Three')] },
  })
  expect(status).toBe(201)
  expect(body.issues.map(({ key }: Json) => key)).toEqual(['ALPHA-35', 'ALPHA-36'])
  expect(body.errors).toEqual([
    {
      status: 400,
      elementErrors: { errorMessages: [], errors: { summary: 'You must specify a summary of the issue.' } },
      failedElementNumber: 1,
    },
  ])
  const none = await ask('/rest/api/3/issue/bulk', { method: 'POST', body: { issueUpdates: [task()] } })
  expect(none.status).toBe(400)
  const many = Array.from({ length: 51 }, (_, place) => task(String(place)))
  expect((await ask('/rest/api/3/issue/bulk', { method: 'POST', body: { issueUpdates: many } })).status).toBe(
    400,
  )
})

test('an issue is assigned, left to nobody, and left to whoever usually has it', async () => {
  const { jira, simulator } = stage()
  const ask = jira('maya')
  const idOf = (name: string): string => simulator.people.find(({ id }) => id === name)?.accountId ?? ''
  const assign = (accountId: unknown) =>
    ask('/rest/api/3/issue/ALPHA-5/assignee', { method: 'PUT', body: { accountId } })
  const assignee = async (): Promise<Json> =>
    (await ask('/rest/api/3/issue/ALPHA-5?fields=assignee')).body.fields.assignee?.displayName ?? null
  expect((await assign(idOf('priya'))).status).toBe(204)
  expect(await assignee()).toBe('Priya Raman')
  expect((await assign(null)).status).toBe(204)
  expect(await assignee()).toBeNull()
  expect((await assign(idOf('elin'))).status).toBe(400)
  await ask('/rest/api/3/project/ALPHA', { method: 'PUT', body: { assigneeType: 'PROJECT_LEAD' } })
  expect((await assign('-1')).status).toBe(204)
  expect(await assignee()).toBe('Maya Lindqvist')
})

test('a message about an issue goes to those who may see it, and nowhere else', async () => {
  const { jira, simulator } = stage()
  const to = { reporter: true, watchers: true, groups: [{ name: 'site-admins' }] }
  const body = { subject: 'Look', textBody: 'Please look at this.', to }
  const { status } = await jira('maya')('/rest/api/3/issue/ALPHA-5/notify', { method: 'POST', body })
  expect(status).toBe(204)
  const [site] = simulator.world.sites.values()
  expect(site?.jira.outbox).toHaveLength(1)
  expect(site?.jira.outbox[0]).toMatchObject({ subject: 'Look', text: 'Please look at this.' })
  const nobody = await jira('maya')('/rest/api/3/issue/ALPHA-5/notify', { method: 'POST', body: { to: {} } })
  expect(nobody.status).toBe(400)
})

test('comments are found by their ids alone, without those that are hidden', async () => {
  const { jira } = stage()
  const add = async (body: Json): Promise<number> =>
    Number((await jira('maya')('/rest/api/3/issue/ALPHA-5/comment', { method: 'POST', body })).body.id)
  const open = await add({ body: words('For all') })
  const kept = await add({
    body: words('For administrators'),
    visibility: { type: 'role', value: 'Administrators' },
  })
  const asked = { method: 'POST', body: { ids: [open, kept, 1] } }
  const mine = await jira('maya')('/rest/api/3/comment/list', asked)
  expect(mine.body).toMatchObject({ total: 2, isLast: true })
  const others = await jira('priya')('/rest/api/3/comment/list', asked)
  expect(others.body.values.map(({ id }: Json) => Number(id))).toEqual([open])
})

test('a comment or worklog can be kept for a role or a group that its author is in', async () => {
  const { jira } = stage()
  const add = (visibility: Json) =>
    jira('priya')('/rest/api/3/issue/ALPHA-5/comment', {
      method: 'POST',
      body: { body: words('Kept'), visibility },
    })
  expect((await add({ type: 'role', value: 'Members' })).body.visibility).toEqual({
    type: 'role',
    value: 'Members',
    identifier: 'Members',
  })
  expect((await add({ type: 'role', value: 'Administrators' })).status).toBe(400)
  expect((await add({ type: 'role', value: 'Nobody' })).status).toBe(400)
  expect((await add({ type: 'group', value: 'site-admins' })).status).toBe(400)
  expect((await add({ type: 'sort', value: 'x' })).status).toBe(400)
  const logged = await jira('maya')('/rest/api/3/issue/ALPHA-5/worklog', {
    method: 'POST',
    body: { timeSpent: '1h', visibility: { type: 'group', value: 'site-admins' } },
  })
  const ids = async (person: string): Promise<readonly string[]> =>
    (await jira(person)('/rest/api/3/issue/ALPHA-5/worklog')).body.worklogs.map(({ id }: Json) => id)
  expect(await ids('maya')).toContain(logged.body.id)
  expect(await ids('priya')).not.toContain(logged.body.id)
  const shown = await jira('priya')('/rest/api/3/issue/ALPHA-5?fields=comment,worklog')
  const texts = JSON.stringify(shown.body.fields.comment.comments)
  expect(texts).toContain('Kept')
  expect(shown.body.fields.worklog.total).toBe((await ids('priya')).length)
})

test('changes of an issue are found by their ids, and those of several issues in pages', async () => {
  const ask = stage().jira('maya')
  const { body: all } = await ask('/rest/api/3/issue/ALPHA-5/changelog')
  const [first, second] = all.values.map(({ id }: Json) => Number(id))
  const chosen = await ask('/rest/api/3/issue/ALPHA-5/changelog/list', {
    method: 'POST',
    body: { changelogIds: [second, 1] },
  })
  expect(chosen.body.histories.map(({ id }: Json) => Number(id))).toEqual([second])
  expect(first).toBeLessThan(second)
  const collect = async (nextPageToken?: string): Promise<readonly Json[]> => {
    const { body } = await ask('/rest/api/3/changelog/bulkfetch', {
      method: 'POST',
      body: {
        issueIdsOrKeys: ['ALPHA-5', '10000', 'HIRE-999'],
        fieldIds: ['status'],
        maxResults: 1,
        nextPageToken,
      },
    })
    return body.nextPageToken === undefined
      ? body.issueChangeLogs
      : [...body.issueChangeLogs, ...(await collect(body.nextPageToken))]
  }
  const changes = await collect()
  expect(changes.length).toBeGreaterThan(1)
  expect(new Set(changes.map(({ issueId }) => issueId))).toEqual(new Set(['10000', '10004']))
  for (const { changeHistories } of changes) {
    expect(changeHistories[0].items.map(({ fieldId }: Json) => fieldId)).toEqual(['status'])
  }
  const lost = await ask('/rest/api/3/changelog/bulkfetch', {
    method: 'POST',
    body: { issueIdsOrKeys: ['ALPHA-5'], nextPageToken: 'made-up' },
  })
  expect(lost.status).toBe(400)
})

test('the picker suggests issues by key and summary, as far as they are visible', async () => {
  const { jira } = stage()
  const pick = async (person: string, query: string): Promise<readonly string[]> => {
    const { body } = await jira(person)('/rest/api/3/issue/picker', { query: { query } })
    return body.sections.flatMap(({ issues }: Json) => issues.map(({ keyHtml }: Json) => keyHtml))
  }
  expect(await pick('maya', 'alpha-1')).toContain('<b>ALPHA-1</b>')
  expect(await pick('grace', 'hire-1')).toContain('<b>HIRE-1</b>')
  expect(await pick('priya', 'hire-1')).toEqual([])
  expect((await jira('maya')('/rest/api/3/issue/picker')).body).toEqual({ sections: [] })
})

test('archived issues are read, and neither found nor changed, until they are brought back', async () => {
  const { jira } = stage()
  const ask = jira('maya')
  const body = { issueIdsOrKeys: ['ALPHA-5', 'ALPHA-999'] }
  const archived = await ask('/rest/api/3/issue/archive', { method: 'PUT', body })
  expect(archived.body).toMatchObject({
    numberOfIssuesUpdated: 1,
    errors: { issuesNotFound: { count: 1, issueIdsOrKeys: ['ALPHA-999'] } },
  })
  const count = async (): Promise<number> =>
    (await ask('/rest/api/3/search/approximate-count', { method: 'POST', body: { jql: 'key = ALPHA-5' } }))
      .body.count
  expect((await ask('/rest/api/3/issue/ALPHA-5?fields=summary')).status).toBe(200)
  expect(await count()).toBe(0)
  const edit = { method: 'PUT', body: { fields: { summary: 'Changed' } } }
  expect((await ask('/rest/api/3/issue/ALPHA-5', edit)).status).toBe(400)
  const refused = await jira('priya')('/rest/api/3/issue/unarchive', { method: 'PUT', body })
  expect(refused.body.errors.userDoesNotHavePermission.issueIdsOrKeys).toEqual(['ALPHA-5'])
  expect((await ask('/rest/api/3/issue/unarchive', { method: 'PUT', body })).body.numberOfIssuesUpdated).toBe(
    1,
  )
  expect(await count()).toBe(1)
})

test('what a query finds is archived by a task, for administrators', async () => {
  const { jira } = stage()
  const asked = { method: 'POST', body: { jql: 'project = WEB AND statusCategory = Done' } }
  expect((await jira('priya')('/rest/api/3/issue/archive', asked)).status).toBe(403)
  const { status, body } = await jira('maya')('/rest/api/3/issue/archive', asked)
  expect(status).toBe(202)
  const path = `/rest/${String(body).split('/rest/').at(-1)}`
  for (let looks = 0; looks < 3; looks += 1) await jira('maya')(path)
  expect((await jira('maya')(path)).body.status).toBe('COMPLETE')
  const left = await jira('maya')('/rest/api/3/search/approximate-count', asked)
  expect(left.body.count).toBe(0)
})

test('the search that was removed says where to go', async () => {
  const ask = stage().jira('maya')
  const get = await ask('/rest/api/3/search?jql=project=ALPHA')
  expect(get.status).toBe(410)
  expect(get.body.errorMessages[0]).toContain('/rest/api/3/search/jql')
  expect((await ask('/rest/api/3/search', { method: 'POST', body: { jql: '' } })).status).toBe(410)
})

test('a comment that comes along with an edit is kept for whom it is for, and a link can come along too', async () => {
  const { jira } = stage()
  const update = {
    comment: [{ add: { body: words('For few'), visibility: { type: 'role', value: 'Administrators' } } }],
    issuelinks: [{ add: { type: { name: 'Blocks' }, outwardIssue: { key: 'ALPHA-7' } } }],
  }
  const edit = { method: 'PUT', body: { update } }
  expect((await jira('priya')('/rest/api/3/issue/ALPHA-5', edit)).status).toBe(400)
  expect((await jira('maya')('/rest/api/3/issue/ALPHA-5', edit)).status).toBe(204)
  const read = async (person: string): Promise<Json> =>
    (await jira(person)('/rest/api/3/issue/ALPHA-5?fields=comment,issuelinks')).body.fields
  expect(JSON.stringify((await read('maya')).comment)).toContain('For few')
  expect(JSON.stringify((await read('priya')).comment)).not.toContain('For few')
  const keys = (await read('priya')).issuelinks.map(({ outwardIssue }: Json) => outwardIssue?.key)
  expect(keys).toContain('ALPHA-7')
})
