import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { createToolFilter } from '../src/tools/tool-filter.ts'
import { memoryCache } from './cache.ts'
import { startHost } from './host.ts'
import type { Tool } from './server.ts'
import { legacyServer, modernServer } from './server.ts'

const names = (tools: unknown): unknown =>
  Array.isArray(tools) ? tools.map((tool: { name: string }) => tool.name) : tools

const listed = ['getIssue', 'getPage', 'deleteIssue'].map((name) => ({
  name,
  inputSchema: { type: 'object' },
  annotations: { readOnlyHint: name !== 'deleteIssue' },
}))
const done: Tool = ({ answer }) => answer({ content: [{ type: 'text', text: 'done' }] })
const tools = { getIssue: done, getPage: done, deleteIssue: done }
const capabilities = { tools: { listChanged: true } }

test.for([
  [{ allow: ['get*'] }, ['getIssue', 'getPage']],
  [{ deny: ['*ISSUE'] }, ['getPage']],
  [{ allow: ['*Issue'], deny: ['delete*'] }, ['getIssue']],
  [{ readOnly: true }, ['getIssue', 'getPage']],
] as const)('%j leaves %j in the list, and refuses the others', async ([policy, left]) => {
  const server = await legacyServer({ tools, listed })
  const host = startHost(server.url, { tools: policy })
  await host.initialize()
  const called: [string, string][] = []
  for (const name of Object.keys(tools)) {
    const { result, error } = await host.call(name)
    called.push([name, result ? 'done' : (error?.message ?? '')])
  }
  const hidden = expect.stringContaining('hidden by the settings')
  const isLeft = (name: string): boolean => left.some((one) => one === name)
  expect(called).toEqual(Object.keys(tools).map((name) => [name, isLeft(name) ? 'done' : hidden]))
  expect(names((await host.request('tools/list')).result?.['tools'])).toEqual(left)
  expect(server.calls('tools/call').map(({ message }) => message?.params?.name)).toEqual(left)
})

test('tools that are hidden now do not come back from what was remembered', async () => {
  const [server, cache] = [await legacyServer({ tools, listed }), memoryCache()]
  const first = startHost(server.url, { cache })
  await first.initialize()
  await first.request('tools/list')
  first.end()
  await first.done
  await server.stop()
  const host = startHost(server.url, { cache, tools: { readOnly: true } })
  await host.initialize()
  expect(names((await host.request('tools/list')).result?.['tools'])).toEqual(['getIssue', 'getPage'])
})

test('a pattern matches what the same words mean as a regular expression', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'B', '*', '.'), maxLength: 8 })
  const name = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '.'), maxLength: 8 })
  fc.assert(
    fc.property(letters, name, (pattern, text) => {
      const parts = pattern.split('*').map((part) => part.replace(/[.]/g, '\\.'))
      const expected = new RegExp(`^${parts.join('.*')}$`, 'i').test(text)
      expect(createToolFilter({ allow: [pattern] }).permitsName(text)).toBe(expected)
    }),
  )
})

function pageAt(cursor: unknown): object {
  const pages: Readonly<Record<string, object>> = {
    one: { prompts: [{ name: 'a' }], nextCursor: 'two' },
    two: { prompts: [{ name: 'b' }], nextCursor: 'three' },
    three: { prompts: [{ name: 'c' }] },
  }
  return pages[typeof cursor === 'string' ? cursor : 'one'] ?? {}
}

test.for(['legacy', 'modern'] as const)(
  'lists of a %s server come whole, and by pages when that is asked for',
  async (era) => {
    const start = era === 'legacy' ? legacyServer : modernServer
    const server = await start({
      capabilities: { prompts: {} },
      methods: { 'prompts/list': ({ message }) => pageAt(message?.params?.['cursor']) },
    })
    const whole = startHost(server.url)
    await whole.initialize()
    const { result } = await whole.request('prompts/list')
    expect(result).toMatchObject({ prompts: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] })
    expect(result).not.toHaveProperty('nextCursor')
    expect((await whole.request('prompts/list', { cursor: 'two' })).result).toMatchObject({
      prompts: [{ name: 'b' }],
      nextCursor: 'three',
    })
    const paged = startHost(server.url, { mergeLists: false })
    await paged.initialize()
    expect((await paged.request('prompts/list')).result).toMatchObject({ nextCursor: 'two' })
  },
)

