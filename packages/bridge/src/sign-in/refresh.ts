import { BridgeError } from '../bridge-error.ts'
import type { Credentials, Instant } from '../credentials/credentials.ts'
import type { CredentialStore } from '../credentials/store.ts'
import type { Limits } from '../limits.ts'
import { backoff, pause } from '../pause.ts'
import type { DocumentOptions } from './documents.ts'
import type { Tokens } from './token-endpoint.ts'
import { isDead, requestTokens, TokenError } from './token-endpoint.ts'

/** What refreshing needs. */
export interface RefreshOptions extends DocumentOptions {
  readonly store: CredentialStore
  readonly entry: string
  readonly now: () => Instant
  readonly limits: Limits
}

/** Milliseconds before its end, at most, when a token is renewed ahead. */
const marginMs = 60_000

/** Whether a token should be renewed before it is used: within a minute of its end, or in the last tenth of a short life. */
export function endsSoon({ issuedAt, expiresAt }: Credentials, now: Instant): boolean {
  return expiresAt !== undefined && now > expiresAt - Math.min(marginMs, (expiresAt - issuedAt) / 10)
}

/** Whether there is a token that may still be taken. */
export function isUsable(
  credentials: Credentials | undefined,
  now: Instant,
): credentials is UsableCredentials {
  if (credentials?.accessToken === undefined) return false
  return credentials.expiresAt === undefined || now < credentials.expiresAt
}

/** Credentials with a token. */
export interface UsableCredentials extends Credentials {
  readonly accessToken: string
}

/**
 * Replaces a token that is refused or ends soon, once for all processes: under the store's lock the entry is read
 * again, and a token that another process has put there in the meantime is taken as it is. Resolves with what is
 * stored afterwards; a token is missing when only a new sign-in helps. Throws `BridgeError` `unreachable` when the
 * authorization server has trouble, and then nothing has changed.
 */
export function refresh(spent: string, options: RefreshOptions): Promise<Credentials | undefined> {
  const { store, entry, now, signal } = options
  return store.change(
    entry,
    async (current) => {
      if (!current) return undefined
      if (current.accessToken !== spent && isUsable(current, now())) return current
      if (current.refreshToken === undefined) return withoutTokens(current)
      try {
        return merged(current, await requestWithRetries(current, current.refreshToken, options))
      } catch (error) {
        if (isDead(error, 'invalid_client')) return undefined
        if (isDead(error, 'invalid_grant')) return withoutTokens(current)
        const message = `The sign-in cannot be renewed at the moment, because ${new URL(current.tokenEndpoint).host} does not answer properly. Try again in a minute.`
        throw new BridgeError('unreachable', message, { cause: error })
      }
    },
    signal ? { signal } : {},
  )
}

async function requestWithRetries(
  current: Credentials,
  refreshToken: string,
  options: RefreshOptions,
): Promise<Tokens> {
  const { scope, resource, client, bearer } = current
  const grant = {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    ...(resource !== undefined && { resource }),
    ...(scope && { scope }),
  }
  const party = {
    tokenEndpoint: new URL(current.tokenEndpoint),
    client,
    now: options.now,
    ...(bearer && { bearer }),
  }
  for (let attempt = 0; ; attempt++) {
    try {
      return await requestTokens(grant, party, options)
    } catch (error) {
      if (attempt === 2 || options.signal?.aborted || !isPassing(error)) throw error
      await pause(backoff(attempt, options.limits), options.signal)
    }
  }
}

/** Trouble of the network or of the server, as opposed to a refusal. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof TokenError)) return true
  return error.status >= 500 || error.status === 429 || error.error === 'temporarily_unavailable'
}

function merged(current: Credentials, tokens: Tokens): Credentials {
  const { expiresAt: _ended, ...kept } = current
  return { ...kept, ...tokens }
}

/** What is left when the tokens are dead: the client, so that the next sign-in need not register. */
function withoutTokens(current: Credentials): Credentials {
  const { accessToken: _access, refreshToken: _refresh, expiresAt: _ended, ...kept } = current
  return kept
}
