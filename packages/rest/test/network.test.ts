import { createServer } from 'node:net'

import { describe, expect, onTestFinished, test } from 'vitest'

import { basicAuth, createRest } from '../src/index.ts'
import { failure } from './support/client.ts'
import { against, loopback, sendJson } from './support/loopback.ts'
import type { Handler } from './support/loopback.ts'
import { createIssue, getIssue, record } from './support/records.ts'

const path = { issueIdOrKey: 'ED-1' }
const fields = { body: { fields: {} } }

/** Header fields and half of a body are out, then the line is cut. */
const cutBody: Handler = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
  response.write('{"id":"1",', () => response.socket?.resetAndDestroy())
}
const cutBefore: Handler = (request) => {
  request.socket.resetAndDestroy()
}
/** The second request is served. */
const onceThenServe = (first: Handler): Handler => {
  let count = 0
  return (request, response) => {
    count += 1
    if (count === 1) first(request, response)
    else sendJson(response, { id: '2' })
  }
}

describe.each<readonly [string, Handler]>([
  ['before header fields', cutBefore],
  ['inside a body of known length', cutBody],
  [
    'inside a chunked body',
    (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{"id":', () => response.socket?.resetAndDestroy())
    },
  ],
])('a connection reset %s', (_, handler) => {
  test('is made good for a read', async () => {
    const { call, server } = await against(onceThenServe(handler))
    expect(await call(getIssue, { path })).toEqual({ id: '2' })
    expect(server.requests).toHaveLength(2)
  })

  test('is not repeated for a write, whose error says what is known', async () => {
    const { call, server } = await against(onceThenServe(handler))
    const error = await failure(call(createIssue, fields))
    expect(error).toMatchObject({ code: 'network', outcome: handler === cutBefore ? 'unknown' : 'executed' })
    expect(server.requests).toHaveLength(1)
  })
})

test('a body that ends early without having said its length is unreadable', async () => {
  const { call } = await against((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', connection: 'close' })
    response.end('{"id":"1","fie')
  })
  expect(await failure(call(getIssue, { path }))).toMatchObject({
    code: 'unreadable',
    operationId: 'getIssue',
  })
})

test('a refused connection has sent nothing', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => {
    server.close(resolve)
  })
  const port = typeof address === 'object' ? address?.port : undefined
  const rest = createRest({
    auth: basicAuth({ site: `http://127.0.0.1:${port}`, email: 'a', apiToken: 'b' }),
    sleep: async () => {},
  })
  const error = await failure(rest.call(createIssue, fields))
  expect(error).toMatchObject({ code: 'network', outcome: 'not_executed', status: 0 })
  expect(error.message).toContain('ECONNREFUSED')
})

test('bytes that are no HTTP are a broken connection', async () => {
  const server = createServer((socket) => socket.end('\u0000\u0001garbage\r\n\r\n'))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const rest = createRest({
    auth: basicAuth({ site: `http://127.0.0.1:${port}`, email: 'a', apiToken: 'b' }),
    sleep: async () => {},
  })
  expect(await failure(rest.call(createIssue, fields))).toMatchObject({ code: 'network', outcome: 'unknown' })
})

test('a header field of 64 KiB is a broken connection', async () => {
  const { call } = await against((_, response) => {
    response.setHeader('x-large', 'x'.repeat(65_536))
    sendJson(response, {})
  })
  expect(await failure(call(createIssue, fields))).toMatchObject({ code: 'network' })
})

const never: Handler = () => {}

const headOnly: Handler = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.write('{')
}

describe('a limit', () => {
  test.each<readonly [string, Handler, 'unknown' | 'executed']>([
    ['for an answer that never comes', never, 'unknown'],
    ['for a body that never ends', headOnly, 'executed'],
  ])('%s ends the attempt', async (_, handler, outcome) => {
    const { call, server } = await against(handler, { timeouts: { attemptMs: 200 } })
    expect(await failure(call(createIssue, fields))).toMatchObject({ code: 'timeout', outcome })
    expect(server.requests).toHaveLength(1)
  })

  test('that passed is made good for a read', async () => {
    const { call } = await against(onceThenServe(never), { timeouts: { attemptMs: 200 } })
    expect(await call(getIssue, { path })).toEqual({ id: '2' })
  })

  test('of the whole call counts over all attempts', async () => {
    const { call, server } = await against(never)
    expect(await failure(call(getIssue, { path }, { timeoutMs: 200 }))).toMatchObject({
      code: 'timeout',
      outcome: 'not_executed',
    })
    expect(server.requests).toHaveLength(1)
  })

  test('holds for a hook that waits too long', async () => {
    const { call, server } = await against(never, {
      hooks: { beforeRequest: () => new Promise<void>(() => {}) },
    })
    expect(await failure(call(createIssue, fields, { timeoutMs: 20 }))).toMatchObject({
      code: 'timeout',
      outcome: 'not_executed',
    })
    expect(server.requests).toHaveLength(0)
  })
})

