import type { Ground } from '../ground.ts'
import { tokenError } from '../http/errors.ts'
import { json, ok, type Reply } from '../http/reply.ts'
import { asText, isObject, type JsonObject } from '../http/value.ts'
import type { App } from '../world/auth-model.ts'
import { accessTokenLife, issueAccessToken, sweep } from './grants.ts'
import { beginFamily, rotate } from './refresh.ts'

const grantTypes = ['authorization_code', 'refresh_token', 'client_credentials'] as const

/** Answers of the token endpoint that are no success, by what went wrong. */
const refusals = {
  unreadable: tokenError(400, 'invalid_request', 'Incorrect request parameters'),
  grantType: tokenError(400, 'invalid_request', `grant_type must be one of [${grantTypes.join('|')}]`),
  client: tokenError(401, 'access_denied', 'Unauthorized'),
  code: tokenError(403, 'invalid_grant', 'Invalid authorization code'),
  rotated: tokenError(403, 'unauthorized_client', 'refresh_token is invalid'),
  expired: tokenError(403, 'invalid_grant', 'Unknown or invalid refresh token.'),
  credentials: tokenError(403, 'unauthorized_client', 'The client may not use client_credentials'),
} satisfies Record<string, Reply>

/** Reads a body in JSON or as a form; both are in use (documented, reported). */
async function readParameters(request: Request): Promise<JsonObject | undefined> {
  const text = await request.text()
  if (request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(text))
  }
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

const answers: Readonly<
  Record<(typeof grantTypes)[number], (ground: Ground, app: App, given: JsonObject) => Reply>
> = {
  authorization_code: redeemCode,
  refresh_token: refresh,
  // Service accounts are the only ones with these, and there are none here.
  client_credentials: () => refusals.credentials,
}

/** `POST /oauth/token` */
export async function answerTokenRequest(ground: Ground, request: Request): Promise<Reply> {
  const parameters = await readParameters(request)
  sweep(ground)
  if (!parameters) return refusals.unreadable
  const grantType = grantTypes.find((known) => known === parameters['grant_type'])
  if (grantType === undefined) return refusals.grantType
  const app = ground.world.auth.apps.get(asText(parameters['client_id']) ?? '')
  if (!app || app.clientSecret !== parameters['client_secret']) return refusals.client
  return answers[grantType](ground, app, parameters)
}

function redeemCode(ground: Ground, app: App, parameters: JsonObject): Reply {
  const given = asText(parameters['code'])
  if (given === undefined) return refusals.unreadable
  const code = ground.world.auth.codes.get(given)
  const fits =
    code &&
    !code.used &&
    code.expiresAt > ground.clock.now() &&
    code.clientId === app.clientId &&
    code.redirectUri === parameters['redirect_uri']
  if (!fits) return refusals.code
  code.used = true
  const { grantId, scopes } = code
  const access = issueAccessToken(ground, { grantId, scopes })
  const offline = scopes.includes('offline_access')
  const { clientId } = app
  return success(access, scopes, offline ? beginFamily(ground, { grantId, clientId, scopes }) : undefined)
}

function refresh(ground: Ground, app: App, parameters: JsonObject): Reply {
  const given = asText(parameters['refresh_token'])
  if (given === undefined) return refusals.unreadable
  const rotation = rotate(ground, given, app.clientId)
  if (!rotation.ok) return rotation.reason === 'expired' ? refusals.expired : refusals.rotated
  const { grantId, scopes } = rotation.family
  return success(issueAccessToken(ground, { grantId, scopes }), scopes, rotation.token)
}

function success(access: string, scopes: readonly string[], refreshToken: string | undefined): Reply {
  return ok({
    access_token: access,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    expires_in: accessTokenLife / 1000,
    token_type: 'Bearer',
    scope: scopes.join(' '),
  })
}

/** Any other method than POST. */
export const tokenEndpointMethod: Reply = json(
  405,
  { error: 'invalid_request', error_description: 'Send a POST to this address' },
  { allow: 'POST' },
)
