import { BridgeError } from '../bridge-error.ts'
import type { Credentials, Instant } from '../credentials/credentials.ts'
import type { Limits } from '../limits.ts'
import { codeOf, createAuthorizationRequest, scopeFor } from './authorization.ts'
import type { Challenge } from './challenge.ts'
import type { Discovered } from './discovery.ts'
import type { DocumentOptions } from './documents.ts'
import { explained } from './explained.ts'
import type { Loopback } from './loopback.ts'
import { openLoopback } from './loopback.ts'
import type { ClientIdentity } from './registration.ts'
import { clientFor } from './registration.ts'
import { credentialsFrom, requestTokens } from './token-endpoint.ts'

/** Shows an address to a person. Resolves with whether a program was started for it. */
export type OpenBrowser = (url: URL) => Promise<boolean>

/** Where the browser comes back to. The listener is on 127.0.0.1 whatever the address says. */
export interface CallbackOptions {
  /** The name in the redirect address. Default: `127.0.0.1`, and `localhost` for a client that is registered already. */
  readonly callbackHost?: string
  /** A port that must be used. Default: any that is free. */
  readonly callbackPort?: number
  /** Default: `/oauth/callback`. */
  readonly callbackPath?: string
  /** The whole redirect address, where a tunnel or a forwarded port leads to the listener. */
  readonly callbackUrl?: URL
  /** A page to show after a sign-in, instead of our own. */
  readonly successUrl?: URL
  /**
   * Reads the address that a browser elsewhere ended at, as a person pastes it. Called again as long as what comes is not
   * the answer to the sign-in; `wrong` says so. Default: only the listener is waited for.
   */
  readonly readPasted?: (wrong: boolean, signal: AbortSignal) => Promise<string>
}

/** How a person signs in. */
export interface SignInOptions extends ClientIdentity, CallbackOptions, DocumentOptions {
  readonly remote: URL
  readonly openBrowser: OpenBrowser
  readonly limits: Limits
  readonly now: () => Instant
}

/** What a person is shown. */
export interface Invitation {
  readonly url: URL
  /** Whether a browser was started for it. */
  readonly opened: boolean
  /** The code to compare or to type, where the sign-in goes by one. */
  readonly userCode?: string
  /** Takes the address that the browser ended at. False: it is not the answer to this sign-in. */
  readonly paste?: (address: string) => boolean
}

/** One sign-in. */
export interface SignInTask {
  readonly challenge: Challenge | undefined
  /** The sign-in that is replaced. */
  readonly previous: Credentials | undefined
  /** Called once everything waits for the person. */
  readonly announce: (invitation: Invitation) => void
  readonly signal: AbortSignal
}

/** Lets a person sign in with a browser. Throws `BridgeError` `sign_in_failed`. */
export async function signInWithBrowser(
  task: SignInTask,
  discovered: Discovered,
  options: SignInOptions,
): Promise<Credentials> {
  const { remote, successUrl } = options
  const previous = task.previous?.issuer === discovered.server.issuer ? task.previous : undefined
  const loopback = await openLoopback(placeFor(options, previous))
  try {
    const asking = { ...options, signal: task.signal }
    const credentials = await redeem({ ...task, previous }, { discovered, loopback }, asking)
    const text = `You are signed in to ${remote.host}. You can close this window.`
    const elsewhere = successUrl ? { status: 303, location: successUrl.href } : { status: 200 }
    await loopback.show({ ...elsewhere, title: 'Signed in', text })
    return credentials
  } catch (error) {
    const problem = error instanceof BridgeError ? error.message : 'The sign-in failed. Sign in again.'
    await loopback.show({ status: 400, title: 'Not signed in', text: problem })
    throw error
  } finally {
    loopback.close()
  }
}

/** A client that was registered by hand names its address with `localhost` as a rule, as that of mcp-remote is. */
function placeFor(
  { callbackHost, callbackPort, callbackPath, callbackUrl, client, clientMetadataUrl }: SignInOptions,
  previous: Credentials | undefined,
): Parameters<typeof openLoopback>[0] {
  const wantedPort = portOf(previous?.client.redirectUri)
  const byHand = client !== undefined || clientMetadataUrl !== undefined
  const host = callbackHost ?? (byHand && process.platform !== 'win32' ? 'localhost' : undefined)
  return {
    ...(host !== undefined && { host }),
    ...(callbackPath !== undefined && { path: callbackPath }),
    ...(callbackPort !== undefined && { fixedPort: callbackPort }),
    ...(callbackUrl && { redirectUri: callbackUrl }),
    ...(wantedPort !== undefined && { wantedPort }),
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
  const asked = scopeFor(discovered, previous?.scope, options)
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
    ...(options.authorizeParameters && { parameters: options.authorizeParameters }),
  })
  const done = new AbortController()
  const deadline = AbortSignal.any([signal, done.signal, AbortSignal.timeout(options.limits.signInMs)])
  const callback = loopback.callback(request.state, deadline)
  callback.catch(() => undefined) // Awaited below; until then the browser may take its time.
  const { paste } = loopback
  announce({ url: request.url, opened: await options.openBrowser(request.url), paste })
  void keepReading(options, paste, deadline)
  try {
    const code = codeOf(await callback, server)
    const grant = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: request.verifier,
      ...(resource !== undefined && { resource }),
    }
    const party = { ...options, tokenEndpoint: server.tokenEndpoint, client }
    const tokens = await explained(requestTokens(grant, party, options))
    return credentialsFrom({ tokens, discovered, client, asked }, options)
  } finally {
    done.abort()
  }
}

async function keepReading(
  { readPasted }: SignInOptions,
  paste: (address: string) => boolean,
  signal: AbortSignal,
): Promise<void> {
  if (!readPasted) return
  for (let wrong = false; !signal.aborted; wrong = true) {
    const isTaken = await readPasted(wrong, signal).then(paste, () => true) // Nothing more can be read.
    if (isTaken) return
  }
}

function portOf(redirectUri: string | undefined): number | undefined {
  const port = redirectUri !== undefined && URL.canParse(redirectUri) ? Number(new URL(redirectUri).port) : 0
  return port > 0 ? port : undefined
}
