import { adaptive } from './algorithms/adaptive.ts'
import { calendar, pool, quota } from './algorithms/calendar.ts'
import type { Algorithm, Dial } from './algorithms/page.ts'
import { rolling } from './algorithms/rolling.ts'
import { sliding } from './algorithms/sliding.ts'
import { cap, slots } from './algorithms/slots.ts'
import { meterOf } from './meter.ts'
import type { LimitKey, Rule, Rules } from './rule.ts'

/** What became of the calls that met a rule. Shadow: those that would have been refused. */
export interface PolicyCounts {
  allowed: number
  refused: number
  shadow: number
}

/** A rule made ready: how it is counted, and where in the row of its key. */
export interface Counter extends Dial {
  readonly rule: Rule
  readonly algorithm: Algorithm
  /** Cells from the beginning of the row. */
  readonly offset: number
  readonly points: boolean
  readonly shadow: boolean
  /** Counts calls under way, and so has to be told when they end. */
  readonly held: boolean
  /** Counted in the store too, where there is one. */
  readonly shared: boolean
  readonly counts: PolicyCounts
}

/** The counters of all keys with the same rules. */
export interface Plan {
  readonly counters: readonly Counter[]
  /** The only counter, where it is a plain rolling one. */
  readonly sole: Counter | undefined
  readonly held: boolean
  /** Those that the store counts too, where there is one. */
  readonly shared: readonly Counter[]
  /** Those of them whose units are fetched in lots. */
  readonly leased: readonly Counter[]
  /** Whether any of them learns from answers. */
  readonly learns: boolean
  /** Whether any of them goes by the wall clock. */
  readonly wall: boolean
  /** Cells of a row. */
  readonly width: number
}

function algorithmOf({ kind, adaptive: learns, fair }: Rule): Algorithm {
  if (kind === 'concurrent') return learns ? cap : slots
  if (kind === 'calendar') return fair ? pool : learns ? quota : calendar
  if (kind === 'sliding') return sliding
  return learns ? adaptive : rolling
}

function dialOf(rule: Rule): Dial {
  const { kind, limit, fair, reserve = fair ? limit / 20 : 0 } = rule
  const window = rule.window * 1000
  if (kind !== 'rolling') return { limit, window, interval: 0, tolerance: 0, reserve }
  if (rule.adaptive) {
    const interval = window / limit
    return { limit, window, interval, tolerance: (rule.burst ?? Math.max(1, limit / 10)) * interval, reserve }
  }
  const meter = meterOf(rule)
  return meter.kind === 'rolling'
    ? { limit, window, interval: meter.interval, tolerance: meter.tolerance, reserve }
    : { limit, window, interval: 0, tolerance: 0, reserve }
}

/** Finds the plan of a key. Keys with equal rules share one. */
export interface Plans {
  readonly of: (key: LimitKey) => Plan
  readonly counts: () => Readonly<Record<string, Readonly<PolicyCounts>>>
}

/** Makes rules ready, each set of them once. */
export function createPlans(rules: Rules): Plans {
  const rulesOf = typeof rules === 'function' ? rules : byScope(rules)
  const byList = new WeakMap<readonly Rule[], Plan>()
  const bySpelling = new Map<string, WeakRef<Plan>>()
  const counters = new Map<string, PolicyCounts>()

  function countsOf(name: string): PolicyCounts {
    const counts = counters.get(name) ?? { allowed: 0, refused: 0, shadow: 0 }
    counters.set(name, counts)
    return counts
  }

  function make(list: readonly Rule[]): Plan {
    let width = 0
    const made = list.map((rule): Counter => {
      const algorithm = algorithmOf(rule)
      const offset = width
      width += algorithm.width
      return {
        ...dialOf(rule),
        rule,
        algorithm,
        offset,
        points: rule.unit === 'points',
        shadow: rule.shadow === true,
        held: rule.kind === 'concurrent',
        shared: (rule.kind === 'rolling' || rule.kind === 'calendar') && rule.shadow !== true,
        counts: countsOf(rule.name),
      }
    })
    const [sole] = made
    const shared = made.filter((counter) => counter.shared)
    const isPlain = made.length === 1 && sole?.algorithm === rolling && !sole.shadow
    return {
      counters: made,
      sole: isPlain ? sole : undefined,
      held: made.some(({ held }) => held),
      shared,
      leased: shared.filter(({ rule }) => rule.lease === true),
      learns: made.some(({ algorithm }) => algorithm.learn !== undefined),
      wall: made.some(({ rule }) => rule.kind === 'calendar'),
      width: Math.max(1, width),
    }
  }

  function equalOrNew(list: readonly Rule[]): Plan {
    const spelling = JSON.stringify(list)
    const known = bySpelling.get(spelling)?.deref()
    if (known) return known
    const plan = make(list)
    if (bySpelling.size >= 1000)
      for (const [each, kept] of bySpelling) if (!kept.deref()) bySpelling.delete(each)
    bySpelling.set(spelling, new WeakRef(plan))
    return plan
  }

  return {
    of(key) {
      const list = rulesOf(key)
      const plan = byList.get(list) ?? equalOrNew(list)
      byList.set(list, plan)
      return plan
    },
    counts: () => Object.fromEntries([...counters].map(([name, counts]) => [name, { ...counts }])),
  }
}

/** Rules of a list, found by the scope in front of a key's first colon. */
function byScope(rules: readonly Rule[]): (key: LimitKey) => readonly Rule[] {
  const scopes = new Map<string, Rule[]>()
  for (const rule of rules) scopes.set(rule.per, [...(scopes.get(rule.per) ?? []), rule])
  const none: readonly Rule[] = []
  return (key) => scopes.get(key.slice(0, key.indexOf(':'))) ?? none
}
