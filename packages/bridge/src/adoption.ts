import { BridgeError } from './bridge-error.ts'
import type { Credentials, OAuthClient } from './credentials/credentials.ts'
import type { Discovered } from './sign-in/discovery.ts'

/** A sign-in that another program made, as that one stored it. */
export interface ForeignSignIn {
  readonly accessToken: string
  readonly refreshToken?: string
  readonly scope?: string
  /** Milliseconds since 1970. */
  readonly expiresAt?: number
  /** Who gave the tokens, if the program noted it. */
  readonly issuer?: string
  readonly client: OAuthClient
}

/**
 * Makes ours of a sign-in of another program. Throws `BridgeError` `sign_in_failed` when its tokens come from somewhere
 * else than where the server sends people now: they are shown to nobody then.
 */
export function adopted(
  foreign: ForeignSignIn,
  { server, resource }: Discovered,
  { remote, now }: { readonly remote: URL; readonly now: number },
): Credentials {
  const { issuer, client, accessToken, refreshToken, scope, expiresAt } = foreign
  if (issuer !== undefined && issuer.replace(/\/$/, '') !== server.issuer.replace(/\/$/, '')) {
    const message = `The stored sign-in is of ${issuer}, and ${remote.host} sends people to ${server.issuer}. Sign in anew.`
    throw new BridgeError('sign_in_failed', message)
  }
  return {
    server: remote.href,
    issuer: server.issuer,
    tokenEndpoint: server.tokenEndpoint.href,
    client,
    accessToken,
    issuedAt: now,
    ...(resource !== undefined && { resource }),
    ...(server.revocationEndpoint && { revocationEndpoint: server.revocationEndpoint.href }),
    ...(refreshToken !== undefined && { refreshToken }),
    ...(scope !== undefined && { scope }),
    ...(expiresAt !== undefined && { expiresAt }),
  }
}
