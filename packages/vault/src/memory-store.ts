import type { Fence, LiveVault, VaultRow, VaultStore } from './store.ts'

/**
 * Keeps connections in this process's memory: for tests and trials. They end with the process, and nothing bounds
 * their number but `forget` and `sweep`.
 */
export function createMemoryVaultStore(): VaultStore {
  const rows = new Map<string, VaultRow>()

  const live = (grantId: string, generation: number): LiveVault | undefined => {
    const row = rows.get(grantId)
    return row?.state === 'live' && row.generation === generation ? row : undefined
  }
  const owned = ({ grantId, generation, owner }: Fence): LiveVault | undefined => {
    const row = live(grantId, generation)
    return row?.lease?.owner === owner ? row : undefined
  }
  /** Puts the outcome in place of the row, if there was a row to change. */
  const put = (row: VaultRow | undefined): boolean => {
    if (row === undefined) return false
    rows.set(row.grantId, row)
    return true
  }

  return {
    putVault: async (row) => !rows.has(row.grantId) && put({ state: 'live', generation: 1, ...row }),

    getVault: async (grantId) => rows.get(grantId),

    async claimRefresh({ grantId, generation, owner, now, until }) {
      const row = live(grantId, generation)
      if (row === undefined || isLeased(row, now)) return undefined
      put({ ...row, lease: { owner, until }, attemptSince: row.attemptSince ?? now })
      return row.blob
    },

    async commitRefresh({ blob, kid, accessExpiresAt, ...fence }) {
      const row = owned(fence)
      if (row === undefined) return false
      const { lease: _, attemptSince: __, ...rest } = row
      return put({ ...rest, blob, kid, accessExpiresAt, generation: row.generation + 1 })
    },

    async releaseRefresh(fence) {
      const row = owned(fence)
      if (row === undefined) return false
      const { lease: _, ...rest } = row
      return put(rest)
    },

    async markDead({ reason, now, ...fence }) {
      const row = owned(fence)
      if (row === undefined) return false
      const { grantId, generation, createdAt } = row
      return put({ state: 'dead', grantId, generation, createdAt, deadSince: now, reason })
    },

    async rekeyVault({ grantId, generation, oldKid, blob, newKid, now }) {
      const row = live(grantId, generation)
      if (row === undefined || row.kid !== oldKid || isLeased(row, now)) return false
      return put({ ...row, blob, kid: newKid })
    },

    staleRefreshes: async (now, limit) =>
      [...rows.values()]
        .filter((row) => row.state === 'live')
        .filter((row) => row.attemptSince !== undefined && !isLeased(row, now))
        .slice(0, limit)
        .map(({ grantId, generation }) => ({ grantId, generation })),

    listVaults: async ({ after = '', limit }) =>
      [...rows.values()]
        .filter((row) => row.grantId > after)
        .toSorted((one, other) => (one.grantId < other.grantId ? -1 : 1))
        .slice(0, limit),

    keysInUse: async () => [
      ...new Set([...rows.values()].flatMap((row) => (row.state === 'live' ? [row.kid] : []))),
    ],

    dropVault: async (grantId) => rows.delete(grantId),
  }
}

const isLeased = ({ lease }: LiveVault, now: number): boolean => lease !== undefined && lease.until >= now
