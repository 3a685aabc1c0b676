import { brotliCompressSync, gzipSync } from 'node:zlib'

import { describe, expect, test } from 'vitest'

import { basicAuth, createRest } from '../src/index.ts'
import type { Rest } from '../src/index.ts'
import { createNodeFetch } from '../src/node/index.ts'
import { failure } from './support/client.ts'
import { loopback, sendJson } from './support/loopback.ts'
import type { Handler, Loopback } from './support/loopback.ts'
import { addAttachment, createIssue, deleteIssue, getAttachmentContent, getIssue } from './support/records.ts'

const path = { issueIdOrKey: 'ED-1' }

async function over(
  handler: Handler,
  fetch = createNodeFetch(),
): Promise<Rest & { readonly server: Loopback }> {
  const server = await loopback(handler)
  const auth = basicAuth({ site: server.base, email: 'a', apiToken: 'secret' })
  return {
    server,
    ...createRest({ auth, fetch, sleep: async () => {}, timeouts: { attemptMs: 2_000, idleMs: 2_000 } }),
  }
}

async function* mebibytes(count: number): AsyncGenerator<Uint8Array> {
  for (let left = count * 16; left > 0; left -= 1) yield new Uint8Array(65_536)
}

describe('a fetch over node:http', () => {
  test('asks, with credentials and fields, and reads the answer', async () => {
    const { server, call } = await over((_, response) =>
      sendJson(response, { id: '1', key: 'ED-1', name: 'Zoë 日本' }),
    )
    expect(await call(getIssue, { path, query: { fields: ['summary'] } })).toEqual({
      id: '1',
      key: 'ED-1',
      name: 'Zoë 日本',
    })
    const [asked] = server.requests
    expect(asked?.url).toBe('/rest/api/3/issue/ED-1?fields=summary')
    expect(asked?.headers).toMatchObject({
      accept: 'application/json',
      authorization: expect.stringMatching(/^Basic /),
    })
  })

  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('undoes %s', async (coding, pack) => {
    const value = { id: '1', key: 'ED-1', text: 'x'.repeat(100_000) }
    const { server, call } = await over((_, response) => {
      response.setHeader('content-type', 'application/json')
      response.setHeader('content-encoding', coding)
      response.end(pack(JSON.stringify(value)))
    })
    expect(await call(getIssue, { path })).toEqual(value)
    expect(server.requests[0]?.headers['accept-encoding']).toBe('gzip, br')
  })

  test('sends JSON with its length, and reads a 204', async () => {
    const bodies: string[] = []
    const { server, call } = await over((request, response) => {
      const pieces: Buffer[] = []
      request.on('data', (piece: Buffer) => pieces.push(piece))
      request.on('end', () => {
        bodies.push(Buffer.concat(pieces).toString())
        if (request.method === 'DELETE') response.writeHead(204).end()
        else sendJson(response, { id: '1', key: 'ED-1' })
      })
    })
    await call(createIssue, { body: { fields: { summary: 'ä' } } })
    expect(await call(deleteIssue, { path })).toBeUndefined()
    expect(bodies).toEqual(['{"fields":{"summary":"ä"}}', ''])
    expect(server.requests[0]?.headers).toMatchObject({
      'content-length': '27',
      'content-type': 'application/json',
    })
  })

  test('keeps its connection for the next request', async () => {
    const ports = new Set<number | undefined>()
    const { call } = await over((request, response) => {
      ports.add(request.socket.remotePort)
      sendJson(response, { id: '1', key: 'ED-1' })
    })
    for (let count = 0; count < 3; count += 1) await call(getIssue, { path })
    expect(ports.size).toBe(1)
  })

  test('streams an upload in chunks, and one of known size with its length', async () => {
    const sizes: number[] = []
    const { server, call } = await over((request, response) => {
      let bytes = 0
      request.on('data', (piece: Buffer) => (bytes += piece.byteLength))
      request.on('end', () => {
        sizes.push(bytes)
        sendJson(response, [])
      })
    })
    await call(addAttachment, { path, body: [{ name: 'a', content: mebibytes(2) }] })
    await call(addAttachment, { path, body: [{ name: 'a', content: mebibytes(2), size: 2_097_152 }] })
    expect(Math.min(...sizes)).toBeGreaterThan(2_097_152)
    expect(server.requests[0]?.headers).toMatchObject({ 'transfer-encoding': 'chunked' })
    expect(server.requests[1]?.headers['content-length']).toBe(String(sizes[1]))
  })

  test('gives an answer that comes before the end of the body, and then takes no more of it', async () => {
    let taken = 0
    const { call } = await over((request, response) => {
      request.once('data', () => {
        response.writeHead(413, { 'content-type': 'application/json', connection: 'close' })
        response.end('{"errorMessages":["Too large."]}')
      })
    })
    const closed = Promise.withResolvers<void>()
    async function* content(): AsyncGenerator<Uint8Array> {
      try {
        for (; taken < 4_096; taken += 1) yield new Uint8Array(65_536)
      } finally {
        closed.resolve()
      }
    }
    const error = await failure(call(addAttachment, { path, body: [{ name: 'a', content: content() }] }))
    expect(error).toMatchObject({ code: 'too_large', status: 413, messages: ['Too large.'] })
    await closed.promise
    expect(taken).toBeLessThan(4_096)
  })

  test('streams a download as it is read', async () => {
    const { stream } = await over((_, response) => {
      response.setHeader('content-disposition', 'attachment; filename="a.bin"')
      response.end(Buffer.alloc(3_000_000, 7))
    })
    const { body, filename, size } = await stream(getAttachmentContent, { path: { id: '1' } })
    let bytes = 0
    for await (const piece of body) bytes += piece.byteLength
    expect({ bytes, filename, size }).toEqual({ bytes: 3_000_000, filename: 'a.bin', size: 3_000_000 })
  })

  test('gives a redirect as it is', async () => {
    const { server, call } = await over((_, response) => {
      response.writeHead(302, { location: 'https://elsewhere.example/' }).end()
    })
    expect(await failure(call(getIssue, { path }))).toMatchObject({ code: 'unreadable', status: 302 })
    expect(server.requests).toHaveLength(1)
  })

  test('refuses text that is longer than allowed', async () => {
    const fetch = createNodeFetch({ longestText: 1_000 })
    const { call } = await over((_, response) => sendJson(response, { text: 'x'.repeat(100_000) }), fetch)
    const error = await failure(call(getIssue, { path }, { timeoutMs: 100 }))
    expect(error.code).toBe('network')
    expect(error.cause).toBeInstanceOf(RangeError)
  })

  test.each([
    [
      'before the answer',
      'ECONNRESET',
      (_: unknown, response: Parameters<Handler>[1]) => response.socket?.destroy(),
    ],
    [
      'inside the answer',
      'ECONNRESET',
      (_: unknown, response: Parameters<Handler>[1]) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
        response.write('{"id":')
        setImmediate(() => response.socket?.destroy())
      },
    ],
  ] as const)('a connection that breaks %s is a network error with its code', async (_, code, handler) => {
    const { call } = await over(handler)
    const error = await failure(call(createIssue, { body: { fields: {} } }))
    expect(error.code).toBe('network')
    expect(error.message).toContain(code)
  })

  test('a refused connection has sent nothing', async () => {
    const server = await loopback((_, response) => response.end())
    const { base } = server
    const rest = createRest({
      auth: basicAuth({ site: base.replace(/:\d+$/, ':1'), email: 'a', apiToken: 'b' }),
      fetch: createNodeFetch(),
      sleep: async () => {},
    })
    const error = await failure(rest.call(createIssue, { body: { fields: {} } }))
    expect(error).toMatchObject({ code: 'network', outcome: 'not_executed' })
    expect(error.message).toContain('ECONNREFUSED')
  })

  test.each(['before the answer', 'inside the answer'])('an abort %s ends the connection', async (when) => {
    const controller = new AbortController()
    const gone = Promise.withResolvers<void>()
    const { call } = await over((request, response) => {
      request.socket.once('close', () => gone.resolve())
      if (when === 'inside the answer') {
        response.writeHead(200, { 'content-type': 'application/json' })
        response.write('{"id":')
      }
      setImmediate(() => controller.abort())
    })
    expect(await failure(call(getIssue, { path }, { signal: controller.signal }))).toMatchObject({
      code: 'aborted',
    })
    await gone.promise
  })

  test('an abort before the request sends nothing', async () => {
    const { server, call } = await over((_, response) => sendJson(response, {}))
    const error = await failure(call(getIssue, { path }, { signal: AbortSignal.abort() }))
    expect(error).toMatchObject({ code: 'aborted', outcome: 'not_executed' })
    expect(server.requests).toHaveLength(0)
  })

  test('also takes an address and what is to be done, as any fetch', async () => {
    const { base } = await loopback((request, response) => sendJson(response, { method: request.method }))
    const response = await createNodeFetch()(`${base}/x`, { method: 'PUT', body: 'a' })
    expect(response.ok).toBe(true)
    expect(await response.text()).toBe('{"method":"PUT"}')
  })
})
