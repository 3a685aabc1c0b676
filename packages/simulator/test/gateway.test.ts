import { gunzipSync } from 'node:zlib'

import { expect, test } from 'vitest'

import { brightwater, lakeside, stage } from './support.ts'

const api = 'https://api.atlassian.com'

test('an unknown cloud id is refused before the missing token', async () => {
  const path = '/ex/jira/00000000-0000-0000-0000-000000000000/rest/api/3/myself'
  const { status, body, headers } = await stage().send(`${api}${path}`)
  expect(status).toBe(404)
  expect(body).toEqual({
    timestamp: '2026-11-23T09:00:00.000000000Z',
    status: 404,
    error: 'Not Found',
    message: 'No message available',
    path,
  })
  expect(headers.get('x-failure-category')).toBe('FAILURE_CLIENT_TCS')
  expect(headers.get('content-type')).toBe('application/json')
  expect(headers.get('cache-control')).toBeNull()
})

test.each([
  ['no token', {}],
  ['an unknown token', { authorization: 'Bearer made-up' }],
  ['a scheme that is not known', { authorization: 'Digest x' }],
])('%s is Unauthorized', async (_, headers: Record<string, string>) => {
  const { status, body } = await stage().send(`${api}/ex/jira/${brightwater}/rest/api/3/myself`, { headers })
  expect(status).toBe(401)
  expect(body).toEqual({ code: 401, message: 'Unauthorized' })
})

test('a token does not reach a site that its consent did not name', async () => {
  const { simulator, send } = stage()
  const authorization = `Bearer ${simulator.tokenFor('maya', { site: 'brightwater-demo' })}`
  const { status } = await send(`${api}/ex/jira/${lakeside}/rest/api/3/myself`, {
    headers: { authorization },
  })
  expect(status).toBe(403)
})

test('a missing scope is a 401 that says so, and not a 403', async () => {
  const { jira } = stage()
  const ask = jira('maya', ['read:jira-user'])
  expect((await ask('/rest/api/3/myself')).status).toBe(200)
  const { status, body } = await ask('/rest/api/3/issue/ALPHA-1')
  expect(status).toBe(401)
  expect(body).toEqual({ code: 401, message: 'Unauthorized; scope does not match' })
})

test('either set of scopes is enough, and half of one is not', async () => {
  const { wiki } = stage()
  const search = '/wiki/rest/api/search?cql=type=page'
  expect((await wiki('maya', ['search:confluence'])(search)).status).toBe(200)
  expect((await wiki('maya', ['read:content-details:confluence'])(search)).status).toBe(200)
  expect((await wiki('maya', ['read:page:confluence'])(search)).status).toBe(401)
})

test('classic scopes do not open version 2 of Confluence', async () => {
  const { wiki } = stage()
  const ask = wiki('maya', ['read:confluence-content.all', 'search:confluence'])
  expect((await ask('/wiki/api/v2/pages')).status).toBe(401)
})

test('an operation without a handler answers 501 and says its name', async () => {
  const { status, body } = await stage().jira('maya')('/rest/agile/1.0/board/1/reports')
  expect(status).toBe(501)
  expect(body.detail).toContain('GET /rest/agile/1.0/board/{boardId}/reports (getReportsForBoard)')
})

test('every operation of every document is served or refused by name', async () => {
  const { simulator, jira, wiki } = stage()
  const { rows, totals } = simulator.coverage()
  expect(rows.length).toBe(Object.values(totals).reduce((sum, { of }) => sum + of, 0))
  const asks = { jira: jira('maya'), wiki: wiki('maya') }
  const strange: string[] = []
  for (const { method, path, served, operation } of rows) {
    if (served) continue
    const ask = path.startsWith('/wiki/') ? asks.wiki : asks.jira
    const { status, text } = await ask(path.replaceAll(/\{[^}]+\}/g, '1'), { method })
    if (status !== 501 || !text.includes(operation)) strange.push(`${method} ${path}: ${status}`)
  }
  expect(strange).toEqual([])
})

