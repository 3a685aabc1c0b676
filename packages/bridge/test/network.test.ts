import { createServer as createHttpServer, request } from 'node:http'
import type { RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { connect } from 'node:net'

import { expect, onTestFinished, test } from 'vitest'

import type { NetworkOptions } from '../src/index.ts'
import { createHttp, proxyFromEnvironment, withCookies } from '../src/index.ts'
import { ca, clientCert, clientKey, serverCert, serverKey } from './certificates.ts'

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1' }, resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port // oxlint-disable-line no-unsafe-type-assertion -- a server on TCP has such an address
}

const hello: RequestListener = (asked, response) => void response.end(`hello ${asked.headers.host}`)

async function secureServer(options: object = {}): Promise<number> {
  return portOf(createHttpsServer({ cert: serverCert, key: serverKey, ca, ...options }, hello))
}

/** A proxy that leads every name to this machine, and remembers what it was asked. */
async function startProxy({ login }: { readonly login?: string } = {}) {
  const asked: string[] = []
  const wanted = login === undefined ? undefined : `Basic ${Buffer.from(login).toString('base64')}`
  const server = createHttpServer((incoming, response) => {
    asked.push(`${incoming.method} ${incoming.url}`)
    const url = new URL(incoming.url ?? '')
    const onward = { port: url.port, path: url.pathname, host: '127.0.0.1', headers: incoming.headers }
    request(onward, (answer) => {
      response.writeHead(answer.statusCode ?? 502)
      answer.pipe(response)
    }).end()
  })
  server.on('connect', (incoming, socket) => {
    asked.push(`CONNECT ${incoming.url}`)
    if (incoming.headers['proxy-authorization'] !== wanted)
      return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    const onward = connect(Number(incoming.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      socket.pipe(onward).pipe(socket)
    })
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
    return undefined
  })
  const port = await portOf(server)
  return { asked, url: new URL(`http://${login === undefined ? '' : `${login}@`}127.0.0.1:${port}`) }
}

async function get(url: string, options: NetworkOptions = {}): Promise<string> {
  const http = createHttp(options)
  onTestFinished(http.close)
  const answer = await http({ method: 'GET', url: new URL(url), headers: {} })
  const chunks: Buffer[] = []
  await answer.read((chunk) => void chunks.push(chunk))
  return Buffer.concat(chunks).toString()
}

test('a certificate of an unknown authority is refused in words, and taken with that authority', async () => {
  const url = `https://127.0.0.1:${await secureServer()}/`
  await expect(get(url)).rejects.toThrow('--ca')
  expect(await get(url, { ca: [ca] })).toContain('hello')
})

test('a server that wants a certificate of ours gets it', async () => {
  const url = `https://127.0.0.1:${await secureServer({ requestCert: true, rejectUnauthorized: true })}/`
  await expect(get(url, { ca: [ca] })).rejects.toThrow('The connection')
  expect(await get(url, { ca: [ca], cert: clientCert, key: clientKey })).toContain('hello')
})

test('a server behind a proxy is reached by CONNECT, and its certificate is checked all the same', async () => {
  const [port, proxy] = [await secureServer(), await startProxy({ login: 'me:pass' })]
  const url = `https://mcp.test:${port}/`
  const proxyFor = (): URL => proxy.url
  expect(await get(url, { ca: [ca], proxyFor })).toBe(`hello mcp.test:${port}`)
  expect(proxy.asked).toEqual([`CONNECT mcp.test:${port}`])
  await expect(get(url, { proxyFor })).rejects.toThrow('--ca')
  const stranger = new URL(proxy.url)
  stranger.username = 'you'
  await expect(get(url, { proxyFor: () => stranger })).rejects.toThrow('wants to know who asks')
  const closed = new URL('http://127.0.0.1:9')
  await expect(get(url, { proxyFor: () => closed })).rejects.toThrow(
    'The proxy 127.0.0.1:9 cannot be reached',
  )
})

