import type { SweepReport } from './events.ts'
import type { Io } from './io.ts'
import type { UpstreamProfile } from './profile.ts'
import type { Refresher } from './refresh.ts'
import type { WaitOptions } from './sites.ts'
import type { VaultRow, VaultStore } from './store.ts'

/** What sweeping rests on. */
export interface SweepOptions {
  readonly store: VaultStore
  readonly profile: UpstreamProfile
  readonly refresher: Refresher
  readonly io: Io
  readonly endGrant?: (grantId: string, reason: string) => Promise<void>
  readonly forget: (grantId: string, reason: string) => Promise<void>
}

const batch = 500
/** Refreshes at the same time. With answers of 10 s at worst, a batch takes some ten minutes, and one that works seconds. */
const atOnce = 8
/** Dead rows that nobody fetched away. */
const tombstoneMs = 30 * 24 * 60 * 60 * 1000

/**
 * Ends refreshes that a crash left behind, and walks through the rows, a page each time, for those that are dead or too
 * old. Safe to run on several instances at once. Rows whose grant is gone are the authorization server's to forget.
 */
export function createSweep(options: SweepOptions): (wait?: WaitOptions) => Promise<SweepReport> {
  const { store, profile, refresher, io, endGrant, forget } = options
  let after: string | undefined

  const recover = async (signal: AbortSignal | undefined): Promise<number> => {
    const stale = [...(await store.staleRefreshes(io.now(), batch))]
    let recovered = 0
    const worker = async (): Promise<void> => {
      for (let next = stale.shift(); next !== undefined; next = stale.shift()) {
        if (signal?.aborted) return
        const { grantId, generation } = next
        await refresher.refresh(grantId, generation, 'sweep').then(
          () => (recovered += 1),
          () => {
            // The refresher has reported it, and the next sweep tries again: one bad row holds up no other.
          },
        )
      }
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
    return recovered
  }

  const walk = async (): Promise<number> => {
    const rows = await store.listVaults({ limit: batch, ...(after !== undefined && { after }) })
    const now = io.now()
    let removed = 0
    for (const row of rows) {
      const reason = whyEnded(row, profile, now)
      if (reason === undefined) continue
      await endGrant?.(row.grantId, reason)
      // A dead row tells callers to sign in again, so it stays as long as nobody can end the grant itself.
      const isTombstone = row.state === 'dead' && endGrant === undefined
      if (isTombstone && row.deadSince > now - tombstoneMs) continue
      await forget(row.grantId, reason)
      removed += 1
    }
    after = rows.length < batch ? undefined : rows.at(-1)?.grantId
    return removed
  }

  return async ({ signal } = {}) => {
    const recovered = await recover(signal)
    signal?.throwIfAborted()
    return { recovered, removed: await walk() }
  }
}

/** Why a row has no future, if so. */
function whyEnded(row: VaultRow, profile: UpstreamProfile, now: number): string | undefined {
  if (row.state === 'dead') return row.reason
  if (row.absoluteExpiresAt <= now) return 'expired'
  if (row.accessExpiresAt + profile.idleLifetimeMs <= now) return 'idle'
  return undefined
}
