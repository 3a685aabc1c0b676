import { describe, expect, it } from 'vitest'

import { ask, plainPage, prepared, uri } from './bench/authorize.ts'
import { createBench } from './bench/bench.ts'
import { register, signIn } from './bench/flow.ts'

describe('redirect addresses', () => {
  it.each([
    'https://evil.example/app/cb?tenant=1',
    'https://client.example/app/cb/more?tenant=1',
    'https://client.example/app/cb?tenant=1&x=2',
    'https://client.example/app/cb',
    'https://client.example/app/%2e%2e/app/cb?tenant=1',
    'https://client.example/app/x/%2e%2e/cb?tenant=1',
    'https://client.example/App/cb?tenant=1',
    'https://client.example./app/cb?tenant=1',
    'https://client.example@evil.example/app/cb?tenant=1',
    'https://client.example:443/app/cb?tenant=1',
    'HTTPS://client.example/app/cb?tenant=1',
    'https://client.example/app/cb?tenant=1#',
    '//client.example/app/cb?tenant=1',
    'javascript:alert(1)',
  ])('T01 an address that was not registered is never followed: %s', async (sent) => {
    const { bench, client } = await prepared()
    expect(await plainPage(await ask(bench, client, { redirect_uri: sent }))).toBe(400)
  })

  it('T01 the page shows nothing of the address', async () => {
    const { bench, client } = await prepared()
    const response = await ask(bench, client, { redirect_uri: 'https://evil.example/<script>' })
    expect(await response.text()).not.toContain('evil.example')
  })

  it.each([
    'http://127.0.0.1.evil.test/callback',
    'http://localhost.evil.test/callback',
    'https://127.0.0.1/callback',
    'http://127.0.0.2/callback',
    'http://127.0.0.1:8080/callback',
    'http://[::1]:8080/callback',
    'http://localhost:8080/other',
    'http://localhost:8080/callback?x=1',
    'http://localhost:8080/callback/',
    'https://localhost:8080/callback',
  ])('T02 loopback rules do not stretch to %s', async (sent) => {
    const { bench, client } = await prepared(['http://localhost/callback'])
    expect(await plainPage(await ask(bench, client, { redirect_uri: sent }))).toBe(400)
  })

  it.each(['http://localhost:1/callback', 'http://localhost:65535/callback', 'http://localhost/callback'])(
    'T02 another port of the same loopback host is accepted: %s',
    async (sent) => {
      const { bench, client } = await prepared(['http://localhost:7777/callback'])
      expect((await ask(bench, client, { redirect_uri: sent })).status).toBe(303)
    },
  )

  it.each([
    'http://127.0.0.1:1/x/%2e%2e/callback',
    'http://127.0.0.1:1/x/../callback',
    'http://0x7f000001/callback',
    'http://2130706433/callback',
    'http://localhost./callback',
    'http://localhost@evil/callback',
    'http://evil@localhost/callback',
    'http://127.0.0.1:99999/callback',
    'http://127.0.0.1:0/callback',
    'http://127.0.0.1:/callback',
    String.raw`http://127.0.0.1\callback`,
    'http://127.0.0.1/callback\n',
    'http://127.0.0.1/call\tback',
    'http://１２７.0.0.1/callback',
    'HTTP://127.0.0.1/callback',
  ])('T67 the text counts, not what a parser makes of it: %j', async (sent) => {
    const { bench, client } = await prepared(['http://127.0.0.1/callback', 'http://localhost/callback'])
    expect(await plainPage(await ask(bench, client, { redirect_uri: sent }))).toBe(400)
  })

  it('sends the browser to the registered address with the port that was asked for', async () => {
    const bench = createBench()
    const client = await register(bench, { redirect_uris: ['http://127.0.0.1'] })
    const { url } = await signIn(bench, client, { change: { redirect_uri: 'http://127.0.0.1:0512' } })
    expect(`${url.origin}${url.pathname}`).toBe('http://127.0.0.1:512/')
  })

  it('may be left out by a client that registered one', async () => {
    const { bench, client } = await prepared()
    expect((await ask(bench, client, { redirect_uri: undefined })).status).toBe(303)
  })

  it('has to be named by a client that registered several', async () => {
    const { bench, client } = await prepared([uri, 'https://client.example/second'])
    expect(await plainPage(await ask(bench, client, { redirect_uri: undefined }))).toBe(400)
  })
})
