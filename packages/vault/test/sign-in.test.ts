import { describe, expect, it } from 'vitest'

import { cloudProfile } from '../src/index.ts'
import { callbackUrl, createWorld, minute, ring, signIn } from './world.ts'

const login = { callbackUrl, scopes: ['jira:read', 'confluence:read'] }
const begin = (world: ReturnType<typeof createWorld>, state = 's-1') =>
  world.vault.signIn.begin({ ...login, state })

const finish = async (world: ReturnType<typeof createWorld>) => {
  const { url, memo = '' } = await begin(world)
  return world.vault.signIn.finish(world.upstream.approve(url).searchParams, { ...login, memo })
}

describe('begin', () => {
  it('sends the browser to the upstream with audience, consent, scopes, state and a challenge', async () => {
    const { url, memo } = await begin(createWorld())
    expect(`${url.origin}${url.pathname}`).toBe('https://auth.atlassian.com/authorize')
    const { code_challenge, ...rest } = Object.fromEntries(url.searchParams)
    expect(rest).toMatchInlineSnapshot(`
      {
        "audience": "api.atlassian.com",
        "client_id": "app",
        "code_challenge_method": "S256",
        "prompt": "consent",
        "redirect_uri": "https://telamon.example/callback",
        "response_type": "code",
        "scope": "upstream-jira:read upstream-confluence:read read:me offline_access",
        "state": "s-1",
      }
    `)
    expect(code_challenge).toMatch(/^[\w-]{43}$/)
    expect(memo?.length).toBeLessThan(2048)
  })

  it('keeps the verifier out of sight', async () => {
    const world = createWorld({ random: (array) => array.fill(7) })
    const { memo } = await begin(world)
    expect(memo).not.toContain(Buffer.alloc(32, 7).toString('base64url'))
  })

  it('asks for what the profile asks for besides, and names it for the consent page', () => {
    expect(createWorld().vault.signIn.describe(['jira:read'])).toEqual([
      'upstream-jira:read',
      'read:me',
      'offline_access',
    ])
  })

  it('sends no challenge where the upstream wants none', async () => {
    const world = createWorld({ profile: { ...cloudProfile(), pkce: 'never' } })
    const { url } = await begin(world)
    expect(url.searchParams.has('code_challenge')).toBe(false)
    await signIn(world)
    expect(world.upstream.requests[0]?.has('code_verifier')).toBe(false)
  })
})