test('a path that no document knows answers as the service does', async () => {
  const { status, body, headers } = await stage().jira('maya')('/rest/api/3/issue/ALPHA-1/no-such-thing')
  expect(status).toBe(404)
  expect(headers.get('content-type')).toBe('application/problem+json;charset=UTF-8')
  expect(body).toEqual({
    type: 'about:blank',
    title: 'Not Found',
    status: 404,
    detail: 'No endpoint GET /rest/api/3/issue/ALPHA-1/no-such-thing.',
    instance: '/rest/api/3/issue/ALPHA-1/no-such-thing',
  })
})

test('a method that a path does not take answers 405 with what it takes', async () => {
  const { status, body, headers } = await stage().jira('maya')('/rest/api/3/search/approximate-count')
  expect(status).toBe(405)
  expect(headers.get('allow')).toBe('POST')
  expect(body).toMatchObject({ title: 'Method Not Allowed', detail: "Method 'GET' is not supported." })
})

test('a number that cannot be read is refused with its name', async () => {
  const { status, body } = await stage().jira('maya')('/rest/api/3/issue/ALPHA-1/comment?maxResults=x')
  expect(status).toBe(400)
  expect(body).toEqual({
    type: 'about:blank',
    title: 'Bad Request',
    status: 400,
    detail: "Failed to convert 'maxResults' with value: 'x'",
    instance: '/rest/api/3/issue/ALPHA-1/comment',
  })
})

test('strict mode refuses a parameter that is not served, before anything is done', async () => {
  const strict = stage().jira('maya')
  const { status, body } = await strict('/rest/api/3/users/search?username=x')
  expect(status).toBe(501)
  expect(body.detail).toContain("'username' of getAllUsers")
  const loose = stage({ strict: false })
  expect((await loose.jira('maya')('/rest/api/3/users/search?username=x')).status).toBe(200)
  expect(loose.simulator.log.entries().at(-1)?.notes.join()).toContain("'username'")
})

test('a person without the product is turned away from it', async () => {
  const { simulator, send } = stage()
  const authorization = `Bearer ${simulator.tokenFor('jonas', { site: 'lakeside-demo' })}`
  const wiki = await send(`${api}/ex/confluence/${lakeside}/wiki/api/v2/spaces`, {
    headers: { authorization },
  })
  expect(wiki.status).toBe(403)
  expect(wiki.body).toEqual({ message: 'Current user not permitted to use Confluence', statusCode: 403 })
  const jira = await send(`${api}/ex/jira/${lakeside}/rest/api/3/myself`, { headers: { authorization } })
  expect(jira.status).toBe(200)
})

test('a site takes an e-mail address with an API token, and no token of an app', async () => {
  const { simulator, onSite, anonymous } = stage()
  expect((await onSite('maya')('/rest/api/3/myself')).status).toBe(200)
  const authorization = `Bearer ${simulator.tokenFor('maya')}`
  expect((await anonymous('/rest/api/3/myself', { headers: { authorization } })).status).toBe(401)
})

