/** Conversions take turns in every round, every other round runs backwards, and ratios are paired. */
import { meter } from '../kit/processor.ts'
import { median, pairedRatio } from '../kit/statistics.ts'

export interface Contender {
  readonly name: string
  readonly work: () => unknown
}

export interface Row {
  readonly name: string
  /** Milliseconds of processor time a call: the median of the rounds. */
  readonly cost: number
  /** Processors that others used meanwhile. */
  readonly foreign: number
  readonly costs: readonly number[]
}

export interface Rounds {
  readonly rounds: number
  /** Of a sample. */
  readonly milliseconds: number
}

/**
 * Before each sample so many calls are not counted, or as many as fit into so many milliseconds: V8 forgets what it
 * compiled for a contender while the others have their turns.
 */
const warming = { calls: 300, milliseconds: 1500 }

const collect = (globalThis as { gc?: () => void }).gc

/** The last results, which keeps the work from being left out as useless. */
const kept = new Map<string, unknown>()

export function compare(contenders: readonly Contender[], { rounds, milliseconds }: Rounds): readonly Row[] {
  const samples = new Map<string, { readonly cost: number; readonly foreign: number }[]>()
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, work } of round % 2 === 1 ? contenders.toReversed() : contenders) {
      collect?.() // Nobody pays for a neighbour's garbage.
      const warm = performance.now() + warming.milliseconds
      for (let turn = 0; turn < warming.calls && performance.now() < warm; turn += 1) kept.set(name, work())
      const end = meter()
      const until = performance.now() + milliseconds
      let count = 0
      for (; performance.now() < until || count < 5; count += 1) kept.set(name, work())
      const { own, foreign } = end()
      samples.set(name, [...(samples.get(name) ?? []), { cost: (own * 1000) / count, foreign }])
    }
  }
  return contenders.map(({ name }) => {
    const list = samples.get(name) ?? []
    const costs = list.map(({ cost }) => cost)
    return { name, cost: median(costs), foreign: median(list.map(({ foreign }) => foreign)), costs }
  })
}

/** Median over the rounds of what `base` costs by what `name` costs: 2 means half the cost. */
export function ratio(
  rows: readonly Row[],
  { base, name }: { readonly base: string; readonly name: string },
): number {
  const costs = (wanted: string): readonly number[] => rows.find((row) => row.name === wanted)?.costs ?? []
  return pairedRatio(costs(base), costs(name))
}
