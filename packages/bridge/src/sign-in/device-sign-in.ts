import { BridgeError } from '../bridge-error.ts'
import type { Credentials } from '../credentials/credentials.ts'
import { numberIn, textIn } from '../json/object.ts'
import { pause } from '../pause.ts'
import { safeAddress } from './addresses.ts'
import { scopeFor } from './authorization.ts'
import type { SignInOptions, SignInTask } from './browser-sign-in.ts'
import type { Discovered } from './discovery.ts'
import { post } from './documents.ts'
import { explained } from './explained.ts'
import { clientFor } from './registration.ts'
import { authenticated, credentialsFrom, requestTokens, TokenError } from './token-endpoint.ts'
import type { Tokens } from './token-endpoint.ts'

/** The grant of RFC 8628. */
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

/** Lets a person sign in with a code, on whatever machine they have a browser. @see RFC 8628 */
export async function signInWithDevice(
  task: SignInTask,
  discovered: Discovered,
  options: SignInOptions,
): Promise<Credentials> {
  const { server, resource } = discovered
  const { deviceAuthorizationEndpoint: endpoint } = server
  if (!endpoint) {
    const message = `${server.issuer} knows no sign-in with a device code. Leave --device-code out.`
    throw new BridgeError('sign_in_failed', message)
  }
  const asking = { ...options, signal: task.signal }
  const previous = task.previous?.issuer === server.issuer ? task.previous : undefined
  const scope = scopeFor(discovered, previous?.scope, options)
  const wish = { server, grants: [deviceGrant, 'refresh_token'], ...(scope && { scope }) }
  const client = await explained(
    clientFor({ ...wish, ...(previous && { previous: previous.client }) }, options, asking),
  )
  const form = { ...(scope && { scope }), ...(resource !== undefined && { resource }) }
  const { status, body } = await explained(post(endpoint, authenticated(form, client), asking))
  const [code, userCode] = [textIn(body, 'device_code'), textIn(body, 'user_code')]
  const page = textIn(body, 'verification_uri_complete') ?? textIn(body, 'verification_uri')
  if (status !== 200 || code === undefined || userCode === undefined || page === undefined) {
    const message = `${server.issuer} gave no device code (${status}). Sign in again later, or leave --device-code out.`
    throw new BridgeError('sign_in_failed', message)
  }
  const url = safeAddress(page, `The sign-in page of ${server.issuer}`, options)
  task.announce({ url, opened: false, userCode })
  const deadline = AbortSignal.timeout(
    Math.min((numberIn(body, 'expires_in') ?? 1_800) * 1_000, options.limits.signInMs),
  )
  const tokens = await poll({
    intervalMs: (numberIn(body, 'interval') ?? 5) * 1_000,
    deadline: AbortSignal.any([task.signal, deadline]),
    request: () => {
      const grant = {
        grant_type: deviceGrant,
        device_code: code,
        ...(resource !== undefined && { resource }),
      }
      return requestTokens(grant, { ...options, tokenEndpoint: server.tokenEndpoint, client }, asking)
    },
  })
  return credentialsFrom({ tokens, discovered, client, asked: scope }, options)
}

interface Polling {
  readonly intervalMs: number
  readonly deadline: AbortSignal
  readonly request: () => Promise<Tokens>
}

/** Asks for the tokens until the person is done. @see RFC 8628, section 3.5 */
async function poll({ intervalMs, deadline, request }: Polling): Promise<Tokens> {
  for (let wait = intervalMs; ;) {
    await pause(wait, deadline)
    if (deadline.aborted)
      throw new BridgeError('sign_in_failed', 'Nobody finished the sign-in in time. Sign in again.')
    try {
      return await request()
    } catch (error) {
      const code = error instanceof TokenError ? error.error : undefined
      if (code === 'slow_down') wait += 5_000
      else if (
        code === 'access_denied' ||
        code === 'expired_token' ||
        (error instanceof TokenError && !isPassing(error))
      )
        throw new BridgeError('sign_in_failed', sentences[code ?? ''] ?? refused, { cause: error })
    }
  }
}

function isPassing({ error, status }: TokenError): boolean {
  return error === 'authorization_pending' || status >= 500 || status === 429
}

const refused = 'The authorization server refused the device code. Sign in again.'

const sentences: Readonly<Record<string, string>> = {
  access_denied: 'The sign-in was refused in the browser. Sign in again, and allow the access.',
  expired_token: 'The device code is no longer good. Sign in again.',
}
