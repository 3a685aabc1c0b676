import { json, reply } from '@telamon/rest/testing'
import { describe, expect, test } from 'vitest'

import type { Jira } from '../src/index.ts'
import { asked, scripted } from './client.ts'

const page = (member: string): Response =>
  json({ startAt: 0, maxResults: 50, total: 0, isLast: true, [member]: [] })

/** What a method of the surface asks the upstream. */
async function request(run: (jira: Jira) => Promise<unknown>, answer: Response = json({})): Promise<string> {
  const { jira, upstream } = scripted(answer)
  await run(jira)
  return asked(upstream).join('\n')
}

describe('projects', () => {
  test('with their statuses, roles, versions and components', async () => {
    const all = [
      await request(
        (jira) => jira.projects.list({ query: 'alpha', action: 'create', expand: ['lead', 'url'] }).page(),
        page('values'),
      ),
      await request((jira) => jira.projects.get('DEMO', { expand: ['lead'] })),
      await request((jira) => jira.projects.statuses('DEMO'), json([])),
      await request((jira) => jira.projects.roles('DEMO')),
      await request((jira) => jira.projects.role('DEMO', 10_002)),
      await request(
        (jira) => jira.versions.list('DEMO', { status: ['released', 'unreleased'] }).page(),
        page('values'),
      ),
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
      await request(
        (jira) => jira.boards.list({ project: 'DEMO', type: ['scrum', 'kanban'] }).page(),
        page('values'),
      ),
      await request((jira) => jira.boards.get(1)),
      await request(
        (jira) => jira.boards.issues(1, { fields: ['summary'], jql: 'assignee is EMPTY' }).page(),
        json({ issues: [], isLast: true }),
      ),
      await request((jira) => jira.boards.backlog(1).page(), json({ issues: [], isLast: true })),
      await request((jira) => jira.boards.sprints(1, { state: ['active', 'future'] }).page(), page('values')),
      await request((jira) => jira.boards.epics(1).page(), page('values')),
      await request((jira) => jira.boards.toBacklog(['DEMO-1']), reply(204)),
      await request((jira) => jira.boards.rank(['DEMO-1'], { before: 'DEMO-2' }), reply(204)),
      await request((jira) => jira.sprints.get(1), sprint.clone()),
      await request(
        (jira) => jira.sprints.create({ name: 'Sprint 1', boardId: 1, goal: 'Ship', start }),
        sprint.clone(),
      ),
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
