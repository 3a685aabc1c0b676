import { expect, test } from 'vitest'

import type { Finding } from '../src/index.ts'
import { createHttp, createMemoryCredentials, diagnose } from '../src/index.ts'
import { protectedServer } from './authorization.ts'
import { listen } from './loopback.ts'
import { legacyServer, modernServer } from './server.ts'

async function findings(
  remote: string,
  more: Partial<Parameters<typeof diagnose>[0]> = {},
): Promise<readonly Finding[]> {
  const found: Finding[] = []
  const http = createHttp()
  const options = {
    remote: new URL(remote),
    http,
    credentials: createMemoryCredentials(),
    entry: 'e',
    headers: {},
  }
  await diagnose({ ...options, ...more }, (finding) => void found.push(finding))
  http.close()
  return found
}

const last = async (
  remote: string,
  more?: Partial<Parameters<typeof diagnose>[0]>,
): Promise<Finding | undefined> => (await findings(remote, more)).at(-1)

test('servers of both eras without sign-in are well', async () => {
  expect(await last((await modernServer()).url)).toMatchObject({
    kind: 'well',
    text: expect.stringContaining('2026-07-28'),
  })
  expect(await last((await legacyServer()).url)).toMatchObject({
    kind: 'well',
    text: expect.stringContaining('2025'),
  })
})

test.for([
  [302, { location: 'https://new.example/' }, 'redirects to https://new.example/'],
  [503, {}, 'fails (503)'],
  [404, {}, 'no MCP server'],
  [403, {}, 'forbids this'],
  [200, { 'content-type': 'text/html' }, 'sign-in page of a network'],
  [405, {}, 'HTTP+SSE will be tried'],
] as const)('an answer of %i is explained', async ([status, headers, words]) => {
  const server = await listen(({ response }) => void response.writeHead(status, headers).end('x'))
  expect((await last(`${server.origin}/mcp`))?.text).toContain(words)
})

test('a name that is not there, and a server that does not listen, are told apart', async () => {
  expect(await last('https://nowhere.invalid/mcp')).toMatchObject({ stage: 'name', kind: 'wrong' })
  expect(await last('http://127.0.0.1:9/mcp')).toMatchObject({ stage: 'connection', kind: 'wrong' })
})

test('a clock that is wrong is told of', async () => {
  const server = await modernServer()
  const found = await findings(server.url, { now: () => Date.now() + 3_600_000 })
  expect(found.find(({ stage }) => stage === 'clock')?.text).toMatch(/36\d\d seconds ahead of/)
})

test('a server that wants a sign-in is told apart from one whose metadata is wrong', async () => {
  const server = await protectedServer()
  const well = await findings(server.url)
  expect(well.map(({ stage, kind }) => `${stage}: ${kind}`)).toEqual([
    'name: well',
    'connection: well',
    'clock: well',
    'answer: well',
    'sign-in: well',
    'stored sign-in: note',
  ])
  server.script.resource = { resource: 'https://other.example/mcp' }
  const wrong = (await findings(server.url)).find(({ stage }) => stage === 'sign-in')
  expect(wrong).toMatchObject({
    kind: 'wrong',
    text: expect.stringContaining('speaks for https://other.example/mcp'),
  })
  const given = await last(server.url, { headers: { authorization: 'Bearer wrong' } })
  expect(given).toMatchObject({ stage: 'permission', kind: 'wrong' })
})

test('a stored token is tried, and never shown', async () => {
  const [server, credentials] = [await protectedServer(), createMemoryCredentials()]
  const kept = {
    server: server.url,
    issuer: server.origin,
    tokenEndpoint: `${server.origin}/token`,
    client: { id: 'c', authentication: 'none' },
    accessToken: 'good-token',
    issuedAt: Date.now(),
    expiresAt: Date.now() + 600_000,
  } as const
  await credentials.change('e', () => kept)
  const refused = await findings(server.url, { credentials })
  expect(refused.at(-1)).toMatchObject({ stage: 'permission', kind: 'note' })
  server.admit('good-token')
  const taken = await findings(server.url, { credentials })
  expect(taken.at(-1)).toMatchObject({ stage: 'permission', kind: 'well' })
  expect(JSON.stringify([refused, taken])).not.toContain('good-token')
})
