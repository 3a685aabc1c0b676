import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Server } from 'node:net'

import { expect, onTestFinished, test } from 'vitest'

import { serverCert, serverKey } from './certificates.ts'
import { makeHome, start } from './program.ts'
import { startServer } from './server.ts'

const echo = { name: 'echo', arguments: { text: 'hello' } }
const hello = { content: [{ type: 'text', text: 'hello' }] }

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1' }, resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

/** A server at which nothing is as it should be. */
async function originOf(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await portOf(createServer(listener))}`
}

type Documents = (origin: string) => Readonly<Record<string, object>>

/** The address of a server that wants a sign-in, and says of it what these documents say. */
async function protectedBy(documents: Documents): Promise<string> {
  const origin = await originOf((request, response) => {
    const document = documents(`http://${request.headers.host}`)[request.url ?? '']
    if (document) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document))
      return
    }
    response.writeHead(request.url === '/mcp' ? 401 : 404, { 'www-authenticate': 'Bearer' }).end()
  })
  return `${origin}/mcp`
}

/** The documents of a server at one origin, with members that replace those of its authorization server. */
const documentsWith =
  (more: object): Documents =>
  (origin) => ({
    '/.well-known/oauth-protected-resource/mcp': {
      resource: `${origin}/mcp`,
      authorization_servers: [origin],
    },
    '/.well-known/oauth-authorization-server': {
      issuer: origin,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      code_challenge_methods_supported: ['S256'],
      ...more,
    },
  })

const servers: Readonly<Record<string, readonly [start: () => Promise<string>, words: string]>> = {
  'a certificate of an unknown authority': [
    async () =>
      `https://127.0.0.1:${await portOf(createSecureServer({ cert: serverCert, key: serverKey }))}/mcp`,
    '--ca',
  ],
  'TLS where there is none': [
    async () => (await originOf(() => undefined)).replace('http:', 'https:'),
    'does not speak TLS',
  ],
  'a sign-in page of a network': [
    () =>
      originOf((_request, response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome to the hotel</html>')
      }),
    'sign-in page of a network',
  ],
  'metadata that speaks for another server': [
    () =>
      protectedBy(() => ({
        '/.well-known/oauth-protected-resource/mcp': {
          resource: 'https://bank.example/mcp',
          authorization_servers: ['https://bank.example'],
        },
      })),
    'speaks for https://bank.example/mcp',
  ],
  'metadata of another issuer': [
    () => protectedBy(documentsWith({ issuer: 'https://evil.example' })),
    'names another issuer',
  ],
  'an authorization endpoint that is a file': [
    () => protectedBy(documentsWith({ authorization_endpoint: 'file:///etc/passwd' })),
    'is not an https: address',
  ],
  'an authorization endpoint that is a script': [
    () => protectedBy(documentsWith({ authorization_endpoint: 'javascript:alert(1)' })),
    'is not an https: address',
  ],
}

test.for(Object.entries(servers))(
  '%s is explained to the person and to the client, opens nothing, and the proxy goes on',
  { timeout: 60_000 },
  async ([, [begin, words]]) => {
    const home = await makeHome()
    const program = start(home, await begin())
    expect((await program.initialize()).result).toBeDefined()
    const { result, error } = await program.request('tools/call', echo)
    expect(JSON.stringify(result ?? error)).toContain(words)
    expect(program.stderr()).toContain(words)
    expect(await home.opened()).toEqual([])
    expect((await program.request('ping')).result).toEqual({})
    program.end()
    expect(await program.exited).toEqual({ code: 0, signal: null })
  },
)

test(
  'shell signs in an authorization endpoint reach the browser as one address',
  { timeout: 60_000 },
  async () => {
    const home = await makeHome()
    const url = await protectedBy((origin) =>
      documentsWith({ authorization_endpoint: `${origin}/authorize?$(touch pwned)=\`id\`&x=;rm` })(origin),
    )
    const program = start(home, url, '--static-oauth-client-info={"client_id":"me"}', '--auth-timeout=0')
    await program.initialize()
    await program.request('tools/call', echo)
    await expect.poll(() => home.opened()).toHaveLength(1)
    const [opened = ''] = await home.opened()
    expect(opened).toContain('/authorize?%24%28touch+pwned%29=')
    expect(opened).not.toContain(' ')
  },
)

test(
  'lines that are huge, broken or no message are refused, and the next one is taken',
  { timeout: 60_000 },
  async () => {
    const server = await startServer({ isOpen: true })
    const program = start(await makeHome(), server.url, '--max-message=1MB')
    await program.initialize()
    program.write('{broken\n{"jsonrpc":"2.0","id":"none"}\n')
    program.write(
      `{"jsonrpc":"2.0","id":"huge","method":"tools/call","params":{"x":"${'x'.repeat(2_000_000)}"}}\n`,
    )
    expect((await program.request('tools/call', echo)).result).toEqual(hello)
    const errors = program.stdout().match(/"id":(?:null|"none"|"huge"),"error":\{"code":-32\d{3}/g)
    expect(errors?.toSorted((one, other) => one.localeCompare(other))).toEqual(
      [
        '"id":null,"error":{"code":-32700',
        '"id":"none","error":{"code":-32600',
        '"id":"huge","error":{"code":-32600',
      ].toSorted((one, other) => one.localeCompare(other)),
    )
  },
)
