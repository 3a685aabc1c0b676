import type { Charge, LimiterStore } from '@telamon/rate-limiter'

import { number } from './columns.ts'
import type { Database } from './database.ts'
import { charged, type GateState, waitOf } from './gates.ts'

/** Counters that the processes of one machine share. Each operation is one transaction. */
export function createLimiterPort({ prepare, transaction }: Database): LimiterStore {
  const read = prepare('SELECT value, ends_at FROM gate WHERE id = :id')
  const write = prepare(`
    INSERT INTO gate (id, value, ends_at) VALUES (:id, :value, :endsAt)
    ON CONFLICT DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at`)
  const pause = prepare(`
    INSERT INTO gate (id, value, ends_at) VALUES (:id, :until, :until)
    ON CONFLICT DO UPDATE SET value = :until, ends_at = :until WHERE ends_at < :until`)
  const sweep = prepare('DELETE FROM gate WHERE ends_at <= :now')

  const get = (id: string): GateState | undefined => {
    const row = read.get({ id })
    return row && { value: number(row, 'value'), endsAt: number(row, 'ends_at') }
  }

  /** Charges every gate; whether that stays is up to the transaction around it. */
  const chargeAll = <T>(
    charges: readonly Charge[],
    now: number,
    answer: (charge: Charge, before: GateState | undefined, after: GateState) => T,
  ): readonly T[] =>
    charges.map((charge) => {
      const { id, kind } = charge.gate
      const before = get(id)
      const after = charged({ ...charge, now }, before)
      if (kind !== 'pause' && charge.cost !== 0) write.run({ id, ...after })
      return answer(charge, before, after)
    })

  return {
    async take(charges, now) {
      let waits: readonly number[] = []
      transaction(() => {
        waits = chargeAll(charges, now, (charge, before) => waitOf({ ...charge, now }, before))
        return waits.every((wait) => wait === 0)
      })
      return waits
    },

    settle: async (charges, now) => transaction(() => chargeAll(charges, now, (_, __, { value }) => value)),

    async pause(id, until) {
      pause.run({ id, until })
    },

    sweep: async (now) => sweep.run({ now }),
  }
}
