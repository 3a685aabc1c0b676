import type { Fault } from '@telamon/simulator'
import { expect, onTestFinished, test } from 'vitest'

import { serveSimulator } from '../src/simulator/serve.ts'

async function struckBy(fault: Fault): Promise<() => Promise<Response>> {
  const { simulator, platform, stop } = await serveSimulator({ port: 0 })
  onTestFinished(stop)
  simulator.faults.add({ fault, match: { operation: 'me' } })
  const authorization = `Bearer ${simulator.tokenFor('maya')}`
  return () => fetch(`${platform}/me`, { headers: { authorization } })
}

test('a reset breaks the connection, and the next request is fine', async () => {
  const ask = await struckBy({ kind: 'reset' })
  await expect(ask()).rejects.toMatchObject({
    cause: { code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) },
  })
  expect((await ask()).status).toBe(200)
})

test('a reset inside of the body gives the head and breaks then', async () => {
  const response = await (await struckBy({ kind: 'reset', afterBytes: 10 }))()
  expect(response.status).toBe(200)
  await expect(response.text()).rejects.toThrow('terminated')
})

test('a truncated body is no JSON any more', async () => {
  const response = await (await struckBy({ kind: 'truncated', bytes: 10 }))()
  await expect(response.json()).rejects.toThrow(SyntaxError)
})

test('a slow body comes whole', async () => {
  const response = await (await struckBy({ kind: 'slow-body', bytesPerSecond: 5000 }))()
  expect(await response.json()).toMatchObject({ email: 'maya@brightwater.example' })
})

test('a hanging request can be given up', async () => {
  const { simulator, platform, stop } = await serveSimulator({ port: 0 })
  onTestFinished(stop)
  simulator.faults.add({ fault: { kind: 'hang' } })
  await expect(fetch(`${platform}/me`, { signal: AbortSignal.timeout(100) })).rejects.toThrow(/timeout/i)
  expect((await fetch(`${platform}/me`)).status).toBe(401)
})
