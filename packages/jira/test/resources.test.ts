import { json, reply } from '@telamon/rest/testing'
import { describe, expect, test } from 'vitest'

import type { Jira } from '../src/index.ts'
import { asked, scripted } from './client.ts'

const doc = { type: 'doc', version: 1, content: [] } as const
const page = (member: string): Response =>
  json({ startAt: 0, maxResults: 50, total: 0, isLast: true, [member]: [] })

/** What a method of the surface asks the upstream. */
async function request(run: (jira: Jira) => Promise<unknown>, answer: Response = json({})): Promise<string> {
  const { jira, upstream } = scripted(answer)
  await run(jira)
  return asked(upstream).join('\n')
}

describe('comments', () => {
  test('are listed, read, added, changed and removed', async () => {
    const all = [
      await request(
        (jira) => jira.comments.list('DEMO-1', { newestFirst: true }).page({ size: 5 }),
        page('comments'),
      ),
      await request((jira) => jira.comments.get('DEMO-1', '7')),
      await request((jira) =>
        jira.comments.add('DEMO-1', doc, { visibility: { type: 'role', value: 'Admins' } }),
      ),
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
      await request((jira) =>
        jira.worklogs.add('DEMO-1', { spent: 3600, started, comment: doc }, { keepEstimate: true }),
      ),
      await request((jira) => jira.worklogs.update('DEMO-1', '7', { spent: '3h 20m', notify: false })),
      await request((jira) => jira.worklogs.remove('DEMO-1', '7', { keepEstimate: false }), reply(204)),
      await request((jira) => jira.worklogs.byIds([1, 2]), json([])),
      await request(
        (jira) => jira.worklogs.updatedSince(started).page(),
        json({ values: [], lastPage: true }),
      ),
      await request(
        (jira) => jira.worklogs.deletedSince(started).page(),
        json({ values: [], lastPage: true }),
      ),
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
    const asks = await request(
      (jira) => jira.links.add({ type: 'Blocks', from: 'DEMO-1', to: 'DEMO-2' }),
      reply(201),
    )
    expect(asks).toBe(
      'POST /rest/api/3/issueLink {"type":{"name":"Blocks"},"inwardIssue":{"key":"DEMO-1"},"outwardIssue":{"key":"DEMO-2"}}',
    )
  })

  test('to things outside are put by their global id, and removed by either id', async () => {
    const link = {
      url: 'https://example.atlassian.net/wiki/pages/1',
      title: 'Release Plan',
      globalId: 'appId=1&pageId=1',
    }
    const all = [
      await request(
        (jira) => jira.remoteLinks.put('DEMO-1', { ...link, relationship: 'mentioned in' }),
        json({ id: 10_000, self: '' }),
      ),
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
        "GET /rest/api/3/user/bulk?accountId=account-1&accountId=account-2&maxResults=100",
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
      new Response('bytes', {
        headers: { 'content-type': 'text/plain', 'content-disposition': 'attachment; filename="a.txt"' },
      }),
    )
    const file = await jira.attachments.download('10001', { maxBytes: 100 })
    expect(await new Response(file.body).text()).toBe('bytes')
    expect(file.filename).toBe('a.txt')
    expect(asked(upstream)).toEqual(['GET /rest/api/3/attachment/content/10001'])
  })

  test('are described, shown small, and removed', async () => {
    const all = [
      await request((jira) => jira.attachments.get('1')),
      await request(
        (jira) => jira.attachments.thumbnail('1', { width: 64, height: 64 }),
        new Response('png'),
      ),
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
  const { jira } = scripted(
    json({ baseUrl: 'https://example.atlassian.net', deploymentType: 'Cloud', version: '1' }),
  )
  expect(jira.issues).toBe(jira.issues)
  expect(await jira.raw('GET', '/rest/api/3/serverInfo')).toMatchObject({ deploymentType: 'Cloud' })
})
