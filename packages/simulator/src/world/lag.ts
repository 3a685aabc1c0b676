import type { Clock } from '../clock.ts'
import type { Random } from './random.ts'

/** How late writes reach an index, in milliseconds. */
export interface LagTimes {
  /** Half of them are there by then. */
  readonly median: number
  /** All but one in a hundred are there by then. */
  readonly p99: number
}

/** What a search has not seen yet. */
export interface IndexLag {
  /**
   * By id: the things of a table that the index holds in an older form, and that form; undefined for those that it does
   * not hold yet. There are two copies of the index, and each call looks at either: a thing that was found once can be
   * gone the next time (reported).
   */
  stale<Value>(things: ReadonlyMap<string, Value>): ReadonlyMap<string, Value | undefined>
}

/** One change that not every copy has seen. */
interface Late {
  readonly before: unknown
  /** When each copy sees it. */
  readonly seenAt: readonly [number, number]
}

/** Index lag by the simulator's clock and chance. */
export function createLag(
  clock: Clock,
  { random, times }: { readonly random: Random; readonly times: () => LagTimes | undefined },
): IndexLag & { note(table: object, key: string, before: unknown): void; clear(): void } {
  let late = new WeakMap<object, Map<string, Late[]>>()
  return {
    note(table, key, before) {
      const wanted = times()
      if (!wanted) return
      const [one, other] = [delay(random, wanted), delay(random, wanted)]
      const now = clock.now()
      const entries = late.get(table) ?? new Map<string, Late[]>()
      late.set(table, entries)
      entries.set(key, [...(entries.get(key) ?? []), { before, seenAt: [now + one, now + other] }])
    },
    stale<Value>(things: ReadonlyMap<string, Value>) {
      const found = new Map<string, Value | undefined>()
      const entries = late.get(things)
      if (!entries || entries.size === 0) return found
      const now = clock.now()
      const copy = random.fraction('lag') < 0.5 ? 0 : 1
      for (const [key, changes] of entries) {
        const left = changes.filter(({ seenAt }) => Math.max(...seenAt) > now)
        if (left.length === 0) entries.delete(key)
        else entries.set(key, left)
        const first = left.find(({ seenAt }) => seenAt[copy] > now)
        // It was a value of this very table.
        if (first) found.set(key, first.before as Value | undefined) // oxlint-disable-line typescript/no-unsafe-type-assertion -- noted under this table
      }
      return found
    },
    clear() {
      late = new WeakMap()
    },
  }
}

/** A time of a log-normal distribution with this median and this 99th percentile (the form is inferred). */
function delay(random: Random, { median, p99 }: LagTimes): number {
  if (median <= 0) return 0
  const spread = Math.log(Math.max(p99, median) / median) / 2.326
  const [radius, angle] = [1 - random.fraction('lag'), random.fraction('lag')]
  return median * Math.exp(spread * Math.sqrt(-2 * Math.log(radius)) * Math.cos(2 * Math.PI * angle))
}
