import { describe, expect, test } from 'vitest'

import { isAtlassianError } from '../src/index.ts'
import { json } from '../src/testing/index.ts'
import { failure, scripted, site } from './support/client.ts'
import { texts } from './support/random.ts'
import { createIssue, editIssue, getIssue, record, serverInfo } from './support/records.ts'

const sentFor = async (value: string | number): Promise<URL | undefined> => {
  const { call, upstream } = scripted([json({})])
  await call(getIssue, { path: { issueIdOrKey: String(value) } })
  return upstream.requests[0]?.url
}

describe('T46 path parameters', () => {
  test.each(['ED-1', '10001', 'a b', "it's", 'Grüße', 'a+b', 'x:y', '~ada', '日本', 'a,b', 'a@b.c', '…'])(
    '%s is sent as one segment',
    async (value) => {
      const url = await sentFor(value)
      expect(url?.pathname.split('/')).toHaveLength(6)
      expect(decodeURIComponent(url?.pathname.split('/').at(-1) ?? '')).toBe(value)
    },
  )

  test.each([
    '',
    '.',
    '..',
    '../comment',
    'ED-1/../../admin',
    '..%2f',
    '%252e%252e',
    'ED-1?x=1',
    'ED-1#x',
    'ED-1\n',
    'ED\u0000',
    'a\\b',
    'ED\u2215x',
    'ED\uFF0Fx',
    'ED\u202Ex',
    'ED\u200Bx',
    '\uD800',
    'x'.repeat(1_025),
  ])('%j is refused before anything is sent', async (value) => {
    const { call, upstream } = scripted([])
    const error = await failure(call(getIssue, { path: { issueIdOrKey: value } }))
    expect(error).toMatchObject({ code: 'invalid_request', status: 0, outcome: 'not_executed' })
    expect(error.message).toContain('issueIdOrKey')
    expect(upstream.requests).toHaveLength(0)
  })

  test('a missing one is refused by name', async () => {
    const { call } = scripted([])
    const error = await failure(call(record({ path: '/rest/api/3/pages/{page-id}' })))
    expect(error.message).toContain('page-id is missing')
  })

  test('T46 P05 no text leaves its segment', async () => {
    for (const value of texts(500)) {
      const { call, upstream } = scripted([json({})])
      const refusal = await call(getIssue, { path: { issueIdOrKey: value } }).catch((error: unknown) => error)
      const expected = isAtlassianError(refusal, 'invalid_request')
        ? []
        : [`${site}/rest/api/3/issue/${encodeURIComponent(value)}`]
      expect(upstream.requests.map(({ url }) => url.href)).toEqual(expected)
    }
  })
})

const ask = async (query: Record<string, unknown>, csv?: readonly string[]): Promise<string> => {
  const { call, upstream } = scripted([json({})])
  await call(record({ ...(csv && { csv }) }), { query })
  return upstream.requests[0]?.url.search ?? ''
}

describe('queries', () => {
  test('arrays are repeated', async () => {
    expect(await ask({ fields: ['a', 'b'], n: 1, on: false })).toBe('?fields=a&fields=b&n=1&on=false')
  })

  test('arrays are comma-separated where the record says so, and left out when empty', async () => {
    expect(await ask({ expand: ['body.storage', 'version'], status: ['x', 'y'] }, ['expand'])).toBe(
      '?expand=body.storage%2Cversion&status=x&status=y',
    )
    expect(await ask({ expand: [] }, ['expand'])).toBe('')
  })

  test('what is undefined or null is left out, and an object stands for parameters of its own', async () => {
    expect(await ask({ a: undefined, b: null, params: { x: 1, y: ['2', '3'] } })).toBe('?x=1&y=2&y=3')
  })

  test('any text comes back as it went in', async () => {
    for (const value of texts(200)) {
      expect(new URLSearchParams(await ask({ jql: value })).get('jql')).toBe(value.toWellFormed())
    }
  })
})

describe('bodies', () => {
  test('are JSON unless the record says otherwise', async () => {
    const { call, upstream } = scripted([json({}), json({}), json({}), json({})])
    await call(createIssue, { body: { fields: { summary: 'x' } } })
    await call(record({ method: 'PUT', body: 'patch' }), {
      body: [{ op: 'replace', path: '/name', value: 1 }],
    })
    await call(record({ method: 'PUT', body: 'text' }), { body: 'light' })
    await call(record({ method: 'POST', body: 'bytes' }), {
      body: new Blob(['<svg/>'], { type: 'image/svg+xml' }),
    })
    expect(upstream.requests.map(({ headers, body }) => [headers.get('content-type'), body])).toEqual([
      ['application/json', '{"fields":{"summary":"x"}}'],
      ['application/json-patch+json', '[{"op":"replace","path":"/name","value":1}]'],
      ['text/plain; charset=utf-8', 'light'],
      ['image/svg+xml', '<svg/>'],
    ])
  })

  test.each([
    [undefined, { n: 1n }],
    [undefined, () => 1],
    ['text', { not: 'text' }],
    ['bytes', 5],
    ['multipart', 'text'],
  ] as const)('of the kind %s that do not fit are refused', async (body, value) => {
    const { call } = scripted([])
    const error = await failure(call(record({ method: 'POST', ...(body && { body }) }), { body: value }))
    expect(error).toMatchObject({ code: 'invalid_request', status: 0 })
  })
})

