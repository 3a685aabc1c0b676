import { expect, test } from 'vitest'

import { memoryCache } from './cache.ts'
import { startHost } from './host.ts'
import type { ToolCall } from './server.ts'
import { legacyServer, modernServer } from './server.ts'

test('calls in flight may finish when the input ends, and the session is closed after them', async () => {
  const { promise: call, resolve: called } = Promise.withResolvers<ToolCall>()
  const server = await legacyServer({ tools: { slow: (one) => called(one) } })
  const host = startHost(server.url)
  await host.initialize()
  host.send({ id: 's', method: 'tools/call', params: { name: 'slow' } })
  const { answer } = await call
  host.end()
  answer({ content: [{ type: 'text', text: 'done' }] })
  await host.done
  expect(host.heard.at(-1)).toMatchObject({ id: 's', result: { content: [{ text: 'done' }] } })
  expect(server.sessions.size).toBe(0)
})

test('calls that do not finish in time are answered before the end', async () => {
  const server = await legacyServer({ tools: { endless: () => undefined } })
  const host = startHost(server.url, { limits: { drainMs: 1 } })
  await host.initialize()
  host.send({ id: 'e', method: 'tools/call', params: { name: 'endless' } })
  await server.when(({ message }) => message?.method === 'tools/call')
  host.end()
  await host.done
  expect(host.heard.at(-1)).toMatchObject({
    id: 'e',
    error: { data: { reason: 'outcome_unknown', executed: 'unknown' } },
  })
  expect(server.sessions.size).toBe(0)
})

test('requests that were never sent are told so at the end', async () => {
  const host = startHost('http://127.0.0.1:9/mcp', {
    limits: { drainMs: 1, backoffMs: 60_000, backoffMaxMs: 60_000 },
  })
  await host.initialize()
  host.send({ id: 'n', method: 'tools/call', params: { name: 'echo' } })
  host.end()
  await host.done
  expect(host.heard.at(-1)).toMatchObject({ id: 'n', error: { data: { reason: 'closing', executed: 'no' } } })
})

test('a host that closes its end ends the bridge, with the session', async () => {
  const server = await legacyServer()
  const host = startHost(server.url)
  await host.initialize()
  await host.call('echo')
  host.hangUp()
  await host.done
  expect(server.sessions.size).toBe(0)
})

test('the list of tools is there while the server is not, and the host is told when it is back', async () => {
  const cache = memoryCache()
  const server = await legacyServer({ instructions: 'Be kind.' })
  const before = startHost(server.url, { cache })
  await before.initialize()
  await before.request('tools/list')
  before.end()
  await before.done
  await server.stop()

  const host = startHost(server.url, { cache })
  expect((await host.initialize()).result).toMatchObject({
    serverInfo: { name: 'legacy' },
    instructions: 'Be kind.',
  })
  expect((await host.request('tools/list')).result?.['tools']).toMatchObject([{ name: 'echo' }])
  expect((await host.call('echo')).error).toMatchObject({ data: { reason: 'unreachable' } })
  await server.start()
  await host.hear(({ method }) => method === 'notifications/tools/list_changed')
  expect((await host.call('echo', { text: 'back' })).result).toMatchObject({ content: [{ text: 'back' }] })
})

test('a server that has changed since the last time is told of by its lists', async () => {
  const known = { capabilities: { tools: {} }, serverInfo: { name: 'modern', version: '0' } }
  const server = await modernServer({ capabilities: { tools: {}, prompts: {} } })
  const host = startHost(server.url, { cache: memoryCache({ era: 'modern', at: 0, known, lists: {} }) })
  expect((await host.initialize()).result).toMatchObject({ serverInfo: { version: '0' } })
  await host.hear(({ method }) => method === 'notifications/tools/list_changed')
  await host.hear(({ method }) => method === 'notifications/prompts/list_changed')
})

test('a list of something the server does not have is empty, and the server is not asked', async () => {
  const server = await modernServer()
  const host = startHost(server.url)
  await host.initialize()
  for (const [method, member] of [
    ['prompts/list', 'prompts'],
    ['resources/list', 'resources'],
    ['resources/templates/list', 'resourceTemplates'],
  ] as const) {
    expect((await host.request(method)).result).toMatchObject({ [member]: [] })
    expect(server.calls(method)).toHaveLength(0)
  }
})

test('a server that was legacy is found as a modern one after it was changed', async () => {
  const known = { capabilities: { tools: {} }, serverInfo: { name: 'modern', version: '1' } }
  const server = await modernServer()
  const host = startHost(server.url, {
    cache: memoryCache({ era: 'legacy', at: Date.now(), known, lists: {} }),
  })
  await host.initialize()
  expect((await host.call('echo', { text: 'new' })).result).toMatchObject({ content: [{ text: 'new' }] })
})

test('refusals and failures say nothing of an era: the server is asked again', async () => {
  let failures = 0
  const server = await modernServer({
    first: ({ response }) => {
      if (++failures > 4) return false
      response.writeHead(503).end()
      return true
    },
  })
  const host = startHost(server.url)
  await host.initialize()
  expect((await host.event('connected')).era).toBe('modern')
  expect(server.calls('initialize')).toHaveLength(0)
})
