import { json, reply } from '@telamon/rest/testing'
import { expect, test } from 'vitest'

import type { Jira } from '../src/index.ts'
import { asked, scripted } from './client.ts'

const none = (): Response => json({ values: [], isLastPage: true })

/** What a method of the surface asks the upstream. */
async function request(run: (jira: Jira) => Promise<unknown>, answer: Response = json({})): Promise<string> {
  const { jira, upstream } = scripted(answer)
  await run(jira)
  return asked(upstream).join('\n')
}

test('service desks, queues and organizations', async () => {
  const all = [
    await request((jira) => jira.serviceDesks.list().page({ size: 5 }), none()),
    await request((jira) => jira.serviceDesks.get('HELP')),
    await request((jira) => jira.serviceDesks.requestTypes('1', { query: 'screen' }).page(), none()),
    await request((jira) => jira.serviceDesks.requestFields('1', 25)),
    await request((jira) => jira.serviceDesks.articles('1', 'vpn').page(), none()),
    await request((jira) => jira.queues.list('1', { withCounts: true }).page(), none()),
    await request((jira) => jira.queues.get('1', 7)),
    await request((jira) => jira.queues.issues('1', 7).page(), none()),
    await request((jira) => jira.organizations.list().page(), none()),
    await request((jira) => jira.organizations.list({ serviceDesk: '1' }).page(), none()),
    await request((jira) => jira.organizations.get(3)),
    await request((jira) => jira.organizations.users(3).page(), none()),
    await request((jira) => jira.organizations.addUsers(3, ['account-1']), reply(204)),
    await request((jira) => jira.organizations.addTo('1', 3), reply(204)),
  ]
  expect(all).toMatchInlineSnapshot(`
    [
      "GET /rest/servicedeskapi/servicedesk?limit=5",
      "GET /rest/servicedeskapi/servicedesk/HELP",
      "GET /rest/servicedeskapi/servicedesk/1/requesttype?searchQuery=screen&limit=100",
      "GET /rest/servicedeskapi/servicedesk/1/requesttype/25/field",
      "GET /rest/servicedeskapi/servicedesk/1/knowledgebase/article?query=vpn&highlight=false&limit=100",
      "GET /rest/servicedeskapi/servicedesk/1/queue?includeCount=true&limit=50",
      "GET /rest/servicedeskapi/servicedesk/1/queue/7",
      "GET /rest/servicedeskapi/servicedesk/1/queue/7/issue?limit=50",
      "GET /rest/servicedeskapi/organization?limit=50",
      "GET /rest/servicedeskapi/servicedesk/1/organization?limit=50",
      "GET /rest/servicedeskapi/organization/3",
      "GET /rest/servicedeskapi/organization/3/user?limit=50",
      "POST /rest/servicedeskapi/organization/3/user {"accountIds":["account-1"]}",
      "POST /rest/servicedeskapi/servicedesk/1/organization {"organizationId":3}",
    ]
  `)
})

test('requests of customers', async () => {
  const all = [
    await request(
      (jira) =>
        jira.requests
          .list({ serviceDeskId: 1, status: 'OPEN_REQUESTS', ownership: ['OWNED_REQUESTS', 'APPROVER'] })
          .page(),
      none(),
    ),
    await request((jira) => jira.requests.get('HELP-1', { expand: ['sla', 'status'] })),
    await request((jira) =>
      jira.requests.create({
        serviceDeskId: '1',
        requestTypeId: '25',
        fields: { summary: 'No screen' },
        onBehalfOf: 'account-1',
      }),
    ),
    await request((jira) => jira.requests.comments('HELP-1').page(), none()),
    await request((jira) => jira.requests.comment('HELP-1', { body: 'On its way', public: true })),
    await request((jira) => jira.requests.transitions('HELP-1').page(), none()),
    await request((jira) => jira.requests.transition('HELP-1', '11'), reply(204)),
    await request((jira) => jira.requests.approvals('HELP-1').page(), none()),
    await request((jira) => jira.requests.decide('HELP-1', { approvalId: 4, decision: 'approve' })),
    await request((jira) => jira.requests.sla('HELP-1').page(), none()),
    await request((jira) => jira.requests.participants('HELP-1').page(), none()),
    await request((jira) => jira.requests.addParticipants('HELP-1', ['account-1'])),
  ]
  expect(all).toMatchInlineSnapshot(`
    [
      "GET /rest/servicedeskapi/request?serviceDeskId=1&requestStatus=OPEN_REQUESTS&requestOwnership=OWNED_REQUESTS&requestOwnership=APPROVER&limit=100",
      "GET /rest/servicedeskapi/request/HELP-1?expand=sla&expand=status",
      "POST /rest/servicedeskapi/request {"serviceDeskId":"1","requestTypeId":"25","requestFieldValues":{"summary":"No screen"},"raiseOnBehalfOf":"account-1"}",
      "GET /rest/servicedeskapi/request/HELP-1/comment?limit=100",
      "POST /rest/servicedeskapi/request/HELP-1/comment {"body":"On its way","public":true}",
      "GET /rest/servicedeskapi/request/HELP-1/transition?limit=100",
      "POST /rest/servicedeskapi/request/HELP-1/transition {"id":"11"}",
      "GET /rest/servicedeskapi/request/HELP-1/approval?limit=100",
      "POST /rest/servicedeskapi/request/HELP-1/approval/4 {"decision":"approve"}",
      "GET /rest/servicedeskapi/request/HELP-1/sla?limit=100",
      "GET /rest/servicedeskapi/request/HELP-1/participant?limit=100",
      "POST /rest/servicedeskapi/request/HELP-1/participant {"accountIds":["account-1"]}",
    ]
  `)
})

test('files are uploaded first and attached with a comment', async () => {
  const { jira, upstream } = scripted(
    json({ temporaryAttachments: [{ temporaryAttachmentId: 'temp1', fileName: 'a.txt' }] }),
    json({}),
  )
  await jira.requests.attach('HELP-1', {
    serviceDeskId: '1',
    files: [{ name: 'a.txt', content: 'x' }],
    public: true,
    comment: 'the log',
  })
  expect(upstream.requests[1]?.json).toEqual({
    temporaryAttachmentIds: ['temp1'],
    public: true,
    additionalComment: { body: 'the log' },
  })
})

test('pages go on by their start', async () => {
  const { jira, upstream } = scripted(
    json({ values: [{ id: '1' }, { id: '2' }], isLastPage: false, start: 0, limit: 2, size: 2 }),
    json({ values: [{ id: '3' }], isLastPage: true, start: 2, limit: 2, size: 1 }),
  )
  const ids: unknown[] = []
  for await (const { id } of jira.serviceDesks.list()) ids.push(id)
  expect(ids).toEqual(['1', '2', '3'])
  expect(upstream.requests[1]?.url.searchParams.get('start')).toBe('2')
})
