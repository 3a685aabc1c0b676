import type { ForeignSignIn } from './adoption.ts'
import { adopted } from './adoption.ts'
import { isBridgeError } from './bridge-error.ts'
import type { Instant } from './credentials/credentials.ts'
import { entryOf } from './credentials/entry.ts'
import type { CredentialStore, Protection } from './credentials/store.ts'
import type { Observe } from './events.ts'
import type { BridgeInfo } from './greeting.ts'
import type { Limits } from './limits.ts'
import { defaultLimits } from './limits.ts'
import type { Http } from './network/http.ts'
import { createHttp } from './network/http.ts'
import { createEndpoint } from './remote/endpoint.ts'
import { probe } from './remote/probe.ts'
import type { ConnectionCache } from './server-description.ts'
import { accessFor } from './sign-in/access-for.ts'
import { isLoopback } from './sign-in/addresses.ts'
import type { CallbackOptions, OpenBrowser } from './sign-in/browser-sign-in.ts'
import type { SignInChoices } from './sign-in/choices.ts'
import { discover } from './sign-in/discovery.ts'
import { explained } from './sign-in/explained.ts'
import { revokeToken } from './sign-in/token-endpoint.ts'

/** What an account is made of. */
export interface AccountOptions extends CallbackOptions, SignInChoices {
  readonly remote: URL
  readonly credentials: CredentialStore
  readonly openBrowser: OpenBrowser
  readonly info: BridgeInfo
  readonly cache?: ConnectionCache
  /** The name of the sign-in in the store, so that several accounts of one server keep apart. Default: `entryOf(remote)`. */
  readonly entry?: string
  /** Plain http also to other machines. Default: false. */
  readonly allowHttp?: boolean
  readonly limits?: Partial<Limits>
  /** Headers of every request, with lower-case names. */
  readonly headers?: Readonly<Record<string, string>>
  /** Default: Node's own HTTP. */
  readonly http?: Http
  readonly observe?: Observe
  /** Milliseconds since 1970. */
  readonly now?: () => Instant
}

/** What is stored of a sign-in, without its secrets. */
export interface AccountStatus {
  readonly server: string
  readonly issuer: string
  readonly protection: Protection
  readonly scope?: string
  /** Whether it renews itself. */
  readonly isRenewable: boolean
  /** Whether there is a token; without one the next use asks for a sign-in. */
  readonly hasToken: boolean
  readonly expiresAt?: Instant
}

/** A person's sign-in to one server, apart from any bridge. */
export interface Account {
  /** Asks the server for anything, and lets the person sign in if it wants that. Throws `BridgeError`. */
  readonly signIn: (options?: {
    readonly signal?: AbortSignal
  }) => Promise<'signed_in' | 'already' | 'not_needed'>
  /** Gives the tokens back where the server takes them, and forgets them. `revoked` is false where it only forgot. */
  readonly signOut: () => Promise<{ readonly wasSignedIn: boolean; readonly revoked: boolean }>
  readonly status: () => Promise<AccountStatus | undefined>
  /** Takes a sign-in over that another program made. Throws `BridgeError` when the server sends people elsewhere by now. */
  readonly adopt: (foreign: ForeignSignIn) => Promise<void>
}

/** Makes an account. */
export function createAccount(options: AccountOptions): Account {
  const { remote, credentials, info, cache, observe = () => undefined, now = Date.now } = options
  const { entry = entryOf(remote) } = options
  const limits = { ...defaultLimits, ...options.limits }

  async function signIn({
    signal = new AbortController().signal,
  }: { readonly signal?: AbortSignal } = {}): ReturnType<Account['signIn']> {
    const own = createHttp()
    const { http = own } = options
    let signedIn = false
    const hear: Observe = (event) => {
      observe(event)
      if (event.type === 'signed_in') signedIn = true
    }
    const headers = { 'user-agent': `${info.name}/${info.version}`, ...options.headers }
    const common = { ...options, limits, observe: hear, now, http, headers }
    const access = accessFor({
      ...common,
      clientName: 'Telamon Proxy',
      version: info.version,
      store: credentials,
    })
    try {
      const host = { era: 'modern', capabilities: '{}', clientInfo: JSON.stringify(info) } as const
      await probe(
        { host, id: 'sign-in', signal },
        { endpoint: createEndpoint({ ...common, access }), limits },
      )
    } finally {
      await access.close()
      own.close()
    }
    if (signedIn) return 'signed_in'
    return (await credentials.read(entry))?.accessToken === undefined ? 'not_needed' : 'already'
  }

  async function signOut(): ReturnType<Account['signOut']> {
    const own = createHttp()
    const { http = own } = options
    try {
      const current = await credentials.read(entry)
      const token = current?.refreshToken ?? current?.accessToken
      const place = current?.revocationEndpoint
      const revoked =
        current && token !== undefined && place !== undefined
          ? await revokeToken(
              token,
              { revocationEndpoint: new URL(place), client: current.client },
              { http },
            ).catch(() => false)
          : false
      return { wasSignedIn: token !== undefined, revoked }
    } catch (error) {
      if (!isBridgeError(error, 'not_stored')) throw error
      return { wasSignedIn: true, revoked: false } // It cannot be read, and is removed all the same.
    } finally {
      own.close()
      await credentials.remove(entry)
      await cache?.remove()
    }
  }

  async function adopt(foreign: ForeignSignIn): Promise<void> {
    const own = createHttp()
    const { http = own } = options
    try {
      const rule = { http, allowLocal: isLoopback(remote.hostname) }
      const discovered = await explained(discover(remote, undefined, { ...options, ...rule }))
      const made = adopted(foreign, discovered, { remote, now: now() })
      await credentials.change(entry, () => made)
    } finally {
      own.close()
    }
  }

  return { signIn, signOut, adopt, status: () => statusOf(credentials, entry) }
}

/** What a store holds of one entry. Throws `BridgeError` `not_stored` when it cannot be read. */
export async function statusOf(store: CredentialStore, entry: string): Promise<AccountStatus | undefined> {
  const current = await store.read(entry)
  if (!current) return undefined
  const { server, issuer, scope, expiresAt, accessToken, refreshToken } = current
  return {
    server,
    issuer,
    protection: await store.protectionOf(entry),
    isRenewable: refreshToken !== undefined,
    hasToken: accessToken !== undefined,
    ...(scope !== undefined && { scope }),
    ...(expiresAt !== undefined && { expiresAt }),
  }
}
