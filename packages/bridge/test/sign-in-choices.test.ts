import { expect, test } from 'vitest'

import { createAccount, createMemoryCredentials } from '../src/index.ts'
import { createTestBrowser, protectedServer } from './authorization.ts'
import { startHost } from './host.ts'
import { modern } from './modern.ts'

const done = { content: [{ type: 'text', text: 'a' }] }
const closed = async (): Promise<boolean> => false

/** What a device authorization endpoint answers, and the polls that follow. */
function deviceRoutes(polls: readonly string[]) {
  let count = 0
  return {
    '/device': () => ({
      status: 200,
      body: {
        device_code: 'dc',
        user_code: 'ABCD-EFGH',
        verification_uri: 'https://as.example/device',
        expires_in: 600,
        interval: 0.001,
      },
    }),
    polls: () => polls[count++],
  }
}

test('a person signs in with a device code, on whatever machine they have', async () => {
  const server = await protectedServer()
  const { polls, ...routes } = deviceRoutes(['authorization_pending', 'authorization_pending'])
  server.script.metadata = { device_authorization_endpoint: `${server.origin}/device` }
  server.script.routes = routes
  server.script.token = () => {
    const error = polls()
    if (error !== undefined) return { status: 400, body: { error } }
    server.admit('device-token', 'read')
    return { status: 200, body: { access_token: 'device-token', expires_in: 60 } }
  }
  const host = startHost(server.url, { grant: 'device' })
  await host.initialize()
  expect(JSON.stringify((await host.call('echo')).result)).toContain('compare or type the code ABCD-EFGH')
  await host.event('signed_in')
  expect((await host.call('echo', { text: 'a' })).result).toMatchObject(done)
  expect(await host.event('sign_in')).toEqual({
    type: 'sign_in',
    url: 'https://as.example/device',
    opened: false,
    userCode: 'ABCD-EFGH',
  })
  expect(server.grants.map((grant) => grant.get('device_code'))).toEqual(['dc', 'dc', 'dc'])
  expect(server.registered[0]).toMatchObject({
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
    redirect_uris: [],
  })
})

test.for([
  ['access_denied', 'refused in the browser'],
  ['expired_token', 'no longer good'],
  ['invalid_grant', 'refused the device code'],
] as const)('a device code that ends with %s ends the sign-in in words', async ([error, words]) => {
  const server = await protectedServer()
  const { polls: _none, ...routes } = deviceRoutes([])
  server.script.metadata = { device_authorization_endpoint: `${server.origin}/device` }
  server.script.routes = routes
  server.script.token = () => ({ status: 400, body: { error } })
  const host = startHost(server.url, { grant: 'device' })
  await host.initialize()
  await host.call('echo')
  expect((await host.event('sign_in_failed')).reason).toContain(words)
})

test('without a display a device code is used where the server knows it, and a browser where not', async () => {
  const server = await protectedServer()
  const plain = startHost(server.url, { grant: 'device-first', openBrowser: createTestBrowser().open })
  await plain.initialize()
  expect((await plain.call('echo', { text: 'a' })).result).toMatchObject(done)
  const strict = startHost(server.url, { grant: 'device' })
  await strict.initialize()
  await strict.call('echo')
  expect((await strict.event('sign_in_failed')).reason).toContain('knows no sign-in with a device code')
})

test('a machine signs in with its client, and again when its token ends', async () => {
  const server = await protectedServer()
  let count = 0
  server.script.metadata = { token_endpoint_auth_methods_supported: ['client_secret_post'] }
  server.script.token = () => {
    server.admit(`machine-${++count}`, 'read')
    return { status: 200, body: { access_token: `machine-${count}` } }
  }
  const client = { id: 'me', secret: 'mine' }
  const host = startHost(server.url, { grant: 'client_credentials', client })
  await host.initialize()
  expect((await host.call('echo', { text: 'a' })).result).toMatchObject(done)
  server.forget()
  expect((await host.call('echo', { text: 'a' })).result).toMatchObject(done)
  expect(server.grants.map((grant) => Object.fromEntries(grant))).toEqual([
    {
      grant_type: 'client_credentials',
      resource: server.url,
      scope: 'read offline_access',
      client_id: 'me',
      client_secret: 'mine',
    },
    expect.objectContaining({ grant_type: 'client_credentials' }),
  ])
  expect(server.counts.authorizations).toBe(0)
})

