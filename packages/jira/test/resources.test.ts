import { json, reply } from '@telamon/rest/testing'
import { describe, expect, test } from 'vitest'
import type { Jira } from '../src/index.ts'
import { asked, scripted } from './client.ts'

const doc = { type: 'doc', version: 1, content: [] } as const
const page = (member: string): Response => json({ startAt: 0, maxResults: 50, total: 0, isLast: true, [member]: [] })

/** What a method of the surface asks the upstream. */
async function request(run: (jira: Jira) => Promise<unknown>, answer: Response = json({})): Promise<string> {
  const { jira, upstream } = scripted(answer)
  await run(jira)
  return asked(upstream).join('\n')
}

describe('comments', () => {
  test('are listed, read, added, changed and removed', async () => {
    const all = [
      await request((jira) => jira.comments.list('DEMO-1', { newestFirst: true }).page({ size: 5 }), page('comments')),
      await request((jira) => jira.comments.get('DEMO-1', '7')),
      await request((jira) => jira.comments.add('DEMO-1', doc, { visibility: { type: 'role', value: 'Admins' } })),
      await request((jira) => jira.comments.update('DEMO-1', '7', { body: doc, notify: false })),
      await request((jira) => jira.comments.remove('DEMO-1', '7'), reply(204)),
    ]
    expect(all).toMatchInlineSnapshot(`
      [
        "GET /rest/api/3/issue/DEMO-1/comment?orderBy=-created&maxResults=5",
        "GET /rest/api/3/issue/DEMO-1/comment/7",
        "POST /rest/api/3/issue/DEMO-1/comment {"body":{"type":"doc","version":1,"content":[]},"visibility":{"type":"role","value":"Admins"}}",
        "PUT /rest/api/3/issue/DEMO-1/comment/7?notifyUsers=false {"body":{"type":"doc","version":1,"content":[]}}",
        "DELETE /rest/api/3/issue/DEMO-1/comment/7",
      ]
    `)
  })
})

describe('worklogs', () => {
  test('take seconds, Jira’s own notation and a moment', async () => {
    const started = new Date('2026-11-23T09:30:00.000Z')
    const all = [
      await request((jira) => jira.worklogs.list('DEMO-1').page(), page('worklogs')),
      await request((jira) => jira.worklogs.get('DEMO-1', '7')),
      await request((jira) => jira.worklogs.add('DEMO-1', { spent: 3600, started, comment: doc }, { keepEstimate: true })),
      await request((jira) => jira.worklogs.update('DEMO-1', '7', { spent: '3h 20m', notify: false })),
      await request((jira) => jira.worklogs.remove('DEMO-1', '7', { keepEstimate: false }), reply(204)),
      await request((jira) => jira.worklogs.byIds([1, 2]), json([])),
      await request((jira) => jira.worklogs.updatedSince(started).page(), json({ values: [], lastPage: true })),
      await request((jira) => jira.worklogs.deletedSince(started).page(), json({ values: [], lastPage: true })),
    ]
    expect(all).toMatchInlineSnapshot(`
      [
        "GET /rest/api/3/issue/DEMO-1/worklog?maxResults=5000",
        "GET /rest/api/3/issue/DEMO-1/worklog/7",
        "POST /rest/api/3/issue/DEMO-1/worklog?adjustEstimate=leave {"timeSpentSeconds":3600,"started":"2026-11-23T09:30:00.000+0000","comment":{"type":"doc","version":1,"content":[]}}",
        "PUT /rest/api/3/issue/DEMO-1/worklog/7?notifyUsers=false {"timeSpent":"3h 20m"}",
        "DELETE /rest/api/3/issue/DEMO-1/worklog/7?adjustEstimate=auto",
        "POST /rest/api/3/worklog/list {"ids":[1,2]}",
        "GET /rest/api/3/worklog/updated?since=1795426200000",
        "GET /rest/api/3/worklog/deleted?since=1795426200000",
      ]
    `)
  })
})

