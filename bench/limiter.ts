/**
 * The rate limiter beside its peers: what a decision costs and weighs, what is promised and kept, who waits how long, and how
 * much of a limit is used. Goals are what the library promises; aims are what it is measured for beyond that, and a missed aim
 * does not fail the run. `npm run bench:day` simulates a day, `npm run bench:outage` stops Redis.
 *
 * Usage: npm run bench:limiter [-- --quick] [-- --part NAME]...
 */
import { parseArgs } from 'node:util'

import { judge, type Goal } from './kit/report.ts'
import { adaptive } from './limiter/adaptive.ts'
import { fairness } from './limiter/fairness.ts'
import { headers } from './limiter/headers.ts'
import { keysPart } from './limiter/keys.ts'
import { memory } from './limiter/memory.ts'
import { pacer } from './limiter/pacer.ts'
import { promise } from './limiter/promise.ts'
import { redis } from './limiter/redis.ts'
import { sqlite } from './limiter/sqlite.ts'

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, part: { type: 'string', multiple: true } },
})
const { quick } = values
const rounds = { rounds: quick ? 3 : 9, milliseconds: quick ? 60 : 200 }

const parts: Readonly<Record<string, () => readonly Goal[] | Promise<readonly Goal[]>>> = {
  memory: () => memory(rounds),
  keys: () => keysPart({ count: quick ? 100_000 : 1_000_000 }),
  // Long enough that what is written behind falls into the sample.
  sqlite: () => sqlite({ rounds: quick ? 3 : 5, milliseconds: quick ? 60 : 1500 }),
  redis: () => redis(rounds),
  promise: () => promise({ calls: quick ? 100_000 : 1_200_000 }),
  pacer: () => pacer(rounds),
  fairness: () => fairness({ quick }),
  adaptive: () => adaptive({ seeds: quick ? 2 : 21 }),
  headers: () => headers(rounds),
}

const goals: Goal[] = []
for (const name of values.part ?? Object.keys(parts)) {
  const part = parts[name]
  if (part === undefined) throw new Error(`There is no part ${name}: ${Object.keys(parts).join(', ')}`)
  goals.push(...(await part()))
}
judge(goals, `${import.meta.dirname}/results/limiter.json`, { quick, parts: values.part ?? 'all' })
