import { BridgeError } from '../bridge-error.ts'
import type { Credentials } from '../credentials/credentials.ts'
import { scopeFor } from './authorization.ts'
import type { SignInOptions, SignInTask } from './browser-sign-in.ts'
import type { AuthorizationServer, Discovered } from './discovery.ts'
import { discover } from './discovery.ts'
import { explained } from './explained.ts'
import { clientFor } from './registration.ts'
import { credentialsFrom, isDead, requestTokens } from './token-endpoint.ts'

/** Signs in as a machine, with the id and the secret of a client. @see RFC 6749, section 4.4 */
export async function signInAsClient(task: SignInTask, options: SignInOptions): Promise<Credentials> {
  const { client: given, tokenEndpoint, remote } = options
  if (given?.secret === undefined) {
    const message =
      'A sign-in without a person needs a client with a secret. Give --static-oauth-client-info.'
    throw new BridgeError('sign_in_failed', message)
  }
  const asking = { ...options, signal: task.signal }
  const discovered: Discovered = tokenEndpoint
    ? { server: serverAt(tokenEndpoint), ...resourceOf(options, remote) }
    : await explained(discover(remote, task.challenge, asking))
  const { server, resource } = discovered
  const scope = scopeFor(discovered, undefined, options)
  const client = await clientFor({ server, grants: ['client_credentials'] }, options, asking)
  const grant = {
    grant_type: 'client_credentials',
    ...(scope && { scope }),
    ...(resource !== undefined && { resource }),
  }
  try {
    const tokens = await requestTokens(
      grant,
      { ...options, tokenEndpoint: server.tokenEndpoint, client },
      asking,
    )
    return credentialsFrom({ tokens, discovered, client, asked: scope }, options)
  } catch (error) {
    if (!isDead(error, 'invalid_client')) return await explained(Promise.reject(error))
    const message = `${server.tokenEndpoint.host} does not take this client. Check id and secret in --static-oauth-client-info.`
    throw new BridgeError('sign_in_failed', message, { cause: error })
  }
}

function resourceOf({ resource }: SignInOptions, { href }: URL): { readonly resource?: string } {
  return resource === false ? {} : { resource: resource ?? href }
}

function serverAt(tokenEndpoint: URL): AuthorizationServer {
  return {
    issuer: tokenEndpoint.origin,
    authorizationEndpoint: tokenEndpoint,
    tokenEndpoint,
    scopesSupported: [],
    takesMetadataDocuments: false,
    namesItself: false,
  }
}
