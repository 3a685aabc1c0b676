import { describe, expect, expectTypeOf, test } from 'vitest'

import { basicAuth, createRest, dataCenterPat, oauth, scopedToken, serviceAccount } from '../src/index.ts'
import type { AuthStrategy, TokenRequest } from '../src/index.ts'
import { createSkippingClock, createUpstream, json, reply } from '../src/testing/index.ts'
import type { Step, Upstream } from '../src/testing/index.ts'
import { failure, site } from './support/client.ts'
import { addAttachment, createIssue, getIssue, record } from './support/records.ts'

const path = { issueIdOrKey: 'ED-1' }
const cloudId = '11111111-2222-4333-8444-555555555555'
const page = record({ path: '/wiki/api/v2/pages' })
const unauthorized = (message = 'Unauthorized'): Response => json({ code: 401, message }, { status: 401 })

const authorizations = ({ requests }: Upstream): readonly (string | null)[] =>
  requests.map(({ headers }) => headers.get('authorization'))

const connected = (auth: AuthStrategy, ...steps: readonly Step[]) => {
  const upstream = createUpstream(...steps)
  return { upstream, ...createRest({ auth, fetch: upstream.fetch, sleep: async () => {} }) }
}

const person = (): string => 'person'

describe('each strategy', () => {
  const email = 'grüße@example.com'
  const basic = `Basic ${Buffer.from(`${email}:t`).toString('base64')}`
  test.each<{
    auth: AuthStrategy
    bases: readonly [jira: string, confluence: string]
    authorization: string
    tenant: string
  }>([
    {
      auth: basicAuth({ site: `${site}/`, email, apiToken: 't' }),
      bases: [site, site],
      authorization: basic,
      tenant: 'demo.atlassian.net',
    },
    {
      auth: scopedToken({ cloudId, email, apiToken: 't' }),
      bases: [
        `https://api.atlassian.com/ex/jira/${cloudId}`,
        `https://api.atlassian.com/ex/confluence/${cloudId}`,
      ],
      authorization: basic,
      tenant: cloudId,
    },
    {
      auth: oauth({ cloudId, token: person }),
      bases: [
        `https://api.atlassian.com/ex/jira/${cloudId}`,
        `https://api.atlassian.com/ex/confluence/${cloudId}`,
      ],
      authorization: 'Bearer person',
      tenant: cloudId,
    },
    {
      auth: oauth({ cloudId, token: person, gateway: 'http://127.0.0.1:4181' }),
      bases: [`http://127.0.0.1:4181/ex/jira/${cloudId}`, `http://127.0.0.1:4181/ex/confluence/${cloudId}`],
      authorization: 'Bearer person',
      tenant: cloudId,
    },
    {
      auth: dataCenterPat({ baseUrl: 'https://jira.example.com/jira/', token: 'pat' }),
      bases: ['https://jira.example.com/jira', 'https://jira.example.com/jira'],
      authorization: 'Bearer pat',
      tenant: 'jira.example.com',
    },
  ])(
    '$auth.kind knows its address and its header field',
    async ({ auth, bases: [jira, confluence], authorization, tenant }) => {
      const { call, upstream } = connected(auth, json({}), json({}))
      await call(getIssue, { path })
      await call(page)
      expect(upstream.requests.map(({ url }) => url.href)).toEqual([
        `${jira}/rest/api/3/issue/ED-1`,
        `${confluence}/wiki/api/v2/pages`,
      ])
      expect(authorizations(upstream)).toEqual([authorization, authorization])
      expect(auth.tenant).toBe(tenant)
    },
  )

  test.each([
    'http://demo.atlassian.net',
    'demo.atlassian.net',
    'ftp://demo.atlassian.net',
    'https://u:p@demo.atlassian.net',
    'https://demo.atlassian.net/?a',
    'https://demo.atlassian.net/#a',
    '',
  ])('refuses %j as an address', (address) => {
    expect(() => basicAuth({ site: address, email: 'a', apiToken: 'b' })).toThrow(TypeError)
    expect(() => scopedToken({ cloudId, email: 'a', apiToken: 'b', gateway: address })).toThrow(TypeError)
    expect(() => dataCenterPat({ baseUrl: address, token: 't' })).toThrow(TypeError)
  })

  test.each(['../x', 'a/b', '', 'a b', 'x'.repeat(65), 'a?b'])('refuses %j as a cloud id', (id) => {
    expect(() => oauth({ cloudId: id, token: () => '' })).toThrow('cloud id')
  })

  test('of your own is an object', async () => {
    const own: AuthStrategy = {
      kind: 'cookie-jar',
      tenant: 'mine',
      baseUrl: () => 'https://mine.example',
      headers: async () => ({ 'x-key': 'k' }),
    }
    expectTypeOf(own.kind).toExtend<string>()
    const { call, upstream } = connected(own, json({}))
    await call(getIssue, { path })
    expect(upstream.requests[0]?.headers.get('x-key')).toBe('k')
  })
})

