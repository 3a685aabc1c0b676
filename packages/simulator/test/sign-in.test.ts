import { expect, test } from 'vitest'

import { authorizeUrl, callback, signIn, stage, submit } from './support.ts'

test('the sign-in page offers everyone of the story with one click each', async () => {
  const { send } = stage()
  const { status, text } = await send(authorizeUrl())
  expect(status).toBe(200)
  for (const name of [
    'Maya Lindqvist',
    'Jonas Weber',
    'Priya Raman',
    'Grace Okafor',
    'Sam Whitfield',
    'Elin Berg',
  ]) {
    expect(text).toContain(name)
  }
  expect(text).not.toContain('Rolf Ek')
  expect(text).toContain('This is a simulator')
})

test('the pages are served with a policy that lets nothing run', async () => {
  const { send } = stage()
  const { headers, text } = await send(authorizeUrl())
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(text).not.toMatch(/<script/i)
})

test('consent leads back to the app with a code and the state', async () => {
  const at = stage()
  const back = await signIn(at, 'maya')
  expect(back.href.startsWith(callback)).toBe(true)
  expect(back.searchParams.get('state')).toBe('a-state')
  expect(back.searchParams.get('code')).toMatch(/^sim_/)
})

test('a declined consent leads back with access_denied', async () => {
  const back = await signIn(stage(), 'maya', { decision: 'cancel' })
  expect(back.searchParams.get('error')).toBe('access_denied')
  expect(back.searchParams.get('code')).toBeNull()
})

test('the consent page lists the scopes and only the sites of the person', async () => {
  const at = stage()
  const request = new URL(authorizeUrl()).searchParams.toString()
  const page = async (person: string): Promise<string> => {
    const { accountId } = at.simulator.people.find(({ id }) => id === person) ?? { accountId: '' }
    const { text } = await submit(at, '/simulator/sign-in', [
      ['request', request],
      ['person', accountId],
    ])
    return text
  }
  const maya = await page('maya')
  expect(maya).toContain('read:jira-work')
  expect(maya).toContain('Brightwater')
  expect(maya).toContain('Lakeside Marina')
  expect(await page('sam')).not.toContain('Lakeside Marina')
})

test('a consent without a site is asked for again', async () => {
  const at = stage()
  const { accountId } = at.simulator.people[0] ?? { accountId: '' }
  const answer = await submit(at, '/simulator/consent', [
    ['request', new URL(authorizeUrl()).searchParams.toString()],
    ['person', accountId],
    ['decision', 'accept'],
    ['site', 'not-a-site'],
  ])
  expect(answer.status).toBe(400)
  expect(answer.text).toContain('Choose at least one site')
})

test.each([
  ['an unknown app', { client_id: 'nobody' }, 'Unknown app'],
  ['an address that was not registered', { redirect_uri: 'https://evil.example/' }, 'Wrong address'],
  [
    'an address that only begins like this machine',
    { redirect_uri: 'http://127.0.0.1.evil.example/' },
    'Wrong address',
  ],
])('%s is never redirected to', async (_, changes, title) => {
  const { status, headers, text } = await stage().send(authorizeUrl(changes))
  expect(status).toBe(400)
  expect(headers.get('location')).toBeNull()
  expect(text).toContain(title)
})

test.each([
  ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
  ['another audience', { audience: 'elsewhere' }, 'invalid_request'],
  ['a scope that does not exist', { scope: 'read:everything' }, 'invalid_scope'],
  ['no scope', { scope: '' }, 'invalid_scope'],
])('%s goes back to the app as an error', async (_, changes, error) => {
  const { headers } = await stage().send(authorizeUrl(changes))
  const back = new URL(headers.get('location') ?? 'about:blank')
  expect(back.searchParams.get('error')).toBe(error)
  expect(back.searchParams.get('state')).toBe('a-state')
})

test('text from the request is shown as letters and never as markup', async () => {
  const at = stage()
  const { text } = await at.send(authorizeUrl({ state: '"><img src=x onerror=alert(1)>' }))
  expect(text).not.toContain('<img src=x')
})
