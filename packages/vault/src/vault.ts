import type { SweepReport, VaultEvent } from './events.ts'
import { abortable, defaultIo, type Io, randomText } from './io.ts'
import type { Identity, Site, UpstreamProfile } from './profile.ts'
import { createRefresher } from './refresh.ts'
import { checkKeys, createRekey, type RekeyReport } from './rekey.ts'
import { createRows } from './rows.ts'
import { createSealer, type VaultKeys } from './seal.ts'
import type { ServiceAccounts } from './service-account.ts'
import { createSignIn, type VaultSignIn } from './sign-in.ts'
import { createSites, type CurrentOptions, type WaitOptions } from './sites.ts'
import type { VaultStore } from './store.ts'
import { createSweep } from './sweep.ts'
import { createTokenEndpoint, type UpstreamClient } from './token-endpoint.ts'
import { createTokens, type Probe } from './tokens.ts'

/** What a vault is made of. */
export interface VaultOptions extends Partial<Io> {
  /** The upstream, such as `cloudProfile()`. */
  readonly profile: UpstreamProfile
  /** The OAuth app, as registered with the upstream. */
  readonly client: UpstreamClient
  readonly store: VaultStore
  /** What tokens are sealed with. Every instance has the same ring. */
  readonly keys: VaultKeys
  /** Which upstream scopes our permissions need. The profile adds its own. */
  readonly upstreamScopes: (permissions: readonly string[]) => readonly string[]
  /** The accounts of clients that act in their own name. Default: none. */
  readonly services?: ServiceAccounts
  /** Revokes the grant of a connection that has ended. Idempotent; called again by sweeps until `forget` is. */
  readonly endGrant?: (grantId: string, reason: string) => Promise<void>
  /** Told about everything that happens, at once; must not throw. */
  readonly observe?: (event: VaultEvent) => void
  /** Names this process in leases. Default: random. */
  readonly instance?: string
}

/** What a call for a token may say. */
export interface TokenOptions extends WaitOptions, CurrentOptions {}

/** A person's connections to the upstream: one for each grant, each with a token family of its own. */
export interface Vault {
  readonly signIn: VaultSignIn
  /**
   * An access token with time left, refreshed first where it has none. `rejected` names a token, or its generation,
   * that the API answered with 401: it is replaced, once, unless that has happened already. Throws a `VaultError`.
   */
  readonly token: (grantId: string, options?: TokenOptions) => Promise<string>
  /** The sites that the person allowed and the upstream still lists. Throws a `VaultError`. */
  readonly sites: (grantId: string, options?: WaitOptions) => Promise<readonly Site[]>
  /** Who the connection belongs to. Throws a `VaultError`. */
  readonly identity: (grantId: string, options?: WaitOptions) => Promise<Identity>
  /**
   * Asks the upstream whether the connection works, for when a call was refused with a fresh token, too. Ends the
   * connection if the upstream refuses it; an outage ends nothing. Throws a `VaultError` if it has ended already.
   */
  readonly probe: (grantId: string, options?: WaitOptions) => Promise<Probe>
  /** Removes the connection and all that is known of it. Idempotent. */
  readonly forget: (grantId: string, reason: string) => Promise<void>
  /** For the start, and every minute after it. */
  readonly sweep: (options?: WaitOptions) => Promise<SweepReport>
  /** Seals every row with the current key. */
  readonly rekey: (options?: WaitOptions) => Promise<RekeyReport>
  /** For the start. Throws a `VaultError` of code `misconfigured` when a key is missing that rows need. */
  readonly checkKeys: () => Promise<void>
  /** For the stop: begins no more refreshes, and waits for those under way, or until the signal. */
  readonly drain: (options?: WaitOptions) => Promise<void>
}

/** Puts a vault together. Nothing is read or sent before the first call. */
export function createVault(options: VaultOptions): Vault {
  const { profile, client, store, keys, upstreamScopes, endGrant, observe = () => {} } = options
  const {
    fetch = defaultIo.fetch,
    now = defaultIo.now,
    sleep = defaultIo.sleep,
    random = defaultIo.random,
  } = options
  const io: Io = { fetch, now, sleep, random }
  const { instance = randomText(io, 6), services = new Map() } = options

  const sealer = createSealer(keys)
  const rows = createRows(store, sealer, io)
  const endpoint = createTokenEndpoint({ profile, client, services, io })

  /** The grant follows its connection. If that fails, the next sweep sees to it. */
  const ended = async (grantId: string, reason: string): Promise<void> => {
    sites.forget(grantId)
    await endGrant?.(grantId, reason).catch(() => {
      // The row stays, dead, until the grant has been ended: nothing is lost but a moment.
    })
  }
  const refresher = createRefresher({ store, rows, endpoint, io, instance, observe, ended })
  const tokens = createTokens({ profile, rows, refresher, io })
  const sites = createSites({ profile, io, current: tokens.current })

  const forget = async (grantId: string, reason: string): Promise<void> => {
    const dropped = await store.dropVault(grantId)
    for (const part of [rows, tokens, sites]) part.forget(grantId)
    if (dropped) observe({ type: 'forgotten', grantId, reason })
  }
  const sweep = createSweep({ store, profile, refresher, io, forget, ...(endGrant && { endGrant }) })

  return {
    signIn: createSignIn({
      profile,
      client,
      store,
      sealer,
      endpoint,
      services,
      upstreamScopes,
      io,
      observe,
      forget,
    }),

    async token(grantId, { signal, rejected } = {}) {
      const current = tokens.current(grantId, { ...(rejected !== undefined && { rejected }) })
      const { accessToken } = await abortable(current, signal)
      return accessToken
    },

    sites: sites.sites,
    identity: sites.identity,
    probe: (grantId, { signal } = {}) => abortable(tokens.probe(grantId), signal),
    forget,

    async sweep(wait) {
      const report = await sweep(wait)
      observe({ type: 'swept', ...report })
      return report
    },

    rekey: createRekey({ store, sealer, keys, io }),
    checkKeys: () => checkKeys({ store, keys }),
    drain: ({ signal } = {}) => abortable(refresher.close(), signal),
  }
}
