import { expect, test } from 'vitest'

import { startHost } from './host.ts'
import type { Message } from './loopback.ts'
import { event, json, metaOf, stream } from './loopback.ts'
import { modern } from './modern.ts'
import type { McpServer, Tool } from './server.ts'
import { legacyServer, modernServer } from './server.ts'

const question = { message: 'Which one?', requestedSchema: { type: 'object', properties: {} } }

/** A tool of a legacy server that asks its host twice before it answers. */
function askingTool(): {
  readonly tool: Tool
  readonly first: (server: { message: Message | undefined }) => void
} {
  let open: Parameters<Tool>[0] | undefined
  const given: unknown[] = []
  return {
    tool(call) {
      open = call
      stream(call.response)
      event(call.response, { id: 'ask-1', method: 'elicitation/create', params: question })
    },
    first({ message }) {
      if (!open || !String(message?.id).startsWith('ask-') || message?.method !== undefined) return
      given.push(message?.result ?? message?.error)
      if (given.length === 1)
        event(open.response, { id: 'ask-2', method: 'sampling/createMessage', params: { maxTokens: 1 } })
      else open.answer({ content: [{ type: 'text', text: JSON.stringify(given) }] })
    },
  }
}

async function askingServer(): Promise<McpServer> {
  const { tool, first } = askingTool()
  return legacyServer({
    tools: { ask: tool },
    first: (asked) => {
      first(asked)
      return false
    },
  })
}

test('questions of a legacy server reach a legacy host, and its answers go back', async () => {
  const server = await askingServer()
  const host = startHost(server.url)
  await host.initialize({ capabilities: { elicitation: {}, sampling: {} } })
  const call = host.call('ask')
  expect(await host.hear(({ id }) => id === 'ask-1')).toMatchObject({
    method: 'elicitation/create',
    params: question,
  })
  host.send({ id: 'ask-1', result: { action: 'accept', content: { n: 1 } } })
  await host.hear(({ id }) => id === 'ask-2')
  host.send({ id: 'ask-2', error: { code: -1, message: 'no' } })
  const { result } = await call
  const given = [
    { action: 'accept', content: { n: 1 } },
    { code: -1, message: 'no' },
  ]
  expect(result).toEqual({ content: [{ type: 'text', text: JSON.stringify(given) }] })
})

test('questions of a legacy server reach a modern host as an answer, and its repeated call brings the answers back', async () => {
  const server = await askingServer()
  const host = startHost(server.url)
  const first = await host.call('ask', {}, modern())
  expect(first.result).toMatchObject({
    resultType: 'input_required',
    inputRequests: { 'question-1': { method: 'elicitation/create', params: question } },
    requestState: expect.stringMatching(/^[\w-]{36}$/),
  })
  const answer = { action: 'accept', content: {} }
  const again = { requestState: first.result?.['requestState'], inputResponses: { 'question-1': answer } }
  const second = await host.call('ask', {}, { ...modern(), ...again })
  expect(second.result).toMatchObject({
    inputRequests: { 'question-1': { method: 'sampling/createMessage' } },
  })
  const third = await host.call('ask', {}, { ...modern(), requestState: second.result?.['requestState'] })
  const given = [answer, { code: -32_603, message: 'The host gave no answer.' }]
  expect(third.result).toEqual({
    resultType: 'complete',
    content: [{ type: 'text', text: JSON.stringify(given) }],
  })
  expect(server.calls('tools/call')).toHaveLength(1)
  const stale = await host.call('ask', {}, { ...modern(), ...again })
  expect(stale.error?.message).toContain('no longer waits')
})

test('a repeated call that a modern host takes back is taken back from the legacy server under the first id', async () => {
  const server = await legacyServer({
    tools: {
      ask({ response }) {
        stream(response)
        event(response, { id: 'ask-1', method: 'elicitation/create', params: question })
      },
    },
  })
  const host = startHost(server.url)
  const first = await host.call('ask', {}, modern())
  const requestState = first.result?.['requestState']
  host.send({
    id: 'again',
    method: 'tools/call',
    params: { name: 'ask', ...modern(), requestState, inputResponses: {} },
  })
  await server.when(({ message }) => message?.id === 'ask-1')
  host.send({ method: 'notifications/cancelled', params: { requestId: 'again' } })
  const told = await server.when(({ message }) => message?.method === 'notifications/cancelled')
  expect(told.message?.params).toEqual({ requestId: first.id })
})

