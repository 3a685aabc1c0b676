import type { Charge, LimiterStore } from '@telamon/rate-limiter'

import { numbers } from './columns.ts'
import type { Database } from './database.ts'

const batch = 1000
const here = `coalesce(:told::double precision, extract(epoch FROM clock_timestamp()) * 1000)`

/**
 * Counters that all instances share. Each operation is one statement, whatever the number of gates. Without `clock`
 * the clock of the server counts.
 */
export function createLimiterPort({ prepare }: Database, clock?: () => number): LimiterStore {
  const charge = prepare(
    `SELECT @charge_gates(:ids, :kinds, :a, :b, :costs, :told::double precision, :taking) AS answers`,
  )
  const pause = prepare(`
    INSERT INTO @gate AS gate (id, value, ends_at)
    SELECT :id, ending, ending FROM (SELECT ${here} + :duration AS ending) AS pause
    ON CONFLICT (id) DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at
     WHERE gate.ends_at < excluded.ends_at`)
  const sweep = prepare(`
    DELETE FROM @gate WHERE id IN (
      SELECT id FROM @gate WHERE ends_at <= ${here} LIMIT :batch FOR UPDATE SKIP LOCKED)`)

  const chargeAll = async (
    charges: readonly Charge[],
    now: number,
    taking: boolean,
  ): Promise<{ readonly answers: readonly number[]; readonly shift: number }> => {
    const meters = charges.map(({ gate }) => meterOf(gate))
    const row = await charge.get({
      ids: charges.map(({ gate }) => gate.id),
      kinds: charges.map(({ gate }) => gate.kind),
      a: meters.map(([first]) => first),
      b: meters.map(([, second]) => second),
      costs: charges.map(({ cost }) => cost),
      told: clock === undefined ? null : now,
      taking,
    })
    const [counted = now, ...answers] = numbers(row ?? {}, 'answers')
    return { answers, shift: now - counted }
  }

  return {
    take: async (charges, now) => (await chargeAll(charges, now, true)).answers,

    async settle(charges, now) {
      const { answers, shift } = await chargeAll(charges, now, false)
      // An instant of the server's clock becomes one of the caller's; 0 is a pause that there is not.
      return answers.map((level, index) =>
        charges[index]?.gate.kind === 'calendar' || level === 0 ? level : level + shift,
      )
    },

    async pause(id, until) {
      const now = (clock ?? Date.now)()
      await pause.run({ id, duration: until - now, told: clock === undefined ? null : now })
    },

    async sweep(now) {
      const told = clock === undefined ? null : now
      for (let swept = 0; ;) {
        const count = await sweep.run({ told, batch })
        swept += count
        if (count < batch) return swept
      }
    },
  }
}

/** Both numbers of a gate. */
function meterOf({ ...gate }: Charge['gate']): readonly [number, number] {
  if (gate.kind === 'pause') return [0, 0]
  return gate.kind === 'calendar' ? [gate.limit, gate.window] : [gate.interval, gate.tolerance]
}
