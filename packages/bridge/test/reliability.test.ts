import { expect, test } from 'vitest'

import { startHost } from './host.ts'
import type { Heard } from './host.ts'
import { event, json, listen, stream } from './loopback.ts'
import { modern } from './modern.ts'
import type { Tool } from './server.ts'
import { legacyServer, modernServer } from './server.ts'

/** Answers the first call by cutting the connection, in the given way, and all others well. */
function cutOnce(cut: (call: Parameters<Tool>[0]) => void): Tool {
  let calls = 0
  return (call) => {
    if (++calls === 1) cut(call)
    else call.answer({ content: [{ type: 'text', text: `attempt ${calls}` }] })
  }
}

const cuts: Record<string, (call: Parameters<Tool>[0]) => void> = {
  'before the answer': ({ response }) => void response.destroy(),
  'in the middle of JSON': ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000 })
    response.write('{"jsonrpc":"2.0","id":', () => response.destroy())
  },
  'in the middle of a stream': ({ response }) => {
    stream(response)
    response.write(': open\n\n', () => response.destroy())
  },
  'by ending a stream without an answer': ({ response }) => {
    stream(response)
    response.end(': nothing\n\n')
  },
  'with a 502': ({ response }) => void response.writeHead(502).end('bad gateway'),
}

const listed = [
  { name: 'look', inputSchema: { type: 'object' }, annotations: { readOnlyHint: true } },
  { name: 'put', inputSchema: { type: 'object' }, annotations: { idempotentHint: true } },
  { name: 'write', inputSchema: { type: 'object' } },
]

const cases = Object.keys(cuts).flatMap((how) => (['legacy', 'modern'] as const).map((era) => ({ how, era })))

test.for(cases)('a call that is cut $how is repeated when it can do no harm ($era)', async ({ how, era }) => {
  const start = era === 'legacy' ? legacyServer : modernServer
  const cut = cuts[how] ?? (() => undefined)
  const server = await start({
    listed,
    tools: { look: cutOnce(cut), put: cutOnce(cut), write: cutOnce(cut) },
  })
  const host = startHost(server.url)
  await host.initialize()
  await host.request('tools/list')
  expect((await host.call('look')).result).toMatchObject({ content: [{ text: 'attempt 2' }] })
  expect((await host.call('put')).result).toMatchObject({ content: [{ text: 'attempt 2' }] })
  const { error } = await host.call('write')
  expect(error).toMatchObject({ code: -31_002, data: { reason: 'outcome_unknown', executed: 'unknown' } })
  expect(error?.message).toContain('look before repeating it')
  expect(server.calls('tools/call').filter(({ message }) => message?.params?.name === 'write')).toHaveLength(
    1,
  )
})

test('a server that is down when a call comes is named, and found again when it is back', async () => {
  const server = await legacyServer()
  const host = startHost(server.url)
  await host.initialize()
  await host.call('echo')
  await server.stop()
  await host.event('stream_broken')
  const { error } = await host.call('echo')
  expect(error).toMatchObject({ code: -31_001, data: { reason: 'unreachable', executed: 'no' } })
  expect(error?.message).toContain('Nothing listens there')
  await server.start()
  expect((await host.call('echo', { text: 'back' })).result).toMatchObject({ content: [{ text: 'back' }] })
})

test.for([404, 400])(
  'a session that the server has lost (%s) is opened anew, once for all calls that notice',
  async (lostStatus) => {
    const server = await legacyServer({ lostStatus })
    const host = startHost(server.url)
    await host.initialize()
    await host.call('echo')
    server.sessions.clear()
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((text) => host.call('echo', { text })))
    expect(answers.map(({ result }) => result)).toMatchObject(
      ['a', 'b', 'c', 'd'].map((text) => ({ content: [{ text }] })),
    )
    expect(server.calls('initialize')).toHaveLength(2)
  },
)

test('an idle host hears of changes again after the server was started anew', async () => {
  const server = await legacyServer()
  const host = startHost(server.url)
  await host.initialize()
  await host.event('connected')
  await server.when(({ method }) => method === 'GET')
  server.sessions.clear()
  await server.stop()
  await server.start()
  await host.event('session_renewed')
  const [session] = server.sessions
  await server.when(({ method, headers }) => method === 'GET' && headers['mcp-session-id'] === session)
  server.notify({ method: 'notifications/tools/list_changed' })
  expect(await host.hear(({ method }) => method === 'notifications/tools/list_changed')).toBeDefined()
})

test('a stream with event ids is taken up where it broke, also when it breaks again', async () => {
  const server = await legacyServer({
    first: ({ method, headers, response }) => {
      const last = headers['last-event-id']
      if (method !== 'GET' || last === undefined) return false
      stream(response)
      if (last === 'one') {
        event(response, { method: 'notifications/message', params: { data: 'between' } }, 'two')
        response.end()
        return true
      }
      event(
        response,
        { id: 2, result: { content: [{ type: 'text', text: `after ${String(last)}` }] } },
        'three',
      )
      response.end()
      return true
    },
    tools: {
      long({ response }) {
        stream(response)
        response.write('id: one\nretry: 1\ndata:\n\n', () => response.destroy())
      },
    },
  })
  const host = startHost(server.url)
  await host.initialize()
  const { result } = await host.call('long')
  expect(result).toMatchObject({ content: [{ text: 'after two' }] })
  expect(server.calls('tools/call')).toHaveLength(1)
})

