import * as oauth from 'oauth4webapi'
import * as z from 'zod'

import { createAsk, isRefusal } from './ask.ts'
import { Connection } from './connection.ts'
import { redeemError, SignInError, type SignInErrorCode, VaultError } from './errors.ts'
import type { VaultEvent } from './events.ts'
import { type Io, randomText } from './io.ts'
import type { Site, UpstreamProfile } from './profile.ts'
import { loginPlace, pendingPlace, type Sealer, vaultPlace } from './seal.ts'
import { createServe, type ServeLogin } from './serve.ts'
import type { ServiceAccounts } from './service-account.ts'
import type { VaultStore } from './store.ts'
import type { TokenEndpoint, UpstreamClient } from './token-endpoint.ts'

/** A sign-in that begins. `scopes` are our permissions, such as `jira:read`. */
export interface BeginLogin {
  readonly state: string
  readonly callbackUrl: string
  readonly scopes: readonly string[]
  readonly signal?: AbortSignal
}

/** A sign-in that comes back. `memo` is what `begin` gave out. */
export interface FinishLogin {
  readonly callbackUrl: string
  readonly memo?: string
  readonly scopes: readonly string[]
  readonly signal?: AbortSignal
}

/** A person who has signed in. `sealed` holds their tokens and opens for ten minutes. */
export interface SignedIn {
  readonly subject: string
  readonly label: string
  readonly choices: readonly { readonly id: string; readonly label: string; readonly detail?: string }[]
  readonly sealed: string
}

/** The sign-in that an authorization server asks for; it fits the port of `@telamon/oauth` by its shape. */
export interface VaultSignIn {
  /** The address to send the browser to, and a sealed memo that belongs to this state. Asks nobody. */
  readonly begin: (login: BeginLogin) => Promise<{ readonly url: URL; readonly memo?: string }>
  /** Redeems the callback once, and asks who signed in and which sites there are. Throws a `SignInError`. */
  readonly finish: (callback: URLSearchParams, login: FinishLogin) => Promise<SignedIn>
  /** Signs in the service account behind a client that acts in its own name. Throws a `SignInError`. */
  readonly serve: (login: ServeLogin) => Promise<SignedIn>
  /** Writes the connection under the grant's id. `choices` are ids of sites, and no others than were offered. */
  readonly keep: (grantId: string, signedIn: SignedIn, choices: readonly string[]) => Promise<void>
  /** Removes the connection. Idempotent. The upstream offers no revocation: people end it on their account page. */
  readonly forget: (grantId: string, reason: string) => Promise<void>
  /** The upstream scopes that these permissions ask for, in order. */
  readonly describe: (scopes: readonly string[]) => readonly string[]
}

/** What signing in rests on. */
export interface SignInOptions {
  readonly profile: UpstreamProfile
  readonly client: UpstreamClient
  readonly store: VaultStore
  readonly sealer: Sealer
  readonly endpoint: TokenEndpoint
  readonly services: ServiceAccounts
  readonly upstreamScopes: (permissions: readonly string[]) => readonly string[]
  readonly io: Io
  readonly observe: (event: VaultEvent) => void
  readonly forget: (grantId: string, reason: string) => Promise<void>
}

/** Tokens that belong to no grant yet. */
export interface PendingConnection {
  readonly connection: Connection
  readonly sites: readonly Site[]
  readonly accessExpiresAt: number
}

const pendingMs = 10 * 60 * 1000

const Memo = z.object({ verifier: z.string().optional() })

const Pending = z.object({
  connection: Connection,
  offered: z.array(z.string()),
  accessExpiresAt: z.number(),
  until: z.number(),
})

