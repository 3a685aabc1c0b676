import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { describe, expect, onTestFinished, test } from 'vitest'

import { createMcp, createRegistry, resourceUri } from '../src/index.ts'
import type { Toolset } from '../src/index.ts'
import { variablesIn } from '../src/resource.ts'
import { platformSet, recorder, trackerSet, visitOf, wikiSet } from './fixture.ts'
import type { Tracker } from './fixture.ts'

const template = 'jira://{cloudId}/issue/{issueIdOrKey}'
const tracker: Toolset<Tracker> = {
  ...trackerSet,
  resources: [
    {
      name: 'issue',
      title: 'Issue',
      description: 'One issue.',
      template,
      tool: 'getIssue',
      complete: {
        issueIdOrKey: async (typed, { given, call }) => {
          const found = await call('getIssue', { issueIdOrKey: `${typed}-1` })
          return [JSON.stringify(found.structuredContent), given['cloudId'] ?? '']
        },
      },
    },
    {
      name: 'none',
      title: 'None',
      description: 'Deletes.',
      template: 'jira://gone/{issueIdOrKey}',
      tool: 'deleteIssue',
    },
  ],
  prompts: [
    {
      name: 'triage',
      title: 'Triage',
      description: 'Looks through new issues.',
      arguments: [
        {
          name: 'project',
          description: 'Its key.',
          required: true,
          complete: async (typed) => [`${typed}O`],
        },
        { name: 'days', description: 'How far back.' },
      ],
      tools: ['getIssue'],
      text: ({ project, days = '7' }) => `Look at ${project} of ${days} days.`,
    },
    {
      name: 'purge',
      title: 'Purge',
      description: 'Deletes.',
      arguments: [],
      tools: ['deleteIssue'],
      text: () => 'Delete.',
    },
  ],
}
const registry = createRegistry([platformSet, tracker, wikiSet])

describe.each(['legacy', 'auto'] as const)('the official client, negotiating %s', (mode) => {
  async function connected(scopes: readonly string[] = ['jira:write', 'confluence:read']) {
    const { events, observe } = recorder()
    const mcp = createMcp({ name: 'test', version: '1.0.0', registry, observe })
    const client = new Client({ name: 'client', version: '1' }, { versionNegotiation: { mode } })
    const fetch = (url: string | URL | Request, init?: RequestInit): Promise<Response> =>
      mcp.fetch(new Request(url, init), visitOf({ person: { ...visitOf().person, scopes } }))
    await client.connect(new StreamableHTTPClientTransport(new URL('https://mcp.example.com/mcp'), { fetch }))
    onTestFinished(() => client.close())
    return { client, events }
  }

  test('sees templates and prompts whose tools it may call', async () => {
    const { client } = await connected()
    const { resourceTemplates } = await client.listResourceTemplates()
    expect(resourceTemplates).toMatchObject([{ uriTemplate: template, mimeType: 'text/markdown' }])
    expect((await client.listPrompts()).prompts.map(({ name }) => name)).toEqual(['triage'])
    expect((await client.listResources()).resources).toEqual([])
  })

  test('reads an address by its tool, with one line in the audit', async () => {
    const { client, events } = await connected()
    const { contents } = await client.readResource({ uri: 'jira://site-1/issue/DEMO%2D7' })
    expect(contents).toMatchObject([
      { mimeType: 'text/markdown', text: expect.stringContaining('Text of DEMO-7.') },
    ])
    expect(events.filter(({ type }) => type === 'tool_call')).toMatchObject([
      { tool: 'getIssue', via: 'resources/read', verdict: 'done' },
    ])
  })

  test('is refused what it may not read, and what is nowhere', async () => {
    const { client } = await connected(['confluence:read'])
    await expect(client.readResource({ uri: 'jira://site-1/issue/DEMO-7' })).rejects.toThrow('jira:read')
    await expect(client.readResource({ uri: 'jira://site-1/board/7' })).rejects.toThrow('not found')
  })

  test('gets a prompt filled in, and is told what it lacks', async () => {
    const { client } = await connected()
    const { messages } = await client.getPrompt({ name: 'triage', arguments: { project: 'DEMO' } })
    expect(messages).toEqual([{ role: 'user', content: { type: 'text', text: 'Look at DEMO of 7 days.' } }])
    await expect(client.getPrompt({ name: 'triage' })).rejects.toThrow('needs project: Its key.')
    await expect(
      client.getPrompt({ name: 'triage', arguments: { project: 'A', week: '1' } }),
    ).rejects.toThrow('takes project, days, and not "week"')
    await expect(client.getPrompt({ name: 'triag' })).rejects.toThrow('Did you mean triage?')
  })

  test('has values suggested', async () => {
    const { client } = await connected()
    const ofPrompt = await client.complete({
      ref: { type: 'ref/prompt', name: 'triage' },
      argument: { name: 'project', value: 'DEM' },
    })
    expect(ofPrompt.completion).toEqual({ values: ['DEMO'], total: 1, hasMore: false })
    const ofAddress = await client.complete({
      ref: { type: 'ref/resource', uri: template },
      argument: { name: 'issueIdOrKey', value: 'DEMO' },
      context: { arguments: { cloudId: 'site-1' } },
    })
    expect(ofAddress.completion.values).toEqual(['{"key":"DEMO-1"}', 'site-1'])
    const none = await client.complete({
      ref: { type: 'ref/prompt', name: 'triage' },
      argument: { name: 'days', value: '' },
    })
    expect(none.completion.values).toEqual([])
  })
})

test('an address is read back as it was written', () => {
  const values = { cloudId: 'acme.example', issueIdOrKey: 'A/B ?#1' }
  const uri = resourceUri(template, values)
  expect(uri).toBe('jira://acme.example/issue/A%2FB%20%3F%231')
  expect(variablesIn(uri, template)).toEqual(values)
  for (const other of [
    'jira://a/issue/',
    'jira://a/issue/B/c',
    'jira://a/issue/%ZZ',
    'jira:///issue/B',
    'wiki://a/issue/B',
  ]) {
    expect(variablesIn(other, template)).toBeUndefined()
  }
})
