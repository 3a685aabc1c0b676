/** A decision in memory: 10,000 keys in random order, one thread. */
import { RateLimiterMemory } from 'rate-limiter-flexible'

import type { LimitKey, Rule } from '../../packages/rate-limiter/src/index.ts'
import { createLimiter } from '../../packages/rate-limiter/src/index.ts'
import type { Goal } from '../kit/report.ts'
import { printRows } from './print.ts'
import { compare, ratio, type Contender, type Rounds } from './turns.ts'

const rule = (limit: number, burst: number): Rule => ({
  name: 'plan',
  kind: 'rolling',
  unit: 'requests',
  per: 'site',
  limit,
  burst,
  window: 3600,
  fail: 'local',
})

export const keys: readonly LimitKey[] = Array.from(
  { length: 10_000 },
  (_, index) => `site:${index % 50}:user-${index}:plan` as const,
)
const order = Uint16Array.from({ length: 1 << 16 }, () => Math.floor(Math.random() * keys.length))
export const keyAt = (turn: number): LimitKey => keys[order[turn & 0xff_ff] ?? 0] ?? 'site:none'

/** What came out, so that nothing is left out as useless. */
let sum = 0
const collect = (globalThis as { gc?: () => void }).gc

function decide(limit: number, burst: number): Contender['run'] {
  const { tryTake } = createLimiter({ rules: [rule(limit, burst)] })
  return (times) => {
    let waits = 0
    for (let turn = 0; turn < times; turn += 1) if (tryTake(keyAt(turn)) > 0) waits += 1
    sum += waits
  }
}

function floor(read: () => number): Contender['run'] {
  const cells = new Map(keys.map((key) => [key, { at: 0.5 }]))
  return (times) => {
    for (let turn = 0; turn < times; turn += 1) {
      const cell = cells.get(keyAt(turn))
      if (cell) cell.at = read() + turn * 0.5
    }
  }
}

function peer(points: number): Contender['run'] {
  const limiter = new RateLimiterMemory({ points, duration: 3600 })
  return async (times) => {
    for (let turn = 0; turn < times; turn += 1) {
      try {
        const result = await limiter.consume(keyAt(turn))
        sum += result.remainingPoints
      } catch {
        sum += 1 // It says no by throwing.
      }
    }
  }
}

/** Bytes of garbage a decision, over so many that some would show. */
function garbage(): number {
  const { tryTake } = createLimiter({ rules: [rule(1e9, 5e8)] })
  let refused = 0
  const work = (times: number): void => {
    for (let turn = 0; turn < times; turn += 1) if (tryTake(keyAt(turn)) > 0) refused += 1
  }
  for (let turn = 0; turn < 10; turn += 1) work(100_000)
  let best = Infinity
  for (let round = 0; round < 5; round += 1) {
    collect?.()
    const before = process.memoryUsage().heapUsed
    work(2e6)
    best = Math.min(best, Math.max(0, process.memoryUsage().heapUsed - before) / 2e6)
  }
  sum += refused + 1
  return best
}

export async function memory(rounds: Rounds): Promise<readonly Goal[]> {
  const three = createLimiter({
    rules: [
      { ...rule(1e9, 5e8), per: 'site' },
      { ...rule(1e9, 5e8), per: 'user' },
      { ...rule(1e9, 5e8), per: 'operation', kind: 'rolling' },
    ],
  })
  const full = createLimiter({ rules: [rule(1e9, 5e8)] })
  const list: [LimitKey, LimitKey, LimitKey] = ['operation:x', 'user:y', 'site:z']
  const rows = await compare(
    [
      { name: 'floor: Map.get and a field', run: floor(() => 1) },
      { name: 'floor: Map.get and performance.now', run: floor(() => performance.now()) },
      { name: 'ours, granted', run: decide(1e9, 5e8) },
      { name: 'ours, refused', run: decide(1, 1) },
      {
        name: 'ours, granted with budgets (take)',
        run: (times) => {
          for (let turn = 0; turn < times; turn += 1) sum += full.take([keyAt(turn)]).budgets.length
        },
      },
      {
        name: 'ours, three keys together',
        run: (times) => {
          for (let turn = 0; turn < times; turn += 1) {
            list[1] = keyAt(turn)
            sum += three.tryTake(list)
          }
        },
      },
      { name: 'rate-limiter-flexible, granted', run: peer(1e9) },
      { name: 'rate-limiter-flexible, refused', run: peer(1) },
    ],
    rounds,
  )
  printRows('a decision in memory, 10,000 keys', rows, 'floor: Map.get and performance.now')
  const bytes = garbage()
  console.log(
    `garbage of a granted decision: ${bytes.toFixed(2)} bytes (checksum ${sum > 0 ? 'ok' : 'none'})`,
  )
  return [
    {
      goal: 'G1 granted, against rate-limiter-flexible',
      value: ratio(rows, { base: 'rate-limiter-flexible, granted', name: 'ours, granted' }),
      atLeast: 5,
    },
    {
      goal: 'G1 granted, against the floor (look-up and clock)',
      value: ratio(rows, { base: 'floor: Map.get and performance.now', name: 'ours, granted' }),
      atLeast: 0.9,
    },
    { goal: 'G1 bytes allocated by a granted decision', value: Math.round(bytes), atMost: 0, aim: true },
    {
      goal: 'G2 refused, against rate-limiter-flexible',
      value: ratio(rows, { base: 'rate-limiter-flexible, refused', name: 'ours, refused' }),
      atLeast: 12,
      aim: true,
    },
    {
      goal: 'G2 refused, by what a grant costs',
      value: 1 / ratio(rows, { base: 'ours, granted', name: 'ours, refused' }),
      atMost: 1.15,
      aim: true,
    },
  ]
}