test('a machine may be told where its tokens come from, and is told when its client is not taken', async () => {
  const server = await protectedServer()
  server.script.routes = { '/elsewhere': () => ({ status: 401, body: { error: 'invalid_client' } }) }
  const client = { id: 'me', secret: 'wrong' }
  const tokenEndpoint = new URL(`${server.origin}/elsewhere`)
  const host = startHost(server.url, { grant: 'client_credentials', client, tokenEndpoint })
  await host.initialize()
  expect(JSON.stringify(await host.call('echo'))).toContain('does not take this client')
  const secretless = startHost(server.url, { grant: 'client_credentials', client: { id: 'me' } })
  await secretless.initialize()
  expect(JSON.stringify(await secretless.call('echo'))).toContain('needs a client with a secret')
})

test('scope, resource, further parameters and members of the registration are as they were chosen', async () => {
  const server = await protectedServer()
  const host = startHost(server.url, {
    openBrowser: createTestBrowser().open,
    resource: false,
    scope: 'only this',
    authorizeParameters: { prompt: 'consent', state: 'mine' },
    clientMetadata: { client_name: 'Mine' },
  })
  await host.initialize()
  expect((await host.call('echo', { text: 'a' })).result).toMatchObject(done)
  const [asked] = server.authorizations
  expect(asked?.get('prompt')).toBe('consent')
  expect(asked?.get('state')).not.toBe('mine')
  expect(asked?.get('scope')).toBe('only this')
  expect([asked?.has('resource'), server.grants[0]?.has('resource')]).toEqual([false, false])
  expect(server.registered[0]).toMatchObject({ client_name: 'Mine' })
  server.forget()
  await host.call('echo')
  expect(server.grants[1]?.has('resource')).toBe(false)
  const pinned = startHost(server.url, {
    openBrowser: createTestBrowser().open,
    resource: 'https://tenant.example/',
    scope: 'not this',
    clientMetadata: { scope: 'from metadata' },
  })
  await pinned.initialize()
  await pinned.call('echo')
  expect(server.authorizations[1]?.get('scope')).toBe('from metadata')
  expect(server.authorizations[1]?.get('resource')).toBe('https://tenant.example/')
})

/** The middle part of a JWT. */
const payloadOf = (exp: number): string => Buffer.from(JSON.stringify({ exp })).toString('base64url')

test('the ID token is sent where that is asked for, and renewed by its own end', async () => {
  const server = await protectedServer()
  let now = 1_000_000
  const idToken = (): string => `h.${payloadOf(now / 1_000 + 600)}.s`
  server.script.token = () => {
    server.admit(idToken(), 'read')
    return {
      status: 200,
      body: { access_token: 'no', id_token: idToken(), refresh_token: 'r', expires_in: 1 },
    }
  }
  const host = startHost(server.url, {
    openBrowser: createTestBrowser().open,
    bearer: 'id_token',
    now: () => now,
  })
  await host.initialize()
  expect((await host.call('echo', { text: 'a' })).result).toMatchObject(done)
  expect(server.grants).toHaveLength(1)
  now += 595_000
  expect((await host.call('echo', { text: 'a' })).result).toMatchObject(done)
  expect(server.grants[1]?.get('grant_type')).toBe('refresh_token')
})

test('a pre-registered client comes back to localhost, and a whole address of its own is kept to', async () => {
  const server = await protectedServer()
  const given = startHost(server.url, { openBrowser: createTestBrowser().open, client: { id: 'known' } })
  await given.initialize()
  expect((await given.call('echo', { text: 'a' })).result).toMatchObject(done)
  expect(server.authorizations[0]?.get('redirect_uri')).toMatch(/^http:\/\/localhost:\d+\/oauth\/callback$/)
  expect(server.counts.registrations).toBe(0)
  const tunnel = startHost(server.url, { callbackUrl: new URL('https://tunnel.example/back') })
  await tunnel.initialize()
  void tunnel.call('echo')
  const { url } = await tunnel.event('sign_in')
  expect(new URL(url).searchParams.get('redirect_uri')).toBe('https://tunnel.example/back')
})

