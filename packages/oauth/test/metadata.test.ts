import { describe, expect, it } from 'vitest'

import { createBench, issuer, otherResource, resource } from './bench/bench.ts'

const wellKnown = '/.well-known/oauth-authorization-server'

describe('the metadata of the server', () => {
  it('is what RFC 8414 and MCP ask for', async () => {
    const response = await createBench().get(wellKnown)
    expect(response.headers.get('cache-control')).toBe('max-age=300')
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toEqual({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      registration_endpoint: `${issuer}/register`,
      revocation_endpoint: `${issuer}/revoke`,
      jwks_uri: `${issuer}/jwks`,
      scopes_supported: [
        'jira:read',
        'jira:write',
        'confluence:read',
        'confluence:write',
        'jsm:read',
        'offline_access',
      ],
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_methods_supported: [
        'none',
        'client_secret_basic',
        'client_secret_post',
        'private_key_jwt',
      ],
      token_endpoint_auth_signing_alg_values_supported: ['ES256', 'EdDSA', 'RS256', 'PS256'],
      revocation_endpoint_auth_methods_supported: [
        'none',
        'client_secret_basic',
        'client_secret_post',
        'private_key_jwt',
      ],
      revocation_endpoint_auth_signing_alg_values_supported: ['ES256', 'EdDSA', 'RS256', 'PS256'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      client_id_metadata_document_supported: true,
      protected_resources: [resource, otherResource],
    })
  })

  it('is served as an OpenID configuration too, with what readers of those insist on', async () => {
    const bench = createBench()
    const plain: unknown = await (await bench.get(wellKnown)).json()
    const openid: unknown = await (await bench.get('/.well-known/openid-configuration')).json()
    expect(openid).toEqual({
      ...Object(plain),
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
    })
  })

  it('T11 is the configured one, whatever the request says', async () => {
    const bench = createBench()
    const request = new Request(`https://evil.example${wellKnown}`, {
      headers: {
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'http',
        forwarded: 'host=evil.example',
      },
    })
    expect(await (await bench.send(request)).text()).not.toContain('evil.example')
  })

  it('leaves out what is switched off', async () => {
    const bench = createBench({ policy: { registration: 'off', documents: 'off' } })
    const metadata: unknown = await (await bench.get(wellKnown)).json()
    expect(metadata).not.toHaveProperty('registration_endpoint')
    expect(metadata).not.toHaveProperty('client_id_metadata_document_supported')
  })

  it('of an issuer with a path is at three locations, and its endpoints are under the path', async () => {
    const bench = createBench({ issuer: 'https://example.com/team' })
    const at = async (path: string) =>
      bench.server.fetch(new Request(`https://example.com${path}`), { address: '192.0.2.1' })
    for (const path of [
      '/.well-known/oauth-authorization-server/team',
      '/.well-known/openid-configuration/team',
      '/team/.well-known/openid-configuration',
    ])
      expect(await (await at(path))?.json()).toMatchObject({
        issuer: 'https://example.com/team',
        token_endpoint: 'https://example.com/team/token',
      })
    expect((await at('/team/token'))?.status).toBe(405)
    expect(await at('/token')).toBeUndefined()
    expect(await at(wellKnown)).toBeUndefined()
  })
})

describe('endpoints', () => {
  it('has no keys to publish, and says so', async () => {
    expect(await (await createBench().get('/jwks')).json()).toEqual({ keys: [] })
  })

  it('answers preflights where programs call, and nowhere else', async () => {
    const bench = createBench()
    const preflight = async (path: string) =>
      (await bench.send(new Request(`${issuer}${path}`, { method: 'OPTIONS' }))).status
    for (const path of [
      wellKnown,
      '/.well-known/openid-configuration',
      '/jwks',
      '/token',
      '/register',
      '/revoke',
    ])
      expect(await preflight(path)).toBe(204)
    for (const path of ['/authorize', '/consent', '/callback', '/sites', '/introspect'])
      expect(await preflight(path)).toBe(405)
  })

  it('leaves other paths to others', async () => {
    const bench = createBench()
    for (const path of ['/', '/mcp', '/token/', '/Token', '/authorize/x', '//token'])
      expect(await bench.server.fetch(new Request(`${issuer}${path}`), { address: '' })).toBeUndefined()
  })

  it('knows which methods it has', async () => {
    const bench = createBench()
    for (const [path, allow] of [
      ['/authorize', 'GET'],
      ['/consent', 'GET, POST'],
      ['/callback', 'GET'],
      ['/token', 'POST'],
      ['/jwks', 'GET, HEAD'],
    ] as const) {
      const response = await bench.send(new Request(`${issuer}${path}`, { method: 'DELETE' }))
      expect([response.status, response.headers.get('allow')]).toEqual([405, allow])
    }
  })
})

describe('settings that cannot be right are refused at start', () => {
  it.each([
    ['an issuer without TLS', { issuer: 'http://mcp.example.com' }, /has to be https/],
    ['an issuer with a slash at the end', { issuer: 'https://mcp.example.com/' }, /ends in a slash/],
    ['an issuer with a query', { issuer: 'https://mcp.example.com?x' }, /has a query/],
    ['an issuer with a fragment', { issuer: 'https://mcp.example.com#x' }, /has a fragment/],
    ['an issuer with a name', { issuer: 'https://me@mcp.example.com' }, /user name/],
    ['an issuer in capitals', { issuer: 'https://MCP.example.com' }, /Write the issuer/],
    ['an issuer that is no address', { issuer: 'mcp.example.com' }, /not an absolute address/],
    ['no resource', { resources: [] }, /at least one resource/],
    ['a resource with a fragment', { resources: [{ url: 'https://a.example/#x' }] }, /has a fragment/],
    [
      'an unknown default scope',
      { resources: [{ url: resource, defaultScopes: ['x'] }] },
      /x is a default scope/,
    ],
    [
      'a scope twice',
      {
        scopes: [
          { name: 'a', label: 'A', tier: 'read' },
          { name: 'a', label: 'A', tier: 'read' },
        ],
      },
      /twice/,
    ],
    ['a scope with a space', { scopes: [{ name: 'a b', label: 'A', tier: 'read' }] }, /not a scope name/],
    [
      'a scope that implies another',
      { scopes: [{ name: 'a', label: 'A', tier: 'read', implies: ['b'] }] },
      /implies b/,
    ],
    ['clients that vanish before their tokens', { policy: { idleClientMs: 1 } }, /idleClientMs/],
  ] as const)('%s', (_, change, message) => {
    expect(() => createBench(change)).toThrow(message)
  })
})