/** Tokens t1, t2, …; a rejected one is followed by the next. */
const numbered = () => {
  const asked: (string | undefined)[] = []
  let number = 1
  return {
    asked,
    token: ({ rejected }: TokenRequest): string => {
      asked.push(rejected)
      if (rejected === `t${number}`) number += 1
      return `t${number}`
    },
  }
}

describe('a 401', () => {
  test('has the token renewed once, and the call sent once more', async () => {
    const { token, asked } = numbered()
    const { call, upstream } = connected(oauth({ cloudId, token }), unauthorized(), json({ id: '1' }))
    expect(await call(createIssue, { body: { fields: {} } })).toEqual({ id: '1' })
    expect(authorizations(upstream)).toEqual(['Bearer t1', 'Bearer t2'])
    expect(asked).toEqual([undefined, 't1', undefined])
  })

  test('that comes again is given to the caller', async () => {
    const { call, upstream } = connected(
      oauth({ cloudId, token: numbered().token }),
      unauthorized(),
      unauthorized(),
    )
    expect(await failure(call(getIssue, { path }))).toMatchObject({
      code: 'unauthenticated',
      outcome: 'not_executed',
    })
    expect(upstream.requests).toHaveLength(2)
  })

  test('for a missing scope renews nothing', async () => {
    const { token, asked } = numbered()
    const { call } = connected(oauth({ cloudId, token }), unauthorized('Unauthorized; scope does not match'))
    expect(await failure(call(getIssue, { path }))).toMatchObject({ code: 'insufficient_scope' })
    expect(asked).toEqual([undefined])
  })

  test('is final where there is nothing to renew', async () => {
    const { call, upstream } = connected(basicAuth({ site, email: 'a', apiToken: 'b' }), unauthorized())
    expect(await failure(call(getIssue, { path }))).toMatchObject({ code: 'unauthenticated' })
    expect(upstream.requests).toHaveLength(1)
  })

  test('is final when the source has no other token', async () => {
    const { call, upstream } = connected(oauth({ cloudId, token: () => 'only' }), unauthorized())
    expect(await failure(call(getIssue, { path }))).toMatchObject({ code: 'unauthenticated' })
    expect(upstream.requests).toHaveLength(1)
  })

  test('is final for a body that can be read once', async () => {
    const { call, upstream } = connected(oauth({ cloudId, token: numbered().token }), unauthorized())
    const body = [{ name: 'a', content: new Blob(['x']).stream() }]
    expect(await failure(call(addAttachment, { path, body }))).toMatchObject({ code: 'unauthenticated' })
    expect(upstream.requests).toHaveLength(1)
  })

  test('of many calls at once has the token renewed by one of them', async () => {
    let renewals = 0
    let open: (() => void) | undefined
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    let current = 'old'
    const token = async ({ rejected }: TokenRequest): Promise<string> => {
      if (rejected !== current) return current
      renewals += 1
      await gate
      current = 'new'
      return current
    }
    let refused = 0
    const answer: Step = ({ headers }) => {
      if (headers.get('authorization') === 'Bearer new') return json({})
      refused += 1
      if (refused === 5) open?.()
      return unauthorized()
    }
    const { call } = connected(oauth({ cloudId, token }), ...Array.from({ length: 10 }, () => answer))
    await Promise.all(Array.from({ length: 5 }, () => call(getIssue, { path })))
    expect(renewals).toBe(1)
  })

  test('lets one caller go without ending the renewal for the others', async () => {
    let finish: ((token: string) => void) | undefined
    let renewed: AbortSignal | undefined
    const token = ({ rejected, signal }: TokenRequest): string | Promise<string> => {
      if (rejected === undefined) return 'old'
      renewed = signal
      return new Promise((resolve) => {
        finish = resolve
      })
    }
    const { call } = connected(oauth({ cloudId, token }), unauthorized(), unauthorized(), json({ id: '2' }))
    const controller = new AbortController()
    const first = failure(call(getIssue, { path }, { signal: controller.signal }))
    const second = call(getIssue, { path })
    await expect.poll(() => finish).toBeDefined()
    controller.abort()
    expect(await first).toMatchObject({ code: 'aborted', outcome: 'not_executed' })
    expect(renewed?.aborted).toBe(false)
    finish?.('new')
    expect(await second).toEqual({ id: '2' })
  })

  test('that cannot be healed throws what the source throws', async () => {
    const dead = Object.assign(new Error('sign in again'), { code: 'needs_sign_in' })
    const token = ({ rejected }: TokenRequest): string => {
      if (rejected !== undefined) throw dead
      return 'old'
    }
    const { call } = connected(oauth({ cloudId, token }), unauthorized())
    await expect(call(getIssue, { path })).rejects.toBe(dead)
  })
})