describe('links', () => {
  test('the issue that blocks goes where Jira reads it as the blocking one', async () => {
    const asks = await request((jira) => jira.links.add({ type: 'Blocks', from: 'DEMO-1', to: 'DEMO-2' }), reply(201))
    expect(asks).toBe(
      'POST /rest/api/3/issueLink {"type":{"name":"Blocks"},"inwardIssue":{"key":"DEMO-1"},"outwardIssue":{"key":"DEMO-2"}}',
    )
  })

  test('to things outside are put by their global id, and removed by either id', async () => {
    const link = { url: 'https://example.atlassian.net/wiki/pages/1', title: 'Release Plan', globalId: 'appId=1&pageId=1' }
    const all = [
      await request((jira) => jira.remoteLinks.put('DEMO-1', { ...link, relationship: 'mentioned in' }), json({ id: 10_000, self: '' })),
      await request((jira) => jira.remoteLinks.list('DEMO-1', { globalId: link.globalId }), json([])),
      await request((jira) => jira.remoteLinks.get('DEMO-1', 10_000)),
      await request((jira) => jira.remoteLinks.remove('DEMO-1', { id: 10_000 }), reply(204)),
      await request((jira) => jira.remoteLinks.remove('DEMO-1', { globalId: link.globalId }), reply(204)),
      await request((jira) => jira.links.types()),
      await request((jira) => jira.links.get('5')),
      await request((jira) => jira.links.remove('5'), reply(200)),
    ]
    expect(all).toMatchInlineSnapshot(`
      [
        "POST /rest/api/3/issue/DEMO-1/remotelink {"globalId":"appId=1&pageId=1","relationship":"mentioned in","object":{"url":"https://example.atlassian.net/wiki/pages/1","title":"Release Plan"}}",
        "GET /rest/api/3/issue/DEMO-1/remotelink?globalId=appId=1&pageId=1",
        "GET /rest/api/3/issue/DEMO-1/remotelink/10000",
        "DELETE /rest/api/3/issue/DEMO-1/remotelink/10000",
        "DELETE /rest/api/3/issue/DEMO-1/remotelink?globalId=appId=1&pageId=1",
        "GET /rest/api/3/issueLinkType",
        "GET /rest/api/3/issueLink/5",
        "DELETE /rest/api/3/issueLink/5",
      ]
    `)
  })

  test('one link that is answered without a list is a list of one', async () => {
    const { jira } = scripted(json({ id: 1, object: { url: 'https://example.com', title: 'Plan' } }))
    expect(await jira.remoteLinks.list('DEMO-1', { globalId: 'x' })).toHaveLength(1)
  })
})

describe('people', () => {
  test('watchers and votes; a watcher is added by a bare JSON string', async () => {
    const all = [
      await request((jira) => jira.watchers.list('DEMO-1')),
      await request((jira) => jira.watchers.add('DEMO-1', 'account-1'), reply(204)),
      await request((jira) => jira.watchers.remove('DEMO-1', 'account-1'), reply(204)),
      await request((jira) => jira.votes.get('DEMO-1')),
      await request((jira) => jira.votes.add('DEMO-1'), reply(204)),
      await request((jira) => jira.votes.remove('DEMO-1'), reply(204)),
    ]
    expect(all).toMatchInlineSnapshot(`
      [
        "GET /rest/api/3/issue/DEMO-1/watchers",
        "POST /rest/api/3/issue/DEMO-1/watchers "account-1"",
        "DELETE /rest/api/3/issue/DEMO-1/watchers?accountId=account-1",
        "GET /rest/api/3/issue/DEMO-1/votes",
        "POST /rest/api/3/issue/DEMO-1/votes",
        "DELETE /rest/api/3/issue/DEMO-1/votes",
      ]
    `)
  })

  test('users by id, by name, and who can be assigned', async () => {
    const all = [
      await request((jira) => jira.users.get('account-1')),
      await request((jira) => jira.users.getMany(['account-1', 'account-2']).page(), page('values')),
      await request((jira) => jira.users.search('ada').page({ size: 10 }), json([])),
      await request((jira) => jira.users.assignable({ project: 'DEMO' }, { query: 'ada' }).page(), json([])),
      await request((jira) => jira.users.assignable({ issue: 'DEMO-1' }).page(), json([])),
      await request((jira) => jira.myself()),
      await request((jira) => jira.myPermissions(['CREATE_ISSUES', 'BROWSE_PROJECTS'], { project: 'DEMO' })),
      await request((jira) => jira.serverInfo()),
    ]
    expect(all).toMatchInlineSnapshot(`
      [
        "GET /rest/api/3/user?accountId=account-1",
        "GET /rest/api/3/user/bulk?accountId=account-1&accountId=account-2&maxResults=90",
        "GET /rest/api/3/user/search?query=ada&maxResults=10",
        "GET /rest/api/3/user/assignable/search?project=DEMO&query=ada&maxResults=100",
        "GET /rest/api/3/user/assignable/search?issueKey=DEMO-1&maxResults=100",
        "GET /rest/api/3/myself",
        "GET /rest/api/3/mypermissions?permissions=CREATE_ISSUES,BROWSE_PROJECTS&projectKey=DEMO",
        "GET /rest/api/3/serverInfo",
      ]
    `)
  })
})

