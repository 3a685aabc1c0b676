import { createAsk, isRefusedToken } from './ask.ts'
import { isVaultError } from './errors.ts'
import type { RefreshCause } from './events.ts'
import { createGrantCache } from './grant-cache.ts'
import type { Io } from './io.ts'
import type { UpstreamProfile } from './profile.ts'
import type { Refresher } from './refresh.ts'
import type { OpenedVault, Rows } from './rows.ts'
import type { CurrentOptions } from './sites.ts'
import type { LiveVault } from './store.ts'

/** With less than this left, a refresh is begun, and nobody waits for it. */
const backgroundMs = 300_000
/** With less than this left, a caller waits for the refresh. */
const waitingMs = 30_000

/** What the upstream says of a connection. `unknown`: it did not say. */
export type Probe = 'alive' | 'dead' | 'unknown'

/** Decides which tokens a call gets. */
export interface Tokens {
  readonly current: (grantId: string, options: CurrentOptions) => Promise<OpenedVault>
  readonly probe: (grantId: string) => Promise<Probe>
  /** Drops what is known of a grant. */
  readonly forget: (grantId: string) => void
}

/** What deciding rests on. */
export interface TokensOptions {
  readonly profile: UpstreamProfile
  readonly rows: Rows
  readonly refresher: Refresher
  readonly io: Io
}

/** For how long a token counts as fresh, so that a refusal means more than that it has ended early. */
const freshMs = 60_000

/** Gives out tokens that have time left, and has them refreshed when that time is short. */
export function createTokens({ profile, rows, refresher, io }: TokensOptions): Tokens {
  /** Generations that exist because the one before was refused by the API, a moment ago. */
  const forced = createGrantCache<true>({ now: io.now, lifetimeMs: freshMs, size: 10_000 })

  const refreshed = ({ grantId, generation }: LiveVault, cause: RefreshCause): Promise<OpenedVault> =>
    refresher.refresh(grantId, generation, cause)

  /** A failure that passes hurts nobody whose token has not ended yet. */
  const waitFor = async (row: LiveVault): Promise<OpenedVault> => {
    try {
      return await refreshed(row, 'waiting')
    } catch (error) {
      if (isVaultError(error, 'needs_sign_in') || row.accessExpiresAt <= io.now()) throw error
      return rows.open(row)
    }
  }

  const force = async (row: LiveVault): Promise<OpenedVault> => {
    const next = await refreshed(row, 'rejected')
    forced.set(row.grantId, next.generation, true)
    return next
  }

  /** The API refused the newest token. One refresh; if that made the token a moment ago, the upstream is asked why. */
  const replace = async (row: LiveVault): Promise<OpenedVault> => {
    if (forced.get(row.grantId, row.generation) === undefined) return force(row)
    await probe(row.grantId)
    return rows.open(await rows.live(row.grantId))
  }

  /** Only a token that was made a moment ago can prove a connection dead: an older one may have ended early. */
  const probe = async (grantId: string): Promise<Probe> => {
    const row = await rows.live(grantId)
    const { accessToken } = await rows.open(row)
    try {
      await profile.identity(createAsk(io, accessToken))
      return 'alive'
    } catch (error) {
      if (!isRefusedToken(error)) return 'unknown'
    }
    if (forced.get(grantId, row.generation) !== undefined)
      return (await refresher.bury(grantId, row.generation, 'refused_by_api')) ? 'dead' : 'unknown'
    try {
      await force(row)
    } catch (error) {
      return isVaultError(error, 'needs_sign_in') ? 'dead' : 'unknown'
    }
    return probe(grantId)
  }

  return {
    async current(grantId, { rejected }) {
      const row = await rows.live(grantId)
      const left = row.accessExpiresAt - io.now()
      if (rejected !== undefined && (await isNewest(rejected, row))) return replace(row)
      if (left <= waitingMs) return waitFor(row)
      if (left <= backgroundMs)
        refreshed(row, 'background').catch(() => {
          // Reported by the refresher. Nobody waits for it, and the token in hand is good.
        })
      return rows.open(row)
    },

    probe,
    forget: forced.delete,
  }

  async function isNewest(rejected: number | string, row: LiveVault): Promise<boolean> {
    if (typeof rejected === 'number') return rejected === row.generation
    const { accessToken } = await rows.open(row)
    return rejected === accessToken
  }
}
