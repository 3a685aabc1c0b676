import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'

import { exportJWK, generateKeyPair } from 'jose'
import { errors, Provider } from 'oidc-provider'

import { scopes } from '../bench/bench.ts'
import { createBrowser } from '../bench/browser.ts'
import type { Target } from './target.ts'

const names = scopes.map(({ name }) => name)

/** oidc-provider, set up for the same profile, on a port of this machine. Whoever comes signs in and agrees at once. */
export async function openOracle(): Promise<Target> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const resource = `${issuer}/mcp`
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const key = { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'k1' }
  const provider = new Provider(issuer, settings(resource, key))
  const answer = provider.callback()

  async function interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { prompt, params, session } = await provider.interactionDetails(request, response)
    const accountId = session?.accountId ?? 'person'
    if (prompt.name === 'login') {
      await provider.interactionFinished(request, response, { login: { accountId } })
      return
    }
    const grant = new provider.Grant({ accountId, clientId: params.client_id })
    grant.addOIDCScope(names.join(' '))
    grant.addResourceScope(resource, names.join(' '))
    await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } })
  }

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!(request.url ?? '').startsWith('/interaction/')) {
      answer(request, response)
      return
    }
    interact(request, response).catch((error: unknown) => {
      response.statusCode = 500
      response.end(String(error))
    })
  })
  return {
    issuer,
    resource,
    send,
    browser: () => createBrowser(send),
    agree: async (browser, authorization, redirectUri) =>
      (await browser.open(authorization, { stopAt: [redirectUri] })).url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const send = (request: Request): Promise<Response> => fetch(request, { redirect: 'manual' })

const settings = (resource: string, key: object) => ({
  jwks: { keys: [key] },
  cookies: { keys: ['oracle'] },
  responseTypes: ['code'],
  scopes: names,
  pkce: { required: () => true },
  clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
  clientDefaults: {
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    id_token_signed_response_alg: 'ES256',
  },
  findAccount: (_: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
  interactions: { url: (_: unknown, { uid }: { readonly uid: string }) => `/interaction/${uid}` },
  issueRefreshToken: () => true,
  rotateRefreshToken: true,
  renderError(context: { body: string }, { error }: { readonly error: string }) {
    context.body = error
  },
  features: {
    devInteractions: { enabled: false },
    userinfo: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    registration: { enabled: true, issueRegistrationAccessToken: false },
    revocation: { enabled: true },
    introspection: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => resource,
      useGrantedResource: () => true,
      getResourceServerInfo(_: unknown, wanted: string) {
        if (wanted !== resource) throw new errors.InvalidTarget()
        return {
          scope: names.join(' '),
          audience: resource,
          accessTokenTTL: 900,
          accessTokenFormat: 'opaque',
        }
      },
    },
  },
  ttl: {
    AccessToken: 900,
    AuthorizationCode: 60,
    RefreshToken: 2_592_000,
    Grant: 2_592_000,
    Session: 3600,
    Interaction: 600,
  },
})