describe('projects', () => {
  test('with their statuses, roles, versions and components', async () => {
    const all = [
      await request((jira) => jira.projects.list({ query: 'alpha', action: 'create', expand: ['lead', 'url'] }).page(), page('values')),
      await request((jira) => jira.projects.get('DEMO', { expand: ['lead'] })),
      await request((jira) => jira.projects.statuses('DEMO'), json([])),
      await request((jira) => jira.projects.roles('DEMO')),
      await request((jira) => jira.projects.role('DEMO', 10_002)),
      await request((jira) => jira.versions.list('DEMO', { status: ['released', 'unreleased'] }).page(), page('values')),
      await request((jira) => jira.versions.get('1')),
      await request((jira) => jira.versions.create({ name: '2.0', projectId: 10_000 })),
      await request((jira) => jira.versions.update('1', { description: 'Autumn' })),
      await request((jira) => jira.versions.release('1', { date: '2026-11-23', moveOpenIssuesTo: '2' })),
      await request((jira) => jira.versions.remove('1', { moveIssuesTo: 2 }), reply(204)),
      await request((jira) => jira.components.list('DEMO', { query: 'web' }).page(), page('values')),
      await request((jira) => jira.components.get('1')),
      await request((jira) => jira.components.create({ name: 'Web', project: 'DEMO' })),
      await request((jira) => jira.components.update('1', { name: 'Site' })),
      await request((jira) => jira.components.remove('1', { moveIssuesTo: '2' }), reply(204)),
      await request((jira) => jira.fields.list(), json([])),
      await request((jira) => jira.fields.search('points', { type: ['custom'] }).page(), page('values')),
      await request((jira) => jira.issues.createTypes('DEMO').page(), page('issueTypes')),
      await request((jira) => jira.issues.createFields('DEMO', '10001').page(), page('fields')),
      await request((jira) => jira.issues.editable('DEMO-1')),
      await request((jira) => jira.issues.transitions('DEMO-1', { withFields: true })),
      await request((jira) => jira.issues.changelog('DEMO-1').page(), page('values')),
      await request((jira) => jira.issues.getMany(['DEMO-1', 'DEMO-2'], { fields: ['summary'] })),
    ]
    expect(all).toMatchInlineSnapshot(`
      [
        "GET /rest/api/3/project/search?query=alpha&action=create&expand=lead,url&maxResults=100",
        "GET /rest/api/3/project/DEMO?expand=lead",
        "GET /rest/api/3/project/DEMO/statuses",
        "GET /rest/api/3/project/DEMO/role",
        "GET /rest/api/3/project/DEMO/role/10002",
        "GET /rest/api/3/project/DEMO/version?status=released,unreleased&maxResults=50",
        "GET /rest/api/3/version/1",
        "POST /rest/api/3/version {"name":"2.0","projectId":10000}",
        "PUT /rest/api/3/version/1 {"description":"Autumn"}",
        "PUT /rest/api/3/version/1 {"released":true,"releaseDate":"2026-11-23","moveUnfixedIssuesTo":"2"}",
        "POST /rest/api/3/version/1/removeAndSwap {"moveAffectedIssuesTo":2,"moveFixIssuesTo":2}",
        "GET /rest/api/3/project/DEMO/component?query=web&maxResults=50",
        "GET /rest/api/3/component/1",
        "POST /rest/api/3/component {"name":"Web","project":"DEMO"}",
        "PUT /rest/api/3/component/1 {"name":"Site"}",
        "DELETE /rest/api/3/component/1?moveIssuesTo=2",
        "GET /rest/api/3/field",
        "GET /rest/api/3/field/search?query=points&type=custom&maxResults=50",
        "GET /rest/api/3/issue/createmeta/DEMO/issuetypes?maxResults=200",
        "GET /rest/api/3/issue/createmeta/DEMO/issuetypes/10001?maxResults=200",
        "GET /rest/api/3/issue/DEMO-1/editmeta",
        "GET /rest/api/3/issue/DEMO-1/transitions?expand=transitions.fields",
        "GET /rest/api/3/issue/DEMO-1/changelog?maxResults=100",
        "POST /rest/api/3/issue/bulkfetch {"issueIdsOrKeys":["DEMO-1","DEMO-2"],"fields":["summary"]}",
      ]
    `)
  })
})

