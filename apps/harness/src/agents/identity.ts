import type {
  OAuthClientProvider,
  OAuthDiscoveryState,
  StoredOAuthClientInformation,
  StoredOAuthTokens,
} from '@modelcontextprotocol/client'

import { walkSignIn } from './sign-in.ts'
import type { SignInChoices } from './sign-in.ts'

/** An OAuth client of the SDK whose browser is ours to choose. */
export interface Identity extends OAuthClientProvider {
  /** The query with which the browser came back, after an authorization request. */
  readonly redirected: () => Promise<URLSearchParams>
  /** How often the person was sent through the browser. */
  readonly signIns: () => number
  readonly tokens: () => StoredOAuthTokens | undefined
}

export interface IdentityOptions {
  /** Takes the person from the authorization request to the redirect address. Default: the scripted browser. */
  readonly walk?: (authorization: URL) => Promise<URL>
  /** Where the client waits for the browser. Nothing has to listen there, unless the browser really goes there. */
  readonly redirectUrl?: string
}

/** Makes a client that registers itself and signs in as one of the simulator's people. */
export function createIdentity(
  choices: SignInChoices,
  {
    walk = (url) => walkSignIn(url, choices),
    redirectUrl = 'http://127.0.0.1:33418/callback',
  }: IdentityOptions = {},
): Identity {
  let information: StoredOAuthClientInformation | undefined
  let tokens: StoredOAuthTokens | undefined
  let discovery: OAuthDiscoveryState | undefined
  let verifier = ''
  let came: Promise<URL> | undefined
  let count = 0
  return {
    redirectUrl,
    clientMetadata: {
      client_name: 'Telamon harness',
      redirect_uris: [redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
    clientInformation: () => information,
    saveClientInformation(given) {
      information = given
    },
    tokens: () => tokens,
    saveTokens(given) {
      tokens = given
    },
    discoveryState: () => discovery,
    saveDiscoveryState(given) {
      discovery = given
    },
    saveCodeVerifier(given) {
      verifier = given
    },
    codeVerifier: () => verifier,
    redirectToAuthorization(url) {
      count += 1
      came = walk(url)
      came.catch(() => {
        // Reported by whoever awaits `redirected`.
      })
    },
    async redirected() {
      if (came === undefined) throw new Error('No authorization was asked for')
      return (await came).searchParams
    },
    signIns: () => count,
  }
}