const granted = (token: string, expires = 3_600): Response =>
  json({ access_token: token, expires_in: expires, token_type: 'Bearer' })

describe('a service account', () => {
  const clock = createSkippingClock()

  const account = (tokens: readonly Step[], ...steps: readonly Step[]) => {
    const server = createUpstream(...tokens)
    const auth = serviceAccount({
      cloudId,
      clientId: 'id',
      clientSecret: 'secret',
      fetch: server.fetch,
      now: clock.now,
    })
    return { server, ...connected(auth, ...steps) }
  }

  test('exchanges its credentials for a token, and keeps that while it lives', async () => {
    const { call, server, upstream } = account([granted('a'), granted('b')], json({}), json({}), json({}))
    await call(getIssue, { path })
    await call(getIssue, { path })
    await clock.sleep(3_541_000)
    await call(getIssue, { path })
    expect(authorizations(upstream)).toEqual(['Bearer a', 'Bearer a', 'Bearer b'])
    expect(server.requests[0]?.url.href).toBe('https://auth.atlassian.com/oauth/token')
    expect(server.requests[0]?.json).toEqual({
      grant_type: 'client_credentials',
      client_id: 'id',
      client_secret: 'secret',
    })
    expect(server.requests[0]?.headers.get('authorization')).toBeNull()
  })

  test('asks once for calls that begin together', async () => {
    const { call, server } = account([granted('a')], json({}), json({}))
    await Promise.all([call(getIssue, { path }), call(getIssue, { path })])
    expect(server.requests).toHaveLength(1)
  })

  test('gets another token after a 401', async () => {
    const { call, upstream } = account([granted('a'), granted('b')], unauthorized(), json({}))
    await call(getIssue, { path })
    expect(authorizations(upstream)).toEqual(['Bearer a', 'Bearer b'])
  })

  test.each<readonly [string, Step, string]>([
    ['a wrong secret', json({ error: 'access_denied' }, { status: 401 }), 'unauthenticated'],
    ['an answer without a token', json({ token_type: 'Bearer' }), 'unreadable'],
    ['a server that fails', reply(500), 'server_error'],
  ])('names the exchange that failed: %s', async (_, step, code) => {
    expect(await failure(account([step]).call(getIssue, { path }))).toMatchObject({
      code,
      operationId: 'requestToken',
    })
  })
})
