/** In one process: contenders take turns in every round, every other round runs backwards, and ratios are paired. */
import { setImmediate as nextTurn } from 'node:timers/promises'

import { meter, ownCpu } from '../kit/processor.ts'
import { median, pairedRatio, quantile } from '../kit/statistics.ts'

export interface Contender {
  readonly name: string
  /** Does its work so many times. */
  readonly run: (times: number) => unknown
}

export interface Caller {
  readonly name: string
  readonly call: () => Promise<unknown>
}

export interface Sample {
  /** Nanoseconds of processor time an operation. */
  readonly cost: number
  /** Nanoseconds of a watched process an operation. */
  readonly server: number
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Processors that others used meanwhile. */
  readonly foreign: number
}

export interface Row extends Sample {
  readonly name: string
  readonly samples: readonly Sample[]
}

export interface Rounds {
  readonly rounds: number
  /** Of a sample. */
  readonly milliseconds: number
}

const collect = (globalThis as { gc?: () => void }).gc

async function takeTurns<Item extends { readonly name: string }>(
  contenders: readonly Item[],
  rounds: number,
  measure: (item: Item) => Promise<Sample>,
): Promise<readonly Row[]> {
  const samples = new Map<string, Sample[]>(contenders.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of round % 2 === 1 ? contenders.toReversed() : contenders) {
      collect?.() // Nobody pays for a neighbour's garbage.
      samples.get(contender.name)?.push(await measure(contender))
    }
  }
  return [...samples].map(([name, list]) => {
    const middle = (key: keyof Sample): number => median(list.map((sample) => sample[key]))
    const [cost, server, perSecond] = [middle('cost'), middle('server'), middle('perSecond')]
    const [p50, p99, foreign] = [middle('p50'), middle('p99'), middle('foreign')]
    return { name, cost, server, perSecond, p50, p99, foreign, samples: list }
  })
}

/** How many operations take about so long. */
async function timesFor({ run }: Contender, milliseconds: number): Promise<number> {
  for (let times = 64; times < 2 ** 40; times *= 2) {
    const [begin, wall] = [ownCpu(), performance.now()]
    await run(times)
    const spent = (ownCpu() - begin) * 1000
    const passed = performance.now() - wall
    if (spent < milliseconds / 3 && passed < milliseconds * 1.5) continue
    const wanted = Math.min(milliseconds / Math.max(spent, 1e-3), (milliseconds * 4) / passed)
    return Math.max(1, Math.round(times * wanted))
  }
  throw new Error('The work takes no time: is it done?')
}

export async function compare(
  contenders: readonly Contender[],
  { rounds, milliseconds }: Rounds,
): Promise<readonly Row[]> {
  const times = new Map<string, number>()
  for (const contender of contenders) times.set(contender.name, await timesFor(contender, milliseconds))
  return takeTurns(contenders, rounds, async ({ name, run }) => {
    const count = times.get(name) ?? 1
    const end = meter()
    await run(count)
    const { own, seconds, foreign } = end()
    return { cost: (own * 1e9) / count, server: NaN, perSecond: count / seconds, p50: NaN, p99: NaN, foreign }
  })
}

/** So many calls at a time. `pid`: a server whose processor time is watched too. */
export async function compareCalls(
  callers: readonly Caller[],
  { rounds, milliseconds, inFlight, pid }: Rounds & { readonly inFlight: number; readonly pid?: number },
): Promise<readonly Row[]> {
  for (const { call } of callers) for (let turn = 0; turn < 50; turn += 1) await call()
  return takeTurns(callers, rounds, async ({ call }) => {
    const latencies: number[] = []
    let count = 0
    const end = meter(pid === undefined ? [] : [pid])
    const until = performance.now() + milliseconds
    const work = async (): Promise<void> => {
      for (let begin = performance.now(); begin < until; begin = performance.now()) {
        await call()
        count += 1
        if (count % 8 === 0) latencies.push(performance.now() - begin)
        // A call that does no input or output must not starve the timers.
        if (count % 512 === 0) await nextTurn()
      }
    }
    await Promise.all(Array.from({ length: inFlight }, work))
    const { own, of, seconds, foreign } = end()
    return {
      cost: (own * 1e9) / count,
      server: ((of[0] ?? NaN) * 1e9) / count,
      perSecond: count / seconds,
      p50: quantile(latencies, 0.5),
      p99: quantile(latencies, 0.99),
      foreign,
    }
  })
}

/** Median over the rounds of what `base` costs by what `name` costs: 2 means half the cost. */
export function ratio(
  rows: readonly Row[],
  { base, name, key = 'cost' }: { readonly base: string; readonly name: string; readonly key?: keyof Sample },
): number {
  const column = (wanted: string): readonly number[] =>
    rows.find((row) => row.name === wanted)?.samples.map((sample) => sample[key]) ?? []
  return pairedRatio(column(base), column(name))
}
