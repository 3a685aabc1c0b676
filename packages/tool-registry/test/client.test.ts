import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { describe, expect, onTestFinished, test } from 'vitest'

import { createMcp } from '../src/index.ts'
import { registry, visitOf } from './fixture.ts'

describe.each([
  { era: 'legacy', fastPath: true },
  { era: 'legacy', fastPath: false },
  { era: 'auto', fastPath: true },
  { era: 'auto', fastPath: false },
] as const)('the official client, negotiating $era, fast path $fastPath', ({ era, fastPath }) => {
  async function connected(): Promise<Client> {
    const mcp = createMcp({ name: 'test', version: '1.0.0', registry, fastPath, instructions: 'Be kind.' })
    const client = new Client({ name: 'client', version: '1' }, { versionNegotiation: { mode: era } })
    const fetch = (url: string | URL | Request, init?: RequestInit): Promise<Response> =>
      mcp.fetch(new Request(url, init), visitOf())
    await client.connect(new StreamableHTTPClientTransport(new URL('https://mcp.example.com/mcp'), { fetch }))
    onTestFinished(() => client.close())
    return client
  }

  test('lists the tools of the visit in their order', async () => {
    const client = await connected()
    const { tools } = await client.listTools()
    expect(tools.map((tool) => tool.name)).toEqual([
      'whoAmI',
      'getIssue',
      'editIssue',
      'countSlowly',
      'getPage',
    ])
    expect(client.getInstructions()).toBe('Be kind.')
  })

  test('calls a tool and reads text and data', async () => {
    const client = await connected()
    const result = await client.callTool({ name: 'getIssue', arguments: { issueIdOrKey: 'DEMO-1' } })
    expect(result.isError).toBeUndefined()
    expect(result.structuredContent).toEqual({ key: 'DEMO-1' })
    expect(result.content).toEqual([
      { type: 'text', text: '<untrusted source="description of DEMO-1">\nText of DEMO-1.\n</untrusted>' },
    ])
  })

  test('hears of progress when it listens', async () => {
    const client = await connected()
    const heard: number[] = []
    const result = await client.callTool(
      { name: 'countSlowly', arguments: { upTo: 3 } },
      { onprogress: ({ progress }) => void heard.push(progress) },
    )
    expect(result.content).toEqual([{ type: 'text', text: 'Counted to 3.' }])
    expect(heard).toEqual([1, 2, 3])
  })

  test('is told the nearest name of a tool that does not exist', async () => {
    const client = await connected()
    await expect(client.callTool({ name: 'getIssues', arguments: {} })).rejects.toThrow(
      'Did you mean getIssue?',
    )
  })
})
