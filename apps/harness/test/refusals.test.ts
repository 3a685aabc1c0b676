import { request as httpRequest } from 'node:http'

import { beforeAll, describe, expect, test } from 'vitest'

import { createAgent } from '../src/agents/agent.ts'
import type { Agent } from '../src/agents/agent.ts'
import { createIdentity } from '../src/agents/identity.ts'
import { demoForFile } from './support/demo.ts'
import { initialize } from './support/mcp.ts'

const demo = demoForFile()

const useful = 'jira:read jira:write confluence:read confluence:write'
const metadata = (): string => `${demo().origin}/.well-known/oauth-protected-resource/mcp`

/** One message by POST, as clients send it. */
function post(message: object, headers: Record<string, string> = {}, query = ''): Promise<Response> {
  return fetch(new URL(`/mcp${query}`, demo().origin), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-11-25',
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...message }),
  })
}

const bearer = (token: string | undefined): Record<string, string> => ({ authorization: `Bearer ${token}` })

/** Scheme and parameters of a challenge (RFC 9110 section 11.6.1). Fails on anything between them. */
function challengeOf(response: Response): Readonly<Record<string, string>> {
  const header = response.headers.get('www-authenticate') ?? ''
  expect(header).toMatch(/^Bearer (?:\w+="[^"]*"(?:, |$))+$/)
  return Object.fromEntries(
    [...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  )
}

const createIssue = {
  method: 'tools/call',
  params: {
    name: 'createJiraIssue',
    arguments: { cloudId: 'brightwater-demo', projectKey: 'ALPHA', issueType: 'Task', summary: 'Not to be' },
  },
}

async function signedIn(url: URL, access?: 'read'): Promise<Agent> {
  const person = 'Maya Lindqvist'
  const identity = createIdentity({ person, ...(access && { access }) })
  return createAgent({ url, person, identity })
}

test('a request without a token gets 401, where to sign in and for what, and no error', async () => {
  const response = await post(initialize)
  expect(response.status).toBe(401)
  expect(challengeOf(response)).toEqual({ resource_metadata: metadata(), scope: useful })
})

test('a request with a token that was never issued gets 401 and invalid_token', async () => {
  const response = await post(initialize, bearer('never-issued'))
  expect(response.status).toBe(401)
  expect(challengeOf(response)).toEqual({
    error: 'invalid_token',
    resource_metadata: metadata(),
    scope: useful,
  })
})

test("a request with another resource's token gets 401 and invalid_token", async () => {
  const elsewhere = await signedIn(new URL('/v1/mcp', demo().origin))
  const response = await post(initialize, bearer(elsewhere.identity.tokens()?.access_token))
  expect(response.status).toBe(401)
  expect(challengeOf(response)).toEqual({
    error: 'invalid_token',
    resource_metadata: metadata(),
    scope: useful,
  })
  await elsewhere.close()
})

test('a request with a token in the address gets 400, however good the token is', async () => {
  const agent = await signedIn(demo().mcp)
  const response = await post(initialize, {}, `?access_token=${agent.identity.tokens()?.access_token}`)
  expect(response.status).toBe(400)
  expect(challengeOf(response)).toMatchObject({ error: 'invalid_request' })
  await agent.close()
})

test('a page of another origin and a request for another host get 403', async () => {
  expect((await post(initialize, { origin: 'https://elsewhere.example' })).status).toBe(403)
  expect(await statusForHost('elsewhere.example')).toBe(403)
})

/** `fetch` does not let anybody choose the host. */
function statusForHost(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(demo().mcp, { method: 'POST', headers: { host } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    asked.once('error', reject)
    asked.end('{}')
  })
}

describe('a person who allowed reading only', () => {
  let reader: Agent | undefined
  beforeAll(async () => {
    reader = await signedIn(demo().mcp, 'read')
  })

  test('can read', async () => {
    expect((await reader?.call('atlassianUserInfo'))?.text).toContain('Maya Lindqvist')
  })

  test('gets 403, insufficient_scope and the scope that is missing for a write', async () => {
    const response = await post(createIssue, bearer(reader?.identity.tokens()?.access_token))
    expect(response.status).toBe(403)
    expect(challengeOf(response)).toEqual({
      error: 'insufficient_scope',
      resource_metadata: metadata(),
      scope: 'jira:write',
    })
  })
})

test('an expired token gets 401 and invalid_token, and its client goes on by a silent refresh', async () => {
  const agent = await signedIn(demo().mcp)
  const token = agent.identity.tokens()?.access_token
  expect((await post(initialize, bearer(token))).status).toBe(200)
  await demo().restart({ clockAheadMs: 3_600_000 })
  const response = await post(initialize, bearer(token))
  expect(response.status).toBe(401)
  expect(challengeOf(response)).toEqual({
    error: 'invalid_token',
    resource_metadata: metadata(),
    scope: useful,
  })
  expect((await agent.call('atlassianUserInfo')).text).toContain('Maya Lindqvist')
  expect(agent.identity.signIns()).toBe(1)
  await agent.close()
})
