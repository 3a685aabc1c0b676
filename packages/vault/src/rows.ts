import { Connection } from './connection.ts'
import { VaultError } from './errors.ts'
import { createGrantCache } from './grant-cache.ts'
import type { Io } from './io.ts'
import { type Sealer, vaultPlace } from './seal.ts'
import type { LiveVault, VaultStore } from './store.ts'

/** What calls need of a row. The refresh token stays sealed. */
export interface OpenedVault extends Pick<Connection, 'accessToken' | 'choices'> {
  readonly generation: number
  /** In milliseconds since 1970. */
  readonly accessExpiresAt: number
}

/** Reads rows, and unseals each generation at most once a minute. */
export interface Rows {
  readonly sealer: Sealer
  /** The grant's row. Throws `needs_sign_in` when there is none, or it is dead. */
  readonly live: (grantId: string) => Promise<LiveVault>
  readonly open: (row: LiveVault) => Promise<OpenedVault>
  /** All that is sealed, for a refresh. Never kept in memory. */
  readonly unseal: (row: LiveVault) => Promise<Connection>
  /** Keeps what has been written to the store, and returns what calls need of it. */
  readonly remember: (row: Generation, connection: Connection) => OpenedVault
  /** Drops what this process holds of a grant. */
  readonly forget: (grantId: string) => void
}

type Generation = Pick<LiveVault, 'grantId' | 'generation' | 'accessExpiresAt'>

/** How long an unsealed access token stays in memory. The row itself is read for every call. */
const unsealedMs = 60_000

/** Binds a store to the keys of its rows. */
export function createRows(store: VaultStore, sealer: Sealer, { now }: Pick<Io, 'now'>): Rows {
  const cache = createGrantCache<OpenedVault>({ now, lifetimeMs: unsealedMs, size: 5000 })

  const unseal = ({ grantId, generation, blob }: LiveVault): Promise<Connection> =>
    sealer.open(vaultPlace(grantId, generation), blob, Connection)

  const remember = (row: Generation, { accessToken, choices }: Connection): OpenedVault => {
    const { grantId, generation, accessExpiresAt } = row
    const opened = { generation, accessExpiresAt, accessToken, choices }
    cache.set(grantId, generation, opened)
    return opened
  }

  return {
    sealer,

    async live(grantId) {
      const row = await store.getVault(grantId)
      if (row?.state === 'live') return row
      const why = row === undefined ? 'has no connection' : `has a connection that ended (${row.reason})`
      throw new VaultError(
        'needs_sign_in',
        `Grant ${JSON.stringify(grantId)} ${why}. The person has to sign in again.`,
        { grantId },
      )
    },

    open: async (row) => cache.get(row.grantId, row.generation) ?? remember(row, await unseal(row)),

    unseal,
    remember,

    forget: (grantId) => cache.delete(grantId),
  }
}