/** Signs people in at the upstream, as a confidential client with the authorization code grant. */
export function createSignIn(options: SignInOptions): VaultSignIn {
  const { profile, client, store, sealer, endpoint, services, upstreamScopes, io, observe, forget } = options

  const describe = (scopes: readonly string[]): readonly string[] => [
    ...new Set([...upstreamScopes(scopes), ...profile.scopes]),
  ]

  const finish = async (callback: URLSearchParams, login: FinishLogin): Promise<SignedIn> => {
    const refused = callback.get('error')
    if (refused !== null) throw refusedBy(refused)
    const verifier = await readMemo(callback, login.memo)
    const { callbackUrl, signal } = login
    const answer = await endpoint.redeem({
      callback,
      callbackUrl,
      ...(verifier !== undefined && { verifier }),
      ...(signal && { signal }),
    })
    if (!answer.ok) throw redeemError(answer.failure)
    const { accessToken, refreshToken, scope = '', accessExpiresAt } = answer.grant
    if (refreshToken === undefined)
      throw new SignInError(
        'misconfigured',
        'The upstream gave no refresh token, so the connection would end within the hour. ' +
          `Let the OAuth app ask for ${profile.scopes.join(' ')}.`,
      )
    const ask = createAsk(io, accessToken, signal)
    const [identity, sites] = await Promise.all([profile.identity(ask), profile.resources(ask)])
    const subject = identity.accountId
    const connection = { accessToken, refreshToken, scope, subject, choices: [], callbackUrl }
    return settle({ connection, sites, accessExpiresAt }, identity.name)
  }

  /** Seals what was signed in, for the ten minutes in which there is no grant yet. */
  const settle = async (
    { connection, sites, accessExpiresAt }: PendingConnection,
    label: string,
  ): Promise<SignedIn> => {
    const { subject } = connection
    const pending: z.infer<typeof Pending> = {
      connection,
      offered: sites.map(({ cloudId }) => cloudId),
      accessExpiresAt,
      until: io.now() + pendingMs,
    }
    const { blob } = await sealer.seal(pendingPlace(subject), pending)
    return { subject, label, choices: sites.map(toChoice), sealed: blob }
  }
  const serve = createServe({ profile, services, endpoint, io, settle })
  const told = (error: SignInError): SignInError => {
    observe({ type: 'sign_in_failed', code: error.code, message: error.message })
    return error
  }

  /** The memo opens only with the state it was made for. */
  const readMemo = async (callback: URLSearchParams, memo = ''): Promise<string | undefined> => {
    const place = loginPlace(callback.get('state') ?? '')
    const { verifier } = await sealer.open(place, memo, Memo).catch((cause: unknown) => {
      throw new SignInError('denied', 'The callback does not belong to the sign-in that was begun.', {
        cause,
      })
    })
    return verifier
  }

  return {
    describe,
    forget,

    async begin({ state, callbackUrl, scopes }) {
      const verifier = profile.pkce === 'always' ? randomText(io, 32) : undefined
      const url = new URL(profile.authorizeUrl)
      const parameters = {
        ...profile.authorizeParameters,
        client_id: client.id,
        redirect_uri: callbackUrl,
        response_type: 'code',
        scope: describe(scopes).join(' '),
        state,
        ...(verifier !== undefined && {
          code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
        }),
      }
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
      const memo = { ...(verifier !== undefined && { verifier }) }
      const { blob } = await sealer.seal(loginPlace(state), memo)
      return { url, memo: blob }
    },

    finish: (callback, login) =>
      finish(callback, login).catch((cause: unknown) => {
        login.signal?.throwIfAborted()
        throw told(cause instanceof SignInError ? cause : unfinished(cause))
      }),

    serve: (login) =>
      serve(login).catch((cause: unknown) => {
        login.signal?.throwIfAborted()
        throw told(cause instanceof SignInError ? cause : unfinished(cause))
      }),

    async keep(grantId, { subject, sealed }, choices) {
      const { connection, offered, accessExpiresAt, until } = await sealer.open(
        pendingPlace(subject),
        sealed,
        Pending,
      )
      if (io.now() > until)
        throw new SignInError(
          'unavailable',
          'The choice of sites took too long. The person has to begin again.',
        )
      const foreign = choices.filter((id) => !offered.includes(id))
      if (foreign.length > 0 || (choices.length === 0 && offered.length > 0))
        throw new SignInError('denied', 'The chosen sites are none, or not among those that were offered.')
      const createdAt = io.now()
      const kept = await store.putVault({
        grantId,
        ...(await sealer.seal(vaultPlace(grantId, 1), { ...connection, choices: [...choices] })),
        accessExpiresAt,
        absoluteExpiresAt: createdAt + profile.absoluteLifetimeMs,
        createdAt,
      })
      if (!kept)
        throw new SignInError('unavailable', `Grant ${grantId} has a connection already. Begin again.`)
      observe({ type: 'signed_in', grantId })
    },
  }
}

const toChoice = ({ cloudId, name, url }: Site): SignedIn['choices'][number] => ({
  id: cloudId,
  label: name === '' ? url : name,
  detail: url,
})

const refusals: Readonly<Record<string, SignInErrorCode>> = {
  access_denied: 'denied',
  consent_required: 'denied',
  login_required: 'denied',
  interaction_required: 'denied',
  server_error: 'unavailable',
  temporarily_unavailable: 'unavailable',
}

/** An `error` in the callback. What is not the person's or the moment's is the app's registration. */
function refusedBy(error: string): SignInError {
  const code = (Object.hasOwn(refusals, error) ? refusals[error] : undefined) ?? 'misconfigured'
  const known = /^[a-z_]{1,64}$/.test(error) ? error : 'an unknown error'
  const advice: Readonly<Record<SignInErrorCode, string>> = {
    denied: 'The person can begin again.',
    unavailable: 'The person can try again later.',
    misconfigured: 'Check callback address and permissions of the OAuth app, and whether it is shared.',
  }
  return new SignInError(code, `The upstream ended the sign-in with ${known}. ${advice[code]}`)
}

/** Anything else that went wrong after the callback. */
function unfinished(cause: unknown): SignInError {
  if (cause instanceof VaultError) return new SignInError('misconfigured', cause.message, { cause })
  const why = 'The upstream did not say who signed in, or which sites there are.'
  return isRefusal(cause)
    ? new SignInError('misconfigured', `${why} Check the permissions of the OAuth app.`, { cause })
    : new SignInError('unavailable', `${why} The person has to begin again.`, { cause })
}
