import type { Milliseconds } from '../rule.ts'
import type { Charge } from '../store.ts'

/** Waits of the gates of one call, in the order of its charges. */
export type Waits = readonly Milliseconds[] | 'away'

/** Puts the calls of one moment into one question. */
export interface Batch {
  readonly take: (charges: readonly Charge[]) => Promise<Waits>
}

interface Call {
  readonly charges: readonly Charge[]
  readonly resolve: (waits: Waits) => void
}

/** A question holds the store for as long as its gates take. */
const maxGates = 256

/** One is decided while the next is on its way. Whoever comes meanwhile goes with the one after. */
const mostUnderWay = 2

/**
 * Calls that ask in the same turn of the event loop, or while the store is busy with others, share one `take`: their costs
 * are added up gate by gate, so that it stays all or none for each of them. When the sum is too much, those who have nothing
 * to do with it go through together, and of the others as many as fit, in the order they came.
 */
export function createBatch(take: (charges: readonly Charge[]) => Promise<Waits>): Batch {
  let calls: Call[] = []
  let scheduled = false
  let underWay = 0

  function schedule(): void {
    if (scheduled || underWay >= mostUnderWay) return
    scheduled = true
    queueMicrotask(send)
  }

  function send(): void {
    scheduled = false
    while (calls.length > 0 && underWay < mostUnderWay) {
      underWay += 1
      void decide(nextGroup()).finally(() => {
        underWay -= 1
        if (calls.length > 0) schedule()
      })
    }
  }

  function nextGroup(): readonly Call[] {
    let [count, gates] = [0, 0]
    for (const { charges } of calls) {
      if (count > 0 && gates + charges.length > maxGates) break
      count += 1
      gates += charges.length
    }
    const group = calls.slice(0, count)
    calls = calls.slice(count)
    return group
  }

  async function decide(group: readonly Call[]): Promise<void> {
    const [first] = group
    if (first === undefined) return
    if (group.length === 1) {
      first.resolve(await take(first.charges))
      return
    }
    const sum = merge(group)
    const waits = await take(sum)
    if (waits === 'away' || waits.every((wait) => wait === 0)) {
      for (const call of group) call.resolve(waits === 'away' ? waits : call.charges.map(() => 0))
      return
    }
    const shut = new Map(sum.flatMap(({ gate }, index) => (waits[index] ? [[gate.id, waits[index]]] : [])))
    const isTouched = ({ charges }: Call): boolean => charges.some(({ gate }) => shut.has(gate.id))
    await Promise.all([decide(group.filter((call) => !isTouched(call))), inOrder(group.filter(isTouched))])
  }

  /** Halves until it fits: each question takes those at the front, and who comes after one that is refused is refused. */
  async function inOrder(group: readonly Call[]): Promise<void> {
    let left = group
    let size = Math.ceil(left.length / 2)
    while (left.length > 0) {
      const front = left.slice(0, size)
      const sum = merge(front)
      const waits = await take(sum)
      if (waits === 'away') {
        for (const call of left) call.resolve(waits)
        return
      }
      if (waits.every((wait) => wait === 0)) {
        for (const call of front) call.resolve(call.charges.map(() => 0))
        left = left.slice(size)
        size = Math.max(1, Math.min(size, Math.ceil(left.length / 2)))
      } else if (front.length > 1) size = Math.ceil(size / 2)
      else
        left = refuseAlike(
          left,
          new Map(sum.map(({ gate, cost }, index) => [gate.id, { cost, wait: waits[index] ?? 0 }])),
        )
    }
  }

  return {
    take: (charges) =>
      new Promise((resolve) => {
        calls.push({ charges, resolve })
        schedule()
      }),
  }
}

/** Refuses the first, and all who ask as much of a gate that was shut for it. Answers who is left. */
function refuseAlike(
  calls: readonly Call[],
  known: ReadonlyMap<string, { readonly cost: number; readonly wait: Milliseconds }>,
): readonly Call[] {
  return calls.filter(({ charges, resolve }, index) => {
    const waits = charges.map(({ gate, cost }) => {
      const { cost: asked = Infinity, wait = 0 } = known.get(gate.id) ?? {}
      return index === 0 || cost >= asked ? wait : 0
    })
    if (waits.every((wait) => wait === 0)) return true
    resolve(waits)
    return false
  })
}

/** One charge for each gate. */
function merge(calls: readonly Call[]): readonly Charge[] {
  const sums = new Map<string, { readonly gate: Charge['gate']; cost: number }>()
  for (const { charges } of calls) {
    for (const { gate, cost } of charges) {
      const known = sums.get(gate.id)
      if (known) known.cost += cost
      else sums.set(gate.id, { gate, cost })
    }
  }
  return [...sums.values()]
}
