import * as oauth from 'oauth4webapi'
import * as z from 'zod'

import type { Connection, TokenGrant } from './connection.ts'
import { classify, type Failure, isTransientStatus } from './errors.ts'
import { type Io, readText, within } from './io.ts'
import type { UpstreamProfile } from './profile.ts'
import type { ServiceAccounts } from './service-account.ts'

/** How long the upstream has for an answer. Shorter than a lease, so that no lease lapses under a call. */
export const answerMs = 10_000

const answerBytes = 256 * 1024

/** Tokens, or what went wrong. */
type TokenAnswer =
  | { readonly ok: true; readonly grant: TokenGrant }
  | { readonly ok: false; readonly failure: Failure }

/** An OAuth app as it is registered with the upstream. */
export interface UpstreamClient {
  readonly id: string
  readonly secret: string
}

/** A callback, and what the sign-in that led to it has kept. */
interface Redemption {
  readonly callback: URLSearchParams
  readonly callbackUrl: string
  /** The PKCE verifier, where the profile has one. */
  readonly verifier?: string
  readonly signal?: AbortSignal
}

/** The requests we make to a token endpoint. None is ever repeated here, and none throws for an answer. */
export interface TokenEndpoint {
  readonly redeem: (redemption: Redemption) => Promise<TokenAnswer>
  readonly refresh: (connection: Connection) => Promise<TokenAnswer>
  /** Tokens for the account behind a client. */
  readonly serve: (clientId: string, signal?: AbortSignal) => Promise<TokenAnswer>
}

/** Where to find the token endpoint, and as whom to speak to it. */
export interface TokenEndpointOptions {
  readonly profile: UpstreamProfile
  readonly client: UpstreamClient
  readonly services: ServiceAccounts
  readonly io: Io
}

/** Speaks OAuth 2.0 to the profile's token endpoint, as a confidential client. */
export function createTokenEndpoint({ profile, client, services, io }: TokenEndpointOptions): TokenEndpoint {
  const server: oauth.AuthorizationServer = { issuer: profile.issuer, token_endpoint: profile.tokenUrl }
  const self: oauth.Client = { client_id: client.id }
  const authenticate =
    profile.clientAuth === 'client_secret_basic'
      ? oauth.ClientSecretBasic(client.secret)
      : oauth.ClientSecretPost(client.secret)
  const options = (signal: AbortSignal): oauth.TokenEndpointRequestOptions => ({
    signal,
    [oauth.customFetch]: (url, init) => io.fetch(url, { ...init, body: init.body }),
    // The profile has refused plain http for anything but loopback.
    [oauth.allowInsecureRequests]: profile.tokenUrl.startsWith('http:'),
  })

  /** Sends, reads and sorts. `process` only sees answers that decide something. */
  const exchange = async (
    signal: AbortSignal | undefined,
    send: (signal: AbortSignal) => Promise<Response>,
    process: (response: Response) => Promise<oauth.TokenEndpointResponse>,
  ): Promise<TokenAnswer> => {
    const bounds = { milliseconds: answerMs, sleep: io.sleep, ...(signal && { signal }) }
    try {
      const { response, text } = await within(bounds, async (either) => {
        const received = await send(either)
        return { response: received, text: await readText(received, answerBytes) }
      })
      const { status, headers } = response
      const failure = refusal({ status, headers, text }, profile)
      if (failure !== undefined) return { ok: false, failure }
      // Only the body goes on: no header of the upstream has a say in what follows.
      return await process(Response.json(JSON.parse(text))).then(
        (tokens) => ({ ok: true, grant: toGrant(tokens, { profile, now: io.now() }) }),
        (cause: unknown) => ({
          ok: false,
          failure: { kind: 'malformed', status, cause: withoutBody(cause) },
        }),
      )
    } catch (cause) {
      signal?.throwIfAborted()
      return { ok: false, failure: { kind: 'transient', cause: withoutBody(cause) } }
    }
  }

  /** What a service account has in place of a refresh: it asks again. An API token is what it is until it ends. */
  const serve: TokenEndpoint['serve'] = async (clientId, signal) => {
    const account = services.get(clientId)
    if (account === undefined) return { ok: false, failure: { kind: 'misconfigured' } }
    if (account.kind === 'api_token') {
      const accessExpiresAt = account.expiresAt ?? io.now() + profile.absoluteLifetimeMs
      return { ok: true, grant: { accessToken: account.token, accessExpiresAt } }
    }
    const own: oauth.Client = { client_id: account.id }
    const proof = oauth.ClientSecretPost(account.secret)
    return exchange(
      signal,
      (either) =>
        oauth.clientCredentialsGrantRequest(server, own, proof, new URLSearchParams(), options(either)),
      (response) => oauth.processClientCredentialsResponse(server, own, response),
    )
  }

  return {
    serve,

    redeem: ({ callback, callbackUrl, verifier, signal }) =>
      exchange(
        signal,
        (either) => {
          const state = callback.get('state') ?? oauth.expectNoState
          return oauth.authorizationCodeGrantRequest(
            server,
            self,
            authenticate,
            oauth.validateAuthResponse(server, self, callback, state),
            callbackUrl,
            // oxlint-disable-next-line typescript/no-deprecated -- for profiles whose upstream refuses PKCE
            verifier ?? oauth.nopkce,
            options(either),
          )
        },
        (response) => oauth.processAuthorizationCodeResponse(server, self, response),
      ),

    refresh: ({ refreshToken, callbackUrl, service }) =>
      service !== undefined
        ? serve(service)
        : exchange(
            undefined,
            (either) =>
              oauth.refreshTokenGrantRequest(server, self, authenticate, refreshToken, {
                ...options(either),
                ...(profile.sendRedirectUriOnRefresh && {
                  additionalParameters: { redirect_uri: callbackUrl },
                }),
              }),
            (response) => oauth.processRefreshTokenResponse(server, self, response),
          ),
  }
}

