import { expect, test } from 'vitest'

import { demoApp } from '../src/index.ts'
import { askToken, authorizeUrl, callback, signIn, stage, tokensOf } from './support.ts'

const minute = 60_000
const day = 86_400_000

test('a code is exchanged for tokens once', async () => {
  const at = stage()
  const code = (await signIn(at, 'maya')).searchParams.get('code')
  const grant = { grant_type: 'authorization_code', code, redirect_uri: callback }
  const first = await askToken(at, grant)
  expect(first.status).toBe(200)
  expect(first.body).toMatchObject({ expires_in: 3600, token_type: 'Bearer' })
  expect(first.body.scope.split(' ')).toContain('read:jira-work')
  expect(first.headers.get('cache-control')).toBe('no-cache, no-store, max-age=0, must-revalidate')
  expect(first.headers.get('content-type')).toBe('application/json')
  const second = await askToken(at, grant)
  expect(second.status).toBe(403)
  expect(second.body).toEqual({ error: 'invalid_grant', error_description: 'Invalid authorization code' })
})

test('a code holds for five minutes and for its own address', async () => {
  const at = stage()
  const code = (await signIn(at, 'maya')).searchParams.get('code')
  const other = await askToken(at, { grant_type: 'authorization_code', code, redirect_uri: `${callback}/x` })
  expect(other.status).toBe(403)
  at.simulator.clock.advance(6 * minute)
  expect(
    (await askToken(at, { grant_type: 'authorization_code', code, redirect_uri: callback })).status,
  ).toBe(403)
})

test('without offline_access there is no refresh token', async () => {
  const tokens = await tokensOf(stage(), 'maya', 'read:me')
  expect(tokens.access_token).toMatch(/^sim_/)
  expect(tokens).not.toHaveProperty('refresh_token')
})

test('the token endpoint reads forms as well as JSON', async () => {
  const at = stage()
  const { refresh_token } = await tokensOf(at, 'maya')
  const { clientId: client_id, clientSecret: client_secret } = demoApp
  const body = new URLSearchParams({ grant_type: 'refresh_token', client_id, client_secret, refresh_token })
  const response = await at.simulator.fetch(
    new Request('https://auth.atlassian.com/oauth/token', { method: 'POST', body }),
  )
  expect(response.status).toBe(200)
})

test('a grant type that is not known is refused in the words of the service', async () => {
  const { status, body } = await askToken(stage(), { grant_type: 'password' })
  expect(status).toBe(400)
  expect(body).toEqual({
    error: 'invalid_request',
    error_description: 'grant_type must be one of [authorization_code|refresh_token|client_credentials]',
  })
})

test('a body that cannot be read is refused in the words of the service', async () => {
  const { status, body } = await stage().send('https://auth.atlassian.com/oauth/token', {
    method: 'POST',
    raw: 'nope',
  })
  expect(status).toBe(400)
  expect(body).toEqual({ error: 'invalid_request', error_description: 'Incorrect request parameters' })
})

test('a wrong client secret is access_denied and leaves the grant alive', async () => {
  const at = stage()
  const { refresh_token } = await tokensOf(at, 'maya')
  const wrong = await askToken(at, { grant_type: 'refresh_token', refresh_token, client_secret: 'guess' })
  expect(wrong.status).toBe(401)
  expect(wrong.body).toEqual({ error: 'access_denied', error_description: 'Unauthorized' })
  expect((await askToken(at, { grant_type: 'refresh_token', refresh_token })).status).toBe(200)
})

test('a refresh token rotates', async () => {
  const at = stage()
  const first = await tokensOf(at, 'maya')
  const { body } = await askToken(at, { grant_type: 'refresh_token', refresh_token: first.refresh_token })
  expect(body.refresh_token).toMatch(/^sim_/)
  expect(body.refresh_token).not.toBe(first.refresh_token)
  expect(body.access_token).not.toBe(first.access_token)
})

test('for ten minutes a refresh token may be used again while its child is unused', async () => {
  const at = stage()
  const { refresh_token } = await tokensOf(at, 'maya')
  const refresh = (token: string): Promise<{ status: number }> =>
    askToken(at, { grant_type: 'refresh_token', refresh_token: token })
  expect((await refresh(refresh_token)).status).toBe(200)
  at.simulator.clock.advance(9 * minute)
  expect((await refresh(refresh_token)).status).toBe(200)
})

test('later reuse ends the family', async () => {
  const at = stage()
  const { refresh_token } = await tokensOf(at, 'maya')
  const child = await askToken(at, { grant_type: 'refresh_token', refresh_token })
  at.simulator.clock.advance(11 * minute)
  const late = await askToken(at, { grant_type: 'refresh_token', refresh_token })
  expect(late.status).toBe(403)
  expect(late.body).toEqual({ error: 'unauthorized_client', error_description: 'refresh_token is invalid' })
  const orphan = await askToken(at, { grant_type: 'refresh_token', refresh_token: child.body.refresh_token })
  expect(orphan.status).toBe(403)
})

test('reuse after the child was used ends the family at once', async () => {
  const at = stage()
  const { refresh_token } = await tokensOf(at, 'maya')
  const child = await askToken(at, { grant_type: 'refresh_token', refresh_token })
  await askToken(at, { grant_type: 'refresh_token', refresh_token: child.body.refresh_token })
  expect((await askToken(at, { grant_type: 'refresh_token', refresh_token })).status).toBe(403)
})

