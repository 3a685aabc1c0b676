import { expect, test } from 'vitest'

import { mcpRequest, namesIn, served, toolCall } from './fixture.ts'

const all = ['readNote', 'writeNote', 'slowNote']

test.each<[string, Record<string, string>, readonly string[]]>([
  ['/mcp', {}, all],
  ['/mcp/readonly', {}, ['readNote']],
  ['/v1/mcp/readonly', {}, ['readNote']],
  ['/mcp?readonly', {}, ['readNote']],
  ['/mcp?readonly=true', {}, ['readNote']],
  ['/mcp?readonly=false', {}, all],
  ['/mcp', { 'x-mcp-readonly': '1' }, ['readNote']],
  ['/mcp?readonly=false', { 'x-mcp-readonly': 'TRUE' }, ['readNote']],
  ['/mcp/readonly', { 'x-mcp-readonly': 'false' }, ['readNote']],
  ['/mcp?toolsets=slow', {}, ['slowNote']],
  ['/mcp', { 'x-mcp-toolsets': 'slow, notes' }, all],
  ['/mcp?toolsets=notes', { 'x-mcp-toolsets': 'slow,notes' }, ['readNote', 'writeNote']],
  ['/mcp?toolsets=notes', { 'x-mcp-toolsets': 'slow' }, []],
  ['/mcp?tools=slowNote,readNote', {}, ['readNote', 'slowNote']],
  ['/mcp?toolsets=slow&tools=readNote', {}, ['readNote', 'slowNote']],
  ['/mcp?unknown=1', {}, all],
])('%s with %j shows %j', async (path, headers, names) => {
  const response = await served().send(mcpRequest('tools/list', {}, { path, headers }))
  expect(await namesIn(response)).toEqual(names)
})

test.each<[string, Record<string, string>, string]>([
  ['/mcp?readonly=maybe', {}, 'X-MCP-Readonly and ?readonly take true or false.'],
  ['/mcp', { 'x-mcp-toolsets': 'a b' }, 'X-MCP-Toolsets and ?toolsets take names of letters'],
  ['/mcp', { 'x-mcp-tools': '<script>' }, 'X-MCP-Tools and ?tools take names of letters'],
  [`/mcp?tools=${Array.from({ length: 65 }, (_, index) => `t${index}`).join(',')}`, {}, 'at most 64'],
  [`/mcp?tools=${'x'.repeat(65)}`, {}, 'take names of letters'],
  ['/mcp?toolsets=bitbucket', {}, 'There is no toolset \\"bitbucket\\". Toolsets: notes, slow.'],
])('%s with %j is an error that says what is possible', async (path, headers, words) => {
  const { send, mcpEvents } = served()
  const response = await send(mcpRequest('tools/list', {}, { path, headers }))
  expect(response.status).toBe(400)
  expect(await response.text()).toContain(words)
  expect(mcpEvents).toEqual([])
})

test('what a connection chose away cannot be called', async () => {
  const { send, written } = served()
  const response = await send(toolCall('writeNote', { text: 'x' }, { path: '/mcp/readonly' }))
  expect(await response.json()).toMatchObject({ error: { code: -32_602 } })
  expect(written).toEqual([])
})
