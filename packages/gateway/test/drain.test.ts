import { expect, test } from 'vitest'

import { mcpRequest, origin, served, toolCall } from './fixture.ts'

test('draining waits for what is being answered, and sends probes and keep-alive connections away', async () => {
  const { promise, resolve } = Promise.withResolvers<Response>()
  const { gateway, send } = served({ mcp: { fetch: () => promise } })
  const open = send(mcpRequest('tools/list'))
  let drained = false
  const drain = gateway.drain({ signal: new AbortController().signal }).then(() => (drained = true))
  const probe = await send(new Request(`${origin}/readyz`))
  expect([probe.status, await probe.json()]).toEqual([503, { status: 'draining' }])
  expect((await send(new Request(`${origin}/healthz`))).status).toBe(200)
  expect(drained).toBe(false)
  resolve(new Response('{}'))
  expect((await open).headers.get('connection')).toBe('close')
  await drain
  expect(drained).toBe(true)
})

test('draining waits for a stream until it has been delivered', async () => {
  const release = Promise.withResolvers<void>()
  const { gateway, send } = served({ services: () => ({ notes: { write: () => release.promise } }) })
  const response = await send(
    mcpRequest('tools/call', { name: 'slowNote', arguments: {}, _meta: { progressToken: 'p' } }),
  )
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  let drained = false
  const drain = gateway.drain({ signal: new AbortController().signal }).then(() => (drained = true))
  await send(new Request(`${origin}/healthz`))
  expect(drained).toBe(false)
  release.resolve()
  expect(await response.text()).toContain('Done.')
  await drain
})

test('a stream that its reader gives up is over', async () => {
  const { gateway, send } = served({
    services: () => ({ notes: { write: () => new Promise<never>(() => {}) } }),
  })
  const response = await send(
    mcpRequest('tools/call', { name: 'slowNote', arguments: {}, _meta: { progressToken: 'p' } }),
  )
  await response.body?.cancel()
  await gateway.drain({ signal: new AbortController().signal })
  expect(response.status).toBe(200)
})

test('draining ends with its signal, whatever is still open', async () => {
  const { gateway, send } = served({ mcp: { fetch: () => new Promise<never>(() => {}) } })
  void send(toolCall('readNote'))
  const patience = new AbortController()
  const drain = gateway.drain({ signal: patience.signal })
  patience.abort()
  await drain
  expect((await send(new Request(`${origin}/readyz`))).status).toBe(503)
})

test('a server that answers nothing is drained at once', async () => {
  const { gateway } = served()
  await expect(gateway.drain({ signal: new AbortController().signal })).resolves.toBeUndefined()
})
