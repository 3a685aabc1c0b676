import { describe, expect, test } from 'vitest'

import { createMcp } from '../src/index.ts'
import type { Mcp } from '../src/index.ts'
import { callOf, recorder, registry, requestOf, visitOf } from './fixture.ts'
import type { Services } from './fixture.ts'

const url = 'https://mcp.example.com/mcp'
const jsonHeaders = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }

describe.each([true, false])('with the fast path %s', (fastPath) => {
  function served(): Mcp<Services> {
    return createMcp({ name: 't', version: '1', registry, fastPath, bodyBytes: 2000 })
  }

  async function answer(request: Request): Promise<unknown> {
    const response = await served().fetch(request, visitOf())
    const text = await response.text()
    return [response.status, text === '' ? undefined : JSON.parse(text)]
  }

  test('a batch is refused before any of its calls', async () => {
    const { events, observe } = recorder()
    const mcp = createMcp({ name: 't', version: '1', registry, fastPath, observe })
    const call = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'getIssue', arguments: { issueIdOrKey: 'A-1' } },
    }
    const request = new Request(url, {
      method: 'POST',
      headers: jsonHeaders,
      body: JSON.stringify([call, call]),
    })
    const response = await mcp.fetch(request, visitOf())
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: -32_600 } })
    expect(events).toEqual([])
    expect(await (await mcp.fetch(request, visitOf(), [call])).json()).toMatchObject({
      error: { code: -32_600 },
    })
  })

  test('a body that is not JSON, or too large, is refused', async () => {
    expect(await answer(new Request(url, { method: 'POST', headers: jsonHeaders, body: '{' }))).toMatchObject(
      [400, { error: { code: -32_700 } }],
    )
    expect(await answer(new Request(url, { method: 'POST', headers: jsonHeaders }))).toMatchObject([
      400,
      { error: { code: -32_700 } },
    ])
    const long = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping', params: { x: 'y'.repeat(3000) } })
    const stated = { ...jsonHeaders, 'content-length': String(long.length) }
    expect(await answer(new Request(url, { method: 'POST', headers: stated, body: long }))).toMatchObject([
      413,
      { error: { code: -32_600 } },
    ])
    expect(
      await answer(new Request(url, { method: 'POST', headers: jsonHeaders, body: long })),
    ).toMatchObject([413, { error: { code: -32_600 } }])
  })

  test('text in several pieces is read as one', async () => {
    const bytes = new TextEncoder().encode(await callOf('whoAmI', {}, { id: 'schön' }).text())
    const body = ReadableStream.from([bytes.slice(0, 28), bytes.slice(28)])
    const request = new Request(url, { method: 'POST', headers: jsonHeaders, body, duplex: 'half' })
    expect(await answer(request)).toMatchObject([200, { id: 'schön' }])
  })

  test('other methods are not allowed, since nothing is kept between requests', async () => {
    expect(await answer(new Request(url, { headers: jsonHeaders }))).toMatchObject([
      405,
      { error: { code: -32_000 } },
    ])
    expect(await answer(new Request(url, { method: 'DELETE', headers: jsonHeaders }))).toMatchObject([
      405,
      { error: {} },
    ])
    const { headers } = await served().fetch(new Request(url, { method: 'DELETE' }), visitOf())
    expect(headers.get('allow')).toBe('POST')
  })

  test('notifications are accepted', async () => {
    const body = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })
    expect(await answer(new Request(url, { method: 'POST', headers: jsonHeaders, body }))).toEqual([
      202,
      undefined,
    ])
  })

  test('a 2025 client that accepts only JSON is served', async () => {
    expect(await answer(callOf('whoAmI', {}, { headers: { accept: 'application/json' } }))).toMatchObject([
      200,
      { result: { content: [{ text: 'You are Ann.' }] } },
    ])
  })

  test('initialize names the newest 2025 revision, and discovery the new one', async () => {
    const params = {
      protocolVersion: '2026-07-28',
      capabilities: {},
      clientInfo: { name: 'c', version: '1' },
    }
    const capabilities = { tools: { listChanged: false } }
    expect(
      await answer(requestOf('initialize', { params, headers: { 'mcp-protocol-version': '2025-11-25' } })),
    ).toMatchObject([
      200,
      { result: { protocolVersion: '2025-11-25', capabilities, serverInfo: { name: 't', version: '1' } } },
    ])
    expect(await answer(requestOf('server/discover', { era: 'modern' }))).toMatchObject([
      200,
      { result: { supportedVersions: ['2026-07-28'], capabilities, ttlMs: 300_000, cacheScope: 'public' } },
    ])
  })

  test('headers that contradict the body are refused', async () => {
    expect(
      await answer(callOf('whoAmI', {}, { era: 'modern', headers: { 'mcp-name': 'getPage' } })),
    ).toMatchObject([400, { error: { code: -32_020 } }])
    expect(
      await answer(
        callOf('whoAmI', {}, { era: 'modern', headers: { 'mcp-protocol-version': '2025-11-25' } }),
      ),
    ).toMatchObject([400, { error: { code: -32_020 } }])
  })

  test('ping is answered in the 2025 era, and unknown in the other', async () => {
    expect(await answer(requestOf('ping', { id: 9 }))).toEqual([200, { jsonrpc: '2.0', id: 9, result: {} }])
    expect(await answer(requestOf('ping', { era: 'modern' }))).toMatchObject([
      404,
      { error: { code: -32_601 } },
    ])
  })
})

test('which path answered is told, and can be chosen', async () => {
  const { events, observe } = recorder()
  const fast = createMcp({ name: 't', version: '1', registry, observe })
  await fast.fetch(callOf('whoAmI', {}), visitOf())
  await fast.fetch(callOf('countSlowly', { upTo: 1 }, { params: {} }), visitOf())
  await fast.fetch(requestOf('initialize'), visitOf())
  expect(events.filter((event) => event.type === 'served').map((event) => event.via)).toEqual([
    'fast',
    'fast',
    'sdk',
  ])
})

test('what the SDK complains about is told on one line', async () => {
  const { events, observe } = recorder()
  const mcp = createMcp({ name: 't', version: '1', registry, observe })
  await mcp.fetch(callOf('whoAmI', {}, { era: 'modern', headers: { 'mcp-name': 'getPage' } }), visitOf())
  expect(events.find((event) => event.type === 'complaint')?.message).toMatch(/^Rejected inbound request/)
})
