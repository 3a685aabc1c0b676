import { describe, expect, it } from 'vitest'

import { dataCenterProfile, dataCenterScopes } from '../src/index.ts'
import { callbackUrl, createWorld, hour } from './world.ts'

const base = 'https://jira.example.com/jira'
const user = { key: 'JIRAUSER10100', displayName: 'Ada\u202E Lovelace', emailAddress: 'ada@example.com' }

/** Data Center's provider in a few lines: rotates, and wants the callback address with each refresh. */
function createDataCenter() {
  const requests: Record<string, string>[] = []
  let issued = 0
  let dead = false
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    if (request.url === `${base}/rest/api/2/myself`) return Response.json(user)
    if (request.url !== `${base}/rest/oauth2/latest/token`)
      throw new TypeError(`Nothing answers at ${request.url}`)
    const form = Object.fromEntries(new URLSearchParams(await request.text()))
    requests.push(form)
    if (dead || form['redirect_uri'] !== callbackUrl)
      return Response.json({ error: 'invalid_grant' }, { status: 400 })
    issued += 1
    const tokens = { access_token: `at-${issued}`, refresh_token: `rt-${issued}`, token_type: 'bearer' }
    return Response.json({ ...tokens, expires_in: 3600 })
  }
  return { fetch, requests, end: () => void (dead = true) }
}

async function signedIn() {
  const dataCenter = createDataCenter()
  const profile = dataCenterProfile({ base: `${base}/`, product: 'jira', name: 'Jira' })
  const world = createWorld({ profile, fetch: dataCenter.fetch, upstreamScopes: dataCenterScopes })
  const login = { callbackUrl, scopes: ['jira:read', 'jira:write'], state: 's-1' }
  const { url, memo = '' } = await world.vault.signIn.begin(login)
  const callback = new URLSearchParams({ code: 'code', state: 's-1' })
  const person = await world.vault.signIn.finish(callback, { ...login, memo })
  await world.vault.signIn.keep('g1', person, ['jira-example-com'])
  return { ...world, dataCenter, url, person }
}

describe('a Data Center', () => {
  it('is asked for a step of its ladder, by PKCE, at its own address', async () => {
    const { url, dataCenter } = await signedIn()
    expect(`${url.origin}${url.pathname}`).toBe(`${base}/rest/oauth2/latest/authorize`)
    expect(url.searchParams.get('scope')).toBe('WRITE')
    expect(url.searchParams.has('audience')).toBe(false)
    expect(dataCenter.requests[0]?.['code_verifier']).toMatch(/^[\w-]{43}$/)
    expect(dataCenterScopes(['jira:read'])).toEqual(['READ'])
  })

  it('is one site, and says who signed in without what could turn a line around', async () => {
    const { person, vault } = await signedIn()
    expect(person).toMatchObject({ subject: 'JIRAUSER10100', label: 'Ada Lovelace' })
    expect(await vault.sites('g1')).toEqual([
      { cloudId: 'jira-example-com', url: base, name: 'Jira', scopes: [], products: ['jira'] },
    ])
  })

  it('is told the callback address again with each refresh', async () => {
    const { vault, clock, dataCenter } = await signedIn()
    clock.turn(hour)
    expect(await vault.token('g1')).toBe('at-2')
    expect(dataCenter.requests[1]).toMatchObject({ grant_type: 'refresh_token', redirect_uri: callbackUrl })
  })

  it('ends a connection by invalid_grant', async () => {
    const { vault, clock, dataCenter } = await signedIn()
    dataCenter.end()
    clock.turn(hour)
    await expect(vault.token('g1')).rejects.toMatchObject({ code: 'needs_sign_in' })
  })

  it('of Confluence knows people by their key', async () => {
    const { identity } = dataCenterProfile({ base: 'https://wiki.example.com', product: 'confluence' })
    const asked: string[] = []
    const person = await identity(async (address) => {
      asked.push(address)
      return { userKey: 'abc', displayName: 'Ada' }
    })
    expect([person, asked]).toEqual([
      { accountId: 'abc', name: 'Ada' },
      ['https://wiki.example.com/rest/api/user/current'],
    ])
  })

  it.each(['http://jira.example.com', 'https://u:p@jira.example.com', 'https://x.example/?a=1', 'jira', ''])(
    'is not at %j',
    (address) => {
      expect(() => dataCenterProfile({ base: address, product: 'jira' })).toThrow('no base address')
    },
  )
})