test('the reuse interval is a switch', async () => {
  const at = stage()
  at.simulator.switches.reuseInterval = 0
  const { refresh_token } = await tokensOf(at, 'maya')
  await askToken(at, { grant_type: 'refresh_token', refresh_token })
  at.simulator.clock.advance(1)
  expect((await askToken(at, { grant_type: 'refresh_token', refresh_token })).status).toBe(403)
})

test('ninety idle days end a family with the documented sentence', async () => {
  const at = stage()
  const { refresh_token } = await tokensOf(at, 'maya')
  at.simulator.clock.advance(91 * day)
  const { status, body } = await askToken(at, { grant_type: 'refresh_token', refresh_token })
  expect(status).toBe(403)
  expect(body).toEqual({ error: 'invalid_grant', error_description: 'Unknown or invalid refresh token.' })
})

test('an unknown refresh token is refused', async () => {
  const { status, body } = await askToken(stage(), { grant_type: 'refresh_token', refresh_token: 'made-up' })
  expect(status).toBe(403)
  expect(body.error).toBe('unauthorized_client')
})

test('an access token ends after an hour', async () => {
  const at = stage()
  const { access_token } = await tokensOf(at, 'maya')
  const me = (): Promise<{ status: number }> =>
    at.send('https://api.atlassian.com/me', { headers: { authorization: `Bearer ${access_token}` } })
  expect((await me()).status).toBe(200)
  at.simulator.clock.advance(60 * minute)
  expect((await me()).status).toBe(401)
})

test('a removed consent ends every token of the grant', async () => {
  const at = stage()
  const { access_token, refresh_token } = await tokensOf(at, 'maya')
  const [grant] = at.simulator.grants.list()
  expect(at.simulator.grants.revoke(grant?.id ?? '')).toBe(true)
  const { status, body } = await at.send('https://api.atlassian.com/me', {
    headers: { authorization: `Bearer ${access_token}` },
  })
  expect(status).toBe(401)
  expect(body).toEqual({ code: 401, message: 'Unauthorized' })
  expect((await askToken(at, { grant_type: 'refresh_token', refresh_token })).status).toBe(403)
})

test('a second consent adds its sites to the first, for every token of the app', async () => {
  const at = stage()
  const [one, two] = [...at.simulator.world.sites.keys()]
  const first = await signIn(at, 'maya', { sites: [one ?? ''] })
  const { body } = await askToken(at, {
    grant_type: 'authorization_code',
    code: first.searchParams.get('code'),
    redirect_uri: callback,
  })
  const reach = async (): Promise<readonly string[]> => {
    const headers = { authorization: `Bearer ${body.access_token}` }
    const { body: resources } = await at.send('https://api.atlassian.com/oauth/token/accessible-resources', {
      headers,
    })
    return [...new Set<string>(resources.map(({ id }: { id: string }) => id))]
  }
  expect(await reach()).toEqual([one])
  await signIn(at, 'maya', { url: authorizeUrl(), sites: [two ?? ''] })
  expect(new Set(await reach())).toEqual(new Set([one, two]))
})

test('accessible resources name sites by product, with sorted scopes and without offline_access', async () => {
  const at = stage()
  const { access_token } = await tokensOf(at, 'maya')
  const { status, body, headers } = await at.send(
    'https://api.atlassian.com/oauth/token/accessible-resources',
    {
      headers: { authorization: `Bearer ${access_token}` },
    },
  )
  expect(status).toBe(200)
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(body).toHaveLength(4)
  for (const entry of body) expect(Object.keys(entry)).toEqual(['id', 'url', 'name', 'scopes', 'avatarUrl'])
  const scopes = body.map((entry: { scopes: readonly string[] }) => entry.scopes.join(' '))
  expect(new Set(scopes)).toEqual(new Set(['read:jira-work', 'read:page:confluence']))
})

test('me needs read:me and shows the account', async () => {
  const at = stage()
  const { access_token } = await tokensOf(at, 'priya')
  const me = await at.send('https://api.atlassian.com/me', {
    headers: { authorization: `Bearer ${access_token}` },
  })
  expect(me.body).toMatchObject({
    account_type: 'atlassian',
    email: 'priya@brightwater.example',
    name: 'Priya Raman',
    account_status: 'active',
    zoneinfo: 'Asia/Kolkata',
  })
  const without = at.simulator.tokenFor('priya', { scopes: ['read:jira-work'] })
  const refused = await at.send('https://api.atlassian.com/me', {
    headers: { authorization: `Bearer ${without}` },
  })
  expect(refused.status).toBe(401)
  expect(refused.body).toEqual({ code: 401, message: 'Unauthorized; scope does not match' })
})

test('what has ended is forgotten, and answers as before', async () => {
  const at = stage()
  const { refresh_token } = await tokensOf(at, 'maya')
  at.simulator.clock.advance(91 * day)
  await askToken(at, { grant_type: 'refresh_token', refresh_token })
  const again = await askToken(at, { grant_type: 'refresh_token', refresh_token })
  expect([again.status, again.body.error]).toEqual([403, 'unauthorized_client'])
  const { codes, accessTokens, families, refreshTokens } = at.simulator.world.auth
  expect([codes.size, accessTokens.size, families.size, refreshTokens.size]).toEqual([0, 0, 0, 0])
})