const fieldsFor = async (
  ...[operation, headers]: [ReturnType<typeof record>, Record<string, string>?]
): Promise<Headers> => {
  const { call, upstream } = scripted([json({})], { userAgent: 'telamon/1.0' })
  await call(operation, {}, { ...(headers && { headers }) })
  return upstream.requests[0]?.headers ?? new Headers()
}

describe('header fields', () => {
  test('say what is accepted, and who asks', async () => {
    const headers = await fieldsFor(record({}))
    expect(headers.get('accept')).toBe('application/json')
    expect(headers.get('user-agent')).toBe('telamon/1.0')
    expect(headers.get('x-atlassian-token')).toBeNull()
    expect(headers.get('x-force-accept-language')).toBeNull()
  })

  test('of the caller never replace credentials or framing', async () => {
    const headers = await fieldsFor(record({}), {
      Authorization: 'Bearer stolen',
      cookie: 'a=b',
      host: 'evil.example',
      'content-length': '3',
      'x-extra': 'yes',
    })
    expect(headers.get('authorization')).toBe(`Basic ${btoa('ada@example.com:secret')}`)
    expect([headers.get('cookie'), headers.get('host'), headers.get('content-length')]).toEqual([
      null,
      null,
      null,
    ])
    expect(headers.get('x-extra')).toBe('yes')
  })

  test('that cannot be sent are refused', async () => {
    const { call } = scripted([])
    expect(await failure(call(serverInfo, {}, { headers: { 'x-a': 'b\r\nc: d' } }))).toMatchObject({
      code: 'invalid_request',
    })
  })

  test('keep writes of Confluence v1 and uploads from being taken for forged ones', async () => {
    const v1 = record({ method: 'PUT', path: '/wiki/rest/api/content/archive' })
    expect((await fieldsFor(v1)).get('x-atlassian-token')).toBe('no-check')
    expect((await fieldsFor({ ...v1, method: 'GET' })).get('x-atlassian-token')).toBeNull()
    expect((await fieldsFor(record({ method: 'POST', body: 'multipart' }))).get('x-atlassian-token')).toBe(
      'no-check',
    )
  })

  test('opt in to what is experimental', async () => {
    expect((await fieldsFor(record({ experimental: true }))).get('x-experimentalapi')).toBe('opt-in')
  })

  test('name a language only when one was chosen, and then force it', async () => {
    const { call, upstream } = scripted([json({})], { language: 'de' })
    await call(serverInfo)
    expect(upstream.requests[0]?.headers.get('accept-language')).toBe('de')
    expect(upstream.requests[0]?.headers.get('x-force-accept-language')).toBe('true')
  })
})

test('an empty answer is nothing where the record says that nothing comes', async () => {
  const { call } = scripted([new Response(null, { status: 204 }), new Response('', { status: 200 })])
  expect(await call(editIssue, { path: { issueIdOrKey: 'ED-1' }, body: {} })).toBeUndefined()
  expect(await call(editIssue, { path: { issueIdOrKey: 'ED-1' }, body: {} })).toBeUndefined()
})

test('members that no document knows pass through', async () => {
  const { call } = scripted([json({ id: '1', key: 'ED-1', somethingNew: { deep: [1] } })])
  expect(await call(getIssue, { path: { issueIdOrKey: 'ED-1' } })).toEqual({
    id: '1',
    key: 'ED-1',
    somethingNew: { deep: [1] },
  })
})

describe('raw', () => {
  test('asks for a path without a record', async () => {
    const { raw, upstream } = scripted([json({ a: 1 })])
    expect(await raw('GET', 'rest/api/3/serverInfo', { query: { x: 1 } })).toEqual({ a: 1 })
    expect(upstream.requests[0]?.url.href).toBe('https://demo.atlassian.net/rest/api/3/serverInfo?x=1')
  })

  test.each([
    '/rest/../admin',
    '//evil.example/x',
    'https://evil.example/',
    '/rest/%2e%2e/x',
    '/rest\\x',
    '/a?b',
    '/a#b',
    '/a/{id}',
    '/a%2fb',
    '',
  ])('%s is refused', async (path) => {
    const { raw, upstream } = scripted([])
    await expect(raw('GET', path)).rejects.toMatchObject({ code: 'invalid_request' })
    expect(upstream.requests).toHaveLength(0)
  })
})
