import { expect, it } from 'vitest'

import {
  createAuthorizationServer,
  createKeyRing,
  createMemoryAuthStore,
  createProtectedResource,
} from '../src/index.ts'
import { createUpstream } from './bench/upstream.ts'

it('the example of the README asks a stranger to sign in, and tells where', async () => {
  const { signIn } = createUpstream()
  const secret = crypto.getRandomValues(new Uint8Array(32))

  const issuer = 'https://mcp.example.com'
  const resource = `${issuer}/mcp`

  const authorization = createAuthorizationServer({
    issuer,
    resources: [{ url: resource }],
    scopes: [
      { name: 'notes:read', label: 'See your notes', tier: 'read' },
      { name: 'notes:write', label: 'Add and change notes', tier: 'write', implies: ['notes:read'] },
      { name: 'offline_access', label: 'Stay signed in', tier: 'session' },
    ],
    store: createMemoryAuthStore(),
    signIn,
    keys: createKeyRing([{ kid: 'k1', secret }]),
  })

  const notes = createProtectedResource({
    resource,
    issuer,
    scopes: { minimal: ['notes:read'], useful: ['notes:read', 'notes:write'] },
    verify: authorization.verify,
  })

  async function handle(request: Request, address: string): Promise<Response> {
    const answer = notes.metadata(request) ?? (await authorization.fetch(request, { address }))
    if (answer !== undefined) return answer
    const admission = await notes.admit(request)
    if (!admission.ok) return admission.response
    if (!admission.grant.scopes.includes('notes:write')) return notes.challenge(['notes:read', 'notes:write'])
    return Response.json({ hello: admission.grant.label })
  }

  const stranger = await handle(new Request(resource), '192.0.2.1')
  expect(stranger.status).toBe(401)
  const where = /resource_metadata="([^"]+)"/.exec(stranger.headers.get('www-authenticate') ?? '')?.[1] ?? ''
  expect(await (await handle(new Request(where), '192.0.2.1')).json()).toMatchObject({
    authorization_servers: [issuer],
  })
  const metadata = await handle(new Request(`${issuer}/.well-known/oauth-authorization-server`), '192.0.2.1')
  expect(await metadata.json()).toMatchObject({ issuer })
})
