import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'

import { afterAll, expect, test } from 'vitest'

import type { HttpError, HttpRequest } from '../src/index.ts'
import { createHttp } from '../src/index.ts'
import { listen } from './loopback.ts'

const http = createHttp({ connectMs: 5_000 })
afterAll(() => http.close())

async function textOf(request: HttpRequest): Promise<string> {
  const answer = await http(request)
  const chunks: Buffer[] = []
  await answer.read((chunk) => void chunks.push(chunk))
  return Buffer.concat(chunks).toString()
}

async function errorOf(request: HttpRequest): Promise<HttpError> {
  return textOf(request).then(
    () => Promise.reject(new Error('There was an answer.')),
    (error: HttpError) => error,
  )
}

const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  url: new URL(url),
  headers: {},
  ...more,
})

test('compressed answers are read', async () => {
  const ways = {
    gzip: gzipSync,
    deflate: deflateSync,
    br: brotliCompressSync,
    identity: (text: string) => Buffer.from(text),
  }
  const server = await listen(({ path, response }) => {
    const way = path.slice(1) as keyof typeof ways // oxlint-disable-line no-unsafe-type-assertion -- the loop below asks for these
    response.writeHead(200, { 'content-encoding': way }).end(ways[way]('déjà vu'))
  })
  for (const way of Object.keys(ways)) expect(await textOf(get(`${server.origin}/${way}`))).toBe('déjà vu')
})

test('a compressed answer that is cut or damaged is an error', async () => {
  const server = await listen(({ response }) => {
    response.writeHead(200, { 'content-encoding': 'gzip' })
    response.end(gzipSync('x'.repeat(1_000)).subarray(0, 20))
  })
  expect((await errorOf(get(server.origin))).code).toBe('interrupted')
})

test('what was never sent is told from what may have arrived', async () => {
  const server = await listen(({ path, response }) => {
    if (path === '/cut') response.destroy()
    else response.writeHead(200, { 'content-length': '9' }).write('x', () => response.destroy())
  })
  expect(await errorOf(get(`${server.origin}/cut`))).toMatchObject({ code: 'interrupted' })
  expect(await errorOf(get(`${server.origin}/half`))).toMatchObject({ code: 'interrupted' })
  await server.stop()
  expect(await errorOf(get(server.origin))).toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('Nothing listens there'),
  })
  await server.start()
})

test('a server that speaks no TLS is explained', async () => {
  const server = await listen(({ response }) => void response.end('x'))
  const error = await errorOf(get(server.origin.replace('http:', 'https:')))
  expect(error.code).toBe('unreachable')
  expect(error.message).toMatch(/does not speak TLS|connection failed/)
})

test('a request ends with its signal, before and in the middle of an answer', async () => {
  const server = await listen(({ response }) => void response.writeHead(200).write('x'))
  expect(await errorOf(get(server.origin, { signal: AbortSignal.abort() }))).toMatchObject({
    code: 'aborted',
  })
  const controller = new AbortController()
  const answer = await http(get(server.origin, { signal: controller.signal }))
  await expect(answer.read(() => controller.abort())).rejects.toMatchObject({ code: 'aborted' })
})

test('silence ends a request', async () => {
  const server = await listen(() => undefined)
  expect(await errorOf(get(server.origin, { silenceMs: 20 }))).toMatchObject({ code: 'silent' })
})

test('connections are used again', async () => {
  const ports = new Set<number | undefined>()
  const server = await listen(({ response }) => {
    ports.add(response.req.socket.remotePort)
    response.end('x')
  })
  for (let round = 0; round < 5; round++) await textOf(get(server.origin))
  expect(ports.size).toBe(1)
})

test('a client that was closed lets its idle connections go', async () => {
  const own = createHttp()
  const closed = Promise.withResolvers<void>()
  const server = await listen(({ response }) => {
    response.req.socket.once('close', () => closed.resolve())
    response.end('x')
  })
  const answer = await own(get(server.origin))
  await answer.read(() => undefined)
  own.close()
  await expect(closed.promise).resolves.toBeUndefined()
})
