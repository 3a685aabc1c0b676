import { expect, it, onTestFinished } from 'vitest'

import { listen } from '../src/listen.ts'

it('hands over the address of the peer, and closes', async () => {
  const listener = await listen((_request, { address }) => new Response(address), {
    host: '127.0.0.1',
    port: 0,
  })
  expect(await (await fetch(`http://127.0.0.1:${listener.port}/`)).text()).toBe('127.0.0.1')
  await listener.close()
  await expect(fetch(`http://127.0.0.1:${listener.port}/`)).rejects.toThrow('fetch failed')
})

it('says in one sentence that a port is in use', async () => {
  const first = await listen(() => new Response(), { host: '127.0.0.1', port: 0 })
  onTestFinished(() => first.close())
  await expect(listen(() => new Response(), { host: '127.0.0.1', port: first.port })).rejects.toThrow(
    `Port ${first.port} on 127.0.0.1 is in use. Stop what uses it, or choose another one with --port.`,
  )
})

it('says in one sentence that an address is not of this machine', async () => {
  await expect(listen(() => new Response(), { host: '192.0.2.1', port: 0 })).rejects.toThrow(
    'does not belong to this machine',
  )
})
