/**
 * Telamon's own stack around the sixty tools: listener, gateway, authorization server over SQLite, limiter, policies and
 * audit, exactly as apps/server composes them. The token is the outcome of a whole sign-in, done in process.
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createBrowser } from '../../apps/harness/src/browser/browser.ts'
import { listen } from '../../apps/server/src/listen.ts'
import { permissions, usual } from '../../apps/server/src/permissions.ts'
import { createGateway } from '../../packages/gateway/src/index.ts'
import * as operations from '../../packages/jira/src/operations.ts'
import {
  createAuthorizationServer,
  createKeyRing,
  createProtectedResource,
} from '../../packages/oauth/src/index.ts'
import { createLimiter, plans } from '../../packages/rate-limiter/src/index.ts'
import { createSqliteStore } from '../../packages/store-sqlite/src/index.ts'
import * as z from '../../packages/tool-registry/node_modules/zod/index.js'
import { createMcp, createRegistry, toolFactory, toolset } from '../../packages/tool-registry/src/index.ts'
import { answer, description, names, parameters } from '../workload.ts'

const port = Number(process.argv[2])
const origin = `http://127.0.0.1:${port}`
const resource = `${origin}/mcp`
const store = createSqliteStore({ path: join(mkdtempSync(join(tmpdir(), 'bench-')), 'telamon.sqlite') })

const input = parameters(z)
const defineTool = toolFactory<object>()
const tools = names.map((name) =>
  defineTool({
    name,
    title: name,
    description: description(name),
    tier: 'read',
    product: 'jira',
    uses: [operations.getIssue],
    input,
    run: async () => ({ text: answer }),
  }),
)
const registry = createRegistry([toolset({ id: 'bench', title: 'Bench', description: 'Sixty tools', tools })])

let audited = 0
const authorization = createAuthorizationServer({
  issuer: origin,
  resources: [{ url: resource }],
  scopes: permissions,
  store: store.auth,
  keys: createKeyRing([{ kid: 'k1', secret: new Uint8Array(randomBytes(32)) }]),
  signIn: {
    begin: async ({ state, callbackUrl }) => ({ url: new URL(`${callbackUrl}?code=bench&state=${state}`) }),
    finish: async () => ({
      subject: 'bench',
      label: 'Bench',
      choices: [{ id: 'site', label: 'Site' }],
      sealed: 'none',
    }),
    keep: async () => {},
    forget: async () => {},
  },
})
// The rules of the default plan, with limits that the load does not reach: each call is counted all the same.
const rules = plans.telamon.rules.map((rule) => Object.assign({}, rule, { limit: 1e9, burst: 5e8 }))
const gateway = createGateway<object>({
  url: origin,
  mcp: createMcp<object>({
    name: 'bench',
    version: '1.0.0',
    registry,
    observe: ({ type }) => {
      if (type === 'tool_call') audited += 1
    },
  }),
  authorization,
  resource: createProtectedResource({
    resource,
    issuer: origin,
    scopes: usual,
    verify: authorization.verify,
  }),
  services: () => ({}),
  inbound: { limiter: createLimiter({ rules: (key) => (key.startsWith('user:') ? rules : []) }) },
})

const fetch = (url: string | URL | Request, init?: RequestInit): Promise<Response> =>
  handle(new Request(url, init))
const handle = (request: Request): Promise<Response> => gateway.fetch(request, { address: '127.0.0.1' })
const token = await signIn()
await listen(handle, { host: '127.0.0.1', port })
console.log(JSON.stringify({ ready: true, url: resource, token, audited }))

/** Registration, authorization with PKCE, consent, token: all through the handler, without a socket. */
async function signIn(): Promise<string> {
  const redirect = 'http://127.0.0.1:4198/callback'
  const json = { 'content-type': 'application/json' }
  const registered = await fetch(`${origin}/register`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ client_name: 'bench', redirect_uris: [redirect] }),
  })
  const { client_id: clientId } = await registered.json()
  const verifier = randomBytes(32).toString('base64url')
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const browser = createBrowser({ fetch, stopAt: ({ href }) => href.startsWith(redirect) })
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirect,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    scope: usual.useful.join(' '),
    resource,
  })
  const consent = await browser.open(`${origin}/authorize?${query}`)
  const end = await browser.press(consent, /allow|approve|continue/i)
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code: end.url.searchParams.get('code') ?? '',
    redirect_uri: redirect,
    client_id: clientId,
    code_verifier: verifier,
  })
  const answered = await fetch(`${origin}/token`, { method: 'POST', body: form })
  const { access_token: accessToken } = await answered.json()
  if (typeof accessToken !== 'string') throw new Error(`The sign-in failed: ${end.text} ${answered.status}`)
  return accessToken
}
