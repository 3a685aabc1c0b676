/**
 * Learning a rate, in virtual time, against token buckets as Atlassian documents them, beside its own pseudo-code (retry each
 * request, 50 in flight), as shares of what an oracle gets that leaves the others what they ask for. 120 seconds, a call takes
 * 100 ms, callers never run out.
 */
import type { Rule } from '../../packages/rate-limiter/src/index.ts'
import { createLimiter, heed } from '../../packages/rate-limiter/src/index.ts'
import { printTable, type Goal } from '../kit/report.ts'
import { median } from '../kit/statistics.ts'
import { createWorld, seeded, type World } from './virtual.ts'

interface Case {
  readonly name: string
  readonly rate: number
  readonly capacity: number
  /** Others take so much of the rate from the 20th to the 40th second of each minute. */
  readonly others: number
  readonly least: number
  readonly refusals: number
}

const cases: readonly Case[] = [
  { name: '100/s', rate: 100, capacity: 100, others: 0, least: 0.97, refusals: 0.01 },
  { name: '10/s, capacity 100', rate: 10, capacity: 100, others: 0, least: 0.97, refusals: 0.01 },
  { name: '100/s, shared', rate: 100, capacity: 100, others: 0.6, least: 0.92, refusals: 0.01 },
  { name: '5/s', rate: 5, capacity: 5, others: 0, least: 0.97, refusals: 0.02 },
]

const seconds = 120

interface Bucket {
  readonly take: () => { readonly ok: boolean; readonly headers: Headers }
  readonly granted: () => number
  readonly refused: () => number
}

function createBucket(world: World, { rate, capacity, others }: Case, random: () => number): Bucket {
  let tokens = capacity
  let at = world.now()
  let [granted, refused] = [0, 0]
  let foreign = 0
  const begin = at
  const refill = (): void => {
    const now = world.now()
    // The others come at even distances, with jitter, and take what they find.
    const inside = [20_000, 80_000]
      .map((from) => Math.max(0, Math.min(now, begin + from + 20_000) - Math.max(at, begin + from)))
      .reduce((sum, each) => sum + each, 0)
    tokens = Math.min(capacity, tokens + ((now - at) * rate) / 1000)
    foreign += (inside / 1000) * rate * others * (0.8 + 0.4 * random())
    const taken = Math.min(Math.floor(foreign), Math.floor(tokens))
    foreign -= Math.floor(foreign)
    tokens -= taken
    at = now
  }
  return {
    take() {
      refill()
      const ok = tokens >= 1
      if (ok) tokens -= 1
      if (ok) granted += 1
      else refused += 1
      const headers = new Headers({
        'X-RateLimit-Limit': String(rate),
        'X-RateLimit-Remaining': String(Math.floor(tokens)),
        ...(!ok && { 'Retry-After': '1', 'RateLimit-Reason': 'jira-burst-based' }),
      })
      return { ok, headers }
    },
    granted: () => granted,
    refused: () => refused,
  }
}

interface Scene {
  readonly world: World
  readonly bucket: Bucket
  readonly each: Case
  readonly random: () => number
}

const latency = (random: () => number): number => 80 + 40 * random()

async function ours({ world, bucket, random, each: { rate } }: Scene): Promise<void> {
  const rule: Rule = {
    name: 'operation-burst',
    kind: 'rolling',
    unit: 'requests',
    per: 'operation',
    limit: rate,
    window: 1,
    burst: Math.max(1, Math.round(rate / 10)),
    fail: 'local',
    adaptive: true,
  }
  const limiter = createLimiter({ rules: [rule], now: world.now, monotonic: world.now, sleep: world.sleep })
  const keys = ['operation:site/GET /x'] as const
  const caller = async (): Promise<void> => {
    for (;;) {
      const permit = await limiter.enter(keys)
      const begin = world.now()
      await world.sleep(latency(random) / 2)
      const { ok, headers } = bucket.take()
      await world.sleep(latency(random) / 2)
      heed(limiter, keys, { status: ok ? 200 : 429, headers, now: world.now(), took: world.now() - begin })
      permit.end()
    }
  }
  await Promise.race([
    Promise.all(Array.from({ length: 100 }, caller)),
    world.run(world.now() + seconds * 1000),
  ])
}

