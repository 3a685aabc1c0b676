import * as oauth from 'oauth4webapi'
import { describe, expect, it } from 'vitest'

import { createBench, issuer, resource, type Bench } from './bench/bench.ts'
import { redirectUri } from './bench/flow.ts'

const authorizationServer = new URL(issuer)

/** A client by somebody else, whose requests go to the bench. */
const through = (bench: Bench) => ({
  [oauth.customFetch]: async (
    url: string,
    init: oauth.CustomFetchOptions<string, URLSearchParams | string | null | undefined>,
  ) =>
    bench.send(
      new Request(url, {
        method: init.method,
        headers: init.headers,
        ...(init.body !== undefined && { body: init.body }),
      }),
    ),
})

/** The challenges of an answer, as the client reads them. */
async function challenge(response: Response) {
  try {
    await oauth.protectedResourceRequest('x', 'POST', new URL(resource), new Headers(), null, {
      [oauth.customFetch]: async () => response,
    })
    return []
  } catch (error) {
    if (!(error instanceof oauth.WWWAuthenticateChallengeError)) throw error
    return error.cause
  }
}

describe('oauth4webapi', () => {
  it('discovers, registers, signs in, refreshes, is told what is missing, and revokes', async () => {
    const bench = createBench()
    const options = through(bench)
    const resourceMetadata = await oauth.processResourceDiscoveryResponse(
      new URL(resource),
      await oauth.resourceDiscoveryRequest(new URL(resource), options),
    )
    expect(resourceMetadata.authorization_servers).toEqual([issuer])
    for (const algorithm of ['oauth2', 'oidc'] as const) {
      const response = await oauth.discoveryRequest(authorizationServer, { ...options, algorithm })
      const metadata = await oauth.processDiscoveryResponse(authorizationServer, response)
      expect(metadata.code_challenge_methods_supported).toEqual(['S256'])
    }
    const as = await oauth.processDiscoveryResponse(
      authorizationServer,
      await oauth.discoveryRequest(authorizationServer, { ...options, algorithm: 'oauth2' }),
    )

    const registered = await oauth.processDynamicClientRegistrationResponse(
      await oauth.dynamicClientRegistrationRequest(as, { redirect_uris: [redirectUri] }, options),
    )
    const client: oauth.Client = { client_id: registered.client_id }
    const verifier = oauth.generateRandomCodeVerifier()
    const state = oauth.generateRandomState()
    const url = new URL(as.authorization_endpoint ?? '')
    url.search = new URLSearchParams({
      response_type: 'code',
      client_id: client.client_id,
      redirect_uri: redirectUri,
      scope: 'jira:read offline_access',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      resource,
    }).toString()
    const browser = bench.browser()
    const page = await browser.open(url)
    const back = await browser.submit(page, { decision: 'approve' }, { stopAt: [redirectUri] })

    const parameters = oauth.validateAuthResponse(as, client, back.url, state)
    const tokens = await oauth.processAuthorizationCodeResponse(
      as,
      client,
      await oauth.authorizationCodeGrantRequest(as, client, oauth.None(), parameters, redirectUri, verifier, {
        ...options,
        additionalParameters: { resource },
      }),
    )
    expect(tokens.scope).toBe('jira:read offline_access')
    const refreshed = await oauth.processRefreshTokenResponse(
      as,
      client,
      await oauth.refreshTokenGrantRequest(as, client, oauth.None(), tokens.refresh_token ?? '', options),
    )
    expect((await bench.server.verify(refreshed.access_token, resource)).ok).toBe(true)

    await oauth.processRevocationResponse(
      await oauth.revocationRequest(as, client, oauth.None(), refreshed.refresh_token ?? '', options),
    )
    const dead = await oauth.refreshTokenGrantRequest(
      as,
      client,
      oauth.None(),
      refreshed.refresh_token ?? '',
      options,
    )
    await expect(oauth.processRefreshTokenResponse(as, client, dead)).rejects.toMatchObject({
      error: 'invalid_grant',
      status: 400,
    })
  })

  it('reads an error that comes back by redirect', async () => {
    const bench = createBench()
    const as: oauth.AuthorizationServer = { issuer, authorization_response_iss_parameter_supported: true }
    const response = await bench.postJson('/register', { redirect_uris: [redirectUri] })
    const registered = await oauth.processDynamicClientRegistrationResponse(response)
    const query = new URLSearchParams({ client_id: registered.client_id, response_type: 'token', state: 'x' })
    const answer = await bench.get(`/authorize?${query.toString()}`)
    const location = new URL(answer.headers.get('location') ?? '')
    expect(() => oauth.validateAuthResponse(as, { client_id: registered.client_id }, location, 'x')).toThrow(
      expect.objectContaining({ error: 'unsupported_response_type' }),
    )
  })

  it('reads challenges', async () => {
    const bench = createBench()
    const metadata = `${issuer}/.well-known/oauth-protected-resource/mcp`
    expect(await challenge(bench.resource.challenge(['jira:read', 'jira:write']))).toEqual([
      {
        scheme: 'bearer',
        parameters: {
          error: 'insufficient_scope',
          scope: 'jira:read jira:write',
          resource_metadata: metadata,
        },
      },
    ])
    const admission = await bench.resource.admit(new Request(resource, { method: 'POST' }))
    expect(await challenge(admission.ok ? Response.error() : admission.response)).toEqual([
      {
        scheme: 'bearer',
        parameters: {
          scope: 'jira:read jira:write confluence:read confluence:write',
          resource_metadata: metadata,
        },
      },
    ])
  })
})