test('a server that asks to wait is asked again after that, and every request gets its answer', async () => {
  let refusals = 0
  const server = await modernServer({
    first: ({ message, response }) => {
      if (message?.method !== 'tools/call' || ++refusals > 2) return false
      response.writeHead(429, { 'retry-after': '0' }).end()
      return true
    },
  })
  const host = startHost(server.url)
  await host.initialize()
  expect((await host.call('echo', { text: 'late' })).result).toMatchObject({ content: [{ text: 'late' }] })
  expect(refusals).toBe(3)
})

test('a server that wants more patience than requests have is reported as busy', async () => {
  const server = await modernServer({
    first: ({ message, response }) => {
      if (message?.method !== 'tools/call') return false
      response.writeHead(429, { 'retry-after': '3600' }).end()
      return true
    },
  })
  const host = startHost(server.url)
  await host.initialize()
  const { error } = await host.call('echo')
  expect(error).toMatchObject({
    code: -31_006,
    data: { reason: 'busy', executed: 'no', retryAfterMs: 3_600_000 },
  })
})

test('a refusal that is an answer of JSON-RPC reaches the host under the id of its request', async () => {
  const server = await modernServer({
    first: ({ message, response }) => {
      if (message?.method !== 'tools/call') return false
      json(response, 400, { jsonrpc: '2.0', id: null, error: { code: -32_020, message: 'Header mismatch' } })
      return true
    },
  })
  const host = startHost(server.url)
  await host.initialize()
  expect((await host.call('echo')).error).toEqual({ code: -32_020, message: 'Header mismatch' })
})

test('a server that says nothing is given up after the time limit', async () => {
  const server = await modernServer({ tools: { mute: ({ response }) => stream(response) } })
  const host = startHost(server.url, { limits: { silenceMs: 50 } })
  await host.initialize()
  const { error } = await host.call('mute')
  expect(error).toMatchObject({ data: { reason: 'outcome_unknown' } })
})

test('a request that is taken back is taken back from the server, and gets no answer', async () => {
  for (const start of [legacyServer, modernServer]) {
    const server = await start({ tools: { endless: ({ response }) => stream(response) } })
    const host = startHost(server.url)
    await host.initialize()
    host.send({ id: 'c', method: 'tools/call', params: { name: 'endless' } })
    const { response } = await server.when(({ message }) => message?.method === 'tools/call')
    const closed = new Promise((resolve) => response.once('close', resolve))
    host.send({ method: 'notifications/cancelled', params: { requestId: 'c' } })
    await closed
    await host.call('echo')
    expect(host.heard.some(({ id }) => id === 'c')).toBe(false)
  }
})

test('a legacy server is told of a request that is taken back', async () => {
  const server = await legacyServer({ tools: { endless: ({ response }) => stream(response) } })
  const host = startHost(server.url)
  await host.initialize()
  host.send({ id: 'c', method: 'tools/call', params: { name: 'endless' } })
  await server.when(({ message }) => message?.method === 'tools/call')
  host.send({ method: 'notifications/cancelled', params: { requestId: 'c' } })
  const told = await server.when(({ message }) => message?.method === 'notifications/cancelled')
  expect(told.message?.params).toEqual({ requestId: 'c' })
})

test('an id that waits already is refused a second time', async () => {
  const server = await modernServer({ tools: { endless: ({ response }) => stream(response) } })
  const host = startHost(server.url)
  await host.initialize()
  host.send({ id: 'twice', method: 'tools/call', params: { name: 'endless' } })
  await server.when(({ message }) => message?.method === 'tools/call')
  host.send({ id: 'twice', method: 'ping' })
  expect(await host.hear(({ id }) => id === 'twice')).toMatchObject({ error: { code: -32_600 } })
})

test('1,000 calls over a connection that is cut at random each get one answer', async () => {
  let random = 7
  const server = await listen(({ message, response }) => {
    random = (random * 1_103_515_245 + 12_345) % 2_147_483_648
    const { id, method } = message ?? {}
    if (id === undefined) return void response.writeHead(202).end()
    const supported = {
      resultType: 'complete',
      supportedVersions: ['2026-07-28'],
      capabilities: { tools: {} },
    }
    const result = method === 'server/discover' ? supported : { resultType: 'complete', content: [] }
    const text = JSON.stringify({ jsonrpc: '2.0', id, result })
    if (method === 'server/discover' || random % 3 !== 0)
      return json(response, 200, { jsonrpc: '2.0', id, result })
    const isStream = random % 2 === 0
    response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' })
    const body = isStream ? `data: ${text}\n\n` : text
    response.write(body.slice(0, random % body.length), () => response.destroy())
    return undefined
  })
  const host = startHost(`${server.origin}/mcp`)
  await host.request('server/discover', modern())
  const answers: Heard[] = await Promise.all(
    Array.from({ length: 1_000 }, () => host.call('any', {}, modern())),
  )
  expect(
    answers.every(
      ({ result, error }) => result !== undefined || error?.data?.['reason'] === 'outcome_unknown',
    ),
  ).toBe(true)
  await host.request('ping', modern())
  expect(new Set(host.heard.map(({ id }) => id)).size).toBe(host.heard.length)
}, 180_000)