/** The errors of oauth4webapi bear what they complain about, tokens and codes included. Their sentences do not. */
const withoutBody = (cause: unknown): unknown =>
  cause instanceof Error && 'code' in cause && String(cause.code).startsWith('OAUTH_')
    ? new Error(cause.message)
    : cause

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

const ErrorBody = z.object({
  error: z
    .string()
    .regex(/^[a-z_]{1,64}$/)
    .optional()
    .catch(undefined),
})

/** Why an answer brings no tokens; undefined for a 200 in JSON. */
function refusal({ status, headers, text }: Answer, profile: UpstreamProfile): Failure | undefined {
  const body = parseJson(text)
  const retryAfterMs = readRetryAfter(headers)
  if (isTransientStatus(status) || body === undefined)
    return { kind: 'transient', status, ...(retryAfterMs !== undefined && { retryAfterMs }) }
  if (status === 200) return undefined
  const { error } = ErrorBody.catch({}).parse(body)
  const answer = { status, ...(error !== undefined && { error }) }
  return { kind: classify(answer, profile.isDeadGrant), ...answer }
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    // Told apart by its absence: a proxy's page of HTML says nothing about the refresh token.
    return undefined
  }
}

/** Seconds only; a date would trust the other side's clock. */
function readRetryAfter(headers: Headers): number | undefined {
  const text = headers.get('retry-after') ?? ''
  return /^\d{1,5}$/.test(text) ? Number(text) * 1000 : undefined
}

interface Moment {
  readonly profile: UpstreamProfile
  readonly now: number
}

function toGrant(tokens: oauth.TokenEndpointResponse, { profile, now }: Moment): TokenGrant {
  const { access_token, refresh_token, scope, expires_in } = tokens
  const lifetime = expires_in === undefined ? profile.accessLifetimeMs : expires_in * 1000
  return {
    accessToken: access_token,
    ...(refresh_token !== undefined && { refreshToken: refresh_token }),
    ...(scope !== undefined && { scope }),
    accessExpiresAt: now + lifetime,
  }
}