test('after the sign-in the browser goes on to a page of the own choice', async () => {
  const [server, pages] = [await protectedServer(), [] as Response[]]
  const host = startHost(server.url, {
    callbackPath: '/back',
    successUrl: new URL('https://done.example/'),
    async openBrowser(url) {
      const redirect = await fetch(url, { redirect: 'manual' })
      void fetch(redirect.headers.get('location') ?? '', { redirect: 'manual' }).then((page) =>
        pages.push(page),
      )
      return true
    },
  })
  await host.initialize()
  expect((await host.call('echo', { text: 'a' })).result).toMatchObject(done)
  await expect.poll(() => pages.length).toBe(1)
  expect([pages[0]?.status, pages[0]?.headers.get('location')]).toEqual([303, 'https://done.example/'])
})

/** Where a browser on another machine ends. */
async function lastAddress(url: string): Promise<string> {
  return (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? ''
}

test('login takes the address that a browser elsewhere ended at, and asks again for what is not it', async () => {
  const server = await protectedServer()
  const events: string[] = []
  const asked: boolean[] = []
  const account = createAccount({
    remote: new URL(server.url),
    credentials: createMemoryCredentials(),
    openBrowser: closed,
    info: { name: 'test', version: '1' },
    observe: (event) => event.type === 'sign_in' && events.push(event.url),
    async readPasted(wrong) {
      asked.push(wrong)
      return wrong ? lastAddress(events[0] ?? '') : 'http://127.0.0.1/oauth/callback?code=x&state=forged'
    },
  })
  expect(await account.signIn()).toBe('signed_in')
  expect(asked).toEqual([false, true])
})

test('the tool sign_in takes the address that a browser elsewhere ended at', async () => {
  const server = await protectedServer()
  const host = startHost(server.url, { limits: { patienceMs: 0 } })
  await host.initialize()
  await host.call('echo')
  const { url } = await host.event('sign_in')
  const wrong = await host.call('sign_in', { redirect_url: 'http://127.0.0.1/?state=forged&code=x' })
  expect(JSON.stringify(wrong.result)).toContain('not the answer to the sign-in')
  const right = await host.call('sign_in', { redirect_url: await lastAddress(url) })
  expect(JSON.stringify(right.result)).toContain('is signed in')
  expect((await host.call('echo', { text: 'a' })).result).toMatchObject(done)
})

test('a legacy host that shows addresses is asked to show the sign-in, and told when it is done', async () => {
  const server = await protectedServer()
  const host = startHost(server.url)
  await host.initialize({ capabilities: { elicitation: { url: {} } } })
  const call = host.call('echo', { text: 'a' })
  const question = await host.hear(({ method }) => method === 'elicitation/create')
  expect(question.params).toMatchObject({ mode: 'url', elicitationId: expect.any(String) })
  host.send({ id: question.id, result: { action: 'accept' } })
  await fetch(String(question.params?.['url']))
  expect((await host.hear(({ method }) => method === 'notifications/elicitation/complete')).params).toEqual({
    elicitationId: question.params?.['elicitationId'],
  })
  await call
})

test('a modern host that shows addresses gets the sign-in as a question, and its call comes again', async () => {
  const server = await protectedServer()
  const host = startHost(server.url)
  const showing = modern({ 'io.modelcontextprotocol/clientCapabilities': { elicitation: { url: {} } } })
  const call = { name: 'echo', arguments: { text: 'a' }, ...showing }
  const { result } = await host.request('tools/call', call)
  expect(result).toMatchObject({
    resultType: 'input_required',
    inputRequests: { sign_in: { method: 'elicitation/create', params: { mode: 'url' } } },
  })
  await fetch((await host.event('sign_in')).url)
  const again = await host.request('tools/call', {
    ...call,
    requestState: result?.['requestState'],
    inputResponses: { sign_in: { action: 'accept' } },
  })
  expect(again.result).toMatchObject(done)
  expect(server.calls('tools/call').at(-1)?.message?.params).not.toHaveProperty('requestState')
})
