import { expect, test } from 'vitest'

import { startHost } from './host.ts'
import { json } from './loopback.ts'
import { modern } from './modern.ts'
import { legacyServer, modernServer } from './server.ts'

test('numbers, spaces and order of a message reach the other side as they were written', async () => {
  const server = await legacyServer({
    first: ({ message, response }) => {
      if (message?.method !== 'tools/call') return false
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(
        `{"jsonrpc":"2.0",\n "result":{"structuredContent":{"big":12345678901234567890,"one":1.0}},\r\n "id":${message.id}}`,
      )
      return true
    },
  })
  const host = startHost(server.url)
  await host.initialize()
  const line =
    '{ "method":"tools/call",  "id":5e2, "params":{"name":"echo","arguments":{"n":1.0,"big":12345678901234567890}}, "jsonrpc":"2.0"}'
  host.write(`${line}\n`)
  await host.hear(({ id }) => id === 500)
  expect(server.calls('tools/call')[0]?.text).toBe(line)
  expect(host.lines.at(-1)).toBe(
    '{"jsonrpc":"2.0",  "result":{"structuredContent":{"big":12345678901234567890,"one":1.0}},   "id":500}'.replace(
      '"id":500',
      '"id":5e2',
    ),
  )
})

test.for([0, -1, '', 'mcp-remote-1', '"quoted"', 9_007_199_254_740_993n])(
  'the id %s is as good as any other',
  async (id) => {
    const server = await modernServer()
    const host = startHost(server.url)
    await host.initialize()
    const text = typeof id === 'bigint' ? String(id) : JSON.stringify(id)
    host.write(
      `{"jsonrpc":"2.0","id":${text},"method":"tools/call","params":{"name":"echo","arguments":{"text":"x"}}}\n`,
    )
    await host.hear(({ result }) => Array.isArray(result?.['content']))
    expect(host.lines.at(-1)).toContain(`"id":${text},`)
  },
)

test('a malformed line, a message that is none, and a batch are answered, and all goes on', async () => {
  const server = await legacyServer()
  const host = startHost(server.url)
  await host.initialize()
  host.write('{not json}\n\r\n')
  expect(await host.hear(({ error }) => error?.code === -32_700)).toMatchObject({ id: null })
  host.send({ id: 77 })
  expect(await host.hear(({ id }) => id === 77)).toMatchObject({ error: { code: -32_600 } })
  host.write(
    '[{"jsonrpc":"2.0","id":"a","method":"ping"},{"jsonrpc":"2.0","id":"b","method":"tools/list"}]\n',
  )
  expect(await host.hear(({ id }) => id === 'a')).toMatchObject({ result: {} })
  expect(await host.hear(({ id }) => id === 'b')).toMatchObject({ result: { tools: [{ name: 'echo' }] } })
  expect((await host.call('echo', { text: 'on' })).result).toMatchObject({ content: [{ text: 'on' }] })
})

test('lines that JSON.parse refuses are refused, and all others reach the server byte by byte', async () => {
  const server = await modernServer({
    first: ({ message, response }) => {
      if (message?.method !== 'x') return false
      json(response, 200, { jsonrpc: '2.0', id: message.id, result: {} })
      return true
    },
  })
  const host = startHost(server.url)
  await host.request('server/discover', modern())
  const random = seeded(42)
  const expected = { good: 0, bad: 0 }
  for (let round = 0; round < 400; round++) {
    const text = JSON.stringify({
      jsonrpc: '2.0',
      id: `r${round}`,
      method: 'x',
      params: { ...modern(), v: anything(random, 4) },
    })
    const at = Math.floor(random() * text.length)
    const line =
      round % 2 === 0
        ? text
        : text.slice(0, at) +
          '"\\{}[]:,0-+eEtfn\u0001 '.charAt(Math.floor(random() * 20)) +
          text.slice(at + 1)
    const isRequest = isGood(line)
    if (isRequest) expected.good++
    else expected.bad++
    host.write(`${line}\n`)
  }
  await host.hear(() => host.heard.length >= 401)
  const refused = host.heard.filter(({ error }) => error?.code === -32_700 || error?.code === -32_600)
  expect(refused.length).toBe(expected.bad)
  expect(expected.bad).toBeGreaterThan(50)
  expect(expected.good).toBeGreaterThan(200)
})

test('a line of more than the limit is refused under its own id, and the next one is taken', async () => {
  const server = await legacyServer()
  const host = startHost(server.url, { limits: { lineBytes: 100_000 } })
  await host.initialize()
  const params = { name: 'echo', arguments: { text: 'x'.repeat(300_000) } }
  host.write(`${JSON.stringify({ method: 'tools/call', params, jsonrpc: '2.0', id: 'late' })}\n`)
  host.write(`${JSON.stringify({ jsonrpc: '2.0', id: 'early', method: 'tools/call', params })}\n`)
  expect(await host.hear(({ id }) => id === 'late')).toMatchObject({ error: { code: -32_600 } })
  expect(await host.hear(({ id }) => id === 'early')).toMatchObject({ error: { code: -32_600 } })
  expect((await host.call('echo', { text: 'x'.repeat(90_000) })).error).toBeUndefined()
})

test('requests and answers above 10 MB pass', { timeout: 60_000 }, async () => {
  const text = `${'ä\\"'.repeat(100_000)}${'x'.repeat(11_000_000)}`
  const server = await legacyServer({ sse: true })
  const host = startHost(server.url)
  await host.initialize()
  const { result } = await host.call('echo', { text })
  expect(JSON.stringify(result)).toBe(JSON.stringify({ content: [{ type: 'text', text }] }))
})

/** A sequence that looks random and is the same each time. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

function anything(random: () => number, depth: number): unknown {
  const kind = Math.floor(random() * (depth > 0 ? 8 : 6))
  const many = Math.floor(random() * 4)
  const kinds: readonly (() => unknown)[] = [
    () => null,
    () => random() < 0.5,
    () => (random() - 0.5) * 10 ** Math.floor(random() * 40 - 20),
    () => Math.floor(random() * 1_000),
    () => String.fromCharCode(...Array.from({ length: many * 3 }, () => 1 + Math.floor(random() * 300))),
    () => '"\\/\n',
    () => Array.from({ length: many }, () => anything(random, depth - 1)),
    () =>
      Object.fromEntries(
        Array.from({ length: many }, (_none, index) => [`k${index}\n`, anything(random, depth - 1)]),
      ),
  ]
  return kinds[kind]?.()
}

/** Whether a line is a request that a host could have meant. */
function isGood(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line)
    return (
      typeof value === 'object' &&
      value !== null &&
      'id' in value &&
      'method' in value &&
      (typeof value.id === 'string' || typeof value.id === 'number') &&
      typeof value.method === 'string'
    )
  } catch {
    return false
  }
}
