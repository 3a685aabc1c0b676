import { type Backoff, createBackoff } from './backoff.ts'
import { type Connection, renewed, type TokenGrant } from './connection.ts'
import { type Failure, refreshError, VaultError } from './errors.ts'
import type { RefreshCause, VaultEvent } from './events.ts'
import { fraction, type Io, randomText } from './io.ts'
import type { OpenedVault, Rows } from './rows.ts'
import { vaultPlace } from './seal.ts'
import type { Fence, LiveVault, VaultStore } from './store.ts'
import type { TokenEndpoint } from './token-endpoint.ts'

/** How long a lease counts. It outlives the call it covers by 20 s, which is what clocks may differ by. */
const leaseMs = 30_000
/** The longest that a caller waits for somebody else's refresh. */
const patienceMs = 15_000
/** Looks after another's refresh are 50 to 250 ms apart. */
const pollMs = { least: 50, spread: 200 }

/** Gets new tokens, once for all who want them, here and on other instances. */
export interface Refresher {
  /**
   * Resolves with a generation later than the one given. Callers of one process share one attempt; between
   * processes a lease decides. Rejects with a `VaultError`.
   */
  readonly refresh: (grantId: string, generation: number, cause: RefreshCause) => Promise<OpenedVault>
  /** Ends the connection, if it is still of this generation and nobody is refreshing it. */
  readonly bury: (grantId: string, generation: number, reason: string) => Promise<boolean>
  /** Takes no new leases; resolves when the refreshes under way have ended. */
  readonly close: () => Promise<void>
}

/** What refreshing rests on. */
export interface RefresherOptions {
  readonly store: VaultStore
  readonly rows: Rows
  readonly endpoint: TokenEndpoint
  readonly io: Io
  /** Names this process in leases. */
  readonly instance: string
  readonly observe: (event: VaultEvent) => void
  /** Told about a connection that the upstream has ended. */
  readonly ended: (grantId: string, reason: string) => Promise<void>
}

/**
 * Single flight, lease, fence. After a crash the same refresh token is sent again: the attempt mark stays in the row,
 * and inside its reuse interval Atlassian answers with another successor (documented: 10 minutes).
 */
export function createRefresher(options: RefresherOptions): Refresher {
  const { store, rows, endpoint, io, instance, observe, ended } = options
  const flights = new Map<string, Promise<OpenedVault>>()
  const backoff: Backoff = createBackoff(io)
  let closing = false

  const refresh = (grantId: string, generation: number, cause: RefreshCause): Promise<OpenedVault> => {
    const key = `${grantId}|${generation}`
    const flying = flights.get(key)
    if (flying !== undefined) return flying
    const flight = fly({ grantId, generation, cause }).finally(() => flights.delete(key))
    flights.set(key, flight)
    return flight
  }

  /** Waits for the lease, or for whoever has it. */
  const fly = async (task: Task): Promise<OpenedVault> => {
    const { grantId, generation } = task
    const deadline = io.now() + patienceMs
    for (;;) {
      const row = await rows.live(grantId)
      if (row.generation !== generation) return rows.open(row)
      const standing = backoff.standing(grantId)
      if (standing !== undefined) throw standing
      if (closing) throw busy(grantId, 'This process is stopping')
      const fence = { grantId, generation, owner: `${instance}:${randomText(io, 12)}` }
      const now = io.now()
      const blob = await store.claimRefresh({ ...fence, now, until: now + leaseMs })
      if (blob !== undefined) {
        const outcome = await attempt({ ...task, fence, row: { ...row, blob } })
        if (outcome instanceof VaultError) throw outcome
        if (outcome !== undefined) return outcome
      } else if (io.now() < deadline) {
        await io.sleep(pollMs.least + pollMs.spread * fraction(io))
      } else {
        throw busy(grantId, 'Another process is refreshing, and has not ended in time')
      }
    }
  }

  /** One request under the lease. Undefined: the lease was lost meanwhile, so look again. */
  const attempt = async (claimed: Claimed): Promise<OpenedVault | VaultError | undefined> => {
    const { grantId, cause, fence, row } = claimed
    try {
      const connection = await rows.unseal(row)
      const begun = io.now()
      const answer = await endpoint.refresh(connection)
      const milliseconds = io.now() - begun
      return answer.ok
        ? await commit({ ...claimed, milliseconds }, connection, answer.grant)
        : await settle({ ...claimed, milliseconds }, answer.failure)
    } catch (reason) {
      observe({ type: 'refresh_broken', grantId, cause, reason })
      await store.releaseRefresh(fence).catch(() => {
        // The store is what is broken: the lease lapses by itself.
      })
      throw reason
    }
  }

  const commit = async (
    { grantId, cause, fence, row, milliseconds }: Answered,
    connection: Connection,
    grant: TokenGrant,
  ): Promise<OpenedVault | undefined> => {
    const generation = fence.generation + 1
    const next = renewed(connection, grant)
    const sealed = await rows.sealer.seal(vaultPlace(grantId, generation), next)
    const { accessExpiresAt } = grant
    if (!(await store.commitRefresh({ ...fence, ...sealed, accessExpiresAt }))) {
      observe({ type: 'refresh_superseded', grantId, cause })
      return undefined
    }
    backoff.cleared(grantId)
    const resent = row.attemptSince !== undefined
    observe({ type: 'refreshed', grantId, cause, generation, resent, milliseconds })
    return rows.remember({ grantId, generation, accessExpiresAt }, next)
  }

  const settle = async (
    { grantId, cause, fence, milliseconds }: Answered,
    failure: Failure,
  ): Promise<VaultError | undefined> => {
    const { kind, status, error } = failure
    const known = { ...(status !== undefined && { status }), ...(error !== undefined && { error }) }
    observe({ type: 'refresh_failed', grantId, cause, kind, ...known, milliseconds })
    const told = refreshError(grantId, failure)
    if (kind === 'dead') return (await kill(fence, error ?? 'refused')) ? told : undefined
    backoff.failed(grantId, told)
    await store.releaseRefresh(fence)
    return told
  }

  const kill = async (fence: Fence, reason: string): Promise<boolean> => {
    if (!(await store.markDead({ ...fence, reason, now: io.now() }))) return false
    const { grantId } = fence
    rows.forget(grantId)
    backoff.cleared(grantId)
    observe({ type: 'connection_dead', grantId, reason })
    await ended(grantId, reason)
    return true
  }

  return {
    refresh,

    async bury(grantId, generation, reason) {
      const now = io.now()
      const fence = { grantId, generation, owner: `${instance}:${randomText(io, 12)}` }
      const blob = await store.claimRefresh({ ...fence, now, until: now + leaseMs })
      return blob !== undefined && kill(fence, reason)
    },

    async close() {
      closing = true
      await Promise.allSettled(flights.values())
    },
  }
}

interface Task {
  readonly grantId: string
  readonly generation: number
  readonly cause: RefreshCause
}

interface Claimed extends Task {
  readonly fence: Fence
  /** As it was before the lease. */
  readonly row: LiveVault
}

interface Answered extends Claimed {
  readonly milliseconds: number
}

const busy = (grantId: string, why: string): VaultError =>
  new VaultError('try_again', `${why} (grant ${grantId}). Nothing is lost; it is tried again.`, {
    grantId,
    retryAfterMs: 1000,
  })