/** Each request retries by itself: the delay doubles from 5 to 30 s unless the answer says more, jittered by 0.7 to 1.3. */
async function pseudoCode({ world, bucket, random }: Scene): Promise<void> {
  const caller = async (): Promise<void> => {
    for (;;) {
      for (let delay = 5000; ; delay = Math.min(30_000, delay * 2)) {
        await world.sleep(latency(random) / 2)
        const { ok, headers } = bucket.take()
        await world.sleep(latency(random) / 2)
        if (ok) break
        const wait = Number(headers.get('retry-after')) * 1000 || delay
        await world.sleep(wait + wait * (0.7 + 0.6 * random()))
      }
    }
  }
  await Promise.race([
    Promise.all(Array.from({ length: 50 }, caller)),
    world.run(world.now() + seconds * 1000),
  ])
}

/** All that the bucket gives in this time, less what the others ask for. */
const oracleOf = ({ rate, capacity, others }: Case): number =>
  capacity + rate * (seconds - (others * seconds) / 3)

const strategies = { ours, 'pseudo-code, 50 in flight': pseudoCode } as const

interface Score {
  readonly name: string
  readonly strategy: string
  readonly use: number
  readonly refusals: number
}

export async function adaptive({ seeds }: { readonly seeds: number }): Promise<readonly Goal[]> {
  const scores: Score[] = []
  for (const each of cases) {
    const granted: Record<string, number[]> = {}
    const refusals: Record<string, number[]> = {}
    for (let seed = 1; seed <= seeds; seed += 1) {
      for (const [name, run] of Object.entries(strategies)) {
        const random = seeded(seed)
        const world = createWorld(Date.UTC(2026, 0, 1, 12))
        const bucket = createBucket(world, each, random)
        await run({ world, bucket, each, random })
        ;(granted[name] ??= []).push(bucket.granted())
        ;(refusals[name] ??= []).push(bucket.refused() / Math.max(1, bucket.granted() + bucket.refused()))
      }
    }
    for (const strategy of Object.keys(strategies)) {
      const use = (granted[strategy] ?? []).map((value) => value / oracleOf(each))
      scores.push({ name: each.name, strategy, use: median(use), refusals: median(refusals[strategy] ?? []) })
    }
  }
  printTable(`learning a rate, ${seeds} seeds, ${seconds} s of virtual time`, scores, [
    ['bucket', ({ name }) => name],
    ['strategy', ({ strategy }) => strategy],
    ["use of the oracle's", ({ use }) => `${(use * 100).toFixed(1)} %`],
    ['refused', ({ refusals }) => `${(refusals * 100).toFixed(2)} %`],
  ])
  const score = (name: string, strategy: string): Score =>
    scores.find((each) => each.name === name && each.strategy === strategy) ?? {
      name,
      strategy,
      use: NaN,
      refusals: NaN,
    }
  return cases.flatMap(({ name, least, refusals, others }): readonly Goal[] => {
    const [mine, theirs] = [score(name, 'ours'), score(name, 'pseudo-code, 50 in flight')]
    const goals: readonly Goal[] = [
      { goal: `G11 ${name}: use of the oracle's`, value: mine.use, atLeast: least },
      { goal: `G11 ${name}: refused`, value: mine.refusals, atMost: refusals },
    ]
    const against: readonly Goal[] = [
      {
        goal: `G11 ${name}: throughput by that of the pseudo-code`,
        value: mine.use / theirs.use,
        atLeast: 1.15,
        aim: true,
      },
      {
        goal: `G11 ${name}: refusals of the pseudo-code by ours`,
        value: theirs.refusals / Math.max(1e-4, mine.refusals),
        atLeast: 10,
        aim: true,
      },
    ]
    return others === 0 ? goals.concat(against) : goals
  })
}
