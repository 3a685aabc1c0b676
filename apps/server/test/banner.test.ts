import { expect, it } from 'vitest'

import { banner } from '../src/banner.ts'

const text = banner({
  mcp: 'http://127.0.0.1:4180/mcp',
  sites: [{ name: 'acme', url: 'http://127.0.0.1:4182' }],
  people: [{ name: 'Ada', about: 'Sees everything.' }],
  data: '/tmp/data',
  proxy: ['node', 'proxy.ts'],
})

it('shows where to connect, who is there, and that it is a simulator', () => {
  for (const words of ['http://127.0.0.1:4180/mcp', 'simulator', 'Ada', 'Sees everything.', '--reset']) {
    expect(text).toContain(words)
  }
})

it('has a configuration for each client that can be pasted as it is', () => {
  expect(text).toContain('claude mcp add --transport http telamon http://127.0.0.1:4180/mcp')
  const blocks = text.match(/^ {2}\{\n[\s\S]*?\n {2}\}$/gm) ?? []
  expect(blocks.map((block) => JSON.parse(block))).toEqual([
    { servers: { telamon: { type: 'http', url: 'http://127.0.0.1:4180/mcp' } } },
    { mcpServers: { telamon: { url: 'http://127.0.0.1:4180/mcp' } } },
    { mcpServers: { telamon: { command: 'node', args: ['proxy.ts', 'http://127.0.0.1:4180/mcp'] } } },
  ])
})
