import { expect, test } from 'vitest'

import { mcpRequest, origin, served, toolCall } from './fixture.ts'

const metadata = `resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`

test('a request without a token is asked to sign in, before its body is read', async () => {
  const { send, mcpEvents } = served()
  let read = false
  const body = new ReadableStream(
    {
      pull(controller) {
        read = true
        controller.close()
      },
    },
    { highWaterMark: 0 },
  )
  const request = new Request(`${origin}/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    duplex: 'half',
  })
  const response = await send(request)
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toBe(
    `Bearer ${metadata}, scope="jira:read jira:write confluence:read confluence:write"`,
  )
  expect(read).toBe(false)
  expect(mcpEvents).toEqual([])
})

test('a token that is not good is told apart from none', async () => {
  const response = await served().send(toolCall('readNote', {}, { token: 'forged' }))
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toContain('Bearer error="invalid_token", ')
})

test('a token outside of its header is refused', async () => {
  const { send } = served()
  expect((await send(toolCall('readNote', {}, { path: '/mcp?access_token=ann' }))).status).toBe(400)
})

test('a store that is away is not the fault of the token', async () => {
  const response = await served().send(toolCall('readNote', {}, { token: 'store-away' }))
  expect(response.status).toBe(503)
  expect(response.headers.get('www-authenticate')).toBeNull()
})

test('a call beyond the grant is answered with 403 that names what is missing', async () => {
  const { send, written } = served()
  const response = await send(toolCall('writeNote', { text: 'x' }, { token: 'reader' }))
  expect(response.status).toBe(403)
  expect(response.headers.get('www-authenticate')).toBe(
    `Bearer error="insufficient_scope", ${metadata}, scope="jira:write"`,
  )
  expect(written).toEqual([])
})

test('a person gets their own answer', async () => {
  const { send, events } = served()
  const response = await send(toolCall('readNote'))
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ result: { content: [{ text: 'A note of Ann.' }] } })
  expect(events).toEqual([
    {
      type: 'answered',
      route: 'mcp',
      method: 'POST',
      status: 200,
      durationMs: 0,
      subject: 'ann',
      grantId: 'grant-ann',
      clientId: 'client-1',
    },
  ])
})

test('each address of MCP asks for tokens of its own resource', async () => {
  const response = await served().send(mcpRequest('tools/list', {}, { path: '/v1/mcp', token: undefined }))
  expect(response.headers.get('www-authenticate')).toContain(
    `resource_metadata="${origin}/.well-known/oauth-protected-resource/v1/mcp"`,
  )
  expect((await served().send(mcpRequest('tools/list', {}, { path: '/v1/mcp' }))).status).toBe(200)
})

test('batches, bodies that are not JSON, and other methods are refused for people who are known', async () => {
  const { send } = served()
  expect((await send(mcpRequest('', {}, { body: [] }))).status).toBe(400)
  const broken = new Request(`${origin}/mcp`, {
    method: 'POST',
    headers: { authorization: 'Bearer ann', 'content-type': 'application/json' },
    body: '{',
  })
  expect((await send(broken)).status).toBe(400)
  const get = await send(new Request(`${origin}/mcp`, { headers: { authorization: 'Bearer ann' } }))
  expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST'])
  expect((await send(new Request(`${origin}/mcp`))).status).toBe(401)
  const put = await send(
    new Request(`${origin}/mcp`, { method: 'PUT', headers: { authorization: 'Bearer ann' } }),
  )
  expect([put.status, put.headers.get('allow')]).toEqual([405, 'POST, GET, DELETE, OPTIONS'])
})

test('no credential, address or text is in what the operator is told', async () => {
  const { send, events } = served()
  await send(toolCall('writeNote', { text: 'confidential words' }, { headers: { cookie: 'secret-cookie' } }))
  await send(toolCall('readNote', {}, { token: 'forged-token', path: '/mcp?code=secret-code' }))
  const told = JSON.stringify(events)
  for (const secret of ['Bearer', 'forged-token', 'confidential', 'secret', '203.0.113.7'])
    expect(told).not.toContain(secret)
})

test('an error that nobody expected is told to the operator and to nobody else', async () => {
  const failure = new Error('password=abc')
  const { send, events } = served({
    mcp: {
      fetch: () => Promise.reject(failure),
    },
  })
  const response = await send(toolCall('readNote'))
  expect(response.status).toBe(500)
  expect(await response.text()).not.toContain('abc')
  expect(events).toContainEqual({ type: 'failed', route: 'mcp', error: failure })
})