test('questions of a modern server reach a legacy host, and the call is repeated with the answers', async () => {
  const server = await modernServer({
    tools: {
      ask({ message, answer }) {
        const { inputResponses, requestState } = message?.params ?? {}
        if (inputResponses === undefined) {
          const inputRequests = {
            one: { method: 'elicitation/create', params: question },
            two: { method: 'roots/list' },
          }
          return answer({ resultType: 'input_required', inputRequests, requestState: 'opaque "state"' })
        }
        return answer({ content: [{ type: 'text', text: JSON.stringify([inputResponses, requestState]) }] })
      },
    },
  })
  const host = startHost(server.url)
  await host.initialize({ capabilities: { elicitation: {}, roots: {} } })
  const call = host.call('ask', { text: 'x' })
  const asked = await host.hear(({ method }) => method === 'elicitation/create')
  const other = await host.hear(({ method }) => method === 'roots/list')
  expect(asked.params).toEqual(question)
  host.send({ id: other.id, result: { roots: [] } })
  host.send({ id: asked.id, result: { action: 'decline' } })
  const { result } = await call
  const text = JSON.stringify([{ one: { action: 'decline' }, two: { roots: [] } }, 'opaque "state"'])
  expect(result).toMatchObject({ content: [{ type: 'text', text }] })
  const [before, after] = server.calls('tools/call')
  expect(after?.message?.params).toMatchObject({ name: 'ask', arguments: { text: 'x' } })
  expect(after?.message?.id).not.toBe(before?.message?.id)
})

test('a legacy host that cannot answer a question ends the call with a sentence', async () => {
  const inputRequests = { one: { method: 'elicitation/create', params: question } }
  const server = await modernServer({
    tools: { ask: ({ answer }) => answer({ resultType: 'input_required', inputRequests }) },
  })
  const host = startHost(server.url)
  await host.initialize()
  const call = host.call('ask')
  const { id } = await host.hear(({ method }) => method === 'elicitation/create')
  host.send({ id, error: { code: -32_601, message: 'Method not found' } })
  expect((await call).error).toMatchObject({ data: { reason: 'unsupported', executed: 'no' } })
})

test('a modern server that never stops asking is given up', async () => {
  const server = await modernServer({
    tools: { ask: ({ answer }) => answer({ resultType: 'input_required', requestState: 'again' }) },
  })
  const host = startHost(server.url)
  await host.initialize()
  expect((await host.call('ask')).error?.message).toContain('keeps asking')
  expect(server.calls('tools/call')).toHaveLength(11)
})

test('questions to a modern host pass through a modern server unchanged', async () => {
  const inputRequests = { one: { method: 'elicitation/create', params: question } }
  const server = await modernServer({
    tools: { ask: ({ answer }) => answer({ resultType: 'input_required', inputRequests }) },
  })
  const host = startHost(server.url)
  expect((await host.call('ask', {}, modern())).result).toEqual({
    resultType: 'input_required',
    inputRequests,
  })
})

test('a legacy host hears of changes on a modern server, and of the resources it watches', async () => {
  const server = await modernServer({
    capabilities: { tools: { listChanged: true }, resources: { subscribe: true } },
    first: ({ message, response }) => {
      if (message?.method !== 'subscriptions/listen') return false
      stream(response)
      const filter = message.params?.['notifications']
      event(response, {
        method: 'notifications/subscriptions/acknowledged',
        params: { notifications: filter },
      })
      const watched = JSON.stringify(filter).includes('file:///a')
      if (watched)
        event(response, { method: 'notifications/resources/updated', params: { uri: 'file:///a' } })
      else event(response, { method: 'notifications/tools/list_changed' })
      return true
    },
  })
  const host = startHost(server.url)
  await host.initialize()
  await host.hear(({ method }) => method === 'notifications/tools/list_changed')
  expect((await host.request('resources/subscribe', { uri: 'file:///a' })).result).toEqual({})
  await host.hear(({ method }) => method === 'notifications/resources/updated')
  expect(host.heard.some(({ method }) => method === 'notifications/subscriptions/acknowledged')).toBe(false)
  expect(
    server.calls('subscriptions/listen').map(({ message }) => message?.params?.['notifications']),
  ).toEqual([{ toolsListChanged: true }, { toolsListChanged: true, resourceSubscriptions: ['file:///a'] }])
})

