import { expect, test } from 'vitest'

import { createMemoryCredentials } from '../src/index.ts'
import { createTestBrowser, protectedServer } from './authorization.ts'
import { startHost } from './host.ts'
import { signedIn } from './signed-in.ts'

test('a token is renewed once for all calls that it was refused for', async () => {
  const server = await protectedServer()
  const host = await signedIn(server)
  server.forget()
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_none, index) => host.call('echo', { text: `${index}` })),
  )
  expect(answers.map(({ result }) => result)).toMatchObject(
    answers.map((_none, index) => ({ content: [{ text: `${index}` }] })),
  )
  expect(server.counts).toMatchObject({ refreshes: 1, reused: 0, authorizations: 1 })
})

test('a token is renewed before it ends', async () => {
  let now = 1_000_000
  const server = await protectedServer()
  server.script.lifetime = 3_600
  const host = await signedIn(server, { now: () => now })
  now += 3_539_000
  await host.call('echo')
  expect(server.counts.refreshes).toBe(0)
  now += 2_000
  await host.call('echo')
  await host.call('echo')
  expect(server.counts.refreshes).toBe(1)
})

test('a token that cannot be renewed ahead is used as long as it is good', async () => {
  let now = 1_000_000
  const server = await protectedServer()
  const host = await signedIn(server, { now: () => now })
  server.script.token = () => ({ status: 503, body: {} })
  now += 3_590_000
  expect((await host.call('echo')).result).toBeDefined()
})

test('an authorization server in trouble signs nobody out, and the next call gets through', async () => {
  const server = await protectedServer()
  const host = await signedIn(server)
  server.forget()
  server.script.token = () => ({ status: 400, body: { error: 'temporarily_unavailable' } })
  const { error } = await host.call('echo')
  expect(error).toMatchObject({ data: { reason: 'unreachable', executed: 'no' } })
  delete server.script.token
  expect((await host.call('echo')).result).toBeDefined()
  expect(server.counts.authorizations).toBe(1)
})

test('a revoked sign-in is replaced by one window for all calls, also when the person agrees before anyone could look', async () => {
  const server = await protectedServer()
  const browser = createTestBrowser()
  const host = await signedIn(server, { openBrowser: browser.open })
  server.forget(true)
  const answers = await Promise.all(Array.from({ length: 5 }, () => host.call('echo')))
  expect(answers.every(({ result }) => result?.['isError'] === undefined)).toBe(true)
  expect(browser.opened).toHaveLength(2)
  expect(server.counts).toMatchObject({ registrations: 1, authorizations: 2 })
})

test('a step-up asks for the union of scopes, once', async () => {
  const server = await protectedServer()
  const browser = createTestBrowser()
  const host = await signedIn(server, { openBrowser: browser.open })
  server.script.needs = 'write'
  expect((await host.call('echo', { text: 'more' })).result).toMatchObject({ content: [{ text: 'more' }] })
  expect(server.authorizations.at(-1)?.get('scope')?.split(' ').toSorted()).toEqual([
    'offline_access',
    'read',
    'write',
  ])
  expect(browser.opened).toHaveLength(2)
  server.script.needs = 'more-than-anyone-gets'
  server.script.redirect = { error: 'access_denied', code: undefined }
  expect((await host.call('echo')).result).toMatchObject({ isError: true })
  expect((await host.call('echo')).result).toMatchObject({ isError: true })
  expect(browser.opened).toHaveLength(3)
})

test('a server that asks for a scope also after a sign-in for it is not signed in to again', async () => {
  const server = await protectedServer()
  const browser = createTestBrowser()
  const host = await signedIn(server, { openBrowser: browser.open })
  server.script.needs = 'ghost'
  server.script.token = (form) =>
    form.get('grant_type') === 'authorization_code'
      ? undefined
      : { status: 400, body: { error: 'invalid_grant' } }
  await host.call('echo')
  const before = browser.opened.length
  server.script.needs = 'phantom ghost'
  server.forget()
  await host.call('echo')
  expect(browser.opened.length).toBeLessThanOrEqual(before + 2)
})

