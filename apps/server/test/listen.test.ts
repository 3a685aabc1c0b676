import { connect } from 'node:net'

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

it('T60 cuts off who sends slowly, and answers others meanwhile', async () => {
  const listener = await listen(async (request) => new Response(await request.text()), {
    host: '127.0.0.1',
    port: 0,
    patience: { headersTimeout: 200, requestTimeout: 300, connectionsCheckingInterval: 50 },
  })
  onTestFinished(() => listener.close(0))
  const slow = [
    'POST /token HTTP/1.1\r\nhost: x\r\n',
    'POST /register HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{',
  ]
  const cut = slow.map(
    (beginning) =>
      new Promise<string>((resolve, reject) => {
        let received = ''
        const socket = connect(listener.port, '127.0.0.1', () => socket.write(beginning))
        socket.on('data', (chunk) => (received += String(chunk)))
        socket.once('error', reject)
        socket.once('close', () => resolve(received))
      }),
  )
  const address = `http://127.0.0.1:${listener.port}/`
  expect(await (await fetch(address, { method: 'POST', body: 'quick' })).text()).toBe('quick')
  for (const answer of await Promise.all(cut)) expect(answer).toMatch(/^(HTTP\/1\.1 408 |$)/)
})
