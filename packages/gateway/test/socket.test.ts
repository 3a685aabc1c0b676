import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'

import { expect, onTestFinished, test } from 'vitest'

import type { Gateway } from '../src/index.ts'
import { resourceAt, served } from './fixture.ts'

/** The least that turns Node's request into the web's, and back. */
async function serve(gateway: Gateway, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const hangUp = new AbortController()
  outgoing.on('close', () => hangUp.abort())
  const headers = Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  )
  const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method ?? 'GET',
    headers,
    signal: hangUp.signal,
    ...(incoming.method === 'POST' && { body: Readable.toWeb(incoming), duplex: 'half' }),
  })
  const response = await gateway.fetch(request, { address: incoming.socket.remoteAddress ?? '' })
  outgoing.writeHead(response.status, [...response.headers].flat())
  outgoing.end(Buffer.from(await response.arrayBuffer()))
}

test('a server on a socket of this machine signs people in and answers them', async () => {
  const sockets = createServer()
  await new Promise<void>((resolve) => sockets.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void sockets.close())
  const address = sockets.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const { gateway } = served({ url, resource: resourceAt('/mcp', url), also: {} })
  sockets.on(
    'request',
    (incoming: IncomingMessage, outgoing: ServerResponse) => void serve(gateway, incoming, outgoing),
  )

  const challenged = await fetch(`${url}/mcp`, { method: 'POST', body: '{}' })
  expect(challenged.status).toBe(401)
  const where =
    /resource_metadata="([^"]+)"/.exec(challenged.headers.get('www-authenticate') ?? '')?.[1] ?? ''
  expect(where).toBe(`${url}/.well-known/oauth-protected-resource/mcp`)
  expect(await (await fetch(where)).json()).toMatchObject({
    resource: `${url}/mcp`,
    authorization_servers: [url],
  })

  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'readNote', arguments: {} } }
  const answered = await fetch(`${url}/mcp`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer ann',
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify(call),
  })
  expect(await answered.json()).toMatchObject({ id: 1, result: { content: [{ text: 'A note of Ann.' }] } })
  expect((await fetch(url)).headers.get('content-type')).toBe('text/html; charset=utf-8')
})
