import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

import { expect, it, onTestFinished } from 'vitest'

import { cloudProfile, createVault } from '../src/index.ts'
import { createUpstream } from '../src/testing/index.ts'
import { createWorld, ring, signIn, sites } from './world.ts'

it('signs in and refreshes over real HTTP on loopback, with nothing but its defaults', async () => {
  const upstream = createUpstream({ now: Date.now, sites, accessLifetimeMs: 20_000 })
  const server = createServer((request, response) => {
    void (async () => {
      const { method = 'GET', url = '/', headers } = request
      const host = url === '/oauth/token' ? 'auth.atlassian.com' : 'api.atlassian.com'
      const body = await text(request)
      const answer = await upstream.fetch(`https://${host}${url}`, {
        method,
        headers: { authorization: headers.authorization ?? '' },
        ...(body !== '' && { body: new URLSearchParams(body) }),
      })
      response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
    })()
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a listening TCP server has a port
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const world = createWorld()
  const vault = createVault({
    profile: cloudProfile({ auth: origin, gateway: origin }),
    client: { id: 'app', secret: 'app-secret' },
    store: world.store,
    keys: ring('k1'),
    upstreamScopes: () => [],
  })
  await signIn({ ...world, vault, upstream })
  expect(await vault.sites('g1')).toHaveLength(2)
  expect(upstream.statistics().refreshes).toBe(1)
  expect(await vault.identity('g1')).toMatchObject({ accountId: 'p-ada' })
})
