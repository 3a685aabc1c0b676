import type { Charge, LimiterStore } from '@telamon/rate-limiter'

import type { Connection } from './connection.ts'
import { readList, readTexts } from './rows.ts'
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
 * The clock, and how a gate is kept until it is as if nothing had happened: the instant of a bucket or a pause alone, which
 * is its end as well; of a calendar "USED END". `shift` leads from the clock that counts back to the caller's.
 *
 * KEYS: one for each gate. ARGV: the caller's instant, then the root of the keys where that instant is what counts.
 */
const shared = `
  local call, format = redis.call, string.format
  local now, root, shift = tonumber(ARGV[1]), ARGV[2], 0
  if root == '' then
    local time = call('TIME')
    local here = time[1] * 1000 + time[2] / 1000
    now, shift = here, now - here
  end

  local function keep(key, text, ending)
    local life = ending - now + 1
    if root ~= '' then
      call('ZADD', root .. 'ends:gate', ending, string.sub(key, #root + 6))
      life = life + 60000
    end
    call('SET', key, text, 'PX', format('%.0f', life))
  end

  local function read(kept, window)
    local used, ending = string.match(kept or '', '^(%S+) (%S+)$')
    used, ending = tonumber(used), tonumber(ending)
    if ending and ending > now then return used, ending end
    return 0, (math.floor(now / window) + 1) * window
  end

  local function keep_used(key, used, ending)
    if used <= 0 then used, ending = 0, now end
    keep(key, format('%.17g %.17g', used, ending), ending)
  end
`

/**
 * Charges all gates when none refuses, and answers 0 then, else the waits: number of the gate and wait in turn. Waits below a
 * microsecond are dust of the arithmetic.
 *
 * ARGV[3]…: kind, interval or limit, tolerance or window, cost, and for how many gates in a row they hold.
 */
const take = `
  ${shared}
  local last, arrivals, used, ends, waits = 0, {}
  for group = 3, #ARGV, 5 do
    local kind, step, most = ARGV[group], ARGV[group + 1] * ARGV[group + 3], tonumber(ARGV[group + 2])
    local first = last + 1
    last = last + ARGV[group + 4]
    for i = first, last do
      local kept, wait = call('GET', KEYS[i]), 0
      if kind == 'rolling' then
        local arrival = kept and tonumber(kept) or now
        if arrival < now then arrival = now end
        arrivals[i] = arrival + step
        wait = step > most and math.huge or arrivals[i] - now - most
      elseif kind == 'pause' then
        wait = kept and kept - now or 0
      else
        local limit, window, cost = tonumber(ARGV[group + 1]), tonumber(ARGV[group + 2]), tonumber(ARGV[group + 3])
        used, ends = used or {}, ends or {}
        used[i], ends[i] = read(kept, window)
        used[i] = used[i] + cost
        if cost > limit then wait = math.huge
        elseif used[i] > limit then wait = math.min(window, ends[i] - now) end
      end
      if wait >= 0.001 then
        waits = waits or {}
        waits[#waits + 1] = i
        waits[#waits + 1] = wait == math.huge and 'Infinity' or format('%.17g', wait)
      end
    end
  end
  if waits then return waits end
  for i, arrival in pairs(arrivals) do
    if arrival > now then keep(KEYS[i], format('%.6f', arrival), arrival) end
  end
  for i, units in pairs(used or {}) do keep_used(KEYS[i], units, ends[i]) end
  return 0`

/** Charges whatever comes of it, and answers where each gate then stands. ARGV as above. */
const settle = `
  ${shared}
  local last, levels = 0, {}
  for group = 3, #ARGV, 5 do
    local kind, a, b, cost = ARGV[group], tonumber(ARGV[group + 1]), tonumber(ARGV[group + 2]), tonumber(ARGV[group + 3])
    local first = last + 1
    last = last + ARGV[group + 4]
    for i = first, last do
      local kept, level = call('GET', KEYS[i])
      if kind == 'rolling' then
        level = math.max(now, math.max(kept and tonumber(kept) or now, now) + cost * a)
        if cost ~= 0 then keep(KEYS[i], format('%.6f', level), level) end
        level = level + shift
      elseif kind == 'pause' then
        level = kept and tonumber(kept) > now and kept + shift or 0
      else
        local used, ending = read(kept, b)
        level = math.max(0, used + cost)
        if cost ~= 0 then keep_used(KEYS[i], level, ending) end
      end
      levels[i] = format('%.17g', level)
    end
  end
  return levels`

