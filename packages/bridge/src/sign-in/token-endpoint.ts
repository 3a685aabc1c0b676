import type { Credentials, Instant, OAuthClient } from '../credentials/credentials.ts'
import { numberIn, parseJsonObject, textIn } from '../json/object.ts'
import type { Discovered } from './discovery.ts'
import type { DocumentOptions } from './documents.ts'
import { post } from './documents.ts'

/** What the token endpoint gave. */
export interface Tokens {
  readonly accessToken: string
  readonly refreshToken?: string
  readonly scope?: string
  readonly issuedAt: Instant
  readonly expiresAt?: Instant
}

/** An answer of the token endpoint that is no token. */
export class TokenError extends Error {
  override readonly name = 'TokenError'
  readonly status: number
  /** The `error` of RFC 6749, section 5.2, when there is one. */
  readonly error: string | undefined

  constructor(status: number, error: string | undefined) {
    super(`The token endpoint answered ${status}${error ? ` ${error}` : ''}.`)
    this.status = status
    this.error = error
  }
}

/** Whether an error means that what was sent will never be taken again, and not that the server has trouble. */
export function isDead(error: unknown, code: 'invalid_grant' | 'invalid_client'): boolean {
  if (!(error instanceof TokenError)) return false
  if (code === 'invalid_grant') return error.error === 'invalid_grant'
  return error.error === 'invalid_client' || error.error === 'unauthorized_client'
}

/** Where tokens come from, and for whom. */
export interface TokenParty {
  readonly tokenEndpoint: URL
  readonly client: OAuthClient
  readonly now: () => Instant
  /** Which token is meant. Default: `access_token`. */
  readonly bearer?: 'access_token' | 'id_token'
}

/** Asks for tokens with a grant. Throws `TokenError`, or `HttpError` when there was no answer. */
export async function requestTokens(
  grant: Readonly<Record<string, string>>,
  { tokenEndpoint, client, now, bearer = 'access_token' }: TokenParty,
  options: DocumentOptions,
): Promise<Tokens> {
  const issuedAt = now()
  const { status, body } = await post(tokenEndpoint, authenticated(grant, client), options)
  const accessToken = textIn(body, bearer)
  if (status !== 200 || accessToken === undefined) {
    const error = textIn(body, 'error')
    throw new TokenError(status, error && /^[\w-]{1,64}$/.test(error) ? error : undefined)
  }
  const [refreshToken, scope] = [textIn(body, 'refresh_token'), textIn(body, 'scope')]
  const told = numberIn(body, 'expires_in') ?? Number(textIn(body, 'expires_in') ?? Number.NaN)
  const seconds = bearer === 'id_token' ? secondsLeft(accessToken, issuedAt) : told
  return {
    accessToken,
    ...(refreshToken && { refreshToken }),
    ...(scope && { scope }),
    issuedAt,
    ...(Number.isFinite(seconds) && seconds > 0 && { expiresAt: issuedAt + seconds * 1_000 }),
  }
}

/** What is stored of a sign-in. */
export function credentialsFrom(
  { tokens, discovered, client, asked }: TokenGift,
  { remote, bearer }: { readonly remote: URL; readonly bearer?: 'access_token' | 'id_token' },
): Credentials {
  const { server, resource } = discovered
  const { scope = asked, ...rest } = tokens
  return {
    server: remote.href,
    issuer: server.issuer,
    ...(resource !== undefined && { resource }),
    tokenEndpoint: server.tokenEndpoint.href,
    ...(server.revocationEndpoint && { revocationEndpoint: server.revocationEndpoint.href }),
    client,
    ...(scope && { scope }),
    ...(bearer === 'id_token' && { bearer }),
    ...rest,
  }
}

/** Tokens, and where they came from. */
interface TokenGift {
  readonly tokens: Tokens
  readonly discovered: Discovered
  readonly client: OAuthClient
  /** The scope that was asked for, which is what was granted unless the answer says otherwise. */
  readonly asked: string | undefined
}

/** The life of a JWT, by its own word. It is not verified: whoever gets it does that. */
function secondsLeft(token: string, now: Instant): number {
  const [, payload = ''] = token.split('.')
  const ends = numberIn(parseJsonObject(Buffer.from(payload, 'base64url').toString()), 'exp')
  return ends === undefined ? Number.NaN : ends - Math.floor(now / 1_000)
}

/** Gives a token back. @see RFC 7009 */
export async function revokeToken(
  token: string,
  party: { readonly revocationEndpoint: URL; readonly client: OAuthClient },
  options: DocumentOptions,
): Promise<boolean> {
  const form = { token, token_type_hint: 'refresh_token' }
  const { status } = await post(party.revocationEndpoint, authenticated(form, party.client), options)
  return status === 200
}

/** A form that says who sends it. @see RFC 6749, section 2.3.1 */
export function authenticated(
  form: Readonly<Record<string, string>>,
  { id, secret, authentication }: OAuthClient,
): { readonly type: string; readonly text: string; readonly headers?: Readonly<Record<string, string>> } {
  const type = 'application/x-www-form-urlencoded'
  if (authentication === 'client_secret_basic' && secret !== undefined) {
    const pair = Buffer.from(`${formEncoded(id)}:${formEncoded(secret)}`).toString('base64')
    return { type, text: new URLSearchParams(form).toString(), headers: { authorization: `Basic ${pair}` } }
  }
  const proof = secret === undefined || authentication === 'none' ? {} : { client_secret: secret }
  return { type, text: new URLSearchParams({ ...form, client_id: id, ...proof }).toString() }
}

function formEncoded(text: string): string {
  return new URLSearchParams({ '': text }).toString().slice(1)
}