describe('boards and sprints', () => {
  test('words of a filter go comma-separated, moments in ISO 8601', async () => {
    const start = new Date('2026-11-23T09:00:00.000Z')
    const sprint = json({ id: 1, self: '', state: 'future', name: 'Sprint 1' })
    const all = [
      await request((jira) => jira.boards.list({ project: 'DEMO', type: ['scrum', 'kanban'] }).page(), page('values')),
      await request((jira) => jira.boards.get(1)),
      await request((jira) => jira.boards.issues(1, { fields: ['summary'], jql: 'assignee is EMPTY' }).page(), json({ issues: [], isLast: true })),
      await request((jira) => jira.boards.backlog(1).page(), json({ issues: [], isLast: true })),
      await request((jira) => jira.boards.sprints(1, { state: ['active', 'future'] }).page(), page('values')),
      await request((jira) => jira.boards.epics(1).page(), page('values')),
      await request((jira) => jira.boards.toBacklog(['DEMO-1']), reply(204)),
      await request((jira) => jira.boards.rank(['DEMO-1'], { before: 'DEMO-2' }), reply(204)),
      await request((jira) => jira.sprints.get(1), sprint.clone()),
      await request((jira) => jira.sprints.create({ name: 'Sprint 1', boardId: 1, goal: 'Ship', start }), sprint.clone()),
      await request((jira) => jira.sprints.update(1, { goal: 'Ship it' }), sprint.clone()),
      await request((jira) => jira.sprints.start(1, { start, end: start }), sprint.clone()),
      await request((jira) => jira.sprints.complete(1), sprint.clone()),
      await request((jira) => jira.sprints.remove(1), reply(204)),
      await request((jira) => jira.sprints.issues(1).page(), json({ issues: [], isLast: true })),
      await request((jira) => jira.sprints.add(1, ['DEMO-1']), reply(204)),
    ]
    expect(all).toMatchInlineSnapshot(`
      [
        "GET /rest/agile/1.0/board?projectKeyOrId=DEMO&type=scrum,kanban&maxResults=50",
        "GET /rest/agile/1.0/board/1",
        "GET /rest/software/1.0/board/1/issue?fields=summary&jql=assignee is EMPTY&maxResults=100",
        "GET /rest/software/1.0/board/1/backlog?maxResults=100",
        "GET /rest/agile/1.0/board/1/sprint?state=active,future&maxResults=50",
        "GET /rest/agile/1.0/board/1/epic?maxResults=50",
        "POST /rest/agile/1.0/backlog/issue {"issues":["DEMO-1"]}",
        "PUT /rest/agile/1.0/issue/rank {"issues":["DEMO-1"],"rankBeforeIssue":"DEMO-2"}",
        "GET /rest/agile/1.0/sprint/1",
        "POST /rest/agile/1.0/sprint {"originBoardId":1,"name":"Sprint 1","goal":"Ship","startDate":"2026-11-23T09:00:00.000Z"}",
        "POST /rest/agile/1.0/sprint/1 {"goal":"Ship it"}",
        "POST /rest/agile/1.0/sprint/1 {"state":"active","startDate":"2026-11-23T09:00:00.000Z","endDate":"2026-11-23T09:00:00.000Z"}",
        "POST /rest/agile/1.0/sprint/1 {"state":"closed"}",
        "DELETE /rest/agile/1.0/sprint/1",
        "GET /rest/software/1.0/sprint/1/issue?maxResults=100",
        "POST /rest/agile/1.0/sprint/1/issue {"issues":["DEMO-1"]}",
      ]
    `)
  })
})

describe('attachments', () => {
  test('are uploaded as the part `file`, with the field that lets them through', async () => {
    const { jira, upstream } = scripted(json([]))
    await jira.attachments.upload('DEMO-1', [{ name: 'build.log', content: 'all green', type: 'text/plain' }])
    expect(upstream.requests[0]?.headers.get('x-atlassian-token')).toBe('no-check')
    expect(upstream.requests[0]?.body).toContain('name="file"; filename="build.log"')
    expect(upstream.requests[0]?.body).toContain('all green')
  })

  test('are downloaded as a stream', async () => {
    const { jira, upstream } = scripted(
      new Response('bytes', { headers: { 'content-type': 'text/plain', 'content-disposition': 'attachment; filename="a.txt"' } }),
    )
    const file = await jira.attachments.download('10001', { maxBytes: 100 })
    expect(await new Response(file.body).text()).toBe('bytes')
    expect(file.filename).toBe('a.txt')
    expect(asked(upstream)).toEqual(['GET /rest/api/3/attachment/content/10001'])
  })

  test('are described, shown small, and removed', async () => {
    const all = [
      await request((jira) => jira.attachments.get('1')),
      await request((jira) => jira.attachments.thumbnail('1', { width: 64, height: 64 }), new Response('png')),
      await request((jira) => jira.attachments.remove('1'), reply(204)),
      await request((jira) => jira.attachments.limits()),
    ]
    expect(all).toMatchInlineSnapshot(`
      [
        "GET /rest/api/3/attachment/1",
        "GET /rest/api/3/attachment/thumbnail/1?width=64&height=64",
        "DELETE /rest/api/3/attachment/1",
        "GET /rest/api/3/attachment/meta",
      ]
    `)
  })
})

test('a client gives the same resource each time, and everything of the generated layer', async () => {
  const { jira } = scripted(json({ baseUrl: 'https://example.atlassian.net', deploymentType: 'Cloud', version: '1' }))
  expect(jira.issues).toBe(jira.issues)
  expect(await jira.raw('GET', '/rest/api/3/serverInfo')).toMatchObject({ deploymentType: 'Cloud' })
})
