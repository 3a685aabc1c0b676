import { Connection } from './connection.ts'
import { VaultError } from './errors.ts'
import type { Io } from './io.ts'
import { type Sealer, vaultPlace, type VaultKeys } from './seal.ts'
import type { WaitOptions } from './sites.ts'
import type { LiveVault, VaultStore } from './store.ts'

/** What a rekeying did. Rows that were being refreshed are `skipped`, and carry the current key a moment later. */
export interface RekeyReport {
  readonly rekeyed: number
  readonly skipped: number
}

/** What rekeying rests on. */
export interface RekeyOptions {
  readonly store: VaultStore
  readonly sealer: Sealer
  readonly keys: VaultKeys
  readonly io: Io
}

/** Moves every row to the current key, so that older keys can be retired. Refreshes do the same, within 90 days. */
export const createRekey = ({ store, sealer, keys, io }: RekeyOptions) => {
  const rekey = async ({ grantId, generation, kid, blob }: LiveVault): Promise<boolean> => {
    const place = vaultPlace(grantId, generation)
    const sealed = await sealer.seal(place, await sealer.open(place, blob, Connection))
    const change = { grantId, generation, oldKid: kid, blob: sealed.blob, newKid: sealed.kid }
    return store.rekeyVault({ ...change, now: io.now() })
  }

  return async ({ signal }: WaitOptions = {}): Promise<RekeyReport> => {
    const report = { rekeyed: 0, skipped: 0 }
    let after: string | undefined = ''
    while (after !== undefined) {
      signal?.throwIfAborted()
      const rows = await store.listVaults({ after, limit: 100 })
      for (const row of rows)
        if (row.state === 'live' && row.kid !== keys.current.kid)
          report[(await rekey(row)) ? 'rekeyed' : 'skipped'] += 1
      after = rows.at(-1)?.grantId
    }
    return report
  }
}

/** Throws `misconfigured` when a row is sealed with a key that the ring lacks. For the start, before any call fails. */
export async function checkKeys({ store, keys }: Pick<RekeyOptions, 'store' | 'keys'>): Promise<void> {
  const used = await store.keysInUse()
  const missing = used.filter((kid) => kid !== keys.current.kid && keys.find(kid) === undefined)
  if (missing.length === 0) return
  throw new VaultError(
    'misconfigured',
    `Connections are sealed with ${missing.map((kid) => JSON.stringify(kid)).join(', ')}, which the key ring lacks. ` +
      'Put the key back, rekey, and retire it afterwards.',
  )
}
