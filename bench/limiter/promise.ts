/** What is promised and kept: the most that any span of the window's length sees. */
import { setTimeout as sleep } from 'node:timers/promises'

import { RateLimiterMemory } from 'rate-limiter-flexible'

import type { Rule } from '../../packages/rate-limiter/src/index.ts'
import { createLimiter } from '../../packages/rate-limiter/src/index.ts'
import { printTable, type Goal } from '../kit/report.ts'
import { seeded } from './virtual.ts'

const limit = 1000
const window = 3_600_000

/** The most units in any span of the window's length. */
function worst(granted: readonly number[], span: number): number {
  let most = 0
  for (let from = 0, to = 0; to < granted.length; to += 1) {
    while ((granted[from] ?? 0) <= (granted[to] ?? 0) - span) from += 1
    most = Math.max(most, to - from + 1)
  }
  return most
}

type Schedule = (random: () => number, wait: number) => number

/** How long until the next call, in milliseconds, given what the last answer said. */
const schedules: Readonly<Record<string, Schedule>> = {
  'at the first moment it may': (_, wait) => Math.max(0, wait),
  'at random, three times too often': (random) => random() * 2400,
  'all at once, then quiet': (random, wait) => (wait > 0 ? random() * window * 1.5 : 0),
  'on the edges of the window': (random, wait) => (wait > 0 ? window * (0.98 + 0.04 * random()) : random()),
}

function run(
  rule: Rule,
  schedule: Schedule,
  { calls, seed }: { readonly calls: number; readonly seed: number },
): number {
  const random = seeded(seed)
  let now = 0
  const { tryTake } = createLimiter({ rules: [rule], now: () => now, monotonic: () => now })
  const granted: number[] = []
  for (let call = 0; call < calls; call += 1) {
    const wait = tryTake('user:a')
    if (wait === 0) granted.push(now)
    now += schedule(random, wait)
  }
  return worst(granted, window)
}

/** A window that begins with the first call, in seconds in place of hours: one call, the rest at its end, and all again. */
async function peer(): Promise<number> {
  const limiter = new RateLimiterMemory({ points: limit, duration: 1 })
  const granted: number[] = []
  const ask = async (times: number): Promise<void> => {
    for (let call = 0; call < times; call += 1) {
      await limiter.consume('user:a').then(
        () => granted.push(performance.now()),
        () => undefined,
      )
    }
  }
  await ask(1)
  await sleep(900)
  await ask(limit)
  await sleep(130)
  await ask(limit)
  return worst(granted, 1000)
}

export async function promise({ calls }: { readonly calls: number }): Promise<readonly Goal[]> {
  const base = { unit: 'requests', per: 'user', limit, window: 3600, fail: 'local' } as const
  const rules: readonly Rule[] = [
    { ...base, name: 'rolling, burst 100', kind: 'rolling', burst: 100 },
    { ...base, name: 'rolling, burst 500', kind: 'rolling', burst: 500 },
    { ...base, name: 'sliding', kind: 'sliding' },
  ]
  const rows: { name: string; schedule: string; most: number }[] = []
  const each = Math.ceil(calls / (rules.length * Object.keys(schedules).length))
  for (const rule of rules) {
    for (const [name, schedule] of Object.entries(schedules)) {
      rows.push({
        name: rule.name,
        schedule: name,
        most: run(rule, schedule, { calls: each, seed: rows.length + 1 }),
      })
    }
  }
  const most = Math.max(...rows.map((row) => row.most))
  const theirs = await peer()
  rows.push({ name: 'rate-limiter-flexible', schedule: 'on the edges of the window', most: theirs })
  printTable(`the most that any hour sees of ${limit} an hour, ${calls} calls in virtual time`, rows, [
    ['rule', (row) => row.name],
    ['caller', (row) => row.schedule],
    ['most', (row) => String(row.most)],
  ])
  return [{ goal: 'G8 the most that any window sees, by the limit', value: most / limit, atMost: 1 }]
}
