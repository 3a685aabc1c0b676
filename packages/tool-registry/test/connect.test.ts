import { Client, InMemoryTransport } from '@modelcontextprotocol/client'
import { expect, onTestFinished, test } from 'vitest'

import { createMcp } from '../src/index.ts'
import type { Visit } from '../src/index.ts'
import { fakeUpstream, person, recorder, registry, visitOf } from './fixture.ts'
import type { Services } from './fixture.ts'

/** A client on one long connection, which has no HTTP answers. */
async function connected(changes: Partial<Visit<Services>> = {}) {
  const { events, observe } = recorder()
  const mcp = createMcp({ name: 't', version: '1', registry, observe })
  const [near, far] = InMemoryTransport.createLinkedPair()
  const { challenge: _challenge, ...visit } = visitOf(changes)
  const connection = await mcp.connect(far, visit)
  const client = new Client({ name: 'c', version: '1' })
  await client.connect(near)
  onTestFinished(async () => {
    await client.close()
    await connection[Symbol.asyncDispose]()
  })
  return { client, events }
}

test('a long connection serves list, calls, aliases and progress', async () => {
  const { client, events } = await connected()
  const { tools } = await client.listTools()
  expect(tools.map((tool) => tool.name)).toEqual([
    'whoAmI',
    'getIssue',
    'editIssue',
    'countSlowly',
    'getPage',
  ])
  const result = await client.callTool({ name: 'jira_get_issue', arguments: { issueIdOrKey: 'ED-1' } })
  expect(result.isError).toBeUndefined()
  const heard: number[] = []
  await client.callTool(
    { name: 'countSlowly', arguments: { upTo: 2 } },
    { onprogress: ({ progress }) => void heard.push(progress) },
  )
  expect(heard).toEqual([1, 2])
  expect(events.filter((event) => event.type === 'tool_call')).toHaveLength(2)
})

test('tools beyond the grant are not listed where nobody can be asked for more', async () => {
  const { client } = await connected({ person: { ...person, scopes: ['jira:read'] } })
  const { tools } = await client.listTools()
  expect(tools.map((tool) => tool.name)).toEqual(['whoAmI', 'getIssue', 'countSlowly'])
})

test('limits hold on a long connection as well, and are charged once', async () => {
  let left = 1
  const upstream = fakeUpstream()
  const { client } = await connected({
    services: upstream.services,
    admission: {
      take: () => (left-- > 0 ? { ok: true } : { ok: false, retryAfterMs: 1000, violated: [], limits: [] }),
      headers: () => ({}),
    },
  })
  const call = { name: 'getIssue', arguments: { issueIdOrKey: 'ED-1' } }
  expect((await client.callTool(call)).isError).toBeUndefined()
  expect(await client.callTool(call)).toMatchObject({
    isError: true,
    content: [{ text: expect.stringContaining('Repeat the same call in 1 second, or') }],
  })
  expect(upstream.seen).toHaveLength(1)
})

test('a permission that the grant lacks is told as a result', async () => {
  const { client } = await connected({
    person: { ...person, scopes: ['jira:read'] },
    grantable: ['jira:write'],
  })
  const result = await client.callTool({
    name: 'editIssue',
    arguments: { issueIdOrKey: 'ED-1', summary: 'x' },
  })
  expect(result.content).toEqual([
    {
      type: 'text',
      text: 'Not done: this needs the permission jira:write, which the person has not granted. Nothing was changed. Ask the person to reconnect this server in their client and to allow it.',
    },
  ])
})

test('a selection that names nothing is refused at once', async () => {
  const mcp = createMcp({ name: 't', version: '1', registry })
  const [, far] = InMemoryTransport.createLinkedPair()
  await expect(mcp.connect(far, visitOf({ wanted: { toolsets: ['none'] } }))).rejects.toThrow(
    'There is no toolset "none"',
  )
})
