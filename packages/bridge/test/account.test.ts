import { expect, test } from 'vitest'

import { createAccount, createMemoryCredentials } from '../src/index.ts'
import type { AccountOptions } from '../src/index.ts'
import { createTestBrowser, protectedServer } from './authorization.ts'
import { legacyServer } from './server.ts'

function accountAt(url: string, options: Partial<AccountOptions> = {}) {
  return createAccount({
    remote: new URL(url),
    credentials: createMemoryCredentials(),
    openBrowser: createTestBrowser().open,
    info: { name: 'telamon-proxy', version: '1.2.3' },
    ...options,
  })
}

test('a person signs in, is told so, and signs out again', async () => {
  const server = await protectedServer()
  const account = accountAt(server.url, { now: () => 1_000 })
  expect(await account.status()).toBeUndefined()
  expect(await account.signIn()).toBe('signed_in')
  expect(await account.signIn()).toBe('already')
  expect(await account.status()).toEqual({
    server: server.url,
    issuer: server.origin,
    protection: 'memory',
    scope: 'read offline_access',
    isRenewable: true,
    hasToken: true,
    expiresAt: 3_601_000,
  })
  expect(await account.signOut()).toEqual({ wasSignedIn: true, revoked: true })
  expect(server.counts.revocations).toBe(1)
  expect(await account.signOut()).toEqual({ wasSignedIn: false, revoked: false })
})

test('a server without sign-in asks for none', async () => {
  const server = await legacyServer()
  expect(await accountAt(server.url).signIn()).toBe('not_needed')
})

test('signing out forgets the sign-in also where the server does not answer', async () => {
  const server = await protectedServer()
  const account = accountAt(server.url)
  await account.signIn()
  await server.stop()
  expect(await account.signOut()).toEqual({ wasSignedIn: true, revoked: false })
  expect(await account.status()).toBeUndefined()
})

test('a sign-in that nobody finishes ends, and the next one registers anew', async () => {
  const server = await protectedServer()
  const credentials = createMemoryCredentials()
  await accountAt(server.url, { credentials }).signIn()
  server.forget(true)
  const nobody = accountAt(server.url, {
    credentials,
    openBrowser: async () => true,
    limits: { signInMs: 1 },
  })
  await expect(nobody.signIn()).rejects.toThrow('Nobody finished the sign-in in time')
  expect(server.counts.registrations).toBe(1)
  expect(await accountAt(server.url, { credentials }).signIn()).toBe('signed_in')
  expect(server.counts.registrations).toBe(2)
})
