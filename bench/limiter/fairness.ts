/** One heavy person with 2,000 calls and nine light ones with ten each, 500 calls a second, 10 ms a call, in real time. */
import { setTimeout as sleep } from 'node:timers/promises'

import PQueue from 'p-queue'

import { createLimiter } from '../../packages/rate-limiter/src/index.ts'
import { printTable, short, type Goal } from '../kit/report.ts'
import { quantile } from '../kit/statistics.ts'

interface Result {
  readonly name: string
  readonly light: readonly number[]
  readonly heavy: readonly number[]
  readonly all: number
}

type Work = (person: string, begun: () => void) => Promise<unknown>

async function measure(name: string, work: Work, heavyCalls: number): Promise<Result> {
  const waits = { light: Array<number>(), heavy: Array<number>() }
  const begin = performance.now()
  const ask = (person: string, list: number[]): Promise<unknown> =>
    work(person, () => list.push(performance.now() - begin))
  const calls = [
    ...Array.from({ length: heavyCalls }, () => ask('heavy', waits.heavy)),
    ...Array.from({ length: 90 }, (_, index) => ask(`light-${index % 9}`, waits.light)),
  ]
  await Promise.all(calls)
  return { name, ...waits, all: performance.now() - begin }
}

export async function fairness({ quick }: { readonly quick: boolean }): Promise<readonly Goal[]> {
  const heavy = quick ? 500 : 2000
  const queue = new PQueue({ interval: 20, intervalCap: 10 })
  const limiter = createLimiter({
    rules: [
      {
        name: 'rate',
        kind: 'rolling',
        unit: 'requests',
        per: 'site',
        limit: 510,
        burst: 10,
        window: 1,
        fail: 'local',
      },
    ],
  })
  const results = [
    await measure(
      'p-queue, first come',
      (_, begun) =>
        queue.add(async () => {
          begun()
          await sleep(10)
        }),
      heavy,
    ),
    await measure(
      'ours',
      async (person, begun) => {
        await limiter.acquire(['site:s'], { person })
        begun()
        await sleep(10)
      },
      heavy,
    ),
  ]
  printTable(`waiting in ms, 1 heavy person with ${heavy} calls, 9 light ones with 10`, results, [
    ['contender', ({ name }) => name],
    ['light p50', ({ light }) => short(quantile(light, 0.5))],
    ['light p99', ({ light }) => short(quantile(light, 0.99))],
    ['heavy p50', ({ heavy: list }) => short(quantile(list, 0.5))],
    ['all done', ({ all }) => short(all)],
  ])
  const [theirs, mine] = results
  return [
    {
      goal: "G10 light persons' p99 wait, by that of first come",
      value: quantile(mine?.light ?? [], 0.99) / quantile(theirs?.light ?? [], 0.99),
      atMost: 0.05,
    },
    {
      goal: 'G10 all done, by that of first come',
      value: (mine?.all ?? NaN) / (theirs?.all ?? NaN),
      atMost: 1.01,
      aim: true,
    },
  ]
}