test('plain http goes through a proxy as it is', async () => {
  const [port, proxy] = [await portOf(createHttpServer(hello)), await startProxy()]
  expect(await get(`http://mcp.test:${port}/a?b=c`, { proxyFor: () => proxy.url })).toContain('hello')
  expect(proxy.asked).toEqual([`GET http://mcp.test:${port}/a?b=c`])
})

test.for([
  ['https://a.example/', 'http://secure:1/'],
  ['http://a.example/', 'http://plain:2/'],
  ['https://localhost/', undefined],
  ['http://127.0.0.1:8080/', undefined],
  ['https://inner.corp.example/', undefined],
  ['https://corp.example/', undefined],
  ['https://notcorp.example/', 'http://secure:1/'],
  ['https://star.example/', undefined],
  ['https://port.example:8443/', undefined],
  ['https://port.example/', 'http://secure:1/'],
] as const)('%s is reached by %s', ([url, proxy]) => {
  const proxyFor = proxyFromEnvironment({
    HTTPS_PROXY: 'ignored:9',
    https_proxy: 'secure:1',
    HTTP_PROXY: 'http://plain:2',
    NO_PROXY: '.corp.example, *.star.example port.example:8443',
  })
  expect(proxyFor(new URL(url))?.href).toBe(proxy)
})

test('a proxy for everything, none for anything, and one that is no address', () => {
  const all = proxyFromEnvironment({ ALL_PROXY: 'http://all:3' })
  expect(all(new URL('https://a.example/'))?.href).toBe('http://all:3/')
  expect(
    proxyFromEnvironment({ ALL_PROXY: 'all:3', no_proxy: '*' })(new URL('https://a.example')),
  ).toBeUndefined()
  const useless: string[] = []
  const none = proxyFromEnvironment({ HTTPS_PROXY: 'socks5://s:1' }, (name) => void useless.push(name))
  expect([none(new URL('https://a.example')), useless]).toEqual([undefined, ['HTTPS_PROXY']])
})

test('cookies go back to where they came from, until they end', async () => {
  let now = 1_000_000
  const sent: (string | undefined)[] = []
  const cookies = [
    'a=1; Path=/',
    'b=2; Max-Age=10',
    'bad\u0000=x',
    'c=3; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
  ]
  const http = withCookies(
    async ({ headers, url }) => {
      sent.push(headers['cookie'])
      const answer = {
        status: 200,
        header: () => undefined,
        read: async () => undefined,
        discard: () => undefined,
      }
      return url.pathname === '/set' ? { ...answer, cookies } : answer
    },
    () => now,
  )
  const ask = (url: string, headers = {}) => http({ method: 'GET', url: new URL(url), headers })
  await ask('https://a.example/set')
  await ask('https://a.example/')
  await ask('https://b.example/')
  await ask('https://a.example/', { cookie: 'own' })
  now += 11_000
  await ask('https://a.example/')
  expect(sent).toEqual([undefined, 'a=1; b=2', undefined, 'own', 'a=1'])
})

const slow: RequestListener = (_asked, response) => {
  response.writeHead(200)
  response.write('begin')
}

test('an answer may take longer to begin than to go on, and the other way round', async () => {
  const url = new URL(`http://127.0.0.1:${await portOf(createHttpServer(slow))}/`)
  const http = createHttp()
  onTestFinished(http.close)
  const answer = await http({ method: 'GET', url, headers: {}, headersMs: 60_000, silenceMs: 20 })
  await expect(answer.read(() => undefined)).rejects.toThrow('sent nothing')
  const mute = new URL(`http://127.0.0.1:${await portOf(createHttpServer(() => undefined))}/`)
  await expect(http({ method: 'GET', url: mute, headers: {}, headersMs: 20, silenceMs: 0 })).rejects.toThrow(
    'sent nothing',
  )
})
