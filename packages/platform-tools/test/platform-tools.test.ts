import { callTool } from '@telamon/tool-registry/testing'
import type { CalledTool } from '@telamon/tool-registry/testing'
import { expect, it } from 'vitest'

import { platformToolset } from '../src/index.ts'
import type { AccessibleSite, Account, PlatformServices } from '../src/index.ts'

const acme: AccessibleSite = {
  cloudId: 'b7a1d3f0-5c2e-4e9b-8a64-0f1d2c3b4a59',
  name: 'acme',
  url: 'https://acme.atlassian.net',
  products: ['jira', 'confluence'],
}
const ada: Account = {
  accountId: '712020:45e3a5cc-220a-445c-9a9c-f9aa7222cf50',
  name: 'Ada Lovelace',
  timeZone: 'Europe/London',
}

function services({
  sites = [acme],
  account = ada,
}: { readonly sites?: readonly AccessibleSite[]; readonly account?: Account } = {}): PlatformServices {
  return { connection: { account: async () => account, sites: async () => sites } }
}

function call(
  name: string,
  given: PlatformServices = services(),
  args: Readonly<Record<string, unknown>> = {},
): Promise<CalledTool> {
  const tool = platformToolset.tools.find((one) => one.name === name)
  if (tool === undefined) throw new Error(`There is no tool ${name}`)
  return callTool(tool, args, { services: given })
}

it('says which sites can be reached, and by which products', async () => {
  const { text, data } = await call('getAccessibleAtlassianResources')
  expect(text).toMatchInlineSnapshot(
    `"- acme (https://acme.atlassian.net): cloudId b7a1d3f0-5c2e-4e9b-8a64-0f1d2c3b4a59, Jira, Confluence"`,
  )
  expect(data).toEqual({
    sites: [
      { id: acme.cloudId, name: 'acme', url: 'https://acme.atlassian.net', products: ['jira', 'confluence'] },
    ],
  })
})

it('spends no word on scopes, whatever the connection knows of a site', async () => {
  const site = { ...acme, scopes: ['read:jira-work', 'write:page:confluence'] }
  const { text, data } = await call('getAccessibleAtlassianResources', services({ sites: [site] }))
  expect(`${text}${JSON.stringify(data)}`).not.toContain('read:')
})

it('says what to do when no site can be reached', async () => {
  const { text, isError } = await call('getAccessibleAtlassianResources', services({ sites: [] }))
  expect(isError).toBe(false)
  expect(text).toContain('sign in again and choose a site')
})

it('keeps a name on one line and free of signs that turn text around', async () => {
  const sites = [{ ...acme, name: 'acme\n\u202Egro.live' }]
  const { text } = await call('getAccessibleAtlassianResources', services({ sites }))
  expect(text.split('\n')).toHaveLength(1)
  expect(text).not.toContain('\u202E')
})

it('says who is signed in, without what the account hides', async () => {
  const { text, data } = await call('atlassianUserInfo')
  expect(text).toMatchInlineSnapshot(
    `"Ada Lovelace: account id 712020:45e3a5cc-220a-445c-9a9c-f9aa7222cf50, time zone Europe/London"`,
  )
  expect(data).toEqual(ada)
})

it('hands no member on that its schema does not name', async () => {
  const account = { ...ada, token: 'secret' }
  const { text, data } = await call('atlassianUserInfo', services({ account }))
  expect(`${text}${JSON.stringify(data)}`).not.toContain('secret')
})

it.each(platformToolset.tools.map(({ name }) => name))('%s refuses arguments', async (name) => {
  const { text, isError } = await call(name, services(), { cloudId: acme.cloudId })
  expect(isError).toBe(true)
  expect(text).toContain('cloudId is not')
})

/** A connection that Atlassian has taken back. */
const ended = async (): Promise<never> => {
  throw Object.assign(new Error('dead'), { name: 'VaultError', code: 'needs_sign_in' })
}

it.each(['getAccessibleAtlassianResources', 'atlassianUserInfo'])(
  '%s asks for a new sign-in when the connection has ended',
  async (name) => {
    const { text, isError } = await call(name, { connection: { account: ended, sites: ended } })
    expect(isError).toBe(true)
    expect(text).toContain('Ask the person to sign in again')
  },
)

it('hands the signal on to what waits', async () => {
  const { signal } = new AbortController()
  const signals: AbortSignal[] = []
  const connection: PlatformServices['connection'] = {
    account: async (options) => {
      signals.push(options.signal)
      return ada
    },
    sites: async (options) => {
      signals.push(options.signal)
      return [acme]
    },
  }
  for (const tool of platformToolset.tools) await callTool(tool, {}, { services: { connection }, signal })
  expect(signals).toHaveLength(2)
  expect(signals.every((one) => one instanceof AbortSignal)).toBe(true)
})

it('says what is left of each limit, and charges nothing for the look', async () => {
  const limits = [
    {
      policy: 'user-hour',
      unit: 'requests',
      limit: 1000,
      windowSeconds: 3600,
      remaining: 87,
      resetSeconds: 52,
    },
    {
      policy: 'atlassian-points',
      unit: 'points',
      limit: 65_000,
      windowSeconds: 3600,
      remaining: 41_250,
      resetSeconds: 1380,
    },
    { policy: 'user-burst', unit: 'requests', limit: 20, windowSeconds: 2, remaining: 15, resetSeconds: 0 },
  ]
  const { text, data } = await call('getAtlassianRateLimitStatus', { ...services(), limits: () => limits })
  expect(text).toMatchInlineSnapshot(`
    "- user-hour: 87 requests now; at most 1000 in an hour, all of it again in 52 s
    - atlassian-points: 41250 points now; at most 65000 in an hour, all of it again in 23 min
    - user-burst: 15 requests now; at most 20 in 2 s"
  `)
  expect(data).toEqual({ limits })
})

it('says so when nothing is limited', async () => {
  const { text, data } = await call('getAtlassianRateLimitStatus')
  expect(text).toBe('No limit of this server holds for you.')
  expect(data).toEqual({ limits: [] })
})
