import * as v2 from '@modelcontextprotocol/client'
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { expect, test } from 'vitest'

import { createAgent } from '../src/agents/agent.ts'
import { createIdentity } from '../src/agents/identity.ts'
import { walkSignIn } from '../src/agents/sign-in.ts'
import { demoForFile } from './support/demo.ts'
import { textOf, ToolList } from './support/mcp.ts'

const demo = demoForFile()

test('a client of SDK v1 signs in on the consent page, lists tools and calls them', async () => {
  const identity = createIdentity({ person: 'Maya Lindqvist' })
  const client = new Client({ name: 'sdk-v1', version: '0.0.0' })
  const open = () => new StreamableHTTPClientTransport(demo().mcp, { authProvider: identity })
  const first = open()
  await expect(client.connect(first)).rejects.toThrow(UnauthorizedError)
  await first.finishAuth((await identity.redirected()).get('code') ?? '')
  const signedIn = new Client({ name: 'sdk-v1', version: '0.0.0' })
  await signedIn.connect(open())
  const { tools } = ToolList.parse(await signedIn.listTools())
  expect(tools.map(({ name }) => name)).toContain('getJiraIssue')
  const issue = await signedIn.callTool({
    name: 'getJiraIssue',
    arguments: { cloudId: 'brightwater-demo', issueIdOrKey: 'ALPHA-7' },
  })
  expect(textOf(issue)).toContain('Two guests can book the same berth at the same moment')
  expect(identity.signIns()).toBe(1)
  await signedIn.close()
})

test.each([
  { era: 'legacy', revision: '2025-11-25' },
  { era: 'auto', revision: '2026-07-28' },
] as const)(
  'a client of SDK v2 signs in and calls tools with revision $revision',
  async ({ era, revision }) => {
    const agent = await createAgent({ url: demo().mcp, person: 'Jonas Weber', era })
    expect(agent.revision).toBe(revision)
    expect((await agent.tools()).map(({ name }) => name)).toContain('searchConfluence')
    expect((await agent.call('atlassianUserInfo')).text).toContain('Jonas Weber')
    expect(agent.identity.signIns()).toBe(1)
    await agent.close()
  },
)

test('a client whose access token is lost refreshes it without asking the person again', async () => {
  const identity = createIdentity({ person: 'Priya Raman' })
  const agent = await createAgent({ url: demo().mcp, person: 'Priya Raman', identity })
  const before = identity.tokens()
  await identity.saveTokens({ ...before, access_token: 'lost', token_type: 'Bearer' })
  expect((await agent.call('atlassianUserInfo')).text).toContain('Priya Raman')
  expect(identity.tokens()?.refresh_token).not.toBe(before?.refresh_token)
  expect(identity.signIns()).toBe(1)
  await agent.close()
})

test('a client on the versioned address signs in there as well', async () => {
  const url = new URL('/v1/mcp', demo().origin)
  const agent = await createAgent({ url, person: 'Grace Okafor' })
  expect((await agent.call('atlassianUserInfo')).text).toContain('Grace Okafor')
  await agent.close()
})

test('a client that may only read asks the person again when it wants to write, and then writes', async () => {
  const person = 'Maya Lindqvist'
  const asked: (string | null)[] = []
  const identity = createIdentity(
    { person },
    {
      walk(url) {
        asked.push(url.searchParams.get('scope'))
        return walkSignIn(url, { person, ...(asked.length === 1 && { access: 'read' }) })
      },
    },
  )
  const signedIn = await createAgent({ url: demo().mcp, person, identity })
  await signedIn.close()
  const client = new v2.Client({ name: 'sdk-v2', version: '0.0.0' })
  const transport = new v2.StreamableHTTPClientTransport(demo().mcp, { authProvider: identity })
  await client.connect(transport)
  const create = () =>
    client.callTool({
      name: 'createJiraIssue',
      arguments: {
        cloudId: 'brightwater-demo',
        projectKey: 'ALPHA',
        issueType: 'Task',
        summary: 'Asked again',
      },
    })
  await expect(create()).rejects.toThrow(v2.UnauthorizedError)
  await transport.finishAuth(await identity.redirected())
  expect(textOf(await create())).toContain('Created ALPHA-')
  expect(asked[1]?.split(' ')).toEqual(expect.arrayContaining(['jira:read', 'confluence:read', 'jira:write']))
  await client.close()
})