const pause = `
  ${shared}
  local ending = tonumber(ARGV[3]) - shift
  if ending > now and ending > tonumber(redis.call('GET', KEYS[1]) or 0) then
    keep(KEYS[1], string.format('%.6f', ending), ending)
  end`

/** Counters that all instances share. Each operation is one script, whatever the number of gates. */
export function createLimiterPort(options: LimiterPortOptions): LimiterStore {
  const { connection, prepare, root, clock } = options
  // Where the caller's clock counts, its keys are swept by hand, and so have to be found.
  const swept = clock === undefined ? '' : root
  const keyOf = (id: string): string => `${root}gate:${id}`
  const runTake = connection.prepare(take)
  const runSettle = connection.prepare(settle)
  const runPause = connection.prepare(pause)
  const runSweep = prepare(`
    local ids = redis.call('ZRANGEBYSCORE', ends('gate'), '-inf', a.now)
    for _, id in ipairs(ids) do drop('gate', id) end
    return #ids`)

  /** Keys and values of a script, and the charges' indexes in the order of its keys. */
  function wordsOf(charges: readonly Charge[], now: number) {
    const groups = groupsOf(charges)
    const order = groups.flat()
    const keys = order.map((index) => keyOf(charges[index]?.gate.id ?? ''))
    const values = [String(now), swept]
    for (const group of groups) {
      const first = charges[group[0] ?? 0]
      if (first) values.push(...meterOf(first.gate), String(first.cost), String(group.length))
    }
    return { keys, arguments: values, order }
  }

  return {
    async take(charges, now) {
      const { order, ...words } = wordsOf(charges, now)
      const answer = await runTake(words)
      const waits = charges.map(() => 0)
      if (answer === 0) return waits
      const told = readList(answer)
      for (let at = 0; at < told.length; at += 2)
        waits[order[Number(told[at]) - 1] ?? 0] = Number(told[at + 1])
      return waits
    },
    async settle(charges, now) {
      const { order, ...words } = wordsOf(charges, now)
      const levels = charges.map(() => 0)
      const texts = readTexts(await runSettle(words))
      for (const [at, text] of texts.entries()) levels[order[at] ?? 0] = Number(text)
      return levels
    },
    async pause(id, until) {
      const now = (clock ?? Date.now)()
      await runPause({ keys: [keyOf(id)], arguments: [String(now), swept, String(until)] })
    },
    // By its own clock Redis forgets a gate by itself, a millisecond after its end.
    sweep: async (now) => (clock === undefined ? 0 : Number(await runSweep({ now }))),
  }
}

/** Charges by their index, those together that ask the same. */
function groupsOf(charges: readonly Charge[]): readonly (readonly number[])[] {
  const groups: { readonly first: Charge; readonly indexes: number[] }[] = []
  for (const [index, charge] of charges.entries()) {
    const known = groups.find(({ first }) => isAlike(charge, first))
    if (known) known.indexes.push(index)
    else groups.push({ first: charge, indexes: [index] })
  }
  return groups.map(({ indexes }) => indexes)
}

/** Whether two charges ask the same, of different gates. */
function isAlike({ gate, cost }: Charge, than: Charge): boolean {
  const { gate: other } = than
  if (gate.kind !== other.kind || cost !== than.cost) return false
  if (gate.kind === 'rolling')
    return other.kind === 'rolling' && gate.interval === other.interval && gate.tolerance === other.tolerance
  if (gate.kind === 'calendar')
    return other.kind === 'calendar' && gate.limit === other.limit && gate.window === other.window
  return true
}

/** Kind and both numbers of a gate. */
function meterOf(gate: Charge['gate']): readonly string[] {
  if (gate.kind === 'pause') return [gate.kind, '0', '0']
  if (gate.kind === 'calendar') return [gate.kind, String(gate.limit), String(gate.window)]
  return [gate.kind, String(gate.interval), String(gate.tolerance)]
}