test('a modern host hears of changes on a legacy server that it asked for, under its subscription', async () => {
  const server = await legacyServer({ methods: { 'resources/subscribe': () => ({}) } })
  const host = startHost(server.url)
  const notifications = { toolsListChanged: true, resourceSubscriptions: ['file:///a'] }
  host.send({ id: 'sub', method: 'subscriptions/listen', params: { ...modern(), notifications } })
  const acknowledged = await host.hear(({ method }) => method === 'notifications/subscriptions/acknowledged')
  const meta = { 'io.modelcontextprotocol/subscriptionId': 'sub' }
  expect(acknowledged.params).toEqual({ notifications, _meta: meta })
  await server.when(({ message }) => message?.method === 'resources/subscribe')
  await server.when(({ method }) => method === 'GET')
  server.notify({ method: 'notifications/prompts/list_changed' })
  server.notify({ method: 'notifications/resources/updated', params: { uri: 'file:///b' } })
  server.notify({ method: 'notifications/resources/updated', params: { uri: 'file:///a' } })
  server.notify({ method: 'notifications/tools/list_changed' })
  await host.hear(({ method }) => method === 'notifications/tools/list_changed')
  expect(host.heard.filter(({ method }) => method?.startsWith('notifications/')).slice(1)).toEqual([
    { jsonrpc: '2.0', method: 'notifications/resources/updated', params: { _meta: meta, uri: 'file:///a' } },
    { jsonrpc: '2.0', method: 'notifications/tools/list_changed', params: { _meta: meta } },
  ])
  host.end()
  await host.done
  expect(host.heard.at(-1)).toMatchObject({ id: 'sub', result: { resultType: 'complete', _meta: meta } })
})

test('a host may ask for the server in the modern way and then turn out to be a legacy one', async () => {
  const server = await modernServer()
  const host = startHost(server.url)
  await host.request('server/discover', modern())
  await host.initialize()
  await host.call('echo')
  expect(metaOf(server.calls('tools/call')[0])).toMatchObject({
    'io.modelcontextprotocol/clientInfo': { name: 'test-host' },
  })
})

test('log levels reach a legacy server, also when they were set before it was there', async () => {
  const server = await legacyServer({
    capabilities: { logging: {} },
    methods: { 'logging/setLevel': () => ({}) },
  })
  const host = startHost(server.url)
  await host.initialize()
  expect((await host.request('logging/setLevel', { level: 'error' })).result).toEqual({})
  const told = await server.when(({ message }) => message?.method === 'logging/setLevel')
  expect(told.message?.params).toEqual({ level: 'error' })
})

test('a server that speaks only revisions of the future is named', async () => {
  const server = await modernServer({
    first: ({ message, response }) => {
      const data = { supported: ['2031-01-01'], requested: '2026-07-28' }
      json(response, 400, {
        jsonrpc: '2.0',
        id: message?.id,
        error: { code: -32_022, message: 'Unsupported', data },
      })
      return true
    },
  })
  const host = startHost(server.url)
  await host.initialize()
  expect((await host.call('echo')).error?.message).toContain('2031-01-01')
})

test('what a server asks of a modern host outside any call is refused, and its pings are answered', async () => {
  const server = await legacyServer()
  const host = startHost(server.url)
  await host.call('echo', {}, modern())
  await server.when(({ method }) => method === 'GET')
  server.notify({ id: 'p', method: 'ping' })
  server.notify({ id: 'r', method: 'roots/list' })
  expect((await server.when(({ message }) => message?.id === 'p')).message).toMatchObject({ result: {} })
  expect((await server.when(({ message }) => message?.id === 'r')).message).toMatchObject({
    error: { code: -32_601 },
  })
})