describe('an abort', () => {
  const aborted = { code: 'aborted', operationId: 'createIssue' }

  test('before the call sends nothing', async () => {
    const { call, server } = await against(() => {})
    const error = await failure(call(createIssue, fields, { signal: AbortSignal.abort() }))
    expect(error).toMatchObject({ ...aborted, outcome: 'not_executed' })
    expect(server.requests).toHaveLength(0)
  })

  test('in a hook sends nothing', async () => {
    const controller = new AbortController()
    const { call, server } = await against(() => {}, {
      hooks: {
        beforeRequest: () => {
          controller.abort()
          return new Promise<void>(() => {})
        },
      },
    })
    const error = await failure(call(createIssue, fields, { signal: controller.signal }))
    expect(error).toMatchObject({ ...aborted, outcome: 'not_executed' })
    expect(server.requests).toHaveLength(0)
  })

  test('while a token is awaited sends nothing', async () => {
    const controller = new AbortController()
    const server = await loopback(() => {})
    const rest = createRest({
      auth: {
        ...basicAuth({ site: server.base, email: 'a', apiToken: 'b' }),
        headers: () => {
          controller.abort()
          return new Promise(() => {})
        },
      },
    })
    expect(await failure(rest.call(createIssue, fields, { signal: controller.signal }))).toMatchObject({
      ...aborted,
      outcome: 'not_executed',
    })
    expect(server.requests).toHaveLength(0)
  })

  test('while the answer is awaited ends the connection, and the outcome is unknown', async () => {
    const controller = new AbortController()
    let closed: (() => void) | undefined
    const gone = new Promise<void>((resolve) => {
      closed = resolve
    })
    const { call } = await against((request) => {
      request.socket.once('close', () => closed?.())
      controller.abort()
    })
    const error = await failure(call(createIssue, fields, { signal: controller.signal }))
    expect(error).toMatchObject({ ...aborted, outcome: 'unknown' })
    await gone
  })

  test('inside the body leaves a write executed', async () => {
    const controller = new AbortController()
    const { call } = await against(
      (_, response) => {
        response.writeHead(201, { 'content-type': 'application/json' })
        response.write('{')
      },
      { hooks: { afterResponse: () => queueMicrotask(() => controller.abort()) } },
    )
    const error = await failure(call(createIssue, fields, { signal: controller.signal }))
    expect(error).toMatchObject({ ...aborted, outcome: 'executed' })
  })

  test('inside the body of a refusal leaves what the status says', async () => {
    const controller = new AbortController()
    const { call } = await against(
      (_, response) => {
        response.writeHead(400, { 'content-type': 'application/json' })
        response.write('{')
      },
      { hooks: { afterResponse: () => queueMicrotask(() => controller.abort()) } },
    )
    const error = await failure(call(createIssue, fields, { signal: controller.signal }))
    expect(error).toMatchObject({ code: 'invalid_request', status: 400, outcome: 'not_executed' })
  })

  test('between two attempts ends the wait', async () => {
    const controller = new AbortController()
    const { call, server } = await against(
      (_, response) => {
        response.writeHead(429, { 'retry-after': '20' })
        response.end()
      },
      {
        sleep: (_, { signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(new Error('woken')))
            controller.abort()
          }),
      },
    )
    expect(await failure(call(createIssue, fields, { signal: controller.signal }))).toMatchObject({
      ...aborted,
      outcome: 'not_executed',
    })
    expect(server.requests).toHaveLength(1)
  })

  test('between two pages ends the iteration', async () => {
    const controller = new AbortController()
    const { items } = await against((_, response) => sendJson(response, { values: [1, 2], isLast: false }))
    const list = { ...record({ page: 'offset', items: 'values' }), page: 'offset' as const }
    const seen: unknown[] = []
    const run = async (): Promise<void> => {
      for await (const item of items(list, {}, { signal: controller.signal })) {
        seen.push(item)
        if (seen.length === 2) controller.abort()
      }
    }
    expect(await failure(run())).toMatchObject({ code: 'aborted' })
    expect(seen).toEqual([1, 2])
  })

  test('leaves no listener on a signal that lives on', async () => {
    const { call } = await against((_, response) => sendJson(response, {}))
    const controller = new AbortController()
    let listeners = 0
    const { signal } = controller
    const add = signal.addEventListener.bind(signal)
    const remove = signal.removeEventListener.bind(signal)
    signal.addEventListener = (...rest: Parameters<typeof add>) => {
      listeners += 1
      add(...rest)
    }
    signal.removeEventListener = (...rest: Parameters<typeof remove>) => {
      listeners -= 1
      remove(...rest)
    }
    for (let count = 0; count < 20; count += 1) await call(getIssue, { path }, { signal })
    expect(listeners).toBe(0)
  })
})
