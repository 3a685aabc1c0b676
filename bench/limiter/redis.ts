/** Counters in Redis on loopback, 64 callers at a time, beside rate-limiter-flexible over ioredis. Keys of our own, which expire. */
import { Redis } from 'ioredis'
import { RateLimiterRedis } from 'rate-limiter-flexible'

import type { Rule } from '../../packages/rate-limiter/src/index.ts'
import { createLimiter } from '../../packages/rate-limiter/src/index.ts'
import type { Goal } from '../kit/report.ts'
import { keyAt } from './memory.ts'
import { printRows } from './print.ts'
import { compareCalls, ratio, type Rounds } from './turns.ts'

const address = 'redis://127.0.0.1:6379'

const rule = (lease: boolean): Rule => ({
  name: 'plan',
  kind: 'rolling',
  unit: 'requests',
  per: 'site',
  limit: 1e9,
  burst: 5e8,
  window: 3600,
  fail: 'closed',
  ...(lease && { lease: true }),
})

const missed = (why: string): readonly Goal[] => {
  console.log(`\nredis: skipped, ${why}`)
  return [{ goal: `G5 to G7 on Redis (skipped: ${why})`, value: NaN, atLeast: 1 }]
}

async function connected(): Promise<Redis | undefined> {
  const client = new Redis(address, {
    lazyConnect: true,
    retryStrategy: () => null,
    enableAutoPipelining: false,
  })
  client.on('error', () => {
    // Said below, when nothing answers.
  })
  return client.connect().then(
    () => client,
    () => undefined,
  )
}

export async function redis(rounds: Rounds): Promise<readonly Goal[]> {
  const client = await connected()
  if (client === undefined) return missed('nothing answers at 127.0.0.1:6379')
  const { createRedisStore } = await import('../../packages/store-redis/src/index.ts')
  const prefix = `bench-limiter-${process.pid}`
  const store = await createRedisStore({ url: address, prefix })
  const pid = Number(/process_id:(\d+)/.exec(await client.info('server'))?.[1])
  const peer = new RateLimiterRedis({ storeClient: client, points: 1e9, duration: 60, keyPrefix: prefix })
  const limiter = createLimiter({ rules: [rule(false)], store: store.limiter, patience: 5000 })
  const leasing = createLimiter({ rules: [rule(true)], store: store.limiter, patience: 5000 })
  let turn = 0
  const next = (): ReturnType<typeof keyAt> => keyAt((turn += 1))
  const gate = { kind: 'rolling', interval: 0.0072, tolerance: 3_600_000 } as const
  try {
    const base = 'rate-limiter-flexible, ioredis'
    const rows = await compareCalls(
      [
        { name: 'floor: SET, ioredis', call: () => client.set(`${prefix}:${next()}`, '1', 'PX', 60_000) },
        { name: base, call: () => peer.consume(next()) },
        {
          name: 'ours, one question a turn',
          call: () => store.limiter.take([{ gate: { ...gate, id: next() }, cost: 1 }], Date.now()),
        },
        { name: 'ours, micro-batched', call: () => limiter.acquire([next()]) },
        { name: 'ours, leased, 50 hot keys', call: () => leasing.acquire([`site:${(turn += 1) % 50}`]) },
      ],
      { ...rounds, milliseconds: Math.max(500, rounds.milliseconds), inFlight: 64, pid },
    )
    printRows('a turn on Redis, 64 at a time', rows, base)
    const wall = (name: string): number => 1 / ratio(rows, { base, name, key: 'perSecond' })
    const part = (name: string, key: 'cost' | 'server' | 'p99'): number =>
      1 / ratio(rows, { base, name, key })
    return [
      {
        goal: 'G5 strict: a second on the wall, by the peer',
        value: wall('ours, one question a turn'),
        atLeast: 1.1,
      },
      {
        goal: "G5 strict: p99, by the peer's",
        value: part('ours, one question a turn', 'p99'),
        atMost: 1,
        aim: true,
      },
      {
        goal: 'G5 strict: a second on the wall, by SET',
        value:
          1 /
          ratio(rows, { base: 'floor: SET, ioredis', name: 'ours, one question a turn', key: 'perSecond' }),
        atLeast: 0.85,
        aim: true,
      },
      { goal: 'G6 micro-batched: a second on the wall', value: wall('ours, micro-batched'), atLeast: 1.8 },
      {
        goal: "G6 micro-batched: client's processor time",
        value: part('ours, micro-batched', 'cost'),
        atMost: 0.2,
        aim: true,
      },
      { goal: 'G6 micro-batched: p99', value: part('ours, micro-batched', 'p99'), atMost: 1, aim: true },
      { goal: 'G7 leased: a second on the wall', value: wall('ours, leased, 50 hot keys'), atLeast: 15 },
      {
        goal: "G7 leased: server's processor time",
        value: part('ours, leased, 50 hot keys', 'server'),
        atMost: 0.03,
        aim: true,
      },
    ]
  } finally {
    await limiter.flush()
    await leasing.flush()
    await store.close()
    client.disconnect()
  }
}
