import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { InMemoryTransport } from '@modelcontextprotocol/server'
import { describe, expect, onTestFinished, test } from 'vitest'
import * as z from 'zod'

import { createMcp, createRegistry, toolFactory, toolset } from '../src/index.ts'
import { callOf, operations, visitOf } from './fixture.ts'

const key = new Uint8Array(32).fill(7)
let deleted: string[] = []
const erase = toolFactory<object>()({
  name: 'eraseIssue',
  title: 'Erase an issue',
  description: 'Erases one issue.',
  tier: 'delete',
  product: 'jira',
  uses: [operations.deleteIssue],
  input: z.strictObject({ issueIdOrKey: z.string().describe('Its key.') }),
  async run({ issueIdOrKey }) {
    deleted.push(issueIdOrKey)
    return { text: `Erased ${issueIdOrKey}.` }
  },
})
const registry = createRegistry([
  toolset({ id: 'jira', title: 'Jira', description: 'Issues.', tools: [erase] }),
])
const limits = { tiers: ['read', 'write', 'delete'] as const }

const Answer = z.object({
  result: z.object({ content: z.array(z.object({ text: z.string() })), isError: z.boolean().optional() }),
})

/** A clock, and calls over plain HTTP in the older era. */
function endpoint() {
  deleted = []
  let time = 0
  const mcp = createMcp<object>({
    name: 't',
    version: '1',
    registry,
    limits,
    confirm: { tiers: ['delete'], key },
    now: () => time,
  })
  return {
    mcp,
    pass: (milliseconds: number) => void (time += milliseconds),
    call: async (args: Readonly<Record<string, unknown>>, grantId = 'grant-ann') => {
      const visit = visitOf({ person: { ...visitOf().person, grantId } })
      const response = await mcp.fetch(callOf('eraseIssue', args), visit)
      const { result } = Answer.parse(await response.json())
      const text = result.content.map((block) => block.text).join('')
      return { text, token: /"confirmation": "([^"]+)"/.exec(text)?.[1], isError: result.isError === true }
    },
  }
}

describe('a call that a person has to agree to', () => {
  test('is done once its token comes back with the same arguments', async () => {
    const { call } = endpoint()
    const asked = await call({ issueIdOrKey: 'A-1' })
    expect(asked.isError).toBe(true)
    expect(asked.text).toContain('Nothing was changed')
    expect(deleted).toEqual([])
    const done = await call({ issueIdOrKey: 'A-1', confirmation: asked.token })
    expect(done.text).toBe('Erased A-1.')
    expect(deleted).toEqual(['A-1'])
    const again = await call({ issueIdOrKey: 'A-1', confirmation: asked.token })
    expect(again.isError).toBe(true)
    expect(deleted).toEqual(['A-1'])
    expect((await call({ issueIdOrKey: 'A-1', confirmation: again.token })).text).toBe('Erased A-1.')
  })

  test('is not done for other arguments, another person, after its time, or with a made-up token', async () => {
    const { call, pass } = endpoint()
    const { token = '' } = await call({ issueIdOrKey: 'A-1' })
    for (const tampered of [
      token,
      `${token}x`,
      'x.y',
      '',
      `zzzzzzzz.${token.split('.').slice(1).join('.')}`,
    ]) {
      expect((await call({ issueIdOrKey: 'A-2', confirmation: tampered })).isError).toBe(true)
    }
    expect((await call({ issueIdOrKey: 'A-1', confirmation: token }, 'grant-bob')).isError).toBe(true)
    pass(600_000)
    expect((await call({ issueIdOrKey: 'A-1', confirmation: token })).isError).toBe(true)
    expect(deleted).toEqual([])
  })
})

/** A client whose person answers. */
async function personWho(
  answer: 'agrees' | 'refuses' | 'closes the dialog',
  mode: 'modern' | 'stdio',
): Promise<{ client: Client; asked: string[] }> {
  const asked: string[] = []
  const { mcp } = endpoint()
  const client = new Client(
    { name: 'client', version: '1' },
    {
      versionNegotiation: { mode: mode === 'modern' ? 'auto' : 'legacy' },
      capabilities: { elicitation: { form: {} } },
    },
  )
  client.setRequestHandler('elicitation/create', ({ params }) => {
    asked.push(params.message)
    if (answer === 'closes the dialog') return { action: 'cancel' }
    return { action: 'accept', content: { agree: answer === 'agrees' } }
  })
  if (mode === 'modern') {
    const fetch = (url: string | URL | Request, init?: RequestInit): Promise<Response> =>
      mcp.fetch(new Request(url, init), visitOf())
    await client.connect(new StreamableHTTPClientTransport(new URL('https://mcp.example.com/mcp'), { fetch }))
  } else {
    const [near, far] = InMemoryTransport.createLinkedPair()
    await mcp.connect(far, visitOf())
    await client.connect(near)
  }
  onTestFinished(() => client.close())
  return { client, asked }
}

describe.each(['modern', 'stdio'] as const)('a client that asks its person, %s', (mode) => {
  test('asks once, and the call is done', async () => {
    const { client, asked } = await personWho('agrees', mode)
    const result = await client.callTool({ name: 'eraseIssue', arguments: { issueIdOrKey: 'A-1' } })
    expect(result.content).toEqual([{ type: 'text', text: 'Erased A-1.' }])
    expect(asked).toEqual([expect.stringContaining('eraseIssue with {"issueIdOrKey":"A-1"}')])
    expect(deleted).toEqual(['A-1'])
  })

  test.each(['refuses', 'closes the dialog'] as const)('does nothing when the person %s', async (answer) => {
    const { client } = await personWho(answer, mode)
    const result = await client.callTool({ name: 'eraseIssue', arguments: { issueIdOrKey: 'A-1' } })
    expect(result.isError).toBe(true)
    expect(JSON.stringify(result.content)).toContain('did not agree')
    expect(deleted).toEqual([])
  })
})
