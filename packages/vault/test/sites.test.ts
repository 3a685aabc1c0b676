import { describe, expect, it } from 'vitest'

import { createSignedInWorld, createWorld, hour, signIn } from './world.ts'

/** An upstream that answers the same to everybody. */
const answering =
  (me: object, resources: readonly object[]): typeof globalThis.fetch =>
  async (input, init) => {
    const { pathname } = new URL(new Request(input, init).url)
    if (pathname === '/me') return Response.json(me)
    if (pathname.endsWith('/accessible-resources')) return Response.json(resources)
    return Response.json({ access_token: 'at', refresh_token: 'rt', token_type: 'Bearer' })
  }

describe('sites', () => {
  it('come once each, with the scopes of all their entries, in the order of their names', async () => {
    const world = await createSignedInWorld()
    expect(await world.vault.sites('g1')).toEqual([
      {
        cloudId: 'c-alpha',
        url: 'https://alpha.example',
        name: 'alpha',
        scopes: ['read:jira-work', 'read:me', 'search:confluence'],
        products: ['jira', 'confluence'],
      },
      {
        cloudId: 'c-beta',
        url: 'https://beta.example',
        name: 'beta',
        scopes: ['read:jira-work'],
        products: ['jira'],
      },
    ])
  })

  it('are those that the person allowed, whatever the token reaches', async () => {
    const world = createWorld()
    const login = { callbackUrl: 'https://telamon.example/callback', scopes: [] }
    const { url, memo = '' } = await world.vault.signIn.begin({ ...login, state: 's' })
    const back = world.upstream.approve(url).searchParams
    await world.vault.signIn.keep('g1', await world.vault.signIn.finish(back, { ...login, memo }), ['c-beta'])
    expect((await world.vault.sites('g1')).map(({ name }) => name)).toEqual(['beta'])
    expect((await world.instance().sites('g1')).map(({ name }) => name)).toEqual(['beta'])
  })

  it('are asked for once a generation, by all callers together', async () => {
    const world = await createSignedInWorld()
    const asked = () => world.upstream.questions.filter((path) => path.endsWith('resources')).length
    const before = asked()
    await Promise.all([world.vault.sites('g1'), world.vault.sites('g1')])
    await world.vault.sites('g1')
    expect(asked()).toBe(before + 1)
    world.clock.turn(hour)
    await world.vault.sites('g1')
    expect(asked()).toBe(before + 2)
  })

  it('are asked for with a new token when the old one is refused', async () => {
    const world = await createSignedInWorld()
    world.upstream.dropAccessTokens()
    expect(await world.vault.sites('g1')).toHaveLength(2)
    expect(await world.store.getVault('g1')).toMatchObject({ generation: 2 })
  })

  it('end the connection when the new token is refused, too', async () => {
    const world = await createSignedInWorld()
    world.upstream.failApi(401)
    await expect(world.vault.sites('g1')).rejects.toMatchObject({ code: 'needs_sign_in' })
    await expect(world.vault.sites('g1')).rejects.toMatchObject({ code: 'needs_sign_in' })
  })

  it.each([
    [429, 'try_again'],
    [503, 'try_again'],
    [403, 'misconfigured'],
  ] as const)(
    'keep the connection when the upstream answers %i, and are asked for again',
    async (status, code) => {
      const world = await createSignedInWorld()
      world.upstream.failApi(status)
      await expect(world.vault.sites('g1')).rejects.toMatchObject({ name: 'VaultError', code })
      world.upstream.failApi(undefined)
      expect(await world.vault.sites('g1')).toHaveLength(2)
    },
  )

  it('read the product off every kind of scope', async () => {
    const scopes = {
      jira: ['read:jira-work', 'manage:jira-configuration', 'read:issue:jira', 'read:sprint:jira-software'],
      confluence: ['read:confluence-content.all', 'write:page:confluence', 'search:confluence'],
      jsm: ['read:servicedesk-request', 'manage:servicedesk-customer'],
      none: ['read:me', 'offline_access'],
    }
    for (const [product, names] of Object.entries(scopes))
      for (const scope of names) {
        const only = { id: 's', url: 'https://s.example', name: 's', scopes: [scope] }
        const world = createWorld({ fetch: answering({ account_id: 'p' }, [only]) })
        await signIn(world)
        const [site] = await world.vault.sites('g1')
        expect({ scope, products: site?.products }).toEqual({
          scope,
          products: product === 'none' ? [] : [product],
        })
      }
  })
})

describe('identity', () => {
  it('says who the connection belongs to, and is asked for once a generation', async () => {
    const world = await createSignedInWorld()
    const before = world.upstream.questions.length
    const ada = { accountId: 'p-ada', name: 'Ada', email: 'ada@example.com' }
    expect(await world.vault.identity('g1')).toEqual(ada)
    expect(await world.vault.identity('g1')).toEqual(ada)
    expect(world.upstream.questions).toHaveLength(before + 1)
  })

  it('holds no characters that turn or hide text', async () => {
    const me = { account_id: 'p', name: 'A\u202Ed\u0000a\u200B\n' }
    const world = createWorld({ fetch: answering(me, []) })
    await signIn(world)
    expect(await world.vault.identity('g1')).toEqual({ accountId: 'p', name: 'Ada' })
    expect(await world.vault.sites('g1')).toEqual([])
  })
})
