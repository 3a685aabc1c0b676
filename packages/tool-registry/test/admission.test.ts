import { describe, expect, test } from 'vitest'

import { createMcp } from '../src/index.ts'
import type { Admission, LimitRefusal } from '../src/index.ts'
import { callOf, fakeUpstream, person, recorder, registry, requestOf, visitOf } from './fixture.ts'

const reached: LimitRefusal = {
  ok: false,
  retryAfterMs: 11_200,
  violated: ['user-hour'],
  limits: [
    {
      policy: 'user-hour',
      unit: 'requests',
      limit: 1000,
      windowSeconds: 3600,
      remaining: 0,
      resetSeconds: 400,
    },
  ],
}

const fields = { RateLimit: '"user-hour";r=0;t=12', 'RateLimit-Policy': '"user-hour";q=1000;w=3600' }

function admission(
  answers: readonly ({ readonly ok: true } | LimitRefusal)[],
): Admission & { readonly taken: string[] } {
  const taken: string[] = []
  return {
    taken,
    take(tool) {
      taken.push(tool.name)
      return answers[taken.length - 1] ?? { ok: true }
    },
    headers: () => fields,
  }
}

describe.each(['legacy', 'modern'] as const)('in the %s era', (era) => {
  test('a call over the limit is a result that says what to do, with HTTP 200', async () => {
    const { events, observe } = recorder()
    const upstream = fakeUpstream()
    const mcp = createMcp({ name: 't', version: '1', registry, observe })
    const visit = visitOf({ services: upstream.services, admission: admission([reached]) })
    const response = await mcp.fetch(
      callOf('editIssue', { issueIdOrKey: 'ED-1', summary: 'x' }, { era, id: 7 }),
      visit,
    )
    expect(response.status).toBe(200)
    expect(response.headers.get('ratelimit')).toBe(fields.RateLimit)
    const serverInfo = { 'io.modelcontextprotocol/serverInfo': { name: 't', version: '1' } }
    expect(await response.json()).toEqual({
      jsonrpc: '2.0',
      id: 7,
      result: {
        isError: true,
        content: [
          {
            type: 'text',
            text: 'Not done: the limit user-hour of this server (1,000 requests an hour) is reached for now. Nothing was changed. Repeat the same call in 12 seconds, or ask for fewer results.',
          },
        ],
        _meta: {
          'telamon/rate-limit': {
            retryAfterSeconds: 12,
            violatedPolicies: ['user-hour'],
            source: 'telamon',
            executed: false,
          },
          ...(era === 'modern' && serverInfo),
        },
        ...(era === 'modern' && { resultType: 'complete' }),
      },
    })
    expect(upstream.seen).toEqual([])
    expect(events.find((event) => event.type === 'tool_call')).toMatchObject({
      verdict: 'refused',
      code: 'rate_limited',
      written: 'no',
    })
  })

  test('deployments that count statuses get 429 with Retry-After', async () => {
    const mcp = createMcp({ name: 't', version: '1', registry, refusals: 'http' })
    const visit = visitOf({ admission: admission([reached]) })
    const response = await mcp.fetch(callOf('getIssue', { issueIdOrKey: 'ED-1' }, { era, id: 'a' }), visit)
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('12')
    expect(response.headers.get('ratelimit-policy')).toBe(fields['RateLimit-Policy'])
    expect(await response.json()).toMatchObject({
      id: 'a',
      error: {
        code: 42_900,
        message: 'A limit of this server is reached. Try again in 12 seconds.',
        data: {
          kind: 'rate_limited',
          retryAfterSeconds: 12,
          violatedPolicies: ['user-hour'],
          limits: reached.limits,
          source: 'telamon',
          executed: false,
        },
      },
    })
  })

  test('every answer to a known person holds the fields of their limits', async () => {
    const mcp = createMcp({ name: 't', version: '1', registry })
    const requests = [
      callOf('getIssue', { issueIdOrKey: 'ED-1' }, { era }),
      callOf('nobody', {}, { era }),
      requestOf('tools/list', { era }),
      requestOf('nonsense', { era }),
      callOf('editIssue', {}, { era }),
    ]
    for (const request of requests) {
      const reader = visitOf({ admission: admission([]), person: { ...person, scopes: ['jira:read'] } })
      const response = await mcp.fetch(request, reader)
      expect(response.headers.get('ratelimit')).toBe(fields.RateLimit)
    }
  })

  test('a call without the permission is answered with 403 that asks for it, and costs nothing', async () => {
    const { events, observe } = recorder()
    const upstream = fakeUpstream()
    const limits = admission([])
    const mcp = createMcp({ name: 't', version: '1', registry, observe })
    const visit = visitOf({
      services: upstream.services,
      admission: limits,
      person: { ...person, scopes: ['jira:read'] },
    })
    const response = await mcp.fetch(
      callOf('editIssue', { issueIdOrKey: 'ED-1', summary: 'x' }, { era }),
      visit,
    )
    expect(response.status).toBe(403)
    expect(response.headers.get('www-authenticate')).toBe('Bearer scope="jira:write"')
    expect(upstream.seen).toEqual([])
    expect(limits.taken).toEqual([])
    expect(events.find((event) => event.type === 'tool_call')).toMatchObject({
      verdict: 'refused',
      code: 'insufficient_scope',
    })
  })

  test('an alias needs the permission of its tool', async () => {
    const mcp = createMcp({ name: 't', version: '1', registry })
    const visit = visitOf({ person: { ...person, scopes: ['jira:read'] } })
    const response = await mcp.fetch(callOf('jira_rename', { issue_key: 'ED-1', name: 'x' }, { era }), visit)
    expect(response.status).toBe(403)
  })

  test('lists and discovery cost nothing', async () => {
    const limits = admission([])
    const mcp = createMcp({ name: 't', version: '1', registry })
    await mcp.fetch(requestOf('tools/list', { era }), visitOf({ admission: limits }))
    await mcp.fetch(requestOf('server/discover', { era }), visitOf({ admission: limits }))
    expect(limits.taken).toEqual([])
  })
})

test('a long wait is told in minutes, and to go on with other work', async () => {
  const mcp = createMcp({ name: 't', version: '1', registry })
  const refusal = { ...reached, retryAfterMs: 600_000, violated: ['site-hour'] }
  const response = await mcp.fetch(
    callOf('getIssue', { issueIdOrKey: 'ED-1' }),
    visitOf({ admission: admission([refusal]) }),
  )
  expect(await response.text()).toContain(
    'Not done: a limit of this server is reached for now. Nothing was changed. Repeat the same call in 10 minutes, and go on with other work until then.',
  )
})

test('permission to write includes permission to read', async () => {
  const mcp = createMcp({ name: 't', version: '1', registry })
  const visit = visitOf({ person: { ...person, scopes: ['jira:write'] } })
  expect((await mcp.fetch(callOf('getIssue', { issueIdOrKey: 'ED-1' }), visit)).status).toBe(200)
  expect((await mcp.fetch(callOf('getPage', { contentId: '1' }), visit)).status).toBe(403)
  expect((await mcp.fetch(callOf('whoAmI', {}), visit)).status).toBe(200)
})
