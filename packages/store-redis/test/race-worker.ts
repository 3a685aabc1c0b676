/**
 * One of several processes on the same keys. For each line on standard input it makes calls of one kind, all at once,
 * and prints how many of them won.
 *
 * Usage: node race-worker.ts URL PREFIX NAME. Lines: KIND ID COUNT.
 */
import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'

import type { RedisStore } from '../src/index.ts'
import { createRedisStore } from '../src/index.ts'
import { accessOf, familyOf, rotationOf } from './given.ts'

const [url = '', prefix = '', name = ''] = process.argv.slice(2)
const store = await createRedisStore({ url, prefix })

type Race = (store: RedisStore, id: string, index: number) => Promise<boolean>

/** So long that no window ends in the middle. */
const quota = { kind: 'calendar', limit: 100, window: 100 * 365 * 24 * 3_600_000 } as const

/** Who wins is told by names that no other caller has. */
const races: Readonly<Record<string, Race>> = {
  redeem: ({ auth }, id, index) =>
    auth.consumeCode({
      hash: id,
      now: 1,
      family: familyOf(id, `${id} ${name} ${index}`),
      access: accessOf(id, `${id} ${name} ${index}`),
    }),
  rotate: async ({ auth }, id, index) =>
    (await auth.rotateFamily({ ...rotationOf(id), access: accessOf(id, `${id} ${name} ${index}`) })) !==
    undefined,
  async refresh({ vault }, grantId, index) {
    const fence = { grantId, generation: 1, owner: `${name} ${index}` }
    if ((await vault.claimRefresh({ ...fence, now: 1, until: 1000 })) === undefined) return false
    return vault.commitRefresh({ ...fence, blob: fence.owner, kid: 'k1', accessExpiresAt: 3 })
  },
  take: async ({ limiter }, id) => {
    const charges = [{ gate: { id, ...quota }, cost: 1 }]
    return (await limiter.take(charges, Date.now())).every((wait) => wait === 0)
  },
}

writeSync(1, 'ready\n')
for await (const line of createInterface(process.stdin)) {
  const [kind = '', id = '', count = ''] = line.split(' ')
  const race = races[kind]
  if (race === undefined) throw new Error(`No race is called ${kind}`)
  const calls = Array.from({ length: Number(count) }, (_, index) => race(store, id, index))
  const won = (await Promise.all(calls)).filter(Boolean).length
  writeSync(1, `${won}\n`)
}
await store.close()
