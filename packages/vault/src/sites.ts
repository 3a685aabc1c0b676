import { createAsk, isPassing, isRefusedToken } from './ask.ts'
import { VaultError } from './errors.ts'
import { createGrantCache } from './grant-cache.ts'
import { abortable, type Io } from './io.ts'
import type { Ask, Identity, Site, UpstreamProfile } from './profile.ts'
import type { OpenedVault } from './rows.ts'

/** What a call that waits takes. */
export interface WaitOptions {
  readonly signal?: AbortSignal
}

/** Who a grant belongs to and what it reaches, asked once a generation. */
export interface Sites {
  /** The sites that the person allowed and the upstream still lists, in a stable order. */
  readonly sites: (grantId: string, options?: WaitOptions) => Promise<readonly Site[]>
  readonly identity: (grantId: string, options?: WaitOptions) => Promise<Identity>
  /** Drops what is known of a grant. */
  readonly forget: (grantId: string) => void
}

/** Which tokens somebody has been refused with: their generation, or the access token itself. */
export interface CurrentOptions {
  readonly rejected?: number | string
}

/** What asking rests on. */
export interface SitesOptions {
  readonly profile: UpstreamProfile
  readonly io: Io
  /** The grant's tokens; refreshed first if the ones of `rejected` are still the newest. */
  readonly current: (grantId: string, options: CurrentOptions) => Promise<OpenedVault>
}

/** An answer stays until the tokens are refreshed, and no longer than an hour. */
const lifetimeMs = 60 * 60 * 1000

/** Asks the upstream who and where, with few questions: answers are kept, and callers share a question. */
export function createSites({ profile, io, current }: SitesOptions): Sites {
  /** Asks with the tokens there are, and once more with new ones if these are refused. */
  const ask = async <T>(grantId: string, tokens: OpenedVault, question: Question<T>): Promise<T> => {
    try {
      return await question(createAsk(io, tokens.accessToken))
    } catch (error) {
      if (!isRefusedToken(error)) throw unanswered(grantId, error)
      const fresh = await current(grantId, { rejected: tokens.generation })
      return await question(createAsk(io, fresh.accessToken)).catch(async (cause: unknown) => {
        // Refused twice: throws `needs_sign_in` if the connection is found to be dead.
        if (isRefusedToken(cause)) await current(grantId, { rejected: fresh.generation })
        throw unanswered(grantId, cause)
      })
    }
  }

  const kept = <T>(question: Question<T>): Kept<T> => {
    const cache = createGrantCache<Promise<T>>({ now: io.now, lifetimeMs, size: 5000 })
    return {
      get(grantId, tokens) {
        const known = cache.get(grantId, tokens.generation)
        if (known !== undefined) return known
        const asked = ask(grantId, tokens, question)
        cache.set(grantId, tokens.generation, asked)
        // A failure reaches those who wait for it, and is not kept for others.
        asked.catch(() => cache.delete(grantId))
        return asked
      },
      forget: cache.delete,
    }
  }

  const resources = kept(profile.resources)
  const identities = kept(profile.identity)

  return {
    async sites(grantId, { signal } = {}) {
      const tokens = await current(grantId, {})
      const all = await abortable(resources.get(grantId, tokens), signal)
      return all.filter(({ cloudId }) => tokens.choices.includes(cloudId))
    },

    async identity(grantId, { signal } = {}) {
      const tokens = await current(grantId, {})
      return abortable(identities.get(grantId, tokens), signal)
    },

    forget(grantId) {
      resources.forget(grantId)
      identities.forget(grantId)
    },
  }
}

type Question<T> = (ask: Ask) => Promise<T>

interface Kept<T> {
  readonly get: (grantId: string, tokens: OpenedVault) => Promise<T>
  readonly forget: (grantId: string) => void
}

const unanswered = (grantId: string, cause: unknown): VaultError =>
  isPassing(cause) || isRefusedToken(cause)
    ? new VaultError('try_again', `The upstream did not answer for grant ${grantId}. Try again.`, {
        grantId,
        retryAfterMs: 1000,
        cause,
      })
    : new VaultError(
        'misconfigured',
        `The upstream does not say who grant ${grantId} belongs to or what it reaches. ` +
          'Check the permissions of the OAuth app; no connection was given up.',
        { grantId, cause },
      )
