/** What waiting costs: jobs of three gates and 64 at a time, by 100 persons, beside queues that know one of each. */
import Bottleneck from 'bottleneck'
import PQueue from 'p-queue'

import type { LimitKey, Rule } from '../../packages/rate-limiter/src/index.ts'
import { createLimiter } from '../../packages/rate-limiter/src/index.ts'
import type { Goal } from '../kit/report.ts'
import { printRows } from './print.ts'
import { compare, ratio, type Contender, type Rounds } from './turns.ts'

const at = { unit: 'requests', fail: 'local' } as const
const rules: readonly Rule[] = [
  { ...at, name: 'operation', kind: 'rolling', per: 'operation', limit: 1e9, burst: 5e8, window: 1 },
  { ...at, name: 'site', kind: 'rolling', per: 'site', limit: 1e9, burst: 5e8, window: 1 },
  { ...at, name: 'slots', kind: 'concurrent', per: 'site', limit: 64, window: 0 },
]
const persons = Array.from({ length: 100 }, (_, index) => ({ person: `person-${index}` }))
const keys: readonly LimitKey[] = ['operation:site/GET /issue', 'site:site']

/** The work of a job: a turn of the microtask queue. */
const work = (): Promise<void> => Promise.resolve()
let done = 0

const batches = async (times: number, batch: (size: number) => Promise<unknown>): Promise<void> => {
  for (let left = times; left > 0; left -= 1024) await batch(Math.min(1024, left))
}

/** 1,024 at once: 64 run and the others queue. */
function ourQueue(): Contender['run'] {
  const limiter = createLimiter({ rules })
  const job = async (turn: number): Promise<void> => {
    const permit = await limiter.enter(keys, persons[turn % 100])
    try {
      await work()
      done += 1
    } finally {
      permit.end()
    }
  }
  return (times) =>
    batches(times, (size) => Promise.all(Array.from({ length: size }, (_, turn) => job(turn))))
}

function ourSingle(): Contender['run'] {
  const limiter = createLimiter({ rules })
  return async (times) => {
    for (let turn = 0; turn < times; turn += 1) {
      const permit = await limiter.enter(keys, persons[turn % 100])
      try {
        await work()
        done += 1
      } finally {
        permit.end()
      }
    }
  }
}

function ourTry(): Contender['run'] {
  const limiter = createLimiter({ rules })
  return (times) => {
    for (let turn = 0; turn < times; turn += 1) {
      const permit = limiter.tryEnter(keys)
      if (typeof permit !== 'number') permit.end()
      done += 1
    }
  }
}

const finish = async (): Promise<void> => {
  await work()
  done += 1
}

function theirQueue(options: ConstructorParameters<typeof PQueue>[0]): Contender['run'] {
  const queue = new PQueue(options)
  return (times) =>
    batches(times, (size) => Promise.all(Array.from({ length: size }, () => queue.add(finish))))
}

function theirSingle(): Contender['run'] {
  const queue = new PQueue({ concurrency: 64 })
  return async (times) => {
    for (let turn = 0; turn < times; turn += 1) await queue.add(finish)
  }
}

/** On the wall: it waits for a timer with each job. */
async function bottleneckPerSecond(jobs: number): Promise<number> {
  const limiter = new Bottleneck({ maxConcurrent: 64 })
  const begin = performance.now()
  await Promise.all(Array.from({ length: jobs }, () => limiter.schedule(finish)))
  const perSecond = (jobs * 1000) / (performance.now() - begin)
  await limiter.disconnect()
  return perSecond
}

export async function pacer(rounds: Rounds): Promise<readonly Goal[]> {
  const rows = await compare(
    [
      { name: 'ours, 1,024 queued', run: ourQueue() },
      { name: 'p-queue, 1,024 queued', run: theirQueue({ concurrency: 64 }) },
      {
        name: 'p-queue with an interval, 1,024 queued',
        run: theirQueue({ concurrency: 64, interval: 1000, intervalCap: 1e9 }),
      },
      { name: 'ours, nothing queued', run: ourSingle() },
      { name: 'p-queue, nothing queued', run: theirSingle() },
      { name: 'ours, tryEnter and end', run: ourTry() },
      {
        name: 'floor: a promise awaited',
        run: async (times) => {
          for (let turn = 0; turn < times; turn += 1) await finish()
        },
      },
    ],
    rounds,
  )
  printRows('a job, 64 at a time, three gates, 100 persons', rows, 'p-queue, 1,024 queued')
  const bottleneck = await bottleneckPerSecond(1000)
  const ours = rows.find(({ name }) => name === 'ours, 1,024 queued')?.perSecond ?? NaN
  console.log(`bottleneck: ${Math.round(bottleneck)} jobs a second on the wall (${done} jobs done in all)`)
  return [
    {
      goal: 'G9 queued, against p-queue',
      value: ratio(rows, { base: 'p-queue, 1,024 queued', name: 'ours, 1,024 queued' }),
      atLeast: 5,
    },
    {
      goal: 'G9 nothing queued, against p-queue queued',
      value: ratio(rows, { base: 'p-queue, 1,024 queued', name: 'ours, nothing queued' }),
      atLeast: 12,
      aim: true,
    },
    {
      goal: 'G9 jobs a second on the wall, against bottleneck',
      value: ours / bottleneck,
      atLeast: 4000,
      aim: true,
    },
  ]
}