test('a server that refuses every token gets one window', async () => {
  const server = await protectedServer()
  server.script.refuseAll = true
  const browser = createTestBrowser()
  const host = startHost(server.url, { openBrowser: browser.open })
  await host.initialize()
  expect(JSON.stringify((await host.call('echo')).result)).toContain('refuses the token')
  expect((await host.call('echo')).result).toMatchObject({ isError: true })
  expect(browser.opened).toHaveLength(1)
})

test('several bridges that share a store open one window, and renew once when all are refused at once', async () => {
  const server = await protectedServer()
  const browser = createTestBrowser()
  const credentials = createMemoryCredentials()
  const hosts = Array.from({ length: 5 }, () =>
    startHost(server.url, { openBrowser: browser.open, credentials }),
  )
  await Promise.all(hosts.map((host) => host.initialize()))
  const all = await Promise.all(hosts.map((host) => host.call('echo')))
  expect(all.every(({ result }) => Array.isArray(result?.['content']))).toBe(true)
  expect(server.counts).toMatchObject({ registrations: 1, authorizations: 1 })
  server.forget()
  await Promise.all(hosts.map((host) => host.call('echo')))
  expect(server.counts).toMatchObject({ refreshes: 1, reused: 0, authorizations: 1 })
  expect(browser.opened).toHaveLength(1)
})

test('a sign-in that fails in one bridge opens no window in another that waited for it', async () => {
  const server = await protectedServer()
  server.script.redirect = { error: 'access_denied', code: undefined }
  const { promise, resolve: decide } = Promise.withResolvers<void>()
  const browser = createTestBrowser(promise)
  const options = { openBrowser: browser.open, credentials: createMemoryCredentials() }
  const hosts = [startHost(server.url, options), startHost(server.url, options)] as const
  await Promise.all(hosts.map((host) => host.initialize()))
  await Promise.race(hosts.map((host) => host.event('sign_in')))
  await Promise.race(hosts.map((host) => host.event('sign_in_elsewhere')))
  decide()
  const answers = await Promise.all(hosts.map((host) => host.call('echo')))
  expect(answers.map(({ result }) => result?.['isError'])).toEqual([true, true])
  expect(browser.opened).toHaveLength(1)
})

test('a bridge takes a sign-in over from one that ends before its person is done', async () => {
  const server = await protectedServer()
  const credentials = createMemoryCredentials()
  const first = startHost(server.url, { credentials, openBrowser: async () => true })
  await first.initialize()
  await first.event('sign_in')
  const second = startHost(server.url, { credentials, openBrowser: createTestBrowser().open })
  await second.initialize()
  await second.event('sign_in_elsewhere')
  first.end()
  await first.done
  expect((await second.call('echo', { text: 'mine' })).result).toMatchObject({ content: [{ text: 'mine' }] })
})

test('a given Authorization is sent as it is, and its refusal starts no sign-in', async () => {
  const server = await protectedServer()
  const browser = createTestBrowser()
  const host = startHost(server.url, {
    openBrowser: browser.open,
    headers: { authorization: 'Bearer given' },
  })
  await host.initialize()
  expect((await host.call('echo')).error?.message).toContain('refused the Authorization header')
  expect(browser.opened).toHaveLength(0)
  expect(
    server.asked.every(({ path, headers }) => path !== '/mcp' || headers.authorization === 'Bearer given'),
  ).toBe(true)
})

test('no event tells a token, a code or what messages hold', async () => {
  const server = await protectedServer()
  const host = await signedIn(server)
  await host.call('echo', { text: 'TOP-SECRET-ARGUMENT' })
  server.forget()
  await host.call('echo')
  const told = JSON.stringify(host.events)
  const secrets = server.grants.flatMap((form) =>
    ['code', 'code_verifier', 'refresh_token'].flatMap((name) => form.get(name) ?? []),
  )
  expect(secrets).toHaveLength(3)
  expect(secrets.filter((secret) => told.includes(secret))).toEqual([])
  expect(told).not.toMatch(/at-|rt-|TOP-SECRET/)
})
