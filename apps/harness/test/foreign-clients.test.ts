import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import * as client from 'openid-client'
import { expect, onTestFinished, test } from 'vitest'

import { walkSignIn } from '../src/agents/sign-in.ts'
import { freePorts } from '../src/processes/free-ports.ts'
import { startProgram } from '../src/processes/program.ts'
import { demoForFile } from './support/demo.ts'

const demo = demoForFile()
const person = 'Maya Lindqvist'

const required = (process.env['TELAMON_REQUIRE_AUTHLIB'] ?? '') !== ''
/** Debian keeps its libraries from other interpreters. */
const python = '/usr/bin/python3'
const hasAuthlib = spawnSync(python, ['-c', 'import authlib, requests']).status === 0
if (!hasAuthlib && !required)
  console.error(
    'The test with Authlib is skipped: install python3-authlib and python3-requests. TELAMON_REQUIRE_AUTHLIB=1 makes this a failure.',
  )

/** Calls a tool. Gives the status, since what it says is for other tests. */
async function statusOf(token: string, tool: string): Promise<number> {
  const response = await fetch(demo().mcp, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-11-25',
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: tool, arguments: {} },
    }),
  })
  await response.body?.cancel()
  return response.status
}

test('openid-client discovers, registers, signs in, refreshes, steps up and revokes', async () => {
  const redirectUri = 'http://127.0.0.1:33420/callback'
  const config = await client.dynamicClientRegistration(
    new URL(demo().origin),
    { client_name: 'openid-client', redirect_uris: [redirectUri], token_endpoint_auth_method: 'none' },
    client.None(),
    { algorithm: 'oauth2', execute: [client.allowInsecureRequests] },
  )
  expect(config.serverMetadata().supportsPKCE()).toBe(true)

  async function signIn(scope: string) {
    const pkceCodeVerifier = client.randomPKCECodeVerifier()
    const expectedState = client.randomState()
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope,
      resource: demo().mcp.href,
      state: expectedState,
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    })
    const back = await walkSignIn(url, { person })
    const checks = { pkceCodeVerifier, expectedState }
    return client.authorizationCodeGrant(config, back, checks, { resource: demo().mcp.href })
  }

  const first = await signIn('jira:read')
  expect(first).toMatchObject({ token_type: 'bearer', expires_in: 900, scope: 'jira:read' })
  expect(await statusOf(first.access_token, 'atlassianUserInfo')).toBe(200)
  expect(await statusOf(first.access_token, 'createJiraIssue')).toBe(403)
  const refreshed = await client.refreshTokenGrant(config, first.refresh_token ?? '')
  expect(refreshed.refresh_token).not.toBe(first.refresh_token)
  const more = await signIn('jira:read jira:write')
  expect(await statusOf(more.access_token, 'createJiraIssue')).toBe(200)
  await client.tokenRevocation(config, more.refresh_token ?? '')
  expect(await statusOf(more.access_token, 'atlassianUserInfo')).toBe(401)
  await expect(client.refreshTokenGrant(config, more.refresh_token ?? '')).rejects.toMatchObject({
    error: 'invalid_grant',
  })
})

test.skipIf(!hasAuthlib && !required)(
  'Authlib, from Debian, signs in, refreshes, steps up and revokes',
  async () => {
    const script = fileURLToPath(new URL('support/authlib-client.py', import.meta.url))
    const program = startProgram(python, { args: [script, demo().origin, demo().mcp.href] })
    onTestFinished(async () => void (await program.stop()))
    for (const which of ['first', 'second']) {
      const [, address = ''] = (await program.line(new RegExp(`^${which} `))).split(' ')
      program.stdin.write(`${(await walkSignIn(new URL(address), { person })).href}\n`)
    }
    const said: unknown = JSON.parse(await program.line(/^\{/))
    expect(said).toEqual({
      scope: 'jira:read',
      read: 200,
      write: [403, expect.stringMatching(/error="insufficient_scope".*scope="jira:write"/)],
      refreshed: true,
      afterRefresh: 200,
      steppedUp: 'jira:read jira:write',
      writeAgain: 200,
      revoked: 200,
      afterRevocation: 401,
      refusedAfterwards: true,
    })
  },
)

test('the conformance suite of MCP finds nothing wrong with the authorization server', async () => {
  const port = await freePorts(1)
  const registered = await client.dynamicClientRegistration(
    new URL(demo().origin),
    {
      client_name: 'Conformance',
      redirect_uris: [`http://127.0.0.1:${port}/callback`],
      token_endpoint_auth_method: 'none',
    },
    client.None(),
    { algorithm: 'oauth2', execute: [client.allowInsecureRequests] },
  )
  const suite = fileURLToPath(import.meta.resolve('@modelcontextprotocol/conformance/dist/index.js'))
  const program = startProgram(process.execPath, {
    args: [
      suite,
      'authorization',
      `--url=${demo().origin}`,
      `--client-id=${registered.clientMetadata().client_id}`,
      `--port=${port}`,
      `--resource=${demo().mcp.href}`,
    ],
  })
  onTestFinished(async () => void (await program.stop()))
  const asking = /https?:\/\/\S+\/authorize\?\S+/
  const address = asking.exec(await program.line(asking))?.[0] ?? ''
  const answer = await fetch(await walkSignIn(new URL(address), { person }))
  await answer.body?.cancel()
  const code = await program.ended
  expect({ code, said: program.said() }).toMatchObject({
    code: 0,
    said: expect.not.stringMatching(/✗|FAILURE/),
  })
})
