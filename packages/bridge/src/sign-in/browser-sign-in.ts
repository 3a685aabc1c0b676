import { BridgeError } from '../bridge-error.ts'
import type { Credentials, Instant } from '../credentials/credentials.ts'
import type { Limits } from '../limits.ts'
import { HttpError } from '../network/http-error.ts'
import { codeOf, createAuthorizationRequest, scopeFor } from './authorization.ts'
import type { Challenge } from './challenge.ts'
import type { Discovered } from './discovery.ts'
import { discover } from './discovery.ts'
import type { DocumentOptions } from './documents.ts'
import type { Loopback } from './loopback.ts'
import { openLoopback } from './loopback.ts'
import type { ClientIdentity } from './registration.ts'
import { clientFor } from './registration.ts'
import { requestTokens } from './token-endpoint.ts'

/** Shows an address to a person. Resolves with whether a program was started for it. */
export type OpenBrowser = (url: URL) => Promise<boolean>

/** Where the browser comes back to. */
export interface CallbackOptions {
  /** The name in the redirect address; the listener is on 127.0.0.1 whatever it says. Default: `127.0.0.1`. */
  readonly callbackHost?: string
  /** A port that must be used. Default: any that is free. */
  readonly callbackPort?: number
}

/** How a person signs in. */
export interface SignInOptions extends ClientIdentity, CallbackOptions, DocumentOptions {
  readonly remote: URL
  readonly openBrowser: OpenBrowser
  readonly limits: Limits
  readonly now: () => Instant
}

/** One sign-in. */
export interface SignInTask {
  readonly challenge: Challenge | undefined
  /** The sign-in that is replaced. */
  readonly previous: Credentials | undefined
  /** Called once the listener is up and the browser was asked for. */
  readonly announce: (url: URL, opened: boolean) => void
  readonly signal: AbortSignal
}

/** Lets a person sign in with a browser on this machine. Throws `BridgeError` `sign_in_failed`. */
export async function signInWithBrowser(task: SignInTask, options: SignInOptions): Promise<Credentials> {
  const { remote, callbackHost, callbackPort } = options
  const asking = { ...options, signal: task.signal }
  const discovered = await explained(discover(remote, task.challenge, asking))
  const previous = task.previous?.issuer === discovered.server.issuer ? task.previous : undefined
  const wantedPort = portOf(previous?.client.redirectUri)
  const loopback = await openLoopback({
    ...(callbackHost !== undefined && { host: callbackHost }),
    ...(callbackPort !== undefined && { fixedPort: callbackPort }),
    ...(wantedPort !== undefined && { wantedPort }),
  })
  try {
    const credentials = await redeem({ ...task, previous }, { discovered, loopback }, asking)
    const text = `You are signed in to ${remote.host}. You can close this window.`
    await loopback.show({ status: 200, title: 'Signed in', text })
    return credentials
  } catch (error) {
    const problem = error instanceof BridgeError ? error.message : 'The sign-in failed. Sign in again.'
    await loopback.show({ status: 400, title: 'Not signed in', text: problem })
    throw error
  } finally {
    loopback.close()
  }
}

interface Place {
  readonly discovered: Discovered
  readonly loopback: Loopback
}

async function redeem(
  task: SignInTask,
  { discovered, loopback }: Place,
  options: SignInOptions,
): Promise<Credentials> {
  const { previous, announce, signal } = task
  const { server, resource } = discovered
  const { redirectUri } = loopback
  const asked = scopeFor(discovered, previous?.scope)
  const wish = {
    server,
    redirectUri,
    ...(asked && { scope: asked }),
    ...(previous && { previous: previous.client }),
  }
  const client = await explained(clientFor(wish, options, options))
  const request = await createAuthorizationRequest({
    discovered,
    client,
    redirectUri,
    ...(asked && { scope: asked }),
  })
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(options.limits.signInMs)])
  const callback = loopback.callback(request.state, deadline)
  callback.catch(() => undefined) // Awaited below; until then the browser may take its time.
  announce(request.url, await options.openBrowser(request.url))
  const code = codeOf(await callback, server)
  const grant = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: request.verifier,
    resource,
  }
  const party = { tokenEndpoint: server.tokenEndpoint, client, now: options.now }
  const { scope = asked, ...tokens } = await explained(requestTokens(grant, party, options))
  return {
    server: options.remote.href,
    issuer: server.issuer,
    resource,
    tokenEndpoint: server.tokenEndpoint.href,
    ...(server.revocationEndpoint && { revocationEndpoint: server.revocationEndpoint.href }),
    client,
    ...(scope && { scope }),
    ...tokens,
  }
}

/** Says of what went wrong on the way that it was the sign-in that failed. */
async function explained<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work
  } catch (error) {
    if (error instanceof BridgeError) throw error
    const reason = error instanceof HttpError || error instanceof Error ? error.message : ''
    throw new BridgeError('sign_in_failed', `The sign-in failed. ${reason} Sign in again.`, { cause: error })
  }
}

function portOf(redirectUri: string | undefined): number | undefined {
  const port = redirectUri !== undefined && URL.canParse(redirectUri) ? Number(new URL(redirectUri).port) : 0
  return port > 0 ? port : undefined
}