describe('finish', () => {
  it('redeems the code as a confidential client, and says who signed in and what there is to choose', async () => {
    const world = createWorld()
    const { url, memo = '' } = await begin(world)
    const back = world.upstream.approve(url)
    const { sealed, ...signedIn } = await world.vault.signIn.finish(back.searchParams, { ...login, memo })
    expect(signedIn).toEqual({
      subject: 'p-ada',
      label: 'Ada',
      choices: [
        { id: 'c-alpha', label: 'alpha', detail: 'https://alpha.example' },
        { id: 'c-beta', label: 'beta', detail: 'https://beta.example' },
      ],
    })
    expect(sealed).not.toMatch(/[ar]t-[0-9a-f]{8}/)
    expect(Object.fromEntries(world.upstream.requests[0] ?? [])).toMatchObject({
      grant_type: 'authorization_code',
      client_id: 'app',
      client_secret: 'app-secret',
      redirect_uri: callbackUrl,
    })
  })

  it.each([
    ['access_denied', 'denied'],
    ['temporarily_unavailable', 'unavailable'],
    ['unauthorized_client', 'misconfigured'],
    ['<script>', 'misconfigured'],
    ['__proto__', 'misconfigured'],
  ])('takes %s in the callback for %s, and asks the upstream nothing', async (error, code) => {
    const world = createWorld()
    const finished = world.vault.signIn.finish(new URLSearchParams({ error, state: 's-1' }), login)
    await expect(finished).rejects.toMatchObject({ name: 'SignInError', code })
    await expect(finished).rejects.not.toThrow(/script/)
    expect(world.upstream.requests).toEqual([])
  })

  it('refuses a callback whose state is not the one of the memo, or that has no memo', async () => {
    const world = createWorld()
    const { url, memo = '' } = await begin(world)
    const back = world.upstream.approve(url)
    back.searchParams.set('state', 's-2')
    for (const kept of [{ memo }, {}])
      await expect(world.vault.signIn.finish(back.searchParams, { ...login, ...kept })).rejects.toMatchObject(
        { code: 'denied' },
      )
    expect(world.upstream.requests).toEqual([])
  })

  it.each([
    ['bad_gateway', 'unavailable'],
    ['rate_limited', 'unavailable'],
    ['invalid_grant', 'unavailable'],
    ['no_token_type', 'unavailable'],
    ['access_denied', 'misconfigured'],
    ['invalid_request', 'misconfigured'],
    ['no_refresh_token', 'misconfigured'],
  ] as const)('takes %s at the token endpoint for %s, and redeems no code twice', async (fault, code) => {
    const world = createWorld()
    const { url, memo = '' } = await begin(world)
    world.upstream.next(fault)
    const finished = world.vault.signIn.finish(world.upstream.approve(url).searchParams, { ...login, memo })
    await expect(finished).rejects.toMatchObject({ code })
    expect(world.upstream.requests).toHaveLength(1)
    expect(world.events).toMatchObject([{ type: 'sign_in_failed', code }])
  })

  it.each([
    [503, 'unavailable'],
    [429, 'unavailable'],
    [403, 'misconfigured'],
  ] as const)('takes %i for an answer to who signed in for %s', async (status, code) => {
    const world = createWorld()
    world.upstream.failApi(status)
    await expect(finish(world)).rejects.toMatchObject({ code })
  })

  it('waits ten seconds for the code to be redeemed', async () => {
    const world = createWorld()
    const { url, memo = '' } = await begin(world)
    world.upstream.next('hang')
    const finished = world.vault.signIn.finish(world.upstream.approve(url).searchParams, { ...login, memo })
    await world.upstream.stuck(1)
    world.clock.turn(10_000)
    await expect(finished).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('hands an abort on', async () => {
    const world = createWorld()
    const { url, memo = '' } = await begin(world)
    world.upstream.next('hang')
    const stop = new AbortController()
    const finished = world.vault.signIn.finish(world.upstream.approve(url).searchParams, {
      ...login,
      memo,
      signal: stop.signal,
    })
    await world.upstream.stuck(1)
    stop.abort()
    await expect(finished).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('keep', () => {
  it('writes generation 1, sealed, with the year that the upstream allows', async () => {
    const world = createWorld()
    await world.vault.signIn.keep('g1', await finish(world), ['c-alpha'])
    const row = await world.store.getVault('g1')
    expect(row).toMatchObject({
      state: 'live',
      generation: 1,
      kid: 'k1',
      accessExpiresAt: world.clock.now() + 60 * minute,
      absoluteExpiresAt: world.clock.now() + 365 * 24 * 60 * minute,
    })
    expect(JSON.stringify(row)).not.toMatch(/[ar]t-[0-9a-f]{8}/)
    expect(await world.vault.token('g1')).toMatch(/^at-/)
  })

  it('T64: keeps no site that was not offered, and not none', async () => {
    const world = createWorld()
    const signedIn = await finish(world)
    await expect(world.vault.signIn.keep('g1', signedIn, ['c-other'])).rejects.toMatchObject({
      code: 'denied',
    })
    await expect(world.vault.signIn.keep('g1', signedIn, [])).rejects.toMatchObject({ code: 'denied' })
    const forged = { ...signedIn, choices: [{ id: 'c-other', label: 'other' }] }
    await expect(world.vault.signIn.keep('g1', forged, ['c-other'])).rejects.toThrow(/offered/)
    expect(await world.store.getVault('g1')).toBeUndefined()
  })

  it('T64: keeps nothing after ten minutes', async () => {
    const world = createWorld()
    const signedIn = await finish(world)
    world.clock.turn(10 * minute + 1)
    await expect(world.vault.signIn.keep('g1', signedIn, ['c-beta'])).rejects.toMatchObject({
      code: 'unavailable',
    })
  })

  it("keeps nobody's tokens under another person's name", async () => {
    const world = createWorld()
    const signedIn = { ...(await finish(world)), subject: 'p-eve' }
    await expect(world.vault.signIn.keep('g1', signedIn, ['c-beta'])).rejects.toMatchObject({
      code: 'misconfigured',
    })
  })

  it('never writes over a connection', async () => {
    const world = createWorld()
    await signIn(world)
    await expect(signIn(world)).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('opens on another instance with the same keys', async () => {
    const world = createWorld()
    const signedIn = await finish(world)
    await world.instance({ keys: ring('k1', 'k2') }).signIn.keep('g1', signedIn, ['c-beta'])
    expect(await world.store.getVault('g1')).toMatchObject({ kid: 'k2' })
  })
})

describe('cloudProfile', () => {
  it('takes other origins, and plain http on loopback only', () => {
    const { tokenUrl } = cloudProfile({ auth: 'http://127.0.0.1:4181', gateway: 'http://[::1]:4181/' })
    expect(tokenUrl).toBe('http://127.0.0.1:4181/oauth/token')
    for (const auth of ['http://auth.example', 'https://auth.example/path', 'ftp://localhost', 'nonsense'])
      expect(() => cloudProfile({ auth })).toThrow(/is no origin for tokens/)
  })
})