const basic = (token: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`maya@brightwater.example:${token}`).toString('base64')}`,
})

test('a token with scopes belongs to the gateway, one without to the site', async () => {
  const { send, anonymous } = stage()
  const gateway = `${api}/ex/jira/${brightwater}/rest/api/3/issue/ALPHA-1`
  const [scoped, plain] = [basic('sim-scoped-token-maya'), basic('sim-api-token-maya')]
  expect((await send(gateway, { headers: scoped })).status).toBe(200)
  expect((await send(gateway, { headers: plain })).status).toBe(401)
  expect((await anonymous('/rest/api/3/issue/ALPHA-1', { headers: plain })).status).toBe(200)
  expect((await anonymous('/rest/api/3/issue/ALPHA-1', { headers: scoped })).status).toBe(401)
})

test('a site tells its cloud id to anyone', async () => {
  const { status, body } = await stage().anonymous('/_edge/tenant_info')
  expect(status).toBe(200)
  expect(body).toEqual({ cloudId: brightwater })
})

test('answers carry the headers of the service', async () => {
  const { headers } = await stage().onSite('maya')('/rest/api/3/serverInfo')
  expect(headers.get('content-type')).toBe('application/json;charset=UTF-8')
  expect(headers.get('cache-control')).toBe('no-cache, no-store, no-transform')
  expect(headers.get('server')).toBe('AtlassianEdge')
  expect(headers.get('x-arequestid')).toMatch(/^[0-9a-f]{32}$/)
  expect(headers.get('atl-traceid')).toMatch(/^[0-9a-f]{32}$/)
  expect(headers.get('atl-request-id')?.replaceAll('-', '')).toBe(headers.get('atl-traceid'))
  expect(headers.get('x-aaccountid')).toMatch(/^712020%3A/)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('the server says that it is a simulator', async () => {
  const { body } = await stage().jira('maya')('/rest/api/3/serverInfo')
  expect(body).toMatchObject({
    baseUrl: 'https://brightwater-demo.atlassian.net',
    deploymentType: 'Cloud',
    serverTitle: 'Jira (simulator)',
    versionNumbers: [1001, 0, 0],
    serverTime: '2026-11-23T10:00:00.000+0100',
  })
})

test('links in answers point at the gateway over OAuth and at the site otherwise', async () => {
  const { jira, onSite } = stage()
  const over = await jira('maya')('/rest/api/3/issue/ALPHA-1?fields=summary')
  expect(over.body.self).toBe(`${api}/ex/jira/${brightwater}/rest/api/3/issue/10000`)
  const direct = await onSite('maya')('/rest/api/3/issue/ALPHA-1?fields=summary')
  expect(direct.body.self).toBe('https://brightwater-demo.atlassian.net/rest/api/3/issue/10000')
})

test('the origins can be moved to this machine, under any of its names', async () => {
  const origins = {
    auth: 'http://127.0.0.1:4181',
    api: 'http://127.0.0.1:4181',
    sites: { 'brightwater-demo': 'http://127.0.0.1:4182' },
  }
  const { simulator, send } = stage({ origins })
  const authorization = `Bearer ${simulator.tokenFor('maya')}`
  const path = `/ex/jira/${brightwater}/rest/api/3/issue/ALPHA-1`
  const { body } = await send(`http://localhost:4181${path}`, { headers: { authorization } })
  expect(body.self).toBe(`http://127.0.0.1:4181/ex/jira/${brightwater}/rest/api/3/issue/10000`)
  expect((await send('http://localhost:4182/_edge/tenant_info')).body.cloudId).toBe(brightwater)
  expect((await send('http://127.0.0.1:9/')).status).toBe(404)
})

test('longer answers are compressed for a client that accepts it, where the simulator listens', async () => {
  const { simulator } = stage({ compress: true })
  const authorization = `Bearer ${simulator.tokenFor('maya')}`
  const ask = (coding: string): Promise<Response> =>
    simulator.fetch(`${api}/ex/jira/${brightwater}/rest/api/3/issue/ALPHA-1`, {
      headers: { authorization, 'accept-encoding': coding },
    })
  const packed = await ask('deflate, gzip;q=0.8')
  expect(packed.headers.get('content-encoding')).toBe('gzip')
  expect(packed.headers.get('vary')).toBe('Accept-Encoding')
  const text = gunzipSync(Buffer.from(await packed.arrayBuffer())).toString('utf8')
  expect(JSON.parse(text)).toMatchObject({ key: 'ALPHA-1' })
  for (const coding of ['identity', 'gzip;q=0', 'br']) {
    const plain = await ask(coding)
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(await plain.text()).toBe(text)
  }
})