test('a list without end is given up at a page, and says where it goes on', async () => {
  let count = 0
  const server = await legacyServer({
    capabilities: { prompts: {} },
    methods: { 'prompts/list': () => ({ prompts: [{ name: `p${++count}` }], nextCursor: `c${count}` }) },
  })
  const host = startHost(server.url, { limits: { listPages: 5 } })
  await host.initialize()
  const { result } = await host.request('prompts/list')
  expect(result?.['prompts']).toHaveLength(5)
  expect(result?.['nextCursor']).toBe('c5')
})

const big: Tool = ({ answer }) =>
  answer({ content: [{ type: 'text', text: 'ä'.repeat(5_000) }], structuredContent: { all: 'x' } })

test('a result above the budget is cut, and kept whole where that is possible', async () => {
  const server = await legacyServer({ tools: { big, small: done } })
  const kept: string[] = []
  const keep = async (result: string): Promise<URL> => {
    kept.push(result)
    return new URL('file:///results/1.json')
  }
  const host = startHost(server.url, { resultBudget: { bytes: 1_001, keep } })
  await host.initialize()
  const { result } = await host.call('big')
  expect(result?.['content']).toEqual([
    { type: 'text', text: expect.stringMatching(/^ä{400,500}$/) },
    { type: 'text', text: expect.stringContaining('1001 are let through') },
    expect.objectContaining({ type: 'resource_link', uri: 'file:///results/1.json' }),
  ])
  expect(result).not.toHaveProperty('structuredContent')
  expect(kept[0]).toContain('"structuredContent"')
  expect((await host.call('small')).result).toEqual({ content: [{ type: 'text', text: 'done' }] })
  const without = startHost(server.url, { resultBudget: { bytes: 1_000 } })
  await without.initialize()
  expect(JSON.stringify((await without.call('big')).result)).toContain('Ask for less')
})

const schema = (property: object) => ({ type: 'object', properties: { a: property, b: { type: 'string' } } })

test.for([
  ['empty', schema({ type: 'string', 'x-mcp-header': '' })],
  ['with a space', schema({ type: 'string', 'x-mcp-header': 'My Region' })],
  ['with a line end', schema({ type: 'string', 'x-mcp-header': 'A\r\nB' })],
  ['no text', schema({ type: 'string', 'x-mcp-header': 7 })],
  ['of a number', schema({ type: 'number', 'x-mcp-header': 'A' })],
  ['of an object', schema({ type: 'object', 'x-mcp-header': 'A' })],
  [
    'twice in different cases',
    {
      properties: { a: { type: 'string', 'x-mcp-header': 'R' }, b: { type: 'string', 'x-mcp-header': 'r' } },
    },
  ],
] as const)('a tool of a modern server whose header is %s is left out', async ([, inputSchema]) => {
  const server = await modernServer({
    capabilities,
    listed: [
      { name: 'bad', inputSchema },
      { name: 'good', inputSchema: schema({ type: 'string', 'x-mcp-header': 'Region' }) },
    ],
  })
  const host = startHost(server.url)
  await host.initialize()
  expect(names((await host.request('tools/list')).result?.['tools'])).toEqual(['good'])
})

test('headers that a tool has come to want are learnt when the server misses them', async () => {
  const inputSchema = schema({ type: 'string', 'x-mcp-header': 'Region' })
  const server = await modernServer({
    listed: [{ name: 'echo', inputSchema }],
    first({ message, headers, response }) {
      if (message?.method !== 'tools/call' || headers['mcp-param-region'] === 'here') return false
      const error = { code: -32_020, message: 'Header mismatch' }
      response.writeHead(400, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ jsonrpc: '2.0', id: message.id, error }))
      return true
    },
  })
  const host = startHost(server.url)
  await host.initialize()
  expect((await host.call('echo', { a: 'here', text: 'x' })).result).toMatchObject({
    content: [{ text: 'x' }],
  })
})
