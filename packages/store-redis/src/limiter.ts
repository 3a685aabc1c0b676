import type { Charge, LimiterStore } from '@telamon/rate-limiter'

import type { Connection } from './connection.ts'
import { readTexts } from './rows.ts'
import type { Prepare } from './scripts.ts'

/** What the counters are made with. */
export interface LimiterPortOptions {
  readonly connection: Connection
  readonly prepare: Prepare
  readonly root: string
  /** The clock of the instants that calls hand in. Without it Redis's own clock counts. */
  readonly clock?: () => number
}

/**
 * The clock, and how a gate is kept: its value and its end, "VALUE END", from which on it is as if nothing had
 * happened. `shift` leads from the clock that counts back to the caller's.
 *
 * KEYS: the root, then one for each gate. ARGV: the caller's instant, `own` where it is what counts.
 */
const shared = `
  local now, shift, own = tonumber(ARGV[1]), 0, ARGV[2] == 'own'
  if not own then
    local time = redis.call('TIME')
    local here = time[1] * 1000 + time[2] / 1000
    now, shift = here, now - here
  end

  local function standing(key)
    local value, ending = string.match(redis.call('GET', key) or '', '^(%S+) (%S+)$')
    if ending and tonumber(ending) > now then return tonumber(value), tonumber(ending) end
  end

  local function keep(key, value, ending)
    if own then redis.call('ZADD', KEYS[1] .. 'ends:gate', ending, string.sub(key, #KEYS[1] + 6)) end
    local life = math.ceil(math.max(0, ending - now)) + (own and 60000 or 1)
    redis.call('SET', key, string.format('%.17g %.17g', value, ending), 'PX', string.format('%.0f', life))
  end
`

/**
 * All gates of a call: `take` charges when none refuses and answers the waits, `settle` charges whatever comes of it
 * and answers where each gate then stands. Waits below a microsecond are dust of the arithmetic.
 *
 * ARGV[3]: which. ARGV[4]…: kind, interval or limit, tolerance or window, cost of each gate.
 */
const charge = `
  ${shared}
  local waits, levels, next_value, next_end, passes = {}, {}, {}, {}, true
  for i = 1, #KEYS - 1 do
    local kind, a, b = ARGV[4 * i], tonumber(ARGV[4 * i + 1]), tonumber(ARGV[4 * i + 2])
    local cost = tonumber(ARGV[4 * i + 3])
    local value, ending = standing(KEYS[i + 1])
    local wait = 0
    if kind == 'pause' then
      wait = value and value - now or 0
      levels[i] = value and value + shift or 0
    elseif kind == 'calendar' then
      if not value then value, ending = 0, (math.floor(now / b) + 1) * b end
      if cost > a then wait = math.huge elseif value + cost > a then wait = math.min(b, ending - now) end
      next_value[i], next_end[i] = math.max(0, value + cost), ending
      if next_value[i] == 0 then next_end[i] = now end
      levels[i] = next_value[i]
    else
      local step = cost * a
      local arrival = math.max(value or now, now) + step
      if step > b then wait = math.huge else wait = arrival - now - b end
      next_value[i] = math.max(now, arrival)
      next_end[i] = next_value[i]
      levels[i] = next_value[i] + shift
    end
    if cost == 0 then next_value[i] = nil end
    if wait < 0.001 then wait = 0 end
    if wait > 0 then passes = false end
    waits[i] = wait
  end
  local taking = ARGV[3] == 'take'
  if passes or not taking then
    for i = 1, #KEYS - 1 do
      if next_value[i] then keep(KEYS[i + 1], next_value[i], next_end[i]) end
    end
  end
  local answers = taking and waits or levels
  for i = 1, #answers do
    answers[i] = answers[i] == math.huge and 'Infinity' or string.format('%.17g', answers[i])
  end
  return answers`

const pause = `
  ${shared}
  local ending = tonumber(ARGV[3]) - shift
  local _, kept = standing(KEYS[2])
  if ending > (kept or 0) then keep(KEYS[2], ending, ending) end`

/** Counters that all instances share. Each operation is one script, whatever the number of gates. */
export function createLimiterPort(options: LimiterPortOptions): LimiterStore {
  const { connection, prepare, root, clock } = options
  const mode = clock === undefined ? 'redis' : 'own'
  const keyOf = (id: string): string => `${root}gate:${id}`
  const runCharge = connection.prepare(charge)
  const runPause = connection.prepare(pause)
  const runSweep = prepare(`
    local ids = redis.call('ZRANGEBYSCORE', ends('gate'), '-inf', a.now)
    for _, id in ipairs(ids) do drop('gate', id) end
    return #ids`)

  const chargeAll = async (
    how: 'take' | 'settle',
    charges: readonly Charge[],
    now: number,
  ): Promise<readonly number[]> => {
    const keys = [root, ...charges.map(({ gate }) => keyOf(gate.id))]
    const meters = charges.flatMap(({ gate, cost }) => [...meterOf(gate), String(cost)])
    return readTexts(await runCharge({ keys, arguments: [String(now), mode, how, ...meters] })).map(Number)
  }

  return {
    take: (charges, now) => chargeAll('take', charges, now),
    settle: (charges, now) => chargeAll('settle', charges, now),
    async pause(id, until) {
      const now = (clock ?? Date.now)()
      await runPause({ keys: [root, keyOf(id)], arguments: [String(now), mode, String(until)] })
    },
    // By its own clock Redis forgets a gate by itself, a millisecond after its end.
    sweep: async (now) => (clock === undefined ? 0 : Number(await runSweep({ now }))),
  }
}

/** Kind and both numbers of a gate. */
function meterOf({ ...gate }: Charge['gate']): readonly string[] {
  if (gate.kind === 'pause') return [gate.kind, '0', '0']
  if (gate.kind === 'calendar') return [gate.kind, String(gate.limit), String(gate.window)]
  return [gate.kind, String(gate.interval), String(gate.tolerance)]
}
